"""Which regions hold which points and shapes.

A border belongs to both sides: a point on it is in each of the neighbours, so sums over regions may count
it twice. Shapes larger than a point are in a region only if the region covers (nearly) all of them: a place
known to a wide unit is in that unit and is never guessed into a finer one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np
import shapely

from willay.geo.errors import CoordinateError, GeometryTypeError, MissingCRSError
from willay.geo.projected import in_degrees
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

SHARE_OF_GENERALISED_OUTLINES = 0.99
_POINTS_OF_A_CELL, _MOST_CELLS = 16, 512
"""About how many points a cell of the grid has, and how many cells a side of it has at most."""

MISSING_DIMENSION, AREA_DIMENSION = -1, 2  # as shapely.get_dimensions counts


class RegionHits(NamedTuple):
    """Pairs of a point (or shape) and a region that holds it, sorted by point, then region.

    Both are positions counted from 0 in what was given, as two arrays of one length. What lies in no region
    does not appear; what lies in several appears once for each.

    Example:
        >>> from shapely import box
        >>> from willay.geo import join_regions
        >>> hits = join_regions([-76.5, -70.0], [-12.0, -12.0], [box(-77, -13, -76, -11)])
        >>> hits.point_index.tolist(), hits.region_index.tolist()
        ([0], [0])
    """

    point_index: NDArray[np.intp]
    region_index: NDArray[np.intp]


def join_regions(lons: ArrayLike, lats: ArrayLike, regions: Iterable[shapely.Geometry | None]) -> RegionHits:
    """Find the regions that cover each point, borders included.

    Args:
        lons: Longitudes in degrees, one-dimensional; NaN (like NaN latitudes) is in no region.
        lats: Latitudes in degrees, of the same length.
        regions: Polygons in EPSG:4326, as a sequence, an array or a geopandas.GeoSeries (which is transformed
            if it is in another CRS). Missing and empty ones hold nothing.

    Raises:
        CoordinateError: There are more longitudes than latitudes, or fewer.
        GeometryTypeError: A region is a point or a line.
        MissingCRSError: A GeoSeries without CRS.

    Example:
        >>> import shapely
        >>> from willay.geo import join_regions
        >>> hits = join_regions([0.5, 9], [0.5, 9], [shapely.box(0, 0, 1, 1)])
        >>> [part.tolist() for part in hits[:2]]
        [[0], [0]]
    """
    lon, lat = positions(lons, lats)
    areas = areas_of(regions)
    bounds = shapely.bounds(areas)  # NaN for missing and empty ones, which hold nothing
    cells = _Cells(lon, lat)
    points, found = [], []
    for region in np.flatnonzero(np.isfinite(bounds[:, 0])):
        candidates = cells.within(bounds[region])
        held = candidates[_covered(areas[region], lon[candidates], lat[candidates])]
        points.append(held)
        found.append(np.full(len(held), region, dtype=np.intp))
    return _sorted_hits(points, found, len(areas))


def positions(lons: ArrayLike, lats: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitudes and latitudes as two arrays of one length.

    Raises:
        CoordinateError: There are more longitudes than latitudes, or fewer.
    """
    lon, lat = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    if lon.ndim != 1 or lon.shape != lat.shape:
        raise CoordinateError(
            tr(
                "Expected as many latitudes as longitudes, in one dimension; got {lons} and {lats}.",
                lons=lon.shape,
                lats=lat.shape,
            )
        )
    return lon, lat


class _Cells:
    """Points dealt out to the cells of a grid, so that those within a box are few pieces of one list."""

    def __init__(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
        there = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        self._side = int(np.clip(np.sqrt(len(there) / _POINTS_OF_A_CELL), 1, _MOST_CELLS))
        self._lon, self._lat = lon, lat
        self._axes = [_axis(values[there], self._side) for values in (lon, lat)]
        cell = self._numbers(lon[there], 0) * self._side + self._numbers(lat[there], 1)
        self._order = there[np.argsort(cell, kind="stable")]
        self._starts = np.r_[0, np.cumsum(np.bincount(cell, minlength=self._side**2))]

    def _numbers(self, values: NDArray[np.float64], axis: int) -> NDArray[np.intp]:
        """Return the column or row of each value; the outermost reach on without an end."""
        least, step = self._axes[axis]
        return np.clip((values - least) / step, 0, self._side - 1).astype(np.intp)

    def within(self, box: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return the points in a box (west, south, east, north), its edges included."""
        (left, right), (low, high) = self._numbers(box[[0, 2]], 0), self._numbers(box[[1, 3]], 1)
        columns = np.arange(left, right + 1) * self._side
        pieces = zip(self._starts[columns + low], self._starts[columns + high + 1], strict=True)
        near = np.concatenate([self._order[start:stop] for start, stop in pieces])
        lon, lat = self._lon[near], self._lat[near]
        inside: NDArray[np.intp] = near[(lon >= box[0]) & (lon <= box[2]) & (lat >= box[1]) & (lat <= box[3])]
        return inside


def _axis(values: NDArray[np.float64], side: int) -> tuple[float, float]:
    """Return where the cells of an axis begin, and how long each is."""
    if not len(values):
        return 0.0, 1.0
    least, most = float(values.min()), float(values.max())
    return least, (most - least) / side or 1.0


def join_geometries(
    geometries: Iterable[shapely.Geometry | None],
    regions: Iterable[shapely.Geometry | None],
    *,
    min_share: float = SHARE_OF_GENERALISED_OUTLINES,
) -> RegionHits:
    """Find the regions that hold each shape: points as in `join_regions`, lines and areas almost entirely.

    Args:
        geometries: Shapes in EPSG:4326 (or a GeoSeries); missing and empty ones are in no region.
        regions: As in `join_regions`. Broken geometries on either side are judged as repaired by
            `shapely.make_valid`.
        min_share: The least share of a line's length or an area's extent that must lie in the region, above
            0.5 and up to 1. The default forgives outlines that were generalised differently; 1 asks that the
            region covers the shape. Shares are taken in degrees, which cancels out in a ratio this near 1.

    Raises:
        GeometryTypeError: A region is a point or a line.
        MissingCRSError: A GeoSeries without CRS.
        ValueError: The share is out of its range.

    Example:
        >>> import shapely
        >>> from willay.geo import join_geometries
        >>> hits = join_geometries([shapely.box(0, 0, 1, 1)], [shapely.box(-1, -1, 2, 2), shapely.box(5, 5, 6, 6)])
        >>> [part.tolist() for part in hits[:2]]
        [[0], [0]]
    """
    if not 0.5 < min_share <= 1:  # noqa: PLR2004  (more than half, so that no two disjoint regions hold a shape)
        raise ValueError(tr("min_share must be above 0.5 and at most 1, not {min_share}.", min_share=min_share))
    shapes, areas = _repaired(_in_degrees(geometries)), _repaired(areas_of(regions))
    shapely.prepare(areas)
    shape_index, region_index = shapely.STRtree(areas).query(shapes, predicate="intersects")
    held = _held(shapes[shape_index], areas[region_index], min_share)
    return _sorted_hits([shape_index[held]], [region_index[held]], len(areas))


def _held(shapes: NDArray[np.object_], areas: NDArray[np.object_], min_share: float) -> NDArray[np.bool_]:
    held: NDArray[np.bool_] = shapely.covers(areas, shapes)
    if min_share == 1:
        return held
    extended = shapely.get_dimensions(shapes) > 0
    doubtful = np.flatnonzero(extended & ~held)
    common = shapely.intersection(shapes[doubtful], areas[doubtful])
    held[doubtful] = _extent(common, shapes[doubtful]) >= min_share * _extent(shapes[doubtful], shapes[doubtful])
    return held


def _extent(shapes: NDArray[np.object_], like: NDArray[np.object_]) -> NDArray[np.float64]:
    """Area of what belongs to areas, length of what belongs to lines."""
    is_area = shapely.get_dimensions(like) == AREA_DIMENSION
    extent: NDArray[np.float64] = np.where(is_area, shapely.area(shapes), shapely.length(shapes))
    return extent


def _covered(area: shapely.Geometry, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    shapely.prepare(area)
    return cast("NDArray[np.bool_]", shapely.intersects_xy(area, lon, lat))  # the border intersects, too


def areas_of(regions: Iterable[shapely.Geometry | None]) -> NDArray[np.object_]:
    """Return regions as an array, in degrees.

    Raises:
        GeometryTypeError: A region is a point or a line.
        MissingCRSError: A GeoSeries without CRS.
    """
    areas = _in_degrees(regions)
    for position in np.flatnonzero(~np.isin(shapely.get_dimensions(areas), (MISSING_DIMENSION, AREA_DIMENSION))):
        raise GeometryTypeError(
            tr(
                "Expected polygons as regions; got a {geom_type} at position {position}.",
                geom_type=areas[position].geom_type,
                position=position,
            )
        )
    return areas


def _in_degrees(geometries: Iterable[shapely.Geometry | None]) -> NDArray[np.object_]:
    to_crs = getattr(geometries, "to_crs", None)  # a GeoSeries, known without importing geopandas
    if to_crs is not None and getattr(geometries, "crs", None) is None:
        raise MissingCRSError(tr("The geometries have no CRS. Set it with set_crs before joining."))
    shapes = list(geometries if to_crs is None else in_degrees(cast("gpd.GeoSeries", geometries)))
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def _repaired(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The shapes (an array of our own), the broken ones made valid: GEOS cannot cut them otherwise."""
    broken = ~(shapely.is_valid(shapes) | shapely.is_missing(shapes))
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    return shapes


def _sorted_hits(points: list[NDArray[np.intp]], regions: list[NDArray[np.intp]], count: int) -> RegionHits:
    none = np.empty(0, dtype=np.intp)
    point_index, region_index = np.concatenate([none, *points]), np.concatenate([none, *regions])
    order = np.argsort(point_index * max(count, 1) + region_index)  # no pair is there twice
    return RegionHits(point_index[order], region_index[order])
