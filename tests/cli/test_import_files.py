"""The files that an import writes beside its file: only what an import wrote is replaced, and nobody's work is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

GOOD = "id,date,type,title,lon,lat\n1,2012-01-01,arrest,Uno,-73.0,-12.6\n"
BAD = f"{GOOD}2,yesterday,arrest,Dos,-73.0,-12.6\n"


@pytest.fixture
def imported(run: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Import a table into a database of its own."""
    assert run("init", "w.gpkg").code == 0

    def command(text: str, *words: str) -> Result:
        (tmp_path / "t.csv").write_text(text, "utf-8")
        return run("import", "t.csv", "--db", "w.gpkg", *words)

    return command


def count(tmp_path: Path) -> int:
    with Store.open(tmp_path / "w.gpkg") as store:
        return store.read.count()["incident"]


FOREIGN = {
    "t.import.json": [b"{}", b'{"rows": 3}', b"[1]", b"my notes", b"\xff\xd8 a picture"],
    "t.quarantine.csv": [b"", b"name,place\nAna,Cusco\n", b"\xff\xd8 a picture", b"willay_row,day\n1,2\n"],
}


@pytest.mark.parametrize(
    ("name", "content"), [(name, content) for name, contents in FOREIGN.items() for content in contents]
)
@pytest.mark.parametrize("text", [GOOD, BAD], ids=["nothing quarantined", "something quarantined"])
def test_a_file_of_somebody_else_is_in_the_way_and_nothing_is_imported(
    imported: Callable[..., Result], tmp_path: Path, name: str, content: bytes, text: str
) -> None:
    (tmp_path / name).write_bytes(content)
    told = imported(text)
    assert (told.code, "Nothing was imported" in told.err, name in told.err) == (5, True, True)
    assert (tmp_path / name).read_bytes() == content
    assert count(tmp_path) == 0
    assert imported(text, "--dry-run").code in (0, 7)
    assert (tmp_path / name).read_bytes() == content


def test_a_mapping_of_somebody_else_is_in_the_way_of_one_that_was_named(
    imported: Callable[..., Result], tmp_path: Path
) -> None:
    assert imported(GOOD).code == 0
    (tmp_path / "t.mapping.toml").rename(tmp_path / "mine.toml")
    (tmp_path / "t.mapping.toml").write_text("title = 'a letter'\n", "utf-8")
    told = imported(GOOD, "--mapping", "mine.toml")
    assert (told.code, "is not a mapping of columns" in told.err) == (5, True)
    assert (tmp_path / "t.mapping.toml").read_text("utf-8") == "title = 'a letter'\n"
    (tmp_path / "t.mapping.toml").unlink()
    assert imported(GOOD, "--mapping", "mine.toml").code == 0


def test_what_an_earlier_import_wrote_is_replaced_or_removed(imported: Callable[..., Result], tmp_path: Path) -> None:
    for text, code in ((BAD, 7), (BAD, 7), (GOOD, 0), (BAD, 7)):
        assert imported(text).code == code
        assert (tmp_path / "t.quarantine.csv").exists() == (code == 7)
        assert json.loads((tmp_path / "t.import.json").read_text("utf-8"))["sum_agrees"]
    assert {path.name for path in tmp_path.iterdir()} == {
        "t.csv", "w.gpkg", "t.import.json", "t.quarantine.csv", "t.mapping.toml",
    }  # fmt: skip


@pytest.mark.parametrize("text", [GOOD, BAD], ids=["nothing quarantined", "something quarantined"])
def test_rows_that_somebody_has_corrected_are_kept(imported: Callable[..., Result], tmp_path: Path, text: str) -> None:
    assert imported(BAD).code == 7
    table = tmp_path / "t.quarantine.csv"
    for number in (1, 2):
        corrected = table.read_text("utf-8").replace("yesterday", f"2012-01-0{number}")
        table.write_text(corrected, "utf-8")
        told = imported(text)
        kept = tmp_path / f"t.quarantine.edited-{number}.csv"
        assert f"was renamed: {kept.name}" in told.err
        assert kept.read_text("utf-8") == corrected
        assert imported(BAD).code == 7  # which is as the last one wrote it, or not there
    assert not (tmp_path / "t.quarantine.edited-3.csv").exists()
