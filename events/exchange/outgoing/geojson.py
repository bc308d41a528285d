"""Incidents as GeoJSON (RFC 7946): one feature an incident, at its primary place; null geometry where unplaced.

UTF-8, LF, one feature a line, members in a fixed order. A feature's properties are the flat columns of the frame, in
their order, every one always there. Members that the standard does not know (its section 6.1):

- `metadata` of the collection: as-of, policy, question, datasets with their terms, how many incidents were left out;
- `willay` of a feature, where the page has the column `draft`: the incident with nothing left out (`id`, `code`,
  `draft`) and the `sources`, `actors` and `cases` that it is the first to need. From it the file reads back whole.
"""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from willay.events.exchange.outgoing.about import begun
from willay.events.exchange.outgoing.features import FeatureLines
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.options import WritingOptions
from willay.events.exchange.outgoing.written import Written
from willay.events.frame.cells import as_cells
from willay.events.frame.publishing import warn_undisclosed
from willay.geo import replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.events.frame.cells import IncidentCells, Page


def write_geojson(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a GeoJSON file.

    Raises:
        FileInTheWayError: The file is there, and `options.force` is not set.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        CoordinateError: A place is not on the Earth.
    """
    with replacing_bytes(path, force=options.force) as file:
        lines = _write(file, pages, options)
        return Written(path, lines.count, lines.losses())


def geojson_text(page: Page, options: WritingOptions | None = None) -> str:
    """Return incidents as the text of a GeoJSON file; the same incidents give the same text.

    Args:
        page: An incident frame, or its cells.
        options: As for any file.

    Warns with `DisclosureWarning` where they are the record itself.

    Example:
        >>> import json, shapely
        >>> from willay.events import make_frame
        >>> from willay.events.exchange import geojson_text
        >>> frame = make_frame({"title": ["March"], "country": "KE"}, [shapely.Point(36.8, -1.3)])
        >>> json.loads(geojson_text(frame))["features"][0]["properties"]["title"]
        'March'
    """
    warn_undisclosed(page)
    buffer = io.BytesIO()
    _write(buffer, as_cells([page]), options or WritingOptions())
    return buffer.getvalue().decode()


def _write(file: IO[bytes], pages: Iterator[IncidentCells], options: WritingOptions) -> FeatureLines:
    about, each = begun(pages, options)
    file.write(b'{"type":"FeatureCollection","name":"incidents",')
    if said := about.description():
        file.write(b'"metadata":' + json_bytes(said) + b",")
    file.write(b'"features":[\n')
    lines = FeatureLines(options.registers)
    for page in each:
        lines.write(page, file, b",\n")
    bbox = lines.bbox
    file.write((b"\n]" if lines.count else b"]") + (b',"bbox":' + json_bytes(bbox) if bbox else b"") + b"}\n")
    return lines
