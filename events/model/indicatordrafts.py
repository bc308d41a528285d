"""Drafts of indicators: measured variables of an area and a time, each as one voice states it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import AfterValidator, ValidationInfo, model_validator

from willay.data.countries import country_code
from willay.data.errors import UnknownTermError
from willay.events.model.draftbase import Draft
from willay.events.model.fields import EVERYWHERE, LINES, LISTED, READABLE, Plain, exact, level
from willay.events.model.fieldtypes import (
    IndicatorKind,
    Key,
    PartialDay,
    Qualifier,
    Sensitivity,
    Texts,
    at_field,
    recorded_in,
)  # fmt: skip
from willay.events.model.numerals import in_digits
from willay.events.model.values import parse_day
from willay.geo.translation import mark, tr

_ADMIN_CODE: Final = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_REGION: Final = re.compile(r"[^\s/]+/[^\s/]+")
_HOW_TO_WRITE_AREAS: Final = mark(
    "Write a country (PE), the code of an administrative unit (15, 0502), or a region as SET/KEY (pe-places/vraem)."
)


def _area(text: str, info: ValidationInfo) -> str:
    """Return an area in the one way in which it is written: a country, by code or name, as its code in capitals."""
    if text in recorded_in(info) or _REGION.fullmatch(text) or (_ADMIN_CODE.fullmatch(text) and not text.isalpha()):
        return text
    try:
        return country_code(text)
    except UnknownTermError:
        raise ValueError(
            tr(
                "{text!r} is not an area. {how}",
                text=text[:80],
                how=tr(_HOW_TO_WRITE_AREAS),
            )
        ) from None


Area = Annotated[str, AfterValidator(_area)]


class IndicatorDraft(Draft):
    """One value of a measured variable, as one voice states it; values that contradict each other are separate.

    Attributes:
        key: The name it is edited by; where nobody gives one, it is made from series or name, area, time and voice.
        series: The variable of which it is one value among others, of other years and voices: `homicide-rate`.
        name: What was measured.
        area: ISO code of a country, code of an administrative unit, or SET/KEY of a region.
        year: The year measured; None where it is not known, or where a period is given.
        from_day: The first day (inclusive), month or year of the period measured.
        until_day: The last one, inclusive.
        edition: The edition of the report that states it, which is often of a later year.
        value: The number; None where there is a range alone, or a text.
        low: The lower end of its range or interval (inclusive).
        high: The upper end (inclusive).
        text: A value in words, such as the name of a capital.
        qualifier: How the number is to be read (codebook: qualifiers); None is exactly.
        kind: What kind of number it is (codebook: indicator kinds); None where nobody states it.
        out_of: The whole that the value is a part of or a rank in: 144 in "125 of 144".
        unit: What one of the number is; None of a text or a rank.
        category: The part of the dimension that is meant.
        dimension: What the variable is divided by, such as `language`; its part is the `category`.
        by: Who states it.
        source: The key of the document that states it.
        sensitivity: Who may see it (codebook: sensitivity); None means public.

    Example:
        >>> from willay.events import IndicatorDraft, draft
        >>> cvr = {"name": "dead", "area": "PE", "low": 61007, "value": 69280, "high": 77552, "by": "CVR"}
        >>> draft(IndicatorDraft, {**cvr, "from_day": "1980", "until_day": "2000", "source": "cvr"}).high
        77552.0
    """

    key: Annotated[Key | None, exact("word"), Plain(flat=True, layer=True, filled=True)] = None
    series: Annotated[Key | None, exact("word"), replace(EVERYWHERE, hxl="#indicator+code")] = None
    name: Annotated[Texts, exact(), replace(READABLE, hxl="#indicator+name")]
    area: Annotated[Area, exact("word"), replace(EVERYWHERE, hxl="#geo+code")]
    year: Annotated[int | None, exact("codes"), replace(EVERYWHERE, hxl="#date+year")] = None
    from_day: Annotated[PartialDay | None, exact("codes"), replace(EVERYWHERE, hxl="#date+start")] = None
    until_day: Annotated[PartialDay | None, exact("codes"), replace(EVERYWHERE, hxl="#date+end")] = None
    edition: Annotated[str | None, exact(), replace(EVERYWHERE, hxl="#meta+edition")] = None
    value: Annotated[float | None, exact("codes"), replace(EVERYWHERE, hxl="#indicator+value+num")] = None
    low: Annotated[float | None, exact("codes"), replace(EVERYWHERE, hxl="#indicator+value+min+num")] = None
    high: Annotated[float | None, exact("codes"), replace(EVERYWHERE, hxl="#indicator+value+max+num")] = None
    text: Annotated[Texts | None, exact(), READABLE] = None
    qualifier: Annotated[Qualifier | None, exact("codes"), replace(EVERYWHERE, hxl="#meta+qualifier")] = None
    kind: Annotated[IndicatorKind | None, exact("codes"), replace(EVERYWHERE, hxl="#meta+type")] = None
    out_of: Annotated[float | None, exact("codes"), EVERYWHERE] = None
    unit: Annotated[Texts | None, exact("word"), replace(READABLE, hxl="#indicator+unit")] = None
    dimension: Annotated[Key | None, exact("word"), EVERYWHERE] = None
    category: Annotated[Texts | None, exact(), READABLE] = None
    by: Annotated[Texts, exact("word"), replace(READABLE, hxl="#org+name")]
    source: Annotated[Key, exact("source"), replace(EVERYWHERE, hxl="#meta+source")]
    note: Annotated[Texts | None, exact(), LINES, replace(READABLE, hxl="#description")] = None
    sensitivity: Annotated[Sensitivity | None, level(), LISTED] = None

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if all(one is None for one in (self.value, self.low, self.high, self.text)):
            message = tr("An indicator needs a value: give value, low and high, or text.")
            raise ValueError(message)
        if self.category is not None and self.dimension is None:
            message = tr("Name the dimension that the category is a part of, such as dimension: language.")
            raise at_field("category", message)
        return self

    @model_validator(mode="after")
    def _numbers_agree(self) -> Self:
        ordered = [
            (name, number)
            for name, number in (("low", self.low), ("value", self.value), ("high", self.high))
            if number is not None
        ]
        for (name, number), (after, more) in pairwise(ordered):
            if number > more:
                message = tr(
                    "{name} is {number}, more than {after}, which is {more}. low ≤ value ≤ high must hold.",
                    name=name,
                    number=in_digits(number),
                    after=after,
                    more=in_digits(more),
                )
                raise at_field(name, message)
        greatest = max((number for _, number in ordered), default=None)
        if self.out_of is not None and (greatest is None or not 0 < self.out_of >= greatest):
            message = tr(
                "out_of is {number}: it must be more than 0, and no less than the value, which is a part of it.",
                number=in_digits(self.out_of),
            )
            raise at_field("out_of", message)
        return self

    @model_validator(mode="after")
    def _times_agree(self) -> Self:
        if self.year is not None and not date.min.year <= self.year <= date.max.year:
            message = tr("{year} is not a year. Write it with four digits, such as 2011.", year=self.year)
            raise at_field("year", message)
        check_period(self.from_day, self.until_day)
        first, last = _years(self.from_day, self.until_day)
        if self.year is not None and not first <= self.year <= last:
            message = tr(
                "The year {year} lies outside the period, {first} to {last}. Give the year or the period that "
                "was measured; the year of the report is its edition.",
                year=self.year,
                first=self.from_day or "…",
                last=self.until_day or "…",
            )
            raise at_field("year", message)
        return self


def check_period(from_day: str | None, until_day: str | None) -> None:
    """See that a period does not end before it begins; either end may be open.

    Args:
        from_day: A day, month or year.
        until_day: The same, inclusive: 2009 ends with its last day.

    Raises:
        PydanticCustomError: It does.
    """
    if from_day and until_day and parse_day(until_day)[1] < parse_day(from_day)[0]:
        message = tr(
            "The last day, {until_day}, lies before the first, {from_day}. Exchange the two, or correct one.",
            until_day=until_day,
            from_day=from_day,
        )
        raise at_field("until_day", message)


def _years(from_day: str | None, until_day: str | None) -> tuple[int, int]:
    """Return the first and the last year of a period, both inclusive; every year of one that is open."""
    first = parse_day(from_day)[0].year if from_day else date.min.year
    return first, parse_day(until_day)[1].year if until_day else date.max.year
