"""Reading a layer of any GIS file that OGR knows into a frame, as EPSG:4326."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyproj import CRS

from willay.geo.antimeridian import cut_at_antimeridian, jumping, without_jumps
from willay.geo.errors import CoordinateError, GeoFileReadError, GeometryTypeError, shown
from willay.geo.layers import LayerSource, find_layer
from willay.geo.translation import mark, tr, tr_n

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

GeometryKind = Literal["point", "line", "polygon"]
_DIMENSIONS: Final = {"point": 0, "line": 1, "polygon": 2}
_KINDS: Final = {"point": mark("points"), "line": mark("lines"), "polygon": mark("polygons")}
_COLLECTION: Final = 7  # shapely's type id of a GeometryCollection
MAX_LON, MAX_LAT = 180.0, 90.0
_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class LayerReading:
    """What was read, and what had to be done to it.

    Attributes:
        frame: The rows in the file's order, numbered from 0, in EPSG:4326, without heights.
        repaired: How many geometries were broken and repaired.
        notes: One sentence for each thing a reader should know, rows counted from 0.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import read_layer
        >>> text = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Bridge"}, '
        >>> text += '"geometry": {"type": "Point", "coordinates": [-76.5, -12]}}]}'
        >>> _ = Path("places.geojson").write_text(text)
        >>> reading = read_layer("places.geojson")
        >>> len(reading.frame), reading.repaired
        (1, 0)
    """

    frame: gpd.GeoDataFrame
    repaired: int
    notes: tuple[str, ...]


def read_layer(
    path: str | Path,
    *,
    layer: str | None = None,
    geometry: GeometryKind | None = None,
    crs: str | None = None,
) -> LayerReading:
    """Read a layer, repair its geometry and bring it to EPSG:4326.

    Broken geometries are repaired (`shapely.make_valid`, by structure, keeping parts of their own dimension)
    and noted row by row, as are missing and empty ones; no row is dropped. Shapes across the meridian 180 are cut
    there, and counted in a note: those that run on beyond it, and those whose corners lie on both sides of it, as
    projections such as Fiji's grid (EPSG:3460) leave them. An edge of more than 180 degrees of longitude is taken to
    go over the meridian 180, unless it lies along a pole or a whole parallel.

    Args:
        path: A file or folder that OGR reads; a zip archive is checked first and looked into.
        layer: The layer's name; None means the only one there is.
        geometry: What is needed: points, lines or polygons (each with its multi-part form); None takes all.
        crs: The CRS of a file that does not state one, such as `EPSG:32718`; never overrides the file's own.

    Raises:
        GeoFileReadError: The file is missing or is not a GIS file; ArchiveError if it is an unsafe archive.
        LayerError: There is no layer, not this one, or there are several to choose from.
        MissingCRSError: The CRS is unknown, or not one that PROJ knows.
        CoordinateError: Coordinates that are not on the Earth in the CRS stated.
        GeometryTypeError: A geometry is not of the kind needed.

    Example:
        >>> import geopandas, shapely
        >>> from willay.geo import read_layer
        >>> frame = geopandas.GeoDataFrame({"name": ["Bridge"]}, geometry=[shapely.Point(-76, -12)], crs=4326)
        >>> frame.to_crs(32718).to_file("bridges.gpkg")
        >>> read_layer("bridges.gpkg").frame.geometry.round(6).to_wkt().tolist()
        ['POINT (-76 -12)']
    """
    source = find_layer(path, layer)
    known_crs = source.crs_to_read(crs)
    frame, notes = _read(source)
    if source.crs is not None and crs is not None and CRS.from_user_input(crs) != CRS.from_user_input(source.crs):
        notes.append(tr("The file states its CRS ({name}); {crs} was ignored.", name=known_crs.name, crs=shown(crs)))
    shapes, recovered = _recovered(source, np.asarray(frame.geometry.array).copy())
    if shapely.has_z(shapes).any() or shapely.has_m(shapes).any():
        shapes = shapely.force_2d(shapes)
        notes.append(tr("Heights (or measures) were ignored."))
    shapes = _in_degrees(source, shapes, known_crs)
    shapes, repaired_rows, repair_notes = _repaired(shapes)
    shapes, cut_notes = _within(shapes)
    _require_kind(source, shapes, geometry)
    notes += [
        tr("Row {row}: the geometry was not closed or too short, and was repaired.", row=row) for row in recovered
    ]
    notes += repair_notes + cut_notes + _gap_notes(shapes)
    whole = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=4326))
    return LayerReading(whole, len({*recovered, *repaired_rows}), tuple(notes))


def _read(source: LayerSource) -> tuple[gpd.GeoDataFrame, list[str]]:
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            frame = pyogrio.read_dataframe(source.ogr_path, layer=source.layer, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as problem:
        raise GeoFileReadError(
            tr(
                "{shown_path}: layer {layer} cannot be read ({problem}). Check that the file is complete.",
                shown_path=source.shown_path,
                layer=shown(source.layer),
                problem=str(problem)[:200],
            )
        ) from problem
    messages = sorted({str(warning.message) for warning in heard})
    return frame, [tr("While reading: {message}", message=message) for message in messages]


def _recovered(source: LayerSource, shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], list[int]]:
    """Geometries that GEOS refused to build (open rings), built with their rings closed; and their rows."""
    missing = np.flatnonzero(shapely.is_missing(shapes))
    if not len(missing):
        return shapes, []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they were heard on the first reading
        wkbs = pyogrio.raw.read(source.ogr_path, layer=source.layer, columns=[])[2]
    rows = [int(row) for row in missing if wkbs[row] is not None]
    for row in rows:
        shapes[row] = shapely.from_wkb(wkbs[row], on_invalid="fix")
    return shapes, rows


def _in_degrees(source: LayerSource, shapes: NDArray[np.object_], crs: CRS) -> NDArray[np.object_]:
    """Bring shapes to degrees; those across the meridian 180 run on beyond it."""
    shapes = np.asarray(gpd.GeoSeries(shapes, crs=crs).to_crs(4326).array).copy()
    bounds = shapely.bounds(shapes)
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    fine = (np.abs(bounds[:, 0::2]) <= 2 * MAX_LON).all(axis=1) & (np.abs(bounds[:, 1::2]) <= MAX_LAT).all(axis=1)
    for row in np.flatnonzero(present & ~fine):
        raise CoordinateError(
            tr(
                "{shown_path}, row {row}: {wkt} is not on Earth, read as {name}. The CRS stated in the file is "
                "probably wrong (for example, degrees stated for metres). Ask the author of the file.",
                shown_path=source.shown_path,
                row=row,
                wkt=shown(shapes[row].wkt),
                name=crs.name,
            )
        )
    for place in jumping(shapes):
        shapes[place] = without_jumps(shapes[place])
    return shapes


def _within(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], list[str]]:
    """Cut sound shapes that run on beyond 180 degrees."""
    bounds = shapely.bounds(shapes)
    beyond = np.flatnonzero((bounds[:, 0] < -MAX_LON) | (bounds[:, 2] > MAX_LON))
    for row in beyond:
        shapes[row] = cut_at_antimeridian(shapes[row])
    if not len(beyond):
        return shapes, []
    note = tr_n(
        "{n} shape lies across the meridian 180 and was cut there: row {rows}.",
        "{n} shapes lie across the meridian 180 and were cut there: rows {rows}.",
        len(beyond),
        rows=", ".join([*map(str, beyond[:_NAMED]), *("…" for _ in beyond[_NAMED : _NAMED + 1])]),
    )
    return shapes, [note]


def _repaired(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], list[int], list[str]]:
    broken = np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes))
    reasons = shapely.is_valid_reason(shapes[broken])
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    notes = [
        tr("Row {row}: broken geometry ({reason}) was repaired.", row=row, reason=reason)
        for row, reason in zip(broken, reasons, strict=True)
    ]
    return shapes, [int(row) for row in broken], notes


def _require_kind(source: LayerSource, shapes: NDArray[np.object_], kind: GeometryKind | None) -> None:
    if kind is None:
        return
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    mixed = shapely.get_type_id(shapes) == _COLLECTION
    others = np.flatnonzero(present & (mixed | (shapely.get_dimensions(shapes) != _DIMENSIONS[kind])))
    if len(others):
        types = sorted({shapes[row].geom_type for row in others})
        raise GeometryTypeError(
            tr(
                "{shown_path}: expected only {kinds}; got {types} in {n} of {total} rows, first in row {first}. "
                "Choose a different layer or file.",
                shown_path=source.shown_path,
                kinds=tr(_KINDS[kind]),
                types=", ".join(types),
                n=len(others),
                total=len(shapes),
                first=others[0],
            )
        )


def _gap_notes(shapes: NDArray[np.object_]) -> list[str]:
    missing, empty = shapely.is_missing(shapes), shapely.is_empty(shapes)
    return [
        tr("Row {row}: no geometry.", row=row) if missing[row] else tr("Row {row}: an empty geometry.", row=row)
        for row in np.flatnonzero(missing | empty)
    ]
