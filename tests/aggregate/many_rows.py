"""Made-up rows as Parquet files, a grid of regions, and their sums the slow way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from willay.events.frame.membership import members

if TYPE_CHECKING:
    from pathlib import Path

TYPES = ("protest", "armed-clash", "state-measure", "Battle")


def made_up(rows: int, seed: int = 1, places: int = 60) -> pd.DataFrame:
    """Return rows on few places, some of them on borders of the grid, some without day, place or figure."""
    rng = np.random.default_rng(seed)
    lon = np.round(rng.uniform(-0.5, 4.5, places), 2)
    lat = np.round(rng.uniform(-0.5, 3.5, places), 2)
    lon[:6], lat[:6] = [0, 1, 2, 1, 2, 3], [0, 1, 1, 0.5, 0.5, 2]  # corners and edges
    at = rng.integers(0, places, rows)
    days = pd.Series(np.datetime64("2009-01-01") + rng.integers(0, 900, rows).astype("timedelta64[D]"))
    killed = pd.Series(rng.integers(0, 9, rows).astype(float))
    return pd.DataFrame(
        {
            "day": days.mask(rng.random(rows) < 0.05).astype("datetime64[s]"),
            "type": rng.choice(TYPES, rows),
            "lon": np.where(rng.random(rows) < 0.05, np.nan, lon[at]),
            "lat": lat[at],
            "killed_low": killed.mask(rng.random(rows) < 0.5),
            "killed_best": killed.mask(rng.random(rows) < 0.2) + 1,
            "killed_high": (killed + 2).mask(rng.random(rows) < 0.4),
        }
    )


def grid(*, changing: bool = False) -> gpd.GeoDataFrame:
    """Return twelve squares of one degree; where they change, one of them ends and another begins in 2010."""
    boxes = [(x, y) for x in range(4) for y in range(3)]
    regions = gpd.GeoDataFrame(
        {
            "set": "squares",
            "key": [f"{x}-{y}" for x, y in boxes],
            "name": [f"Square {x}-{y}" for x, y in boxes],
            "valid_from": pd.Series([None] * len(boxes), dtype="object"),
            "valid_until": pd.Series([None] * len(boxes), dtype="object"),
        },
        geometry=[shapely.box(x, y, x + 1, y + 1) for x, y in boxes],
        crs="EPSG:4326",
    )
    if changing:
        regions.loc[0, "valid_until"] = pd.Timestamp("2010-03-15")
        regions.loc[1, "valid_from"] = pd.Timestamp("2010-03-15")
    return regions


def written(rows: pd.DataFrame, path: Path, groups: int = 500) -> Path:
    """Write rows to a Parquet file of small row groups."""
    pq.write_table(pa.Table.from_pandas(rows, preserve_index=False), path, row_group_size=groups)
    return path


def slowly(rows: pd.DataFrame, regions: gpd.GeoDataFrame, period: str = "M") -> pd.DataFrame:
    """Return cells of rows by the rule of membership, row by row, and pandas."""
    there = rows["lon"].notna().to_numpy()
    shapes = np.full(len(rows), None, object)
    shapes[there] = shapely.points(rows["lon"].to_numpy()[there], rows["lat"].to_numpy()[there])
    nothing = pd.Series([None] * len(rows), dtype="object")
    plain = dict.fromkeys(("place_precision", "country", "admin_code", "region"), nothing)
    frame = gpd.GeoDataFrame(
        {"first_day": rows["day"], "last_day": rows["day"], **plain}, geometry=gpd.GeoSeries(shapes, crs=4326), crs=4326
    )
    missing = {name: nothing.iloc[:0] for name in ("admin_code", "country") if name not in regions}
    whole = regions.assign(**dict.fromkeys(missing))
    pairs = members(frame, whole)
    free = np.setdiff1d(np.arange(len(rows)), pairs["incident"])
    each = np.concatenate([pairs["incident"], free])
    region = np.concatenate([pairs["region"], np.where(there[free], -1, -2)])
    cells: dict[str, Any] = {"region": region, "type": rows["type"].to_numpy()[each]}
    months = rows["day"].to_numpy().astype(f"datetime64[{period}]").astype("datetime64[s]")
    cells["period"] = months[each]
    low, best, high = (rows[f"killed_{bound}"] for bound in ("low", "best", "high"))
    filled = {"low": low.fillna(best).fillna(high), "best": best.fillna(low).fillna(high)}
    filled["high"] = high.fillna(best).fillna(low)
    known = filled["best"].notna()
    applies = rows["type"] != "state-measure"
    cells["rows"] = 1
    cells["killed_known"] = known.to_numpy()[each]
    cells["killed_unknown"] = (~known & applies).to_numpy()[each]
    cells["killed_apart"] = (~known & ~applies).to_numpy()[each]
    for bound, values in filled.items():
        cells[f"killed_{bound}"] = values.fillna(0).to_numpy()[each]
    keys = ["region", "period", "type"]
    found = pd.DataFrame(cells).groupby(keys, dropna=False).sum().reset_index()
    return found.sort_values(keys, na_position="first", ignore_index=True)
