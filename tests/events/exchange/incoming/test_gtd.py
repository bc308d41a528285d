from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from fuzzing import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nowhere_units import UNITS

from willay.events.exchange.incoming import ReadingOptions, guess_format, open_reading
from willay.events.exchange.incoming.gtd import KEPT, NEEDED
from willay.events.model.drafts import ActorDraft, IncidentDraft, SourceDraft
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from willay.events.model.foreign import ForeignRow

COLUMNS = tuple(
    dict.fromkeys(
        (*NEEDED, *KEPT, "provstate", "city", "location", "summary", "gname2", "gname3", "hostkidoutcome", "scite1",
         "scite2", "scite3", "country")
    )
)  # fmt: skip
"""What is read of the 135 columns."""

EVENT = {
    "eventid": "201204090001", "iyear": "2012", "imonth": "4", "iday": "9", "extended": "1", "resolution": "2012-04-14",
    "country": "159", "country_txt": "Peru", "provstate": "Cusco", "city": "Kepashiato", "latitude": "-12.6",
    "longitude": "-73.2", "specificity": "1", "vicinity": "0", "location": "An invented camp, señalado",
    "summary": "Invented: workers were taken.", "doubtterr": "0", "attacktype1": "6",
    "attacktype1_txt": "Hostage Taking (Kidnapping)", "targtype1": "1", "targtype1_txt": "Business",
    "corp1": "Gas Company",
    "gname": "The Column", "gname2": "", "nkill": "3", "nkillter": "1", "nwound": "-99", "nwoundte": "",
    "ishostkid": "1",
    "nhostkid": "36", "nreleased": "-99", "hostkidoutcome": "2",
    "hostkidoutcome_txt": "Hostage(s) released by perpetrators", "scite1": '"Invented," The Daily, 2012.',
    "INT_ANY": "-9",
}  # fmt: skip


def event(**changed: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), **EVENT, **changed}


def write(path: Path, events: Sequence[dict[str, str]], encoding: str = "latin-1") -> Path:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows([row[name] for name in COLUMNS] for row in events)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))
    return path


def rows_of(path: Path, **options: Any) -> list[ForeignRow]:
    return [row for batch in open_reading(path, "gtd", ReadingOptions(**options)).batches for row in batch.rows]


def only(path: Path, **changed: str) -> ForeignRow:
    (row,) = rows_of(write(path / "gtd.csv", [event(**changed)]))
    return row


def draft_of(path: Path, **changed: str) -> IncidentDraft:
    row = only(path, **changed)
    assert row.faults == ()
    return IncidentDraft.model_validate(row.draft)


def told(draft: IncidentDraft) -> list[tuple[str, str, str]]:
    return [(claim.measure, claim.group, str(claim.count)) for claim in draft.claims]


def test_an_event_in_latin_1_becomes_an_incident(tmp_path: Path) -> None:
    path = write(tmp_path / "gtd.csv", [event()])
    assert guess_format(path) == "gtd"
    (batch,) = open_reading(path, "gtd").batches
    draft = IncidentDraft.model_validate(batch.rows[0].draft)
    assert (batch.rows[0].external_id, batch.rows[0].flags) == ("201204090001", ())
    assert (draft.subtype, draft.days, draft.date_precision) == ("kidnapping", "2012-04-09/2012-04-14", "day")
    assert (draft.places[0].name, draft.places[0].precision, draft.places[0].country) == (
        "Kepashiato",
        "settlement",
        "PE",
    )
    assert draft.places[0].note == {"en": "An invented camp, señalado"}
    assert told(draft) == [
        ("killed", "all", "3"), ("killed", "armed-group", "1"), ("abducted", "all", "36"), ("released", "all", "36"),
    ]  # fmt: skip
    assert [party.role for party in draft.parties] == ["initiator", "target"]
    assert [ActorDraft.model_validate(entry).kind for entry in batch.actors] == ["armed-group", "company"]
    assert [SourceDraft.model_validate(entry).kind for entry in batch.sources] == ["dataset", "press"]


def test_a_workbook_reads_as_the_csv_does(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    row = event()
    sheet.append([float(row[name]) if row[name].lstrip("-").isdigit() else row[name] for name in COLUMNS])
    book.save(tmp_path / "gtd.xlsx")
    assert guess_format(tmp_path / "gtd.xlsx") == "gtd"
    (ours,), (theirs,) = rows_of(tmp_path / "gtd.xlsx"), rows_of(write(tmp_path / "gtd.csv", [row]))
    assert (ours.external_id, ours.draft) == (theirs.external_id, theirs.draft)


def test_its_rows_may_not_be_passed_on(tmp_path: Path) -> None:
    assert open_reading(write(tmp_path / "gtd.csv", [event()]), "gtd").terms.may_publish is False


@pytest.mark.parametrize(
    ("changed", "days", "precision"),
    [
        ({"iday": "0"}, "2012-04", "month"),
        ({"iday": "0", "imonth": "0"}, "2012", "year"),
        ({"extended": "0"}, "2012-04-09", "day"),
    ],
)
def test_day_and_month_0_are_unknown(tmp_path: Path, changed: dict[str, str], days: str, precision: str) -> None:
    draft = draft_of(tmp_path, **changed)
    assert (draft.days, draft.date_precision) == (days, precision)


def test_the_words_of_a_code_are_trusted_over_its_number_and_flagged(tmp_path: Path) -> None:
    row = only(tmp_path, attacktype1="3")
    assert row.draft is not None
    assert (row.draft["type"], row.draft["original"]["attacktype1"]) == ("kidnapping", "3")
    assert [flag.field for flag in row.flags] == ["attacktype1_txt"]


def test_unknown_words_are_kept_and_flagged(tmp_path: Path) -> None:
    row = only(tmp_path, targtype1_txt="Something newer")
    assert row.draft is not None
    assert row.draft["original"]["targtype1_txt"] == "Something newer"
    assert [flag.field for flag in row.flags] == ["targtype1_txt"]


@pytest.mark.parametrize(
    ("target", "kind"), [("Military", "armed-clash"), ("Private Citizens & Property", "violence-against-civilians")]
)
def test_an_armed_assault_on_the_armed_is_a_clash(tmp_path: Path, target: str, kind: str) -> None:
    changed = {"attacktype1": "2", "attacktype1_txt": "Armed Assault", "targtype1": "", "targtype1_txt": target}
    assert draft_of(tmp_path, **changed).type == kind


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"nreleased": "30"}, [("abducted", "all", "36"), ("released", "all", "30")]),
        (
            {"hostkidoutcome": "5", "hostkidoutcome_txt": "Successful Rescue"},
            [("abducted", "all", "36"), ("rescued", "all", "36")],
        ),
        ({"hostkidoutcome": "6", "hostkidoutcome_txt": "Combination"}, [("abducted", "all", "36")]),
        ({"nhostkid": "-99"}, []),
        ({"ishostkid": "0"}, []),
    ],
)
def test_the_hostage_block_becomes_claims(
    tmp_path: Path, changed: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    assert told(draft_of(tmp_path, nkill="", nkillter="", **changed)) == expected


def test_coordinates_may_be_missing_and_then_none_are_made_up(tmp_path: Path) -> None:
    place = draft_of(tmp_path, specificity="5", latitude="", longitude="").places[0]
    assert (place.precision, place.lon, place.lat) == ("country", None, None)


def test_in_the_vicinity_of_a_town_is_near_it(tmp_path: Path) -> None:
    assert draft_of(tmp_path, vicinity="1").places[0].precision == "near"


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"iyear": "1993"}, "iyear"), ({"nkillter": "9"}, "nkillter"), ({"resolution": "soon"}, "resolution"),
     ({"country_txt": "Atlantis"}, "country_txt")],
)  # fmt: skip
def test_what_is_remarkable_is_flagged_and_kept(tmp_path: Path, changed: dict[str, str], field: str) -> None:
    row = only(tmp_path, **changed)
    assert row.draft is not None
    assert [flag.field for flag in row.flags] == [field]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"eventid": "x"}, "eventid"), ({"eventid": ""}, "eventid"), ({"iday": "31"}, "iday"),
     ({"nkill": "many"}, "nkill"),
     ({"longitude": "999"}, "longitude")],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_a_fault(tmp_path: Path, changed: dict[str, str], field: str) -> None:
    row = only(tmp_path, **changed)
    assert (row.draft, [fault.field for fault in row.faults]) == (None, [field])


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("eventid,iyear\n1,2\n", "utf-8")
    with pytest.raises(RefusedError, match="lacks the columns imonth"):
        rows_of(tmp_path / "x.csv")


CELL = st.one_of(st.text(max_size=8), st.sampled_from(["1", "0", "-9", "-99", "2012", "4", "Police", "12.5", "6"]))


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=len(COLUMNS) - 1, max_size=len(COLUMNS)), max_size=4))
def test_any_cells_give_one_row_each_that_is_a_draft_or_has_faults(tmp_path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    table.writerows(rows)
    path = tmp_path / "any.csv"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    found = rows_of(path)
    assert [row.number for row in found] == list(range(1, len(rows) + 1))
    for row in found:
        if row.draft is not None:
            IncidentDraft.model_validate(row.draft)
        else:
            assert row.faults


def test_the_unit_that_an_event_names_is_its_code(tmp_path: Path) -> None:
    there = {"country_txt": "Myanmar", "provstate": "East", "latitude": "20", "longitude": "99"}
    (row,) = rows_of(write(tmp_path / "gtd.csv", [event(**there)]), units=UNITS)
    assert (row.draft or {})["places"][0]["admin_code"] == "MM-92"
    assert row.flags == ()
