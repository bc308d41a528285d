"""The messages of the program, found in its code, and the catalogues that translate them."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import typer.main

from willay.data.crosswalks import crosswalk
from willay.data.headers import headers
from willay.events.cli.app import app
from willay.events.cli.speech import help_texts
from willay.events.frame.columns import COLUMNS
from willay.events.model.draft_schema import field_docs
from willay.events.model.drafts import MODELS, Bundle
from willay.events.model.policy import FIGURE_MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = ("data", "events", "geo", "maps")
NEVER: Final = ("data/sources",)
"""Scripts that build what ships: nobody reads their texts but who runs them."""

ENGLISH: Final = frozenset((
    "the", "is", "are", "was", "were", "not", "of", "an", "to", "with", "for", "and", "or", "which", "that", "this",
    "it", "its", "from", "by", "be", "been", "has", "have", "had", "cannot", "must", "should", "will",
))  # fmt: skip
"""Words of which two in one text make it English."""

SQL: Final = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|WITH|PRAGMA|FROM|WHERE|AND|OR|EXISTS|NOT)\b"
)
"""How a text begins that only a database reads."""

PATTERN: Final = re.compile(r"\(\?[:P<!=]|\\[bdsw]")
"""What only a regular expression contains."""

UNSPOKEN: Final = frozenset(("everywhere", "Column", "DatasetTerms", "AssertionError"))
"""Calls whose texts are written into files or tell of a fault of the program itself."""

SPEAKING: Final = frozenset(("say", "ask", "agreed", "given_or_asked", "reason_or_asked", "warn", "Fault"))
"""Calls whose texts a person reads, as errors and warnings are: there two words are a message."""


WRITTEN: Final = ("acled", "ucdp")
"""Systems in whose layouts we write: what is lost on the way to their codes is reported."""


PYTHONS: Final = frozenset(("AttributeError",))
"""Errors that say what Python says, to programmers."""


class Message(NamedTuple):
    """A message in the code: where it is, its key, and its form for 1 where it goes by number."""

    where: str
    key: str
    one: str | None = None


@cache
def modules() -> dict[str, ast.Module]:
    """Return the tree of every module, by its path from the top."""
    found = {}
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            if not name.startswith(NEVER):
                found[name] = ast.parse(file.read_text("utf-8"))
    return found


@cache
def messages() -> tuple[Message, ...]:
    """Return all messages that are written in the code or in the help of commands."""
    found = [one for name, tree in modules().items() for one in _in_calls(name, tree)]
    root = typer.main.get_command(app)
    found += [Message(f"help of {text.owner.name}", text.text) for text in help_texts(root)]
    found += [
        Message(f"docs of {model.__name__}", text) for model in (*MODELS, Bundle) for text in field_docs(model).values()
    ]
    found += [Message(f"column {one.name}", one.about.removeprefix(_measure(one.name))) for one in COLUMNS]
    found += [Message("data/headers/fields.toml", one.says) for one in headers().fields]
    found += [
        Message(f"data/crosswalks/{system}.toml", one.loss)
        for system in WRITTEN
        for terms in crosswalk(system).out.values()
        for one in terms.values()
        if one.loss
    ]
    return tuple(found)


def _measure(column: str) -> str:
    """Return how the text of a column of figures begins, which is alike for every measure."""
    return next((f"{measure}: " for measure in FIGURE_MEASURES if column.startswith(f"{measure}_")), "")


def _in_calls(name: str, tree: ast.Module) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or (word := called(node)) not in TRANSLATING:
            continue
        texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        where = f"{name}:{node.lineno}"
        if word in {"tr", "mark", "ListColumn"} and texts:
            yield Message(where, texts[0])
        elif word == "tr_n" and len(texts) >= 2:
            yield Message(where, texts[1], texts[0])
        elif word == "many" and texts:
            yield Message(where, "{n:,} " + texts[0] + "s", "{n:,} " + texts[0])


TRANSLATING: Final = frozenset(("tr", "tr_n", "mark", "many", "ListColumn"))


def called(node: ast.Call) -> str:
    """Return the last name of what a call calls."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


@cache
def catalogues(lang: str) -> dict[str, dict[str, Any]]:
    """Return the catalogues of a language, by file."""
    found = {}
    for folder in FOLDERS:
        for file in sorted((ROOT / folder / "messages" / lang).glob("*.json")):
            found[file.relative_to(ROOT).as_posix()] = json.loads(file.read_text("utf-8"))
    return found


@cache
def merged(lang: str) -> dict[str, Any]:
    """Return all translations into a language by their English key."""
    return {key: text for one in catalogues(lang).values() for key, text in one.items()}


def is_english(text: str) -> bool:
    """Return whether a text has two or more words that only English has; words joined by hyphens are a code."""
    return len([word for word in re.findall(r"(?<![\w-])[^\W\d_]+(?![\w-])", text) if word in ENGLISH]) >= 2


def untranslated_texts(name: str) -> Iterator[tuple[int, str]]:
    """Yield the English sentences of a module that no call translates, with their lines."""
    tree = modules()[name]
    passed, spoken = _passed_over(tree), _spoken(tree)
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            if not any(" " in part for part in parts):
                continue  # a path, such as `incidents[3].key`
            text = " ".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if SQL.match(text) or PATTERN.search(text):
            continue
        if is_english(text) or (id(node) in spoken and _is_in_words(text)):
            yield node.lineno, text


def _is_in_words(text: str) -> bool:
    return len(re.findall(r"[A-Za-z]{2,}", text)) >= 2 and not re.fullmatch(r"[\w.:/\[\]-]+", text)


def _speaks(name: str) -> bool:
    return name in SPEAKING or name.endswith(("Error", "Warning"))


def _spoken(tree: ast.Module) -> set[int]:
    """Return the texts in calls that speak, at any depth but within calls of their own."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) not in PYTHONS and _speaks(called(node)):
            is_listed = called(node) == "UnknownTermError"  # its first word is the key of a sentence
            waiting: list[ast.AST] = [*node.args[is_listed:]]
            while waiting:
                one = waiting.pop()
                found.add(id(one))
                if not isinstance(one, ast.Call):
                    waiting += ast.iter_child_nodes(one)
    return found


def _speaks(word: str) -> bool:
    return word in SPEAKING or (word.endswith(("Error", "Warning")) and word != "AttributeError")  # read in Python only


def _passed_over(tree: ast.Module) -> set[int]:
    """Return the nodes that are no messages: docstrings, parts of f-strings, and what a call translates."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            passed |= {id(one.value) for one in body if isinstance(one, ast.Expr)}
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
        if isinstance(node, ast.Dict) and {"en", "es"} <= {getattr(key, "value", None) for key in node.keys}:
            passed |= {id(one) for one in ast.walk(node)}  # a text by language
        if isinstance(node, ast.Dict):
            passed |= {id(key) for key in node.keys}
        if isinstance(node, ast.Call):
            if called(node) in TRANSLATING:
                passed |= {id(one) for one in node.args}
            if called(node) in UNSPOKEN:
                passed |= {id(one) for one in ast.walk(node)}
            if called(node) in {"Option", "Argument", "App", "command", "add_typer"}:  # help: read from the commands
                passed |= {id(word.value) for word in node.keywords if word.arg in {"help", "epilog", "short_help"}}
    return passed
