"""Documents as people write them: YAML or JSON, made into plain lists, groups and values."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.errors import DayError, DraftError
from willay.events.model.values import parse_day
from willay.geo.errors import InputFileError
from willay.geo.inputs import shallow
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_JSON_BEGINS: Final = ("{", "[")
_VALUE: Final = re.compile(r"\\\{(\w+)\\\}")
_DAY: Final = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
_PROBLEMS: Final[Mapping[str, str]] = {
    "expecting value": mark("a value is missing here"),
    "expecting {sign} delimiter": mark("{sign} was expected here"),
    "extra data": mark("there is text after the end"),
    "expecting property name enclosed in double quotes": mark("the name of a field was expected, in double quotes"),
    "unterminated string starting at": mark("quotation marks that begin here are not closed"),
    "invalid control character at": mark("there is a control character here"),
    "illegal trailing comma before end of object": mark("remove the comma before the end of the group"),
    "illegal trailing comma before end of array": mark("remove the comma before the end of the list"),
    "mapping values are not allowed here": mark(
        "a second colon in the line, or wrong indentation: put the text in quotation marks"
    ),
    "sequence entries are not allowed here": mark("a list cannot begin here: check the indentation"),
    "could not find expected ':'": mark("a colon was expected after the name of the field"),
    "found unexpected end of stream": mark("the text ends too early: check whether quotation marks are closed"),
    "found character {sign} that cannot start any token": mark(
        "a value cannot begin with {sign}: put it in quotation marks"
    ),
    "expected <block end>, but found {found}": mark("the indentation or the order does not fit here"),
    "expected ',' or {sign}, but got {found}": mark("a comma or {sign} was expected here"),
    "expected the node content, but found {found}": mark("a value, or the end of a list or group, is missing here"),
    "found unknown escape character {sign}": mark(
        "after a backslash there cannot be {sign}: use single quotation marks"
    ),
    "found undefined alias {name}": mark(
        "the reference {name} does not exist: if it is text, put it in quotation marks"
    ),
    "found unhashable key": mark("the name of a field must be plain text"),
    "could not determine a constructor for the tag {name}": mark(
        "the tag {name} is unknown: if it is text, put it in quotation marks"
    ),
    "but found another document": mark("the file has more than one document"),
}
"""The usual mistakes in JSON and YAML: as their readers name them, and in plain words."""


def parsed(text: str, name: str) -> Any:  # noqa: ANN401 — plain values of any shape
    """Read a document.

    Args:
        text: YAML or JSON. What begins as JSON does and is none is read as YAML, which can look so too.
        name: Where it is from, for messages.

    Raises:
        DraftError: It is neither, or is nested too deeply; the message states in which line.
    """
    try:
        with shallow(tr("This document")):
            return _json(text, name) if text.lstrip("\ufeff \t\r\n").startswith(_JSON_BEGINS) else _yaml(text)
    except InputFileError as error:
        raise DraftError.at(name, str(error)) from None
    except DayError as error:
        raise DraftError.at(name, str(error)) from None
    except ValueError as error:
        raise DraftError.at(name, tr("Cannot read this as YAML or JSON: {error}", error=error)) from None


def _json(text: str, name: str) -> Any:  # noqa: ANN401 — as above
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        if name.lower().endswith(".json"):
            raise ValueError(_at(error.lineno, error.colno, error.msg[:1].lower() + error.msg[1:])) from None
        return _yaml(text)


def _yaml(text: str) -> Any:  # noqa: ANN401 — as above
    """Read YAML.

    Raises:
        DayError: It has a date that the calendar lacks.
        ValueError: It is not one.
    """
    import yaml  # noqa: PLC0415 — only a file or an edit pays for it

    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        problem = str(error.problem or error.context)
        raise ValueError(_at(place.line + 1, place.column + 1, problem) if place else f"{_known(problem)}.") from None
    except yaml.reader.ReaderError as error:
        told = {"character": f"U+{error.character:04X}", "position": error.position}
        raise ValueError(
            tr("special characters are not allowed; found {character} at position {position}.", **told)
        ) from None
    except ValueError as error:
        _check_days(text)
        raise ValueError(tr("not understood: {problem}", problem=error)) from None


def _at(line: int, column: int, problem: str) -> str:
    return tr("line {line}, column {column}: {problem}.", line=line, column=column, problem=_known(problem))


def _known(problem: str) -> str:
    """Return what a reader of JSON or YAML found, in the language of now where it is one of the usual mistakes."""
    for plain, pattern in _patterns():
        if found := pattern.fullmatch(problem):
            return tr(plain, **found.groupdict())
    return tr("not understood: {problem}", problem=problem)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((plain, re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(raw)))) for raw, plain in _PROBLEMS.items())


def _check_days(text: str) -> None:
    """Refuse the first day of a text that the calendar lacks, which YAML reads as a date.

    Raises:
        DayError: There is one.
    """
    for day in _DAY.findall(text):
        parse_day(day)
