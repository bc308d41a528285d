"""Moments since when something is asked, as people say them: `7d`, `2 semanas`, `ayer`, `el lunes`, `2026-05-01`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.events.model.errors import DayError
from willay.events.model.said_days import Bearings, read_days
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH: Final = re.compile(r"(?P<number>\d{1,5}) ?(?P<unit>[a-z]+)")
_HOURS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("h", "hora", "horas", "hour", "hours"), 1),
    **dict.fromkeys(("d", "dia", "dias", "day", "days"), 24),
    **dict.fromkeys(("w", "s", "sem", "semana", "semanas", "week", "weeks"), 24 * 7),
}
_DAY: Final = 24


def read_since(text: str, now: datetime, country: str | None = None) -> datetime:
    """Read since when: hours back from now, or the beginning of a day.

    Args:
        text: Hours, days or weeks (`36h`, `7d`, `2 semanas`), a day as people say it, or an ISO moment.
        now: The present moment, in the time zone in which days begin (aware).
        country: Whose order of day and month is read (ISO 3166-1 alpha-2).

    Returns:
        The moment, UTC.

    Raises:
        AmbiguousDaysError: A day can be read in two ways.
        DayError: It cannot be read.
    """
    plain = folded(text).strip()
    try:
        length = _LENGTH.fullmatch(plain)
        if length and length["unit"] in _HOURS:
            hours = int(length["number"]) * _HOURS[length["unit"]]
            if _HOURS[length["unit"]] < _DAY:
                return (now - timedelta(hours=hours)).astimezone(UTC)
            return _beginning(now - timedelta(hours=hours), now)
        if re.fullmatch(r"\d{4}-\d\d-\d\dt\d\d:.*", plain):
            moment = datetime.fromisoformat(text.strip())
            return moment.replace(tzinfo=moment.tzinfo or now.tzinfo).astimezone(UTC)
        said = read_days(text, Bearings.of_country(country, now.date()))
    except (OverflowError, ValueError) as error:
        if isinstance(error, DayError):
            raise
        raise _unreadable(text) from None
    if said is None:
        raise _unreadable(text)
    return _beginning(datetime.combine(said.span.first, time.min), now)


def _beginning(day: datetime, now: datetime) -> datetime:
    return datetime.combine(day.date(), time.min, now.tzinfo).astimezone(UTC)


def _unreadable(text: str) -> DayError:
    return DayError(
        tr(
            "{text!r} is not a moment that can be read. Write 7d, 36h, 2 weeks, yesterday, Monday, 2026-05-01 or "
            "2026-05-01T18:00.",
            text=text.strip()[:80],
        )
    )
