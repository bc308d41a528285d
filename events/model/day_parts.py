"""Parts of a month and of a year: "a mediados de mayo" is some day from the 11th to the 20th, known to the month.

The thirds of a month are its days 1–10, 11–20 and 21 to the last; those of a year are four months each.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Final

from willay.events.model.values import DaySpan

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: Final = ("early", "mid", "late")
_THIRD_DAYS: Final = 10
_THIRD_MONTHS: Final = 4


def part_of_month(part: str, year: int, month: int) -> DaySpan:
    """Return the days of a part of a month; they are known no better than to the month."""
    begin = PARTS.index(part) * _THIRD_DAYS
    last = calendar.monthrange(year, month)[1] if part == PARTS[-1] else begin + _THIRD_DAYS
    return DaySpan(date(year, month, begin + 1), date(year, month, last), "month")


def part_of_year(part: str, year: int) -> DaySpan:
    """Return the days of a part of a year; they are known no better than to the year."""
    last_month = (PARTS.index(part) + 1) * _THIRD_MONTHS
    first = date(year, last_month - _THIRD_MONTHS + 1, 1)
    return DaySpan(first, date(year, last_month, calendar.monthrange(year, last_month)[1]), "year")


def part_stated(span: DaySpan) -> str | None:
    """Return which part of its month or year a span is; None where it is none."""
    year, month = span.first.year, span.first.month
    parts: Mapping[str, DaySpan] = {}
    if span.precision == "month":
        parts = {part: part_of_month(part, year, month) for part in PARTS}
    elif span.precision == "year":
        parts = {part: part_of_year(part, year) for part in PARTS}
    return next((part for part, days in parts.items() if days == span), None)
