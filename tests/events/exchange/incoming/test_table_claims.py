"""Counts of a row as claims: each end is what its own column says, and what is open stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from table_examples import one, opened, rows_of

if TYPE_CHECKING:
    from pathlib import Path


def numbers(folder: Path, head: str, cells: str, **options: Any) -> tuple[int | None, int | None, int | None]:
    document = one(folder, f"Título;Tipo;Fecha;{head}\nA;strike;2009;{cells}\n", **options)
    (claim,) = document["claims"]
    return claim.get("low"), claim.get("best"), claim.get("high")


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("Muertos", "hasta 15", (None, None, 15)),
        ("Muertos", "más de 20", (20, None, None)),
        ("Muertos", "unos 10", (None, 10, None)),
        ("Muertos", "3 muertos", (3, 3, 3)),
        ("Muertos;Muertos mín;Muertos máx", "5;3;9", (3, 5, 9)),
        ("Muertos;Muertos mín;Muertos máx", "5;3;", (3, 5, 5)),
        ("Muertos;Muertos mín;Muertos máx", "5;;9", (5, 5, 9)),
        ("Muertos;Muertos mín;Muertos máx", "5;;", (5, 5, 5)),
        ("Muertos;Muertos mín", "más de 20;20", (20, None, None)),
        ("Muertos;Muertos máx", "más de 20;30", (20, None, 30)),
        ("Muertos mín", "más de 20", (20, None, None)),
        ("Muertos máx", "hasta 15", (None, None, 15)),
        ("Muertos mín", "7", (7, None, None)),
        # our own tables: the highest is empty where nobody states a most
        ("killed_low;killed_best;killed_high", "20;20;", (20, 20, None)),
        ("killed_low;killed_best;killed_high", "20;;", (20, None, None)),
        ("killed_low;killed_best;killed_high", "0;;15", (0, None, 15)),
        ("killed_low;killed_best;killed_high", "20;20;20", (20, 20, 20)),
        ("killed_low;killed_best;killed_high", "0;0;0", (0, 0, 0)),
        ("killed_low;killed_best;killed_high", "18;20;", (18, 20, None)),
    ],
)
def test_each_end_of_a_count_is_what_its_column_says(
    tmp_path: Path, head: str, cells: str, expected: tuple[int | None, ...]
) -> None:
    assert numbers(tmp_path, head, cells) == expected


@pytest.mark.parametrize(
    ("head", "cells", "message"),
    [
        ("Muertos máx", "más de 20", "an open number (such as 10+), which has no high end"),
        ("Muertos mín", "hasta 15", "an open number (such as 10+), which has no low end"),
        ("Muertos", "3 heridos", "mentions: injured; the column counts: killed"),
        ("Muertos", "2024-10-15", "a spreadsheet has changed this cell to a date"),
        ("Muertos", "10-oct", "a spreadsheet has changed this cell to a date"),
        ("Policías heridos", "3 civiles", "mentions: civilians; the column counts: police"),
    ],
)
def test_a_number_that_is_not_what_its_column_counts_puts_the_row_aside(
    tmp_path: Path, head: str, cells: str, message: str
) -> None:
    text = f"Título;Tipo;Fecha;{head}\nA;strike;2009;{cells}\nB;strike;2009;1\n"
    rows = rows_of(opened(tmp_path, text))
    assert [bool(row.faults) for row in rows] == [True, False]
    assert message in rows[0].faults[0].reason
    assert (rows[0].faults[0].field, rows[0].faults[0].value) == (head, cells)


def test_the_words_of_all_ends_are_the_note(tmp_path: Path) -> None:
    text = "Título;Tipo;Fecha;Muertos;Muertos máx\nA;strike;2009;más de 20;unos 30\n"
    claim = one(tmp_path, text)["claims"][0]
    assert (claim["low"], claim["high"]) == (20, 30)
    assert claim["note"] == {"und": "más de 20; unos 30"}
