"""The numbers of a page against pandas: totals of any window, at any step, with any filter."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from opened_page import at_rest

from benchmarks.made_up import made_up_frame
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:No incident is in the country"),  # made up in Peru, on a made-up land
]

ROWS = 4000


def expected(frame: gpd.GeoDataFrame, first: pd.Timestamp, last: pd.Timestamp) -> tuple[int, int]:
    """Count incidents and add the best figures of the dead, the nearest where there is no best.

    A part is an incident more where its parent incident has no day in the window. The dead of a parent are its own
    where the window holds all days of it and its part; else those that its part does not account for, and the part's.
    """
    rows = {row["code"]: row for row in frame.to_dict("records")}
    part_of = {row["part_of"]: row for row in rows.values() if isinstance(row["part_of"], str)}
    incidents = killed = 0
    for row in rows.values():
        parent, part = rows.get(row["part_of"]), part_of.get(row["code"])
        if not is_inside(row, first, last):
            continue
        incidents += parent is None or not is_inside(parent, first, last)
        if parent is not None and dead(parent) is not None and is_held(parent, row, first, last):
            continue
        own = dead(row) or 0
        if part is not None and not is_held(row, part, first, last):
            own = max(0, own - (dead(part) or 0))
        killed += own
    return incidents, killed


def is_inside(row: dict[str, Any], first: pd.Timestamp, last: pd.Timestamp) -> bool:
    return bool(row["first_day"] <= last and row["last_day"] >= first)


def is_held(parent: dict[str, Any], part: dict[str, Any], first: pd.Timestamp, last: pd.Timestamp) -> bool:
    """Say whether a window holds all days that are known of a parent and its part."""
    days = [row for row in (parent, part) if not pd.isna(row["first_day"])]
    return not pd.isna(parent["first_day"]) and all(
        first <= row["first_day"] and row["last_day"] <= last for row in days
    )


def dead(row: dict[str, Any]) -> int | None:
    known = (row[f"killed_{bound}"] for bound in ("best", "low", "high"))
    return next((int(number) for number in known if not pd.isna(number)), None)


def shown(opened: Opened) -> tuple[int, int]:
    at_rest(opened.page)
    incidents, killed = (
        sum(
            int(node.inner_text().replace(",", ""))
            for node in opened.page.query_selector_all(f"#totals .{name} .total-number")
        )
        for name in ("incidents", "amount")
    )
    return incidents, killed


PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


def test_totals_of_windows_equal_those_of_pandas(open_page: Opener) -> None:
    frame = made_up_frame(ROWS, seed=7)
    opened = open_page(frame, PageSpec(kind="timeline", lang="en", acts=True))
    chance = np.random.default_rng(11)
    dated = frame["first_day"].dropna().to_numpy()
    for (step, period), length in itertools.product(PERIODS.items(), (1, 3, 40)):
        end = pd.Period(pd.Timestamp(chance.choice(dated)), freq=period)
        first, last = (end - (length - 1)).start_time, end.end_time.normalize()
        text = f"step={step}&end={end.start_time.date()}&length={length}"
        opened.page.evaluate(f"location.hash = '#{text}'")
        assert shown(opened) == expected(frame, first, last), text


def test_filters_narrow_the_totals_as_pandas_does(open_page: Opener) -> None:
    frame = made_up_frame(ROWS, seed=8)
    opened = open_page(frame, PageSpec(kind="timeline", lang="en", acts=True))
    kind = frame["type"].mode()[0]
    opened.page.evaluate(f"location.hash = '#f.type={kind}&minimum=3'")
    best = frame["killed_best"].fillna(frame["killed_low"]).fillna(frame["killed_high"])
    kept = frame[(frame["type"] == kind) & (best >= 3)]
    assert shown(opened)[0] == int(kept["counted"].sum())
