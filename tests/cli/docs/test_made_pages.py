"""The pages of the reference that are made: those in docs/ are as the program makes them, and as the world is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from guide import DOCS, LANGUAGES

from willay.data.codebook import codebook
from willay.events.cli.reference import PAGES, made_page
from willay.events.model.policy import FIGURE_MEASURES
from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_made_page_is_as_the_program_makes_it(name: str, lang: str) -> None:
    file = DOCS / lang / "reference" / f"{name}.md"
    assert file.read_text("utf-8") == made_page(name, lang), "run python docs/make_reference.py"


def cells(name: str, heading: str = "") -> list[list[str]]:
    """The rows of the tables of a made page, in English; below a heading only."""
    text = made_page(name, "en").partition(f"\n{heading}\n")[2] if heading else made_page(name, "en")
    text = re.split(rf"\n{'#' * heading.count('#')} ", text)[0] if heading else text
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if not row[0].startswith("---")]


def test_the_codebook_has_every_code_with_both_names() -> None:
    rows = {(row[0].strip("`"), row[1], row[2]) for row in cells("codebook")}
    terms = [
        term
        for name in codebook().__dataclass_fields__
        for term in getattr(codebook(), name)
        if name != "types_and_subtypes"
    ]
    assert len(terms) > 120
    assert {(term.code, term.labels["es"], term.labels["en"]) for term in terms} <= rows


def test_the_page_of_tables_has_the_tables_views_and_columns_of_a_database(peru: Path) -> None:
    text = made_page("tables", "en")
    views, _, tables = text.partition("\n## Tables\n")
    with closing(sqlite3.connect(peru)) as file:
        names = file.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        own = [one for one in names if not one[0].startswith(("gpkg_", "sqlite_", "place_box", "rtree_"))]
        columns = {name: file.execute(f"PRAGMA table_info({name})").fetchall() for name, _ in own}
    for name, kind in own:
        if kind == "view":
            (listed,) = re.findall(rf"### `{name}`\n\n.*Columns: (.*)\.", views)
            assert listed == ", ".join(f"`{one[1]}`" for one in columns[name]), name
        else:
            rows = cells("tables", f"### `{name}`")[1:]
            assert [(row[0].strip("`"), row[1]) for row in rows] == [(one[1], one[2]) for one in columns[name]]
    assert len(re.findall(r"^### ", tables, re.MULTILINE)) == sum(kind == "table" for _, kind in own)


def test_the_page_of_columns_has_the_columns_of_a_frame_and_their_types(peru: Path) -> None:
    with Store.open(peru) as store:
        frame = store.read.select()
    rows = cells("columns")
    listed = {row[0].strip("`"): row[1].strip("`") for row in rows if row[0].startswith("`")}
    parts = {name.removeprefix("MEASURE"): dtype for name, dtype in listed.items() if name.startswith("MEASURE")}
    whole = {name: dtype for name, dtype in listed.items() if not name.startswith("MEASURE")}
    whole |= {f"{measure}{part}": dtype for measure in FIGURE_MEASURES for part, dtype in parts.items()}
    made = {str(name): str(dtype) for name, dtype in frame.dtypes.items() if name not in {"geometry", "frame_origin"}}
    assert whole == made
