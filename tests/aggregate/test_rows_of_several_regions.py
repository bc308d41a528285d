"""Rows that several regions hold are known apart, so that sums of regions count each of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from many_rows import grid, made_up, written

from willay.events.aggregate import Question, Sums, aggregate, read_sums, write_sums
from willay.geo.join import join_regions

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ALL = Question(by=("region", "month", "type"), measures=("killed",))


def summed(rows: pd.DataFrame, folder: Path) -> Sums:
    return aggregate([written(rows, folder / "rows.parquet", groups=83)], ALL, grid())


def in_several(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many rows each combination of regions holds, of those that more than one hold; point by point."""
    there = rows["lon"].notna().to_numpy()
    hits = join_regions(rows["lon"].to_numpy()[there], rows["lat"].to_numpy()[there], grid().geometry)
    found = pd.DataFrame({"row": hits.point_index, "region": hits.region_index}).sort_values(["row", "region"])
    texts = found.groupby("row")["region"].agg(lambda held: " ".join(map(str, held)))
    texts = texts.astype(str)
    counts = texts[texts.str.contains(" ")].value_counts()
    return {str(name): int(n) for name, n in counts.items()}


@given(seed=st.integers(0, 10**6), size=st.integers(1, 300))
@settings(max_examples=examples(15), deadline=None)
def test_rows_of_several_regions_are_those_of_the_join(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int
) -> None:
    rows = made_up(size, seed, places=9)
    sums = summed(rows, tmp_path_factory.mktemp("rows"))
    assert sums.shared is not None
    assert sums.shared.groupby("shared")["rows"].sum().to_dict() == in_several(rows)
    again = sums.shared["shared"].str.count(" ") * sums.shared["rows"]
    assert int(sums.cells["rows"].sum()) - int(again.sum()) == len(rows)
    assert int(again.sum()) == sums.account.repeated


def test_each_month_and_type_counts_every_row_once(tmp_path: Path) -> None:
    rows = made_up(3000)
    sums = summed(rows, tmp_path)
    assert sums.shared is not None
    less = sums.shared.assign(rows=-sums.shared["shared"].str.count(" ") * sums.shared["rows"])
    once = pd.concat([sums.cells, less]).groupby(["period", "type"], dropna=False)["rows"].sum()
    months = rows["day"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    expected = rows.assign(month=months).groupby(["month", "type"], dropna=False).size()
    assert once[once > 0].tolist() == expected.tolist()


def test_a_number_without_upper_end_stays_known_as_such(tmp_path: Path) -> None:
    rows = made_up(2000)
    sums = summed(rows, tmp_path)
    is_open = rows["killed_low"].notna() & rows["killed_high"].isna()
    assert is_open.any()
    held = sums.cells.groupby("type")["killed_open"].sum()
    assert sums.shared is not None
    again = sums.shared.assign(n=sums.shared["shared"].str.count(" ") * sums.shared["killed_open"])
    less = again.groupby("type")["n"].sum().reindex(held.index, fill_value=0)
    assert (held - less).to_dict() == rows[is_open].groupby("type").size().to_dict()
    without = rows.drop(columns=["killed_high"])  # nobody has said anything of upper ends
    assert int(summed(without, tmp_path).cells["killed_open"].sum()) == 0


def test_they_are_in_the_file_of_sums(tmp_path: Path) -> None:
    sums = summed(made_up(500), tmp_path)
    again = read_sums(write_sums(sums, tmp_path / "out.sums")).shared
    assert sums.shared is not None
    assert again is not None
    assert len(again)
    pd.testing.assert_frame_equal(again, sums.shared, check_dtype=False)
    assert set(again["shared"].map(type)) == {str}
    assert np.issubdtype(again["period"].dtype, np.datetime64)
