"""The places of incidents as geometries that a file may hold: on the Earth, flat, rounded, cut at the antimeridian."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from willay.events.exchange.outgoing.flat_pages import DECIMALS, is_point
from willay.geo import CoordinateError, cut_at_antimeridian
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from willay.events.frame.cells import IncidentCells

_KEPT: Final = 512
"""Number of areas that are cached; a region set rarely has more regions."""


class Shapes:
    """Makes geometries (lon, lat) ready for a file; an area that many incidents share is made ready once."""

    def __init__(self) -> None:
        self._areas: dict[int, tuple[shapely.Geometry, shapely.Geometry]] = {}

    def of(self, page: IncidentCells) -> NDArray[np.object_]:
        """Return the geometry of each row, None where it is unplaced; outer rings run counter-clockwise.

        Raises:
            CoordinateError: A coordinate is not on the Earth.
        """
        shapes = page.shapes
        codes = page.of("code")
        there = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
        _check(shapes, there, codes)
        found = np.full(len(shapes), None, dtype=object)
        at = is_point(shapes)
        found[at] = shapely.points(_wrapped(shapely.get_coordinates(shapes[at])))
        for row in np.flatnonzero(there & ~at).tolist():
            found[row] = self._area(shapes[row])
        return found

    def _area(self, shape: shapely.Geometry) -> shapely.Geometry:
        known = self._areas.get(id(shape))
        if known is not None and known[0] is shape:
            return known[1]
        flat = shapely.transform(shapely.force_2d(cut_at_antimeridian(shape)), _rounded)
        turned = shapely.orient_polygons(flat, exterior_cw=False)
        if len(self._areas) >= _KEPT:
            self._areas.clear()
        self._areas[id(shape)] = (shape, turned)
        return turned


def _check(shapes: NDArray[np.object_], there: NDArray[np.bool_], codes: Sequence[str]) -> None:
    bounds = shapely.bounds(shapes)
    fine = np.isfinite(bounds).all(axis=1) & (np.abs(bounds[:, 1::2]) <= 90).all(axis=1)  # noqa: PLR2004 — degrees to a pole
    for row in np.flatnonzero(there & ~fine).tolist():
        raise CoordinateError(
            tr(
                "{code}: its place is not on the Earth: {wkt}. Coordinates must be in degrees, "
                "longitude first. Check the CRS and the order of the coordinates.",
                code=codes[row],
                wkt=shapes[row].wkt[:80],
            )
        )


def _wrapped(points: NDArray[np.float64]) -> NDArray[np.float64]:
    points = _rounded(points)
    beyond = np.abs(points[:, 0]) > 180  # noqa: PLR2004 — degrees to the antimeridian
    points[beyond, 0] = np.round((points[beyond, 0] + 180) % 360 - 180, DECIMALS)
    return points


def _rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.round(points, DECIMALS) + 0.0  # -0.0 becomes 0.0
    return found
