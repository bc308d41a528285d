"""What an import lacks is the last thing that it says. Sums are counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from willay.events.exchange.incoming.gaps import Gaps
from willay.events.exchange.incoming.reports import ImportReport
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow, Identity, Outcome, RowFault

PLACED = [{"name": "Puno", "precision": "department", "admin_code": "21"}]
NAMED = [{"name": "Ilave", "precision": "settlement"}]
AT = [{"name": "Ilave", "precision": "settlement", "lon": -70.0, "lat": -16.0}]
REGION = [{"name": "VRAE", "precision": "area", "region": "pe-conflict-zones/vrae"}]


def told(*documents: dict[str, Any], dated: bool = True, ending: Any = "accepted", **rest: Any) -> list[str]:
    rows = tuple(
        ForeignRow(n, f"S{n}", {"title": {"es": f"A{n}"}, **document}, **rest) for n, document in enumerate(documents)
    )
    gaps = Gaps()
    gaps.add(Batch(rows), [Outcome(row.number, row.external_id, ending) for row in rows])
    notices = gaps.notices(dated=dated)
    assert all(notice.grave for notice in notices)
    return [notice.text for notice in notices]


GOOD = {"days": "2009-06-05", "places": PLACED}


def test_rows_with_days_and_places_leave_nothing_to_say() -> None:
    assert told(GOOD, {**GOOD, "places": AT}, {**GOOD, "places": REGION}) == []
    assert told() == []


@pytest.mark.parametrize(("undated", "rows", "said"), [(1, 2, False), (2, 3, True), (3, 3, True)])
def test_days_are_missed_where_most_rows_have_none(undated: int, rows: int, *, said: bool) -> None:
    documents = [{"places": PLACED}] * undated + [GOOD] * (rows - undated)
    expected = f"{undated} of {rows} rows have no date"
    assert [expected in text for text in told(*documents)] == ([True] if said else [])


@pytest.mark.parametrize(("number", "said"), [(999, 0), (1_000, 1)])
def test_a_thousand_rows_without_a_day_or_a_place_are_told_of_however_many_have_one(number: int, said: int) -> None:
    documents = [{"places": PLACED}] * number + [GOOD] * 3 * number
    assert sum("have no date" in text for text in told(*documents)) == said
    documents = [{"days": "2009", "places": NAMED}] * number + [GOOD] * 3 * number
    assert sum("have no place that can be drawn" in text for text in told(*documents)) == said


def test_no_column_of_days_is_said_even_of_few_rows() -> None:
    (text,) = told({"places": PLACED}, {"places": AT}, dated=False)
    assert text.startswith("No column was recognised as the date, so 2 of 2 rows")


def test_places_that_cannot_be_drawn_are_missed_and_an_import_without_any_says_so_last() -> None:
    unplaced = {"days": "2009", "places": NAMED}
    assert told(GOOD, unplaced) == []
    (most,) = told(GOOD, unplaced, {"days": "2009"})
    assert "2 of 3 rows have no place that can be drawn: add a column with the administrative unit" in most
    every = told(*[unplaced] * 76)
    assert every[0].startswith("76 of 76 rows have no place that can be drawn")
    assert every[-1] == "No incident of this import can be drawn on a map."
    units = [{"name": "Cauca", "precision": "department"}]
    assert "match no known administrative unit" in told({"days": "2009", "places": units})[0]


def test_rows_that_are_mostly_alike_are_asked_about() -> None:
    same = {**GOOD, "title": {"es": "Bombardeo"}}
    assert told(same, same, {**same, "days": "2010"}, GOOD) == []
    (text,) = told(same, same, same, same, GOOD)
    assert text.startswith(
        "3 of 5 rows have the same title, day and place as an earlier row. If the file has one row per victim"
    )
    assert told(*[{**same, "status": "lead"}] * 3) == []


@pytest.mark.parametrize("ending", ["quarantined", "withdrawn"])
def test_rows_that_did_not_come_in_are_not_counted(ending: str) -> None:
    assert told({}, {}, ending=ending) == []


def test_rows_of_our_own_exports_are_not_counted() -> None:
    assert told({}, {}, identity=Identity("x", "PE-2009-0001")) == []


def test_reasons_that_differ_in_numbers_are_of_one_kind_with_three_examples() -> None:
    report = ImportReport(DatasetTerms("d"), "t.csv", "table")
    reasons = [f"2031-01-0{n} lies in the future, at {n}.5: check it" for n in range(1, 6)]
    rows = [ForeignRow(n, f"S{n}", None) for n in range(5)]
    faults = [RowFault.of("Fecha", f"v{n}", reason) for n, reason in enumerate(reasons)]
    outcomes = [
        Outcome(row.number, row.external_id, "quarantined", faults=(fault,))
        for row, fault in zip(rows, faults, strict=True)
    ]
    report.add(Batch(tuple(rows)), outcomes)
    assert report.faults() == [("Fecha: … lies in the future, at …: check it (for example: v0 | v1 | v2)", 5)]
    (kind,) = report.document()["faults"]
    assert (kind["count"], kind["first_rows"], kind["examples"]) == (5, [0, 1, 2, 3, 4], ["v0", "v1", "v2"])


def test_a_reason_that_is_always_the_same_keeps_its_numbers() -> None:
    report = ImportReport(DatasetTerms("d"), "t.csv", "table")
    outcomes = [
        Outcome(n, f"S{n}", "quarantined", faults=(RowFault.of("Fecha", "x", "write it 2009-06-05"),)) for n in range(2)
    ]
    report.add(Batch(tuple(ForeignRow(n, f"S{n}", None) for n in range(2))), outcomes)
    assert report.faults() == [("Fecha: write it 2009-06-05 (for example: x)", 2)]


def test_sums_go_on_from_batch_to_batch() -> None:
    gaps = Gaps()
    for number in range(3):
        row = ForeignRow(number, f"S{number}", {"title": {"es": "A"}, **GOOD})
        gaps.add(Batch((row,)), [Outcome(number, row.external_id, "unchanged")])
    assert "2 of 3 rows have the same title" in gaps.notices()[0].text
