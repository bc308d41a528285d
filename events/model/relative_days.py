"""Days that are said by the day on which they are said: `ayer`, `hace tres días`, `el lunes`, `last week`, `este mes`.

A week and a month that are past are known no better than that; they never reach beyond the day on which they are said.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from willay.data.headers import headers
from willay.events.model.day_words import days_in_words
from willay.events.model.errors import AmbiguousDaysError, DayError
from willay.events.model.values import DaySpan
from willay.geo.translation import tr

_WEEK: Final = 7
_YEAR_MONTHS: Final = 12
_PAST: Final = frozenset({"pasado", "pasada", "last", "ultimo", "ultima"})
_THIS: Final = frozenset({"este", "esta", "this"})


def relative_days(plain: str, text: str, today: date) -> DaySpan | None:
    """Read days that depend on the day on which they are said; None where a text names none.

    Args:
        plain: The text, folded.
        text: As it is written, for messages.
        today: The day on which it is said.

    Raises:
        AmbiguousDaysError: A weekday is said on that weekday: today or a week ago.
        DayError: The day lies before the calendar.
    """
    words = headers().words
    if plain in words["relative"]:
        return _days_ago(-int(words["relative"][plain]), today)
    if match := _weekday().fullmatch(plain):
        return _latest_weekday(match, text, today)
    if match := _ago().fullmatch(plain):
        number = match["since"] or match["before"]
        unit = words["span_unit"][match["since_unit"] or match["before_unit"]]
        return _units_ago(unit, int(number) if number.isdecimal() else 1, today)
    if match := _unit().fullmatch(plain):
        said = {*plain.split()} & (_PAST | _THIS)
        return _units_ago(words["span_unit"][match["unit"]], 1 if said & _PAST else 0, today) if said else None
    return None


def ambiguous(text: str, *spans: DaySpan) -> AmbiguousDaysError:
    """Return the error of days that can be read in several ways."""
    return AmbiguousDaysError(text, spans, tuple(map(days_in_words, spans)), tuple(map(str, spans)))


def _latest_weekday(match: re.Match[str], text: str, today: date) -> DaySpan:
    back = (today.weekday() - int(headers().words["weekday"][match["day"]])) % _WEEK
    said = {*match[0].split()}
    if back == 0 and not said & _THIS:
        if not said & _PAST:
            raise ambiguous(text, _days_ago(0, today), _days_ago(_WEEK, today))
        back = _WEEK
    return _days_ago(back, today)


def _units_ago(unit: str, number: int, today: date) -> DaySpan:
    if unit == "day":
        return _days_ago(number, today)
    if unit == "week":
        monday = _days_ago(today.weekday() + _WEEK * number, today).first
        return DaySpan(monday, min(today, monday + timedelta(days=_WEEK - 1)), "week")
    months = today.year * _YEAR_MONTHS + today.month - 1 - number * (_YEAR_MONTHS if unit == "year" else 1)
    year, month = divmod(months, _YEAR_MONTHS)
    if year < 1:
        raise DayError.because(tr("it lies before the first year"))
    if unit == "year":
        return DaySpan(date(year, 1, 1), date(year, _YEAR_MONTHS, 31), "year")
    return DaySpan(date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1]), "month")


def _days_ago(number: int, today: date) -> DaySpan:
    try:
        day = today - timedelta(days=number)
    except OverflowError:
        raise DayError.because(tr("it lies before the first year")) from None
    return DaySpan(day, day)


def _choice(part: str) -> str:
    return "|".join(sorted(headers().words[part], key=len, reverse=True))


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:el|este|on|this|the|last|pasado) )*(?P<day>{_choice('weekday')})(?: pasado| ultimo)?")


@cache
def _ago() -> re.Pattern[str]:
    number, unit = r"\d{1,4}|una?|an?|one", _choice("span_unit")
    return re.compile(
        rf"hace (?P<since>{number}) (?P<since_unit>{unit})|(?P<before>{number}) (?P<before_unit>{unit}) (?:ago|atras)"
    )


@cache
def _unit() -> re.Pattern[str]:
    leading = "(?:(?:el|la|the|este|esta|this|last|ultimo|ultima) )*"
    return re.compile(rf"{leading}(?P<unit>{_choice('span_unit')})(?: pasad[oa])?")
