"""Incidents as a folder of GeoParquet files, partitioned as hive does: `year=2009/adm1=PE-01/part-0.parquet`.

Each file is one that `geoparquet` could have written, complete in itself. Undated and unplaced incidents are in folders
of their own, `year=unknown` and `adm1=unknown`. The folder is written whole or not at all, in memory that does not grow
with the number of incidents: rows wait on disk, partition by partition, until all have been read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from willay.events.exchange.outgoing.about import begun, companion_text
from willay.events.exchange.outgoing.formats import checked
from willay.events.exchange.outgoing.gis.arrow_batches import PAGE, Batches, Wholes
from willay.events.exchange.outgoing.gis.folders import ABOUT, replacing_folder
from willay.events.exchange.outgoing.gis.geoparquet import Gathered, metadata_of, with_boxes
from willay.events.exchange.outgoing.written import Written, lacking
from willay.events.frame.cells import IncidentCells, each_page
from willay.events.frame.columns import DRAFT
from willay.events.frame.units import finest_level, known_code
from willay.events.model.errors import RefusedError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import Page
    from willay.events.frame.nesting import Nestings

PARTITIONS: Final = ("year", "adm1")
"""What a folder can be partitioned by: the year of the first day, and the code of the first-level unit."""

UNKNOWN: Final = "unknown"
"""The value of incidents of which that is not known."""

_RENAMED: Final = {"adm1": "adm1_name"}
"""The columns that would have the name of a folder's value, which is a code, and their names in the files."""

_HELD_ROWS: Final = 4 * PAGE
"""How many rows are held before they go to the disk."""


def write_partitioned(
    pages: Page | Iterable[Page], folder: Path, by: Sequence[str], options: WritingOptions
) -> Written:
    """Write incidents to a folder of GeoParquet files.

    Args:
        pages: As for `outgoing.write`.
        folder: Where to; with `options.force`, one that this function has written before is replaced.
        by: Of `PARTITIONS`, the outer first.
        options: How to write.

    Raises as `outgoing.write` does, and:
        RefusedError: `by` is empty, has a name twice, or one that is not known.
    """
    check_partitions(by)
    with replacing_folder(folder, force=options.force) as draft:
        about, each = begun(checked(each_page(pages), options), options)
        registers = options.registers.with_datasets(about.description().get("datasets", ()))
        waiting = _Waiting(draft / "waiting", replace(options, registers=registers))
        for page in each:
            values = _values(page, by, options.nestings)
            for value in sorted(set(values)):
                waiting.add(value, _selected(page, [at for at, one in enumerate(values) if one == value]))
        said = about.description()
        rows = waiting.write(draft, by, said)
        facts = {"partition_by": [*by], "incidents": rows, **said}
        (draft / ABOUT).write_text(companion_text(facts), "utf-8", newline="\n")
    return Written(folder, rows, lacking(cards=False, wholes=waiting.is_whole), about=said)


def check_partitions(by: Sequence[str]) -> None:
    """Refuse what a folder cannot be partitioned by.

    Raises:
        RefusedError: `by` is empty, has a name twice, or one that is not known.
    """
    strange = next((name for name in by if name not in PARTITIONS), None)
    if not by or strange is not None or len({*by}) != len(by):
        raise RefusedError(
            tr(
                "--partition-by: expected one or several of {known}, each once; got {given!r}.",
                known=", ".join(PARTITIONS),
                given=",".join(by)[:80],
            )
        )


def _values(page: IncidentCells, by: Sequence[str], nestings: Nestings) -> list[tuple[str, ...]]:
    """Return the value of each partition for each incident."""
    made = {
        "year": [day[:4] if day else UNKNOWN for day in page.of("first_day")],
        "adm1": _first_units(page, nestings) if "adm1" in by else [],
    }
    return [*zip(*(made[name] for name in by), strict=True)]


def _first_units(page: IncidentCells, nestings: Nestings) -> list[str]:
    """Return the code of the first-level unit of each place, after that of its country, which keeps it a text."""
    rows = [*zip(page.of("admin_code"), page.of("country"), page.of("place_precision"), strict=True)]
    known = {row: _first_unit(*row, nestings) for row in dict.fromkeys(rows)}
    return [known[row] for row in rows]


def _first_unit(code: str | None, country: str | None, precision: str | None, nestings: Nestings) -> str:
    if not code or not nestings.level(country, code):
        return UNKNOWN
    nesting = nestings.of(country)
    known = known_code(code, finest_level(precision, has_code=True), nesting)
    chain = nesting.chain(known) if known else ()
    if not chain:
        return UNKNOWN
    return chain[0] if not country or chain[0].startswith(country) else f"{country}-{chain[0]}"


def _selected(page: IncidentCells, rows: list[int]) -> IncidentCells:
    columns = {name: [column[at] for at in rows] for name, column in page.columns.items()}
    return IncidentCells(columns, page.shapes[np.array(rows, int)], page.origin)


class _Waiting:
    """Rows by partition, on disk until all are known.

    Attributes:
        is_whole: Whether the files hold complete incidents.
    """

    def __init__(self, folder: Path, options: WritingOptions) -> None:
        self._folder, self._options = folder, options
        self._folder.mkdir()
        self._made: dict[tuple[str, ...], tuple[Batches, Gathered]] = {}
        self._held: defaultdict[tuple[str, ...], list[pa.RecordBatch]] = defaultdict(list)
        self._pieces: defaultdict[tuple[str, ...], list[Path]] = defaultdict(list)
        self._count, self._turns = 0, 0
        self.is_whole = False

    def add(self, value: tuple[str, ...], page: IncidentCells) -> None:
        """Add incidents of one partition."""
        self.is_whole = DRAFT in page.columns
        if value not in self._made:
            wholes = Wholes(self._options.registers) if self.is_whole else None
            self._made[value] = Batches(nul=True, wholes=wholes), Gathered()
        batches, extent = self._made[value]
        for batch in batches.of(page):
            self._held[value].append(extent.boxed(batch))
            self._count += batch.num_rows
        if self._count >= _HELD_ROWS:
            self._turn()

    def _turn(self) -> None:
        for number, (value, batches) in enumerate(self._held.items()):
            piece = self._folder / f"{self._turns}-{number}.arrow"
            with pa.ipc.new_stream(str(piece), batches[0].schema) as stream:
                stream.write_table(pa.Table.from_batches(batches).combine_chunks())
            self._pieces[value].append(piece)
        self._held.clear()
        self._count, self._turns = 0, self._turns + 1

    def write(self, folder: Path, by: Sequence[str], said: Mapping[str, Any]) -> int:
        """Write the file of each partition; return how many incidents there are."""
        self._turn()
        rows = 0
        for value, (made, extent) in sorted(self._made.items()):
            names = [f"{name}={quote(one, safe='-._~')}" for name, one in zip(by, value, strict=True)]
            inside = folder.joinpath(*names)
            inside.mkdir(parents=True)
            schema = with_boxes(made.schema).with_metadata(metadata_of(extent, said))
            schema = _renamed(schema, by)
            with pq.ParquetWriter(inside / "part-0.parquet", schema, compression="zstd") as file:
                for batch in self._read(value):
                    file.write_table(pa.Table.from_batches([batch]).rename_columns(schema.names).cast(schema))
                    rows += batch.num_rows
        for pieces in self._pieces.values():
            for piece in pieces:
                piece.unlink()
        self._folder.rmdir()
        return rows

    def _read(self, value: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        for piece in self._pieces[value]:
            with pa.ipc.open_stream(str(piece)) as stream:
                yield from stream


def _renamed(schema: pa.Schema, by: Sequence[str]) -> pa.Schema:
    fields = [field.with_name(_RENAMED[field.name]) if field.name in {*by} & {*_RENAMED} else field for field in schema]
    return pa.schema(fields, metadata=schema.metadata)
