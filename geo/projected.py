"""Points and outlines in metres of a projection, such as UTM, brought to degrees."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from willay.geo.coordinates import LonLat
from willay.geo.errors import CoordinateError, MissingCRSError, shown
from willay.geo.translation import tr

if TYPE_CHECKING:
    import geopandas as gpd
    from pyproj import Transformer

DEGREES = "EPSG:4326"


def utm_crs(zone: int, *, north: bool) -> str:
    """Return the EPSG code of a zone of UTM on WGS 84, such as EPSG:32718 for 18 south.

    Raises:
        CoordinateError: There is no such zone; they are 1 to 60.

    Example:
        >>> from willay.geo import utm_crs
        >>> utm_crs(18, north=False)
        'EPSG:32718'
    """
    if not 1 <= zone <= 60:  # noqa: PLR2004 — zones of 6 degrees
        raise CoordinateError(tr("Unknown UTM zone {zone}. Zones are 1 to 60.", zone=zone))
    return f"EPSG:{(32600 if north else 32700) + zone}"


def check_metric(crs: str) -> str:
    """Return a CRS that has eastings and northings in metres.

    Raises:
        MissingCRSError: PROJ knows no such CRS, or it has none.

    Example:
        >>> from willay.geo import check_metric
        >>> check_metric("epsg:32718")
        'epsg:32718'
    """
    _transformer(crs)
    return crs


def degrees_of(east: float, north: float, crs: str) -> LonLat:
    """Return a point of a projected CRS as longitude and latitude of WGS 84.

    Args:
        east: Its easting, metres.
        north: Its northing, metres.
        crs: The CRS, such as EPSG:32718 (UTM 18 south) or EPSG:24878 (the same on PSAD56, as older maps of Peru).

    Raises:
        MissingCRSError: As `check_metric`.
        CoordinateError: The point is not on the Earth there.

    Example:
        >>> from willay.geo import degrees_of
        >>> point = degrees_of(584000, 8543000, "EPSG:32718")
        >>> round(point.lon, 4), round(point.lat, 4)
        (-74.2249, -13.1785)
    """
    lon, lat = _transformer(crs).transform(east, north)
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise CoordinateError(
            tr(
                "east {east:.10g} m, north {north:.10g} m is not on the Earth in {crs}.",
                east=east,
                north=north,
                crs=crs,
            )
        )
    return LonLat(lon, lat)


def in_degrees(geometries: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return geometries of any CRS in EPSG:4326; what lies across the meridian 180 is cut there.

    A projection brings each corner to -180 to 180 for itself, so that an outline across the meridian 180, such as
    Fiji's in EPSG:3460, comes out of it as a strip around the world. Geometries that are in degrees already are
    returned as they are.

    Args:
        geometries: They must have a CRS.
    """
    import numpy as np  # noqa: PLC0415 — a point alone needs neither

    from willay.geo.antimeridian import cut_at_antimeridian, jumping, without_jumps  # noqa: PLC0415 — as above

    if geometries.crs == DEGREES:
        return geometries
    found = geometries.to_crs(DEGREES)
    shapes = np.asarray(found.array, dtype=object)
    for row in jumping(shapes):
        shapes[row] = cut_at_antimeridian(without_jumps(shapes[row]))
    return type(found)(shapes, index=found.index, crs=DEGREES, name=found.name)


def frame_in_degrees(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame of any CRS in EPSG:4326, as `in_degrees` makes its geometries."""
    return frame if frame.crs == DEGREES else frame.set_geometry(in_degrees(frame.geometry))


@lru_cache(maxsize=32)
def _transformer(crs: str) -> Transformer:
    from pyproj import CRS, Transformer  # noqa: PLC0415 — PROJ, for whoever has metres
    from pyproj.exceptions import CRSError  # noqa: PLC0415 — as above

    try:
        known = CRS.from_user_input(crs)
    except CRSError as problem:
        raise MissingCRSError(
            tr("Expected a CRS such as EPSG:32718; {crs} is unknown to PROJ.", crs=shown(crs))
        ) from problem
    if not known.is_projected or {axis.unit_name for axis in known.axis_info} != {"metre"}:
        raise MissingCRSError(
            tr("{name} has no eastings and northings in metres. Use a metric CRS, such as EPSG:32718.", name=known.name)
        )
    return Transformer.from_crs(known, 4326, always_xy=True)
