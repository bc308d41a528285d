"""Reading a GIS file one feature at a time, in constant memory."""

from __future__ import annotations

import warnings
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import fiona
import fiona.errors
import numpy as np
import pyogrio
import shapely
import shapely.geometry
from pyproj import CRS, Transformer

from willay.geo.antimeridian import cut_at_antimeridian, jumps, without_jumps
from willay.geo.errors import GeoFileReadError
from willay.geo.extras import require
from willay.geo.features import Feature
from willay.geo.layers import LayerSource, find_layer
from willay.geo.parquet import is_parquet, parquet_geometry, parquet_rows
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    ToDegrees = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_BY_ARROW: Final = (".kml", ".kmz", ".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson")
"""Formats that fiona does not read well: its GDAL lacks LIBKML and reads no extended data, and a column of GeoJSON that
mixes texts and numbers stops it."""

_AT_ONCE: Final = 5_000


def iter_features(
    path: str | Path, *, layer: str | None = None, crs: str | None = None, encoding: str | None = None
) -> Iterator[Feature]:
    """Read the features of a layer one after the other, as EPSG:4326 and without heights.

    Nothing is repaired or judged here (see `read_layer`), but shapes whose edges jump over the meridian 180 are cut
    there; a feature without geometry has None, one whose geometry is too broken to be built, such as a ring of two
    points, an empty collection. The id is the file's own where fiona reads it, else the feature's place in the file
    from 0, as text.

    Args:
        path: A file or folder that OGR reads, or GeoParquet; a zip archive is checked first and looked into.
        layer: The layer's name; None means the only one there is.
        crs: The CRS of a file that does not state one; never overrides the file's own.
        encoding: The encoding of a shapefile's texts; None goes by its .cpg, else Latin-1.

    Raises:
        GeoFileReadError: The file is missing or is not a GIS file; ArchiveError if it is an unsafe archive.
        LayerError: There is no layer, not this one, or there are several to choose from.
        MissingCRSError: The CRS is unknown.
        MissingExtraError: It is GeoParquet, GeoJSON or KML, and the extra `gis` is not installed.

    Example:
        >>> import geopandas, shapely
        >>> from willay.geo import iter_features
        >>> frame = geopandas.GeoDataFrame({"name": ["Bridge"]}, geometry=[shapely.Point(-76, -12)], crs=4326)
        >>> frame.to_file("bridges.gpkg")
        >>> [(feature.geometry.x, feature.properties) for feature in iter_features("bridges.gpkg")]
        [(-76.0, {'name': 'Bridge'})]
    """
    if is_parquet(Path(path)):
        return _parquet_features(Path(path), crs)
    source = find_layer(path, layer)
    known = source.crs_to_read(crs)
    if source.ogr_path.lower().endswith(_BY_ARROW):
        require("gis", tr("Reading {file}", file=source.shown_path))
        return _arrow_features(source, known)
    return _features(source, known, encoding)


def _features(source: LayerSource, crs: CRS, encoding: str | None) -> Iterator[Feature]:
    to_degrees = _transformation(crs)
    try:
        with fiona.open(
            source.ogr_path, layer=source.layer, encoding=encoding, allow_unsupported_drivers=True
        ) as collection:
            for record in collection:
                placed = None if record.geometry is None else _placed(_shape(record.geometry), to_degrees)
                yield Feature(placed, dict(record.properties), str(record.id))
    except (fiona.errors.FionaError, RuntimeError, ValueError, LookupError, SystemError) as problem:
        # fiona raises a SystemError where GDAL complains in letters that are no UTF-8.
        raise _unreadable(source, problem) from problem


def _unreadable(source: LayerSource, problem: Exception) -> GeoFileReadError:
    return GeoFileReadError(
        tr(
            "{shown_path}: layer {layer!r} cannot be read to its end ({problem}). Check that the file is complete.",
            shown_path=source.shown_path,
            layer=source.layer,
            problem=str(problem)[:200],
        )
    )


def _arrow_features(source: LayerSource, crs: CRS) -> Iterator[Feature]:
    to_degrees = _transformation(crs)
    for number, (wkb, properties) in enumerate(_arrow_rows(source)):
        placed = None if wkb is None else _placed(_built(wkb), to_degrees)
        yield Feature(placed, properties, str(number))


def _arrow_rows(source: LayerSource) -> Iterator[tuple[bytes | None, dict[str, Any]]]:
    opening = pyogrio.raw.open_arrow(source.ogr_path, layer=source.layer, batch_size=_AT_ONCE, use_pyarrow=True)
    try:
        with ExitStack() as opened:
            with _quietly():
                meta, batches = opened.enter_context(opening)
                column, pages = meta["geometry_name"] or "wkb_geometry", iter(batches)
            while (rows := _next_rows(pages)) is not None:
                for row in rows:
                    wkb: bytes | None = row.pop(column, None)
                    yield wkb, row
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        RuntimeError,
        ValueError,
        OSError,
    ) as problem:
        raise _unreadable(source, problem) from problem


def _next_rows(pages: Iterator[Any]) -> list[dict[str, Any]] | None:
    with _quietly():
        page = next(pages, None)
        return None if page is None else page.to_pylist()


@contextmanager
def _quietly() -> Iterator[None]:
    """Leave out what GDAL states about rings that are not closed and the like: the geometries show it themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _built(wkb: bytes) -> shapely.Geometry:
    try:
        return shapely.from_wkb(wkb)
    except shapely.errors.ShapelyError:
        return shapely.GeometryCollection()


def _shape(geometry: object) -> shapely.Geometry:
    try:
        return shapely.geometry.shape(geometry)
    except (ValueError, TypeError, shapely.errors.ShapelyError):
        return shapely.GeometryCollection()


def _parquet_features(path: Path, stated: str | None) -> Iterator[Feature]:
    column, own = parquet_geometry(path)
    source = LayerSource(str(path), str(path), path.stem, None if own is None else own.to_wkt())
    to_degrees = _transformation(source.crs_to_read(stated))
    return (
        Feature(None if shape is None else _placed(shape, to_degrees), properties, str(number))
        for number, (shape, properties) in enumerate(parquet_rows(path, column))
    )


def _placed(shape: shapely.Geometry, to_degrees: ToDegrees) -> shapely.Geometry:
    found: shapely.Geometry = shapely.transform(shapely.force_2d(shape), to_degrees)
    return cut_at_antimeridian(without_jumps(found)) if jumps(found) else found


def _transformation(crs: CRS) -> ToDegrees:
    degrees = CRS.from_epsg(4326)
    if crs == degrees or crs.to_authority() == ("OGC", "CRS84"):
        return lambda points: points
    transformer = Transformer.from_crs(crs, degrees, always_xy=True)
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
