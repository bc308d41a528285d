"""The maps of a picture: one, or one for each year, quarter or month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.geo.translation import mark, tr
from willay.maps.errors import SpecError
from willay.maps.incidents import NO_DAY
from willay.maps.pictures.spec import MOST_PANELS, PERIODS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.words import Words

_NOUNS: Final = {"year": mark("year"), "quarter": mark("quarter"), "month": mark("month")}
_MONTHS: Final = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Panel:
    """A map of a picture.

    Attributes:
        title: Its time in words; empty where it shows all times.
        window: First and last day, inclusive; None is all times, undated rows included.
        before: The window that a change is counted from; None where there is none.
        rows: The rows it shows, in order of first day.
    """

    title: str
    window: tuple[date, date] | None
    before: tuple[date, date] | None
    rows: NDArray[np.int64]


def panels_of(incidents: IncidentColumns, by: str | None, words: Words, *, cumulative: bool = False) -> list[Panel]:
    """Return the panels of a picture: from the first to the last day known, those without an incident too.

    Raises:
        SpecError: They would be more than a sheet holds.
    """
    days = known_days(incidents)
    if by is None or days is None:
        return [Panel("", None, None, np.arange(len(incidents.frame)))]
    starts = [_period(days[0], by)]
    while starts[-1] <= days[1]:
        starts.append(_next(starts[-1], by))
    if len(starts) - 1 > MOST_PANELS:
        raise SpecError(_too_many(len(starts) - 1, by, days))
    windows = [(start, following - timedelta(days=1)) for start, following in pairwise(starts)]
    panels = []
    for number, window in enumerate(windows):
        shown = (windows[0][0], window[1]) if cumulative else window
        title = period_words(window[0], by, words)
        panels.append(
            Panel(
                words.t("picture_until", when=title) if cumulative else title,
                shown,
                windows[number - 1] if number and not cumulative else None,
                rows_within(incidents, shown),
            )
        )
    return panels


def known_days(incidents: IncidentColumns) -> tuple[date, date] | None:
    """Return the first and the last day of all rows, None where no row has one."""
    first, last = spans(incidents)
    dated = first != NO_DAY
    if not dated.any():
        return None
    return _date(int(first[dated].min())), _date(int(last[dated].max()))


def spans(incidents: IncidentColumns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each row's first and last day since 1970-01-01; `NO_DAY` where there is none."""
    first = incidents.arrays["first"].astype(np.int64)
    return first, first + incidents.arrays["lasted"]


def rows_within(incidents: IncidentColumns, window: tuple[date, date]) -> NDArray[np.int64]:
    """Return the rows with a day within a window (inclusive)."""
    first, last = spans(incidents)
    low, high = (day_number(day) for day in window)
    return np.flatnonzero((first != NO_DAY) & (first <= high) & (last >= low))


def day_number(day: date) -> int:
    """Return days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def period_words(start: date, by: str, words: Words) -> str:
    """Return a year, quarter or month in words."""
    if by == "year":
        return str(start.year)
    if by == "quarter":
        quarter = words.t(f"quarter_{(start.month - 1) // 3 + 1}")
        return words.t("quarter_of", quarter=quarter, year=str(start.year))
    return words.month_of_year(start)


def _date(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


def _period(day: date, by: str) -> date:
    months = _MONTHS[by]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(start: date, by: str) -> date:
    month = start.month - 1 + _MONTHS[by]
    return date(start.year + month // 12, month % 12 + 1, 1)


def _too_many(count: int, by: str, days: tuple[date, date]) -> str:
    months = (days[1].year - days[0].year + 1) * 12
    fitting = [name for name in reversed(PERIODS) if months / _MONTHS[name] <= MOST_PANELS and name != by]
    told = {"by": tr(_NOUNS[by]), "first": days[0], "last": days[1], "count": count, "most": MOST_PANELS}
    if not fitting:
        return tr(
            "By {by}, from {first} to {last}, there are {count} panels, but a sheet holds at most {most}. Reduce them: "
            "select fewer days (--days 2009, --from, --to).",
            **told,
        )
    return tr(
        "By {by}, from {first} to {last}, there are {count} panels, but a sheet holds at most {most}. Reduce them: "
        "draw it by {other}, or select fewer days (--days 2009, --from, --to).",
        other=tr(_NOUNS[fitting[0]]),
        **told,
    )


def counts_by_type(incidents: IncidentColumns, rows: NDArray[np.int64]) -> dict[str, Any]:
    """Return how many of some rows are of each type, in the order of the dictionary; those of none are left out."""
    found = np.bincount(incidents.arrays["type"][rows].astype(np.int64), minlength=len(incidents.dictionaries["type"]))
    pairs = zip(incidents.dictionaries["type"], found.tolist(), strict=True)
    return {code: count for code, count in pairs if code is not None and count}
