"""Outlines and points on the page's grid: Web Mercator, the world as a square of 2^26 cells.

A cell is 0.6 m wide at the equator and less towards the poles: finer than any coordinate of an incident
deserves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from willay.geo.antimeridian import FULL_TURN, HALF_TURN, WORLD_WEST, joined_within_turn

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

GRID: Final = 1 << 26
"""Cells along one side of the world."""

CORNER_CELLS: Final = 16
"""Rounding of the corners of outlines: 10 m at the equator, about the precision of the included outlines."""

MAX_LAT: Final = 85.05112878
"""Web Mercator ends here, degrees north and south."""


def to_grid(lon: NDArray[np.float64], lat: NDArray[np.float64], west: float = WORLD_WEST) -> NDArray[np.int32]:
    """Return cells for degrees (EPSG:4326), as pairs x, y; x grows east from the meridian `west`, y grows south."""
    sin = np.sin(np.radians(np.clip(lat, -MAX_LAT, MAX_LAT)))
    x = (np.asarray(lon) - west) / FULL_TURN
    x = np.where((x < 0) | (x > 1), x % 1, x)
    y = 0.5 - np.log((1 + sin) / (1 - sin)) / (4 * np.pi)
    cells: NDArray[np.float64] = np.clip(np.rint(np.column_stack([x, y]) * GRID), 0, GRID - 1)
    return cells.astype(np.int32)


def to_degrees(cells: NDArray[np.int32], west: float = WORLD_WEST) -> NDArray[np.float64]:
    """Return degrees for cells, as pairs lon, lat; longitudes from -180 to 180."""
    x, y = np.asarray(cells, float).T / GRID
    lon = west + x * FULL_TURN
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    return np.column_stack([np.where(lon > HALF_TURN, lon - FULL_TURN, lon), lat])


class ShapeTable:
    """Collects outlines and gives each a number; `arrays` holds them all.

    A shape is a list of rings (filled by the even-odd rule, so that a hole is a ring like any other), or of
    open lines. Corners are kept to `CORNER_CELLS`; a geometry that is added again keeps its number.

    Attributes:
        west: The meridian at which the world of the page begins (`world.world_west`). Outlines are laid out from there,
            without the cuts at the meridian 180 that those of a file have.
    """

    def __init__(self, west: float = WORLD_WEST) -> None:
        self.west = west
        self._known: dict[bytes, int] = {}
        self._rings: list[int] = []
        self._points: list[int] = []
        self._cells: list[NDArray[np.int32]] = []

    def add(self, geometry: shapely.Geometry) -> int:
        """Add the areas, or else the lines, of a geometry (lon, lat); return the shape's number, from 0."""
        same = shapely.to_wkb(geometry)
        if same in self._known:
            return self._known[same]
        drawn = self.laid_out(geometry)
        rings = _areas(drawn) or _lines(drawn)
        for ring in rings:
            cells = np.rint(to_grid(ring[:, 0], ring[:, 1], self.west) / CORNER_CELLS).astype(np.int32) * np.int32(
                CORNER_CELLS
            )
            self._points.append(len(cells))
            self._cells.append(np.diff(cells, axis=0, prepend=np.zeros((1, 2), np.int32)))
        self._rings.append(len(rings))
        self._known[same] = len(self._rings) - 1
        return self._known[same]

    def laid_out(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry as it is drawn: longitudes from `west` to `west` + 360, nothing cut at the meridian 180."""
        return joined_within_turn(geometry, self.west)

    def extent(self, table: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
        """Return west, south, east and north of a table's geometries as they are drawn; NaN where it has none."""
        drawn = [self.laid_out(shape) for shape in table.geometry if shape is not None]
        west, south, east, north = shapely.total_bounds(drawn).tolist()
        return west, south, east, north

    def cell(self, point: shapely.Point) -> list[int]:
        """Return x and y of the cell of a point (lon, lat)."""
        ((x, y),) = to_grid(np.array([point.x]), np.array([point.y]), self.west)
        return [int(x), int(y)]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return `shape_rings` (rings of each shape), `ring_points` (points of each ring) and `xy`.

        `xy` holds x and y in turn; each ring's first point is absolute, the others are steps from the one
        before. Where the world does not begin at 180° W, `west` holds the degree at which it does.
        """
        cells = np.concatenate(self._cells).ravel() if self._cells else np.zeros(0, np.int32)
        return {
            "shape_rings": np.array(self._rings, np.uint32),
            "ring_points": np.array(self._points, np.uint32),
            "xy": cells.astype(np.int32),
            **({} if self.west == WORLD_WEST else {"west": np.array([self.west], np.int32)}),
        }


def _areas(geometry: shapely.Geometry) -> list[NDArray[np.float64]]:
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return [shapely.get_coordinates(ring) for ring in rings]


def _lines(geometry: shapely.Geometry) -> list[NDArray[np.float64]]:
    lines = [part for part in shapely.get_parts(geometry) if part.geom_type in {"LineString", "LinearRing"}]
    return [shapely.get_coordinates(line) for line in lines if not line.is_empty]
