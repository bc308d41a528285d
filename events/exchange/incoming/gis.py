"""GIS files: GeoJSON, GeoPackage, Shapefile, FlatGeobuf, KML and GeoParquet in any CRS, by a mapping of attributes.

Attributes are read as a table's cells are (`incoming.table`), so that a GIS file has a mapping too. The place comes
from the geometry, as longitude and latitude of WGS 84. What is not a point, a line or an area, is taken as a point
inside it with the distance to its farthest corner as radius, and flagged; it is `near` where that is as far as `near`
goes, else `area`, so that it is never counted in a district that only holds its middle.

A GeoPackage or GeoParquet file of our own export, which has the column `willay`, is read back with nothing lost.
"""

from __future__ import annotations

import math
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import shapely

from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.exchange.incoming.about import about_layer
from willay.events.exchange.incoming.looks import is_database
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.table.reading import TableReading, read_table
from willay.events.exchange.incoming.table.sheets import Sheet
from willay.events.exchange.incoming.willay import MEMBER, reading_of
from willay.events.exchange.incoming.workbook import cell_text
from willay.events.exchange.outgoing.gis.names import CUT_NAMES
from willay.events.frame.columns import TERMS
from willay.events.model.advice import command, option
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import ROW_ERRORS, RowFault
from willay.geo import iter_features
from willay.geo.distance import distances_m
from willay.geo.errors import GeoError
from willay.geo.layers import layer_metadata
from willay.geo.parquet import is_parquet, parquet_metadata
from willay.geo.translation import english, joined, mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from willay.events.model.foreign import Batch, ForeignRow, Reading
    from willay.geo import Feature

POINT_COLUMNS: Final = ("lat", "lon")
"""Columns made from the geometry; they come before the columns of the file."""

SHAPE_COLUMNS: Final = ("radius_m", "place_precision", "geometry")
"""Further columns, made if any feature is not a point; points keep their own cells in columns with these names."""

_KML: Final = (".kml", ".kmz")
_KML_LOOKS: Final = frozenset({"tessellate", "extrude", "visibility", "drawOrder", "icon", "altitudeMode"})
"""Drawing fields that the reader adds to every KML file; other added fields may be blank."""

_KML_HOLDS: Final = {"Name": "title", "timestamp": "date"}
"""The fields of a placemark's name and moment (https://developers.google.com/kml/documentation/kmlreference)."""

_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?")
_ENOUGH_CUT: Final = 10
"""Minimum number of truncated names that identify a shapefile written by willay."""

_DECIMALS: Final = 7
_ONLY_WHOLES: Final = mark(
    "Incidents are read only from the column 'willay'; changes in other columns are ignored. "
    "To read the other columns, delete the column 'willay'."
)


@dataclass(frozen=True, slots=True)
class _Layer:
    """The layer of a file that is read.

    Attributes:
        path: The file.
        options: How to read it.
    """

    path: Path
    options: ReadingOptions

    def features(self) -> Iterator[Feature]:
        """Yield the features from the first.

        Raises:
            RefusedError: The file cannot be read, or its CRS or layer is not known.
        """
        with _as_refusal():
            named = {name: getattr(self.options, name) for name in ("layer", "crs", "encoding")}
            yield from iter_features(self.path, **named)

    def description(self) -> dict[str, str]:
        """Return the description of the file."""
        with _as_refusal():
            if is_parquet(self.path):
                return parquet_metadata(self.path)
            return layer_metadata(self.path, self.options.layer)


def read_gis(path: Path, options: ReadingOptions | None = None) -> Reading:
    """Open a GIS file for import.

    Args:
        path: The file; a zip archive with one layer is looked into.
        options: How to read it: `layer` where it has several, `crs` where it states none, and all that a table takes.

    Raises:
        RefusedError: It cannot be read, has several layers or none, states no CRS, is a database of ours, or its
            attributes lack what a table must have (`read_table`).
    """
    options = options or ReadingOptions()
    _refuse_database(path)
    layer = _Layer(path, options)
    first = next(layer.features(), None)
    if first is None:
        raise RefusedError(tr("{name}: the layer has no features. Check the file and the layer.", name=path.name))
    if isinstance(whole := first.properties.get(MEMBER), str) and whole.startswith("{"):
        reading = reading_of(_ours(layer), about_layer(layer.description()), _layout(path))
        return replace(reading, notes=(*reading.notes, tr(_ONLY_WHOLES)))
    return _as_table(layer, tuple(first.properties))


def _ours(layer: _Layer) -> Iterator[dict[str, Any]]:  # Any: JSON
    for feature in layer.features():
        text = feature.properties.get(MEMBER)
        try:
            whole = orjson.loads(text) if isinstance(text, str) else None
        except orjson.JSONDecodeError:
            whole = None
        terms = {name: feature.properties.get(name) for name in TERMS}
        yield {"id": feature.properties.get("code"), MEMBER: whole, "properties": terms}


def _as_table(layer: _Layer, names: tuple[str, ...]) -> Reading:
    if layer.path.suffix.lower() in _KML:
        filled = {name for feature in layer.features() for name, value in feature.properties.items() if _text(value)}
        names = tuple(name for name in names if name in filled - _KML_LOOKS)
    shaped = any(_kind(feature.geometry) not in {"", "Point"} for feature in layer.features())
    made = (*POINT_COLUMNS, *(SHAPE_COLUMNS if shaped else ()))
    called = full_names(names)
    own = tuple(name for name in names if called[name] not in SHAPE_COLUMNS[:2] or not shaped)

    def cells() -> Iterator[list[str]]:
        yield [*made, *(called[name] for name in own)]
        for feature in layer.features():
            yield [*_placed_or_not(feature, shaped=shaped), *(_cell(feature.properties.get(name)) for name in own)]

    options = layer.options
    if "header" not in names:
        options = replace(options, assign={"header": "1", **options.assign})
    holds = {name: name for name in POINT_COLUMNS} | _held(layer.path, own)
    reading = read_table(layer.path, options, Sheet(layer.path.name, cells, holds=holds))
    return replace(reading, batches=_flagged(reading, shaped=shaped), about=about_layer(layer.description()))


def _held(path: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the fields that the elements of a KML file hold, where no other attribute is called as they are."""
    if path.suffix.lower() not in _KML:
        return {}
    held = {known[0] for name in names if (known := headers().field_of(name))}
    return {name: _KML_HOLDS[name] for name in names if name in _KML_HOLDS and _KML_HOLDS[name] not in held}


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Return the names of columns as they were before a shapefile of ours cut them; others as they are."""
    cut = {short: name for name, short in CUT_NAMES.items()}
    is_ours = sum(name in cut for name in names) >= _ENOUGH_CUT
    return {name: cut.get(name, name) if is_ours else name for name in names}


def _placed_or_not(feature: Feature, *, shaped: bool) -> list[str]:
    """Return the cells of `_placed`; a geometry that makes it fail gives cells that put its row aside, and no other."""
    try:
        return _placed(feature, shaped=shaped)
    except Exception:  # noqa: BLE001 — no geometry of one row may end the file
        return ["inf", "inf", *([""] * len(SHAPE_COLUMNS) if shaped else ())]


def _cell(value: Any) -> str:  # noqa: ANN401 — an attribute of any file
    """Return an attribute as a cell; as it is written where nothing better can be made of it."""
    try:
        return _text(value)
    except ROW_ERRORS:
        return repr(value)


def _placed(feature: Feature, *, shaped: bool) -> list[str]:
    """Return the cells that are made of a feature's geometry."""
    kind = _kind(feature.geometry)
    lat, lon, radius_m = _point(feature.geometry)
    if not shaped:
        return [lat, lon]
    if kind in {"", "Point"}:
        given = [_text(feature.properties.get(name)) for name in SHAPE_COLUMNS[:2]]
        return [lat, lon, *given, ""]
    if radius_m is None:
        return [lat, lon, "", "", kind]
    near = codebook().place_precision["near"].facts["radius_m"]
    return [lat, lon, str(radius_m), "near" if radius_m <= near else "area", kind]


def _kind(shape: shapely.Geometry | None) -> str:
    """Return the geometry's type, `empty` where it holds no point; nothing where there is none."""
    if shape is None:
        return ""
    if shape.is_empty:
        return "empty"
    alone = shape.geom_type == "MultiPoint" and len(shape.geoms) == 1
    return "Point" if alone else str(shape.geom_type)


def _point(shape: shapely.Geometry | None) -> tuple[str, str, int | None]:
    """Return latitude and longitude of a place as cells, and how many metres around it the shape reaches."""
    if shape is None or shape.is_empty:
        return "", "", None
    corners = shapely.get_coordinates(shape)
    if not np.isfinite(corners).all():
        return "inf", "inf", None  # such as a point that its CRS cannot turn into degrees: the row is reported
    middle = shape.representative_point() if shape.geom_type != "Point" else shape
    lon, lat = (round(value, _DECIMALS) + 0.0 for value in (middle.x, middle.y))
    cells = f"{lat:.{_DECIMALS}f}".rstrip("0").rstrip("."), f"{lon:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    if len(corners) == 1:
        return *cells, None
    reach = distances_m(corners[:, 0], corners[:, 1], (lon, lat)).max()
    return *cells, math.ceil(reach) or 1 if math.isfinite(reach) else None


def _text(value: Any) -> str:  # noqa: ANN401 — an attribute of any file
    """Return an attribute as a table's cell: a moment at midnight is a day, unknown is blank."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, datetime):
        value = value.isoformat(" ")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_text, value))
    if isinstance(value, dict):
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    text = cell_text(value)
    midnight = _MIDNIGHT.fullmatch(text)
    return midnight[1] if midnight else text


def _flagged(reading: TableReading, *, shaped: bool) -> Iterator[Batch]:
    for batch in reading.batches:
        yield replace(batch, rows=tuple(_with_flags(row, shaped=shaped) for row in batch.rows))


def _layout(path: Path) -> str:
    """Return what a file of ours is, in words."""
    ending = path.suffix.lstrip(".")
    return tr("willay's own {ending}", ending=ending) if ending else tr("willay's own GIS file")


def _with_flags(row: ForeignRow, *, shaped: bool) -> ForeignRow:
    kind = row.raw.get("geometry", "") if shaped else ""
    if kind and kind != "empty":
        reason = tr("not a point: replaced by a point inside it, with the distance to its farthest corner as radius_m")
        return replace(row, flags=(*row.flags, RowFault.of("geometry", kind, reason)))
    if not row.raw.get("lat"):
        reason = (
            tr("an empty or invalid geometry; the place is taken from the columns only")
            if kind
            else tr("no geometry; the place is taken from the columns only")
        )
        return replace(
            row,
            flags=(
                *row.flags,
                RowFault.of("geometry", kind, reason),
            ),
        )
    return row


def _refuse_database(path: Path) -> None:
    """Refuse a database of ours: its layers show a part of it only.

    Raises:
        RefusedError: It is one.
    """
    if is_database(path):
        raise RefusedError(
            tr(
                "{name} is a willay database; its layers hold only a part of it. Import it as what it is: {command}",
                name=path.name,
                command=command("import", path.name, "--input-format", "database"),
            )
        )


@contextmanager
def _as_refusal() -> Iterator[None]:
    try:
        yield
    except GeoError as error:
        raise RefusedError(_with_option(str(error))) from error


def _with_option(message: str) -> str:
    """Add the command-line option that answers a message of geo."""
    hints = (("specify which", ("--layer", "NAME")), ("Specify the CRS", ("--crs", "EPSG:32718")))
    named = next((named for words, named in hints if words in english(message)), None)
    return joined("", (message, " (", option(*named), ")")) if named else message
