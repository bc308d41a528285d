"""Series: which indicators are asked for, in which order they are read, and their values in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.countries import country_code
from willay.data.errors import UnknownTermError
from willay.events.model.fields import fields_of
from willay.events.model.numerals import in_digits
from willay.events.model.values import local, parse_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.events.model.drafts import IndicatorDraft

_SEARCHED: Final = ("text", "word")
"""What a field holds that is searched for words."""

_PARTS: Final = {"en": "{} of {}", "es": "{} de {}"}


@dataclass(frozen=True, slots=True)
class SeriesQuery:
    """Which indicators are asked for; all that are given must hold.

    Attributes:
        series: The series, or the key of one value.
        area: The area, as it is written.
        first: The first day (inclusive) of the time that is asked for; a value of any part of it is found.
        last: The last day, inclusive.
        by: A part of the name of who states it.
        text: Words that it must all have, in any of its texts.
    """

    series: str | None = None
    area: str | None = None
    first: date | None = None
    last: date | None = None
    by: str | None = None
    text: str | None = None

    def has(self, one: IndicatorDraft) -> bool:
        """Return whether an indicator is one of those; one of an unknown time is not if a time is asked for."""
        return (
            self.series in (None, one.series, one.key)
            and (self.area is None or _is_area(self.area, one.area))
            and self._has_time(one)
            and (self.by is None or folded(self.by) in folded(" ".join(one.by.values())))
            and (self.text is None or _has_words(one, self.text))
        )

    def _has_time(self, one: IndicatorDraft) -> bool:
        if self.first is None and self.last is None:
            return True
        span = span_of(one)
        if span is None:
            return False
        return span[0] <= (self.last or date.max) and span[1] >= (self.first or date.min)


def _is_area(asked: str, area: str) -> bool:
    """Return whether an area is asked for, a country by its code or its name."""
    if asked.casefold() == area.casefold():
        return True
    try:
        return country_code(asked) == area
    except UnknownTermError:
        return False


def _has_words(one: IndicatorDraft, words: str) -> bool:
    searched = (name for name, field in fields_of(type(one)).items() if field.shown and field.shown.holds in _SEARCHED)
    parts = [getattr(one, name) for name in searched]
    text = folded(" ".join(" ".join(part.values()) if isinstance(part, dict) else part or "" for part in parts))
    return all(word in text for word in folded(words).split())


def span_of(one: IndicatorDraft) -> tuple[date, date] | None:
    """Return the first and last day (inclusive) that an indicator is about; None where its time is not known."""
    if one.from_day or one.until_day:
        first = parse_day(one.from_day)[0] if one.from_day else date.min
        return first, parse_day(one.until_day)[1] if one.until_day else date.max
    return None if one.year is None else (date(one.year, 1, 1), date(one.year, 12, 31))


def selected(indicators: Iterable[IndicatorDraft], query: SeriesQuery) -> tuple[IndicatorDraft, ...]:
    """Return the indicators that are asked for; values of one series, area and time follow each other."""
    return tuple(sorted((one for one in indicators if query.has(one)), key=_place))


def _place(one: IndicatorDraft) -> tuple[object, ...]:
    span = span_of(one) or (date.max, date.max)
    part = (one.dimension or "", local(one.category, "en"))
    return one.series or folded(local(one.name, "en")), one.area, span, part, local(one.by, "en"), one.key


def time_in_words(one: IndicatorDraft) -> str:
    """Return the time that an indicator is about: 2012, 1980–2000, or nothing."""
    if one.from_day or one.until_day:
        return (
            one.from_day
            if one.from_day == one.until_day and one.from_day
            else (f"{one.from_day or '…'}–{one.until_day or '…'}")
        )
    return "" if one.year is None else str(one.year)


def value_in_words(one: IndicatorDraft, lang: str = "en") -> str:
    """Return the value of an indicator: about 69,280 (61,007–77,552); 125 of 144; a text; with its category.

    Example:
        >>> from willay.events import IndicatorDraft, draft
        >>> cvr = {"name": "dead", "area": "PE", "low": 61007, "value": 69280, "high": 77552, "by": "CVR"}
        >>> value_in_words(draft(IndicatorDraft, {**cvr, "source": "cvr", "qualifier": "about"}))
        'about 69,280 (61,007–77,552)'
    """
    words = _number_in_words(one)
    if words and one.out_of is not None:
        words = _PARTS[lang if lang in _PARTS else "en"].format(words, grouped(one.out_of))
    if words and one.qualifier:
        words = f"{codebook().qualifiers[one.qualifier].label(lang)} {words}"
    return "; ".join(part for part in (words, local(one.text, lang)) if part)


def _number_in_words(one: IndicatorDraft) -> str:
    if one.low is None and one.high is None:
        return "" if one.value is None else grouped(one.value)
    ends = ("?" if one.low is None else grouped(one.low), "?" if one.high is None else grouped(one.high))
    span = "–".join(ends)
    return span if one.value is None else f"{grouped(one.value)} ({span})"


def grouped(number: float) -> str:
    """Return a number with its thousands grouped: 69,280; 5.43."""
    return format(Decimal(in_digits(number)), ",f")


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a curve.

    Attributes:
        first: The first day that it is about.
        last: The last one, inclusive.
        time: The same in words.
        value: The number; None where there is a range alone.
        low: The lower end; None where none is stated.
        high: The upper end.
        words: The value in words.
    """

    first: date
    last: date
    time: str
    value: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What one voice states of a series, for one area and part, through time.

    Attributes:
        label: Whose it is: the voice, with area, part and kind where they differ within the series.
        points: The values, the earliest first.
    """

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """A series, to be drawn.

    Attributes:
        title: What was measured, and where if it is one area.
        unit: The unit, or units; empty where none is stated.
        curves: A curve for each voice, area and part.
    """

    title: str
    unit: str
    curves: tuple[Curve, ...]

    def __bool__(self) -> bool:
        """Return whether there is anything to draw."""
        return bool(self.curves)


def curves(indicators: Iterable[IndicatorDraft], lang: str = "en") -> Curves:
    """Return a series as curves; values without a number or without a closed time are left out."""
    drawn = [one for one in indicators if _point(one, lang) is not None]
    areas = sorted({one.area for one in drawn})
    kinds = {one.kind for one in drawn}
    units = sorted({local(one.unit, lang) for one in drawn if one.unit})
    groups: dict[str, list[Point]] = {}
    for one in drawn:
        parts = [local(one.by, lang), local(one.category, lang), one.area if len(areas) > 1 else ""]
        parts.append(codebook().indicator_kinds[one.kind].label(lang) if one.kind and len(kinds) > 1 else "")
        point = _point(one, lang)
        if point is not None:
            groups.setdefault(", ".join(filter(None, parts)), []).append(point)
    made = tuple(
        Curve(label, tuple(sorted(points, key=lambda point: (point.first, point.last, point.words))))
        for label, points in sorted(groups.items())
    )
    name = local(drawn[0].name, lang) if drawn else ""
    return Curves(f"{name} ({areas[0]})" if len(areas) == 1 else name, " / ".join(units), made)


def _point(one: IndicatorDraft, lang: str) -> Point | None:
    span = span_of(one)
    numbers = (one.value, one.low, one.high)
    if span is None or date.min in span or date.max in span or all(number is None for number in numbers):
        return None
    return Point(*span, time_in_words(one), *numbers, value_in_words(one, lang))
