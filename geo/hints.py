"""What a message advises, in the words of who reads it: options on the command line, keywords in Python.

A message is written once, with the options of the command line: "Specify who makes it: --author NAME". Whoever imports
willay reads `author="NAME"` in its place. Only the text of a message is put into other words, never the values in it,
so that a file called `--force` keeps its name. What is recorded has the options, whoever made it (`english`).
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["flag", "text", "number"]


class Keyword(NamedTuple):
    """A keyword of Python: its name, and what values it takes."""

    name: str
    kind: Kind = "text"


KEYWORDS: Final[Mapping[str, Keyword]] = {
    "adds": Keyword("adds", "flag"),
    "at-least": Keyword("minimum", "number"),
    "author": Keyword("author"),
    "base-revision": Keyword("base_revision", "number"),
    "comment": Keyword("comment"),
    "crs": Keyword("crs"),
    "dataset": Keyword("dataset"),
    "days": Keyword("days"),
    "encoding": Keyword("encoding"),
    "flat": Keyword("flat", "flag"),
    "for-own-use": Keyword("own_use", "flag"),
    "force": Keyword("force", "flag"),
    "from": Keyword("since"),
    "gazetteer": Keyword("gazetteer"),
    "group-by": Keyword("group_by"),
    "input-format": Keyword("format"),
    "instead": Keyword("instead"),
    "layer": Keyword("layer"),
    "map": Keyword("map"),
    "mapping": Keyword("map"),
    "partition-by": Keyword("partition_by"),
    "profile": Keyword("profile"),
    "reason": Keyword("reason"),
    "replace": Keyword("replace", "flag"),
    "sheet": Keyword("sheet"),
    "source": Keyword("source"),
    "status": Keyword("status"),
    "supersedes": Keyword("supersedes", "number"),
    "tables": Keyword("tables", "flag"),
    "to": Keyword("until"),
    "with": Keyword("measure"),
    "without": Keyword("without"),
}
"""The options of the command line that are keywords in Python, without their dashes."""

CALLS: Final[Mapping[str, str]] = {
    "willay regions list": "db.regions()",
    "willay source list": "db.sources()",
    "willay actor list": "db.actors()",
    "willay case list": "db.cases()",
    "willay dataset list": "db.datasets()",
    "willay list": "db.select()",
    "willay show": "db[code].claims",
    "willay review approve": "db.approve(codes)",
    "willay regions add FILE": "db.add_regions(frame)",
}
"""Commands that are a call in Python; every other command is one to run in a terminal."""

CALLS_OF_CODES: Final[Mapping[str, str]] = {
    "willay review approve": "db.approve({code})",
    "willay history": "db[{code}].history()",
}
"""The same for commands of which the one word that follows is a code or a key."""

_OPTION: Final = re.compile(
    r"(?<![\w-])--(?P<name>[a-z]+(?:-[a-z]+)*)(?:[ ](?P<value>'[^']*'|[^\s]*?(?=[.,;:)]*(?:\s|$))))?"
)
_WORDS: Final = frozenset({"internal", "public", "killed", "table", "database"})
"""Values that could be words of a sentence."""

_TOGETHER: Final = re.compile(r'(=(?:"[^"]*"|True|…|\{[^}]*\}|\d+)) (?=[a-z_]+=["T…{\d])')
"""The space between two keywords of one call."""

_CALL: Final = re.compile(rf"(?:{'|'.join(re.escape(words) for words in CALLS)})\b(?!(?: [\w{{}}]+)* --)")
_PARTS: Final = re.compile(r"(?<=[.:;])(?= )")
_COMMAND: Final = re.compile(r"\bwillay [a-z-]+ [^.]*--")
"""A command with options, to be run in a terminal as it is."""

_on_command_line: ContextVar[bool] = ContextVar("on_command_line", default=False)


def speak(*, to_command_line: bool) -> None:
    """Advise options from now on, in this thread or task, or else keywords, as at the beginning."""
    _on_command_line.set(to_command_line)


@contextmanager
def speaking(*, to_command_line: bool) -> Iterator[None]:
    """Advise options, or else keywords, within a `with` block."""
    token = _on_command_line.set(to_command_line)
    try:
        yield
    finally:
        _on_command_line.reset(token)


def hinted(text: str) -> str:
    """Return the text of a message, before values are put into it, in the words of who reads it.

    Example:
        >>> from willay.geo.hints import hinted, speaking
        >>> hinted("Specify who makes it: --author NAME.")
        'Specify who makes it: author="NAME".'
        >>> with speaking(to_command_line=True):
        ...     hinted("Specify who makes it: --author NAME.")
        'Specify who makes it: --author NAME.'
    """
    return text if _on_command_line.get() else _in_python(text)


def keyword_of(option: str) -> str | None:
    """Return the keyword that an option, with its dashes, is to who reads messages; None where it stays the option."""
    known = KEYWORDS.get(option.removeprefix("--"))
    return None if known is None or _on_command_line.get() else known.name


def call_of(command: str, word: str | None = None) -> str | None:
    """Return the call that a command is to who reads messages; None where it stays the command.

    Args:
        command: The command with its options, as it is typed.
        word: The code or key after it, if one word follows.

    Example:
        >>> from willay.geo.hints import call_of
        >>> call_of("willay review approve", "PE-2012-0001")
        'db.approve("PE-2012-0001")'
    """
    if _on_command_line.get():
        return None
    call = CALLS.get(command) if word is None else CALLS_OF_CODES.get(command)
    return None if call is None else call.format(code=json.dumps(word, ensure_ascii=False))


@lru_cache(1 << 12)
def _in_python(text: str) -> str:
    if "--" not in text and "willay " not in text:
        return text
    called = _CALL.sub(lambda found: CALLS[found[0]], text)
    parts = [part if _COMMAND.search(part) else _OPTION.sub(_keyword, part) for part in _PARTS.split(called)]
    return _TOGETHER.sub(r"\1, ", "".join(parts))


def _keyword(found: re.Match[str]) -> str:
    known, value = KEYWORDS.get(found["name"]), found["value"]
    if known is None:
        return found[0]
    if known.kind == "flag":
        return f"{known.name}=True{'' if value is None else f' {value}'}"
    if value is None or not _is_value(value):
        return f"{known.name}=…{'' if value is None else f' {value}'}"
    if known.kind == "number":
        return f"{known.name}={value}"
    plain = value.strip("'")
    return f'{known.name}="{plain}"'


def _is_value(word: str) -> bool:
    """Return whether a word behind an option is its value, and not the next word of the sentence."""
    return word in _WORDS or re.search(r"[A-Z\d={',]", word) is not None
