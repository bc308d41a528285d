"""Writing GeoJSON (RFC 7946): the same features give the same bytes.

UTF-8, LF, one feature a line, members in a fixed order and properties in the order given; longitude first,
EPSG:4326 and therefore no `crs` member, outer rings counter-clockwise, shapes cut at the antimeridian.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import shapely

from willay.geo.antimeridian import cut_at_antimeridian
from willay.geo.errors import CoordinateError
from willay.geo.jsonvalues import json_text
from willay.geo.translation import tr
from willay.geo.writing import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    # As a `Feature` or a plain tuple: geometry, properties, id. Any: whatever values the caller has.
    FeatureLike = tuple[shapely.Geometry | None, Mapping[str, Any], str | int | None]

CHUNK = 2_000  # features that are held at a time
MAX_LON, MAX_LAT = 180.0, 90.0


def write_geojson(
    path: str | Path,
    features: Iterable[FeatureLike],
    *,
    name: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    decimals: int | None = 6,
    force: bool = False,
) -> int:
    """Write features to a GeoJSON file, holding only a few thousand of them at a time.

    The file is written next to its place and renamed when complete: there is never half a file. Heights are
    left out. Missing and empty geometries become null, as do NaN and infinite properties; dates are ISO 8601.

    Args:
        path: Where to.
        features: (geometry, properties, id) in EPSG:4326, see `Feature`; an id of None is left out.
        name: The collection's `name`, which QGIS and OGR show as the layer's.
        metadata: The collection's `metadata` (a foreign member, RFC 7946 section 6.1): licence, source …
        decimals: Decimals of degrees; 6 are 0.1 m; None rounds nothing.
        force: Whether a file that is there already may be replaced.

    Returns:
        The number of features written.

    Raises:
        FileInTheWayError: There is a file, and `force` is not set.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        CoordinateError: A coordinate is not a finite number of degrees on the Earth.
        TypeError: A property has no agreed form in JSON.

    Example:
        >>> import geopandas, shapely
        >>> from willay.geo import geojson_features, write_geojson
        >>> frame = geopandas.GeoDataFrame({"name": ["Bridge"]}, geometry=[shapely.Point(-76, -12)], crs=4326)
        >>> write_geojson("bridges.geojson", geojson_features(frame))
        1
    """
    target = Path(path)
    with replacing(target, force=force) as file:
        return _write(file, features, _head(name, metadata), decimals)


def write_geojson_to(
    file: IO[str],
    features: Iterable[FeatureLike],
    *,
    name: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    decimals: int | None = 6,
) -> int:
    """Write features to an open text stream, such as standard output; otherwise as `write_geojson`.

    Returns:
        The number of features written.

    Example:
        >>> import io
        >>> import geopandas, shapely
        >>> from willay.geo import geojson_features, write_geojson_to
        >>> frame = geopandas.GeoDataFrame({"name": ["Bridge"]}, geometry=[shapely.Point(-76, -12)], crs=4326)
        >>> out = io.StringIO()
        >>> write_geojson_to(out, geojson_features(frame))
        1
        >>> out.getvalue()[:27]
        '{"type":"FeatureCollection"'
    """
    return _write(file, features, _head(name, metadata), decimals)


def _head(name: str | None, metadata: Mapping[str, Any] | None) -> str:
    members = {"name": name, "metadata": metadata}
    given = "".join(f'"{key}":{json_text(value)},' for key, value in members.items() if value is not None)
    return f'{{"type":"FeatureCollection",{given}"features":['


def _write(
    file: IO[str],
    features: Iterable[FeatureLike],
    head: str,
    decimals: int | None,
) -> int:
    file.write(head)
    count = 0
    remaining = iter(features)
    while chunk := list(islice(remaining, CHUNK)):
        geometries = _geometry_texts([feature[0] for feature in chunk], decimals, count)
        lines = [_line(feature[1], feature[2], text) for feature, text in zip(chunk, geometries, strict=True)]
        file.write((",\n" if count else "\n") + ",\n".join(lines))
        count += len(chunk)
    file.write("\n]}\n")
    return count


def _line(properties: Mapping[str, Any], identity: str | int | None, geometry: str) -> str:
    known_as = "" if identity is None else f'"id":{json_text(identity)},'
    return f'{{"type":"Feature",{known_as}"geometry":{geometry},"properties":{json_text(properties)}}}'


def _geometry_texts(geometries: list[shapely.Geometry | None], decimals: int | None, first_row: int) -> list[str]:
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    shapes = _prepared(shapes, decimals, first_row)
    texts = ["null"] * len(shapes)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    is_point &= ~shapely.is_empty(shapes)
    rows = np.flatnonzero(is_point).tolist()
    for row, (lon, lat) in zip(rows, shapely.get_coordinates(shapes[is_point]).tolist(), strict=True):
        texts[row] = f'{{"type":"Point","coordinates":[{lon!r},{lat!r}]}}'
    others = ~is_point & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    for row in np.flatnonzero(others).tolist():
        texts[row] = json_text(shapely.geometry.mapping(shapes[row]))
    return texts


def _prepared(shapes: NDArray[np.object_], decimals: int | None, first_row: int) -> NDArray[np.object_]:
    """Flat, within 180 degrees, rounded, rings turned; -0.0 made 0.0."""
    bounds = shapely.bounds(shapes)
    _require_degrees(shapes, bounds, first_row)
    beyond = (bounds[:, 0] < -MAX_LON) | (bounds[:, 2] > MAX_LON)
    for row in np.flatnonzero(beyond):
        shapes[row] = cut_at_antimeridian(shapes[row])

    def told(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return (points if decimals is None else np.round(points, decimals)) + 0.0

    rounded = shapely.transform(shapely.force_2d(shapes), told)
    turned: NDArray[np.object_] = shapely.orient_polygons(rounded, exterior_cw=False)
    return turned


def _require_degrees(shapes: NDArray[np.object_], bounds: NDArray[np.float64], first_row: int) -> None:
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    fine = np.isfinite(bounds).all(axis=1) & (np.abs(bounds[:, 1::2]) <= MAX_LAT).all(axis=1)
    for row in np.flatnonzero(present & ~fine):
        raise CoordinateError(
            tr(
                "Feature {number} (counted from 0) is not on the Earth: {wkt}. GeoJSON needs degrees, longitude "
                "first. Check the CRS and the order of the coordinates.",
                number=first_row + row,
                wkt=shapes[row].wkt[:80],
            )
        )
