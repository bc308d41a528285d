"""Distances, areas and circles on the WGS84 ellipsoid; nothing here measures degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Geod, Proj

from willay.geo.errors import CoordinateError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WGS84 = Geod(ellps="WGS84")
SQUARE_METRES_IN_KM2 = 1_000_000.0
MAX_LAT = 90.0


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Geodesic distance in metres between two points (lon, lat) in degrees.

    Example:
        >>> from willay.geo import distance_m
        >>> round(distance_m((-77.03, -12.05), (-71.98, -13.52)) / 1000)
        572
    """
    return float(WGS84.inv(*a, *b)[2])


def distances_m(lons: ArrayLike, lats: ArrayLike, point: tuple[float, float]) -> NDArray[np.float64]:
    """Geodesic distances in metres from many points to one.

    Args:
        lons: Longitudes in degrees, one-dimensional.
        lats: Latitudes in degrees, of the same length.
        point: (lon, lat) in degrees.

    Returns:
        One distance for each point, NaN where a coordinate is NaN.

    Example:
        >>> from willay.geo import distances_m
        >>> (distances_m([0, 1], [0, 0], (0, 0)) / 1000).round(1).tolist()
        [0.0, 111.3]
    """
    lon, lat = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    to_lon, to_lat = np.full_like(lon, point[0]), np.full_like(lat, point[1])
    return np.asarray(WGS84.inv(lon, lat, to_lon, to_lat)[2], dtype=float)


def distance_outside_m(point: tuple[float, float], area: shapely.Geometry) -> float:
    """Geodesic distance in metres from a point to the nearest place of an area; 0 within it.

    The area is laid out around the point by bearing and distance (an azimuthal equidistant projection of the WGS84
    ellipsoid), in which distances from the point are those on the Earth. Its edges are straight there, which moves
    the nearest place by less than a thousandth of the distance where edges are shorter than 100 km.

    Args:
        point: (lon, lat) in degrees.
        area: Polygons in EPSG:4326, not beyond a quarter of the Earth away.

    Raises:
        CoordinateError: The area is empty.
    """
    if area.is_empty:
        raise CoordinateError(tr("A distance needs an area that is not empty; this geometry has no polygon."))
    around = Proj(proj="aeqd", lon_0=point[0], lat_0=point[1], ellps="WGS84")
    laid_out = shapely.transform(area, lambda lonlat: np.column_stack(around(lonlat[:, 0], lonlat[:, 1])))
    return float(shapely.distance(shapely.Point(0, 0), laid_out))


def area_km2(geometry: shapely.Geometry) -> float:
    """Geodesic area in square kilometres of the polygons in a geometry, holes taken off; never negative.

    Edges are geodesics between the vertices, as in pyproj and in PostGIS' geography. The direction of the
    rings does not matter; points and lines have no area. A polygon is the smaller of the two parts into
    which its ring cuts the Earth.

    Example:
        >>> import shapely
        >>> from willay.geo import area_km2
        >>> round(area_km2(shapely.box(0, 0, 1, 1)))
        12309
    """
    parts = shapely.get_parts(shapely.get_parts(geometry))  # twice: a collection may hold multipolygons
    return sum(_polygon_area_m2(part) for part in parts if part.geom_type == "Polygon") / SQUARE_METRES_IN_KM2


def circle(point: tuple[float, float], radius_m: float, segments: int = 64) -> shapely.Polygon:
    """A polygon whose corners lie at the same geodesic distance from a point, counter-clockwise.

    A circle over the antimeridian runs on beyond 180 or -180 degrees instead of jumping;
    `cut_at_antimeridian` makes two pieces of it.

    Args:
        point: The centre (lon, lat) in degrees.
        radius_m: Metres, greater than zero.
        segments: Number of corners, at least 3.

    Raises:
        CoordinateError: The radius or the number of segments is too small, or a pole lies in the circle.

    Example:
        >>> from willay.geo import area_km2, circle
        >>> round(area_km2(circle((-73.2, -12.6), 1000)), 2)
        3.14
    """
    if not radius_m > 0 or segments < 3:  # noqa: PLR2004  (a triangle)
        raise CoordinateError(
            tr(
                "A circle needs a radius above 0 m and 3 segments or more, not {radius_m} m and {segments}.",
                radius_m=radius_m,
                segments=segments,
            )
        )
    if any(distance_m(point, (point[0], pole)) <= radius_m for pole in (MAX_LAT, -MAX_LAT)):
        raise CoordinateError(
            tr(
                "A circle of {radius_m} m around {point} contains a pole. Use a smaller radius.",
                radius_m=radius_m,
                point=point,
            )
        )
    azimuths = 360.0 - np.arange(segments) * 360.0 / segments
    start_lons, start_lats = np.full(segments, point[0]), np.full(segments, point[1])
    lons, lats, _ = WGS84.fwd(start_lons, start_lats, azimuths, np.full(segments, radius_m))
    lons = point[0] + (np.asarray(lons) - point[0] + 180.0) % 360.0 - 180.0
    return shapely.Polygon(np.column_stack([lons, lats]))


def circles(lons: ArrayLike, lats: ArrayLike, radii_m: ArrayLike, segments: int = 32) -> NDArray[np.object_]:
    """Return the circle of each point, as `circle` makes them.

    Args:
        lons: Longitudes in degrees, one-dimensional.
        lats: Latitudes in degrees, so far from a pole that no circle holds it.
        radii_m: Metres, greater than zero.
        segments: Number of corners of each.
    """
    lon, lat, radius = (np.repeat(np.asarray(values, dtype=float), segments) for values in (lons, lats, radii_m))
    azimuths = np.tile(360.0 - np.arange(segments) * 360.0 / segments, len(lon) // segments)
    east, north, _ = WGS84.fwd(lon, lat, azimuths, radius)
    east = lon + (np.asarray(east) - lon + 180.0) % 360.0 - 180.0
    corners = np.stack([east, np.asarray(north)], axis=-1).reshape(-1, segments, 2)
    found: NDArray[np.object_] = shapely.polygons(corners)
    return found


def _polygon_area_m2(polygon: shapely.Polygon) -> float:
    holes = sum(_ring_area_m2(ring) for ring in polygon.interiors)
    return max(_ring_area_m2(polygon.exterior) - holes, 0.0)


def _ring_area_m2(ring: shapely.LinearRing) -> float:
    lons, lats = shapely.get_coordinates(ring).T
    return abs(WGS84.polygon_area_perimeter(lons, lats)[0])
