"""The step of time that suits the incidents of a page or a picture; the page computes the same (`usualStep`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd

SPAN_DAYS: Final = {"day": 62, "week": 732, "month": 18263, "quarter": 54787}
"""The most days that are shown in steps of a unit: two months by day, two years by week, 50 years by month, 150 years
by quarter. So there are at most some 600 steps; a longer time is shown by year."""

KNOWN_DAYS: Final = {"day": 1, "week": 7, "month": 31, "quarter": 92}
"""The most days that an incident known to a step of a unit lies in."""


def usual_step(frame: gpd.GeoDataFrame) -> str:
    """Return the step that suits the days of a frame's incidents.

    It is the shortest one in which they make no more than some 600 steps and which half of them, at least, are known
    to: with most of them known to a month, days and weeks would say more than anybody knows.
    """
    dated = frame[frame["first_day"].notna()]
    if dated.empty:
        return "month"
    first, last = (dated[name].to_numpy("datetime64[D]").astype(np.int64) for name in ("first_day", "last_day"))
    coarse = ~(dated["date_precision"].isna() | dated["date_precision"].eq("day")).to_numpy(bool)
    span = int(last.max() - first.min() + 1)
    for unit, most in SPAN_DAYS.items():
        unsure = coarse & (last - first >= KNOWN_DAYS[unit])
        if span <= most and int(unsure.sum()) * 2 <= len(dated):
            return unit
    return "year"
