"""Whatever a row makes its reader raise is that row's fault, in every format: the rows around it are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ucdp_examples import event, write_events

from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.incoming.table import drafting

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.exchange.incoming.rowmaking import RowMaker
    from willay.events.model.foreign import Document, ForeignRow


def rows_of(path: Path, form: str) -> list[ForeignRow]:
    return [row for batch in open_reading(path, form, ReadingOptions(country="PE")).batches for row in batch.rows]


@pytest.mark.parametrize(
    "error", [RuntimeError("boom"), ZeroDivisionError(), KeyError("x"), AssertionError(), OSError()]
)
def test_an_error_nobody_foresaw_in_a_row_of_a_dataset_is_the_fault_of_the_cell_read_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from willay.events.exchange.incoming.ucdp import _Reader  # noqa: PLC0415 — private: the row it trips over is made up

    usual = _Reader.draft

    def draft(self: RowMaker, cells: list[str], flags: list[object]) -> Document:
        if self.cell(cells, "where_coordinates") == "Trap":
            raise error
        return usual(self, cells, flags)  # type: ignore[arg-type]  # a reader of UCDP

    monkeypatch.setattr(_Reader, "draft", draft)
    path = write_events(tmp_path / "ged.csv", [event(id="1"), event(id="2", where_coordinates="Trap"), event(id="3")])
    rows = rows_of(path, "ucdp-ged")
    assert [bool(row.faults) for row in rows] == [False, True, False]
    (fault,) = rows[1].faults
    assert (fault.field, fault.value) == ("where_coordinates", "Trap")
    assert type(error).__name__ in fault.reason
    assert rows[1].raw["where_coordinates"] == "Trap"


@pytest.mark.parametrize(
    "error", [RuntimeError("boom"), ZeroDivisionError(), KeyError("x"), AssertionError(), OSError()]
)
def test_an_error_nobody_foresaw_in_a_row_of_a_table_is_the_fault_of_the_cell_read_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    usual = drafting.days_of

    def days_of(row: drafting.Row) -> Document:
        if row.get("date") == "2009-06-06":
            raise error
        return usual(row)

    monkeypatch.setattr(drafting, "days_of", days_of)
    path = tmp_path / "hechos.csv"
    path.write_text("Título,Fecha,Tipo\nA,2009-06-05,strike\nB,2009-06-06,strike\nC,2009-06-07,strike\n", "utf-8")
    rows = rows_of(path, "table")
    assert [bool(row.faults) for row in rows] == [False, True, False]
    (fault,) = rows[1].faults
    assert (fault.field, fault.value) == ("Fecha", "2009-06-06")
    assert type(error).__name__ in fault.reason
    assert len({row.external_id for row in rows}) == 3
