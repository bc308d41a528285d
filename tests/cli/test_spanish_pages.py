"""What a reader of Spanish sees of the included record: no text of it in English where it has one in Spanish.

The oracle is the record itself: each text that is given in both languages, in words of more than a name's length.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pytest
from profiled import read_page
from python_calamine import CalamineWorkbook

from willay.data.codebook import codebook
from willay.data.incidents import incident_documents
from willay.data.zones import EMERGENCIES, PLACES, emergencies, places
from willay.maps.messages import LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

CARDS: Final = 10
"""How many cards are opened: those with the most voices of their own."""


def by_language(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if {*value} >= {"es", "en"} and isinstance(value["es"], str):
            yield value
        for part in value.values():
            yield from by_language(part)
    elif isinstance(value, list):
        for part in value:
            yield from by_language(part)


@cache
def english() -> tuple[str, ...]:
    """Every English text of the record that has another one in Spanish, and is not within a Spanish one."""
    zones = [row for frame in (places(), emergencies()) for row in frame[["reason", "outline_note"]].to_dict("records")]
    labels = [{"es": term.label("es"), "en": term.label("en")} for name in LISTS for term in getattr(codebook(), name)]
    pairs = [*by_language([file.document for file in incident_documents()]), *by_language(zones), *labels]
    spanish = "\n".join(pair["es"] for pair in pairs).casefold()
    texts = {" ".join(pair["en"].split()) for pair in pairs if pair["es"] != pair["en"]}
    return tuple(sorted(text for text in texts if len(text) > 3 and text.casefold() not in spanish))


@cache
def titles() -> tuple[str, ...]:
    """The titles of documents, which are in the language of the document."""
    sources = [one for file in incident_documents() for one in file.document.get("sources", ())]
    return tuple(" ".join(str(one["title"]).split()) for one in sources if one.get("title"))


def english_in(shown: str) -> list[str]:
    """The English texts in what is shown: long ones anywhere, short ones where they are a line or between its signs."""
    lines = {" ".join(part.split()) for part in re.split(r"\n|\t| · |; |: |, en ", shown)}
    flat = " ".join(shown.split())
    for title in titles():
        flat = flat.replace(title, " … ")
    return [text for text in english() if text in lines or (len(text.split()) > 2 and text in flat)]


def test_the_record_has_thousands_of_texts_to_be_seen() -> None:
    assert len(english()) > 2000
    assert english_in("Ministerio del Interior, en RPP · muertos: 3") == []
    assert english_in("Defensoría\nMinistry of the Interior, en RPP") == ["Ministry of the Interior"]
    assert english_in("muertos · Witnesses") == ["Witnesses"]


def voices_of(incident: dict[str, Any]) -> int:
    """How many of the claims of an incident quote somebody."""
    return sum("attributed_to" in claim for claim in incident.get("claims", ()))


@pytest.fixture
def chosen(demo_folder: Path) -> list[str]:
    """The codes of the incidents with the most voices of their own."""
    every = [incident for file in incident_documents() for incident in file.document.get("incidents", ())]
    keys = [str(incident["key"]) for incident in sorted(every, key=voices_of, reverse=True)[:CARDS]]
    with closing(sqlite3.connect(f"file:{demo_folder / 'peru.gpkg'}?mode=ro&immutable=1", uri=True)) as file:
        codes = dict(file.execute("SELECT key, code FROM incident").fetchall())
    return [codes[key] for key in keys]


@pytest.mark.browser
def test_a_page_in_spanish_shows_no_english_text_of_the_record(
    demo_folder: Path, chosen: list[str], chromium: Any
) -> None:
    views = [*(f"open={code}" for code in chosen), *(f"tab=regions&set={name}" for name in (PLACES, EMERGENCIES))]
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{(demo_folder / 'atlas.html').as_uri()}#lang=es")
    page.wait_for_selector("html[lang=es][data-texts]")
    seen = []
    for view in views:
        page.evaluate("view => { location.hash = `#lang=es&${view}`; }", view)
        if view.startswith("open="):
            page.wait_for_selector(f"article.card:has-text('{view.removeprefix('open=')}') h3")
        else:
            page.wait_for_selector("article.card", state="detached")
            page.wait_for_selector(f"#set option:checked[value='{view.rpartition('=')[2]}']", state="attached")
            page.wait_for_selector("#panel li")
        seen.append(page.inner_text("body"))
    page.click("#about")
    seen.append(page.inner_text("dialog.about"))
    page.close()
    assert sum(map(len, seen)) > 30_000
    assert all("Fuentes" in shown or "FUENTES" in shown for shown in seen[: len(chosen)])
    assert sorted({text for shown in seen for text in english_in(shown)}) == []


def test_a_profile_in_spanish_shows_no_english_text_of_the_record(demo_folder: Path, tmp_path: Path) -> None:
    from willay.events.country_profile import country_profile  # noqa: PLC0415 — heavy
    from willay.events.store import Store  # noqa: PLC0415 — as above
    from willay.maps import ProfileSpec, write_document  # noqa: PLC0415 — as above

    copy = shutil.copy(demo_folder / "peru.gpkg", tmp_path / "peru.gpkg")
    with Store.open(copy) as store:
        write_document(country_profile(store, spec=ProfileSpec(lang="es")), tmp_path / "es.html")
    page = read_page(tmp_path / "es.html")
    shown = "\n".join(part.words for part in page.all("p", "li", "td", "th", "h2", "h3", "figcaption", "caption", "dd"))
    assert len(shown) > 100_000
    assert english_in(shown) == []


@pytest.mark.parametrize("command", [("list", "--wide", "--format", "csv"), ("export", "x.xlsx")])
def test_tables_in_spanish_have_no_english_text_of_the_record(run: Run, peru: Path, command: tuple[str, ...]) -> None:
    told = run(*command, "--lang", "es", "--profile", "internal")
    assert told.code == 0, told.err
    shown = told.out if command[0] == "list" else "\n".join(sheet_texts(peru.parent / "x.xlsx"))
    assert len(shown) > 20_000
    codes = {term.code for name in LISTS for term in getattr(codebook(), name)}  # tables have codes, in any language
    assert [text for text in english_in(shown) if text not in codes] == []


def sheet_texts(path: Path) -> Iterator[str]:
    """The texts of the sheets of a workbook that are of the record."""
    for name in ("incidents", "claims"):
        for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python():
            yield from (cell for cell in row if isinstance(cell, str))
