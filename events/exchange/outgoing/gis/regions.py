"""Regions with figures in the formats of GIS programs, by way of Arrow; see `outgoing.regions`, which calls this."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from willay.events.exchange.outgoing.about import as_texts
from willay.events.exchange.outgoing.gis.arrow_batches import text_array
from willay.events.exchange.outgoing.gis.names import short_names
from willay.events.exchange.outgoing.gis.shapefile import PARTS
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.regioncells import columns_of, plain_values
from willay.events.exchange.outgoing.written import Written
from willay.geo import CoordinateError, Layer, replacing_together, write_layer
from willay.geo.longitudes import Extent
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.events.exchange.outgoing.options import WritingOptions

LAYER: Final = "regions"
GEOMETRY: Final = "geometry"
DECIMALS: Final = 7
TEXT_BYTES: Final = 254
"""Bytes of a text in a shapefile."""

_DRIVERS: Final = {"geopackage": "GPKG", "flatgeobuf": "FlatGeobuf", "shapefile": "ESRI Shapefile", "kml": "LIBKML"}

_OPTIONS: Final = {
    "geopackage": {"GEOMETRY_NAME": "geom"},
    "shapefile": {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2000-01-01"},
}
_SPAN: Final = {"first_day": "begin", "last_day": "end"}
"""What GDAL calls the fields that it writes as the time span of a KML placemark."""

_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LARGEST: Final = 2**31 - 1
_SIDES: Final = ("xmin", "ymin", "xmax", "ymax")


def write_gis_regions(frame: gpd.GeoDataFrame, path: Path, chosen: str, options: WritingOptions) -> Written:
    """Write regions in a format other than GeoJSON; see `outgoing.regions.write_regions`, also for errors."""
    about = options.about(frame.attrs)
    table = _table(frame)
    if chosen == "geoparquet":
        return _geoparquet(table, path, about, options)
    return _by_gdal(table, path, chosen, about, options)


def _table(frame: gpd.GeoDataFrame) -> pa.Table:
    """Return the table with geometry as WKB."""
    columns = {name: _array(frame[name]) for name in columns_of(frame)}
    wkb = shapely.to_wkb(_shapes(frame), byte_order=1, flavor="iso")
    fields = [pa.field(name, column.type) for name, column in columns.items()]
    schema = pa.schema([*fields, pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})])
    return pa.Table.from_arrays([*columns.values(), pa.array(wkb.tolist(), pa.binary())], schema=schema)


def _array(column: pd.Series[Any]) -> pa.Array:
    values = plain_values(column)
    kinds = (
        (pd.api.types.is_bool_dtype, pa.bool_()),
        (pd.api.types.is_integer_dtype, pa.int64()),
        (pd.api.types.is_float_dtype, pa.float64()),
        (pd.api.types.is_datetime64_any_dtype, pa.date32()),
    )
    kind = next((kind for is_kind, kind in kinds if is_kind(column)), None)
    if kind is not None:
        return pa.array(values, kind)
    return text_array([_said(value) for value in values])


def _said(value: Any) -> str | None:  # noqa: ANN401 — a cell of any frame
    if value is None:
        return None
    return (value if isinstance(value, str) else json_bytes(value).decode()).replace("\0", "")


def _shapes(frame: gpd.GeoDataFrame) -> NDArray[np.object_]:
    shapes = shapely.force_2d(np.asarray(frame.geometry.array, dtype=object))
    bounds = shapely.bounds(shapes)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    fine = np.isfinite(bounds).all(axis=1) & (np.abs(bounds[:, 0::2]) <= 180).all(axis=1)  # noqa: PLR2004 — degrees
    fine &= (np.abs(bounds[:, 1::2]) <= 90).all(axis=1)  # noqa: PLR2004 — as above
    for row in np.flatnonzero(there & ~fine).tolist():
        raise CoordinateError(
            tr(
                "Region {row} (counted from 0) is not on the Earth: {wkt}. Check the CRS.",
                row=row,
                wkt=shapes[row].wkt[:80],
            )
        )
    rounded = shapely.transform(shapes, lambda points: np.round(points, DECIMALS) + 0.0)
    turned: NDArray[np.object_] = shapely.orient_polygons(rounded, exterior_cw=False)
    return turned


def _by_gdal(table: pa.Table, path: Path, name: str, about: Mapping[str, Any], options: WritingOptions) -> Written:
    losses: tuple[str, ...] = ()
    parts = [path]
    if name == "shapefile":
        table, losses = _for_shapefile(table)
        parts = [path, *(path.with_suffix(part) for part in PARTS[1:])]
    elif name == "flatgeobuf":
        table = _days_as_text(table)
    elif name == "kml":
        table = _for_kml(table)
    with replacing_together(parts, force=options.force) as folder:
        kind = "Polygon" if name == "shapefile" else "Unknown"
        said = as_texts(about) if name == "geopackage" else {}
        how = dict(_OPTIONS.get(name, {}))
        if name == "flatgeobuf" and about:
            how["DESCRIPTION"] = json_bytes(about).decode()
        layer = Layer(path.stem if name == "shapefile" else LAYER, _DRIVERS[name], kind, how, said)
        write_layer(folder / path.name, layer, table.to_reader())
    return Written(path, table.num_rows, losses, tuple(parts[1:]))


def _days_as_text(table: pa.Table) -> pa.Table:
    days = {field.name for field in table.schema if field.type == pa.date32()}
    for place, field in enumerate(table.schema):
        if field.name in days:
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table


def _for_kml(table: pa.Table) -> pa.Table:
    """Return the table as KML takes it: days of the window as its time span, texts that XML can hold, short numbers.

    Days are texts: GDAL would write midnight, and a span that ends at midnight lacks its last day.
    """
    fields = []
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if field.type == pa.string():
            column = pa.array([None if text is None else _UNWRITABLE.sub("", text) for text in column.to_pylist()])
        elif field.type == pa.int64() and (pc.max(pc.abs(column)).as_py() or 0) <= _LARGEST:
            column = column.cast(pa.int32())
        kind = pa.string() if field.type in {pa.string(), pa.date32()} else column.type
        fields.append(field.with_type(kind).with_name(_SPAN.get(field.name, field.name)))
        table = table.set_column(place, field.name, column.cast(kind))
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields))


def _for_shapefile(table: pa.Table) -> tuple[pa.Table, tuple[str, ...]]:
    """Return the table with short names and texts, and say what was cut."""
    names = short_names(name for name in table.column_names if name != GEOMETRY)
    cut = 0
    for place, field in enumerate(table.schema):
        if field.type == pa.string():
            texts = table.column(place).to_pylist()
            short = [None if text is None else text.encode()[:TEXT_BYTES].decode(errors="ignore") for text in texts]
            cut += sum(one != other for one, other in zip(texts, short, strict=True))
            table = table.set_column(place, field, pa.array(short, pa.string()))
    schema = pa.schema([field.with_name(names.get(field.name, field.name)) for field in table.schema])
    shortened = [tr("{name} is {short}", name=name, short=short) for name, short in names.items() if name != short]
    losses = (
        [tr("Names: {n} column names were shortened: {names}.", n=len(shortened), names=", ".join(shortened))]
        if shortened
        else []
    )
    losses += (
        [tr("Texts: {n} were longer than {most} bytes and were truncated.", n=cut, most=TEXT_BYTES)] if cut else []
    )
    return pa.Table.from_arrays(table.columns, schema=schema), tuple(losses)


def _geoparquet(table: pa.Table, path: Path, about: Mapping[str, Any], options: WritingOptions) -> Written:
    shapes = shapely.from_wkb(table.column(GEOMETRY).to_numpy(zero_copy_only=False))
    there = ~shapely.is_missing(shapes)
    bounds = shapely.bounds(shapes)
    kind = pa.struct([(side, pa.float64()) for side in _SIDES])
    boxes = pa.StructArray.from_arrays([pa.array(side) for side in bounds.T], fields=list(kind), mask=pa.array(~there))
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes[there]}),
        "orientation": "counterclockwise",
        "edges": "planar",
        "covering": {"bbox": {side: ["bbox", side] for side in _SIDES}},
    }
    if there.any():
        extent = Extent()
        extent.add(shapes[there])
        column["bbox"] = extent.bbox()
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    plain = pa.schema([field.remove_metadata() for field in table.schema])
    whole = table.cast(plain).append_column("bbox", boxes)
    known = {"geo": json_bytes(geo), **({"willay": json_bytes(dict(about))} if about else {})}
    with replacing_together([path], force=options.force) as folder:
        pq.write_table(whole.replace_schema_metadata(known), folder / path.name, compression="zstd")
    return Written(path, table.num_rows)
