from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from willay.events.model.errors import DraftError
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow, Identity, RowFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from willay.events.store import Store

TERMS = DatasetTerms("survey", version="1", licence="CC-BY-4.0", attribution="Survey of Nowhere", may_publish=True)
SOURCE = {"key": "survey-1", "kind": "dataset", "publisher": "Survey of Nowhere"}
ACTOR = {"key": "survey-actor-7", "name": "The Seventh", "kind": "rebel-group"}


def document(**changed: Any) -> dict[str, Any]:
    return {
        "title": {"en": "A clash"},
        "type": "armed-clash",
        "days": "2012-03-04",
        "date_precision": "day",
        "places": [{"name": "Somewhere", "precision": "settlement", "lon": -73.0, "lat": -12.5}],
        "parties": [{"actor": "survey-actor-7", "role": "side-a"}],
        "claims": [{"measure": "killed", "group": "all", "low": 1, "best": 2, "high": 4, "source": "survey-1"}],
        "status": "published",
        "original": {"date_prec": "1"},
        **changed,
    }


def row(number: int, name: str = "", **changed: Any) -> ForeignRow:
    return ForeignRow(number, name or f"S{number}", document(**changed))


def batch(*rows: ForeignRow) -> Batch:
    return Batch(rows, sources=(SOURCE,), actors=(ACTOR,))


def take(store: Store, *rows: ForeignRow) -> list[str]:
    return [outcome.ending for outcome in store.write.import_rows(batch(*rows), TERMS, author="luz", reason="survey")]


def test_new_rows_become_incidents_with_their_terms_codes_and_figures(store: Store) -> None:
    outcomes = store.write.import_rows(batch(row(1), row(2, days="2012-05")), TERMS, author="luz")
    assert [outcome.ending for outcome in outcomes] == ["accepted", "accepted"]
    frame = store.read.select(None, profile=None).set_index("code").loc[[outcome.code for outcome in outcomes]]
    assert frame["dataset"].tolist() == ["survey", "survey"]
    assert frame["licence"].tolist() == ["CC-BY-4.0", "CC-BY-4.0"]
    assert frame[["killed_low", "killed_best", "killed_high"]].to_numpy().tolist() == [[1, 2, 4]] * 2
    stored = store.read.draft(outcomes[0].code or "")
    assert (stored.draft.dataset_id, stored.draft.original) == ("S1", {"date_prec": "1"})
    assert store.file.check() == ()


def test_the_same_rows_again_change_nothing(store: Store) -> None:
    take(store, row(1), row(2))
    before = store.read.count()
    assert take(store, row(1), row(2)) == ["unchanged", "unchanged"]
    assert store.read.count() == before


def test_a_row_that_looks_otherwise_becomes_a_revision(store: Store) -> None:
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    assert take(store, row(1, title={"en": "A longer clash"})) == ["updated"]
    assert [revision.action for revision in store.read.history(code)] == ["import", "import"]
    assert store.read.draft(code).draft.title == {"en": "A longer clash"}


def test_what_was_changed_here_is_kept_where_the_dataset_did_not_change_it(store: Store) -> None:
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    store.write.edit(code, {"summary": {"es": "Visto por nosotros"}}, author="ana", reason="seen")
    assert take(store, row(1, days="2012-03-05")) == ["updated"]
    draft = store.read.draft(code).draft
    assert (draft.summary, draft.days) == ({"es": "Visto por nosotros"}, "2012-03-05")


def test_what_both_sides_changed_stays_ours_and_is_flagged(store: Store) -> None:
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    store.write.edit(code, {"title": {"en": "Ours"}}, author="ana", reason="better")
    outcome = store.write.import_rows(batch(row(1, title={"en": "Theirs"})), TERMS, author="luz")[0]
    assert store.read.draft(code).draft.title == {"en": "Ours"}
    assert [flag.field for flag in outcome.flags] == ["title"]
    assert take(store, row(1, title={"en": "Theirs"})) == ["unchanged"]


def test_a_row_that_the_dataset_deleted_is_withdrawn_and_never_removed(store: Store) -> None:
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    gone = ForeignRow(1, "S1", None, withdrawn=True)
    assert take(store, gone) == ["withdrawn"]
    assert store.read.draft(code).status == "withdrawn-upstream"
    assert code not in store.read.select(profile=None)["code"].tolist()
    assert take(store, gone) == ["unchanged"]
    assert take(store, row(1)) == ["updated"]
    assert store.read.draft(code).status == "published"


def test_a_deletion_of_what_was_never_here_is_told_and_changes_nothing(store: Store) -> None:
    outcome = store.write.import_rows(Batch((ForeignRow(1, "S9", None, withdrawn=True),)), TERMS, author="luz")[0]
    assert (outcome.ending, outcome.code) == ("unchanged", None)
    assert "never imported" in outcome.flags[0].reason


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"type": "clashing"}, "", "clashing"),
        ({"days": "2099-01-01"}, "days", "future"),
        ({"cases": ["nowhere"]}, "cases[0]", "No case has the key"),
        ({"claims": [{"measure": "killed", "best": -1, "source": "survey-1"}]}, "claims[0]", "-1"),
        ({"parties": [{"actor": "nobody", "role": "side-a"}]}, "parties[0].actor", "nobody"),
        ({"days": "0099-06"}, "days", "before the year 1000"),
        ({"days": "0999-12-31"}, "days", "before the year 1000"),
        (
            {"claims": [{"measure": "killed", "best": 10**30, "source": "survey-1"}]},
            "claims[0]",
            "more than the number of people",
        ),
        ({"title": {"en": "half a letter: \ud800"}}, "", "cannot be read"),
        ({"type": ["armed-clash"]}, "type", "valid string"),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_a_row_that_does_not_fit_is_quarantined_and_hinders_no_other(
    store: Store, changed: dict[str, Any], field: str, reason: str, *, known: bool
) -> None:
    if known:
        assert take(store, row(2)) == ["accepted"]
    outcomes = store.write.import_rows(batch(row(1), row(2, **changed), row(3)), TERMS, author="luz")
    assert [outcome.ending for outcome in outcomes] == ["accepted", "quarantined", "accepted"]
    fault = outcomes[1].faults[0]
    assert field in fault.field
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("changed", "ending"),
    [
        ({}, "quarantined"),
        ({"title": {"es": "A CLASH"}}, "updated"),  # the same title, in capitals and under another language
        ({"days": "2012-03-04/2012-03-06"}, "updated"),
        ({"days": "2012-03"}, "updated"),
        ({"places": [{"name": "SOMEWHERE", "precision": "near", "lon": -70.0, "lat": -10.0}]}, "updated"),
        ({"places": [{"name": "Elsewhere", "precision": "near", "lon": -73.0, "lat": -12.5}]}, "updated"),
    ],
)
def test_an_id_that_was_another_event_is_put_aside_unless_title_days_or_place_are_the_same(
    store: Store, changed: dict[str, Any], ending: str
) -> None:
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    far = [{"name": "Far", "precision": "settlement", "lon": -70.0, "lat": -15.0}]
    other = row(1, **{"title": {"en": "A strike"}, "days": "2012-06-01", "places": far, **changed})
    outcome = store.write.import_rows(batch(other), TERMS, author="luz")[0]
    assert outcome.ending == ending
    if ending == "quarantined":
        assert "id S1 was used for another event: 'A clash', 2012-03-04, Somewhere" in outcome.faults[0].reason
        assert outcome.code == code
        assert store.read.draft(code).draft.title == {"en": "A clash"}
        store.write.edit(code, {"days": "2012-06-01"}, author="ana", reason="the same event")  # as the fault advises
        assert take(store, other) == ["updated"]


@pytest.mark.parametrize(
    ("before", "now", "ending"),
    [
        ({"days": None}, {"days": None, "title": {"en": "X"}, "places": []}, "quarantined"),
        ({"days": None, "places": []}, {"days": None, "places": [], "title": {"en": "X"}}, "updated"),
        ({"days": None}, {"days": "2012-06-01", "title": {"en": "X"}, "places": []}, "quarantined"),
    ],
)
def test_what_neither_event_says_does_not_make_them_the_same(
    store: Store, before: dict[str, Any], now: dict[str, Any], ending: str
) -> None:
    unsaid = {"date_precision": None}
    assert take(store, row(1, **{**unsaid, **before})) == ["accepted"]
    assert take(store, row(1, **{**unsaid, **now})) == [ending]


def test_a_title_put_together_from_its_place_does_not_make_a_correction_another_event(store: Store) -> None:
    def made(place: str, days: str, who: str) -> ForeignRow:
        places = [{"name": place, "precision": "settlement"}]
        return replace(row(1, title={"en": f"Clash: {who}, {place}"}, days=days, places=places), title_made=True)

    assert take(store, made("Kiteni", "2012-03-04", "A - B")) == ["accepted"]
    assert take(store, made("Pichari", "2012-03-09", "A - B")) == ["updated"]
    assert take(store, made("Llochegua", "2012-05-09", "C - D")) == ["quarantined"]


def test_a_row_that_names_no_country_is_of_the_databases(make_store: Callable[..., Store]) -> None:
    store = make_store("ke.gpkg", country="KE", region_sets=())
    places = [{"name": "Kisumu", "precision": "settlement", "lon": 34.7, "lat": -0.1}]
    outcome = store.write.import_rows(batch(row(1, places=places)), TERMS, author="luz")[0]
    assert outcome.code == "KE-2012-0001"
    stored = store.read.draft("KE-2012-0001").draft
    assert (stored.country, stored.places[0].country) == ("KE", "KE")
    assert take(store, row(1, places=places)) == ["unchanged"]


def test_rows_with_faults_of_their_own_never_reach_the_record(store: Store) -> None:
    before = store.read.count()["incident"]
    bad = ForeignRow(1, "S1", document(), faults=(RowFault.of("best", "x", "no number"),))
    assert take(store, bad) == ["quarantined"]
    assert store.read.count()["incident"] == before


def test_coordinates_outside_the_country_are_kept_and_flagged(store: Store) -> None:
    places = [{"name": "Far", "precision": "settlement", "lon": 10.0, "lat": 50.0}]
    outcome = store.write.import_rows(batch(row(1, places=places)), TERMS, author="luz")[0]
    assert outcome.ending == "accepted"
    assert "contradicts its country" in outcome.flags[0].reason


def test_an_actor_whose_name_is_taken_keeps_apart_by_its_dataset(store: Store) -> None:
    taken = store.registers.actors()[0]
    name = next(iter(taken.name.values()))
    twin = {"key": "survey-actor-8", "name": {"en": name}, "kind": "rebel-group", "aliases": [name]}
    store.write.import_rows(replace(batch(row(1)), actors=(ACTOR, twin)), TERMS, author="luz")
    made = {actor.key: actor for actor in store.registers.actors()}["survey-actor-8"]
    assert made.name == {"en": f"{name} (SURVEY survey-actor-8)"}
    assert made.aliases == ()


def test_a_source_that_is_no_draft_stops_the_batch_and_nothing_enters(store: Store) -> None:
    before = store.read.count()
    broken = replace(batch(row(1)), sources=({"key": "survey-1", "kind": "gossip"},))
    with pytest.raises(DraftError, match="gossip"):
        store.write.import_rows(broken, TERMS, author="luz")
    assert store.read.count() == before


@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from(["A clash", "Another", ""]), st.booleans()), min_size=1, max_size=8
    )
)
def test_each_row_ends_in_one_way_and_twice_is_once(
    make_store: Callable[..., Store], rows: list[tuple[int, str, bool]]
) -> None:
    make_store.count = getattr(make_store, "count", 0) + 1  # type: ignore[attr-defined]  # a new file for each example
    store = make_store(f"{make_store.count}.gpkg")  # type: ignore[attr-defined]  # as above
    unique = {f"S{name}": (title, gone) for name, title, gone in rows}
    listed = [
        ForeignRow(n, name, None if gone else document(title={"en": title}), withdrawn=gone)
        for n, (name, (title, gone)) in enumerate(unique.items(), start=1)
    ]
    first = store.write.import_rows(batch(*listed), TERMS, author="luz")
    assert [outcome.number for outcome in first] == [item.number for item in listed]
    before = store.read.count()
    again = store.write.import_rows(batch(*listed), TERMS, author="luz")
    assert {outcome.ending for outcome in again} <= {"unchanged", "quarantined"}
    assert store.read.count() == before


def own(number: int, name: str, code: str, **changed: Any) -> ForeignRow:
    return replace(row(number, name, dataset=None, **changed), identity=Identity(name, code))


def test_a_row_of_our_own_export_keeps_its_id_code_and_whole(make_store: Callable[..., Store]) -> None:
    store = make_store()
    part = own(1, "01a2086d-0000-7000-8000-000000000001", "PE-2012-0007", part_of="PE-2012-0009")
    whole = own(2, "01a2086d-0000-7000-8000-000000000002", "PE-2012-0009")
    outcomes = store.write.import_rows(batch(part, whole), TERMS, author="luz")
    assert [(one.ending, one.code) for one in outcomes] == [("accepted", "PE-2012-0007"), ("accepted", "PE-2012-0009")]
    stored = store.read.draft("PE-2012-0007")
    assert (stored.id, stored.draft.part_of, stored.draft.dataset) == (part.external_id, "PE-2012-0009", None)
    assert take(store, part, whole) == ["unchanged", "unchanged"]
    assert store.file.check() == ()


def test_a_code_that_is_taken_gives_way_and_the_parts_follow(store: Store) -> None:
    assert store.read.draft("PE-2012-0001").code
    part = own(1, "01a2086d-0000-7000-8000-000000000001", "PE-2012-0700", part_of="PE-2012-0001")
    whole = own(2, "01a2086d-0000-7000-8000-000000000002", "PE-2012-0001")
    outcomes = store.write.import_rows(batch(part, whole), TERMS, author="luz")
    assert outcomes[0].code == "PE-2012-0700"
    assert outcomes[1].code not in {"PE-2012-0001", "PE-2012-0700"}
    assert store.read.draft("PE-2012-0700").draft.part_of == outcomes[1].code


def test_a_part_is_quarantined_with_its_whole(store: Store) -> None:
    part = own(1, "01a2086d-0000-7000-8000-000000000001", "PE-2012-0700", part_of="PE-2012-0701")
    whole = own(2, "01a2086d-0000-7000-8000-000000000002", "PE-2012-0701", days="2999")
    assert [one.ending for one in store.write.import_rows(batch(part, whole), TERMS, author="luz")] == [
        "quarantined"
    ] * 2


def test_an_incident_that_is_here_by_its_id_is_the_same_one(store: Store) -> None:
    """A file that does not say its history has no ancestor in common with ours: ours stays, and the report says so."""
    stored = store.read.draft("PE-2012-0001")
    document = stored.draft.model_dump(mode="json", exclude_none=True)
    changed = {**document, "title": {"en": "Told elsewhere"}, "tags": ["gas", "oil"]}
    taken = replace(ForeignRow(1, stored.id, changed), identity=Identity(stored.id, stored.code))
    (outcome,) = store.write.import_rows(Batch((taken,)), TERMS, author="luz")
    assert (outcome.ending, {flag.field for flag in outcome.flags}) == ("updated", {"title", "tags"})
    now = store.read.draft("PE-2012-0001").draft
    assert (now.title, now.tags) == (stored.draft.title, ("gas", "oil"))


def test_a_file_that_says_its_history_brings_what_was_changed_in_it(store: Store) -> None:
    stored = store.read.draft("PE-2012-0001")
    digests = tuple(row.digest for row in store.read.history("PE-2012-0001"))
    changed = {**stored.draft.model_dump(mode="json", exclude_none=True), "title": {"en": "Told elsewhere"}}
    identity = Identity(stored.id, stored.code, digests=digests)
    taken = replace(ForeignRow(1, stored.id, changed), identity=identity)
    assert [one.ending for one in store.write.import_rows(Batch((taken,)), TERMS, author="luz")] == ["updated"]
    assert store.read.draft("PE-2012-0001").draft.title == {"en": "Told elsewhere"}


def test_a_claim_that_the_dataset_has_no_more_is_named_in_the_report(store: Store) -> None:
    injured = {"measure": "injured", "group": "all", "best": 7, "source": "survey-1"}
    claims = document()["claims"]
    store.write.import_rows(batch(row(1, claims=[*claims, injured])), TERMS, author="luz")
    (outcome,) = store.write.import_rows(batch(row(1, claims=[{**claims[0], "best": 3}])), TERMS, author="luz")
    assert outcome.ending == "updated"
    assert [(flag.field, flag.value) for flag in outcome.flags] == [("claims", "injured 7, by survey-1")]


def test_where_ours_was_retained_once_it_stays_when_the_dataset_changes_another_field(store: Store) -> None:
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    store.write.edit(code, {"title": {"en": "Ours"}}, author="ana", reason="better")
    take(store, row(1, title={"en": "Theirs"}))
    assert take(store, row(1, title={"en": "Theirs"}, days="2012-03-05")) == ["updated"]
    draft = store.read.draft(code).draft
    assert (draft.title, draft.days) == ({"en": "Ours"}, "2012-03-05")


def test_a_conflict_in_which_ours_was_retained_ends_as_updated(store: Store) -> None:
    """Nothing changed here, and the report must say that somebody has to look."""
    code = store.write.import_rows(batch(row(1)), TERMS, author="luz")[0].code or ""
    store.write.edit(code, {"title": {"en": "Ours"}}, author="ana", reason="better")
    before = store.read.draft(code)
    assert take(store, row(1, title={"en": "Theirs"})) == ["updated"]
    assert store.read.draft(code) == before


def test_two_rows_with_one_id_do_not_become_two_incidents(make_store: Callable[..., Store]) -> None:
    store = make_store()
    same = [own(number, "01a2086d-0000-7000-8000-000000000001", "PE-2012-0007") for number in (1, 2)]
    outcomes = store.write.import_rows(batch(*same), TERMS, author="luz")
    assert [one.ending for one in outcomes] == ["accepted", "quarantined"]
    assert "has the same id" in outcomes[1].faults[0].reason
