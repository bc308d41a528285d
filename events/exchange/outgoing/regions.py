"""Regions with figures as layers, in the formats that hold incidents: for maps that are made elsewhere.

The table is what `willay.events.regional.region_figures` returns, or any GeoDataFrame of areas: each column becomes a
field of its kind. A region set is small, so that the table is written at once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from willay.events.errors import FrameError, RefusedError
from willay.events.exchange.outgoing.about import companion
from willay.events.exchange.outgoing.formats import format_of
from willay.events.exchange.outgoing.gis.pages import text_array, told
from willay.events.exchange.outgoing.gis.shapefile import PARTS, short_names
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.options import WritingOptions
from willay.events.exchange.outgoing.written import Written
from willay.events.publishing import warn_undisclosed_sums
from willay.geo import CoordinateError, Feature, Layer, replacing_together, write_geojson, write_layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

LAYER: Final = "regions"
GEOMETRY: Final = "geometry"
DECIMALS: Final = 7
TEXT_BYTES: Final = 254
"""Bytes of a text in a shapefile."""

_DRIVERS: Final = {"geopackage": "GPKG", "flatgeobuf": "FlatGeobuf", "shapefile": "ESRI Shapefile", "kml": "LIBKML"}
REGION_FORMATS: Final = ("geojson", "geoparquet", *_DRIVERS)
"""The formats that regions can be written in."""

_SILENT: Final = ("shapefile", "kml")
"""Those that have no place for what they say of themselves."""

_OPTIONS: Final = {
    "geopackage": {"GEOMETRY_NAME": "geom"},
    "shapefile": {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2000-01-01"},
}
_SPAN: Final = {"first_day": "begin", "last_day": "end"}
"""What GDAL calls the fields that it writes as the time span of a KML placemark."""

_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LARGEST: Final = 2**31 - 1
_SIDES: Final = ("xmin", "ymin", "xmax", "ymax")


def write_regions(
    frame: gpd.GeoDataFrame,
    path: Path,
    format: str | None = None,  # noqa: A002 — the word that users and the command line know
    options: WritingOptions | None = None,
) -> Written:
    """Write regions, with whatever columns they have, to a file of a layer `regions`.

    Args:
        frame: Areas in EPSG:4326, in order; such as `region_figures` returns.
        path: Where to; its ending tells the format.
        format: The format's name, one of `REGION_FORMATS`; None goes by the ending.
        options: How to write.

    Raises:
        RefusedError: The format is not known, or takes no regions; or they are sums of rows that may not be passed on,
            and the file is not for own use.
        FrameError: The coordinates are not EPSG:4326.
        CoordinateError: An outline is not on the Earth.
        FileInTheWayError: The file is there, and `force` was not given.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
    """
    options = options or WritingOptions()
    chosen = format_of(path, format).name
    if chosen not in REGION_FORMATS or path.suffix.lower() in {".zip", ".kmz"}:
        raise RefusedError(
            f"Regions are not written as {path.suffix or chosen}. End the name in .geojson, .gpkg, .fgb, .parquet, "
            ".shp or .kml."
        )
    if frame.crs is None or frame.crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise FrameError("The table of regions is not in EPSG:4326. Change it: regions.to_crs('EPSG:4326').")
    warn_undisclosed_sums(frame.attrs)
    if not options.own_use and "may_publish" in frame and frame["may_publish"].eq(other=False).any():
        raise RefusedError(
            f"These sums are of rows that may not be passed on: {frame['dataset'].iloc[0]}. Leave them out (--without "
            "NAME), or write a file for your own use only: --for-own-use."
        )
    about = options.about(frame.attrs)
    with companion(path, options, about, is_needed=chosen in _SILENT) as beside:
        written = _written(frame, path, chosen, options)
    return replace(written, beside=(*written.beside, *beside), about=about)


def _written(frame: gpd.GeoDataFrame, path: Path, chosen: str, options: WritingOptions) -> Written:
    about = options.about(frame.attrs)
    if chosen == "geojson":
        return Written(
            path, write_geojson(path, _features(frame), name=LAYER, metadata=about or None, force=options.force)
        )
    table = _table(frame)
    if chosen == "geoparquet":
        return _geoparquet(table, path, about, options)
    return _by_gdal(table, path, chosen, about, options)


def _columns(frame: gpd.GeoDataFrame) -> list[str]:
    return [str(name) for name in frame.columns if name != frame.geometry.name]


def _features(frame: gpd.GeoDataFrame) -> list[Feature]:
    columns = [_plain(frame[name]) for name in _columns(frame)]
    rows = zip(*columns, strict=True) if columns else [()] * len(frame)
    return [
        Feature(shape, dict(zip(_columns(frame), row, strict=True)))
        for shape, row in zip(frame.geometry, rows, strict=True)
    ]


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Return a column as plain values: None where unknown, days as days, numbers as numbers."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return [None if pd.isna(day) else day.date() for day in column]
    values = column.astype(object)
    return [None if _is_unknown(value) else value for value in values]


def _is_unknown(value: Any) -> bool:  # noqa: ANN401 — a cell of any frame
    return value is None or (not isinstance(value, (list, dict, tuple, str)) and bool(pd.isna(value)))


def _table(frame: gpd.GeoDataFrame) -> pa.Table:
    """Return the table with geometry as WKB."""
    columns = {name: _array(frame[name]) for name in _columns(frame)}
    wkb = shapely.to_wkb(_shapes(frame), byte_order=1, flavor="iso")
    fields = [pa.field(name, column.type) for name, column in columns.items()]
    schema = pa.schema([*fields, pa.field(GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})])
    return pa.Table.from_arrays([*columns.values(), pa.array(wkb.tolist(), pa.binary())], schema=schema)


def _array(column: pd.Series[Any]) -> pa.Array:
    values = _plain(column)
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
            f"Region {row} (counted from 0) is not on the Earth: {shapes[row].wkt[:80]}. Check the CRS."
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
        said = told(about) if name == "geopackage" else {}
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
    shortened = [f"{name} is {short}" for name, short in names.items() if name != short]
    losses = [f"Names: {len(shortened)} columns have a shorter one: {', '.join(shortened)}."] if shortened else []
    losses += [f"Texts: {cut} were longer than {TEXT_BYTES} bytes, and were cut."] if cut else []
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
        column["bbox"] = [*bounds[there, :2].min(axis=0).tolist(), *bounds[there, 2:].max(axis=0).tolist()]
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    plain = pa.schema([field.remove_metadata() for field in table.schema])
    whole = table.cast(plain).append_column("bbox", boxes)
    known = {"geo": json_bytes(geo), **({"willay": json_bytes(dict(about))} if about else {})}
    with replacing_together([path], force=options.force) as folder:
        pq.write_table(whole.replace_schema_metadata(known), folder / path.name, compression="zstd")
    return Written(path, table.num_rows)
