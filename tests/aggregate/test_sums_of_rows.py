"""Sums are those of the same rows taken one by one: by region and day, on borders, undated and unplaced."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from many_rows import grid, made_up, slowly, written

from willay.events.aggregate import Question, aggregate
from willay.events.aggregate.summing import period_of

if TYPE_CHECKING:
    from pathlib import Path

ALL = Question(by=("region", "month", "type"), measures=("killed",))


@pytest.mark.parametrize("changing", [False, True])
def test_sums_are_those_of_single_rows(tmp_path: Path, *, changing: bool) -> None:
    rows, regions = made_up(4000), grid(changing=changing)
    sums = aggregate([written(rows, tmp_path / "rows.parquet")], ALL, regions)
    expected = slowly(rows, regions)
    pd.testing.assert_frame_equal(sums.cells[expected.columns], expected, check_dtype=False)


@given(seed=st.integers(0, 10**6), size=st.integers(1, 200), changing=st.booleans())
@settings(max_examples=examples(15), deadline=None)
def test_sums_are_those_of_single_rows_whatever_they_are(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int, *, changing: bool
) -> None:
    rows, regions = made_up(size, seed, places=9), grid(changing=changing)
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    sums = aggregate([written(rows, path, groups=37)], ALL, regions)
    expected = slowly(rows, regions)
    pd.testing.assert_frame_equal(sums.cells[expected.columns], expected, check_dtype=False)


def test_each_row_is_accounted_for_once(tmp_path: Path) -> None:
    rows = made_up(3000)
    question = Question(by=("region", "year"), first=date(2009, 6, 1), types=("protest", "Battle"))
    account = aggregate([written(rows, tmp_path / "rows.parquet")], question, grid()).account
    asked = rows[(rows["day"] >= "2009-06-01") & rows["type"].isin(["protest", "Battle"])]
    assert account.rows == len(rows)
    assert account.passed_over == len(rows) - len(asked)
    assert account.unplaced == int(asked["lon"].isna().sum())
    assert account.held + account.outside + account.unplaced == len(asked)
    assert account.repeated > 0, "corners are in several squares"
    assert account.undated == 0


def test_sums_over_no_region_count_all(tmp_path: Path) -> None:
    rows = made_up(500)
    sums = aggregate([written(rows, tmp_path / "rows.parquet")], Question(by=("type",)))
    assert sums.cells.groupby("type")["rows"].sum().to_dict() == rows["type"].value_counts().to_dict()
    assert sums.account.unregioned == len(rows)


def test_cells_of_density_hold_every_row_with_a_place(tmp_path: Path) -> None:
    rows = made_up(500)
    sums = aggregate([written(rows, tmp_path / "rows.parquet")], Question(by=("month",), tiles=2))
    assert sums.tiles is not None
    assert int(sums.tiles["rows"].sum()) == int(rows["lon"].notna().sum())
    side = 2 ** (2 + 6)
    x = ((rows["lon"].dropna() + 180) / 360 * side).astype(int)
    assert sums.tiles.groupby("x")["rows"].sum().to_dict() == x.value_counts().to_dict()


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("day", "2009-06-05"),
        ("week", "2009-06-01"),
        ("month", "2009-06-01"),
        ("quarter", "2009-04-01"),
        ("year", "2009-01-01"),
    ],
)
def test_periods_begin_where_calendars_say(period: str, expected: str) -> None:
    days = np.array(["2009-06-05", "1969-12-31", "NaT"], "datetime64[D]")
    found = period_of(days, period).astype("datetime64[D]")
    assert str(found[0]) == expected
    assert found[1] <= days[1]
    assert period_of(days, period)[2] == -(2**31)
    if period == "week":
        assert pd.Timestamp(found[1]).day_name() == "Monday"
