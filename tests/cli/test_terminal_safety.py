"""Nothing of the data acts on a terminal, an advice can be pasted, and no encoding stops a command."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shlex
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tree import leaves

import willay.events.cli
from willay.events.cli import choosing, main, output
from willay.events.cli.hints import hint
from willay.events.store.schema.packing import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

pytestmark = pytest.mark.usefixtures("peru")

NASTY = "\x1b[2J\x1b]52;c;cm0gLXJm\x07\x9b31m\u202egnp.exe\x00\x08"
"""Clears a screen, sets a clipboard, colours, turns the reading round, ends a C string, and goes back a letter."""

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARK = "MARKED"


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


@pytest.fixture
def poisoned(peru: Path, run: Callable[..., Result], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as an earlier willay may have written it: hidden signs in every text of what is shown.

    What is recorded today has none, so a marked word is recorded and then made into them in the file.
    """
    made = tmp_path_factory.getbasetemp() / "poisoned.gpkg"  # once, and then copied
    if not made.exists():
        _record_marked(run)
        poison(peru)
        shutil.copy(peru, made)
    shutil.copy(made, peru)
    return peru


def _record_marked(run: Callable[..., Result]) -> None:
    run("source", "add", "s-1", "--source-kind", "press", "--title", f"t{MARK}", "--publisher", f"p{MARK}")
    run("case", "add", "c-1", "--title", f"t{MARK}", "--case-type", "labour", "--summary", f"s{MARK}")
    document = {
        "key": "bad-1", "title": f"t{MARK}", "type": "strike", "days": "2012-05-01", "summary": f"s{MARK}",
        "places": [{"name": f"n{MARK}", "precision": "site", "lon": -72.8, "lat": -12.6}],
        "parties": [{"actor": "bad-actor", "role": "present"}], "cases": ["c-1"], "tags": [f"t{MARK}"],
        "claims": [{"measure": "killed", "count": 3, "source": "s-1", "attributed_to": f"a{MARK}",
                    "note": f"n{MARK}", "scope": f"s{MARK}"}],
        "notes": [f"n{MARK}"],
    }  # fmt: skip
    actor = {"key": "bad-actor", "name": f"n{MARK}", "kind": "civilians", "aliases": [f"a{MARK}"]}
    Path("bad.json").write_text(json.dumps({"actors": [actor], "incidents": [document]}), "utf-8")
    assert run("add", "-y", "-F", "bad.json", "--author", f"Ana{MARK}", "-m", f"why{MARK}").code == 0
    assert run("edit", "bad-1", "--set", f"title=u{MARK}", "--author", f"Luz{MARK}", "-m", f"so{MARK}").code == 0


def poison(database: Path) -> None:
    """Put the hidden signs where the marked word is, in JSON as its escapes."""
    in_json = json.dumps(NASTY)[1:-1]
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                if row[2] not in {"TEXT", "VARCHAR", "JSON"}:
                    continue
                where = f"\"{row[1]}\" LIKE '%{MARK}%'"
                change = f'UPDATE "{table}" SET "{row[1]}" = replace("{row[1]}", ?, ?) WHERE {where}'  # noqa: S608 — our own names
                connection.execute(f'{change} AND json_valid("{row[1]}")', (MARK, in_json))
                connection.execute(change, (MARK, NASTY))
        for fid, packed in connection.execute("SELECT fid, document FROM incident").fetchall():
            document = pack(unpack(packed).replace(MARK, in_json))
            connection.execute("UPDATE incident SET document = ? WHERE fid = ?", (document, fid))
        connection.commit()


RECORD = ("--profile", "internal")
SHOWN = [
    ("list", "--case", "c-1", *RECORD), ("show", "bad-1", *RECORD), ("history", "bad-1"), ("diff", "bad-1"),
    ("source", "list", *RECORD), ("case", "list", *RECORD), ("case", "show", "c-1", *RECORD),
    ("actor", "list", *RECORD), ("review", "list", *RECORD), ("check",), ("list", "--text", f"zz{NASTY}", *RECORD),
]  # fmt: skip


@pytest.mark.parametrize("words", SHOWN, ids=lambda words: " ".join(words[:2]))
@pytest.mark.usefixtures("poisoned")
def test_hidden_signs_of_the_data_are_seen_and_never_sent(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    told = run(*words)
    assert told.code in {0, 1}, told.err
    assert not HIDDEN.search(told.out + told.err)
    assert ("␛" in told.out + told.err) or words == ("check",)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: output.ask(f"Title of {NASTY}", default="x"), lambda: output.ask("Title", default=NASTY),
        lambda: choosing.agreed(f"Save {NASTY}?"),
    ],
    ids=["a question", "what it offers", "yes or no"],
)  # fmt: skip
def test_what_a_question_repeats_is_seen_and_never_sent(
    asked: Callable[[], object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    assert asked() in {"x", NASTY, True}  # Enter alone
    told = capsys.readouterr()
    assert not HIDDEN.search(told.out + told.err)
    assert "␛" in told.err


def test_a_table_for_programs_is_as_it_is_in_a_pipe_and_never_sent_so_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output.put_text(f"code,title\n1,{NASTY}\n")
    assert capsys.readouterr().out == f"code,title\n1,{NASTY}\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    output.put_text(f"code,title\n1,{NASTY}\n")
    told = capsys.readouterr().out
    assert not HIDDEN.search(told)
    assert told.startswith("code,title\n1,␛")


@pytest.mark.usefixtures("poisoned")
def test_machine_formats_have_the_data_exactly(run: Callable[..., Result]) -> None:
    one = json.loads(run("list", "--case", "c-1", "--format", "json", *RECORD).out)
    assert one[0]["title"] == f"u{NASTY}"
    raw = run("show", "bad-1", "--json", *RECORD).out
    assert json.loads(raw)["summary"] == f"s{NASTY}"
    assert not HIDDEN.search(raw)
    geojson = run("list", "--case", "c-1", "--format", "geojson", *RECORD).out
    assert not HIDDEN.search(geojson)
    assert json.loads(geojson)["features"][0]["properties"]["title"] == f"u{NASTY}"
    table = list(csv.DictReader(io.StringIO(run("list", "--case", "c-1", "--format", "csv", *RECORD).out)))
    assert table[0]["title"] == f"u{NASTY}"


@pytest.mark.usefixtures("poisoned")
def test_what_an_earlier_willay_recorded_can_be_exported_and_changed(run: Callable[..., Result]) -> None:
    assert run("export", "x.geojson", "--profile", "internal", "--format", "geojson").code == 0
    assert run("export", "x.xlsx", "--profile", "internal").code == 0
    assert run("review", "submit", "bad-1").code == 0
    assert run("retract", "bad-1", "-m", "x").code == 0
    assert run("claim", "add", "bad-1", "injured=2", "--source", "s-1").code == 0
    assert run("edit", "bad-1", "--set", "title=Good", "-m", "x").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("add", "-t", f"x{NASTY}", "--type", "strike"),
        ("add", "-t", "x", "--type", f"strike{NASTY}"),
        ("add", "-t", "x", "--type", "strike", "--place", f"x{NASTY}"),
        ("add", "-t", "x", "--type", "strike", "--day", f"x{NASTY}"),
        ("show", f"x{NASTY}"),
        ("list", "--region", f"x{NASTY}"),
        ("list", "--limit", f"x{NASTY}"),
        (f"x{NASTY}",),
        ("list", f"x{NASTY}"),
        ("list", "--db", "x\x1b[2J"),
        ("edit", "bagua-2009", "-m", "x", "--set", f"x{NASTY}=1"),
        ("review", "reopen", "bagua-2009", "-m", "x", "--reviewer", f"x{NASTY}"),
    ],
    ids=lambda words: " ".join(words)[:30].encode("ascii", "replace").decode(),
)
def test_an_error_repeats_what_was_typed_with_its_hidden_signs_visible(
    run: Callable[..., Result], words: tuple[str, ...]
) -> None:
    told = run(*(word.replace("\x00", "") for word in words))
    assert told.code in {2, 3, 4}
    assert not HIDDEN.search(told.out + told.err)


def test_an_import_report_shows_hidden_signs(run: Callable[..., Result]) -> None:
    Path("x.csv").write_text(f"type,date,title\nz{NASTY[:10]}; touch PWNED,2012-01-01,x\nstrike,z\x9b31m,y\n", "utf-8")
    told = run("import", "x.csv", "--dry-run")
    assert told.code in {0, 7}
    assert not HIDDEN.search(told.out + told.err)


def test_nothing_but_one_module_writes_asks_or_makes_texts_of_tables() -> None:
    home = Path(willay.events.cli.__file__).parent
    offenders = [
        f"{file.name}:{node.lineno}"
        for file in sorted(home.rglob("*.py"))
        if file.name != "output.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and ast.unparse(node) in WRITERS)
        or (isinstance(node, ast.Name) and node.id in {"print", "input"})
        or (isinstance(node, ast.ImportFrom) and node.module == "rich.text")
    ]
    assert not offenders


def test_no_message_shows_a_path_as_a_program_writes_it() -> None:
    top = Path(willay.events.cli.__file__).parent.parent.parent
    shown = re.compile(r"\{(str\()?(path|file|db|target|folder)(\.name)?\)?(\[[^\]]*\])?!r")
    files = [file for name in ("geo", "data", "events", "maps") for file in (top / name).rglob("*.py")]
    assert files
    assert not [str(file) for file in files if shown.search(file.read_text("utf-8"))]


WRITERS = {
    "typer.echo", "typer.secho", "typer.prompt", "typer.confirm", "sys.stdout.write", "sys.stderr.write",
    "sys.stdout.buffer", "typer.get_text_stream",
}  # fmt: skip


@pytest.mark.parametrize("name", ["x'; touch PWNED; echo '.gpkg", "a b.gpkg", "$(touch PWNED).gpkg", "peru.gpkg"])
def test_the_advice_after_a_command_names_the_database_so_that_it_can_be_pasted(
    run: Callable[..., Result], peru: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    peru.rename(name)
    monkeypatch.delenv("WILLAY_DB")
    told = run("add", "-y", "-t", "x", "--type", "strike", "--db", name)
    (line,) = re.findall(r"See it: +(willay .*)", told.err)
    words = shlex.split(line)
    assert words[:2] == ["willay", "show"]
    assert words[-2:] == ["--db", name]
    assert run(*words[1:]).code == 0


def test_an_advice_does_not_repeat_what_the_environment_says() -> None:
    usual = {"WILLAY_DB": "a b.gpkg"}
    assert hint("show", "X", db=Path("a b.gpkg"), environment=usual) == "willay show X"
    assert hint("show", "X", db=Path("willay.gpkg"), environment=usual) == "willay show X --db willay.gpkg"
    assert hint("show", "X", db=Path("willay.gpkg"), environment={}) == "willay show X"
    assert hint("show", "X", environment={}) == "willay show X"


# Every command with words that make it run, in an order in which they can: the words of `{code}` are a new incident's.
EVERY = {
    "init": ("init", "new.gpkg"),
    "add": ("add", "-y", "-t", "Paro – Ñahuín", "--type", "strike", "--day", "2012-05-01", "--place", "Kiteni",
            "--killed", "3", "--source", "Čtyři → 5"),
    "edit": ("edit", "{code}", "--set", "title=Ñ → ≥", "-m", "–"),
    "claim add": ("claim", "add", "{code}", "killed=4", "--source", "Δ"),
    "claim withdraw": ("claim", "withdraw", "{code}", "1", "--reason", "Δ"),
    "redact": ("redact", "{code}", "--field", "title", "--instead", "Ñ → ≥", "-m", "–"),
    "show": ("show", "{code}"),
    "list": ("list",),
    "history": ("history", "{code}"),
    "diff": ("diff", "{code}"),
    "drafts list": ("drafts", "list"),
    "drafts resume": ("drafts", "resume"),
    "drafts discard": ("drafts", "discard", "7", "-y"),
    "docs": ("docs", "--save", "Ñ → ≥"),
    "attach": ("attach", "{code}", "x.csv", "--caption", "→"),
    "attachment add": ("attachment", "add", "{code}", "x.csv", "--sensitivity", "Ñ"),
    "attachment list": ("attachment", "list"),
    "attachment save": ("attachment", "save", "{code}", "--force"),
    "attachment remove": ("attachment", "remove", "{code}", "x.csv", "-m", "–"),
    "attachment erase": ("attachment", "erase", "0123456", "-m", "–"),
    "source list": ("source", "list"),
    "source add": ("source", "add", "s-2", "--source-kind", "press", "--title", "→"),
    "source edit": ("source", "edit", "s-2", "--set", "title=Ñ → ≥", "-m", "–"),
    "actor list": ("actor", "list"),
    "actor add": ("actor", "add", "a-2", "--actor-name", "Ñ → ≥", "--actor-kind", "organisation"),
    "actor show": ("actor", "show", "a-2"),
    "actor edit": ("actor", "edit", "pnp", "--set", "note=→", "-m", "–"),
    "case list": ("case", "list"),
    "case add": ("case", "add", "c-2", "--title", "→", "--case-type", "labour"),
    "case show": ("case", "show", "c-2"),
    "case edit": ("case", "edit", "c-2", "--set", "title=Ñ → ≥", "-m", "–"),
    "case phase add": ("case", "phase", "add", "c-2", "--from", "2012", "--title", "Ñ → ≥"),
    "case phase edit": ("case", "phase", "edit", "c-2", "1", "--set", "note=Ñ → ≥", "-m", "–"),
    "case phase remove": ("case", "phase", "remove", "c-2", "1", "-m", "–"),
    "indicator list": ("indicator", "list"),
    "indicator add": ("indicator", "add", "Ñ → ≥", "--value", "3", "--year", "2012", "--said-by", "Δ", "--source",
                      "s-2", "--series", "i-2", "--key", "i-1"),
    "indicator edit": ("indicator", "edit", "i-1", "--set", "note=Ñ → ≥", "-m", "–"),
    "indicator show": ("indicator", "show", "i-1"),
    "indicator import": ("indicator", "import", "x.csv", "--dry-run"),
    "indicator chart": ("indicator", "chart", "i-2", "i.svg"),
    "regions list": ("regions", "list"),
    "regions show": ("regions", "show", "vraem"),
    "regions add": ("regions", "add", "none.gpkg", "--region-set", "s", "--key-field", "→"),
    "regions export": ("regions", "export", "r.geojson"),
    "places": ("places", "Ñahuin"),
    "review list": ("review", "list"),
    "review submit": ("review", "submit", "{code}", "--reviewer", "Łucja →"),
    "review return": ("review", "return", "{code}", "-m", "→"),
    "review accept": ("review", "accept", "{code}"),
    "review approve": ("review", "approve", "{code}"),
    "review reopen": ("review", "reopen", "bagua-2009", "-m", "→"),
    "review assign": ("review", "assign", "{code}", "--reviewer", "→"),
    "review rule": ("review", "rule"),
    "revert": ("revert", "{code}", "--revision", "1", "-m", "→"),
    "retract": ("retract", "{code}", "-m", "→"),
    "check": ("check",),
    "export": ("export", "e.geojson"),
    "import": ("import", "x.csv", "--dry-run"),
    "aggregate": ("aggregate", "x.csv", "Ñ →", "--to-parquet"),
    "sums show": ("sums", "show", "Ñ →.sums"),
    "sums export": ("sums", "export", "Ñ →.sums", "→.csv"),
    "map choropleth": ("map", "choropleth", "c.html", "--title", "→"),
    "map timeline": ("map", "timeline", "t.html"),
    "map atlas": ("map", "atlas", "a.html"),
    "profile": ("profile", "p.html", "--title", "→", "--sections", "key"),
    "country list": ("country", "list", "per"),
    "country show": ("country", "show", "PE"),
    "country make": ("country", "make", "MM", "Ñ →.pack", "--places", "x.csv"),
    "country add": ("country", "add", "Ñ →.pack"),
    "dataset list": ("dataset", "list"),
    "dataset edit": ("dataset", "edit", "willay-peru", "--set", "attribution=→", "-m", "–"),
    "policy list": ("policy", "list"),
    "policy set": ("policy", "set", "median", "-m", "→"),
    "plugins": ("plugins",),
    "term add": ("term", "add", "heading", "Ñ →", "--parent", "type"),
    "term list": ("term", "list"),
    "backup": ("backup", "b.gpkg"),
    "restore": ("restore", "b.gpkg", "--db", "r.gpkg"),
    "release make": ("release", "make", "r-1", "--publisher", "→", "--days", "2009"),
    "release verify": ("release", "verify", "r-1"),
    "demo": ("demo", "demo"),
    "log": ("log", "--author", "Ñ → ≥"),
    "undo": ("undo", "{code}", "-y"),
    "schema": ("schema", "incident"),
    "form": ("form", "f.xlsx"),
    "doctor": ("doctor",),
    "help": ("help", "→"),
    "completion": ("completion", "fish"),
    "config set": ("config", "set", "author", "Ñ → ≥"),
    "config get": ("config", "get", "author"),
    "config list": ("config", "list"),
    "config unset": ("config", "unset", "author"),
}  # fmt: skip


def test_the_list_of_every_command_is_of_every_command() -> None:
    assert set(EVERY) == set(dict(leaves()))


class _Screen(io.TextIOWrapper):
    """A stream that says it is a terminal, with an encoding that lacks most signs."""

    def isatty(self) -> bool:
        return True


SAME_IN_ALL = {"demo", "release make", "release verify", "map choropleth", "map timeline", "map atlas", "restore"}
"""Slow commands, tried with ASCII alone, of which each other encoding has all: one module writes for every command."""


@pytest.mark.parametrize(
    ("encoding", "lang", "stream"),
    [("ascii", "en", io.TextIOWrapper), ("ascii", "es", _Screen), ("cp1252", "es", _Screen), ("cp437", "en", _Screen)],
)
@pytest.mark.usefixtures("small_demo")
def test_no_command_fails_for_the_encoding_of_a_terminal_or_a_pipe(
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    lang: str,
    stream: type[io.TextIOWrapper],
) -> None:
    Path("x.csv").write_text("type,date,title\n→,2012-01-01,Ñ\nstrike,2012-01-01,≥\n", "utf-8")
    monkeypatch.setenv("WILLAY_LANG", lang)
    code = run("add", "-y", "-t", "x", "--type", "strike").out.strip()
    for name, words in EVERY.items():
        if encoding != "ascii" and name in SAME_IN_ALL:
            continue
        streams = [stream(io.BytesIO(), encoding=encoding, errors="strict") for _ in range(2)]
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        monkeypatch.setattr(sys, "argv", ["willay", *(word.format(code=code) for word in words)])
        with pytest.raises(SystemExit):
            main()
        for one in streams:
            one.flush()
