"""Reading a GIS file one feature at a time, in constant memory (all but KML)."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import fiona
import fiona.errors
import numpy as np
import pyogrio
import shapely
import shapely.geometry
from pyproj import CRS, Transformer

from willay.geo.errors import GeoFileReadError
from willay.geo.features import Feature, geojson_features
from willay.geo.layers import LayerSource, find_layer
from willay.geo.parquet import is_parquet, parquet_geometry, parquet_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray


_KML: Final = (".kml", ".kmz")


def iter_features(path: str | Path, *, layer: str | None = None, crs: str | None = None) -> Iterator[Feature]:
    """Read the features of a layer one after the other, as EPSG:4326 and without heights.

    Nothing is repaired or judged here (see `read_layer`); a feature without geometry has None, one whose geometry is
    too broken to be built, such as a ring of two points, an empty collection. The id is the
    file's own, as text.

    Args:
        path: A file or folder that OGR reads, or GeoParquet; a zip archive is checked first and looked into.
        layer: The layer's name; None means the only one there is.
        crs: The CRS of a file that does not state one; never overrides the file's own.

    Raises:
        GeoFileReadError: The file is missing or is no GIS file; ArchiveError if it is an unsafe archive.
        LayerError: There is no layer, not this one, or there are several to choose from.
        MissingCRSError: The CRS is unknown.
    """
    if is_parquet(Path(path)):
        return _parquet_features(Path(path), crs)
    source = find_layer(path, layer)
    if source.ogr_path.lower().endswith(_KML):
        return _kml_features(source)
    return _features(source, source.crs_to_read(crs))


def _features(source: LayerSource, crs: CRS) -> Iterator[Feature]:
    to_degrees = _transformation(crs)
    try:
        with fiona.open(source.ogr_path, layer=source.layer, allow_unsupported_drivers=True) as collection:
            for record in collection:
                shape = None if record.geometry is None else _shape(record.geometry)
                placed = None if shape is None else shapely.transform(shapely.force_2d(shape), to_degrees)
                yield Feature(placed, dict(record.properties), str(record.id))
    except fiona.errors.FionaError as problem:
        raise GeoFileReadError(
            f"{source.shown_path}: layer {source.layer!r} cannot be read to its end ({str(problem)[:200]}). "
            "Is the file complete?"
        ) from problem


def _kml_features(source: LayerSource) -> Iterator[Feature]:
    """Read KML at once, as LIBKML does anyway: fiona's GDAL comes without it, and sees names and descriptions only."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of geometries that cannot be built
            frame = pyogrio.read_dataframe(source.ogr_path, layer=source.layer, on_invalid="ignore", force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as problem:
        raise GeoFileReadError(
            f"{source.shown_path}: layer {source.layer!r} cannot be read ({str(problem)[:200]}). Is the file complete?"
        ) from problem
    for number, feature in enumerate(geojson_features(frame)):
        yield feature._replace(id=str(number))


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
        Feature(
            None if shape is None else shapely.transform(shapely.force_2d(shape), to_degrees), properties, str(number)
        )
        for number, (shape, properties) in enumerate(parquet_rows(path, column))
    )


def _transformation(crs: CRS) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    degrees = CRS.from_epsg(4326)
    if crs == degrees or crs.to_authority() == ("OGC", "CRS84"):
        return lambda points: points
    transformer = Transformer.from_crs(crs, degrees, always_xy=True)
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
