"""Incidents as KML 2.2 (OGC 07-147r2) with time spans, for Google Earth and its kind; `.kmz` is the same, zipped.

A placemark an incident, without geometry where it is unplaced; a style a type; the flat columns as typed extended
data, left out where unknown. A placemark has no description: programs read that as HTML, whichever way it is escaped,
and the texts of the record are text. Characters that XML 1.0 cannot hold are left out and counted; line ends become LF.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import XMLGenerator

import shapely

from willay.events.exchange.outgoing.about import About, as_texts
from willay.events.exchange.outgoing.flat_pages import FLAT, rows_of
from willay.events.exchange.outgoing.gis.colours import OTHER, type_colours
from willay.events.exchange.outgoing.gis.shapes import Shapes
from willay.events.exchange.outgoing.written import NO_CLAIMS, ONE_PLACE, Written
from willay.events.frame.columns import COLUMNS, WHOLE, YES_NO
from willay.geo import replacing_bytes
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

KML: Final = "http://www.opengis.net/kml/2.2"
_TYPES: Final = {WHOLE: "int", "float64": "double", **dict.fromkeys(("bool", YES_NO), "bool")}
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MADE: Final = (2000, 1, 1, 0, 0, 0)  # a fixed day, so that the same incidents give the same bytes
_OPAQUE, _CLEAR = "ff", "66"  # alpha, which KML puts before blue, green and red


class _Elements:
    """Writes elements of a KML file, one after the other.

    Attributes:
        cut: How many characters XML could not hold, and were left out.
    """

    def __init__(self, file: io.TextIOBase) -> None:
        self.cut = 0
        self._xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
        self._shapes = Shapes()
        self._styles = type_colours()

    def head(self, about: Mapping[str, str]) -> None:
        """Write all that comes before the first placemark; the standard puts the description of a document there."""
        self._xml.startDocument()
        self._open("kml", xmlns=KML)
        self._open("Document")
        self._text("name", "incidents")
        for code, colour in self._styles.items():
            self._style(code, colour)
        if about:
            self._open("ExtendedData")
            for name, value in about.items():
                self._open("Data", name=name)
                self._text("value", value)
                self._close("Data")
            self._close("ExtendedData")
        self._open("Schema", name="incidents", id="incidents")
        for column in COLUMNS:
            if column.name in FLAT:
                self._open("SimpleField", type=_TYPES.get(column.dtype, "string"), name=column.name)
                self._close("SimpleField")
        self._close("Schema")

    def tail(self) -> None:
        """Close what the head opened."""
        self._close("Document")
        self._close("kml")
        self._xml.endDocument()

    def add(self, page: IncidentCells) -> None:
        """Write a placemark for each incident of a page."""
        for shape, row in zip(self._shapes.of(page), rows_of(page, FLAT), strict=True):
            self._placemark(dict(zip(FLAT, row, strict=True)), shape)

    def _placemark(self, row: Mapping[str, Any], shape: shapely.Geometry | None) -> None:
        self._xml.characters("\n")
        self._open("Placemark")
        self._text("name", row["title"] or row["code"] or "")
        if row["first_day"] or row["last_day"]:
            self._open("TimeSpan")
            for name, day in (("begin", row["first_day"]), ("end", row["last_day"])):
                if day:
                    self._text(name, day)
            self._close("TimeSpan")
        self._text("styleUrl", f"#{row['type'] if row['type'] in self._styles else OTHER}")
        self._open("ExtendedData")
        self._open("SchemaData", schemaUrl="#incidents")
        for name, value in row.items():
            if value is not None:
                self._text("SimpleData", str(int(value) if isinstance(value, bool) else value), name=name)
        self._close("SchemaData")
        self._close("ExtendedData")
        if shape is not None:
            self._geometry(shape)
        self._close("Placemark")

    def _geometry(self, shape: shapely.Geometry) -> None:
        if isinstance(shape, shapely.Polygon):
            self._open("Polygon")
            for name, ring in (
                ("outerBoundaryIs", shape.exterior),
                *(("innerBoundaryIs", at) for at in shape.interiors),
            ):
                self._open(name)
                self._line("LinearRing", ring)
                self._close(name)
            self._close("Polygon")
        elif hasattr(shape, "geoms"):
            self._open("MultiGeometry")
            for part in shape.geoms:
                self._geometry(part)
            self._close("MultiGeometry")
        else:
            self._line("Point" if isinstance(shape, shapely.Point) else "LineString", shape)

    def _line(self, name: str, shape: shapely.Geometry) -> None:
        self._open(name)
        self._text("coordinates", " ".join(f"{lon},{lat}" for lon, lat in shapely.get_coordinates(shape).tolist()))
        self._close(name)

    def _style(self, code: str, colour: str) -> None:
        red, green, blue = colour[1:3], colour[3:5], colour[5:7]
        self._open("Style", id=code)
        for name, alpha in (("IconStyle", _OPAQUE), ("LineStyle", _OPAQUE), ("PolyStyle", _CLEAR)):
            self._open(name)
            self._text("color", f"{alpha}{blue}{green}{red}")
            self._close(name)
        self._close("Style")

    def _open(self, element: str, /, **attributes: str) -> None:
        self._xml.startElement(element, {key: self._clean(value) for key, value in attributes.items()})  # type: ignore[arg-type]  # any mapping with items() does

    def _close(self, name: str) -> None:
        self._xml.endElement(name)

    def _text(self, element: str, value: str, /, **attributes: str) -> None:
        self._open(element, **attributes)
        self._xml.characters(self._clean(value).replace("\r\n", "\n").replace("\r", "\n"))
        self._close(element)

    def _clean(self, text: str) -> str:
        kept, cut = _UNWRITABLE.subn("", text)
        self.cut += cut
        return kept


def write_kml(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a KML file, zipped where its name ends in `.kmz`.

    Errors as `outgoing.write`; CoordinateError where a place is not on the Earth.
    """
    about, rows = About(options), 0
    with _opened(path, force=options.force) as file, tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as kept:
        placemarks = _Elements(kept)
        for page in about.over(pages):
            placemarks.add(page)
            rows += len(page)
        kept.seek(0)
        around = _Elements(file)
        around.head(as_texts(about.description()))
        shutil.copyfileobj(kept, file)
        around.tail()
    return Written(path, rows, _losses(placemarks.cut + around.cut))


@contextmanager
def _opened(path: Path, *, force: bool) -> Iterator[io.TextIOBase]:
    with replacing_bytes(path, force=force) as file:
        if path.suffix.lower() != ".kmz":
            text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
            yield text
            text.flush()
            text.detach()
            return
        inside = zipfile.ZipInfo("doc.kml", _MADE)
        inside.compress_type = zipfile.ZIP_DEFLATED
        with (
            zipfile.ZipFile(file, "w") as archive,
            archive.open(inside, "w", force_zip64=True) as entry,
            io.TextIOWrapper(entry, encoding="utf-8", newline="\n") as text,
        ):
            yield text


def _losses(cut: int) -> tuple[str, ...]:
    return (
        tr(NO_CLAIMS),
        tr(ONE_PLACE),
        *((tr("Characters: {n} characters not allowed in XML were left out.", n=cut),) if cut else ()),
    )
