"""What a page of sums is made of: cells of which each row is in one, coarser ones, few enough, and nothing hidden."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from many_rows import grid, made_up, written

from willay.events.aggregate import Question, Sums, aggregate, page_of_sums, read_sums, write_sums
from willay.events.aggregate.fitting import require_fitting
from willay.events.aggregate.single_cells import coarser, single_cells, without_tiles
from willay.events.model.errors import QueryError, RefusedError
from willay.geo.join import join_regions
from willay.maps import BaseMap, PageSpec, SpecError

if TYPE_CHECKING:
    from pathlib import Path

ALL = Question(by=("region", "month", "type"), measures=("killed",), tiles=4)
NUMBERS = ("rows", "killed_known", "killed_unknown", "killed_apart", "killed_low", "killed_best", "killed_high")

pytestmark = pytest.mark.filterwarnings("ignore:Types that are not in the codebook")


def summed(rows: pd.DataFrame, folder: Path, question: Question = ALL, **terms: object) -> Sums:
    known = {"name": "made-up", "may_publish": True} | terms
    return aggregate([written(rows, folder / "rows.parquet", groups=211)], question, grid(), terms=known)


def held_of(rows: pd.DataFrame) -> pd.Series[str]:
    """Return the regions that hold each row, as a text."""
    there = np.flatnonzero(rows["lon"].notna())
    hits = join_regions(rows["lon"].to_numpy()[there], rows["lat"].to_numpy()[there], grid().geometry)
    pairs = pd.DataFrame({"row": there[hits.point_index], "region": hits.region_index}).sort_values(["row", "region"])
    texts = pairs.groupby("row")["region"].agg(lambda held: " ".join(map(str, held)))
    return texts.reindex(range(len(rows))).fillna("").astype(object)


def keyed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with what their cell is."""
    months = rows["day"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    return rows.assign(held=held_of(rows), unplaced=rows["lon"].isna(), period=months)


@given(seed=st.integers(0, 10**6), size=st.integers(1, 300))
@settings(max_examples=examples(12), deadline=None)
def test_each_row_is_in_one_cell(tmp_path_factory: pytest.TempPathFactory, seed: int, size: int) -> None:
    rows = made_up(size, seed, places=9)
    cells = single_cells(summed(rows, tmp_path_factory.mktemp("rows"))).cells
    keys = ["held", "unplaced", "period", "type"]
    best = rows["killed_best"].fillna(rows["killed_low"]).fillna(rows["killed_high"])
    expected = keyed(rows).assign(rows=1, killed_known=best.notna(), killed_best=best.fillna(0))
    columns = ["rows", "killed_known", "killed_best"]
    expected = expected.groupby(keys, dropna=False)[columns].sum().astype("int64")
    found = cells.set_index(keys)[columns].astype("int64")
    pd.testing.assert_frame_equal(found.sort_index(), expected.sort_index(), check_index_type=False)
    assert cells["period"].dropna().is_monotonic_increasing
    assert not cells["period"].isna().to_numpy()[: int(cells["period"].notna().sum())].any(), "undated rows are last"


@pytest.mark.parametrize(
    ("by", "tiles"),
    [(("region", "year", "type"), 4), (("region", "quarter"), 3), (("region", "type"), 1), (("month",), 2), ((), 0)],
)
def test_coarser_cells_are_those_of_a_coarser_question(tmp_path: Path, by: tuple[str, ...], tiles: int) -> None:
    rows = made_up(2500)
    found = coarser(single_cells(summed(rows, tmp_path)), by, tiles)
    expected = single_cells(summed(rows, tmp_path, replace(ALL, by=by, tiles=tiles)))
    keys = ["held", "period", "type"]
    if "region" not in by:  # a file without regions does not say which rows have no place
        expected = replace(expected, cells=expected.cells.assign(unplaced=False))
    pd.testing.assert_frame_equal(found.cells[[*keys, *NUMBERS]], expected.cells[[*keys, *NUMBERS]], check_dtype=False)
    assert found.tiles is not None
    pd.testing.assert_frame_equal(found.tiles, expected.tiles, check_dtype=False)
    assert (found.period, found.zoom, found.has_types) == (expected.period, expected.zoom, expected.has_types)


@pytest.mark.parametrize(
    ("by", "tiles", "message"),
    [
        (("region", "day"), None, "with a period among: month, quarter, year"),
        (("region", "week"), None, "cannot be added up by region, week"),
        (("region", "month", "year"), None, "cannot be added up"),
        (("province",), None, "cannot be added up by province"),
        (("region",), 5, "up to zoom 4; 5 is not one of 0 to 4"),
    ],
)
def test_what_is_not_in_the_sums_cannot_be_made_of_them(
    tmp_path: Path, by: tuple[str, ...], tiles: int | None, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        coarser(single_cells(summed(made_up(50), tmp_path)), by, tiles)


def test_too_many_cells_are_refused_with_steps_that_fit(tmp_path: Path) -> None:
    cells = single_cells(summed(made_up(4000), tmp_path))
    most = cells.count - 1
    require_fitting(cells, cells.count)
    with pytest.raises(
        QueryError, match=f"have {cells.count:,} cells; a page can hold {most:,}. These fit:"
    ) as refused:
        require_fitting(cells, most)
    offers = re.findall(r"((?:--sums-by \S+)? ?(?:--sums-tiles \w+)?) \(([\d,]+) cells\)", str(refused.value))
    assert len(offers) == 3
    for options, count in offers:
        by = re.search(r"--sums-by (\S+)", options)
        zoom = re.search(r"--sums-tiles (\d+)", options)
        kept = without_tiles(cells) if "none" in options else cells
        steps = tuple(by[1].split(",")) if by else ("region", "month", "type")
        made = coarser(kept, steps, int(zoom[1]) if zoom else None)
        assert made.count == int(count.replace(",", "")) <= most
    with pytest.raises(QueryError, match="no coarser step of them fits"):
        require_fitting(cells, 1)


def test_a_page_that_is_too_large_is_made_by_a_coarser_step(tmp_path: Path) -> None:
    sums = summed(made_up(4000), tmp_path)
    spec = PageSpec(kind="choropleth", lang="en")
    with pytest.raises(QueryError, match=r"a page can hold 400\. These fit"):
        page_of_sums(sums, spec, BaseMap(), most=400)
    assert page_of_sums(sums, spec, BaseMap(), by=["region", "year"], tiles=2, most=400).rows == 4000


def test_nothing_in_the_file_depends_on_what_is_hidden(tmp_path: Path) -> None:
    rows = made_up(4000)
    keys = ["held", "unplaced", "period", "type"]
    whole = keyed(rows)
    sizes = whole.groupby(keys, dropna=False)["type"].transform("size")
    spec = PageSpec(kind="choropleth", lang="en", suppress_below=5)
    before = page_of_sums(summed(rows, tmp_path), spec, BaseMap())
    assert before.rows == int((sizes >= 5).sum())
    # All but one row of each small cell go, and nobody died in the other: the cell is still small, and still there.
    first = ~whole.duplicated(keys)
    other = rows.assign(
        **{name: rows[name].mask(sizes < 5, 0) for name in ("killed_low", "killed_best", "killed_high")}
    )
    other = other[(sizes >= 5) | first].reset_index(drop=True)
    assert len(other) < len(rows) - 100
    after = page_of_sums(summed(other, tmp_path), spec, BaseMap())
    assert after.html() == before.html()


def test_a_page_of_hidden_cells_has_regions_and_no_density(tmp_path: Path) -> None:
    sums = summed(made_up(500), tmp_path)
    with pytest.raises(QueryError, match="--suppress-below needs regions"):
        page_of_sums(sums, PageSpec(kind="timeline", suppress_below=5), BaseMap())
    with pytest.raises(SpecError, match="no density cells"):
        page_of_sums(sums, PageSpec(kind="atlas", view="density", suppress_below=5), BaseMap())


def test_terms_hold(tmp_path: Path) -> None:
    sums = summed(made_up(100), tmp_path, name="acled", may_publish=False)
    with pytest.raises(RefusedError, match="do not allow passing on"):
        page_of_sums(sums, PageSpec(lang="en"), BaseMap())
    page = page_of_sums(sums, PageSpec(lang="en"), BaseMap(), own_use=True)
    assert page.rows == 100


def test_sums_that_do_not_say_which_rows_are_shared_are_refused(tmp_path: Path) -> None:
    sums = summed(made_up(500), tmp_path)
    assert sums.account.repeated
    with pytest.raises(QueryError, match="made by an earlier version of willay"):
        single_cells(replace(sums, shared=None))


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (PageSpec(view="points"), "has no view 'points'"),
        (PageSpec(measure="injured"), "None of these incidents has a figure for 'injured'"),
        (PageSpec(region_set="nowhere"), "Unknown region set 'nowhere'"),
        (PageSpec(focus=("9-9",)), "Unknown region '9-9' in focus"),
    ],
)
def test_what_sums_do_not_have_is_refused(tmp_path: Path, spec: PageSpec, message: str) -> None:
    with pytest.raises(SpecError, match=message):
        page_of_sums(summed(made_up(100), tmp_path), spec, BaseMap())


def test_a_page_of_sums_needs_tiles_where_it_has_no_regions(tmp_path: Path) -> None:
    rows = written(made_up(100), tmp_path / "rows.parquet")
    sums = aggregate([rows], Question(by=("month",)))
    for kind in ("timeline", "atlas"):
        with pytest.raises(SpecError, match="--tiles 8"):
            page_of_sums(sums, PageSpec(kind=kind), BaseMap())
    sums = aggregate([rows], Question(by=(), tiles=5))
    assert page_of_sums(sums, PageSpec(kind="atlas"), BaseMap()).rows == 100


def test_the_same_sums_give_the_same_page_and_neither_duckdb_nor_dask_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_sums(summed(made_up(300), tmp_path), tmp_path / "out.sums")
    once = page_of_sums(read_sums(path), PageSpec(lang="en"), BaseMap()).html()
    for name in ("duckdb", "dask", "distributed"):
        monkeypatch.setitem(sys.modules, name, None)
    assert page_of_sums(read_sums(path), PageSpec(lang="en"), BaseMap()).html() == once


def test_a_number_that_no_page_can_hold_is_refused(tmp_path: Path) -> None:
    rows = made_up(20).assign(killed_best=3e9, killed_high=3e9, lon=0.5, lat=0.5, type="protest")
    with pytest.raises(SpecError, match="a page can hold numbers up to 4,294,967,295"):
        page_of_sums(summed(rows, tmp_path, replace(ALL, by=("region", "type"))), PageSpec(lang="en"), BaseMap())
