"""Cells that hold days: how people write them, and what a whole column shows about 05/06/2009.

Understood: ISO dates, also with a time; 5/6/2009 in the column's style; "5 de junio de 2009", "jun-2009", "June 5,
2009"; a month (06/2009) or a year alone; the numbers that spreadsheets keep days as; milliseconds since 1970, as ArcGIS
writes them; and spans of these ("5 al 7 de junio de 2009", "2009-06-05/2009-06-07", "28/05/2009 - 03/06/2009",
"2009-2012"), also with the apostrophe by which spreadsheets keep them as text. Nothing is ever taken from one row to
read another but the style, which every row of the column has a say in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.headers import headers
from willay.events.exchange.incoming.cell_texts import CellError, calendar_day
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.model.errors import DayError
from willay.events.model.values import DaySpan

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY_FIRST: Final = "day-first"
MONTH_FIRST: Final = "month-first"

_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_FIRST_SERIAL: Final = 20_000  # 1954-10-03
_LAST_SERIAL: Final = 60_000  # 2064-04-08
_SERIAL_ZERO: Final = date(1899, 12, 30)  # spreadsheets' day 0: https://support.microsoft.com/office/datevalue-function
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PIVOT: Final = 69  # years of two digits, as POSIX strptime reads them: 69 is 1969, 68 is 2068
_TWO_DIGITS: Final = 2

_TIME: Final = re.compile(
    r"[t ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.? ?m\.?)?(?: ?z| ?[+-]\d{2}(?::?\d{2})?)?$"
)
_ISO: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_PARTS: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_VOTE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?![\d/]|[-.]\d)")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-/](\d{4})")
_MILLISECONDS: Final = re.compile(r"-?\d{11,13}(?:\.0+)?")
_FIRST_MOMENT: Final = -2_208_988_800_000  # 1900-01-01
_LAST_MOMENT: Final = 4_102_444_800_000  # 2100-01-01
_MINUTE_STAMP: Final = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/. ][a-z]{3,10}\.?[-/. ]\d{2}")
_YEARS: Final = re.compile(r"(\d{4}) ?[-–—] ?(\d{4})")
_APOSTROPHES: Final = "'’‘´`"  # noqa: RUF001 — a spreadsheet's mark of a text, and what people type for it
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_WEEKDAY: Final = re.compile(
    r"^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[ ,]+"
)
_FILLERS: Final = re.compile(r"\b(?:de|del|of|the|el|dia)\b|(?<=\d)(?:st|nd|rd|th|ro|er|to|o)\b|[,.°]")
_SPAN: Final = re.compile(
    r"^(?:del?|desde(?: el)?|entre(?: el)?|from|between)? ?(.+?)"
    r"(?: (?:al?|y|hasta(?: el)?|to|and|until) (?:el )?| ?[–—] ?| - | / )(.+)$"
)
_SHORT_SPAN: Final = re.compile(r"(\d{1,2}) ?[-–/] ?(\d{1,2}) (?=\D)(.+)")
HOW: Final = "expected a date such as 2009-06-05, 5/6/2009, 5 de junio de 2009, 2009-06 or 2009, or a span of these"


@dataclass(frozen=True, slots=True)
class Partial:
    """A day, month or year: ISO text of ten, seven or four characters."""

    text: str

    @classmethod
    def of(cls, year: int, month: int = 0, day: int = 0) -> Partial:
        """Make one, where 0 means not known.

        Raises:
            CellError: There is no such day, or its year has fewer than four digits.
        """
        try:
            calendar_day(year, month or 1, day or 1)
        except CellError as error:
            raise CellError(f"{error}; {HOW}") from None
        if not month:
            return cls(f"{year:04}")
        return cls(f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}")


@dataclass
class DateEvidence:
    """What the cells of a column say about its style; the order of rows has no say.

    Attributes:
        votes: How many cells could only be `day-first`, only `month-first`, or either (None).
        examples: The alphabetically first of each.
        short_years: How many cells write a year with two digits.
        serials: How many cells hold the number of a day.
        moments: How many cells hold milliseconds since 1970.
    """

    votes: dict[str | None, int] = field(default_factory=lambda: dict.fromkeys((DAY_FIRST, MONTH_FIRST, None), 0))
    examples: dict[str | None, str] = field(default_factory=dict)
    short_years: int = 0
    serials: int = 0
    moments: int = 0

    def add(self, text: str) -> None:
        """Hear a cell."""
        text = text.lstrip(_APOSTROPHES)
        for style, short in votes(text):
            self.votes[style] += 1
            self.examples[style] = min(self.examples.get(style, text), text)
            self.short_years += short
        self.short_years += _SHORT_YEAR.fullmatch(folded(text)) is not None
        self.serials += _serial(text.strip()) is not None
        self.moments += _moment(text.strip()) is not None

    @property
    def style(self) -> str | None:
        """The style that some cells prove and none denies; None where there is none."""
        day, month = self.votes[DAY_FIRST], self.votes[MONTH_FIRST]
        return (DAY_FIRST if day else MONTH_FIRST) if bool(day) != bool(month) else None

    def trouble(self, column: str) -> str | None:
        """Return why the column's dates cannot be read, and what to do; None where they can."""
        if self.style or not any(self.votes.values()):
            return None
        told = f"Column {column[:40]!r}: "
        if self.votes[DAY_FIRST]:
            told += (
                f"{self.votes[DAY_FIRST]} dates can only be day-first ({self.examples[DAY_FIRST][:40]!r}) and "
                f"{self.votes[MONTH_FIRST]} only month-first ({self.examples[MONTH_FIRST][:40]!r}). "
                "Correct the column, or specify which is right; the other rows are then rejected"
            )
        elif self.votes[None]:
            told += (
                f"{self.votes[None]} dates such as {self.examples[None][:40]!r} can be day-first or month-first, and "
                f"no date decides it. Specify which"
            )
        else:
            return None
        return f"{told}: {map_option('dates', DAY_FIRST)} or {map_option('dates', MONTH_FIRST)}."


def votes(text: str) -> Iterator[tuple[str | None, bool]]:
    """Yield for each 5/6/2009 in a cell the only style that it can have (None: either), and if its year is short.

    One that means the same day in both styles, or none in either, has no vote.
    """
    for first, second, year in _VOTE.findall(text):
        a, b = int(first), int(second)
        short = len(year) == _TWO_DIGITS
        if a == b or not (a and b) or max(a, b) > _LAST_DAY or min(a, b) > _LAST_MONTH:
            continue
        yield (DAY_FIRST if a > _LAST_MONTH else MONTH_FIRST if b > _LAST_MONTH else None), short


def header_style(header: str) -> str | None:
    """Return the style that a column's name states: "Fecha (dd/mm/aaaa)"."""
    name = folded(header)
    if re.search(r"\bdd?[-/. ]mm", name):
        return DAY_FIRST
    return MONTH_FIRST if re.search(r"\bmm?[-/. ]dd", name) else None


def read_days(text: str, style: str | None) -> str | None:
    """Read the days of a cell as `DaySpan.parse` takes them; None where the cell says that they are not known.

    Args:
        text: The cell.
        style: `day-first` or `month-first`; None where no cell of the column needs one.

    Raises:
        CellError: They cannot be read.
    """
    plain = folded(text).lstrip(_APOSTROPHES).strip()
    if not plain or plain in headers().words["unknown"]:
        return None
    begin, end = _span(plain, style)
    told = begin.text if end is None or end == begin else f"{begin.text}/{end.text}"
    try:
        DaySpan.parse(told)
    except DayError as error:
        raise CellError(str(error)) from None
    return told


def _span(plain: str, style: str | None) -> tuple[Partial, Partial | None]:
    try:
        return _partial(plain, style), None
    except CellError as alone:
        begin, slash, end = plain.partition("/")
        if slash and len(begin) >= 4 and _ISO.fullmatch(begin.strip()):  # noqa: PLR2004 — digits of a year
            return _partial(begin.strip(), style), _partial(end.strip(), style)
        if years := _YEARS.fullmatch(plain):
            return Partial.of(int(years[1])), Partial.of(int(years[2]))
        if short := _SHORT_SPAN.fullmatch(plain):
            return _partial(f"{short[1]} {short[3]}", style), _partial(f"{short[2]} {short[3]}", style)
        if not (match := _SPAN.fullmatch(plain)):
            raise alone from None
        last = _partial(match[2], style)
        return _completed(match[1], match[2], style), last


def _completed(begin: str, end: str, style: str | None) -> Partial:
    """Read the begin of a span, which may leave month and year to its end: `5 al 7 de junio de 2009`."""
    words = _words(end)
    for missing in range(len(words)):
        try:
            return _partial(" ".join((begin, *words[len(words) - missing :])), style)
        except CellError:
            continue
    raise CellError(HOW)


def _partial(plain: str, style: str | None) -> Partial:
    text = _WEEKDAY.sub("", _TIME.sub("", plain)).strip()
    if match := _ISO.fullmatch(text):
        return Partial.of(*(int(part or 0) for part in match.groups()))
    if match := _PARTS.fullmatch(text):
        return _of_parts(int(match[1]), int(match[2]), _year(match[3]), style)
    if match := _MONTH_YEAR.fullmatch(text):
        return Partial.of(int(match[2]), int(match[1]))
    return _of_digits(text) or _of_words(text)


def _of_digits(text: str) -> Partial | None:
    """Read digits alone: 20090605, a spreadsheet's number of a day, or milliseconds; None where it is none of these."""
    if match := _COMPACT.fullmatch(text):
        return Partial.of(int(match[1]), int(match[2]), int(match[3]))
    if (serial := _serial(text)) is not None:
        return Partial(str(_SERIAL_ZERO + timedelta(days=serial)))
    if _MINUTE_STAMP.fullmatch(text):
        raise CellError(f"a number, possibly a date with a time, or milliseconds; {HOW}")
    if (moment := _moment(text)) is not None:
        return Partial(str((_EPOCH + timedelta(milliseconds=moment)).date()))
    return None


def _of_parts(first: int, second: int, year: int, style: str | None) -> Partial:
    if style is None and first != second and min(first, second) > 0 and max(first, second) <= _LAST_MONTH:
        raise CellError(f"can be day-first or month-first; {HOW}")
    month_first = style == MONTH_FIRST or (style is None and second > _LAST_MONTH)
    month, day = (first, second) if month_first else (second, first)
    if month > _LAST_MONTH and 0 < day <= _LAST_MONTH and month <= _LAST_DAY:
        raise CellError(f"is not {style}, unlike the rest of the column; write it as 2009-06-05")
    if day and not month:
        raise CellError(f"month 0 does not exist; {HOW}")
    return Partial.of(year, month, day)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > _TWO_DIGITS else year + (1900 if year >= _PIVOT else 2000)


def _serial(text: str) -> int | None:
    match = _SERIAL.fullmatch(text)
    return int(match[1]) if match and _FIRST_SERIAL <= int(match[1]) <= _LAST_SERIAL else None


def _moment(text: str) -> int | None:
    """Return the milliseconds since 1970 that a cell holds; None where it holds something else."""
    if not _MILLISECONDS.fullmatch(text) or _MINUTE_STAMP.fullmatch(text):
        return None
    moment = int(text.partition(".")[0])
    return moment if _FIRST_MOMENT <= moment < _LAST_MOMENT else None


def _words(text: str) -> list[str]:
    return re.split(r"[\s/-]+", _FILLERS.sub(" ", text).strip())


def _of_words(text: str) -> Partial:
    """Read a date that names its month."""
    months, numbers = [], []
    for word in _words(text):
        if word in _month_names():
            months.append(_month_names()[word])
        elif word.isdecimal():
            numbers.append(word)
        else:
            raise CellError(HOW)
    if _SHORT_YEAR.fullmatch(text) and len(months) == 1:
        return Partial.of(_year(numbers[1]), months[0], int(numbers[0]))
    years = [number for number in numbers if len(number) == 4]  # noqa: PLR2004 — digits of a year
    days = [number for number in numbers if len(number) <= _TWO_DIGITS]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        raise CellError(f"{HOW}, with a year of four digits")
    return Partial.of(int(years[0]), months[0], int(days[0]) if days else 0)


@cache
def _month_names() -> dict[str, int]:
    return {word: int(code) for word, code in headers().words["month"].items()}
