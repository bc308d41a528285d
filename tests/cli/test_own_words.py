"""A database has its own country's words for its units wherever a person reads, in both languages."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from opened import everything_in

from willay.events import Bundle, draft
from willay.events.founding import create_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]

OTHERS: Final = re.compile(r"(?i)\bdepart(a)?ment|ubigeo")
"""Peru's word for a unit and for its code, in any form, in both languages."""

CODE: Final = re.compile(r"""(?<![\w ])["']?department["']?(?=["',\t\n:;}\]|<)]|$)""")
"""The code of a precision, which is the same in every country, as data have it: in small letters, in a cell alone."""


class Country(NamedTuple):
    """A country with its word for a unit, one and several, by language, and places of it."""

    code: str
    word: dict[str, tuple[str, str]]
    settlement: tuple[str, str, float, float]
    unit: tuple[str, str]


COUNTRIES: Final = (
    Country("MM", {"en": ("State or region", "States and regions"), "es": ("Estado o región", "Estados y regiones")},
            ("Myitkyina", "MM-11", 97.3957, 25.3833), ("Kachin", "MM-11")),
    Country("UA", {"en": ("Oblast", "Oblasts"), "es": ("Óblast", "Óblasts")},
            ("Lviv", "UA-46", 24.0232, 49.8383), ("Kyiv Oblast", "UA-32")),
)  # fmt: skip

LISTS: Final = (
    ("list",), ("list", "--wide"), ("list", "--profile", "public"),
    ("list", "--format", "csv", "--profile", "internal"), ("list", "--format", "tsv", "--profile", "internal"),
    ("show", "CODE-2012-0001"), ("show", "CODE-2012-0002"), ("history", "CODE-2012-0002"), ("diff", "CODE-2012-0002"),
    ("log",), ("regions", "list"), ("regions", "list", "--wide"), ("regions", "show", "SET/UNIT"), ("places", "a"),
    ("check",), ("review",), ("country", "show", "CODE"),
    ("edit", "CODE-2012-0001", "--place", "UNIT", "-m", "x", "-y"), ("list", "--region", "UNIT", "--status", "draft"),
    ("add", "--title", "x", "--type", "strike", "--day", "2012-05-01", "--place", "Nowhere at all", "-y"),
    ("add", "--title", "x", "--type", "strike", "--day", "2012-05-01", "--place", "UNIT", "-y"),
)  # fmt: skip
WRITTEN: Final = (
    ("map", "atlas", "atlas.html", "--status", "draft"), ("map", "choropleth", "map.svg", "--status", "draft"),
    ("profile", "profile.html"), ("export", "incidents.xlsx", "--status", "draft", "--profile", "internal"),
    ("export", "incidents.hxl.csv", "--status", "draft", "--profile", "internal"),
    ("regions", "export", "regions.geojson"),
)  # fmt: skip


def incident(number: int, place: dict[str, object]) -> dict[str, object]:
    return {
        "title": f"Made-up incident {number}", "type": "protest", "days": f"2012-05-0{number}", "places": [place],
        "sensitivity": "restricted" if number == 3 else None,
    }  # fmt: skip


@pytest.fixture(params=COUNTRIES, ids=[country.code for country in COUNTRIES])
def country(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Country:
    """A country, with a database of it in the folder: a settlement, a unit, and what only some may see."""
    found: Country = request.param
    name, code, lon, lat = found.settlement
    places = (
        {"name": name, "precision": "settlement", "lon": lon, "lat": lat, "admin_code": code},
        {"name": found.unit[0], "precision": "department", "admin_code": found.unit[1]},
        {"name": name, "precision": "settlement", "lon": lon, "lat": lat, "admin_code": code},
    )
    rows = [incident(number, place) for number, place in enumerate(places, start=1)]
    path = tmp_path / "own.gpkg"
    made = datetime(2026, 1, 1, tzinfo=UTC)
    with create_database(path, country=found.code, policy=None, clock=lambda: made, seed="own") as store:
        store.write.add(draft(Bundle, {"incidents": rows}), author="Ana", reason="made up")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WILLAY_DB", str(path))
    return found


def others_in(text: str) -> list[str]:
    """Return the lines of a text with a word of Peru's, codes excepted."""
    return [line[:200] for line in CODE.sub("", text).splitlines() if OTHERS.search(CODE.sub("", line))]


def filled(words: tuple[str, ...], country: Country) -> tuple[str, ...]:
    known = {"SET": f"{country.code.lower()}-adm1", "UNIT": country.unit[1], "CODE": country.code}
    return tuple(re.sub("SET|UNIT|CODE", lambda found: known[found[0]], word) for word in words)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_on_the_terminal_has_another_countrys_word(
    run: Run, country: Country, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    found = {}
    for words in LISTS:
        told = run(*filled(words, country), "--lang", lang)
        if said := others_in(f"{told.out}\n{told.err}"):
            found[" ".join(words)] = said
    assert found == {}
    listed = run("list", "--status", "draft", "--lang", lang).out
    assert country.word[lang][0] in listed.splitlines()[0]
    assert country.word[lang][0].lower() in run("show", f"{country.code}-2012-0002", "--lang", lang).out.lower()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_in_a_file_has_another_countrys_word(run: Run, country: Country, lang: str) -> None:
    found = {}
    for words in WRITTEN:
        told = run(*words, "--lang", lang)
        assert told.code == 0, told.err
        path = next(Path(word) for word in words if "." in word)
        if said := others_in(f"{told.err}\n{everything_in(path)}"):
            found[" ".join(words)] = said
    assert found == {}
    page = everything_in(Path("atlas.html"))
    for words_ in country.word.values():
        assert json.dumps(words_[0], ensure_ascii=False)[1:-1] in page  # the heading of a column
        assert json.dumps(words_[1], ensure_ascii=False)[1:-1] in page  # the title of the set


def test_a_word_of_peru_is_found_and_a_code_is_not() -> None:
    assert others_in("Department\tType") == ["Department\tType"]
    assert others_in("por departamento y mes") == ["por departamento y mes"]
    assert others_in("Ubigeo: 05") == ["Ubigeo: 05"]
    assert others_in('"place_precision": "department", "x": 1') == []
    assert others_in("a,department,b") == []


DIALOGUES: Final = {
    "es": (
        ("¿Qué ocurrió?", "Bloqueo"), ("¿De qué tipo?", "bloq"), ("¿Cuándo?", "ayer"), ("¿Dónde?", "?"),
        ("¿Dónde?", "{place}"), ("heridas", ""), ("detenidas", ""), ("participaron", ""), ("¿Otra cifra?", ""),
        ("¿Quién lo dice?", ""), ("¿Quién participó?", ""), ("¿Qué tan seguro", ""), ("¿Qué tan delicado", ""),
        ("¿Guardar?", "s"),
    ),
    "en": (
        ("What happened?", "Road block"), ("Type?", "block"), ("When?", "yesterday"), ("Where?", "?"),
        ("Where?", "{place}"), ("injured", ""), ("detained", ""), ("took part", ""), ("Another count?", ""),
        ("What is the source?", ""), ("Who took part?", ""), ("How sure", ""), ("How sensitive", ""), ("Save?", "y"),
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_dialogue_asks_and_answers_in_the_words_of_the_country(country: Country, lang: str) -> None:
    pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    from pseudoterminal import screen  # noqa: PLC0415 — what is skipped above

    answers = [(question, answer.format(place=country.unit[0])) for question, answer in DIALOGUES[lang]]
    environment = {"WILLAY_AUTHOR": "Ana", "WILLAY_LANG": lang, "SOURCE_DATE_EPOCH": "1780000000"}
    told, code = screen("add", columns=200, answers=answers, environment=environment)
    assert code == 0, told
    assert others_in(told) == []
    asked = next(line for line in told.splitlines() if line.startswith(answers[3][0]))
    word = country.word[lang][0].lower()
    assert word in asked.lower()
    assert f"({word})" in told.lower()  # on the card


def test_a_region_is_of_the_kind_that_its_country_calls_it(run: Run, country: Country) -> None:
    region = f"{country.code.lower()}-adm1/{country.unit[1]}"
    told = run("regions", "show", region, "--lang", "es").out
    assert f"  tipo: {country.word['es'][0].lower()}\n" in told
