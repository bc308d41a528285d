"""What pydantic finds wrong is said in our words, in the language of the reader, whatever its type."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Final, get_args

import pytest
from pydantic_core import PydanticKnownError
from pydantic_core.core_schema import ErrorType
from translated import is_english

import willay.events.model as package
from willay.events import DraftError, draft
from willay.events.model import problems
from willay.events.model.draftbase import Draft
from willay.events.model.drafts import Bundle
from willay.events.model.problems import fault_of
from willay.geo.translation import LANGUAGES, in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

OF_KIND: Final = {
    "str": {"string_type", "string_unicode", "string_sub_type"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float", "finite_number"},
    "float": {"float_type", "float_parsing", "finite_number"},
    "bool": {"bool_type", "bool_parsing"},
    "date": {"date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"},
    "dict": {"dict_type", "mapping_type", "iteration_error"},
    "tuple": {"tuple_type", "iteration_error"},
    "literal": {"literal_error"},
    "model": {"model_type"},
    "model-fields": {"missing", "extra_forbidden", "invalid_key", "model_attributes_type"},
    "function-after": {"value_error"}, "function-before": {"value_error"}, "function-wrap": {"value_error"},
    "model-field": set(), "default": set(), "nullable": set(), "union": set(), "any": set(),
    "no-info": set(), "with-info": set(),
}  # fmt: skip
"""The types of error that each part of a schema of pydantic's can raise (its documentation, "Validation errors")."""

BOUNDS: Final = {
    "gt": "greater_than", "ge": "greater_than_equal", "lt": "less_than", "le": "less_than_equal",
    "min_length": "string_too_short", "max_length": "string_too_long", "pattern": "string_pattern_mismatch",
}  # fmt: skip
CONTEXT: Final[dict[str, Any]] = {"gt": 0, "ge": -90.0, "lt": 3, "le": 90.0, "expected": "'A', 'B' or 'F'"}
RAW: Final = "the words of the library that are not ours"
STRANGE: Final = (
    None, True, 3, -1, 10**400, 1.5, math.nan, math.inf, "", " ", "x", "\ud800", "2026-02-30", "?", b"\xff", [], [1],
    ["x"], [None], [{}], {}, {"en": 3}, {3: "x"}, {"x": "y"}, dt.date(2026, 5, 9),
    dt.datetime(2026, 5, 9, 3, 1, tzinfo=dt.UTC), object(),
)  # fmt: skip


def _parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for part in schema.values():
            yield from _parts(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from _parts(part)


def models(of: type[BaseModel] = Draft) -> Iterator[type[BaseModel]]:
    for one in of.__subclasses__():
        if one.__module__.startswith(package.__name__):
            yield one
        yield from models(one)


def test_every_type_of_error_that_a_draft_can_have_has_words() -> None:
    possible = set()
    for part in _parts(Bundle.__pydantic_core_schema__):
        possible |= OF_KIND[part["type"]] | {BOUNDS[name] for name in BOUNDS if name in part}
    assert "greater_than_equal" in possible
    assert not possible - problems.OWN_WORDS - set(problems._EXPECTED)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_no_type_of_error_is_told_in_the_words_of_the_library(kind: str, lang: str) -> None:
    if kind in problems.OWN_WORDS:
        return
    for came in ("x", None, 3.5, [], {}, object()):
        problem = {"type": kind, "loc": ("claims", 0, "count"), "msg": RAW, "input": came, "ctx": CONTEXT}
        with in_language(lang):
            told = fault_of(problem, "a.yaml").message
        assert RAW not in told
        assert told.endswith(".")
        if lang != "en":
            assert not is_english(told)


@pytest.mark.parametrize("model", list(models()), ids=lambda model: model.__name__)
def test_nothing_that_a_field_is_given_is_answered_in_another_language(model: type[Draft]) -> None:
    for name in (*model.model_fields, "nonsense"):
        for value in STRANGE:
            english, spanish = (_told(model, {name: value}, lang) for lang in LANGUAGES)
            assert len(english) == len(spanish)
            for one, other in zip(english, spanish, strict=True):
                assert not is_english(other), (name, value, other)
                assert "different value" not in one, (name, value)
                assert one != other, (name, value, other)


def _told(model: type[Draft], document: dict[str, Any], lang: str) -> list[str]:
    with in_language(lang):
        try:
            draft(model, document)
        except DraftError as error:
            return [fault.message for fault in error.faults]
    return []


def test_the_words_of_validators_are_kept() -> None:
    for kind in problems.OWN_WORDS & set(get_args(ErrorType)):
        error = PydanticKnownError(kind, {"error": ValueError("x")})  # type: ignore[arg-type]  # one of its types
        told = fault_of({"type": kind, "loc": (), "msg": error.message(), "input": 1}, "").message
        assert told == "x"
