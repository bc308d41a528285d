"""The facts of the document that the project grew from: each is in the profile, in both languages, and in files."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from profiled import Element, notes_of, read_page, section

from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]

LANGS = ("es", "en")
CHECKLIST: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "profile_facts.yaml").read_text("utf-8"))
FACTS: list[dict[str, Any]] = CHECKLIST["facts"]


def of_kind(kind: str) -> list[tuple[str, Any]]:
    """The keys of a kind that facts name, each with what it says."""
    found: list[tuple[str, Any]] = []
    for fact in FACTS:
        if kind in fact:
            found.append((fact[kind], fact.get("says", "")))
        many = fact.get(f"{kind}s", {})
        found += many.items() if isinstance(many, dict) else [(key, "") for key in many]
    return found


def in_lang(says: Any, lang: str) -> str:
    return str(says[lang]) if isinstance(says, dict) else str(says)


@pytest.fixture(scope="module")
def pages(written_profiles: Path) -> dict[str, Element]:
    return {lang: read_page(written_profiles / f"{lang}.html") for lang in LANGS}


@pytest.fixture(scope="module")
def record(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What the record holds of incidents, cases, actors and indicators, by key."""
    with Store.open(shutil.copy(demo_folder / "peru.gpkg", tmp_path_factory.mktemp("record"))) as store:
        sources, actors, cases = store.registers.shown("public")
        frame = store.read.select(profile="public")
        indicators = {one.key: one for one in store.registers.indicators("public")}
    incidents = {
        key: json.loads(details) | {"code": code}
        for key, code, details in zip(frame["key"], frame["code"], frame["details"], strict=True)
    }
    return {
        "incident": incidents, "indicator": indicators, "case": {one.key: one for one in cases},
        "actor": {one.key: one for one in actors}, "source": {one.key: one for one in sources},
    }  # fmt: skip


def test_every_fact_is_listed_once_with_where_it_is() -> None:
    assert [fact["n"] for fact in FACTS] == list(range(1, 91))
    kinds = {"indicator", "indicators", "incident", "incidents", "case", "actors"}
    assert [fact["n"] for fact in FACTS if not kinds & fact.keys()] == []
    assert all(one["why"] for one in CHECKLIST["advice"])


@pytest.mark.parametrize("lang", LANGS)
def test_every_value_is_in_the_profile_with_a_note_that_cites_its_source(pages: dict[str, Element], lang: str) -> None:
    page = pages[lang]
    notes, anchors = notes_of(page), {one.about["id"]: one for one in page.all("span") if "id" in one.about}
    numbers = {anchor: number for number, anchor in zip(notes, anchors, strict=True)}
    links: dict[str, list[str]] = {}
    for link in page.all("a"):
        if link.is_of("figure"):
            links.setdefault(link.about["href"].removeprefix("#note-"), []).append(link.words)
    missing = []
    for key, says in of_kind("indicator"):
        number = numbers.get(f"indicator-{key}")
        shown = links.get(str(number), [])
        if not any(in_lang(says, lang).lower() in words.lower() for words in shown) or "[" not in notes[str(number)]:
            missing.append((key, says, shown))
    assert missing == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_event_is_in_the_profile_with_its_words_and_a_citation(
    pages: dict[str, Element], record: dict[str, dict[str, Any]], lang: str
) -> None:
    page = pages[lang]
    places = [*section(page, "decisions").all("li"), *section(page, "chronology").all("tr")]
    words = [(one.words, [link for link in one.all("a") if link.is_of("cite")]) for one in places]
    missing = []
    for key, says in of_kind("incident"):
        card = record["incident"][key]
        title = card["title"][lang]
        cited = [text for text, cites in words if title in text and cites]
        told = " ".join([title, card["summary"].get(lang, "")])
        if not cited or in_lang(says, lang) not in told:
            missing.append((key, says, title))
    assert missing == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_numbers_of_the_dead_are_in_notes_next_to_those_of_others(
    pages: dict[str, Element], record: dict[str, dict[str, Any]], lang: str
) -> None:
    anchors = {one.about["id"]: one.words for one in pages[lang].all("span") if "id" in one.about}
    for fact in FACTS:
        if "note" in fact:
            note = anchors[f"{record['incident'][fact['incident']]['code']}-killed"]
            assert f": {fact['note']}[" in note or f": {fact['note']} (" in note, (fact["n"], note)


@pytest.mark.parametrize("lang", LANGS)
def test_every_case_and_actor_is_in_the_profile(
    pages: dict[str, Element], record: dict[str, dict[str, Any]], lang: str
) -> None:
    cases = section(pages[lang], "cases").words
    for key, says in of_kind("case"):
        case = record["case"][key]
        assert case.title[lang] in cases
        assert in_lang(says, lang) in case.summary[lang]
        assert case.summary[lang] in cases
    actors = section(pages[lang], "institutions").words + section(pages[lang], "actors").words
    missing = [key for key, _ in of_kind("actor") if record["actor"][key].name[lang] not in actors]
    assert missing == []
    assert [key for key, _ in of_kind("actor") if record["actor"][key].description[lang] not in actors] == []


@pytest.mark.usefixtures("peru")
def test_every_fact_is_in_what_commands_show_and_in_an_export(
    run: Run, tmp_path: Path, record: dict[str, dict[str, Any]]
) -> None:
    said = run("indicator", "list", "--format", "json", "--profile", "public")
    assert said.code == 0, said.err
    listed = {row["key"]: row for row in json.loads(said.out)}
    assert [key for key, _ in of_kind("indicator") if key not in listed] == []
    assert run("export", "out.geojson").code == 0
    exported = (tmp_path / "out.geojson").read_text("utf-8")
    assert [key for key, _ in of_kind("incident") if f'"{record["incident"][key]["code"]}"' not in exported] == []
    (table,) = [file for file in tmp_path.iterdir() if "indicators" in file.name]
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["key"] for row in csv.DictReader(file)}
    assert [key for key, _ in of_kind("indicator") if key not in rows] == []
    for key, _ in of_kind("incident")[:6]:
        assert json.loads(run("show", record["incident"][key]["code"], "--json").out)["title"]
