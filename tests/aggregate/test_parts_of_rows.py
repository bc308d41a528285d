"""Rows that are parts of others count as in the frame: nobody twice, and nobody left out, across files as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.aggregate import Power, Question, aggregate
from willay.events.frame.frame import make_frame, summable

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

KILLED = Question(by=("year",), measures=("killed",), tiles=2)


def family_frame(wholes: list[int | None], killed: list[int | None]) -> gpd.GeoDataFrame:
    """Return incidents, each a part of the one of a number before it, or of none."""
    columns: dict[str, Any] = {
        "code": [f"XX-{number}" for number in range(len(wholes))],
        "title": "Made up",
        "type": "armed-clash",
        "first_day": "2012-05-01",
        "last_day": "2012-05-01",
        "part_of": [None if whole is None else f"XX-{whole}" for whole in wholes],
        "country": "XX",
        **{f"killed_{bound}": killed for bound in ("low", "best", "high")},
    }
    return make_frame(columns, [shapely.Point(1, 1)] * len(wholes), {"policy": "median"})


def saved(frame: gpd.GeoDataFrame, folder: Path, *, halves: bool) -> list[Path]:
    """Write a frame as rows, the parts before what they are a part of and, if asked for, in another file."""
    names = ["code", "part_of", "first_day", "type", "killed_low", "killed_best", "killed_high"]
    rows = pd.DataFrame(frame[names]).assign(lon=1.0, lat=1.0).iloc[::-1]
    cuts = [rows.iloc[: len(rows) // 2], rows.iloc[len(rows) // 2 :]] if halves else [rows]
    paths = [folder / f"rows-{number}.parquet" for number in range(len(cuts))]
    for cut, path in zip(cuts, paths, strict=True):
        cut.to_parquet(path)
    return paths


@st.composite
def families(draw: st.DrawFn) -> tuple[list[int | None], list[int | None]]:
    size = draw(st.integers(1, 8))
    wholes = [draw(st.none() | st.integers(0, at - 1)) if at else None for at in range(size)]
    return wholes, draw(st.lists(st.none() | st.integers(0, 9), min_size=size, max_size=size))


@given(made=families(), halves=st.booleans())
@settings(max_examples=examples(20), deadline=None)
def test_nobody_is_counted_twice_and_nobody_is_left_out(
    tmp_path_factory: pytest.TempPathFactory,
    made: tuple[list[int | None], list[int | None]],
    *,
    halves: bool,
) -> None:
    frame = family_frame(*made)
    sums = aggregate(saved(frame, tmp_path_factory.mktemp("rows"), halves=halves and len(frame) > 1), KILLED)
    adds = summable(frame, "killed").to_numpy(bool)
    killed = frame["killed_best"].to_numpy(float, na_value=np.nan)
    counted = frame["counted"].to_numpy(bool)
    assert sums.cells["killed_best"].sum() == np.nansum(np.where(adds, killed, 0))
    assert sums.cells["rows"].sum() == counted.sum()
    assert sums.cells["killed_known"].sum() == (adds & ~np.isnan(killed)).sum()
    assert sums.cells["killed_unknown"].sum() == (counted & np.isnan(killed)).sum()
    assert sums.account.parts == (~counted).sum()
    assert sums.account.rows == len(frame)
    assert sums.tiles is not None
    assert sums.tiles["rows"].sum() == counted.sum()


def test_a_part_counts_where_what_it_is_a_part_of_is_not_asked_for(tmp_path: Path) -> None:
    frame = family_frame([None, 0], [9, 4])
    frame.loc[0, "type"] = "protest"
    paths = saved(frame, tmp_path, halves=False)
    both = aggregate(paths, KILLED)
    clashes = aggregate(paths, Question(by=("year",), measures=("killed",), types=("armed-clash",)))
    assert (both.cells["killed_best"].sum(), both.cells["rows"].sum()) == (9, 1)
    assert (clashes.cells["killed_best"].sum(), clashes.cells["rows"].sum()) == (4, 1)


@pytest.mark.enable_socket
def test_parts_are_the_same_for_two_workers(tmp_path: Path) -> None:
    paths = saved(family_frame([None, 0, 0, 2], [None, 4, 5, 1]), tmp_path, halves=True)
    one, two = (aggregate(paths, KILLED, power=Power(workers=workers)) for workers in (1, 2))
    pd.testing.assert_frame_equal(one.cells, two.cells)
    assert one.cells["killed_best"].sum() == 9  # the parent's number is unknown, the grandchild is in its parent's
    assert one.account.parts == 3
