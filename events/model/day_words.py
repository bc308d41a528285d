"""Days in words for a person to check: `9 May 2026 (Saturday)`, `mid-May 2026 (11–20 May)`, `21 – 30 May 2026`.

They are in the language of now; `said_days` reads each of them back as the same days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.events.model.day_parts import part_stated
from willay.geo.translation import language, mark, tr, tr_n

if TYPE_CHECKING:
    from datetime import date

    from willay.events.model.values import DaySpan

_MONTHS: Final = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"),
    mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip
_WEEKDAYS: Final = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip
_PARTS: Final = {"early": mark("early {whole}"), "mid": mark("mid-{whole}"), "late": mark("late {whole}")}


def days_in_words(span: DaySpan) -> str:
    """Return days in words, with the weekday of a single day and the number of several."""
    first, last = span.first, span.last
    if whole := _as_a_whole(span):
        return whole
    if first == last:
        return f"{day_in_words(first)} ({_of_one_day(span)})"
    return tr("{first} – {last} ({known})", first=_begin(first, last), last=day_in_words(last), known=_of_days(span))


def days_with_precision(span: DaySpan) -> str:
    """Return days in words, and how exactly they are known."""
    days = days_in_words(span)
    if span.precision != "day" and not _as_a_whole(span):
        return days  # they state it
    return tr("{days} (precision: {precision})", days=days, precision=_precision(span))


def _as_a_whole(span: DaySpan) -> str | None:
    """Return a whole month or year, or a part of one that has a name; None for other days."""
    if part := part_stated(span):
        return _part_in_words(part, span)
    if len(str(span)) < len(str(span.first)) and span.precision in {"month", "year"}:
        return str(span.first.year) if span.precision == "year" else _month(span.first)
    return None


def _of_one_day(span: DaySpan) -> str:
    weekday = weekday_name(span.first)
    if span.precision == "day":
        return weekday
    return tr("{weekday}, precision: {precision}", weekday=weekday, precision=_precision(span))


def _of_days(span: DaySpan) -> str:
    if span.precision == "day":
        return tr_n("{n:,} day", "{n:,} days", span.length_days)
    return tr("precision: {precision}", precision=_precision(span))


def _precision(span: DaySpan) -> str:
    return codebook().date_precision[span.precision].label(language())


def _part_in_words(part: str, span: DaySpan) -> str:
    first, last = span.first, span.last
    if span.precision == "month":
        within = tr("{first}–{last} {month}", first=first.day, last=last.day, month=month_name(last))
        return f"{tr(_PARTS[part], whole=_month(first))} ({within})"
    return f"{tr(_PARTS[part], whole=first.year)} ({month_name(first)}–{month_name(last)})"


def _begin(first: date, last: date) -> str:
    if first.year != last.year:
        return day_in_words(first)
    return str(first.day) if first.month == last.month else tr("{day} {month}", day=first.day, month=month_name(first))


def day_in_words(day: date) -> str:
    """Return a day in words: `9 May 2026`."""
    return tr("{day} {month} {year}", day=day.day, month=month_name(day), year=day.year)


def _month(day: date) -> str:
    return tr("{month} {year}", month=month_name(day), year=day.year)


def month_name(day: date) -> str:
    """Return the name of the month of a day."""
    return tr(_MONTHS[day.month - 1])


def weekday_name(day: date) -> str:
    """Return the name of the weekday of a day."""
    return tr(_WEEKDAYS[day.weekday()])
