"""What a field of a draft may hold: keys, texts, days, countries, and the words of the codebook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from willay.data.codebook import Terms, codebook
from willay.data.countries import country_code
from willay.data.errors import UnknownTermError
from willay.events.model.fields import ByLanguage, Codes, OneOrByLanguage, Written
from willay.events.model.invisible import refused_sign
from willay.events.model.values import parse_day
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WEB_ADDRESS: Final = re.compile(r"https?://\S+$")
OTHER: Final = "other"
"""The measure that a note describes, with or without a number."""

UNKNOWN_NUMBER: Final = "?"
"""The `count` of a document whose source mentions people without a number."""

AT_FIELD: Final = "at_field"
"""The type of pydantic error that a draft raises about one of its fields; its context names the field."""


def at_field(field: str, message: str) -> PydanticCustomError:
    """Return the error to raise for what is wrong with a field."""
    return PydanticCustomError(AT_FIELD, "{message}", {"message": message, "field": field})


class _Everything:
    """Whatever is asked for is in it."""

    def __contains__(self, _: object) -> bool:
        return True


EVERYTHING: Final = _Everything()
"""For `recorded`: the whole document is already recorded, and accepted unchanged."""


def texts_of(document: Any) -> frozenset[str]:  # noqa: ANN401 — plain JSON
    """Return every text in a document, at any depth."""
    if isinstance(document, str):
        return frozenset((document,))
    parts = document.values() if isinstance(document, dict) else document if isinstance(document, list | tuple) else ()
    return frozenset().union(*map(texts_of, parts))


def recorded_in(info: ValidationInfo) -> Container[object]:
    """Return the texts that are recorded already, from what a draft is validated with."""
    recorded: Container[object] = (info.context or {}).get("recorded", ())
    return recorded


def check_signs(field: str, value: object, recorded: Container[object], *, lines: bool) -> None:
    """See that the texts of a field have no hidden signs.

    Args:
        field: Its name, for the message.
        value: A text, several by language or in a list, or anything else.
        recorded: Texts that are taken as they are.
        lines: Whether they may have several lines.

    Raises:
        PydanticCustomError: One has a control, or a sign that turns the direction of what follows.
    """
    if isinstance(value, str):
        sign = None if value.isprintable() else refused_sign(value, lines=lines)
        if sign is not None and value not in recorded:
            only = tr("line breaks and tabs are the only control characters allowed")
            where = only if lines else tr("the field must be a single line of text")
            message = tr(
                "The text contains {sign}; {where}. Delete the character, or write the text again.",
                sign=sign,
                where=where,
            )
            raise at_field(field, message)
    elif isinstance(value, dict):
        for name, text in value.items():
            check_signs(field, name, recorded, lines=False)
            check_signs(field, text, recorded, lines=lines)
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, str | dict):  # a draft has looked at its own texts
                check_signs(field, part, recorded, lines=lines)


def is_unknown_number(measure: str, numbers: Iterable[int | None]) -> bool:
    """Return whether a claim is one without a number, from its measure and its low, best and high."""
    return measure != OTHER and all(number is None for number in numbers)


def is_other(measure: object) -> bool:
    """Return whether a measure, as it is written, is the one that is shown by a note, or none at all."""
    try:
        return codebook().measures.find(str(measure)).code == OTHER
    except UnknownTermError:
        return True


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        message = tr(
            "{text!r} is not a key. Use lower-case letters a–z, digits and single hyphens: curva-del-diablo.",
            text=text[:80],
        )
        raise ValueError(message)
    return text


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError(tr("This text is empty. Give the name."))
    return text


def _local(value: object) -> object:
    """Take a bare text as one whose language is not known."""
    return {"und": value} if isinstance(value, str) else value


def _spoken(texts: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    """Return the texts that say something, their lines ended in one way."""
    recorded = recorded_in(info)
    said = {tag: text.strip() if text in recorded else _ended(text).strip() for tag, text in texts.items()}
    said = {tag: text for tag, text in said.items() if text}
    if not said:
        message = tr("The text is empty. Write a text, or leave the field out.")
        raise ValueError(message)
    return said


_TEXTS: Final = "{es: …, en: …}"


def _one_or_by_language(value: object, info: ValidationInfo) -> object:
    """Return a name as one text or as texts by language; where only a text without a language is given, as that."""
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
        raise ValueError(
            tr(
                "Expected a text, or texts by language, such as {example}; got {came}.",
                example=_TEXTS,
                came=str(value)[:80],
            )
        )
    said = _spoken(value, info)
    return said["und"] if [*said] == ["und"] else said


def _ended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _partial_day(value: object) -> object:
    if value is None:
        return value
    text = str(value)
    parse_day(text)
    return text


def _web_address(text: str, info: ValidationInfo) -> str:
    if text in recorded_in(info) or _WEB_ADDRESS.match(text):
        return text
    message = tr(
        "{text!r} is not a web address. Write the full address, beginning with http:// or https://, without spaces.",
        text=text[:80],
    )
    raise ValueError(message)


def _country(text: str, info: ValidationInfo) -> str:
    if text in recorded_in(info):
        return text
    try:
        return country_code(text)
    except UnknownTermError as error:
        raise ValueError(str(error)) from None


@dataclass(frozen=True, slots=True)
class Coded(Codes):
    """The check of a field whose values are the terms of a list of the codebook: a label becomes its code."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 — as pydantic has it
        """Check a text that has passed all other checks."""
        return core_schema.no_info_after_validator_function(self.code_of, handler(source))

    def code_of(self, text: str) -> str:
        """Return the code of a term, from its code or one of its labels."""
        terms: Terms = getattr(codebook(), self.name)
        if text in terms:  # as nearly always: a code, and not one of its labels
            return text
        try:
            return terms.find(text).code
        except UnknownTermError as error:
            raise ValueError(str(error)) from None


Key = Annotated[str, AfterValidator(_key), Written({"type": "string", "pattern": f"^{_KEY.pattern}$"})]
Named = Annotated[str, AfterValidator(_named), Written({"type": "string", "minLength": 1})]
"""A name that something must have: never empty, nor spaces alone."""
Texts = Annotated[dict[str, str], ByLanguage(), BeforeValidator(_local), AfterValidator(_spoken)]
TextOrTexts = Annotated[str | dict[str, str], OneOrByLanguage(), BeforeValidator(_one_or_by_language)]
"""A name as one text, or as texts by language: whom a document quotes, who says where a place is."""

PartialDay = Annotated[
    str, BeforeValidator(_partial_day), Written({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d){0,2}$"})
]
"""A day, month or year as text, such as `2009-07`: the exact date of a document is often unknown."""

Country = Annotated[str, AfterValidator(_country)]
"""ISO 3166-1 alpha-2; a name is accepted too. None in a draft means the country of the parent document."""

DateTerm = Annotated[str, Coded("date_precision")]
PlaceTerm = Annotated[str, Coded("place_precision")]
Measure = Annotated[str, Coded("measures")]
Group = Annotated[str, Coded("groups")]
SourceKind = Annotated[str, Coded("source_kinds")]
ActorKind = Annotated[str, Coded("actor_kinds")]
Role = Annotated[str, Coded("roles")]
Status = Annotated[str, Coded("statuses")]
Confidence = Annotated[str, Coded("confidence")]
Sensitivity = Annotated[str, Coded("sensitivity")]
"""Who may see something; None in a draft means `public`."""

CaseType = Annotated[str, Coded("case_types")]
CaseState = Annotated[str, Coded("case_states")]
CasePhase = Annotated[str, Coded("case_phases")]
Qualifier = Annotated[str, Coded("qualifiers")]
IndicatorKind = Annotated[str, Coded("indicator_kinds")]
WebAddress = Annotated[
    str, AfterValidator(_web_address), Written({"type": "string", "pattern": f"^{_WEB_ADDRESS.pattern}"})
]
