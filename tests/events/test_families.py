"""Parts and their parent incidents in windows of days, against numbers reckoned by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.frame.families import Families
from willay.events.frame.frame import make_frame
from willay.events.frame.regional import region_figures
from willay.maps import PageSpec
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.sums import region_values, whole_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, str | None, int | None, int | None, str | None, float]
"""Code, first and last day of May 2012 (None: no day), dead, part of, longitude."""


def frame_of(rows: Sequence[Row], **columns: Any) -> gpd.GeoDataFrame:
    def day(number: int | None) -> date | None:
        return None if number is None else date(2012, 5, number)

    made = {
        "code": [row[0] for row in rows],
        "type": ["protest"] * len(rows),
        "first_day": [day(row[1]) for row in rows],
        "last_day": [day(row[2]) for row in rows],
        "killed_best": [row[3] for row in rows],
        "part_of": [row[4] for row in rows],
        "place_precision": ["site"] * len(rows),
    }
    return make_frame({**made, **columns}, [shapely.Point(row[5], 0.5) for row in rows])


REGIONS = gpd.GeoDataFrame(
    {
        "set": "s",
        "key": ["west", "east"],
        "name": ["West", "East"],
        "valid_from": None,
        "valid_until": None,
        "admin_code": None,
    },
    geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)],
    crs="EPSG:4326",
).astype({"valid_from": "datetime64[s]", "valid_until": "datetime64[s]"})

STRIKE: tuple[Row, ...] = (  # ten days; three died, two of them on the 28th, in the east
    ("STRIKE", 21, 30, 3, None, 0.5),
    ("DAY-28", 28, 28, 2, "STRIKE", 1.5),
    ("DAY-27", 27, 27, None, "STRIKE", 0.5),
    ("OTHER", 28, 28, 7, None, 0.5),
)


def sums(frame: gpd.GeoDataFrame, first: int | None = None, last: int | None = None) -> dict[str, tuple[Any, Any]]:
    """Return incidents and dead of each region in days of May 2012, the same from both roads."""
    window = None if first is None else (date(2012, 5, first), date(2012, 5, last or first))
    table = region_figures(frame, REGIONS, window and [window], measures=("killed",))
    killed = table["killed_best"].astype(object).where(table["killed_best"].notna(), None)
    found = dict(zip(table["key"], zip(table["incidents"], killed, strict=True), strict=True))
    shapes = ShapeTable()
    columns = incident_columns(frame, shapes)
    spec = PageSpec(kind="choropleth", measure="killed")
    values = region_values(columns, region_columns(REGIONS, columns, shapes), spec, window)
    assert {shown.region["key"]: (shown.rows, shown.best) for shown in values} == found
    return found


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((28, 28), {"west": (2, 8), "east": (0, 2)}),  # the strike's third dead may have died on any day; OTHER's 7
        ((27, 27), {"west": (1, 1), "east": (0, None)}),
        ((21, 27), {"west": (1, 1), "east": (0, None)}),
        ((28, 30), {"west": (2, 8), "east": (0, 2)}),
        ((21, 30), {"west": (2, 10), "east": (0, None)}),  # all of it: the strike's own figure, and no part
        ((1, 31), {"west": (2, 10), "east": (0, None)}),
        ((1, 20), {"west": (0, None), "east": (0, None)}),
    ],
)  # fmt: skip
def test_a_part_counts_on_its_day_and_the_whole_span_counts_once(
    days: tuple[int, int], expected: dict[str, tuple[int, int | None]]
) -> None:
    assert sums(frame_of(STRIKE), *days) == expected


def test_the_whole_time_counts_as_ever() -> None:
    assert sums(frame_of(STRIKE)) == {"west": (2, 10), "east": (0, None)}


def test_parts_that_account_for_all_leave_nothing_for_other_days() -> None:
    frame = frame_of((("STRIKE", 21, 30, 2, None, 0.5), ("DAY-28", 28, 28, 2, "STRIKE", 0.5)))
    daily = {day: sums(frame, day)["west"] for day in (21, 27, 28, 29)}
    assert daily == {21: (1, 0), 27: (1, 0), 28: (1, 2), 29: (1, 0)}
    assert sums(frame, 21, 30)["west"] == (1, 2)


def test_parts_that_say_more_than_their_parent_are_not_taken_away_from_it() -> None:
    frame = frame_of((("P", 5, 6, 33, None, 0.5), ("A", 5, 5, 20, "P", 0.5), ("B", 6, 6, 15, "P", 0.5)))
    assert [sums(frame, day)["west"] for day in (5, 6)] == [(1, 20), (1, 15)]
    assert sums(frame, 5, 6)["west"] == (1, 33)


def test_a_parent_without_a_figure_leaves_its_parts_theirs() -> None:
    frame = frame_of((("P", 5, 6, None, None, 0.5), ("A", 5, 5, 20, "P", 0.5), ("B", 6, 6, 15, "P", 0.5)))
    assert [sums(frame, day)["west"] for day in (5, 6)] == [(1, 20), (1, 15)]
    assert sums(frame, 5, 6)["west"] == sums(frame)["west"] == (1, 35)


def test_a_part_whose_parent_has_no_day_in_the_window_is_an_incident() -> None:
    frame = frame_of((("P", None, None, 9, None, 0.5), ("A", 5, 5, 2, "P", 0.5), ("C", 7, 7, 4, "P", 0.5)))
    assert sums(frame, 5)["west"] == (1, 2)
    assert sums(frame, 1, 31)["west"] == (2, 6)
    assert sums(frame)["west"] == (1, 9)


def test_parts_of_parts_count_by_the_same_rule() -> None:
    rows = (("W", 1, 9, 10, None, 0.5), ("P", 3, 5, 6, "W", 0.5), ("Q", 4, 4, 4, "P", 0.5))
    frame = frame_of(rows)
    assert sums(frame, 1, 9)["west"] == (1, 10)
    assert sums(frame, 3, 5)["west"] == (1, 6 + 4)  # all of P, and what P leaves of W
    assert sums(frame, 4)["west"] == (1, 4 + 2 + 4)
    assert sums(frame, 9)["west"] == (1, 4)


def test_low_best_and_high_stay_in_order() -> None:
    rows = (("P", 1, 9, 10, None, 0.5), ("Q", 4, 4, 8, "P", 0.5))
    frame = frame_of(rows, killed_low=[10, 2], killed_high=[20, 9])
    table = region_figures(frame, REGIONS, [(date(2012, 5, 9), date(2012, 5, 9))], measures=("killed",))
    assert table[["killed_low", "killed_best", "killed_high"]].iloc[0].tolist() == [2, 2, 11]


SPANS = st.tuples(st.integers(1, 25), st.integers(0, 5))
ROWS = st.lists(st.tuples(SPANS, st.one_of(st.none(), st.integers(0, 9)), st.integers(0, 5)), min_size=1, max_size=6)


def counts(frame: gpd.GeoDataFrame, first: int | None = None, last: int | None = None) -> tuple[int, float]:
    """Return incidents and dead of all rows with a day in days of May 2012."""
    may = (date(2012, 4, 30) - date(1970, 1, 1)).days
    span = None if first is None else (may + first, may + (last or first))
    families = Families(frame)
    inside = families.within(span)
    best = frame["killed_best"].to_numpy(float, na_value=np.nan)
    amounts = families.amounts("killed", {"low": best, "best": best, "high": best}, span)
    return int((families.counted(span) & inside).sum()), float(np.nansum(amounts.bounds["best"][amounts.adds & inside]))


@settings(max_examples=examples(60), deadline=None)
@given(rows=ROWS)
def test_a_window_of_all_days_is_the_whole_time_and_no_day_shows_more_than_all_say(
    rows: list[tuple[tuple[int, int], int | None, int]],
) -> None:
    made: list[Row] = [
        (f"R{n}", first, first + length, dead, f"R{above}" if above < n else None, 0.5)
        for n, ((first, length), dead, above) in enumerate(rows)
    ]
    frame = frame_of(made)
    assert counts(frame, 1, 31) == counts(frame)
    told = np.array([dead or 0 for _, dead, _ in rows])
    heads = pd.isna(frame["part_of"]).to_numpy()
    for day in range(1, 31):
        incidents, killed = counts(frame, day)
        inside = np.array([row[1] <= day <= row[2] for row in made])
        assert (inside & heads).sum() <= incidents <= inside.sum()
        assert killed <= told[inside].sum()


def test_the_opening_sums_are_those_of_the_whole_time() -> None:
    columns = incident_columns(frame_of(STRIKE), ShapeTable())
    assert whole_sums(columns, ["killed"])["killed"]["best"] == 10
