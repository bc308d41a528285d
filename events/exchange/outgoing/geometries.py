"""Geometries as GeoJSON texts, many at a time: points from arrays, an area that many incidents share once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import orjson
import shapely

from willay.events.exchange.outgoing.flat_pages import DECIMALS, is_point
from willay.geo import CoordinateError, cut_at_antimeridian
from willay.geo.longitudes import Extent
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from willay.events.frame.cells import IncidentCells

NOTHING: Final = orjson.Fragment(b"null")
_KEPT: Final = 512
"""Number of areas whose texts are cached; a region set rarely has more regions."""


class GeometryTexts:
    """Turns geometries (lon, lat) into GeoJSON, and remembers the box around all of them.

    RFC 7946: longitude first, outer rings counter-clockwise, shapes that run over the antimeridian cut there.
    """

    def __init__(self) -> None:
        self._areas: dict[int, tuple[shapely.Geometry, orjson.Fragment]] = {}
        self._extent = Extent()

    @property
    def bbox(self) -> list[float] | None:
        """West, south, east, north of all seen so far, degrees; None where nothing was placed.

        West is greater than east where the box across the meridian 180 is narrower (RFC 7946, section 5.2).
        """
        return self._extent.bbox()

    def of(self, page: IncidentCells, codes: Sequence[str]) -> list[orjson.Fragment | dict[str, object]]:
        """Return the geometry of each row, as what orjson writes; null where unplaced.

        Raises:
            CoordinateError: A coordinate is not on the Earth.
        """
        shapes = page.shapes
        at = is_point(shapes)
        found: list[orjson.Fragment | dict[str, object]] = [NOTHING] * len(shapes)
        rows = np.flatnonzero(at).tolist()
        points = self._points(shapes[at], [codes[row] for row in rows])
        for row, point in zip(rows, points.tolist(), strict=True):
            found[row] = {"type": "Point", "coordinates": point}
        for row in np.flatnonzero(~at & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)).tolist():
            found[row] = self._area(shapes[row], codes[row])
        return found

    def _points(self, shapes: NDArray[np.object_], codes: Sequence[str]) -> NDArray[np.float64]:
        points: NDArray[np.float64] = np.round(shapely.get_coordinates(shapes), DECIMALS) + 0.0  # -0.0 becomes 0.0
        lon, lat = points[:, 0], points[:, 1]
        fine = np.isfinite(points).all(axis=1) & (np.abs(lat) <= 90)  # noqa: PLR2004 — degrees from the equator to a pole
        for row in np.flatnonzero(~fine).tolist():
            raise _stray(codes[row], shapes[row])
        beyond = np.abs(lon) > 180  # noqa: PLR2004 — degrees to the antimeridian
        if beyond.any():
            points[beyond, 0] = np.round((lon[beyond] + 180) % 360 - 180, DECIMALS)
        self._extent.add_points(points)
        return points

    def _area(self, shape: shapely.Geometry, code: str) -> orjson.Fragment:
        known = self._areas.get(id(shape))
        if known is not None and known[0] is shape:
            return known[1]
        west, south, east, north = shape.bounds
        if not np.isfinite([west, south, east, north]).all() or max(abs(south), abs(north)) > 90:  # noqa: PLR2004 — as above
            raise _stray(code, shape)
        flat = shapely.transform(shapely.force_2d(cut_at_antimeridian(shape)), _rounded)
        turned = shapely.orient_polygons(flat, exterior_cw=False)
        self._extent.add(np.array([turned], dtype=object))
        text = orjson.Fragment(orjson.dumps(shapely.geometry.mapping(turned)))
        if len(self._areas) >= _KEPT:
            self._areas.clear()
        self._areas[id(shape)] = (shape, text)
        return text


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(points, DECIMALS) + 0.0


def _stray(code: str, shape: shapely.Geometry) -> CoordinateError:
    return CoordinateError(
        tr(
            "{code}: its place is not on the Earth: {wkt}. Coordinates must be in degrees, longitude "
            "first. Check the CRS and the order of the coordinates.",
            code=code,
            wkt=shape.wkt[:80],
        )
    )
