"""Plain words: texts that people read use the trade's words, in the usual order of English.

What is read: the help of every command and option, every text in a module below, and the messages of the page.
Docstrings are held to a shorter list; names are not read here.
"""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import typer.main

from willay.events.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]

FOLDERS: Final = ("data", "events", "geo", "maps")
"""The folders whose modules are read, with all folders below them."""

NOT_YET: Final = (
    "data/sources",  # scripts that build the shipped files; nobody reads their texts but who runs them
)
"""Folders and modules that are not read yet: take one out of this list once its texts are plain."""

AVOIDED: Final = {
    "is not a / unknown": (
        r"(?<!here )\b(?:is|are|was|were) no (?!longer\b|more\b)[A-Za-z]|\bbut no \w+ (?:database|file)\b"
    ),
    "there is no … (say: unknown …, or … does not exist)": r"\bThere (?:is|are) no\b",
    "is called so / is called (say: unknown)": r"\b(?:is|are) called\b",
    "report, state, show": r"\b(?:told|tells?|telling)\b",
    "state, is": r"\b(?:said|says|say)\b",
    "specify it": r"\bSay (?:which|it|what|so|who)\b",
    "store, record, leave unchanged": r"(?<!\")\b(?:kept|keeps?)\b",
    "is, applies to": r"\b(?:stands?|stood) (?:for|in|as|beside|alone|under|above|with|at)\b",
    "next to": r"\bbeside\b",
    "again": r"\banew\b",
    "correct": r"\b(?:mend(?:ed|s)?)\b",
    "import, add, read": r"\b(?:take|takes|taken|took) (?:in|up|for)\b",
    "reject": r"\bput aside\b",
    "maximum number of": r"\bAt most so\b|\bso many\b",
    "default: …": r"; else\b|\bif not said\b|\(usual\)",
    "parent incident, the whole …": r"\b(?:the|its|a) wholes?(?=[,.;:)]|$)",
    "waits for": r"\bNothing waits\b|\bwaits? for somebody\b",
    "does not exist": r"\bnot there\b|\bis there already\b|\bthere is a file already\b|\bThere is a (?:file|folder)\b",
    "nobody": r"\bNobody can be\b|\bnobody (?:knows|says|gives)\b",
    "different": r"\bis another than\b|\banother one\b",
    "contains": r"\bis in it\b|\bNot in it\b",
    "who": r"\b[Ww]hom it is for\b",
}
"""Turns of phrase that a reader has to read twice: what to write instead, and how each is found."""

AVOIDED_IN_DOCSTRINGS: Final = {
    "is not a / unknown": AVOIDED["is not a / unknown"],
    "report, state, show": r"(?<!`)\b(?:told|[Tt]ells?|telling)\b(?![:`])",  # `told` is a variable, too
    "again": AVOIDED["again"],
    "next to": r"(?<![\w.`])beside\b(?![:`])",  # `beside` is an attribute, too
    "correct": AVOIDED["correct"],
    "return whether, why, what, …": r"\bSay (?:whether|why|what|how|which|where)\b",
    "unknown …": r"\bis called so\b",
    "separated by": r"\bparted by\b",
    "maximum number of": AVOIDED["maximum number of"],
    "waits for": AVOIDED["waits for"],
}
"""The same for docstrings, whose readers write code: only what no context makes right."""

JUSTIFIED: Final = {
    "What sources say": "the description of a layer in every file: another wording would be found as a change",
    "dataset, external_id, incident, digest, revision, said, theirs, mark": "columns of a table",
    "Who says so": "the heading of claims: short, exact, and understood at once",
    "The source put several events together; UCDP could not tell them apart (event_clarity 2).": (
        "recorded in incidents: another wording would change every such row at its next import"
    ),
}
"""Texts that have an avoided word for a reason, by the whole text."""


def python_files() -> list[Path]:
    """Return the modules that are read."""
    skipped = [ROOT / name for name in NOT_YET]
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in files if not any(path == one or one in path.parents for one in skipped))


def texts_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each text of a module that has more than one word and is no docstring.

    A value in an f-string becomes `{}`. Regular expressions and SQL are texts too, and are passed over.
    """
    tree = ast.parse(source)
    passed = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            passed.update(id(value) for value in node.values if isinstance(value, ast.Constant))
            words = "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value
        else:
            continue
        words = re.sub(r"\{\w*", "{", words)  # names of values
        if " " in words.strip() and not re.search(r"\\[bdswS]|\(\?|SELECT |CREATE TABLE ", words):
            yield node.lineno, words


def docstrings_of(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each docstring of a module, also of those below constants and attributes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def helps_of(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield the help of a command, of its options and of the commands below it, each with where it stands."""
    yield name, " ".join(str(command.help or "").split())
    yield f"{name} epilog", str(command.epilog or "")
    for parameter in command.params:
        yield f"{name} {parameter.name}", str(getattr(parameter, "help", None) or "")
    for below, one in getattr(command, "commands", {}).items():
        yield from helps_of(one, f"{name} {below}")


@cache
def read_texts() -> tuple[tuple[str, str], ...]:
    """Return every text that is read, with where it is."""
    found = [
        (f"{path.relative_to(ROOT)}:{line}", text)
        for path in python_files()
        for line, text in texts_of(path.read_text("utf-8"))
    ]
    found += helps_of(typer.main.get_command(app), "willay")
    page = json.loads((ROOT / "maps" / "messages" / "en.json").read_text("utf-8"))
    for key, value in page.items():
        forms = value.values() if isinstance(value, dict) else (value,)
        found += [(f"en.json {key}", form) for form in forms]
    return tuple(found)


@cache
def read_docstrings() -> tuple[tuple[str, str], ...]:
    """Return every docstring that is read, with where it is."""
    return tuple(
        (f"{path.relative_to(ROOT)}:{line}", text)
        for path in python_files()
        for line, text in docstrings_of(path.read_text("utf-8"))
    )


@pytest.mark.parametrize("instead", AVOIDED)
def test_texts_that_people_read_are_plain(instead: str) -> None:
    pattern = re.compile(AVOIDED[instead])
    found = [f"{where}: {text}" for where, text in read_texts() if text not in JUSTIFIED and pattern.search(text)]
    assert not found, f"write {instead!r} instead:\n" + "\n".join(found)


@pytest.mark.parametrize("instead", AVOIDED_IN_DOCSTRINGS)
def test_docstrings_are_plain(instead: str) -> None:
    pattern = re.compile(AVOIDED_IN_DOCSTRINGS[instead])
    found = [
        f"{where}: {hit.string[max(hit.start() - 60, 0) : hit.end() + 60]!r}"
        for where, text in read_docstrings()
        for hit in pattern.finditer(text)
    ]
    assert not found, f"write {instead!r} instead:\n" + "\n".join(found)


def test_every_justified_text_is_still_there() -> None:
    texts = {text for _, text in read_texts()}
    assert [text for text in JUSTIFIED if text not in texts] == []


def test_every_folder_that_is_not_read_yet_is_there() -> None:
    assert [name for name in NOT_YET if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("What 'x.dat' is cannot be told. Say it: --from …", "report, state, show"),
        ("'x' is no format that willay writes. It writes: csv", "is not a / unknown"),
        ("There is no incident 'x'.", "there is no … (say: unknown …, or … does not exist)"),
        ("The database that was there is kept: {}", "store, record, leave unchanged"),
        ("Save it anew as XLSX or CSV.", "again"),
        ("{} is no TOML. Mend it, or delete it to have the mapping guessed.", "is not a / unknown"),
        ("Statuses; published if not said.", "default: …"),
    ],
)
def test_a_turned_sentence_is_found(words: str, instead: str) -> None:
    assert re.search(AVOIDED[instead], words)


def test_a_text_in_a_call_an_f_string_and_a_table_is_read_and_a_docstring_is_not() -> None:
    source = '"""It is no text."""\nraise E(f"{x!r} is no key" "; it is kept")\nWORDS = {"a": "said by nobody"}\n'
    assert [text for _, text in texts_of(source)] == ["{} is no key; it is kept", "said by nobody"]
    assert [text for _, text in docstrings_of(source)] == ["It is no text."]
