"""What a validation found wrong, in words: which field, what was expected, what came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.errors import Fault
from willay.events.model.fieldtypes import AT_FIELD
from willay.geo.translation import mark, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPECTED: Final[Mapping[str, str]] = {
    "extra_forbidden": mark("Unknown field. Check the spelling."),
    "missing": mark("This field is required."),
    "invalid_key": mark("Expected a text as the name of a field"),
    "tuple_type": mark("Expected a list, such as [a, b]"),
    "iteration_error": mark("Expected a list, such as [a, b]"),
    "dict_type": mark("Expected a text, or texts by language, such as {es: …, en: …}"),
    "mapping_type": mark("Expected a text, or texts by language, such as {es: …, en: …}"),
    "model_type": mark("Expected a group of fields, such as {name: value}"),
    "model_attributes_type": mark("Expected a group of fields, such as {name: value}"),
    "string_type": mark("Expected a text (a valid string)"),
    "string_sub_type": mark("Expected a text (a valid string)"),
    "string_unicode": mark("Expected a text in Unicode"),
    "string_too_short": mark("Expected a text that is not empty"),
    "int_parsing": mark("Expected a whole number"),
    "int_parsing_size": mark("Expected a smaller whole number"),
    "int_type": mark("Expected a whole number"),
    "int_from_float": mark("Expected a whole number"),
    "float_parsing": mark("Expected a number"),
    "float_type": mark("Expected a number"),
    "finite_number": mark("Expected a number that is finite"),
    "greater_than": mark("Expected a number greater than {gt:g}"),
    "greater_than_equal": mark("Expected a number greater than or equal to {ge:g}"),
    "less_than": mark("Expected a number less than {lt:g}"),
    "less_than_equal": mark("Expected a number less than or equal to {le:g}"),
    "bool_parsing": mark("Expected true or false"),
    "bool_type": mark("Expected true or false"),
    "date_parsing": mark("Expected a day, such as 2012-04-09"),
    "date_from_datetime_parsing": mark("Expected a day, such as 2012-04-09"),
    "date_from_datetime_inexact": mark("Expected a day, such as 2012-04-09"),
    "date_type": mark("Expected a day, such as 2012-04-09"),
    "literal_error": mark("Expected one of: {listed}"),
}
"""What each type of pydantic error says in our words; all but the first two are followed by the value."""

_ANY_OTHER: Final = mark("Expected a different value")
"""What is said of a type of error that no draft can have today: pydantic's own words have one language."""

OWN_WORDS: Final = frozenset({"value_error", AT_FIELD})
"""Types of errors whose words are those of the validators of drafts."""

_LISTS: Final[Mapping[str, str]] = {
    "places": "[{name: Kiteni, precision: settlement, lon: -72.8, lat: -12.6}]",
    "claims": "[{measure: killed, count: 3, source: KEY}]",
    "parties": "[{actor: pnp, role: present}]",
}
"""Examples of lists of groups of fields."""

_SHOWN: Final = 80
_FIELD: Final = re.compile(r"\{\w+(?::\w+)?\}")
_QUOTED: Final = re.compile(r"'([^']*)'")


def fault_of(problem: Mapping[str, Any], where: str) -> Fault:
    """Return a problem of pydantic's as a fault.

    Args:
        problem: One of a `ValidationError`'s `errors()`.
        where: File and record, for the messages.
    """
    path = ""
    steps = [*problem["loc"], *([problem["ctx"]["field"]] if problem["type"] == AT_FIELD else [])]
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return Fault(": ".join(part for part in (where, path) if part), _message(problem))


def _message(problem: Mapping[str, Any]) -> str:
    if problem["type"] in OWN_WORDS:
        return str(problem["msg"]).removeprefix("Value error, ")
    expected = _expected(problem)
    if expected.endswith("."):
        return expected
    return tr("{expected}; got {came}.", expected=expected, came=_came(problem["input"]))


def _expected(problem: Mapping[str, Any]) -> str:
    if problem["type"] == "tuple_type" and problem["loc"] and (example := _LISTS.get(str(problem["loc"][-1]))):
        return tr("Expected a list, such as {example}", example=example)
    message = _EXPECTED.get(problem["type"], _ANY_OTHER)
    values = dict(problem.get("ctx") or {})
    if problem["type"] == "literal_error":
        values = {"listed": ", ".join(_QUOTED.findall(str(values["expected"])))}
    return tr(message, **values) if _FIELD.search(message) else tr(message)


def _came(value: object) -> str:
    if isinstance(value, str):
        return quoted(value[:_SHOWN])
    if isinstance(value, int | float):
        return str(value)[:_SHOWN]
    if value is None:
        return tr("nothing")
    if isinstance(value, list | tuple):
        return tr("a list")
    return tr("a group of fields") if isinstance(value, dict) else tr("a value")
