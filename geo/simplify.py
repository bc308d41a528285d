"""Lighter outlines: fewer corners, shorter numbers, borders that still meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from willay.geo.antimeridian import FULL_TURN, HALF_TURN
from willay.geo.boxes import BBox
from willay.geo.errors import GeometryTypeError, MissingCRSError, SimplificationError, shown
from willay.geo.projected import in_degrees
from willay.geo.translation import tr

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]
    Shapes = NDArray[np.object_]

WIDEST_LOCAL_DEGREES = 120.0
TOLERANCES_M = (0, 500, 1_000, 2_000, 4_000)
MOST_CORNERS = 25_000  # of all outlines of a page: about 60 kB
WORLD_CRS = "EPSG:8857"  # Equal Earth


def simplify_together(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Take corners off the outlines of areas so that neighbours keep the same border.

    Works by Visvalingam and Whyatt's rule on the coverage that the areas make (GEOS): a corner goes if the
    triangle it makes with its neighbours is smaller than `tolerance_m` squared. The areas are measured in a
    Lambert azimuthal equal-area projection around the frame's middle (in Equal Earth if it is wider than
    120 degrees). Corners that stay keep their coordinates exactly. Where areas overlap, or do not quite meet,
    each edge is simplified for itself. Heights are left out.

    Args:
        frame: Polygons, in any CRS; missing and empty geometries stay.
        tolerance_m: Metres, 0 or more.

    Returns:
        A new frame in the same CRS, with the same rows and columns.

    Raises:
        MissingCRSError: The frame has no CRS.
        GeometryTypeError: There are points or lines in the frame.
        SimplificationError: An area would vanish or break; the message names the rows.

    Example:
        >>> import geopandas
        >>> from willay.geo import circle, simplify_together
        >>> areas = geopandas.GeoDataFrame(geometry=[circle((-73.2, -12.6), 1000)], crs=4326)
        >>> len(simplify_together(areas, 100).get_coordinates()) < len(areas.get_coordinates())
        True
    """
    if not tolerance_m >= 0:
        raise SimplificationError(
            tr("The tolerance must be 0 metres or more, not {tolerance_m}.", tolerance_m=tolerance_m)
        )
    if frame.crs is None:
        raise MissingCRSError(tr("The frame has no CRS. Set it with set_crs before simplifying."))
    shapes = frame.geometry.array
    present = np.flatnonzero(~(frame.geometry.isna() | frame.geometry.is_empty))
    others = set(frame.geometry.iloc[present].geom_type) - {"Polygon", "MultiPolygon"}
    if others:
        raise GeometryTypeError(
            tr("Expected polygons to simplify; got also {listed}.", listed=", ".join(sorted(others)))
        )
    areas = shapely.force_2d(np.asarray(shapes[present]))
    everything = np.asarray(shapes).copy()
    everything[present] = _lighter(frame, present, areas, tolerance_m)
    return frame.set_geometry(type(shapes)(everything, crs=frame.crs))


def simplify_to(frame: gpd.GeoDataFrame, most: int = MOST_CORNERS) -> gpd.GeoDataFrame:
    """Take as few corners off the outlines of areas as leave no more than a number of them, as `simplify_together`.

    The tolerance is the smallest of 0, 500, 1,000, 2,000 and 4,000 metres that does; 4,000 metres where none does.

    Args:
        frame: Polygons, in any CRS.
        most: Maximum number of corners of all outlines together.

    Returns:
        A new frame in the same CRS, with the same rows and columns.

    Raises:
        MissingCRSError, GeometryTypeError, SimplificationError: As for `simplify_together`.

    Example:
        >>> import geopandas
        >>> from willay.geo import circle, simplify_to
        >>> areas = geopandas.GeoDataFrame(geometry=[circle((-73.2, -12.6), 1000)], crs=4326)
        >>> len(areas.get_coordinates()), len(simplify_to(areas, most=20).get_coordinates()) <= 20
        (65, True)
    """
    lighter = frame
    for tolerance_m in TOLERANCES_M:
        lighter = simplify_together(frame, tolerance_m) if tolerance_m else frame
        if int(shapely.get_num_coordinates(lighter.geometry.array).sum()) <= most:
            break
    return lighter


def round_coordinates(geometry: shapely.Geometry, decimals: int) -> shapely.Geometry:
    """Round coordinates to decimals (of degrees: 6 are 0.1 m, 4 are 11 m), keeping a geometry valid.

    Parts narrower than the rounding collapse; a whole area that does becomes empty, which the caller should
    look for. Shared borders stay shared as long as both sides have the same corners. Given an array, it
    returns an array.

    Example:
        >>> import shapely
        >>> from willay.geo import round_coordinates
        >>> print(round_coordinates(shapely.Point(-73.20441234, -12.63694321), 4))
        POINT (-73.2044 -12.6369)
    """
    return shapely.set_precision(geometry, 10.0**-decimals, mode="valid_output")


def _metric_crs(frame: gpd.GeoDataFrame) -> str:
    parts = in_degrees(frame.geometry)
    west, south, east, north = parts.total_bounds
    if not frame.crs.is_geographic and east - west > HALF_TURN:  # across the meridian 180, and in one piece in its CRS
        box = BBox.of(shapely.get_parts(np.asarray(parts.dropna().array)))
        west, east = box.west, box.east + (FULL_TURN if box.crosses_antimeridian else 0)
    if not max(east - west, north - south) <= WIDEST_LOCAL_DEGREES:
        return WORLD_CRS
    return f"+proj=laea +lon_0={(west + east) / 2:.4f} +lat_0={(south + north) / 2:.4f} +datum=WGS84 +units=m +no_defs"


def _lighter(frame: gpd.GeoDataFrame, present: Rows, areas: Shapes, tolerance_m: float) -> Shapes:
    flat = ~(shapely.area(areas) > 0)
    if flat.any():
        rows = [frame.index[row] for row in present[flat]]
        raise SimplificationError(
            tr("Expected areas to simplify; rows {rows} have no area. Repair them first.", rows=shown(rows))
        )
    projected = np.asarray(type(frame.geometry.array)(areas, crs=frame.crs).to_crs(_metric_crs(frame)))
    lighter = _with_first_corners(shapely.coverage_simplify(projected, tolerance_m), projected, areas)
    _require_all_whole(frame, present, lighter)
    return lighter


def _with_first_corners(lighter: Shapes, projected: Shapes, areas: Shapes) -> Shapes:
    """The lighter outlines with the very corners of the first ones: no way back through the projection."""
    keys = _as_keys(shapely.get_coordinates(projected))
    order = np.argsort(keys)
    corners = shapely.get_coordinates(areas)[order]

    def look_up(points: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = corners[np.searchsorted(keys, _as_keys(points), sorter=order)]
        return found

    placed: Shapes = shapely.transform(lighter, look_up)
    return placed


def _as_keys(points: NDArray[np.float64]) -> NDArray[np.complex128]:
    return points[:, 0] + 1j * points[:, 1]  # numpy sorts complex numbers by x, then y


def _require_all_whole(frame: gpd.GeoDataFrame, present: Rows, lighter: Shapes) -> None:
    whole = ~shapely.is_empty(lighter) & shapely.is_valid(lighter) & (shapely.area(lighter) > 0)
    lost = [frame.index[row] for row in present[~whole]]
    if lost:
        raise SimplificationError(
            tr(
                "Simplifying would lose or break {n} of {total} areas, rows {lost}. Use a smaller tolerance.",
                n=len(lost),
                total=len(present),
                lost=shown(lost),
            )
        )
