"""Incidents as shapefiles, for programs that read nothing else; `.shp.zip` is the same, zipped.

A shapefile holds one kind of geometry: points, and incidents without a place, are in `NAME.shp`, areas in
`NAME_areas.shp`, which is there only where there are areas, or an older one that it replaces. Names of columns
have 10 letters, texts 254 bytes (UTF-8); an unknown text cannot be distinguished from an empty one.
"""

from __future__ import annotations

import shutil
import struct
import zipfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import shapely

from willay.events.exchange.outgoing.about import About, companion_of, companion_text, needs_companion
from willay.events.exchange.outgoing.gis.arrow_batches import (
    GEOMETRY,
    SCHEMA,
    Batches,
    Spool,
    nul_losses,
    selected,
)
from willay.events.exchange.outgoing.gis.names import CUT_NAMES, SHORT_NAMES
from willay.events.exchange.outgoing.written import NO_CLAIMS, ONE_PLACE, Written
from willay.geo import Layer, replacing_together, write_layer
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

TEXT_BYTES: Final = 254
PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""The endings of the files that one shapefile is made of."""

INDEXES: Final = (".qix", ".sbn", ".sbx")
"""The endings of index files that other programs write next to a shapefile, and that would be wrong for a new one."""

_OPTIONS: Final = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2000-01-01"}
_ZIPPED_AT: Final = (2000, 1, 1, 0, 0, 0)  # a fixed day, so that the same incidents give the same bytes
_AREA: Final = 2  # dimensions
_NO_BOX: Final = np.full(4, np.nan)
_BOXED: Final = (".shp", ".shx")
_BOX_AT: Final = 36
"""Position of the bounding box in the header of either file (ESRI Shapefile Technical Description, 1998): four
doubles."""


_NAMES: Final = SHORT_NAMES | {GEOMETRY: GEOMETRY}
_SCHEMA: Final = pa.schema([field.with_name(_NAMES[field.name]) for field in SCHEMA])


class _Halves(ExitStack):
    """Sorts incidents into points and areas, and cuts their texts.

    Attributes:
        points: Those at points, and those without a place.
        areas: Those that are areas.
        boxes: The box around the geometries of each: west, south, east, north, degrees; NaN where there are none.
        cut: How many texts were cut.
        others: How many had a geometry of another kind, which was left out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.points, self.areas = (self.enter_context(Spool(_SCHEMA)) for _ in range(2))
        self.boxes = {self.points: _NO_BOX, self.areas: _NO_BOX}
        self.cut = 0
        self.others = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Add incidents."""
        wkb = batch.column(GEOMETRY).to_numpy(zero_copy_only=False)
        shapes = shapely.from_wkb(wkb)
        there = ~shapely.is_missing(shapes)
        areas = there & (shapely.get_dimensions(shapes) == _AREA)
        areas &= shapely.get_type_id(shapes) != shapely.GeometryType.GEOMETRYCOLLECTION
        others = there & ~areas & (shapely.get_type_id(shapes) != shapely.GeometryType.POINT)
        self.others += int(others.sum())
        columns = [self._column(column) for column in batch.columns[:-1]]
        kept = pa.array(wkb, pa.binary(), mask=others | ~there)
        whole = pa.record_batch([*columns, kept], schema=_SCHEMA)
        for half, rows in ((self.points, ~areas & ~others), (self.areas, areas)):
            if (rows & there).any():
                self.boxes[half] = _around(self.boxes[half], shapely.total_bounds(shapes[rows & there]))
        self.points.add(selected(whole, ~areas))
        self.areas.add(selected(whole, areas))

    def _column(self, column: pa.Array) -> pa.Array:
        if column.type != pa.string() or not len(column):
            return column
        texts = column.to_pylist()
        cut = [text if text is None else _cut(text) for text in texts]
        found = sum(one != other for one, other in zip(texts, cut, strict=True))
        self.cut += found
        return pa.array(cut, pa.string()) if found else column


def _around(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the box around two boxes; one of NaN is none."""
    return np.concatenate([np.fmin(one[:2], other[:2]), np.fmax(one[2:], other[2:])])


def _cut(text: str) -> str:
    if len(text) * 4 <= TEXT_BYTES:
        return text
    return text.encode()[:TEXT_BYTES].decode(errors="ignore")


def write_shapefile(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to one or two shapefiles, zipped where the name ends in `.zip`.

    Errors as `outgoing.write`; CoordinateError where a place is not on the Earth.
    """
    zipped = path.suffix.lower() == ".zip"
    stem = path.with_suffix("").stem if zipped else path.stem
    points, areas = ([path.with_name(f"{name}{part}") for part in PARTS] for name in (stem, f"{stem}_areas"))
    parts = [] if zipped else [*points[1:], *areas]
    indexes = [file.with_suffix(part) for file in parts if file.suffix == ".dbf" for part in INDEXES]
    made, about = Batches(), About(options)
    with replacing_together([path, *parts, *indexes], force=options.force) as folder, _Halves() as halves:
        for page in about.over(pages):
            for batch in made.of(page):
                halves.add(batch)
        written = _write(folder, points, "Point", halves, halves.points)
        if halves.areas.rows or (not zipped and areas[0].exists()):
            written += _write(folder, areas, "Polygon", halves, halves.areas)
        if zipped:
            _zip(folder, [*written, *_companion(folder, stem, about.description())], path.name)
        else:
            (folder / points[0].name).rename(folder / path.name)
    for index in indexes:
        index.unlink(missing_ok=True)  # of what was there before
    beside = tuple(file for file in parts if file in written)
    return Written(path, halves.points.rows + halves.areas.rows, _losses(made, halves), beside)


def _write(folder: Path, files: list[Path], kind: str, halves: _Halves, spool: Spool) -> list[Path]:
    write_layer(folder / files[0].name, Layer(files[0].stem, "ESRI Shapefile", kind, _OPTIONS), spool.read())
    box = halves.boxes[spool]
    for file in files:
        if file.suffix in _BOXED and np.isfinite(box).all():
            _put_box(folder / file.name, box)
    return files


def _put_box(file: Path, box: NDArray[np.float64]) -> None:
    """Write the box of a shapefile into its header: GDAL's reaches to 0, 0 where a record has no geometry."""
    with file.open("r+b") as opened:
        opened.seek(_BOX_AT)
        opened.write(struct.pack("<4d", *box.tolist()))


def _companion(folder: Path, stem: str, said: Mapping[str, Any]) -> list[Path]:
    """Write the companion of a shapefile that is zipped, where it needs one."""
    if not needs_companion(said):
        return []
    file = companion_of(folder / f"{stem}.shp")
    file.write_text(companion_text(said), "utf-8", newline="\n")
    return [file]


def _zip(folder: Path, files: list[Path], name: str) -> None:
    with zipfile.ZipFile(folder / name, "w") as archive:
        for file in files:
            inside = zipfile.ZipInfo(file.name, _ZIPPED_AT)
            inside.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(inside, "w", force_zip64=True) as entry, (folder / file.name).open("rb") as part:
                shutil.copyfileobj(part, entry)
            (folder / file.name).unlink()


def _losses(made: Batches, halves: _Halves) -> tuple[str, ...]:
    shortened = [tr("{name} is {short}", name=name, short=short) for name, short in CUT_NAMES.items()]
    counted = (
        (
            halves.cut,
            tr(
                "Texts: {n} were longer than {most} bytes and were truncated.",
                n=halves.cut,
                most=TEXT_BYTES,
            ),
        ),
        (
            halves.others,
            tr("Geometries: {n} are neither a point nor an area, and were left out.", n=halves.others),
        ),
    )
    return (
        tr(NO_CLAIMS),
        tr(ONE_PLACE),
        tr("Names: {n} column names were shortened: {names}.", n=len(shortened), names=", ".join(shortened)),
        *(said for count, said in counted if count),
        *nul_losses(made.cut),
    )
