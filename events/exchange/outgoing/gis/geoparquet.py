"""Incidents as GeoParquet 1.1.0 (https://geoparquet.org): geometry as WKB, longitude first, with a box for each row.

A row group a page, so that a reader that asks for a box skips pages; no CRS is stated, which means OGC:CRS84. What the
file states about itself is JSON in the key `willay` of its metadata. With the column `willay`, which holds each
incident with nothing left out, the file reads back whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from willay.events.exchange.outgoing.about import begun
from willay.events.exchange.outgoing.gis.arrow_batches import GEOMETRY, Batches, Spool, wholes_of
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.written import Written, lacking
from willay.geo import replacing_together
from willay.geo.longitudes import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

SIDES: Final = ("xmin", "ymin", "xmax", "ymax")
_BOX: Final = pa.struct([(side, pa.float64()) for side in SIDES])


class Gathered:
    """Gathers what the metadata states about all geometries: their types and the box around them."""

    def __init__(self) -> None:
        self._types: set[str] = set()
        self._extent = Extent()

    def boxed(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return a batch with the column of boxes; none for an incident without a place."""
        shapes = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
        there = ~shapely.is_missing(shapes)
        bounds = shapely.bounds(shapes)
        self._types |= {shape.geom_type for shape in shapes[there]}
        if there.any():
            self._extent.add(shapes[there])
        sides = [pa.array(side) for side in bounds.T]
        boxes = pa.StructArray.from_arrays(sides, fields=list(_BOX), mask=pa.array(~there))
        return pa.record_batch([*batch.columns, boxes], schema=with_boxes(batch.schema))

    def metadata(self) -> dict[str, Any]:
        """Return the value of the key `geo`."""
        column = {
            "encoding": "WKB",
            "geometry_types": sorted(self._types),
            "orientation": "counterclockwise",
            "edges": "planar",
            "covering": {"bbox": {side: ["bbox", side] for side in SIDES}},
            **({"bbox": self._extent.bbox()} if self._types else {}),
        }
        return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


def write_geoparquet(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a GeoParquet file.

    Errors as `outgoing.write`; CoordinateError where a place is not on the Earth.
    """
    extent = Gathered()
    with replacing_together([path], force=options.force) as folder:
        about, each = begun(pages, options)
        wholes, each = wholes_of(each, options)
        made = Batches(nul=True, wholes=wholes)
        schema = with_boxes(made.schema)
        with Spool(schema) as spool:
            for page in each:
                for batch in made.of(page):
                    spool.add(extent.boxed(batch))
            said = about.description()
            known = metadata_of(extent, said)
            with pq.ParquetWriter(folder / path.name, schema.with_metadata(known), compression="zstd") as file:
                for page in spool.read():
                    file.write_batch(page)
    return Written(path, spool.rows, lacking(cards=False, wholes=wholes is not None))


def metadata_of(extent: Gathered, said: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the metadata of a file: what is true of all its geometries, and its description."""
    return {"geo": json_bytes(extent.metadata()), **({"willay": json_bytes(said)} if said else {})}


def with_boxes(schema: pa.Schema) -> pa.Schema:
    """Return columns with the one of boxes."""
    return pa.schema([*(field.remove_metadata() for field in schema), pa.field("bbox", _BOX)])
