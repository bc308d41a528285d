"""What is in the database and the files of whoever has followed a page to its end."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from guide import ROOT, blocks
from page_reader import code_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from page_reader import Reader

    Run = Callable[..., Result]


@pytest.fixture
def follow(reader: Reader) -> Callable[[str], None]:
    """Do what a page says, in Spanish."""

    def follow(name: str) -> None:
        reader.monkeypatch.setenv("WILLAY_LANG", "es")
        for block in code_of("es", name):
            reader.do(block, name)

    return follow


def test_the_page_of_hostages_ends_with_everybody_accounted_for(run: Run, follow: Callable[[str], None]) -> None:
    follow("how-to/hostages.md")
    told = run("list", "--profile", "internal", "--status", "draft", "--format", "csv", "--lang", "es").out
    (header, first, *_) = told.splitlines()
    found = dict(zip(header.split(","), first.split(","), strict=False))
    assert (found["abducted_best"], found["released_best"], found["escaped_best"]) == ("36", "35", "1")


def test_the_page_of_exchange_leaves_both_claims_in_both_offices(run: Run, follow: Callable[[str], None]) -> None:
    follow("how-to/exchange.md")
    for office in ("sierra", "costa"):
        card = run("show", "PE-2012-0001", "--json", "--profile", "internal", "--db", f"{office}.gpkg").out
        assert len(re.findall(r'"measure": ?"injured"', card)) >= 2, office


def test_the_page_of_what_is_sensitive_hides_it(follow: Callable[[str], None], tmp_path: Path) -> None:
    follow("how-to/sensitive.md")
    table = (tmp_path / "prueba.csv").read_text("utf-8-sig")
    assert "2012-05" in table
    assert "dirigente" not in table
    assert "Espinar" not in table


def test_the_tutorial_of_a_spreadsheet_ends_with_five_published_rows_and_a_release(
    run: Run, follow: Callable[[str], None], tmp_path: Path
) -> None:
    follow("tutorials/your-spreadsheet.md")
    rows = list(csv.DictReader(run("list", "--format", "csv", "--lang", "es").out.splitlines()))
    assert [(row["first_day"], row["last_day"]) for row in rows] == [
        ("2012-02-01", "2012-02-29"),
        ("2012-02-03", "2012-02-03"),
        ("2012-02-11", "2012-02-11"),
        ("2012-02-15", "2012-02-15"),
        ("2012-02-28", "2012-02-28"),
    ]
    assert [row["killed_best"] for row in rows] == ["", "0", "0", "1", "0"]
    assert (rows[3]["injured_low"], rows[3]["injured_high"]) == ("10", "")
    assert (tmp_path / "monitoreo-2012-1" / "release.json").exists()


def test_the_pages_of_later_files_and_rejected_rows_double_nothing(run: Run, follow: Callable[[str], None]) -> None:
    follow("how-to/monthly-files.md")
    told = run("list", "--profile", "internal", "--status", "draft", "--format", "csv").out.splitlines()
    assert [row["killed_best"] for row in csv.DictReader(told)] == ["1", "1", "0"]


def test_the_commands_of_the_spanish_front_page_work_with_the_demo(reader: Reader, peru: Path, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    peru.rename(tmp_path / "demo" / "peru.gpkg")
    for block in blocks((ROOT / "README.es.md").read_text("utf-8")):
        if block.kind == "console":
            reader.do(block, "README.es.md")
    assert (tmp_path / "cajamarca.html").exists()
