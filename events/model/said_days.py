"""Days as people say them: `9 de mayo`, `ayer`, `el lunes`, `hace tres días`, `a mediados de mayo`, `madrugada del 5`.

The one reader of days that are typed, and of cells that hold them. What depends on the day on which it is said is read
only where that day is known (`Bearings.today`): a cell that says "ayer" names no day. A year or month that is left out
is the latest that is not in the future. The words are data (`data/headers/words.toml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, Self

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.model.day_hours import hours_in, without_hours
from willay.events.model.day_parts import part_of_month, part_of_year
from willay.events.model.day_words import day_in_words, days_in_words, weekday_name
from willay.events.model.errors import AmbiguousDaysError, DayError
from willay.events.model.loose_days import COARSER, as_dates, says_about, without_about
from willay.events.model.numerals import spelled
from willay.events.model.relative_days import ambiguous, relative_days
from willay.events.model.values import DaySpan
from willay.events.model.written_days import (
    APOSTROPHES,
    DAY_FIRST,
    MONTH_FIRST,
    Numbered,
    month_names,
    no_number,
    read_written,
)
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

HOW_TO_SAY: Final = mark(
    "Write 2026-05-09, 9/5/2026, 9 May, May 2026, 21 to 30 May, mid-May, yesterday, Monday or three days ago"
)
_MONTH_FIRST_COUNTRIES: Final = frozenset({"US"})
_ISO_FORM: Final = re.compile(r"\d{4}(?:-\d{1,2}){0,2}(?:/\d{4}(?:-\d{1,2}){0,2})?")
_HAS_YEAR: Final = re.compile(r"\d{4}|\d[-/.]\d{1,2}[-/.]\d{2}$")
_SHORT_YEAR: Final = re.compile(r"(?<=[-/.a-z ])\d{2}$")
_NUMBERS: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}$")
_NO_MONTH: Final = re.compile(
    r"(?:el|del|dia|the|entre|desde|from|between)\b(?:[ \d]|\b(?:el|dia|al?|y|hasta|the|to|and)\b)*"
)
_BRACKETED: Final = re.compile(r"(?P<before>[^()]+?) ?\((?P<inside>[^()]*)\)")
_FIRST: Final = re.compile(r"\b(?:primero|first)\b")
_YEARS_BACK: Final = 9  # 29 February comes back after eight years at most
_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Bearings:
    """What is known where days are read.

    Attributes:
        style: `day-first` or `month-first` for 5/6/2009; None where nothing decides it.
        today: The day on which it is said; None for a cell, of which nobody knows.
        numbered: Reads digits alone, as spreadsheets keep days.
    """

    style: str | None
    today: date | None = None
    numbered: Numbered = no_number

    @classmethod
    def of_country(cls, country: str | None, today: date) -> Self:
        """Return the bearings of who writes in a country (ISO 3166-1 alpha-2); None where it is not known."""
        if country is None:
            return cls(None, today)
        return cls(MONTH_FIRST if country in _MONTH_FIRST_COUNTRIES else DAY_FIRST, today)


@dataclass(frozen=True, slots=True)
class SaidDays:
    """Days that somebody said.

    Attributes:
        text: The days, as `DaySpan.parse` takes them.
        precision: A date precision of the codebook where the text does not determine it; else None.
        left_out: Words that say more than the day, such as `madrugada`; empty where there are none.
    """

    text: str
    precision: str | None = None
    left_out: str = ""

    @classmethod
    def of(cls, span: DaySpan) -> Self:
        """Return days of a span."""
        text = str(span)
        plain = DaySpan.parse(text)
        return cls(text, None if plain == span else span.precision)

    @property
    def span(self) -> DaySpan:
        """The days as a value."""
        return DaySpan.parse(self.text, self.precision)

    @property
    def words(self) -> str:
        """The days in words, for a person to check."""
        return days_in_words(self.span)

    def within(self) -> Self:
        """Return the same days as those in which something happened once, with the finest precision that allows them.

        Example:
            >>> from willay.events.model.said_days import SaidDays
            >>> SaidDays("2026-05-10/2026-05-20").within().precision
            'month'
        """
        span = self.span
        allowed = (term.code for term in codebook().date_precision if term.facts["max_days"] >= span.length_days)
        return type(self).of(replace(span, precision=next(allowed, "period")))


def read_days(text: str, bearings: Bearings) -> SaidDays | None:
    """Read days; None where the text says that they are not known.

    Raises:
        AmbiguousDaysError: They can be read in two ways.
        DayError: They cannot be read.
    """
    plain = folded(text).lstrip(APOSTROPHES).strip()
    if not plain or plain in headers().words["unknown"]:
        return None
    if bearings.today is None:
        return _in_cell(plain, bearings)
    if is_as_recorded(text):
        DaySpan.parse(text)
        return SaidDays(text.strip())
    try:
        return _said(_FIRST.sub("1", spelled(plain)), text.strip(), bearings, bearings.today)
    except AmbiguousDaysError:
        raise
    except DayError as error:
        if error.why is None:
            raise
        raise unreadable(text, error.why) from None


def is_as_recorded(text: str) -> bool:
    """Return whether days have the form in which the record writes them, as `DaySpan.parse` reads it."""
    return _ISO_FORM.fullmatch(text.strip()) is not None


def unreadable(text: str, why: str = "") -> DayError:
    """Return the error of a text that cannot be read as a day, with forms that work."""
    told = {"text": text.strip()[:80], "how": tr(HOW_TO_SAY)}
    if why:
        return DayError(tr("{text!r} is not a day that can be read: {why}. {how}.", why=why, **told))
    return DayError(tr("{text!r} is not a day that can be read. {how}.", **told))


def _in_cell(plain: str, bearings: Bearings) -> SaidDays:
    try:
        said = SaidDays(read_written(plain, bearings.style, bearings.numbered))
    except DayError:
        loose = _part(plain, bearings) or _loosely(plain, bearings)
        if loose is None:
            raise
        return loose
    DaySpan.parse(said.text)
    return said


def _loosely(plain: str, bearings: Bearings) -> SaidDays | None:
    """Read the days of a cell with words around them, or written as reports write them; None where there are none.

    Raises:
        DayError: What is left without the words cannot be read.
    """
    if dates := as_dates(plain):
        return _in_cell(dates, bearings)
    outside, inside = _without_brackets(plain)
    day, hours = without_hours(outside)
    if hours:
        day = day.removeprefix("el ")
    day, about = without_about(day)
    if says_about(inside):
        about, inside = inside, ""
    if day == plain or not day:
        return None
    said = _in_cell(day, bearings)
    if inside in headers().words["weekday"]:
        _check_weekday(said, inside)
        inside = ""
    left = ", ".join(part for part in (hours, inside, about, said.left_out) if part)
    return _about(said, left) if about else replace(said, left_out=left)


def _about(said: SaidDays, left: str) -> SaidDays:
    """Return days that are only about right."""
    return SaidDays(said.text, COARSER.get(said.span.precision, said.span.precision), left)


def _said(plain: str, text: str, bearings: Bearings, today: date) -> SaidDays:
    outside, inside = _without_brackets(plain)
    if (span := relative_days(outside, text, today)) is not None:
        return replace(SaidDays.of(span), left_out=", ".join(part for part in (hours_in(outside), inside) if part))
    day, hours = without_hours(outside)
    day, about = without_about(day)
    span = relative_days(day, text, today)
    said = SaidDays.of(span) if span else _part(day, bearings) or _written(as_dates(day) or day, text, bearings, today)
    if about:
        return _about(said, ", ".join(part for part in (hours, inside, about) if part))
    if inside in headers().words["weekday"]:
        _check_weekday(said, inside)
        inside = ""
    return replace(said, left_out=", ".join(part for part in (hours, inside) if part))


def _without_brackets(plain: str) -> tuple[str, str]:
    match = _BRACKETED.fullmatch(plain)
    return (match["before"], match["inside"].strip()) if match else (plain, "")


def _part(plain: str, bearings: Bearings) -> SaidDays | None:
    """Read `a mediados de mayo de 2026`; None where the text names no part of a month or year.

    Raises:
        DayError: What comes after the part is neither a month nor a year.
    """
    match = _parts().match(plain)
    if match is None:
        return None
    part, rest = headers().words["part"][match["part"]], plain[match.end() :]
    if bearings.today is None:
        whole = DaySpan.parse(read_written(rest, bearings.style))
    else:
        said = relative_days(rest, rest, bearings.today)
        whole = said or _written(rest, rest, bearings, bearings.today).span
    if whole.precision == "month":
        return SaidDays.of(part_of_month(part, whole.first.year, whole.first.month))
    if whole.precision == "year":
        return SaidDays.of(part_of_year(part, whole.first.year))
    raise DayError.because(tr("a part such as “mid” or “early” is one of a month or a year"))


@cache
def _parts() -> re.Pattern[str]:
    words = "|".join(sorted(headers().words["part"], key=len, reverse=True))
    leading = "(?:(?:a|al|en|hacia|in|at|about|the|los|el) )*"
    return re.compile(rf"{leading}(?P<part>{words})(?:[ -](?:del? |of )?(?:the )?)")


def _written(plain: str, text: str, bearings: Bearings, today: date) -> SaidDays:
    """Read a date as it is written, in the order of the country, or in both where that is not known.

    Raises:
        AmbiguousDaysError: The orders give different days.
        DayError: It cannot be read.
    """
    readings: list[SaidDays] = []
    trouble = DayError("")
    for style in (bearings.style,) if bearings.style else (DAY_FIRST, MONTH_FIRST):
        try:
            said = _in_order(plain, style, today)
        except DayError as error:
            trouble = trouble if str(trouble) else error
        else:
            readings.extend([said] if said not in readings else [])
    if not readings:
        raise trouble
    if len(readings) > 1:
        raise ambiguous(text, *(one.span for one in readings))
    return readings[0]


def _in_order(plain: str, style: str, today: date) -> SaidDays:
    """Read a date in one order; a weekday before it must be its own.

    Raises:
        DayError: It cannot be read.
    """
    weekday, _, rest = plain.removeprefix("el ").removeprefix("on ").partition(" ")
    weekday = weekday.rstrip(",")
    if weekday not in headers().words["weekday"]:
        return _dated(plain, style, today)
    said = _dated(f"el {rest}" if rest.isdecimal() else rest, style, today)
    _check_weekday(said, weekday)
    return said


def _check_weekday(said: SaidDays, weekday: str) -> None:
    first = said.span.first
    asked = int(headers().words["weekday"][weekday])
    if said.span.length_days == 1 and first.weekday() != asked:
        other = first + timedelta(days=asked - first.weekday())
        told = {"day": day_in_words(first), "weekday": weekday_name(first), "other": weekday_name(other)}
        raise DayError.because(tr("{day} is a {weekday}, not a {other}", **told))


def _dated(plain: str, style: str, today: date) -> SaidDays:
    """Read a date, and complete the year or month that it leaves out.

    Raises:
        DayError: It cannot be read.
    """
    try:
        said = _checked(read_written(plain, style))
    except DayError as trouble:
        if _HAS_YEAR.search(plain):
            raise
        return _latest(plain, style, today, trouble)
    if said.span.first > today and _SHORT_YEAR.search(plain) and not re.search(r"\d{4}", plain):
        return _checked(read_written(f"{plain[:-2]}{said.span.last.year - 100}", style))
    return said


def _latest(plain: str, style: str, today: date, trouble: DayError) -> SaidDays:
    """Read a date without a year as the latest that has begun.

    Raises:
        DayError: No year makes a date of it.
    """
    for rest in _endings(plain, today):
        try:
            said = _checked(read_written(f"{plain}{rest}", style))
        except DayError as error:
            trouble = error
            continue
        if said.span.first <= today:
            return said
    raise trouble


def _endings(plain: str, today: date) -> Iterator[str]:
    """Yield what a text without a year, or without a month and a year, can be completed with, the latest first."""
    if _NO_MONTH.fullmatch(plain) and re.search(r"\d", plain):
        name_of = {number: name for name, number in month_names().items()}
        for back in range(_YEAR_MONTHS):
            year, month = divmod(today.year * _YEAR_MONTHS + today.month - 1 - back, _YEAR_MONTHS)
            yield f" {name_of[month + 1]} {year}"
        return
    is_number = _NUMBERS.search(plain) and not re.search(r"[a-z]{3}", plain)
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        yield f"/{year}" if is_number else f" {year}"


def _checked(text: str) -> SaidDays:
    DaySpan.parse(text)
    return SaidDays(text)
