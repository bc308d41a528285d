"""Cells: what the text of one cell means, or why it means nothing."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from willay.events.model import written_days
from willay.events.model.errors import DayError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from datetime import date

_WHOLE: Final = re.compile(r"([+-]?\d{1,18})(?:\.0*)?")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_REMEMBERED: Final = 1 << 14  # cells of a column are few different ones, again and again
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+)?")


class CellError(ValueError):
    """A cell that does not hold what its column should; the message states what was expected."""


@lru_cache(_REMEMBERED)
def whole(text: str) -> int | None:
    """Read a whole number, also as programs write it that know only decimals (`182027.0`); None where blank.

    Raises:
        CellError: It is something else.
    """
    stripped = text.strip()
    if not stripped:
        return None
    found = _WHOLE.fullmatch(stripped)
    if found is None:
        raise CellError(tr("expected a whole number"))
    return int(found[1])


@lru_cache(_REMEMBERED)
def count(text: str) -> int | None:
    """Read a number of people: whole and not negative; None where blank.

    Raises:
        CellError: It is something else.
    """
    number = whole(text)
    if number is not None and number < 0:
        raise CellError(tr("expected a number of people, 0 or more"))
    return number


def number(text: str) -> float | None:
    """Read a number with a decimal point; None where blank.

    Raises:
        CellError: It is something else, or not finite.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if not _NUMBER.fullmatch(stripped) or not math.isfinite(value := float(stripped)):
        raise CellError(tr("expected a number with a decimal point"))
    return value


def degrees(text: str, limit: float) -> float | None:
    """Read degrees between -limit and limit, inclusive; None where blank.

    Raises:
        CellError: It is something else.
    """
    value = number(text)
    if value is not None and abs(value) > limit:
        raise CellError(tr("expected degrees between -{limit:g} and {limit:g}", limit=limit))
    return value


@lru_cache(_REMEMBERED)
def iso_day(text: str) -> date | None:
    """Read a day as YYYY-MM-DD, also with a time of day, which is left out; None where blank.

    Raises:
        CellError: It is something else, or there is no such day.
    """
    stripped = text.strip()
    if not stripped:
        return None
    found = _DAY.fullmatch(stripped)
    if found is None:
        raise CellError(tr("expected a day as YYYY-MM-DD"))
    return calendar_day(int(found[1]), int(found[2]), int(found[3]))


def calendar_day(year: int, month: int, day: int) -> date:
    """Return a day of the calendar.

    Raises:
        CellError: There is none, or its year is before 1000: a slip, or a code for "not known".
    """
    try:
        return written_days.calendar_day(year, month, day)
    except DayError as error:
        raise CellError(str(error)) from None
