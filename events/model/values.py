"""Values of the record: spans of days, counts, and texts in several languages.

Each is frozen and true to its invariants from the moment it exists; reading and writing text is its own inverse.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from willay.events.model.errors import CountError, DayError
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

LocalText: TypeAlias = "Mapping[str, str]"
"""A text by language (BCP 47 tag); `und` where the language is not known."""

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTHS: Final = 12
_HOW_TO_WRITE_DAYS: Final = mark("Write 2012-04-09, a span 2012-04-09/2012-04-14, a month 2012-04 or a year 2012.")


@lru_cache(1 << 14)
def parse_day(text: str) -> tuple[date, date]:
    """Read a day, a month or a year as its first and last day, both inclusive.

    Raises:
        DayError: The text is none of the three, or there is no such day.
    """
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise DayError(
            tr(
                "{text!r} is not a day. {how}",
                text=text[:80],
                how=tr(_HOW_TO_WRITE_DAYS),
            )
        )
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise DayError(
            tr(
                "{text!r} is not a day of the calendar: {why}. {how}",
                text=text[:80],
                why=_why_not(year or 0, month or 1),
                how=tr(_HOW_TO_WRITE_DAYS),
            )
        ) from None
    if day:
        return first, first
    last_month = month or _MONTHS
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def _why_not(year: int, month: int) -> str:
    """Return what a calendar lacks, of a day that is written rightly and that there is not."""
    if not date.min.year <= year:
        return tr("the first year is 1")
    if not 1 <= month <= _MONTHS:
        return tr("a year has 12 months")
    days = calendar.monthrange(year, month)[1]
    return tr("{month} has {days} days", month=f"{date(year, month, 1):%Y-%m}", days=days)


@dataclass(frozen=True, slots=True, order=True)
class DaySpan:
    """The days `first..last`, both inclusive, and how exactly they are known.

    With precision `day` the incident lasted through all of them; with a coarser precision it happened somewhere
    within them.

    Attributes:
        first: The first day.
        last: The last day, not before the first.
        precision: A date precision of the codebook.

    Example:
        >>> from willay.events import DaySpan
        >>> span = DaySpan.parse("2009-06")
        >>> span.first.isoformat(), span.last.isoformat(), span.precision
        ('2009-06-01', '2009-06-30', 'month')
    """

    first: date
    last: date
    precision: str = "day"

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.last < self.first:
            raise DayError(
                tr(
                    "The last day, {last}, is before the first, {first}. Swap them or correct one.",
                    last=self.last,
                    first=self.first,
                )
            )

    @property
    def length_days(self) -> int:
        """The number of days, at least one."""
        return (self.last - self.first).days + 1

    @classmethod
    def parse(cls, text: str, precision: str | None = None) -> Self:
        """Read `2009-06-05`, `2009-06-05/2009-06-06`, `2009-06`, `2009` or `1980/1995`.

        Args:
            text: The days.
            precision: The precision, where the text does not determine it: a month written as such is known to the
                month, a year to the year, a span of years as a period.

        Raises:
            DayError: The text is not a span of days.
        """
        return cls(*_parsed_span(text, precision))

    def __str__(self) -> str:
        """Return the shortest text that reads back as the same days."""
        if self.first == self.last:
            return str(self.first)
        year = f"{self.first.year:04}"  # strftime writes the year 99 with two digits
        for text in (f"{year}-{self.first.month:02}", year):
            if parse_day(text) == (self.first, self.last):
                return text
        return f"{self.first}/{self.last}"


@lru_cache(1 << 14)
def _parsed_span(text: str, precision: str | None) -> tuple[date, date, str]:
    begin, slash, end = (part.strip() for part in text.partition("/"))
    if not all(_DAY.fullmatch(part) for part in ((begin, end) if slash else (begin,))):
        raise DayError(
            tr(
                "{text!r} is not a day or a span of days. {how}",
                text=text[:80],
                how=tr(_HOW_TO_WRITE_DAYS),
            )
        )
    first, first_last = parse_day(begin)
    last = parse_day(end)[1] if slash else first_last
    if precision is None:
        coarse = {4: "year", 7: "month", 6: "month"}.get(len(begin), "day")
        precision = "period" if slash and coarse != "day" else coarse
    return first, last, precision


@dataclass(frozen=True, slots=True)
class DayInterval:
    """The days asked for, `first..last`, both inclusive; None on a side means no limit there.

    Example:
        >>> from datetime import date
        >>> from willay.events import DayInterval
        >>> date(2012, 6, 5) in DayInterval.parse("2012-01-01/..")
        True
    """

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins."""
        if self.first and self.last and self.last < self.first:
            raise DayError(
                tr(
                    "The interval ends ({last}) before it begins ({first}). Swap the two.",
                    last=self.last,
                    first=self.first,
                )
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a span as `DaySpan.parse` does, or an open one: `2012-01-01/..`, `../2012`.

        Raises:
            DayError: The text is not an interval.
        """
        begin, slash, end = (part.strip() for part in text.partition("/"))
        if not slash:
            return cls(*parse_day(begin))
        first = None if begin in {"", ".."} else parse_day(begin)[0]
        last = None if end in {"", ".."} else parse_day(end)[1]
        return cls(first, last)

    def __contains__(self, day: date) -> bool:
        """Return whether a day lies in the interval."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def meets(self, first: date, last: date) -> bool:
        """Return whether any of the days `first..last` lies in the interval."""
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)

    def widened(self, days: int) -> DayInterval:
        """Return the interval with a number of days more on each closed side."""
        by = timedelta(days=days)
        return DayInterval(self.first and self.first - by, self.last and self.last + by)


_COUNT: Final = re.compile(r"(?P<low>\d+)(?:\s*[-–]\s*(?P<mid>\d+))?(?:\s*[-–]\s*(?P<high>\d+|\?))?(?P<more>\+)?")
_MOST: Final = 10**10
"""More than the number of people alive."""

_HOW_TO_WRITE_COUNTS: Final = mark("Write 5, a range 25-30, low-best-high 20-26-30, at least 30+, or ? for unknown.")


@dataclass(frozen=True, slots=True)
class Count:
    """How many: low, best, high. None means not stated; 0 means none.

    A count with a low and no high is open: nobody states a most. With a best it is an exact number that may be
    exceeded (69, and 67 or more); without one it is an "at least" (30+). A best alone is an exact number.

    Attributes:
        low: The least, inclusive.
        best: The number stated as such.
        high: The most, inclusive.

    Example:
        >>> from willay.events import Count
        >>> Count(low=30).is_open, Count(low=25, best=28, high=30).is_open
        (True, False)
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        """Refuse negative numbers and low ≤ best ≤ high broken."""
        stated = [number for number in (self.low, self.best, self.high) if number is not None]
        if any(number < 0 for number in stated):
            raise CountError(
                tr(
                    "A count cannot be negative: {number}. {how}",
                    number=min(stated),
                    how=tr(_HOW_TO_WRITE_COUNTS),
                )
            )
        if any(number > _MOST for number in stated):
            raise CountError(
                tr(
                    "{number} is more than the number of people alive. {how}",
                    number=max(stated),
                    how=tr(_HOW_TO_WRITE_COUNTS),
                )
            )
        if stated != sorted(stated):
            told = ", ".join(str(number) for number in stated)
            raise CountError(tr("Expected low ≤ best ≤ high, got {numbers}. Check the order.", numbers=told))

    @property
    def is_open(self) -> bool:
        """Whether it has a least and no most."""
        return self.low is not None and self.high is None

    @property
    def is_at_least(self) -> bool:
        """Whether it says "at least" and no more."""
        return self.is_open and self.best is None

    @property
    def point(self) -> int | None:
        """The number to reckon with: the best, else the least known ("at least 30"), else None."""
        return self.low if self.is_at_least else self.best

    @property
    def least(self) -> int | None:
        """The least it can be: 0 where only a most is stated ("up to 15"); None where nothing is."""
        is_most_only = self.low is None and self.best is None and self.high is not None
        return 0 if is_most_only else self.floor

    @property
    def floor(self) -> int | None:
        """The least number stated in any way."""
        return next((n for n in (self.low, self.best, self.high) if n is not None), None)

    @property
    def ceiling(self) -> int | None:
        """The greatest number stated in any way."""
        return next((n for n in (self.high, self.best, self.low) if n is not None), None)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `5`, `25-30`, `20-26-30`, `30+` or `?`; `67-69-?` is a best number with an open upper end.

        Raises:
            CountError: The text is not a count, or its numbers contradict each other.
        """
        asked = text.strip()
        if asked in {"?", ""}:
            return cls()
        match = _COUNT.fullmatch(asked)
        if not match or (match["more"] and match["mid"]) or (match["high"] == "?" and not match["mid"]):
            raise CountError(
                tr(
                    "{asked!r} is not a count. {how}",
                    asked=asked[:80],
                    how=tr(_HOW_TO_WRITE_COUNTS),
                )
            )
        if match["high"] == "?":
            return cls(int(match["low"]), int(match["mid"]))
        low, mid, high = (int(part) if part else None for part in match.group("low", "mid", "high"))
        if match["more"]:
            return cls(low=low)
        if mid is None:
            return cls(low, low, low)
        return cls(low, None, mid) if high is None else cls(low, mid, high)

    def __str__(self) -> str:
        """Return the count as a person writes it; `parse` reads it back."""
        if self.floor is None:
            return "?"
        if self.best is None:
            return f"{self.low}+" if self.high is None else f"{self.low or 0}-{self.high}"
        if self.is_open:
            return f"{self.low}-{self.best}-?"
        low, high = (self.best if end is None else end for end in (self.low, self.high))
        return str(self.best) if low == high else f"{low}-{self.best}-{high}"


UNKNOWN_OR_ZERO: Final = Count(0, None, 0)
"""The meaning of a dataset's 0 for "none mentioned": the number is unknown."""


def reckoned(count: Count, *, zero_is_unknown: bool) -> Count:
    """Return the numbers of a claim as they are to be calculated with and shown."""
    return UNKNOWN_OR_ZERO if zero_is_unknown else count


def local(text: LocalText | str | None, lang: str) -> str:
    """Return a text in a language, else in any it has: English, Spanish, untagged, then alphabetical.

    An absent text is the empty string; one whose language nobody states is as it is.
    """
    if not text:
        return ""
    if isinstance(text, str):
        return text
    for tag in (lang, "en", "es", "und"):
        if tag in text:
            return text[tag]
    return text[min(text)]
