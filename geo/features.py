"""One feature: a geometry with its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from willay.geo.errors import MissingCRSError
from willay.geo.projected import frame_in_degrees
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    import pandas as pd
    import shapely


class Feature(NamedTuple):
    """A geometry in EPSG:4326 (None: no place), its properties, and its id (None: no id).

    Example:
        >>> from willay.geo import Feature
        >>> from shapely import Point
        >>> Feature(Point(-76.5, -12.0), {"name": "Bridge"}, id=1).properties["name"]
        'Bridge'
    """

    geometry: shapely.Geometry | None
    properties: Mapping[str, Any]  # Any: whatever values a GIS file has
    id: str | int | None = None


def geojson_features(frame: gpd.GeoDataFrame, *, id_column: str | None = None) -> Iterator[Feature]:
    """The rows of a frame as features in EPSG:4326, columns as properties in their order.

    Args:
        frame: Any CRS; other than EPSG:4326 it is transformed.
        id_column: The column that becomes the features' id instead of a property; None gives no ids.

    Raises:
        MissingCRSError: The frame has no CRS.
        KeyError: There is no such id column.

    Example:
        >>> import geopandas, shapely
        >>> from willay.geo import geojson_features
        >>> frame = geopandas.GeoDataFrame({"name": ["Bridge"]}, geometry=[shapely.Point(-76, -12)], crs=4326)
        >>> [feature.properties for feature in geojson_features(frame)]
        [{'name': 'Bridge'}]
    """
    if frame.crs is None:
        raise MissingCRSError(tr("The frame has no CRS. Set it with set_crs before writing GeoJSON."))
    return _rows(frame_in_degrees(frame), id_column)


def _rows(frame: gpd.GeoDataFrame, id_column: str | None) -> Iterator[Feature]:
    names = [name for name in frame.columns if name not in (frame.geometry.name, id_column)]
    columns = [_values(frame[name]) for name in names]
    ids = [None] * len(frame) if id_column is None else _values(frame[id_column])
    rows = zip(*columns, strict=True) if columns else [()] * len(frame)
    for geometry, identity, values in zip(frame.geometry, ids, rows, strict=True):
        yield Feature(geometry, dict(zip(names, values, strict=True)), identity)


def _values(column: pd.Series[Any]) -> list[Any]:  # Any: whatever values the frame has
    """The column's values, None for all that pandas counts as missing."""
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values
