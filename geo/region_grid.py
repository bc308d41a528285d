"""Regions under a grid, drawn once, so that many points are joined: most squares lie wholly in the same regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from willay.geo.join import RegionHits, areas_of, join_regions, positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import ArrayLike, NDArray

SQUARES_TO_A_SIDE: Final = 2048
"""A grid of four million squares, 17 MB. Of points in 2,000 regions about one in ten is near a border."""

_SLACK: Final = 1e-6
"""What a border reaches beyond itself, in squares: far more than the rounding of a point's square."""
_SEGMENTS_AT_ONCE: Final = 1 << 18


class RegionGrid:
    """Regions that are asked for many points, a batch at a time; what holds a point is what `join_regions` says.

    A square that no border touches lies in the same regions with every point of it. Neighbours in a row of the grid are
    taken together, and one point of each such run is joined for all. Only points of squares that a border touches are
    compared with the outlines, and only with those of its regions.

    To draw the grid takes about as long as to join half a million points without it.

    Args:
        regions: Polygons in EPSG:4326, as `join_regions` takes them.
        side: How many squares are to a side of the grid; the hits do not depend on it.

    Raises:
        GeometryTypeError: A region is a point or a line.
        MissingCRSError: A GeoSeries without CRS.

    Example:
        >>> from shapely import box
        >>> from willay.geo import RegionGrid
        >>> grid = RegionGrid([box(-77, -13, -76, -11), box(-76, -13, -75, -11)])
        >>> grid.join([-76.5, -76.0, -70.0], [-12.0, -12.0, -12.0]).region_index.tolist()
        [0, 0, 1]
    """

    def __init__(self, regions: Iterable[shapely.Geometry | None], side: int = SQUARES_TO_A_SIDE) -> None:
        """Draw the grid."""
        self._areas, self._side = areas_of(regions), side
        shapely.prepare(self._areas)
        bounds = shapely.total_bounds(self._areas) if len(self._areas) else np.full(4, np.nan)
        self._bounds = bounds  # NaN where nothing has an extent: then no point is within
        size = np.where(bounds[2:] > bounds[:2], bounds[2:] - bounds[:2], 1.0)
        self._scale = side / size
        self._draw(*self._touched())

    def join(self, lons: ArrayLike, lats: ArrayLike) -> RegionHits:
        """Find the regions that cover each point, borders included, as `join_regions` does.

        Args:
            lons: Longitudes in degrees, one-dimensional; NaN (like NaN latitudes) is in no region.
            lats: Latitudes in degrees, of the same length.

        Raises:
            CoordinateError: There are more longitudes than latitudes, or fewer.
        """
        lon, lat = positions(lons, lats)
        west, south, east, north = self._bounds
        within = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        plot = self._plots[self._numbers(lon[within], 0) + self._side * self._numbers(lat[within], 1)]
        counts = self._counts[plot]
        point = np.repeat(within, counts)
        at = np.arange(len(point)) - np.repeat(np.cumsum(counts) - counts - self._starts[plot], counts)
        region, held = self._regions[at], self._is_sure[at]
        near = np.flatnonzero(~held)
        held[near] = shapely.intersects_xy(self._areas[region[near]], lon[point[near]], lat[point[near]])
        return RegionHits(point[held], region[held])

    def _numbers(self, values: NDArray[np.float64], axis: int) -> NDArray[np.int64]:
        """Return the column or row of each value, those on the far edge in the last."""
        numbers = ((values - self._bounds[axis]) * self._scale[axis]).astype(np.int64)
        found: NDArray[np.int64] = np.clip(numbers, 0, self._side - 1, out=numbers)
        return found

    def _touched(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return pairs of a square and a region whose border touches it, sorted by square, then region."""
        pairs = [np.empty(0, np.int64)]
        for begin, step, region in self._segments():
            parts = np.ceil(2 * np.abs(step).max(axis=1, initial=0)).astype(np.int64).clip(1)  # of half a square
            which = np.repeat(np.arange(len(parts)), parts)
            number = np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)
            ends = [begin[which] + step[which] * (at / parts[which])[:, None] for at in (number, number + 1)]
            low = self._squares(np.minimum(*ends) - _SLACK)
            high = self._squares(np.maximum(*ends) + _SLACK)
            squares = [x + self._side * y for x in (low[:, 0], high[:, 0]) for y in (low[:, 1], high[:, 1])]
            pairs.append(_different(np.concatenate([square * len(self._areas) + region[which] for square in squares])))
        return np.divmod(_different(np.concatenate(pairs)), max(len(self._areas), 1))

    def _segments(self) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]]:
        """Yield the segments of all borders, some at once: begin, way to the end (both in squares), and region."""
        polygons, whole = shapely.get_parts(self._areas, return_index=True)
        rings, polygon = shapely.get_rings(polygons, return_index=True)
        region = whole[polygon]
        points, ring = shapely.get_coordinates(rings, return_index=True)
        points = (points - self._bounds[:2]) * self._scale
        begins = np.flatnonzero(ring[1:] == ring[:-1])
        for first in range(0, len(begins), _SEGMENTS_AT_ONCE):
            at = begins[first : first + _SEGMENTS_AT_ONCE]
            yield points[at], points[at + 1] - points[at], region[ring[at]].astype(np.int64)

    def _squares(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.clip(np.floor(points), 0, self._side - 1).astype(np.int64)

    def _draw(self, touched: NDArray[np.int64], region: NDArray[np.int64]) -> None:
        """Number the plots (runs of squares that no border touches, then each other square), and say what holds them.

        Args:
            touched: Squares that a border touches, sorted.
            region: The region of the border.
        """
        is_first = np.r_[True, touched[1:] != touched[:-1]][: len(touched)]
        near, which = touched[is_first], np.cumsum(is_first) - 1
        is_near = np.zeros(self._side**2, bool)
        is_near[near] = True
        begins = ~is_near
        begins[1:] &= is_near[:-1] | (np.arange(1, len(begins)) % self._side == 0)
        firsts = np.flatnonzero(begins)
        self._plots = (np.cumsum(begins, dtype=np.int32) - 1).astype(np.int32)
        self._plots[near] = np.arange(len(firsts), len(firsts) + len(near), dtype=np.int32)
        row, column = np.divmod(np.concatenate([firsts, near]), self._side)
        x, y = (self._bounds[axis] + (at + 0.5) / self._scale[axis] for axis, at in ((0, column), (1, row)))
        sure = join_regions(x, y, self._areas)
        kinds = max(len(self._areas), 1)
        doubtful = (which + len(firsts)) * kinds + region
        held = sure.point_index * kinds + sure.region_index
        at = np.minimum(np.searchsorted(doubtful, held), max(len(doubtful) - 1, 0))
        certain = held[doubtful[at] != held] if len(doubtful) else held
        pairs = np.concatenate([certain, doubtful])
        order = np.argsort(pairs)
        plot, regions = np.divmod(pairs[order], kinds)
        self._regions, self._is_sure = regions.astype(np.intp), order < len(certain)
        self._counts = np.bincount(plot, minlength=len(row))
        self._starts = np.cumsum(self._counts) - self._counts


def _different(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the different values, sorted; quicker than `numpy.unique`, which sorts no whole numbers."""
    values = np.sort(values)
    found: NDArray[np.int64] = values[np.r_[True, values[1:] != values[:-1]][: len(values)]]
    return found
