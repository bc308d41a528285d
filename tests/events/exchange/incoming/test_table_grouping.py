"""A table with one row per victim: asked about, and grouped to one incident each with its counts summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_examples import opened, rows_of

from willay.events.exchange.incoming.table import mapping_text, parse_mapping
from willay.events.exchange.incoming.table.grouping import _sum_of
from willay.events.model.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.exchange.incoming.table import TableReading
    from willay.events.model.foreign import ForeignRow

HEAD = "Nombre,Fecha,Tipo,Departamento"


def victims(number: int = 30, head: str = HEAD, cells: str = "") -> str:
    """Invented rows: three days, one after another."""
    return f"{head}\n" + "".join(f"Persona {n},2009-01-0{1 + n % 3},masacre,Cusco{cells}\n" for n in range(number))


def grouped(folder: Path, text: str, by: str = "date,place", **assign: str) -> list[ForeignRow]:
    reading: TableReading = opened(folder, text, assign={"group_by": by, **assign})
    return [row for batch in reading.batches for row in batch.rows]


def counts(row: ForeignRow) -> list[tuple[Any, ...]]:
    return [
        (claim["measure"], claim.get("low"), claim.get("best"), claim.get("high"))
        for claim in (row.draft or {}).get("claims", ())
    ]


def test_rows_that_are_mostly_alike_are_asked_about_once_and_both_answers_work(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="27 of 30 rows have the same title, days and place") as refused:
        opened(tmp_path, victims())
    told = str(refused.value)
    assert "--group-by title,date,place --map default.killed=1" in told
    assert "--group-by none" in told
    rows = grouped(tmp_path, victims(), "title,date,place", **{"default.killed": "1"})
    assert [counts(row) for row in rows] == [[("killed", 10, 10, 10)]] * 3
    assert len(rows_of(opened(tmp_path, victims(), assign={"group_by": "none"}))) == 30


def test_few_rows_and_rows_that_differ_are_not_asked_about(tmp_path: Path) -> None:
    assert len(rows_of(opened(tmp_path, victims(19)))) == 19
    lines = "".join(f"Hecho {n},2009-01-01,masacre,Cusco\n" for n in range(40))
    assert len(rows_of(opened(tmp_path, f"Título,Fecha,Tipo,Departamento\n{lines}"))) == 40


def test_a_table_with_counts_is_not_told_to_count_its_rows(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="their counts summed") as refused:
        opened(tmp_path, victims(head=f"{HEAD},Muertos", cells=",1"))
    assert "default.killed" not in str(refused.value)


def test_counts_are_summed_and_a_row_without_one_leaves_the_sum_open(tmp_path: Path) -> None:
    text = (
        f"{HEAD},Muertos,Heridos\na,2009,masacre,Cusco,2,1\nb,2009,masacre,Cusco,hasta 3,\nc,2009,masacre,Cusco,1,4\n"
    )
    (row,) = grouped(tmp_path, text)
    assert counts(row) == [("killed", 3, None, 6), ("injured", 5, None, None)]


def test_what_rows_share_is_kept_and_names_of_persons_are_not(tmp_path: Path) -> None:
    text = f"{HEAD},Fuente,Expediente\na,2009,masacre,Cusco,RPP,E1\nb,2009,masacre,Cusco,Diario,E1\n"
    (row,) = grouped(tmp_path, text)
    document = row.draft or {}
    assert document["original"] == {"Expediente": "E1"}
    assert len(document["sources"]) == 2


def test_rows_of_a_group_that_differ_are_flagged(tmp_path: Path) -> None:
    (row,) = grouped(tmp_path, f"{HEAD}\na,2009-01-01,masacre,Cusco\nb,2009-01-02,masacre,Cusco\n", "place")
    assert (row.draft or {})["days"] == "2009-01-01"
    assert [(flag.field, flag.reason[:32]) for flag in row.flags] == [("days", "the rows of this incident differ")]


def test_a_group_with_a_row_that_cannot_be_read_is_rejected_whole(tmp_path: Path) -> None:
    cells = [("a,2009", "2"), ("b,2009", "x y z"), ("c,2009", "4"), ("d,2010", "1")]
    text = f"{HEAD},Muertos\n" + "".join(f"{row},masacre,Cusco,{number}\n" for row, number in cells)
    rows = grouped(tmp_path, text)
    assert [bool(row.faults) for row in rows] == [True, True, True, False]
    assert len({row.external_id for row in rows}) == 4
    assert "another row of the same incident" in rows[0].faults[0].reason


def test_an_incident_keeps_its_id_when_the_rows_come_in_another_order(tmp_path: Path) -> None:
    lines = victims(6).splitlines()
    one = {row.external_id for row in grouped(tmp_path, "\n".join(lines) + "\n")}
    other = {row.external_id for row in grouped(tmp_path, "\n".join([lines[0], *reversed(lines[1:])]) + "\n")}
    assert one == other
    assert len(one) == 3


def test_columns_of_the_table_may_group_and_others_are_refused(tmp_path: Path) -> None:
    assert len(grouped(tmp_path, victims(6), "Fecha")) == 3
    assert len(grouped(tmp_path, victims(6), "Nombre,date")) == 6
    with pytest.raises(RefusedError, match="'Barrio' is neither a column nor a field"):
        grouped(tmp_path, victims(6), "Barrio")


def test_the_groups_are_part_of_the_mapping(tmp_path: Path) -> None:
    mapping = opened(tmp_path, victims(6), assign={"group_by": "date"}).mapping
    assert parse_mapping(mapping_text(mapping), "x").group_by == "date"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(sorted), min_size=1, max_size=6))
def test_the_sum_of_closed_counts_is_the_sum_of_each_end(numbers: list[list[int]]) -> None:
    claims = [
        {"measure": "killed", "group": "all", "source": "s", "low": a, "best": b, "high": c} for a, b, c in numbers
    ]
    made = _sum_of(claims, len(claims))
    assert [made[name] for name in ("low", "best", "high")] == [sum(ends) for ends in zip(*numbers, strict=True)]
