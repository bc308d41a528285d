"""What a validation found wrong, in words: which field, what was expected, what came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.model.errors import Fault
from willay.events.model.fieldtypes import AT_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPECTED: Final[Mapping[str, str]] = {
    "extra_forbidden": "Unknown field. Check the spelling.",
    "missing": "This field is required.",
    "tuple_type": "Expected a list, such as [a, b]",
    "dict_type": "Expected a text, or texts by language, such as {es: …, en: …}",
    "model_type": "Expected a group of fields, such as {name: value}",
    "model_attributes_type": "Expected a group of fields, such as {name: value}",
    "string_type": "Expected a text (a valid string)",
    "string_unicode": "Expected a text in Unicode",
    "int_parsing": "Expected a whole number",
    "int_type": "Expected a whole number",
    "int_from_float": "Expected a whole number",
    "float_parsing": "Expected a number",
    "float_type": "Expected a number",
    "finite_number": "Expected a number that is finite",
    "bool_parsing": "Expected true or false",
    "bool_type": "Expected true or false",
    "date_from_datetime_parsing": "Expected a day, such as 2012-04-09",
    "date_type": "Expected a day, such as 2012-04-09",
}
"""Replacements for pydantic messages that mention Python types; all but the first two are followed by the value."""

_LISTS: Final[Mapping[str, str]] = {
    "places": "[{name: Kiteni, precision: settlement, lon: -72.8, lat: -12.6}]",
    "claims": "[{measure: killed, count: 3, source: KEY}]",
    "parties": "[{actor: pnp, role: present}]",
}
"""Examples of lists of groups of fields."""

_SHOWN: Final = 80


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
    expected = _EXPECTED.get(problem["type"])
    if problem["type"] == "tuple_type" and problem["loc"] and (example := _LISTS.get(str(problem["loc"][-1]))):
        expected = f"Expected a list, such as {example}"
    if expected is None:
        return str(problem["msg"]).removeprefix("Value error, ")
    if expected.endswith("."):
        return expected
    came = str(problem["input"]) if isinstance(problem["input"], str | int | float | bool) else _kind(problem["input"])
    return f"{expected}; got {came[:_SHOWN]!r}." if isinstance(problem["input"], str) else f"{expected}; got {came}."


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    return (
        "a list" if isinstance(value, list | tuple) else "a group of fields" if isinstance(value, dict) else "a value"
    )
