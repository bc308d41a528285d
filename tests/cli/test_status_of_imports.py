"""What a second import of a table does to the review of its incidents: nobody is taken back, nothing new published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Import = Callable[..., str]

TABLE = """Código,Título,Fecha,Tipo,Departamento,Muertos
A-1,Uno,2012-02-13,marcha,Cusco,{}
A-2,Dos,2012-02-14,marcha,Puno,2
"""
FIRST, SECOND = "PE-2012-0001", "PE-2012-0002"


@pytest.fixture
def imported(run: Callable[..., Result], tmp_path: Path) -> Import:
    """Import the table, with a number of dead in its first row, and return the command's last line of numbers."""
    assert run("init", "w.gpkg").code == 0

    def command(killed: int, *words: str) -> str:
        (tmp_path / "t.csv").write_text(TABLE.format(killed), "utf-8")
        done = run("import", "t.csv", "--db", "w.gpkg", *words)
        assert done.code == 0, done.err
        return done.out

    return command


def statuses(folder: Path) -> dict[str, str]:
    with Store.open(folder / "w.gpkg") as store:
        frame = store.read.select(profile=None)
        return dict(zip(frame["code"], frame["status"], strict=True))


def test_rows_that_wait_for_review_still_wait_after_the_next_import(imported: Import, tmp_path: Path) -> None:
    imported(1, "--status", "in-review")
    assert "1 updated + 1 unchanged" in imported(3)
    assert statuses(tmp_path) == {FIRST: "in-review", SECOND: "in-review"}


def test_a_published_incident_of_which_a_row_says_something_else_goes_back_to_review(
    imported: Import, run: Callable[..., Result], tmp_path: Path
) -> None:
    imported(1, "--status", "in-review")
    assert run("review", "approve", FIRST, SECOND, "--db", "w.gpkg", "--author", "Beto").code == 0
    assert "1 updated + 1 unchanged" in imported(3, "--status", "in-review")
    assert statuses(tmp_path) == {FIRST: "in-review", SECOND: "published"}


def test_an_import_that_may_publish_keeps_what_is_published(imported: Import, tmp_path: Path) -> None:
    imported(1, "--status", "published")
    assert "1 updated + 1 unchanged" in imported(3, "--status", "published")
    assert statuses(tmp_path) == {FIRST: "published", SECOND: "published"}


def test_one_person_alone_keeps_what_is_published(imported: Import, run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("review", "rule", "one-person", "--reason", "x", "--db", "w.gpkg").code == 0
    imported(1, "--status", "published")
    imported(3)
    assert statuses(tmp_path) == {FIRST: "published", SECOND: "published"}


def test_an_import_brings_drafts_forward_when_it_says_so(imported: Import, tmp_path: Path) -> None:
    imported(1)
    assert "2 updated" in imported(1, "--status", "in-review")
    assert statuses(tmp_path) == {FIRST: "in-review", SECOND: "in-review"}
