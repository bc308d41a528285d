from __future__ import annotations

import csv
import gzip
import io
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nowhere_units import UNITS
from ucdp_examples import EARLIER_COLUMNS, event, write_events

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.ucdp import COLUMNS
from willay.events.exchange.incoming.ucdp_releases import release_of
from willay.events.model.drafts import ActorDraft, CaseDraft, IncidentDraft, SourceDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import Batch, ForeignRow


def read(path: Path, **options: Any) -> list[Batch]:
    return list(open_reading(path, "ucdp-ged", ReadingOptions(**options)).batches)


def rows_of(path: Path) -> list[ForeignRow]:
    return [row for batch in read(path) for row in batch.rows]


def only(path: Path, **changed: str) -> ForeignRow:
    (row,) = rows_of(write_events(path / "ged.csv", [event(**changed)]))
    return row


def draft_of(path: Path, **changed: str) -> dict[str, Any]:
    row = only(path, **changed)
    assert row.faults == ()
    assert row.draft is not None
    IncidentDraft.model_validate(row.draft)
    return row.draft


def test_an_event_becomes_an_incident_with_its_numbers_sides_case_and_reports(tmp_path: Path) -> None:
    (batch,) = read(write_events(tmp_path / "ged.csv", [event()]), version="25.1")
    row = batch.rows[0]
    assert (row.number, row.external_id, row.faults, row.flags) == (1, "900001", (), ())
    draft = IncidentDraft.model_validate(row.draft)
    assert draft.title["en"] == "State-based conflict: Government of Nowhere - The Column, Kiteni town"
    assert (draft.type, draft.days, draft.date_precision, draft.status) == (
        "armed-clash", "2012-04-09", "day", "published",
    )  # fmt: skip
    (place,) = draft.places
    assert (place.name, place.precision, place.country, place.lon, place.lat) == (
        "Kiteni town", "settlement", "PE", -73.04, -12.63,
    )  # fmt: skip
    assert place.note == {"en": "near the river, at night"}
    assert [(claim.group, str(claim.count)) for claim in draft.claims] == [
        ("all", "5-6-8"),
        ("security-forces", "3"),
        ("armed-group", "1"),
        ("civilians", "2"),
    ]
    assert {claim.source for claim in draft.claims} == {"ucdp-ged-25-1"}
    assert [(party.actor, party.role) for party in draft.parties] == [
        ("ucdp-actor-10", "side-a"),
        ("ucdp-actor-20", "side-b"),
    ]
    assert draft.cases == ("ucdp-conflict-77",)
    assert draft.original is not None
    assert {name: draft.original[name] for name in ("date_prec", "where_prec", "event_clarity", "best")} == {
        "date_prec": "1", "where_prec": "1", "event_clarity": "1", "best": "6",
    }  # fmt: skip
    sources = {one.key: one for one in (SourceDraft.model_validate(entry) for entry in batch.sources)}
    assert [(sources[key].publisher, sources[key].title, sources[key].published_on) for key in draft.sources] == [
        ("The Daily", "Soldiers killed", "2012-04-10"),
        ("Radio One", "Army speaks", "2012-04-11"),
    ]
    assert [ActorDraft.model_validate(entry).kind for entry in batch.actors] == ["state-forces", "rebel-group"]
    assert [CaseDraft.model_validate(entry).type for entry in batch.cases] == ["armed-conflict"]


def test_the_dataset_has_its_licence_and_credit(tmp_path: Path) -> None:
    terms = open_reading(write_events(tmp_path / "ged.csv", [event()]), "ucdp-ged").terms
    assert (terms.name, terms.licence, terms.may_publish) == ("ucdp-ged", "CC-BY-4.0", True)
    assert "Uppsala" in (terms.attribution or "")


@pytest.mark.parametrize("columns", [COLUMNS, EARLIER_COLUMNS, ("#", *COLUMNS)], ids=["49", "42 in another order", "#"])
def test_columns_are_known_by_their_names_in_any_order(tmp_path: Path, columns: tuple[str, ...]) -> None:
    assert len(EARLIER_COLUMNS) == 42
    path = write_events(tmp_path / "ged.csv", [event(), event(id="900002")], columns)
    assert [(row.external_id, row.faults) for row in rows_of(path)] == [("900001", ()), ("900002", ())]
    assert guess_format(path) == "ucdp-ged"


@pytest.mark.parametrize("columns", [COLUMNS, ("#", *COLUMNS)], ids=["49", "#"])
def test_a_file_without_header_is_read_by_number_of_columns(tmp_path: Path, columns: tuple[str, ...]) -> None:
    path = write_events(tmp_path / "ged.csv", [event(), event(id="900002")], columns, header=False)
    assert [row.external_id for row in rows_of(path)] == ["900001", "900002"]


def test_a_file_without_header_and_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = write_events(tmp_path / "ged.csv", [event()], EARLIER_COLUMNS, header=False)
    with pytest.raises(RefusedError, match="is not a UCDP GED file"):
        read(path)


def test_a_file_that_lacks_a_column_is_refused_with_its_name(tmp_path: Path) -> None:
    path = write_events(tmp_path / "ged.csv", [event()], [name for name in COLUMNS if name != "high"])
    with pytest.raises(RefusedError, match="lacks the columns high"):
        read(path)


def test_packed_files_are_read_as_they_are(tmp_path: Path) -> None:
    plain = write_events(tmp_path / "ged.csv", [event()]).read_bytes()
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(plain))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("ged.csv", plain)
    assert [rows_of(tmp_path / name)[0].external_id for name in ("a.csv.gz", "b.zip")] == ["900001"] * 2


@pytest.mark.parametrize(
    ("code", "precision"),
    [("1", "settlement"), ("2", "near"), ("3", "province"), ("4", "department"), ("5", "area"), ("6", "country"),
     ("7", "sea")],
)  # fmt: skip
def test_where_prec_becomes_our_precision(tmp_path: Path, code: str, precision: str) -> None:
    draft = draft_of(tmp_path, where_prec=code)
    assert (draft["places"][0]["precision"], draft["original"]["where_prec"]) == (precision, code)


@pytest.mark.parametrize(
    ("code", "last", "precision"),
    [("1", "2012-04-09", "day"), ("2", "2012-04-13", "days"), ("3", "2012-04-15", "week"),
     ("4", "2012-04-30", "month"), ("5", "2012-12-31", "year")],
)  # fmt: skip
def test_date_prec_becomes_our_precision(tmp_path: Path, code: str, last: str, precision: str) -> None:
    draft = draft_of(tmp_path, date_prec=code, date_end=last)
    assert (draft["date_precision"], draft["original"]["date_prec"]) == (precision, code)


def test_a_span_longer_than_its_precision_is_kept_and_flagged(tmp_path: Path) -> None:
    row = only(tmp_path, date_prec="2", date_end="2012-04-30")
    assert row.draft is not None
    assert row.draft["date_precision"] == "month"
    assert [flag.field for flag in row.flags] == ["date_prec"]


@pytest.mark.parametrize(
    ("code", "days", "precision"),
    [
        ("1", 1, "day"), ("1", 40, "day"),  # exact days: how long it lasted
        ("2", 2, "days"), ("2", 6, "days"), ("2", 7, "week"), ("2", 8, "month"),
        ("3", 7, "week"), ("3", 8, "month"),
        ("4", 31, "month"), ("4", 32, "year"),
        ("5", 366, "year"), ("5", 367, "period"),
    ],
)  # fmt: skip
def test_the_longest_span_of_each_precision_fits_and_a_day_more_does_not(
    tmp_path: Path, code: str, days: int, precision: str
) -> None:
    """UCDP GED codebook, date_prec: 2 is two to six days, 3 a week, 4 a month, 5 a year."""
    last = date(2012, 4, 9) + timedelta(days=days - 1)
    row = only(tmp_path, date_prec=code, date_end=str(last))
    assert row.draft is not None
    assert row.draft["date_precision"] == precision
    assert IncidentDraft.model_validate(row.draft).span is not None
    usual = {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}[code]
    assert bool(row.flags) == (precision != usual)


@pytest.mark.parametrize(
    ("low", "best", "high", "kept"), [("9", "6", "8", "6-6-9"), ("1", "6", "5", "1-6-6"), ("", "6", "", "6")]
)
def test_numbers_out_of_order_are_flagged_and_kept(tmp_path: Path, low: str, best: str, high: str, kept: str) -> None:
    row = only(tmp_path, low=low, best=best, high=high)
    assert row.faults == ()
    draft = IncidentDraft.model_validate(row.draft)
    assert str(draft.claims[0].count) == kept
    assert bool(row.flags) == (low != "")
    assert draft.original is not None
    assert draft.original.get("low", "") == low


def test_one_sided_violence_has_an_initiator_and_civilians_as_its_target(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, type_of_violence="3", side_b="Civilians", side_b_new_id="1", deaths_a="0", deaths_b="0")
    assert draft["type"] == "killing"
    assert [party["role"] for party in draft["parties"]] == ["initiator", "target"]
    assert [claim["group"] for claim in draft["claims"]] == ["all", "civilians"]


def test_two_sides_of_one_group_are_one_claim(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path, type_of_violence="2", side_a="The Others", gwnoa="", side_a_new_id="30", deaths_civilians="0"
    )
    assert [(claim["group"], claim["best"]) for claim in draft["claims"]] == [("all", 6), ("armed-group", 4)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"best": "many"}, "best"),
        ({"best": ""}, "best"),
        ({"best": "-1"}, "best"),
        ({"deaths_a": "1.5"}, "deaths_a"),
        ({"latitude": "95"}, "latitude"),
        ({"date_start": "2012-02-30"}, "date_start"),
        ({"date_start": "0099-06-05"}, "date_start"),
        ({"date_end": "2011-01-01"}, "date_end"),
        ({"where_prec": "9"}, "where_prec"),
        ({"type_of_violence": ""}, "type_of_violence"),
        ({"id": "x"}, "id"),
    ],
)
def test_a_cell_that_cannot_be_is_a_fault_with_its_name_and_value(
    tmp_path: Path, changed: dict[str, str], field: str
) -> None:
    row = only(tmp_path, **changed)
    assert row.draft is None
    (fault,) = row.faults
    assert (fault.field, fault.value) == (field, next(iter(changed.values())) if field != "date_end" else fault.value)
    assert row.raw["where_coordinates"] == "Kiteni town"


def test_the_middle_of_the_gulf_of_guinea_is_no_place(tmp_path: Path) -> None:
    row = only(tmp_path, latitude="0", longitude="0.0")
    assert row.draft is not None
    assert "lon" not in row.draft["places"][0]
    assert "longitude 0 is how programs write an unknown place" in row.flags[0].reason


def test_a_row_with_too_few_cells_is_a_fault_and_the_next_is_read(tmp_path: Path) -> None:
    path = write_events(tmp_path / "ged.csv", [event()])
    with path.open("a", encoding="utf-8") as file:
        file.write("900003,short\r\n")
    first, second = rows_of(path)
    assert (first.faults, second.draft) == ((), None)
    assert "found 2" in second.faults[0].reason


def test_the_second_row_with_an_id_is_a_fault(tmp_path: Path) -> None:
    first, second = rows_of(write_events(tmp_path / "ged.csv", [event(), event(best="7")]))
    assert first.faults == ()
    assert "same id" in second.faults[0].reason


def test_a_country_without_a_known_code_is_kept_and_flagged(tmp_path: Path) -> None:
    row = only(tmp_path, country="Atlantis", country_id="")
    assert row.draft is not None
    assert row.draft["country"] == "ZZ"
    assert [flag.field for flag in row.flags] == ["country"]
    assert draft_of(tmp_path, country="Myanmar (Burma)", country_id="")["country"] == "MM"


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=12),
                st.sampled_from(["1", "2012-04-09", "5.0", "-1", "", '"', "NaN", "1e9", "٣", "\x00", "=1+1"]),
            ),
            min_size=1,
            max_size=len(COLUMNS) + 1,
        ),
        max_size=6,
    )
)
def test_any_cells_give_one_row_each_that_is_a_draft_or_has_faults(tmp_path: Path, cells: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for row in cells:
        table.writerow(row if len(row) > 1 or row[0] else ["x"])
    path = tmp_path / "any.csv"
    path.write_text(text.getvalue(), "utf-8", errors="replace", newline="")
    found = rows_of(path)
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    for row in found:
        assert (row.draft is None) == bool(row.faults) or row.faults
        if row.draft is not None:
            IncidentDraft.model_validate(row.draft)


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("GEDEvent_v25_1.csv", "25.1"),
        ("GEDEvent_v25_0_9.csv", "25.0.9"),
        ("GEDEvent_v25_01_25_09.csv", "25.01.25"),
        ("ged251-csv.zip", "25.1"),
        ("events.csv", None),
    ],
)
def test_the_name_of_the_file_states_the_version(name: str, version: str | None) -> None:
    assert release_of(name) == version


def test_a_candidate_release_says_that_it_is_preliminary_and_which_events_are_to_be_checked(tmp_path: Path) -> None:
    """By the codebook of UCDP Candidate, events are Clear, or a reason why they are not yet."""
    path = write_events(tmp_path / "GEDEvent_v25_0_9.csv", [event(), event(id="2", code_status="Check dyad")])
    assert guess_format(path) == "ucdp-ged"
    reading = open_reading(path, "ucdp-ged", ReadingOptions())
    assert reading.terms.version == "25.0.9"
    assert any("preliminary" in note for note in reading.notes)
    clear, checked = next(iter(reading.batches)).rows
    assert clear.flags == ()
    assert [(flag.field, flag.value) for flag in checked.flags] == [("code_status", "Check dyad")]
    assert checked.draft is not None
    assert checked.draft["original"]["code_status"] == "Check dyad"


def test_a_country_without_a_known_name_is_read_by_its_number(tmp_path: Path) -> None:
    """The numbers are those of Gleditsch and Ward: 678 is Yemen."""
    assert draft_of(tmp_path, country="Yemen (North Yemen)", country_id="678")["country"] == "YE"


@pytest.mark.parametrize(
    ("where_prec", "precision", "code"),
    [("1", "settlement", "MM-91"), ("2", "near", "MM-91"), ("3", "province", "MM-91"), ("4", "department", "MM-91"),
     ("6", "country", None)],
)  # fmt: skip
def test_the_unit_that_an_event_names_is_its_code_where_it_is_known_to_one(
    tmp_path: Path, where_prec: str, precision: str, code: str | None
) -> None:
    there = {"country": "Myanmar (Burma)", "adm_1": "Oeste", "latitude": "20", "longitude": "95"}
    path = write_events(tmp_path / "ged.csv", [event(**there, where_prec=where_prec)])
    ((row,),) = [batch.rows for batch in read(path, units=UNITS)]
    (place,) = (row.draft or {})["places"]
    assert (place["precision"], place.get("admin_code")) == (precision, code)
    assert row.flags == ()


def test_a_point_in_another_unit_than_the_event_names_is_flagged(tmp_path: Path) -> None:
    there = {"country": "Myanmar (Burma)", "adm_1": "west", "latitude": "20", "longitude": "99"}
    ((row,),) = [batch.rows for batch in read(write_events(tmp_path / "ged.csv", [event(**there)]), units=UNITS)]
    assert (row.draft or {})["places"][0]["admin_code"] == "MM-91"
    (flag,) = row.flags
    assert (flag.field, flag.value) == ("adm_1", "west")
    assert "outside this unit" in flag.reason
