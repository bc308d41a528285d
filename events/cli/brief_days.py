"""Days on cards: as the record writes them in English, and as people write them in Spanish ("5–6 jun. 2009")."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from willay.geo.translation import LANGUAGES, language, tr

if TYPE_CHECKING:
    from datetime import datetime


def as_recorded(first: date, last: date) -> str:
    """Return a span of days, both inclusive, as the record writes them: "2009-06-05 – 2009-06-06"."""
    return str(first) if first == last else f"{first} – {last}"


def brief_days(first: date, last: date) -> str:
    """Return a span of days, both inclusive: "2009-06-05 – 2009-06-06", "5–6 jun. 2009"."""
    if language() == LANGUAGES[0]:
        return as_recorded(first, last)
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    begin = f"{first.day} {_month(first.month)}" if first.year == last.year else _day(first)
    return f"{begin} – {_day(last)}"


def brief_day(text: str) -> str:
    """Return a day, month or year of the record: "2009-06-05", "5 jun. 2009"; any other text as it is."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text)
    if parts is None or language() == LANGUAGES[0]:
        return text
    year, month, day = parts.groups()
    if day:
        return _day(date.fromisoformat(text))
    return f"{_month(int(month))} {year}" if month else year


def brief_range(first: str | None, last: str | None) -> str:
    """Return days, months or years from one to another, either of which may not be known: "2009-06 – 2012"."""
    if not first and not last:
        return ""
    return f"{brief_day(first) if first else '?'} – {brief_day(last) if last else ''}".rstrip()


def brief_moment(moment: datetime | str) -> str:
    """Return a moment in UTC to the minute: "2026-11-25 17:47 UTC", "25 nov. 2026, 17:47 (UTC)"."""
    text = str(moment)[:16].replace("T", " ")
    day, _, clock = text.partition(" ")
    return f"{text} UTC" if language() == LANGUAGES[0] else f"{brief_day(day)}, {clock} (UTC)"


def _day(day: date) -> str:
    return f"{day.day} {_month(day.month)} {day.year}"


def _month(number: int) -> str:
    return tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[number - 1]
