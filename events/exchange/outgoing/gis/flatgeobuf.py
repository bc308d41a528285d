"""Incidents as FlatGeobuf (https://flatgeobuf.org): one layer, points and areas mixed, days as ISO text.

With a spatial index where every incident is placed; otherwise without, since the index cannot hold an incident without
a place. The index puts the incidents in an order of its own. The format has no type for days without a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from willay.events.exchange.outgoing.about import begun
from willay.events.exchange.outgoing.gis.arrow_batches import (
    SCHEMA,
    Batches,
    Spool,
    nul_losses,
)
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.written import NO_CLAIMS, ONE_PLACE, Written
from willay.geo import Layer, replacing_together, write_layer
from willay.geo.translation import tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

_SCHEMA: Final = pa.schema([field.with_type(pa.string()) if field.type == pa.date32() else field for field in SCHEMA])


def write_flatgeobuf(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a FlatGeobuf file.

    Errors as `outgoing.write`; CoordinateError where a place is not on the Earth.
    """
    made = Batches()
    with replacing_together([path], force=options.force) as folder, Spool(_SCHEMA) as spool:
        about, each = begun(pages, options)
        for page in each:
            for batch in made.of(page):
                spool.add(_days_as_text(batch))
        said = about.description()
        layer = Layer(
            "incidents",
            "FlatGeobuf",
            "Unknown",
            {
                "SPATIAL_INDEX": "NO" if made.unplaced or not spool.rows else "YES",
                "TEMPORARY_DIR": str(folder),
                **({"DESCRIPTION": json_bytes(said).decode()} if said else {}),
            },
        )
        write_layer(folder / "incidents.fgb", layer, spool.read())
        (folder / "incidents.fgb").rename(folder / path.name)
    return Written(path, spool.rows, (tr(NO_CLAIMS), tr(ONE_PLACE), *nul_losses(made.cut), *_losses(made.unplaced)))


def _days_as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = [pc.cast(column, field.type) for column, field in zip(batch.columns, _SCHEMA, strict=True)]
    return pa.record_batch(columns, schema=_SCHEMA)


def _losses(unplaced: int) -> tuple[str, ...]:
    return (
        (
            tr_n(
                "Spatial index: not written, because {n:,} incident has no place.",
                "Spatial index: not written, because {n:,} incidents have no place.",
                unplaced,
            ),
        )
        if unplaced
        else ()
    )
