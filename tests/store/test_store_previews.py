from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from willay.events.drafts import IncidentDraft, SourceDraft, draft

if TYPE_CHECKING:
    from willay.events.store import Store

LIKE_BRIDGE: dict[str, Any] = {
    "title": "Hombres retenidos cerca del puente",
    "type": "abduction",
    "days": "2012-04-10",
    "places": [{"name": "Puente", "precision": "settlement", "lon": -73.05, "lat": -12.5}],
}


def likely(store: Store, **changed: object) -> list[str]:
    return [one.code for one in store.preview(draft(IncidentDraft, {**LIKE_BRIDGE, **changed})).duplicates]


def test_a_preview_tells_units_and_regions_of_each_place_and_saves_nothing(store: Store) -> None:
    before = store.count()
    given = {
        **LIKE_BRIDGE,
        "places": [*LIKE_BRIDGE["places"], {"name": "Lima", "precision": "district", "admin_code": "150101"}],
    }
    preview = store.preview(draft(IncidentDraft, given))
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
    assert store.count() == before


def test_a_likely_duplicate_is_told_with_how_far_and_why(store: Store) -> None:
    (one,) = store.preview(draft(IncidentDraft, LIKE_BRIDGE)).duplicates
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
    store.retract("bridge", author="ana", reason="x")
    assert likely(store) == []


def test_warnings_say_what_is_missing(store: Store) -> None:
    preview = store.preview(draft(IncidentDraft, {"title": "x", "type": "arrest"}))
    assert [warning.split(":")[0].split(" yet")[0] for warning in preview.warnings] == [
        "The incident has no date",
        "The incident has no place",
        "No source speaks of the incident",
    ]


def test_faults_are_those_that_adding_would_meet_and_sources_given_with_it_are_known(store: Store) -> None:
    given = {**LIKE_BRIDGE, "claims": [{"measure": "killed", "count": 1, "source": "radio"}]}
    assert "radio" in store.preview(draft(IncidentDraft, given)).faults[0].message
    radio = SourceDraft(key="radio", kind="press", publisher="Radio")
    assert store.preview(draft(IncidentDraft, given), [radio]).faults == ()
