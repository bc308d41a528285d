"""Commands load what they need and no more: lists, cards and history no library of tables, models or drawing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

CODE = """
import sys
from willay.events.cli import main
sys.argv = ["willay", *{words!r}]
try:
    main()
except SystemExit as end:
    names = [name for name in sys.modules if "_cython" not in name and "sysconfigdata" not in name]
    known = {{name.partition(".")[0] for name in names}} - sys.stdlib_module_names - {{"__main__", "_distutils_hack"}}
    ours = sorted(name for name in names if name.startswith("willay.events.store."))
    print(end.code, *sorted(known), "sqlalchemy.orm" if "sqlalchemy.orm" in names else "", "|", *ours)
"""

LINE = {
    "annotated_doc", "annotated_types", "pydantic", "pydantic_core", "rich", "shellingham", "typer",
    "typing_extensions", "typing_inspection", "willay",
}  # fmt: skip
"""What the command line is made of: Typer reads the values of options with pydantic."""

READING = LINE | {"cython_runtime", "numpy", "orjson", "rapidfuzz", "shapely", "sqlalchemy"}
"""What reading incidents needs as well: not SQLModel and the ORM below it, pandas, geopandas, PROJ, YAML."""


def _loaded(words: tuple[str, ...], folder: Path) -> tuple[str, set[str], set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(words=words)], capture_output=True, text=True, check=True, cwd=folder
    )
    libraries, _, ours = done.stdout.splitlines()[-1].partition("|")
    code, *names = libraries.split()
    return code, set(names), set(ours.split())


@pytest.mark.parametrize(
    "words",
    [("list",), ("show", "PE-2009-0001"), ("history", "PE-2009-0001"), ("review",), ("log",), ("source", "list")],
    ids=" ".join,
)
def test_what_reads_incidents_loads_only_what_it_is_made_of(peru: Path, words: tuple[str, ...]) -> None:
    code, libraries, ours = _loaded(words, peru.parent)
    assert code == "0"
    assert libraries - READING == set()
    rooms = {name.split(".")[3] for name in ours}
    assert rooms.isdisjoint({"migrations", "audit"})
    assert "willay.events.store.schema.models" not in ours


def test_a_list_loads_nothing_that_writes(peru: Path) -> None:
    _, _, ours = _loaded(("list",), peru.parent)
    assert "willay.events.store.parts.read" in ours
    assert {name for name in ours if name.startswith(("willay.events.store.write.", "willay.events.store.parts."))} == {
        "willay.events.store.parts.read", "willay.events.store.parts.file",
    }  # fmt: skip


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("list", "--help")], ids=" ".join)
def test_help_and_version_load_only_the_command_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, libraries, ours = _loaded(words, tmp_path)
    assert (code, ours) == ("0", set())
    assert libraries <= LINE
