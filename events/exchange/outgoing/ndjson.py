"""Incidents as newline-delimited GeoJSON: a feature a line, so that files of any size can be read as they come.

GDAL and QGIS call it GeoJSONSeq. The lines are the features that `outgoing.geojson` writes. What a collection states
about itself stands in the first feature, as the member `metadata`: there is no other place for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.exchange.outgoing.about import begun
from willay.events.exchange.outgoing.features import FeatureLines
from willay.events.exchange.outgoing.written import Written
from willay.geo import replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells


def write_ndjson(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a file with a feature a line; errors as `write_geojson`."""
    with replacing_bytes(path, force=options.force) as file:
        about, each = begun(pages, options)
        lines = FeatureLines(options.registers, about.description())
        for page in each:
            lines.write(page, file, b"\n")
        file.write(b"\n" if lines.count else b"")
        return Written(path, lines.count, lines.losses())
