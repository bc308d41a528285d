"""The same made-up rows as a file of sums and as incidents, and what they add up to, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from squares import regions_of

from willay.events import make_frame
from willay.events.aggregate import Question, Sums, aggregate

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

TYPES = ("armed-clash", "protest", "riot")


def made_rows(count: int, seed: int) -> pd.DataFrame:
    """Return rows of one day each in four squares, about them and on their borders, some without day, place, figure."""
    rng = np.random.default_rng(seed)
    x, y = rng.integers(-2, 11, count) / 4, rng.integers(-2, 11, count) / 4  # every fourth lies on a border
    killed = pd.Series(rng.integers(0, 30, count).astype(float)).mask(rng.random(count) < 0.2)
    days = pd.Series(np.datetime64("2009-01-05") + rng.integers(0, 800, count).astype("timedelta64[D]"))
    return pd.DataFrame(
        {
            "day": days.mask(rng.random(count) < 0.05).astype("datetime64[s]"),
            "type": rng.choice(TYPES, count),
            "lon": np.where(rng.random(count) < 0.05, np.nan, x),
            "lat": y,
            "killed_low": killed.mask(rng.random(count) < 0.3),
            "killed_best": killed,
            "killed_high": (killed + 2).mask(rng.random(count) < 0.2),
        }
    )


def squares_without_days() -> gpd.GeoDataFrame:
    """Return the four squares, without limits of time."""
    table = regions_of()
    table = table[table["set"] == table["set"].iloc[0]].reset_index(drop=True)
    return table.assign(valid_from=None, valid_until=None)


def sums_of(rows: pd.DataFrame, folder: Path, regions: gpd.GeoDataFrame | None = None, **question: Any) -> Sums:
    """Sum rows by way of a Parquet file."""
    path = folder / "rows.parquet"
    rows.to_parquet(path, index=False)
    asked = {"by": ("region", "month", "type"), "measures": ("killed",), "tiles": 8, **question}
    terms = {"name": "made-up", "licence": "CC0-1.0", "attribution": "Nobody", "may_publish": True}
    return aggregate([path], Question(**asked), squares_without_days() if regions is None else regions, terms=terms)


def incidents_of(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the rows as an incident frame."""
    points = [None if np.isnan(x) else shapely.Point(x, y) for x, y in zip(rows["lon"], rows["lat"], strict=True)]
    figures = {name: rows[name].astype("Int64") for name in ("killed_low", "killed_best", "killed_high")}
    days = {"first_day": rows["day"], "last_day": rows["day"]}
    return make_frame({"title": "Row", "type": rows["type"], **days, **figures}, points)


def held_by(rows: pd.DataFrame, region: shapely.Geometry) -> pd.Series[bool]:
    """Return which rows a region holds, its border included."""
    there = rows["lon"].notna().to_numpy()
    touches = shapely.intersects_xy(region, rows["lon"].fillna(0).to_numpy(), rows["lat"].to_numpy())
    return pd.Series(touches & there, index=rows.index)


def added(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many rows there are, and what their dead add up to, a missing bound from the nearest that is known."""
    low, best, high = (rows[f"killed_{bound}"] for bound in ("low", "best", "high"))
    known = {"low": low.fillna(best).fillna(high), "best": best.fillna(low).fillna(high)}
    known["high"] = high.fillna(best).fillna(low)
    sums = {name: int(column.sum()) for name, column in known.items()}
    return {"rows": len(rows), "unknown": int(known["best"].isna().sum()), **sums}
