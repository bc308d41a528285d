from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nowhere_units import UNITS

from willay.data.crosswalks import crosswalk
from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.model.drafts import ActorDraft, IncidentDraft, SourceDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from willay.events.model.foreign import Batch, ForeignRow

SINCE_2023 = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""The 31 columns of the codebook, in their order."""

UNTIL_2022 = (
    "data_id", "iso", "event_id_cnty", "event_id_no_cnty",
    *(
        name
        for name in SINCE_2023
        if name not in {"event_id_cnty", "iso", "disorder_type", "civilian_targeting", "tags"}
    ),
    "iso3",
)  # fmt: skip

EVENT = {
    "event_id_cnty": "PER9001",
    "event_date": "2021-04-15",
    "year": "2021",
    "time_precision": "1",
    "disorder_type": "Demonstrations",
    "event_type": "Protests",
    "sub_event_type": "Protest with intervention",
    "actor1": "Protesters (Nowhere)",
    "assoc_actor_1": "Peasants (Nowhere); Rondas of Nowhere",
    "inter1": "Protesters",
    "actor2": "Police Forces of Nowhere",
    "assoc_actor_2": "",
    "inter2": "State forces",
    "interaction": "State forces-Protesters",
    "civilian_targeting": "",
    "iso": "604",
    "region": "South America",
    "country": "Peru",
    "admin1": "Cusco",
    "admin2": "La Convencion",
    "admin3": "Echarate",
    "location": "Kiteni",
    "latitude": "-12.6300",
    "longitude": "-73.0400",
    "geo_precision": "1",
    "source": "The Daily; Radio One",
    "source_scale": "Subnational-National",
    "notes": "On 15 April 2021, invented people protested.",
    "fatalities": "2",
    "tags": "crowd size=no report; women targeted: politicians",
    "timestamp": "1650000000",
    "data_id": "1",
    "event_id_no_cnty": "9001",
    "iso3": "PER",
}


def event(**changed: str) -> dict[str, str]:
    return {**EVENT, **changed}


def write(path: Path, events: Sequence[dict[str, str]], columns: Sequence[str] = SINCE_2023) -> Path:
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL)
    table.writerow(columns)
    table.writerows([row[name] for name in columns] for row in events)
    path.write_text(text.getvalue(), "utf-8", newline="")
    return path


def read(path: Path, **options: Any) -> list[Batch]:
    return list(open_reading(path, "acled", ReadingOptions(**options)).batches)


def only(path: Path, **changed: str) -> ForeignRow:
    (batch,) = read(write(path / "acled.csv", [event(**changed)]))
    return batch.rows[0]


def draft_of(path: Path, **changed: str) -> IncidentDraft:
    row = only(path, **changed)
    assert row.faults == ()
    return IncidentDraft.model_validate(row.draft)


def test_there_are_31_columns_since_2023() -> None:
    assert len(SINCE_2023) == 31


@pytest.mark.parametrize("columns", [SINCE_2023, UNTIL_2022], ids=["since 2023", "until 2022"])
def test_an_event_becomes_an_incident(tmp_path: Path, columns: tuple[str, ...]) -> None:
    path = write(tmp_path / "acled.csv", [event()], columns)
    assert guess_format(path) == "acled"
    (batch,) = read(path)
    row = batch.rows[0]
    draft = IncidentDraft.model_validate(row.draft)
    assert (row.external_id, row.flags) == ("PER9001", ())
    assert (draft.type, draft.subtype, draft.days, draft.date_precision) == (
        "protest", "peaceful-protest", "2021-04-15", "day",
    )  # fmt: skip
    assert [(str(claim.count), claim.zero_is_unknown, claim.source) for claim in draft.claims] == [
        ("2", False, "acled")
    ]
    assert [party.role for party in draft.parties] == ["side-a", "present", "present", "side-b"]
    assert draft.summary == {"en": "On 15 April 2021, invented people protested."}
    assert [SourceDraft.model_validate(entry).publisher for entry in batch.sources][1:] == ["The Daily", "Radio One"]
    kinds = {ActorDraft.model_validate(entry).name["en"]: entry["kind"] for entry in batch.actors}
    assert kinds["Police Forces of Nowhere"] == "state-forces"
    assert draft.original is not None
    assert draft.original["source_scale"] == "Subnational-National"
    if columns is SINCE_2023:
        assert draft.tags == ("crowd size=no report", "women targeted: politicians")


def test_its_rows_may_not_be_passed_on(tmp_path: Path) -> None:
    terms = open_reading(write(tmp_path / "a.csv", [event()]), "acled").terms
    assert (terms.name, terms.may_publish) == ("acled", False)


def test_no_deaths_mentioned_is_not_no_deaths(tmp_path: Path) -> None:
    (claim,) = draft_of(tmp_path, fatalities="0").claims
    assert (str(claim.count), claim.zero_is_unknown) == ("0", True)


@pytest.mark.parametrize(
    "entry", list(crosswalk("acled").lists["sub_event_type"].values()), ids=lambda entry: entry.code
)
def test_every_sub_event_has_a_type_of_ours(tmp_path: Path, entry: Any) -> None:
    draft = draft_of(tmp_path, event_type=entry.facts["event_type"], sub_event_type=entry.code.upper())
    assert entry.ours in {draft.type, draft.subtype}


def test_the_codebook_has_25_sub_events_of_6_types() -> None:
    lists = crosswalk("acled").lists
    assert (len(lists["event_type"]), len(lists["sub_event_type"]), len(lists["inter"])) == (6, 25, 8)
    assert {entry.facts["event_type"] for entry in lists["sub_event_type"].values()} == set(lists["event_type"])


def test_an_older_sub_event_is_taken_by_its_type_and_flagged(tmp_path: Path) -> None:
    row = only(tmp_path, event_type="Riots", sub_event_type="Something older")
    assert row.draft is not None
    assert (row.draft["type"], [flag.field for flag in row.flags]) == ("riot", ["sub_event_type"])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1", "state-forces"),
        ("2.0", "rebel-group"),
        ("Rebel Forces", "rebel-group"),
        ("Protestors", "protesters"),
        ("8", "external"),
        ("?", "organisation"),
    ],
)
def test_actors_are_known_by_code_or_word(tmp_path: Path, code: str, kind: str) -> None:  # fmt: skip
    (batch,) = read(write(tmp_path / "a.csv", [event(actor1="Someone", inter1=code, assoc_actor_1="")]))
    assert batch.actors[0]["kind"] == kind


def test_violence_against_civilians_has_a_target(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, event_type="Violence against civilians", sub_event_type="Attack", assoc_actor_1="")
    assert [party.role for party in draft.parties] == ["initiator", "target"]


@pytest.mark.parametrize(
    ("code", "days", "precision"),
    [("1", "2021-04-15", "day"), ("2", "2021-04-12/2021-04-18", "week"), ("3", "2021-04-01/2021-04-30", "month")],
)
def test_time_precision_becomes_a_span(tmp_path: Path, code: str, days: str, precision: str) -> None:
    draft = draft_of(tmp_path, time_precision=code)
    assert (draft.days, draft.date_precision) == (days, precision)


@pytest.mark.parametrize(
    "dates", [("15-04-2021", "01-02-2021"), ("15 April 2021", "1 February 2021"), ("2021-04-15", "2021-02-01")]
)
def test_the_three_styles_of_dates_are_told_by_the_whole_column(tmp_path: Path, dates: tuple[str, str]) -> None:
    events = [event(event_date=dates[1]), event(event_date=dates[0], event_id_cnty="PER9002")]
    for order in (events, events[::-1]):
        (batch,) = read(write(tmp_path / "a.csv", order))
        days = {row.external_id: (row.draft or {})["days"] for row in batch.rows}
        assert days == {"PER9001": "2021-02-01", "PER9002": "2021-04-15"}


def test_dates_that_fit_both_ways_are_refused_until_somebody_says_which(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [event(event_date="01-02-2021")])
    with pytest.raises(RefusedError, match="--map dates=day-first"):
        read(path)
    (batch,) = read(path, assign={"dates": "month-first"})
    assert (batch.rows[0].draft or {})["days"] == "2021-01-02"


def test_deleted_events_are_withdrawals(tmp_path: Path) -> None:
    path = tmp_path / "deleted.csv"
    path.write_text("event_id_cnty,deleted_timestamp\nPER9001,1650000001\n,1\n", "utf-8")
    assert guess_format(path) == "acled"
    (batch,) = read(path)
    assert [(row.external_id, row.withdrawn, len(row.faults)) for row in batch.rows] == [
        ("PER9001", True, 0), ("", True, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [("fatalities", "several"), ("fatalities", ""), ("event_date", "soon"), ("time_precision", "9"),
     ("event_type", "x"), ("latitude", "x"), ("geo_precision", "")],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_a_fault(tmp_path: Path, column: str, value: str) -> None:
    changed = {column: value, **({"sub_event_type": ""} if column == "event_type" else {})}
    row = only(tmp_path, **changed)
    assert (row.draft, [(fault.field, fault.value) for fault in row.faults]) == (None, [(column, value)])


CELL = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        ["1", "2", "0", "Battles", "Armed clash", "2021-04-15", "01-02-2021", "15 April 2012", "-12.5", "604", ""]
    ),
)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=len(SINCE_2023) + 1), max_size=6))
def test_any_cells_give_one_row_each_that_is_a_draft_or_has_faults(tmp_path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL)
    table.writerow(SINCE_2023)
    table.writerows(rows)
    path = tmp_path / "any.csv"
    path.write_text(text.getvalue(), "utf-8", errors="replace", newline="")
    found = [row for batch in read(path, assign={"dates": "day-first"}) for row in batch.rows]
    assert [row.number for row in found] == list(range(1, len(rows) + 1))
    for row in found:
        if row.draft is not None:
            IncidentDraft.model_validate(row.draft)
        else:
            assert row.faults


def test_the_newest_layout_keeps_all_its_own_columns(tmp_path: Path) -> None:
    """Columns of the codebook of 2023 and later, with the population that an export can have."""
    columns = (*SINCE_2023, "population_1km", "population_2km", "population_5km", "population_best")
    told = {
        "disorder_type": "Demonstrations", "civilian_targeting": "Civilian targeting", "time_precision": "2",
        "geo_precision": "2", "population_1km": "10", "population_2km": "20", "population_5km": "50",
        "population_best": "50", "source_scale": "Subnational-National",
    }  # fmt: skip
    path = tmp_path / "acled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerow([{**EVENT, **told}.get(name, "") for name in columns])
    (batch,) = open_reading(path, guess_format(path), ReadingOptions()).batches
    draft = IncidentDraft.model_validate(batch.rows[0].draft)
    assert draft.original is not None
    assert told.items() <= draft.original.items()
    assert (draft.date_precision, draft.places[0].precision) == ("week", "near")


def test_files_that_count_events_by_week_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "regional_aggregated.csv"
    path.write_text("WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,EVENTS,FATALITIES\n2025-01-04,X,Nowhere,Y,Battles,2,3\n")
    assert guess_format(path) == "acled"
    with pytest.raises(RefusedError, match="numbers of events by week and area"):
        open_reading(path, "acled", ReadingOptions())


def test_the_unit_that_an_event_names_is_its_code(tmp_path: Path) -> None:
    there = {"country": "Myanmar", "iso": "104", "admin1": "East", "latitude": "20", "longitude": "99"}
    path = write(tmp_path / "acled.csv", [event(**there)])
    ((row,),) = [batch.rows for batch in open_reading(path, "acled", ReadingOptions(units=UNITS)).batches]
    assert (row.draft or {})["places"][0]["admin_code"] == "MM-92"
