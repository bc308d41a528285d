"""Made-up rows, a partition at a time, and a made-up coverage of 2,000 regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

EACH: Final = 1_000_000
"""Rows of a file."""
PLACES: Final = 150_000
"""How many places a gazetteer has, from which most datasets take their coordinates."""
TYPES: Final = tuple(f"type-{number:02}" for number in range(20))

_WEST, _SOUTH, _WIDTH, _HEIGHT = -81.0, -18.0, 12.0, 18.0
_COLUMNS, _ROWS, _STEPS = 50, 40, 94


def write_rows(folder: Path, millions: int, *, repeated: bool) -> None:
    """Write files of a million rows each, those that are there already left as they are.

    Args:
        folder: Where to.
        millions: How many files.
        repeated: Whether points are those of a gazetteer, by a power law; else each is another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(millions):
        path = folder / f"part-{number:03}.parquet"
        if not path.is_file():
            pq.write_table(_rows(number, repeated=repeated), path, compression="zstd", row_group_size=250_000)


def _rows(number: int, *, repeated: bool) -> pa.Table:
    chance = np.random.default_rng([20090605, number])
    lon, lat = _points(chance, EACH)
    if repeated:
        places = _points(np.random.default_rng(5), PLACES)
        at = np.minimum((PLACES * chance.random(EACH) ** 3).astype(int), PLACES - 1)
        lon, lat = places[0][at], places[1][at]
    days = np.datetime64("2010-01-01") + chance.integers(0, 3652, EACH).astype("timedelta64[D]")
    types = pa.DictionaryArray.from_arrays(chance.integers(0, len(TYPES), EACH).astype(np.int8), list(TYPES))
    killed = chance.integers(0, 9, EACH).astype(np.int32)
    return pa.table({"day": days, "type": types.cast(pa.string()), "lon": lon, "lat": lat, "killed": killed})


def _points(chance: np.random.Generator, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points, a twentieth of them in no region."""
    lon = chance.uniform(_WEST - 0.3, _WEST + _WIDTH + 0.3, size)
    return lon, chance.uniform(_SOUTH, _SOUTH + _HEIGHT, size)


def regions() -> gpd.GeoDataFrame:
    """Return 2,000 regions without gaps, with wavy borders: 376 vertices each, 752,000 in all."""
    xs = np.arange(_COLUMNS * _STEPS + 1) * (_WIDTH / _COLUMNS / _STEPS)
    ys = np.arange(_ROWS * _STEPS + 1) * (_HEIGHT / _ROWS / _STEPS)
    shapes = [
        _cell(xs, ys, column * _STEPS, row * _STEPS) for row in range(_ROWS) for column in range(_COLUMNS)
    ]  # fmt: skip
    keys = [f"{number:04}" for number in range(len(shapes))]
    return gpd.GeoDataFrame({"set": "made-up", "key": keys, "name": keys}, geometry=shapes, crs="EPSG:4326")


def _cell(xs: NDArray[np.floating], ys: NDArray[np.floating], left: int, low: int) -> shapely.Polygon:
    along = np.arange(_STEPS)
    x = np.concatenate([left + along, np.full(_STEPS, left + _STEPS), left + _STEPS - along, np.full(_STEPS, left)])
    y = np.concatenate([np.full(_STEPS, low), low + along, np.full(_STEPS, low + _STEPS), low + _STEPS - along])
    plain_x, plain_y = xs[x], ys[y]
    lon = _WEST + plain_x + 0.03 * np.sin(20 * plain_y) * np.sin(np.pi * plain_x / _WIDTH)
    lat = _SOUTH + plain_y + 0.03 * np.sin(20 * plain_x) * np.sin(np.pi * plain_y / _HEIGHT)
    return shapely.Polygon(np.column_stack([lon, lat]))
