"""Lighter outlines: fewer corners, shorter numbers, borders that still meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from willay.geo.errors import GeometryTypeError, MissingCRSError, SimplificationError, shown

if TYPE_CHECKING:
    import geopandas as gpd

WIDEST_LOCAL_DEGREES = 120.0
WORLD_CRS = "EPSG:8857"  # Equal Earth


def simplify_together(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Take corners off the outlines of areas so that neighbours keep the same border.

    Works by Visvalingam and Whyatt's rule on the coverage that the areas make (GEOS): a corner goes if the
    triangle it makes with its neighbours is smaller than `tolerance_m` squared. The areas are measured in a
    Lambert azimuthal equal-area projection around the frame's middle (in Equal Earth if it is wider than
    120 degrees). Corners that stay do not move by more than rounding of the projection (nanometres). Where
    areas overlap, or do not quite meet, each edge is simplified for itself.

    Args:
        frame: Polygons, in any CRS; missing and empty geometries stay.
        tolerance_m: Metres, 0 or more.

    Returns:
        A new frame in the same CRS, with the same rows and columns.

    Raises:
        MissingCRSError: The frame has no CRS.
        GeometryTypeError: There are points or lines in the frame.
        SimplificationError: An area would vanish or break; the message names the rows.
    """
    if not tolerance_m >= 0:
        raise SimplificationError(f"The tolerance must be 0 metres or more, not {tolerance_m}.")
    if frame.crs is None:
        raise MissingCRSError("The frame has no CRS. State it with set_crs before simplifying.")
    shapes = frame.geometry.array
    present = np.flatnonzero(~(frame.geometry.isna() | frame.geometry.is_empty))
    others = set(frame.geometry.iloc[present].geom_type) - {"Polygon", "MultiPolygon"}
    if others:
        raise GeometryTypeError(f"Expected polygons to simplify; got also {', '.join(sorted(others))}.")
    projected = shapes[present].to_crs(_metric_crs(frame))
    lighter = shapely.coverage_simplify(np.asarray(projected), tolerance_m)
    _require_all_whole(frame, present, lighter)
    result = frame.copy()
    everything = np.asarray(shapes).copy()
    everything[present] = np.asarray(type(shapes)(lighter, crs=projected.crs).to_crs(frame.crs))
    return result.set_geometry(type(shapes)(everything, crs=frame.crs))


def round_coordinates(geometry: shapely.Geometry, decimals: int) -> shapely.Geometry:
    """Round coordinates to decimals (of degrees: 6 are 0.1 m, 4 are 11 m), keeping a geometry valid.

    Parts narrower than the rounding collapse; a whole area that does becomes empty, which the caller should
    look for. Shared borders stay shared as long as both sides have the same corners. Given an array, it
    returns an array.
    """
    return shapely.set_precision(geometry, 10.0**-decimals, mode="valid_output")


def _metric_crs(frame: gpd.GeoDataFrame) -> str:
    west, south, east, north = frame.geometry.to_crs(4326).total_bounds
    if not max(east - west, north - south) <= WIDEST_LOCAL_DEGREES:
        return WORLD_CRS
    return (
        f"+proj=laea +lon_0={(west + east) / 2:.4f} +lat_0={(south + north) / 2:.4f} "
        "+datum=WGS84 +units=m +no_defs"
    )


def _require_all_whole(frame: gpd.GeoDataFrame, present: np.ndarray, lighter: np.ndarray) -> None:
    whole = ~shapely.is_empty(lighter) & shapely.is_valid(lighter) & (shapely.area(lighter) > 0)
    lost = [frame.index[row] for row in present[~whole]]
    if lost:
        raise SimplificationError(
            f"Simplifying would lose or break {len(lost)} of {len(present)} areas, rows {shown(lost)}. "
            "Take a smaller tolerance."
        )
