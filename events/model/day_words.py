"""Days in words for a person to check: `9 May 2026 (Saturday)`, `mid-May 2026 (11–20 May)`, `21 – 30 May 2026`.

`said_days` reads each of them back as the same days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.model.day_parts import part_stated

if TYPE_CHECKING:
    from datetime import date

    from willay.events.model.values import DaySpan


def days_in_words(span: DaySpan) -> str:
    """Return days in English words, with the weekday of a single day and the number of several."""
    first, last = span.first, span.last
    if part := part_stated(span):
        return _part_in_words(part, span)
    if len(str(span)) < len(str(first)) and span.precision in {"month", "year"}:
        return str(first.year) if span.precision == "year" else _month(first)
    if first == last:
        within = "" if span.precision == "day" else f", known to the {span.precision}"
        return f"{_day(first)} ({first:%A}{within})"
    told = f"{span.length_days} days" if span.precision == "day" else f"some day or days of this {span.precision}"
    return f"{_begin(first, last)} – {_day(last)} ({told})"


def _part_in_words(part: str, span: DaySpan) -> str:
    first, last = span.first, span.last
    if span.precision == "month":
        return f"{_joined(part, _month(first))} ({first.day}–{last.day} {last:%B})"
    return f"{_joined(part, str(first.year))} ({first:%B}–{last:%B})"


def _joined(part: str, whole: str) -> str:
    return f"{part}-{whole}" if part == "mid" else f"{part} {whole}"


def _begin(first: date, last: date) -> str:
    if first.year != last.year:
        return _day(first)
    return str(first.day) if first.month == last.month else f"{first.day} {first:%B}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"
