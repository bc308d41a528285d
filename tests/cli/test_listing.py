"""Lists: one line a row at any width of a terminal, whole and tab-separated in a pipe, exact as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from willay.events.cli.listing import ListColumn, fitted

pytest.importorskip("pty", reason="this system has no pseudo-terminals")

from pseudoterminal import screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

pytestmark = [
    pytest.mark.usefixtures("peru"),
]

LISTS = [
    ("list",), ("source", "list"), ("actor", "list"), ("case", "list"), ("indicator", "list"), ("regions", "list"),
    ("history", "bagua-2009"), ("places", "Santa"), ("review", "list", "--status", "published"),
]  # fmt: skip
WIDTHS = (60, 80, 120)


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


def rows(run: Callable[..., Result], words: tuple[str, ...]) -> list[list[str]]:
    """The list as it comes in a pipe: a line each, the headings first."""
    return [line.split("\t") for line in run(*words, *as_on_a_terminal(words)).out.splitlines()]


def as_on_a_terminal(words: tuple[str, ...]) -> tuple[str, ...]:
    """The option by which a list in a pipe is of the record, as that on a terminal is."""
    has_profile = {"list", "source", "case", "actor", "indicator", "regions", "review"}
    return ("--profile", "internal") if words[0] in has_profile else ()


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_list_of_incidents_is_one_line_an_incident(run: Callable[..., Result], peru: Path, columns: int) -> None:
    expected = rows(run, ("list",))
    told, code = screen("list", columns=columns, environment={"WILLAY_DB": str(peru)})
    lines = told.splitlines()
    listed = [line for line in lines if re.match(r"[A-Z]{2}-\d{4}-", line)]
    assert code == 0
    assert [line.split()[0] for line in listed] == [row[0] for row in expected[1:]]
    assert all(cell_len(line) <= columns for line in lines if not line.startswith("Columns that do not fit"))
    assert "…" in told
    assert "Title" in lines[0]


@pytest.mark.parametrize("words", LISTS)
def test_every_list_is_one_line_a_row_on_a_terminal_of_80_columns(
    run: Callable[..., Result], peru: Path, words: tuple[str, ...]
) -> None:
    expected = rows(run, words)
    told, _ = screen(*words, environment={"WILLAY_DB": str(peru)})
    table = told.splitlines()[: len(expected)]
    assert all(cell_len(line) <= 80 for line in table)
    for line, row in zip(table, expected, strict=True):
        assert line.split(" ")[0].rstrip("…") in row[0], "the lines are those of the rows, in their order"


@pytest.mark.parametrize("words", LISTS)
def test_in_a_pipe_every_list_is_whole_and_tab_separated_with_one_line_of_headings(
    run: Callable[..., Result], words: tuple[str, ...]
) -> None:
    table = rows(run, words)
    data = list(csv.reader(io.StringIO(run(*words, "--format", "csv", *as_on_a_terminal(words)).out)))
    assert len({len(row) for row in table}) == 1
    assert len(table) == len(data) > 1
    assert not any(cell != cell.strip() or "…" in cell for row in table for cell in row if cell not in {"…", ""})


def test_what_is_left_out_is_named_and_wide_shows_it(run: Callable[..., Result], peru: Path) -> None:
    narrow, _ = screen("list", "--limit", "2", columns=60, environment={"WILLAY_DB": str(peru)})
    assert "Columns that do not fit: Place, Department, Type, Status" in narrow
    told, _ = screen("list", "--limit", "2", "--wide", columns=60, environment={"WILLAY_DB": str(peru)})
    headings, *table = rows(run, ("list", "--limit", "2"))
    flat = "".join(told.splitlines())
    assert all(heading in flat for heading in headings)
    assert all(cell in flat for row in table for cell in row)


def test_a_list_of_nothing_has_its_headings_in_a_pipe(run: Callable[..., Result]) -> None:
    assert run("list", "--days", "1901").out.split("\t")[0] == "Code"


def test_a_message_of_a_check_is_never_cut(run: Callable[..., Result], peru: Path) -> None:
    run("case", "add", "late", "--title", "Late", "--case-type", "labour", "--from", "2030-01-01")
    run("edit", "bagua-2009", "--set", "cases=[late]", "-m", "x")
    told, _ = screen("check", columns=60, environment={"WILLAY_DB": str(peru)})
    assert "Correct one of the two." in " ".join(told.split())


@given(
    st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(1, 30)), st.integers(0, 5)), max_size=9),
    st.integers(1, 140),
)
def test_a_line_fits_or_only_what_is_never_left_out_remains(
    asked: list[tuple[int, int | None, int]], width: int
) -> None:
    columns = [ListColumn("x", rank, least) for _, least, rank in asked]
    natural = [room for room, _, _ in asked]
    widths = fitted(natural, columns, width)
    kept = [place for place, room in enumerate(widths) if room is not None]
    total = sum(room for room in widths if room is not None) + 2 * max(0, len(kept) - 1)
    assert total <= width or all(not columns[place].rank for place in kept)
    for place in kept:
        least = columns[place].least
        room = widths[place] or 0
        assert room == natural[place] if least is None else min(natural[place], least) <= room <= natural[place]
    dropped = [columns[place].rank for place in range(len(columns)) if place not in kept]
    assert not dropped or min(dropped) >= max(columns[place].rank for place in kept) if kept else True
    assert fitted(natural, columns, None) == natural


def test_a_pipe_is_utf_8_whatever_the_encoding_is_called(peru: Path) -> None:
    environment = {**os.environ, "WILLAY_DB": str(peru), "PYTHONIOENCODING": "cp1252"}
    for words in (("list", "--case", "conga"), ("list", "--case", "conga", "-f", "json")):
        done = subprocess.run(
            [sys.executable, "-m", "willay.events.cli", *words], env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0
        assert "Celendín" in done.stdout.decode("utf-8")


def test_json_and_csv_are_the_same_in_a_pipe_as_ever(run: Callable[..., Result]) -> None:
    listed = json.loads(run("list", "--case", "conga", "--format", "json").out)
    table = list(csv.DictReader(io.StringIO(run("list", "--case", "conga", "--format", "csv").out)))
    assert [row["title"] for row in listed] == [row["title"] for row in table]
