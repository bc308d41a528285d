"""Outlines as a page draws them: with fewer corners where there are very many, so that the page stays small.

What counts, such as which incidents lie in a region and how large it is, is reckoned from the outlines as they are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from willay.geo.simplify import MOST_CORNERS, TOLERANCES_M, simplify_together

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_COAST: Final = 12_000
"""Maximum number of corners of the outline that units have together."""
_MOST_WATER: Final = 3_500
"""Maximum number of corners of rivers, and of lakes, where a tolerance of the list below leaves so few."""
_MOST_LAND: Final = 6_000
"""The same of the land around a country."""
_TOLERANCES: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Degrees: lines stay within it, and triangles of which it is the root of the area go from borders of land."""
_WATER_STEPS: Final = 3
"""How many of these tolerances water is simplified by: at more, lakes are triangles."""


def light_units(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return first-level units with few enough corners for a page: by the least tolerance that leaves 25,000 of them.

    The outline that they have together may have 12,000. At 4,000 metres they stay as they are then, however many.
    """
    shapes = tuple(shapely.to_wkb(units.geometry.array).tolist())
    return units.assign(geometry=gpd.GeoSeries.from_wkb(_light_units(shapes), index=units.index, crs=units.crs))


@lru_cache(maxsize=16)
def _light_units(shapes: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Do the same for outlines as WKB: the units of a database are most often those of the base map."""
    units = gpd.GeoDataFrame(geometry=gpd.GeoSeries.from_wkb(shapes), crs="EPSG:4326")
    lighter = units
    for tolerance_m in TOLERANCES_M:
        lighter = simplify_together(units, tolerance_m) if tolerance_m else units
        outlines = lighter.geometry.to_numpy()
        if _corners(outlines) <= _MOST_COAST:
            break
        if _corners(outlines) <= MOST_CORNERS and shapely.get_num_coordinates(_together(outlines)) <= _MOST_COAST:
            break
    return tuple(shapely.to_wkb(lighter.geometry.array).tolist())


def _together(outlines: NDArray[np.object_]) -> shapely.Geometry:
    is_coverage = bool(shapely.coverage_is_valid(outlines))
    return shapely.coverage_union_all(outlines) if is_coverage else shapely.union_all(outlines)


def light_water(water: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rivers or lakes with fewer corners where they have very many; where it does not do, the first of them.

    Args:
        water: The greatest first.
    """
    lighter = water
    for tolerance in _TOLERANCES[:_WATER_STEPS]:
        if _corners(lighter.geometry.to_numpy()) <= _MOST_WATER:
            break
        lighter = water.assign(geometry=water.geometry.simplify(tolerance))
    so_far = shapely.get_num_coordinates(lighter.geometry.to_numpy()).cumsum()
    return lighter[~lighter.geometry.is_empty & (so_far <= max([_MOST_WATER, *so_far[:1]]))].reset_index(drop=True)


def light_land(around: gpd.GeoDataFrame, own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the land around a country with fewer corners where it has very many.

    The country's own land lies under it then, without a name, so that no gap opens along its outline.

    Args:
        around: Other countries.
        own: The outline of the country.
    """
    shapes = np.concatenate([own.geometry.array, around.geometry.array])
    if _corners(shapes[len(own) :]) <= _MOST_LAND:
        return around
    lighter = shapes
    for tolerance in _TOLERANCES:
        lighter = shapely.coverage_simplify(shapes, tolerance)
        if _corners(lighter) <= _MOST_LAND:
            break
    under = pd.DataFrame({name: [""] * len(own) for name in around.columns.drop("geometry")})
    table = pd.concat([under, around.drop(columns="geometry")], ignore_index=True)
    return gpd.GeoDataFrame(table, geometry=lighter, crs=around.crs)


def _corners(shapes: NDArray[np.object_]) -> int:
    return int(shapely.get_num_coordinates(shapes).sum())
