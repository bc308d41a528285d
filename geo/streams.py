"""Reading a GIS file one feature at a time, in constant memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fiona
import fiona.errors
import numpy as np
import shapely
import shapely.geometry
from pyproj import CRS, Transformer

from willay.geo.errors import GeoFileReadError
from willay.geo.features import Feature
from willay.geo.layers import LayerSource, find_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray


def iter_features(path: str | Path, *, layer: str | None = None, crs: str | None = None) -> Iterator[Feature]:
    """Read the features of a layer one after the other, as EPSG:4326 and without heights.

    Nothing is repaired or judged here (see `read_layer`); a feature without geometry has None. The id is the
    file's own, as text.

    Args:
        path: A file or folder that OGR reads; a zip archive is checked first and looked into.
        layer: The layer's name; None means the only one there is.
        crs: The CRS of a file that does not state one; never overrides the file's own.

    Raises:
        GeoFileReadError: The file is missing or is no GIS file; ArchiveError if it is an unsafe archive.
        LayerError: There is no layer, not this one, or there are several to choose from.
        MissingCRSError: The CRS is unknown.
    """
    source = find_layer(path, layer)
    return _features(source, source.crs_to_read(crs))


def _features(source: LayerSource, crs: CRS) -> Iterator[Feature]:
    to_degrees = _transformation(crs)
    try:
        with fiona.open(source.ogr_path, layer=source.layer, allow_unsupported_drivers=True) as collection:
            for record in collection:
                shape = None if record.geometry is None else shapely.geometry.shape(record.geometry)
                placed = None if shape is None else shapely.transform(shapely.force_2d(shape), to_degrees)
                yield Feature(placed, dict(record.properties), str(record.id))
    except fiona.errors.FionaError as problem:
        raise GeoFileReadError(
            f"{source.shown_path}: layer {source.layer!r} cannot be read to its end ({str(problem)[:200]}). "
            "Is the file complete?"
        ) from problem


def _transformation(crs: CRS) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    degrees = CRS.from_epsg(4326)
    if crs == degrees or crs.to_authority() == ("OGC", "CRS84"):
        return lambda points: points
    transformer = Transformer.from_crs(crs, degrees, always_xy=True)
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
