"""The longitudes that shapes take up round the Earth, and the narrowest box of them, however many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from willay.geo.antimeridian import FULL_TURN, HALF_TURN, cut_at_antimeridian

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_DEGREES: Final = 360
_POLE: Final = 90.0


class Longitudes:
    """Gathers longitudes, in memory that does not grow with them: the first and the last within each degree.

    Example:
        >>> from willay.geo.longitudes import Longitudes
        >>> taken = Longitudes()
        >>> taken.add([177.0, -178.5])
        >>> taken.span()
        (177.0, -178.5)
    """

    def __init__(self) -> None:
        self._first = np.full(_DEGREES, np.inf)
        self._last = np.full(_DEGREES, -np.inf)

    def add(self, lons: ArrayLike) -> None:
        """Take in points, degrees; NaN is passed over."""
        values = np.asarray(lons, dtype=float)
        values = values[np.isfinite(values)]
        values = np.where(np.abs(values) > HALF_TURN, (values + HALF_TURN) % FULL_TURN - HALF_TURN, values)
        degrees = _degree_of(values)
        np.minimum.at(self._first, degrees, values)
        np.maximum.at(self._last, degrees, values)

    def add_spans(self, lefts: ArrayLike, rights: ArrayLike) -> None:
        """Take in all that lies between pairs of longitudes from -180 to 180, from west to east."""
        pairs = np.unique(np.column_stack([np.asarray(lefts, float), np.asarray(rights, float)]), axis=0)
        for left, right in pairs[np.isfinite(pairs).all(axis=1)].tolist():
            self.add([left, right])
            first, last = _degree_of(np.array([left, right])).tolist()
            if first < last:
                edges = np.arange(first, last + 1) - HALF_TURN
                self._first[first + 1 : last + 1] = edges[1:]
                self._last[first:last] = edges[1:]

    def add_shapes(self, shapes: NDArray[np.object_]) -> None:
        """Take in geometries in degrees, each part for itself; missing and empty ones are passed over.

        What is not on the Earth, as a place in metres, is passed over, too.
        """
        left, south, right, north = shapely.bounds(shapes).T
        with np.errstate(invalid="ignore"):  # NaN, of what is missing or empty
            placed = (left >= -FULL_TURN) & (right <= FULL_TURN) & (south >= -_POLE) & (north <= _POLE)
            narrow = placed & (left >= -HALF_TURN) & (right <= HALF_TURN) & (right - left <= HALF_TURN)
        alone = narrow & (left == right)
        self.add(left[alone])
        self.add_spans(left[narrow & ~alone], right[narrow & ~alone])
        for row in np.flatnonzero(placed & ~narrow):
            parts = shapely.bounds(shapely.get_parts(cut_at_antimeridian(shapes[row])))
            self.add_spans(parts[:, 0], parts[:, 2])

    def span(self) -> tuple[float, float] | None:
        """Return west and east of the narrowest stretch that holds all, west > east where it crosses 180; None of none.

        Gaps within a degree are not looked for.
        """
        (taken,) = np.nonzero(self._first <= self._last)
        if not len(taken):
            return None
        first, last = self._first[taken], self._last[taken]
        gaps = first[1:] - last[:-1]
        if not len(gaps) or gaps.max() <= FULL_TURN - (last[-1] - first[0]):
            return float(first[0]), float(last[-1])
        widest = int(gaps.argmax())
        return float(first[widest + 1]), float(last[widest])


class Extent:
    """Gathers shapes for the narrowest box around them, in memory that does not grow with them.

    Example:
        >>> import numpy as np, shapely
        >>> from willay.geo.longitudes import Extent
        >>> extent = Extent()
        >>> extent.add(np.array([shapely.Point(177, -17), shapely.Point(-178.5, -19)]))
        >>> extent.bbox()
        [177.0, -19.0, -178.5, -17.0]
    """

    def __init__(self) -> None:
        self._longitudes = Longitudes()
        self._south, self._north = np.inf, -np.inf

    def add(self, shapes: NDArray[np.object_]) -> None:
        """Take in geometries with longitudes from -180 to 180; missing and empty ones are passed over."""
        self._longitudes.add_shapes(shapes)
        if np.isfinite(ends := shapely.total_bounds(shapes)).all():
            self._south, self._north = min(self._south, ends[1]), max(self._north, ends[3])

    def add_points(self, points: NDArray[np.float64]) -> None:
        """Take in points, as pairs of longitude and latitude."""
        if len(points):
            self._longitudes.add(points[:, 0])
            self._south, self._north = min(self._south, points[:, 1].min()), max(self._north, points[:, 1].max())

    def bbox(self) -> list[float] | None:
        """Return west, south, east, north, or None of nothing; west > east where that is narrower (RFC 7946, 5.2)."""
        span = self._longitudes.span()
        return None if span is None else [span[0], float(self._south), span[1], float(self._north)]


def _degree_of(lons: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.clip(np.floor(lons + HALF_TURN), 0, _DEGREES - 1).astype(np.int64)
