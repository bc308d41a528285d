"""Geometries in Web Mercator (EPSG:3857), the page's projection, as paths to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.path import Path
from shapely.affinity import translate

from willay.geo.antimeridian import WORLD_WEST, joined_within_turn
from willay.geo.projected import in_degrees
from willay.geo.translation import tr
from willay.maps.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

MERCATOR = "EPSG:3857"
MAX_LAT = 85.05


def mercator(geometries: gpd.GeoSeries | None, west: float = WORLD_WEST) -> NDArray[Any]:
    """Return geometries in EPSG:3857; None and empty ones become empty ones. Nothing lies beyond the projection.

    Where the world of a picture begins at another meridian than 180° W (`world.world_west`), that meridian takes its
    place, and outlines are without their cuts at the meridian 180.

    Raises:
        TableError: They have no CRS.
    """
    if geometries is None or not len(geometries):
        return np.array([], object)
    if geometries.crs is None:
        raise TableError(tr("A table of outlines has no CRS. Set it: table.set_crs('EPSG:4326')."))
    known = geometries.where(~geometries.isna(), shapely.Point())
    clipped = np.asarray(in_degrees(known).array, object).copy()
    if west != WORLD_WEST:
        clipped = np.array([_turned(shape, west) for shape in clipped], dtype=object)
    tall = np.flatnonzero(np.abs(shapely.bounds(clipped)[:, [1, 3]]).max(axis=1, initial=0) > MAX_LAT)
    clipped[tall] = shapely.clip_by_rect(clipped[tall], -180, -MAX_LAT, 180, MAX_LAT)
    return np.asarray(gpd.GeoSeries(clipped, crs="EPSG:4326").to_crs(MERCATOR).array, object)


def _turned(shape: shapely.Geometry, west: float) -> shapely.Geometry:
    return translate(joined_within_turn(shape, west), xoff=WORLD_WEST - west)


def within_view(geometry: Any, view: tuple[float, float, float, float], grain: float) -> Any:  # noqa: ANN401 — shapely
    """Return what a view (west, south, east, north) shows of a geometry, without corners finer than a grain."""
    west, south, east, north = view
    margin = max(east - west, north - south) / 10
    clipped = shapely.clip_by_rect(geometry, west - margin, south - margin, east + margin, north + margin)
    return shapely.simplify(clipped, grain) if shapely.get_num_coordinates(clipped) else clipped


def path_of(geometry: Any) -> Path | None:  # noqa: ANN401 — shapely
    """Return the areas and lines of a geometry as one path, None where it has neither. Holes are left open."""
    parts = [*_lines(shapely.get_parts(geometry))]
    if not parts:
        return None
    vertices = np.concatenate([points for points, _ in parts])
    codes = np.concatenate([_codes(len(points), is_closed) for points, is_closed in parts])
    return Path(vertices, codes)


def _lines(parts: Iterable[Any]) -> Iterable[tuple[NDArray[np.float64], bool]]:
    for part in parts:
        if part.is_empty:
            continue
        if part.geom_type == "Polygon":
            turned = shapely.orient_polygons(
                part
            )  # outlines and holes in opposite directions, or holes would be filled
            for ring in (turned.exterior, *turned.interiors):
                yield shapely.get_coordinates(ring), True
        elif part.geom_type in {"LineString", "LinearRing"}:
            yield shapely.get_coordinates(part), False


def _codes(count: int, is_closed: bool) -> NDArray[Any]:  # noqa: FBT001 — of one ring
    codes = np.full(count, Path.LINETO, Path.code_type)
    codes[0] = Path.MOVETO
    if is_closed:
        codes[-1] = Path.CLOSEPOLY
    return codes
