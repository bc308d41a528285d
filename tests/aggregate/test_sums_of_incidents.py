"""Sums of rows are those of the same rows imported as incidents: cell by cell, borders, undated, unplaced included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pytest
from many_rows import grid, made_up, written

from willay.data.codebook import codebook
from willay.events.aggregate import Question, aggregate
from willay.events.cli.options import clock
from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.founding import create_database
from willay.events.frame.membership import members
from willay.events.frame.query import IncidentQuery

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

KEYS: Final = ["region", "period", "type"]
BOUNDS: Final = ("low", "best", "high")
_EAST, _NORTH = -77, -11


def rows_in_peru(size: int) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Return made-up rows and the grid, moved to Peru, so that nothing of them is doubted when they are imported."""
    made = made_up(size, places=200)
    rows = pd.DataFrame(
        {
            "day": made["day"],
            "type": made["type"].replace({"Battle": "protest"}),
            "lon": (made["lon"] + _EAST).round(2),
            "lat": (made["lat"] + _NORTH).round(2),
            "place_precision": "site",
            "killed": made["killed_best"],
        }
    )
    regions = grid(changing=True).assign(admin_code=None, country=None, definition=None)
    return rows, regions.set_geometry(regions.geometry.translate(_EAST, _NORTH))


def imported(rows: pd.DataFrame, folder: Path) -> gpd.GeoDataFrame:
    """Return the incidents that rows become when their table is imported, as the store gives them."""
    table = pd.DataFrame(
        {
            "id": [f"row-{number}" for number in range(len(rows))],
            "title": [f"Made up {number}" for number in range(len(rows))],  # so that no row is taken for a repeated one
            "date": rows["day"].dt.strftime("%Y-%m-%d"),
            "type": rows["type"],
            "lon": rows["lon"],
            "lat": rows["lat"].where(rows["lon"].notna()),
            "place_precision": rows["place_precision"],
            "killed": rows["killed"].astype("Int64"),
        }
    )
    table.to_csv(folder / "rows.csv", index=False)
    with create_database(folder / "rows.gpkg", country="PE", policy=None, clock=clock) as store:
        reading = open_reading(folder / "rows.csv", "table", ReadingOptions())
        for batch in reading.batches:
            store.write.import_rows(batch, reading.terms, author="Ana")
        statuses = tuple(term.code for term in codebook().statuses)
        pages = store.read.pages(IncidentQuery(statuses=statuses), details=False, profile=None)
        return pd.concat([page.frame() for page in pages])


def cells_of(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the cells of incidents by the rule that says which region an incident is in."""
    pairs = members(frame.reset_index(drop=True), regions)
    free = np.setdiff1d(np.arange(len(frame)), pairs["incident"])
    each = np.concatenate([pairs["incident"], free]).astype(int)
    reason = np.where(frame.geometry.isna().to_numpy()[free], -2, -1)
    cells = {
        "region": np.concatenate([pairs["region"], reason]).astype(int),
        "period": frame["first_day"].to_numpy().astype("datetime64[M]").astype("datetime64[s]")[each],
        "type": frame["type"].to_numpy(object)[each],
        "rows": 1,
        "killed_known": frame["killed_best"].notna().to_numpy().astype(int)[each],
        **{f"killed_{bound}": frame[f"killed_{bound}"].fillna(0).to_numpy(int)[each] for bound in BOUNDS},
    }
    return pd.DataFrame(cells).groupby(KEYS, dropna=False).sum().reset_index()


@pytest.mark.parametrize("size", [20_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_sums_of_rows_are_those_of_imported_incidents(tmp_path: Path, size: int) -> None:
    rows, regions = rows_in_peru(size)
    incidents = imported(rows, tmp_path)
    assert len(incidents) == size, "every row is an incident"
    sums = aggregate(
        [written(rows, tmp_path / "rows.parquet", groups=100_000)], Question(measures=("killed",)), regions
    )
    expected = cells_of(incidents, regions).sort_values(KEYS, na_position="first", ignore_index=True)
    pd.testing.assert_frame_equal(sums.cells[expected.columns], expected, check_dtype=False)
    assert sums.account.undated > 0
    assert sums.account.unplaced > 0
    assert sums.account.repeated > 0, "points on borders"
    assert set(expected["region"]) >= {-2, -1, 0, 1}
