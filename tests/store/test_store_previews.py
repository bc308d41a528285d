from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.model.drafts import Bundle, IncidentDraft, SourceDraft, draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

LIKE_BRIDGE: dict[str, Any] = {
    "title": "Hombres retenidos cerca del puente",
    "type": "abduction",
    "days": "2012-04-10",
    "places": [{"name": "Puente", "precision": "settlement", "lon": -73.05, "lat": -12.5}],
}


def likely(store: Store, **changed: object) -> list[str]:
    return [one.code for one in store.write.preview(draft(IncidentDraft, {**LIKE_BRIDGE, **changed})).duplicates]


def test_a_preview_tells_units_and_regions_of_each_place_and_saves_nothing(store: Store) -> None:
    before = store.read.count()
    given = {
        **LIKE_BRIDGE,
        "places": [*LIKE_BRIDGE["places"], {"name": "Lima", "precision": "district", "admin_code": "150101"}],
    }
    preview = store.write.preview(draft(IncidentDraft, given))
    first, second = preview.places
    assert (first.name, first.precision, first.admin) == ("Puente", "settlement", ("Este",))
    assert first.regions == ("East (units/east)", "Valley (zones/valley)")
    assert [(hit.set_name, hit.key, hit.version) for hit in first.hits] == [
        ("units", "east", 1),
        ("zones", "valley", 1),
    ]
    assert second.admin == ("Lima", "Lima", "Lima")
    assert second.regions == ("Capital (units/capital)",)
    assert preview.faults == ()
    assert store.read.count() == before


def test_a_likely_duplicate_is_told_with_how_far_and_why(store: Store) -> None:
    (one,) = store.write.preview(draft(IncidentDraft, LIKE_BRIDGE)).duplicates
    assert (one.code, one.title, one.days) == (
        "PE-2012-0001",
        "Secuestro en el puente",
        "2012-04-09/2012-04-14",
    )
    # 0.05 degrees of longitude at 12.5 degrees south: 111.32 km by cos(12.5°) by 0.05 is 5.43 km on the sphere
    assert one.distance_m == pytest.approx(5430, rel=0.01)
    assert one.why == "same type, 5.4 km away, same days"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"days": "2012-04-15"}, ["PE-2012-0001"]),  # a day after its last
        ({"days": "2012-04-16"}, []),
        ({"days": "2012-04"}, ["PE-2012-0001"]),
        ({"days": None}, []),
        ({"type": "protest"}, []),
        ({"places": []}, []),
        ({"places": [{"name": "far", "precision": "settlement", "lon": -72.8, "lat": -12.5}]}, []),
        ({"places": [{"name": "far", "precision": "near", "lon": -72.8, "lat": -12.5}]}, ["PE-2012-0001"]),
        ({"places": [{"name": "?", "precision": "district", "admin_code": "080902"}]}, ["PE-2012-0001"]),
        ({"places": [{"name": "?", "precision": "district", "admin_code": "080901"}]}, []),
    ],
)
def test_what_counts_as_a_likely_duplicate(store: Store, changed: dict[str, Any], expected: list[str]) -> None:
    assert likely(store, **changed) == expected


def test_a_retracted_incident_is_no_likely_duplicate(store: Store) -> None:
    store.write.retract("bridge", author="ana", reason="x")
    assert likely(store) == []


def test_warnings_say_what_is_missing(store: Store) -> None:
    preview = store.write.preview(draft(IncidentDraft, {"title": "x", "type": "arrest"}))
    assert [warning.split(":")[0].split(" yet")[0] for warning in preview.warnings] == [
        "The incident has no date",
        "The incident has no place",
        "No source speaks of the incident",
    ]


def test_faults_are_those_that_adding_would_meet_and_sources_given_with_it_are_known(store: Store) -> None:
    given = {**LIKE_BRIDGE, "claims": [{"measure": "killed", "count": 1, "source": "radio"}]}
    assert "radio" in store.write.preview(draft(IncidentDraft, given)).faults[0].message
    radio = SourceDraft(key="radio", kind="press", publisher="Radio")
    assert store.write.preview(draft(IncidentDraft, given), [radio]).faults == ()


def test_a_bundle_is_previewed_as_a_whole_its_parts_naming_one_another(store: Store) -> None:
    document = {
        "sources": [{"key": "radio", "kind": "press", "publisher": "Radio"}],
        "actors": [{"key": "comite", "name": "Comité X", "kind": "civilians", "part_of": "frente"},
                   {"key": "frente", "name": "Frente", "kind": "civilians"}],
        "cases": [{"key": "paro", "title": "Paro", "type": "labour", "sources": ["radio"]}],
        "incidents": [
            {"title": "Part", "type": "strike", "days": "2012-01-02", "part_of": "whole", "cases": ["paro"],
             "parties": [{"actor": "Comité X", "role": "present"}]},
            {"key": "whole", "title": "Whole", "type": "strike", "days": "2012-01", "sources": ["radio"],
             "claims": [{"measure": "injured", "count": "?", "source": "radio"}]},
        ],
    }  # fmt: skip
    bundle = draft(Bundle, document)
    before = store.read.count()
    preview = store.write.preview_bundle(bundle)
    assert (preview.faults, [one.faults for one in preview.incidents]) == ((), [(), ()])
    assert store.read.count() == before
    assert len(store.write.add(bundle, author="ana").codes) == 2


def test_the_faults_of_a_bundle_are_those_of_all_and_of_each(store: Store) -> None:
    document = {
        "actors": [{"key": "comite", "name": "Comité", "kind": "civilians", "part_of": "nobody"}],
        "incidents": [
            {"title": f"{n}", "type": "strike", "cases": ["none"] if n in {1, 11} else []} for n in range(12)
        ],
    }
    preview = store.write.preview_bundle(draft(Bundle, document))
    assert [fault.where for fault in preview.faults] == [
        "actors[0].part_of", "incidents[1].cases[0]", "incidents[11].cases[0]",
    ]  # fmt: skip
    assert [n for n, one in enumerate(preview.incidents) if one.faults] == [1, 11]


def test_each_incident_of_a_bundle_is_previewed_as_it_is_alone(store: Store) -> None:
    bridge = LIKE_BRIDGE["places"][0]
    lima = {"name": "Lima", "precision": "district", "admin_code": "150101"}
    valley = {"name": "Valle", "precision": "area", "region": "zones/valley"}
    misplaced = {**bridge, "name": "Otro", "admin_code": "1501"}
    several = [
        {"places": [bridge, lima]},
        {"places": []},
        {"days": "2003-05-02", "places": [valley]},  # the zone as it was, and as it is
        {"days": "2012-08-01", "places": [lima, misplaced, valley]},
        {"days": None, "places": [{**bridge, "radius_m": 900.0}]},
        {"places": [misplaced]},
    ]
    drafts = [draft(IncidentDraft, {**LIKE_BRIDGE, **one}) for one in several]
    together = store.write.preview_bundle(Bundle(incidents=tuple(drafts))).incidents
    assert together == tuple(store.write.preview(one) for one in drafts)
    assert [len(one.places) for one in together] == [2, 0, 1, 3, 1, 1]
    assert [sum("outside" in words for words in one.warnings) for one in together] == [0, 0, 0, 1, 0, 1]
    assert [one.places[-1].hits[-1].version for one in together[2:4]] == [1, 2]


def test_a_preview_meets_the_rule_of_the_review(make_store: Callable[..., Store]) -> None:
    published = draft(IncidentDraft, {"title": "x", "type": "strike", "status": "published"})
    strict = make_store("strict.gpkg", review="two-people")
    assert [fault.where for fault in strict.write.preview(published).faults] == ["incidents[0].status"]
    assert make_store("alone.gpkg").write.preview(published).faults == ()


def test_a_suggestion_is_never_the_incident_that_is_being_added(store: Store) -> None:
    for asked, suggested in (("PE-0000-1", True), ("PE-0000-2", False)):  # one that is there, and the code it would get
        undated = draft(IncidentDraft, {"title": "x", "type": "strike", "part_of": asked})
        (fault,) = store.write.preview(undated).faults
        assert (f"PE-0000-000{asked[-1]}" in fault.message) == suggested


def test_a_point_outside_its_unit_is_named_in_the_preview(store: Store) -> None:
    wrong = {"name": "Huanta", "precision": "site", "lon": -75.0, "lat": -12.5, "admin_code": "080902"}
    preview = store.write.preview(draft(IncidentDraft, {**LIKE_BRIDGE, "places": [wrong]}))
    (warning,) = [one for one in preview.warnings if "outside" in one]
    # A degree of longitude at 12.5 degrees south is 111.32 km by cos(12.5°): 108.7 km on the sphere.
    assert warning.startswith("'Huanta': the point is at least 109 km outside district 080902 Echarate")
    assert preview.faults == ()
