"""Every command on a terminal in every language: nothing that it says is in another, but for what the data are."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import pytest
import typer
from translated import ENGLISH

from willay.events.cli.app import app
from willay.events.manual.pages import topics
from willay.events.store import Store
from willay.geo.translation import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Result

BAGUA: Final = "PE-2009-0002"

RUNS: Final[tuple[tuple[str, ...], ...]] = (
    ("list",),
    ("list", "--region", "pe-places/vrae", "--with", "killed", "--at-least", "3", "--days", "2009", "--limit", "2"),
    ("list", "--profile", "public", "--as-of", "2030-01-01"),
    ("show", BAGUA),
    ("show", BAGUA, "--profile", "public"),
    ("history", BAGUA),
    ("docs", "--save", "paginas"),
    ("help", "hostages"),
    ("help", "how-to/review"),
    ("places", "Kiteni"),
    ("places", "San Juan", "--limit", "2"),
    ("source", "list", "--wide"),
    ("source", "add", "nota-1", "--source-kind", "press", "--publisher", "Radio", "--published", "2020-01-02"),
    ("source", "edit", "nota-1", "--set", "publisher=Radio Uno", "-m", "x"),
    ("actor", "list"),
    ("actor", "show", "pnp"),
    ("actor", "add", "sutep", "--actor-name", "SUTEP", "--actor-kind", "organisation"),
    ("actor", "edit", "sutep", "--set", "url=https://example.org", "-m", "x"),
    ("case", "list"),
    ("case", "show", "conga"),
    ("case", "add", "caso", "--title", "Caso", "--case-type", "socio-environmental"),
    ("case", "edit", "caso", "--set", "from_day=2012", "-m", "x"),
    ("case", "phase", "add", "caso", "--from", "2012-01", "--phase", "crisis"),
    ("case", "phase", "edit", "caso", "1", "--set", "state=active", "-m", "x"),
    ("case", "show", "caso"),
    ("case", "phase", "remove", "caso", "1", "-m", "x"),
    ("indicator", "list", "--series", "coca-area"),
    ("indicator", "show", "coca-area"),
    ("indicator", "chart", "coca-area", "chart.svg"),
    ("indicator", "add", "Coca", "--source", "nota-1", "--value", "3", "--year", "2020", "--key", "coca-x"),
    ("indicator", "edit", "coca-x", "--set", "value=4", "-m", "x"),
    ("indicator", "import", "values.csv"),
    ("regions", "list"),
    ("regions", "show", "vrae"),
    ("regions", "export", "regions.geojson"),
    ("regions", "add", "areas.geojson", "--region-set", "areas", "--key-field", "id"),
    ("country", "list", "per"),
    ("country", "show", "PE"),
    ("country", "list", "xyzxyz"),
    ("dataset", "list"),
    ("policy", "list"),
    ("policy", "set", "ranked-source", "-m", "x"),
    ("policy", "set", "median", "-m", "x"),
    ("policy", "set", "nope", "-m", "x"),
    ("plugins",),
    ("term", "add", "heading", "Hecho", "--parent", "type"),
    ("term", "add", "heading", "Hecho", "--parent", "type"),
    ("term", "add", "heading", "Hecho", "--parent", "nope"),
    ("term", "add", "nope", "Hecho", "--parent", "type"),
    ("term", "list"),
    ("dataset", "edit", "willay-peru", "--set", "may_publish=yes", "-m", "x"),
    ("claim", "add", BAGUA, "killed=40", "-s", "nota-1", "-m", "x"),
    ("claim", "withdraw", BAGUA, "1", "-m", "x"),
    ("edit", BAGUA, "--set", "title=Bagua", "-m", "x"),
    ("edit", BAGUA, "--set", "title=Bagua", "-m", "x"),
    ("diff", BAGUA),
    ("history", BAGUA),
    ("review",),
    ("review", "list", "--profile", "public"),
    ("review", "rule"),
    ("review", "accept", BAGUA),
    ("review", "assign", BAGUA, "--reviewer", "Eva"),
    ("review", "return", BAGUA, "-m", "x"),
    ("review", "submit", BAGUA),
    ("review", "approve", BAGUA, "--author", "Eva"),
    ("review", "reopen", BAGUA, "-m", "x"),
    ("review", "rule", "one-person", "-m", "x"),
    ("revert", BAGUA, "--revision", "{first}", "-m", "x"),
    ("redact", BAGUA, "--field", "title", "--revision", "{last}", "-m", "x"),
    ("retract", BAGUA, "-m", "x"),
    ("retract", BAGUA, "-m", "x"),
    ("undo", BAGUA, "-m", "x"),
    ("log",),
    ("log", "--since", "2020"),
    ("schema",),
    ("form", "form.xlsx"),
    ("completion", "bash"),
    ("config", "list"),
    ("config", "get", "nope"),
    ("config", "set", "nope", "x"),
    ("config", "unset", "nope"),
    ("drafts", "list"),
    ("drafts", "resume"),
    ("drafts", "discard", "1"),
    ("doctor",),
    ("attach", BAGUA, "photo.txt", "--caption", "x"),
    ("attachment", "list"),
    ("attachment", "add", BAGUA, "photo.txt"),
    ("attachment", "save", BAGUA, "photo.txt", "--in", "saved"),
    ("attachment", "remove", BAGUA, "photo.txt", "-m", "x"),
    ("attachment", "erase", "000000", "-m", "x"),
    ("export", "incidents.geojson"),
    ("export", "incidents.csv", "--tables"),
    ("export", "incidents.shp"),
    ("map", "choropleth", "choropleth.html"),
    ("map", "atlas", "atlas.html", "--days", "1900"),
    ("map", "timeline", "timeline.svg"),
    ("profile", "profile.html"),
    ("release", "make", "r-1", "--publisher", "Ana"),
    ("release", "verify", "r-1"),
    ("check",),
    ("backup", "copy.gpkg"),
    ("restore", "copy.gpkg", "--db", "restored.gpkg"),
    ("restore", "copy.gpkg", "--db", "restored.gpkg", "--force"),
    ("init", "new.gpkg", "--country", "PE"),
    ("init", "other.gpkg", "--country", "UY"),
    ("import", "table.csv", "--db", "new.gpkg"),
    ("country", "make", "PE", "pe.pack", "--units", "areas.geojson", "--code-field", "id", "--name-field", "id"),
    ("country", "add", "pe.pack"),
    ("country", "add", "pe.pack", "--db", "new.gpkg"),
    ("country", "add", "pe.pack", "--db", "new.gpkg"),
    (
        "add", "-t", "Paro", "--type", "strike", "--day", "2012-04-09", "--place", "Kiteni", "--killed", "3", "-s", "R",
        "-y",
    ),
    ("help",),
    ("help", "types"),
    ("help", "places"),
    ("demo", "demo-2"),
    # what goes wrong
    ("show", "nope"),
    ("list", "--type", "nope"),
    ("list", "--region", "nope"),
    ("list", "--days", "nope"),
    ("list", "--policy", "nope"),
    ("list", "--profile", "nope"),
    ("list", "--actor", "nope"),
    ("list", "--with", "nope"),
    ("list", "--db", "nope.gpkg"),
    ("list", "--db", "photo.txt"),
    ("places", "Xyzxyzxyz"),
    ("help", "nope"),
    ("export", "incidents.xyz"),
    ("export", "incidents.geojson"),
    ("import", "nope.csv"),
    ("import", "photo.txt"),
    ("map", "atlas", "atlas.ods"),
    ("map", "choropleth", "a.html", "--limits", "x"),
    ("regions", "show", "nope"),
    ("dataset", "edit", "nope", "--set", "licence=x", "-m", "x"),
    ("release", "verify", "nope"),
    ("indicator", "show", "nope"),
    ("actor", "show", "nope"),
    ("case", "show", "nope"),
    ("edit", BAGUA, "--set", "nope=x", "-m", "x"),
    ("edit", BAGUA, "--set", "title=x"),
    ("claim", "add", BAGUA, "killed=x", "-s", "nota-1"),
    ("review", "approve", "nope"),
    ("revert", BAGUA, "--revision", "999999", "-m", "x"),
    ("restore", "nope.gpkg"),
    ("country", "make", "PE", "other.pack", "--units", "areas.geojson"),
    ("country", "make", "PE", "pe.pack", "--units", "areas.geojson"),
    ("country", "add", "photo.txt"),
    ("aggregate", "table.csv", "rows", "--to-parquet"),
    ("aggregate", "rows", "made.sums", "--columns", "day=fecha,type=tipo,killed=muertos", "--measure", "killed"),
    ("aggregate", "rows", "other.sums", "--by", "province"),
    ("sums", "show", "made.sums"),
    ("sums", "show", "photo.txt"),
    ("sums", "export", "made.sums", "made.csv"),
    ("sums", "export", "made.sums", "made.geojson"),
    ("map", "timeline", "sums.html", "--sums", "made.sums"),
    ("map", "atlas", "sums.html", "--sums", "made.sums", "--from", "2010"),
    ("map", "atlas", "sums.html", "--sums-by", "year"),
)  # fmt: skip
"""What a person does with willay in a week, and what goes wrong with it; `{first}` and `{last}` are revisions."""

FILES: Final = {
    "photo.txt": "a photo",
    "values.csv": "key,name,area,year,value,source\ncoca-y,Coca,PE,2019,5,nota-1\n",
    "areas.geojson": json.dumps({
        "type": "FeatureCollection",
        "features": [{
            "type": "Feature", "properties": {"id": "a"},
            "geometry": {"type": "Polygon", "coordinates": [[[-75, -12], [-74, -12], [-74, -11], [-75, -12]]]},
        }],
    }),
    "table.csv": "fecha,lugar,tipo,muertos\n09/04/2012,Kiteni,paro,2\n32/04/2012,Kiteni,paro,2\n",
}  # fmt: skip

SPANISH: Final = frozenset((
    "los", "las", "una", "por", "con", "para", "que", "según", "también", "está", "son", "hay", "ninguna", "más",
))  # fmt: skip
"""Words of which two in one line make it Spanish; those that names have are none of them."""

DOCUMENTS: Final = {
    "schema": "an editor reads it, with the words of every language",
    "completion": "a shell reads it",
}
"""Commands whose output no person reads, and why."""

IN_BOTH: Final = {
    "title (en):": "a difference shows the text of the language in which it is",
    "title (es):": "likewise",
}
"""Beginnings of lines that are the same in every language, and why."""


@pytest.fixture
def terminal(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command whose output goes to a terminal of 160 columns, from a pipe: nothing is asked."""

    def command(*words: str) -> Result:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return run(*words)

    return command


def data_of(base: Path) -> list[str]:
    """Return the texts of a database that have no language: names, titles of documents, credits; the longest first."""
    found: set[str] = set()
    with closing(sqlite3.connect(base)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 — the tables' own names
                for value in row:
                    found |= set(texts_in(value))
    return sorted((text for text in found if len(text) > 3), key=len, reverse=True)


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts in a cell, which may be a JSON document; those by language are no data."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            yield from texts_in(json.loads(value))
        except ValueError:
            yield value
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict) and not {"es", "en"} & value.keys():
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


@pytest.mark.usefixtures("small_demo")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_that_a_command_says_is_in_another_language(
    lang: str, terminal: Callable[..., Result], peru: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WILLAY_LANG", lang)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, "utf-8")
    data = [*data_of(peru), *(page.topic for page in topics(lang))]
    others = SPANISH if lang == "en" else ENGLISH
    wrong = []
    for words in RUNS:
        told = terminal(*(str(revision_of(peru, word)) if word in {"{first}", "{last}"} else word for word in words))
        assert told.code in range(9), (words, told.err)
        lines = (told.err if words[0] in DOCUMENTS else f"{told.out}\n{told.err}").splitlines()
        wrong += [f"{' '.join(words)}: {line.strip()}" for line in lines if has(line, others, data)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def revision_of(base: Path, which: str) -> int:
    """Return the first or the last revision of the incident."""
    with Store.open(base) as store:
        numbers = [row.number for row in store.read.history(BAGUA)]
    return min(numbers) if which == "{first}" else max(numbers)


def has(line: str, words: frozenset[str], data: list[str]) -> bool:
    """Return whether a line has two words of a language, besides what is data, code or a command to type."""
    plain = line
    if len([word for word in re.findall(r"\w+", plain) if word in words]) < 2:
        return False
    for text in data:
        plain = plain.replace(text, " ")
    plain = re.sub(r"--[\w-]+(?: [\w./-]+)?|willay(?: [\w./-]+)+|[«'“][^»'”]*[»'”]|https?://\S+", " ", plain)
    if plain.strip().startswith(tuple(IN_BOTH)):
        return False
    return len([word for word in re.findall(r"\w+", plain) if word in words]) >= 2


def test_every_command_is_run() -> None:
    run = {" ".join(words) for words in RUNS}
    every = commands(typer.main.get_command(app), "")
    assert [path for path in every if not any(f"{one} ".startswith(f"{path} ") for one in run)] == []


def commands(command: Any, path: str) -> Iterator[str]:
    """Yield the words that call each command."""
    below = getattr(command, "commands", {})
    for name, child in below.items():
        yield from commands(child, f"{path} {name}".strip())
    if not below:
        yield path


def test_claims_on_a_narrow_terminal_are_paragraphs_without_cut_words(peru: Path) -> None:
    pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    from pseudoterminal import screen  # noqa: PLC0415 — where there are pseudo-terminals

    told, code = screen("show", BAGUA, columns=60, environment={"WILLAY_DB": str(peru), "WILLAY_LANG": "es"})
    assert code == 0
    assert "1. muertos, todas las personas: 33 · Defensoría del Pueblo" in told
    assert "N.º" not in told
