"""Days as people write them in a cell or a line, read as ISO text; nothing is taken from anywhere but the text.

Understood: ISO dates, also with a time; 5/6/2009 in a given order; "5 de junio de 2009", "jun-2009", "June 5, 2009"; a
month (06/2009) or a year alone; and spans of these ("5 al 7 de junio de 2009", "2009-06-05/2009-06-07", "28/05/2009 -
03/06/2009", "2009-2012"). `said_days` adds what somebody says who knows what day it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from willay.data.headers import headers
from willay.events.model.errors import DayError
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_FIRST: Final = "day-first"
MONTH_FIRST: Final = "month-first"
EARLIEST_YEAR: Final = 1000
"""The year of an event has at least this many digits."""

HOW: Final = mark("expected a date such as 2009-06-05, 5/6/2009, 5 June 2009, 2009-06 or 2009, or a span of these")
SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/. ][a-z]{3,10}\.?[-/. ]\d{2}")
"""A date that names its month and has a year of two digits."""

APOSTROPHES: Final = "'’‘´`"  # noqa: RUF001 — a spreadsheet's mark of a text, and what people type for it

_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_PIVOT: Final = 69  # years of two digits, as POSIX strptime reads them: 69 is 1969, 68 is 2068
_TWO_DIGITS: Final = 2
_HALF_A_YEAR: Final = 6

_TIME: Final = re.compile(
    r"[t ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.? ?m\.?)?(?: ?(?:h|hrs?|horas)\.?)?"
    r"(?: ?z| ?(?:gmt|utc)?[+-]\d{2}(?::?\d{2})?(?: \([^)]*\))?)?$"
)
_ISO: Final = re.compile(r"(?P<year>\d{4})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?)?")
_PARTS: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/](\d{4})")
_YEARS: Final = re.compile(r"(\d{4}) ?[-–—] ?(\d{4})")
_WEEKDAY: Final = re.compile(
    r"^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mon|tue|wed|thu|fri|sat|sun|lun|mie|jue|vie|sab|dom)\.?[ ,]+"
)
_FILLERS: Final = re.compile(r"\b(?:de|del|of|the|el|dia)\b|(?<=\d)(?:st|nd|rd|th|ro|er|to|o)\b|[,.°]")
_SPAN: Final = re.compile(
    r"^(?:del?|desde(?: el)?|entre(?: el)?|from|between)? ?(.+?)"
    r"(?: (?:al?|y|hasta(?: el)?|to|and|until) (?:el )?| ?[–—] ?| - | / )(.+)$"
)
_SHORT_SPAN: Final = re.compile(r"(\d{1,2}) ?[-–/] ?(\d{1,2}) (?=\D)(.+)")
_JOINED: Final = re.compile(r"(?:al?|y|hasta|to|and|until)\b")
_MONTH_DAYS: Final = re.compile(
    r"(?P<month>[a-z]+) (?P<first>\d{1,2}) ?(?:[-–]|to|al?|y|and) ?(?P<last>\d{1,2})(?:,? (?P<year>\d{4}))?"
)


def not_a_date(why: str = "") -> DayError:
    """Return the error of a text that is not a date, with forms that work.

    Args:
        why: The reason, where there is more to say than that; it comes first.
    """
    return DayError(tr("{why}; {how}", why=why, how=tr(HOW)) if why else tr(HOW), why)


@dataclass(frozen=True, slots=True)
class Partial:
    """A day, month or year: ISO text of ten, seven or four characters."""

    text: str

    @classmethod
    def of(cls, year: int, month: int = 0, day: int = 0) -> Partial:
        """Make one, where 0 means not known.

        Raises:
            DayError: There is no such day, or its year has fewer than four digits.
        """
        try:
            calendar_day(year, month or 1, day or 1)
        except DayError as error:
            raise not_a_date(str(error)) from None
        if not month:
            return cls(f"{year:04}")
        return cls(f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}")


Numbered: TypeAlias = "Callable[[str], Partial | None]"
"""Reads digits alone, as spreadsheets and programs write a day; None where they mean something else."""


def no_number(_: str) -> None:
    """Read no digits alone as a day: nobody types a spreadsheet's number of one."""


def calendar_day(year: int, month: int, day: int) -> date:
    """Return a day of the calendar.

    Raises:
        DayError: There is none, or its year is before 1000: a slip, or a code for "not known".
    """
    if year < EARLIEST_YEAR:
        raise DayError.because(tr("expected a year of four digits, found {year}", year=year))
    try:
        return date(year, month, day)
    except ValueError:
        raise DayError.because(tr("the date does not exist in the calendar")) from None


def read_written(plain: str, style: str | None, numbered: Numbered = no_number) -> str:
    """Read a day or a span as `DaySpan.parse` takes it.

    Args:
        plain: The text, folded.
        style: `day-first` or `month-first`; None where nothing decides it, so that 5/6/2009 is refused.
        numbered: Reads digits alone.

    Raises:
        DayError: It cannot be read.
    """
    begin, end = _span(plain, style, numbered)
    return begin.text if end is None or end == begin else f"{begin.text}/{end.text}"


def _span(plain: str, style: str | None, numbered: Numbered) -> tuple[Partial, Partial | None]:
    def partial(text: str) -> Partial:
        return _partial(text, style, numbered)

    try:
        return partial(plain), None
    except DayError as alone:
        begin, slash, end = plain.partition("/")
        if slash and len(begin) >= 4 and _ISO.fullmatch(begin.strip()):  # noqa: PLR2004 — digits of a year
            return partial(begin.strip()), partial(_iso_end(begin.strip(), end.strip()))
        if (days := _MONTH_DAYS.fullmatch(plain)) and days["month"] in month_names():
            month = f"{days['month']} {days['year'] or ''}"
            return partial(f"{days['first']} {month}"), partial(f"{days['last']} {month}")
        if years := _YEARS.fullmatch(plain):
            return Partial.of(int(years[1])), Partial.of(int(years[2]))
        if (short := _SHORT_SPAN.fullmatch(plain)) and not _JOINED.match(short[3]):
            return partial(f"{short[1]} {short[3]}"), partial(f"{short[2]} {short[3]}")
        if not (match := _SPAN.fullmatch(plain)):
            raise alone from None
        last = partial(match[2])
        return _turned(match[1], _completed(match[1], match[2], partial), last), last


def _iso_end(begin: str, end: str) -> str:
    """Return the end of an ISO span, which may leave year and month to its begin: `2009-06-05/07`."""
    given, own = begin.split("-"), end.split("-")
    if all(part.isdecimal() and len(part) <= _TWO_DIGITS for part in own):
        return "-".join((*given[: max(0, len(given) - len(own))], *own))
    return end


def _completed(begin: str, end: str, partial: Callable[[str], Partial]) -> Partial:
    """Read the begin of a span, which may leave month and year to its end: `5 al 7 de junio de 2009`."""
    words = _words(end)
    if _PARTS.fullmatch(end) and re.fullmatch(r"\d{1,2}(?:[-/]\d{1,2})?", begin):
        given = re.split(r"[-/]", begin)
        return partial("/".join((*given, *re.split(r"[-/.]", end)[len(given) :])))
    for missing in range(len(words)):
        try:
            return partial(" ".join((begin, *words[len(words) - missing :])))
        except DayError:
            continue
    raise not_a_date()


def _turned(begin: str, first: Partial, last: Partial) -> Partial:
    """Return the first day of a span over the turn of a year: `28 de diciembre al 3 de enero de 2010` began in 2009."""
    has_month = any(word in month_names() for word in _words(begin)) and not re.search(r"\d{4}", begin)
    months = [int(one.text[5:7] or 0) for one in (first, last)]
    if has_month and first.text[:4] == last.text[:4] and months[0] - months[1] >= _HALF_A_YEAR:
        return Partial(f"{int(first.text[:4]) - 1:04}{first.text[4:]}")
    return first


def _partial(plain: str, style: str | None, numbered: Numbered) -> Partial:
    text = _WEEKDAY.sub("", _TIME.sub("", plain)).strip()
    if match := _ISO.fullmatch(text):
        return Partial.of(*(int(part or 0) for part in match.group("year", "month", "day")))
    if match := _PARTS.fullmatch(text):
        return _of_parts(int(match[1]), int(match[2]), _year(match[3]), style)
    if match := _MONTH_YEAR.fullmatch(text):
        return Partial.of(int(match[2]), int(match[1]))
    return numbered(text) or _of_words(text)


def _of_parts(first: int, second: int, year: int, style: str | None) -> Partial:
    if style is None and first != second and min(first, second) > 0 and max(first, second) <= _LAST_MONTH:
        raise not_a_date(tr("can be day-first or month-first"))
    month_first = style == MONTH_FIRST or (style is None and second > _LAST_MONTH)
    month, day = (first, second) if month_first else (second, first)
    if month > _LAST_MONTH and 0 < day <= _LAST_MONTH and month <= _LAST_DAY:
        why = _no_month(style, month)
        raise DayError(tr("{why}; write it as 2009-06-05", why=why), why)
    if day and not month:
        raise not_a_date(tr("month 0 does not exist"))
    return Partial.of(year, month, day)


def _no_month(style: str | None, month: int) -> str:
    if style == MONTH_FIRST:
        return tr("not month-first: there is no month {month}", month=month)
    return tr("not day-first: there is no month {month}", month=month)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > _TWO_DIGITS else year + (1900 if year >= _PIVOT else 2000)


def _words(text: str) -> list[str]:
    return re.split(r"[\s/-]+", _FILLERS.sub(" ", text).strip())


def _of_words(text: str) -> Partial:
    """Read a date that names its month."""
    months, numbers = [], []
    for word in _words(text):
        if word in month_names():
            months.append(month_names()[word])
        elif word.isdecimal():
            numbers.append(word)
        else:
            raise not_a_date()
    if SHORT_YEAR.fullmatch(text) and len(months) == 1:
        return Partial.of(_year(numbers[1]), months[0], int(numbers[0]))
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004 — digits of a year
    days = [number for number in numbers if len(number) <= _TWO_DIGITS]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        raise DayError(tr("{how}, with a year of four digits", how=tr(HOW)), "")
    return Partial.of(int(years[0]), months[0], int(days[0]) if days else 0)


@cache
def month_names() -> dict[str, int]:
    """Return the number of each month by its names, in Spanish and English."""
    return {word: int(code) for word, code in headers().words["month"].items()}
