"""Which regions hold the rows of a partition: distinct places are looked at once for each time that regions changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from willay.events.aggregate.rows import DECIDING
from willay.events.frame.columns import CRS
from willay.events.frame.membership import members
from willay.geo.join import join_regions
from willay.geo.region_grid import RegionGrid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.events.aggregate.rows import Rows
    from willay.geo.join import RegionHits

MANY_POINTS: Final = 1_000_000
"""From this number of points on, a grid is drawn under the regions; it costs what it takes to join them without it."""

_MOSTLY: Final = 0.8
"""From this share of different longitudes on, rows are not searched for places that repeat."""


class Held(NamedTuple):
    """Pairs of a row and a region that holds it, both as positions from 0, sorted by row, then region."""

    row: NDArray[np.int64]
    region: NDArray[np.int64]


class Outlines:
    """Regions that are asked for points, a partition at a time; how they are joined changes once there are many."""

    def __init__(self, shapes: gpd.GeoSeries) -> None:
        self._shapes, self._joined = shapes, 0
        self._grid: RegionGrid | None = None

    def join(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> RegionHits:
        """Find the regions that cover each point, borders included."""
        self._joined += len(lon)
        if self._grid is None and self._joined < MANY_POINTS:
            return join_regions(lon, lat, self._shapes)
        self._grid = self._grid or RegionGrid(self._shapes)
        return self._grid.join(lon, lat)


@dataclass(frozen=True)
class Regions:
    """Versions of regions, and the days on which any of them begins or ends to be valid.

    Attributes:
        table: Columns set, key, valid_from, valid_until, admin_code, country and definition, and the outlines.
        changes: Those days, sorted.
        is_coded: Whether any region has a code, by which a place can be in it without a point.
        outlines: Their outlines, to be asked for many points.
    """

    table: gpd.GeoDataFrame
    changes: NDArray[np.datetime64]
    is_coded: bool
    outlines: Outlines

    @classmethod
    def of(cls, table: gpd.GeoDataFrame) -> Regions:
        """Prepare a table of regions; columns that membership needs are filled with None where they are missing."""
        more = {
            name: pd.Series(None, index=table.index, dtype="object")
            for name in ("valid_from", "valid_until", "admin_code", "country", "definition")
            if name not in table
        }
        whole = table.assign(**more).reset_index(drop=True)
        shapely.prepare(whole.geometry.to_numpy())
        limits = pd.to_datetime(pd.concat([whole["valid_from"], whole["valid_until"]])).dropna()
        days = np.unique(limits.to_numpy().astype("datetime64[D]"))
        return cls(whole, days, bool(whole["admin_code"].notna().any()), Outlines(whole.geometry))

    def held(self, rows: Rows) -> Held:
        """Find the regions that hold each row on its days, by the rule of `members`.

        Days count only by the times between changes of regions, so that places that repeat are looked at once for
        each of these. Rows with a point and nothing else that decides are joined by their points alone.
        """
        if not len(self.changes) and not any(name in rows.place for name in DECIDING):
            hits = self.outlines.join(rows.lon, rows.lat)
            return Held(hits.point_index.astype(np.int64), hits.region_index.astype(np.int64))
        periods = np.column_stack([_period(self.changes, rows.first), _period(self.changes, rows.last)])
        keys, which = _distinct(rows, periods)
        found = members(_frame(_spots(rows, keys, periods, self.changes)), self.table)
        pairs = Held(found["incident"].to_numpy(np.int64), found["region"].to_numpy(np.int64))
        return pairs if which is keys else _spread(pairs, which, len(keys))


def _period(changes: NDArray[np.datetime64], days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return how many changes are on or before each day; -1 without a day."""
    found = np.searchsorted(changes, days, side="right").astype(np.int64)
    found[np.isnat(days)] = -1
    return found


def _distinct(rows: Rows, periods: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a row for each distinct place and time, and the number of its place and time for each row.

    Where most longitudes are of one row each, every row is taken as a place of its own: to look for those that repeat
    would cost more than it saves.
    """
    lons, distinct = pd.factorize(rows.lon)
    if len(distinct) > len(rows) * _MOSTLY:
        every = np.arange(len(rows))
        return every, every
    columns = [lons, pd.factorize(rows.lat)[0], periods[:, 0], periods[:, 1]]
    columns += [pd.factorize(rows.place[name])[0] for name in DECIDING if name in rows.place]
    number = np.zeros(len(rows), np.int64)
    for column in columns:
        size = int(column.max(initial=-1)) + 2
        number = number * size + (column + 1)
        if number.max(initial=0) > np.iinfo(np.int64).max // 4_000_000:
            number = pd.factorize(number)[0].astype(np.int64)
    _, first, which = np.unique(number, return_index=True, return_inverse=True)
    return first.astype(np.int64), which.astype(np.int64)


def _spots(
    rows: Rows, keys: NDArray[np.int64], periods: NDArray[np.int64], changes: NDArray[np.datetime64]
) -> pd.DataFrame:
    """Return the distinct places, each on the first day of the times that it is asked about."""
    beginnings = np.concatenate([changes[:1] - np.timedelta64(1, "D"), changes])
    days = [
        np.where(period < 0, np.datetime64("NaT"), beginnings[np.maximum(period, 0)])
        if len(beginnings)
        else np.full(len(keys), "NaT", "datetime64[D]")
        for period in periods[keys].T
    ]
    plain = {name: rows.place[name][keys] for name in DECIDING if name in rows.place}
    return pd.DataFrame(
        {"lon": rows.lon[keys], "lat": rows.lat[keys], "first_day": days[0], "last_day": days[1], **plain}
    )


def _frame(spots: pd.DataFrame) -> gpd.GeoDataFrame:
    there = spots["lon"].notna().to_numpy()
    shapes = np.full(len(spots), None, object)
    shapes[there] = shapely.points(spots["lon"].to_numpy()[there], spots["lat"].to_numpy()[there])
    missing = {name: pd.Series(None, index=spots.index, dtype="object") for name in (*DECIDING, "region")}
    told = {name: spots.get(name, column) for name, column in missing.items()}
    days = {name: pd.to_datetime(spots[name]) for name in ("first_day", "last_day")}
    return gpd.GeoDataFrame({**days, **told}, geometry=gpd.GeoSeries(shapes, crs=CRS), crs=CRS)


def _spread(pairs: Held, which: NDArray[np.int64], places: int) -> Held:
    """Return the pairs of rows and regions, given those of distinct places."""
    starts = np.searchsorted(pairs.row, np.arange(places))
    counts = np.searchsorted(pairs.row, np.arange(places), side="right") - starts
    each = counts[which]
    rows = np.repeat(np.arange(len(which)), each)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
    return Held(rows, pairs.region[np.repeat(starts[which], each) + within])
