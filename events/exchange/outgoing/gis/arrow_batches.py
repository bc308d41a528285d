"""Pages of incidents as Arrow batches of a fixed number of rows, however they came, spooled to a file.

Pages are read to their end before a library in C begins to write: what fails in them is raised as it is, and what
only the end shows is known at the beginning.
"""

from __future__ import annotations

import tempfile
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from willay.events.exchange.outgoing.flat_pages import FLAT
from willay.events.exchange.outgoing.gis.shapes import Shapes
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.needs import Needs
from willay.events.frame.columns import COLUMNS, DAY, DRAFT, WHOLE, YES_NO
from willay.events.model.canonical import value_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from willay.events.exchange.outgoing.options import Registers, WritingOptions
    from willay.events.frame.cells import IncidentCells

PAGE: Final = 8192
"""Rows of a batch."""

GEOMETRY: Final = "geometry"
_WKB: Final = {"ARROW:extension:name": "geoarrow.wkb"}
_TYPES: Final = {
    WHOLE: pa.int32(),
    "float64": pa.float64(),
    **dict.fromkeys(("bool", YES_NO), pa.bool_()),
    DAY: pa.date32(),
}

SCHEMA: Final = pa.schema([
    *(pa.field(column.name, _TYPES.get(column.dtype, pa.string())) for column in COLUMNS if column.name in FLAT),
    pa.field(GEOMETRY, pa.binary(), metadata=_WKB),
])  # fmt: skip
"""The flat columns of a frame, in order, and the geometry as WKB (lon, lat)."""

WHOLE_FIELD: Final = "willay"
"""The column that holds the complete incident as JSON text: the same as the member of that name in our GeoJSON
files. It makes the file lossless."""


class Wholes:
    """Makes the texts of the column `willay`, each with the entries of the registers that it is the first to need."""

    def __init__(self, registers: Registers) -> None:
        self._needs = Needs(registers)

    def of(self, page: IncidentCells) -> pa.Array:
        """Return the texts of a page's incidents; none where the page was made without drafts."""
        drafts = page.of(DRAFT)
        return text_array([self._text(draft) if draft else None for draft in drafts])

    def _text(self, draft: str) -> str:
        state = value_of(draft)
        return json_bytes({**state, **self._needs.first_of(state["draft"])}).decode()


def wholes_of(each: Iterator[IncidentCells], options: WritingOptions) -> tuple[Wholes | None, Iterator[IncidentCells]]:
    """Return what makes the column `willay`, None where the first page has no drafts; and all pages."""
    first = next(each, None)
    if first is None:
        return None, each
    return (Wholes(options.registers) if DRAFT in first.columns else None), chain([first], each)


class Batches:
    """Turns pages into batches.

    Args:
        nul: Whether texts may hold the character NUL, at which GDAL ends a text.
        wholes: What makes the column `willay`; None leaves it out.

    Attributes:
        schema: Their columns: those of `SCHEMA`, and `willay` before the geometry.
        unplaced: How many incidents had no place.
        cut: How many texts lost a NUL.
    """

    def __init__(self, *, nul: bool = False, wholes: Wholes | None = None) -> None:
        place = SCHEMA.get_field_index(GEOMETRY)
        self.schema = SCHEMA if wholes is None else SCHEMA.insert(place, pa.field(WHOLE_FIELD, pa.string()))
        self._wholes = wholes
        self.unplaced = 0
        self.cut = 0
        self._nul = nul
        self._shapes = Shapes()

    def of(self, page: IncidentCells) -> Iterator[pa.RecordBatch]:
        """Yield a page as batches of at most `PAGE` rows."""
        for start in range(0, len(page), PAGE):
            part = page.part(start, start + PAGE)
            shapes = self._shapes.of(part)
            self.unplaced += int(shapely.is_missing(shapes).sum())
            columns = [self._column(part, column) for column in SCHEMA if column.name != GEOMETRY]
            columns += [self._wholes.of(part)] if self._wholes else []
            yield pa.record_batch([*columns, pa.array(shapely.to_wkb(shapes), pa.binary())], schema=self.schema)

    def _column(self, page: IncidentCells, column: pa.Field) -> pa.Array:
        if column.type == pa.date32():
            return pa.array(np.array([*page.of(column.name)], "datetime64[D]"))
        if column.type != pa.string():
            values = page.of(column.name)
            return pa.array([None if value != value else value for value in values], column.type)  # noqa: PLR0124 — NaN
        texts = text_array(page.of(column.name))
        if not self._nul and (found := pc.sum(pc.match_substring(texts, "\0")).as_py()):
            self.cut += found
            texts = pc.replace_substring(texts, "\0", "")
        return texts


def text_array(values: Sequence[Any]) -> pa.Array:
    """Return texts as an Arrow array; a lone surrogate, which UTF-8 cannot hold, becomes its backslash escape."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        plain = [None if text is None else text.encode("utf-8", "backslashreplace").decode() for text in values]
        return pa.array(plain, pa.string())


class Spool:
    """Keeps batches in a file, cut again into pages of `PAGE` rows, until they are read back in order.

    Args:
        schema: The columns.

    Attributes:
        rows: How many rows were added.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self.rows = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 — it goes away with the spool
        self._writer = pa.ipc.new_stream(self._file, schema)
        self._held: list[pa.RecordBatch] = []
        self._count = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Add rows."""
        self.rows += batch.num_rows
        while self._count + batch.num_rows >= PAGE:
            room = PAGE - self._count
            self._hold(batch.slice(0, room))
            self._turn()
            batch = batch.slice(room)
        self._hold(batch)

    def read(self) -> pa.RecordBatchReader:
        """Return the pages; nothing can be added from then on."""
        self._turn()
        self._writer.close()
        self._file.seek(0)
        return pa.ipc.open_stream(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hold(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self._held.append(batch)
            self._count += batch.num_rows

    def _turn(self) -> None:
        if self._held:
            self._writer.write_table(pa.Table.from_batches(self._held).combine_chunks())
        self._held, self._count = [], 0


def selected(batch: pa.RecordBatch, rows: np.ndarray[Any, np.dtype[np.bool_]]) -> pa.RecordBatch:
    """Return some rows of a batch."""
    return batch.filter(pa.array(rows))


def nul_losses(cut: int) -> tuple[str, ...]:
    """Return how many texts lost a NUL."""
    return (tr("Texts: {n} contained the character NUL, which was left out.", n=cut),) if cut else ()
