"""Incidents as a GeoPackage (OGC 12-128): a layer of incidents, tables of claims and sources, a style for QGIS.

Layer `incidents`: points and areas mixed, days as dates, in the order they came. Where the pages have cards, the
tables `claims` (one to many, by `incident`, the incident's code) and `sources` (by `key`) are next to it; so are
`actors`, `cases`, `phases` (by `case`) and `indicators`, those that have a row. With the
column `willay`, which holds each incident with nothing left out, the file reads back whole. It is a file for GIS
programs, not a willay database, though both are GeoPackages.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from willay.events.exchange.outgoing.about import as_texts, begun
from willay.events.exchange.outgoing.gis.arrow_batches import (
    Batches,
    Spool,
    nul_losses,
    text_array,
    wholes_of,
)
from willay.events.exchange.outgoing.gis.qgis import style_table
from willay.events.exchange.outgoing.register_tables import RegisterTable, register_tables
from willay.events.exchange.outgoing.tables import CLAIMS, SOURCES, cards_of, claim_rows, source_row
from willay.events.exchange.outgoing.written import Written, lacking
from willay.events.frame.columns import COLUMNS, YES_NO
from willay.events.model.drafts import ClaimDraft
from willay.events.model.fields import fields_of
from willay.geo import Layer, replacing_together, write_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

DRIVER: Final = "GPKG"
GEOMETRY_COLUMN: Final = "geom"
_KINDS: Final = {"whole": pa.int64(), "real": pa.float64(), "flag": pa.bool_()}
_TYPES: Final = {
    **{field.called: _KINDS[field.kind] for field in fields_of(ClaimDraft).values() if field.kind in _KINDS},
    **dict.fromkeys(("number", "superseded_by"), pa.int64()),
    **{column.name: pa.bool_() for column in COLUMNS if column.protects and column.dtype == YES_NO},
}


class _Cards(ExitStack):
    """Gathers the tables of claims and sources from the cards of pages."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.seen = False
        self._lang = lang
        self._schemas = {name: _schema(columns) for name, columns in (("claims", CLAIMS), ("sources", SOURCES))}
        self._spools = {name: self.enter_context(Spool(schema)) for name, schema in self._schemas.items()}
        self._cited: set[str] = set()

    def add(self, page: IncidentCells) -> None:
        """Add the claims of a page, and the sources that it is the first to cite."""
        claims: list[tuple[Any, ...]] = []
        sources: list[tuple[Any, ...]] = []
        for code, card in cards_of(page):
            self.seen = True
            claims += claim_rows(code, card, self._lang)
            new = {key: source for key, source in card.get("sources", {}).items() if key not in self._cited}
            sources += (source_row(key, source, self._lang) for key, source in new.items())
            self._cited |= new.keys()
        for name, rows in (("claims", claims), ("sources", sources)):
            self._spools[name].add(_batch(rows, self._schemas[name]))

    def write(self, file: Path) -> None:
        """Write both tables, if any page had a card."""
        for name, spool in self._spools.items():
            pages = spool.read()
            if self.seen:
                write_layer(file, Layer(name, DRIVER), pages)


def write_geopackage(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a GeoPackage.

    Errors as `outgoing.write`; CoordinateError where a place is not on the Earth.
    """
    with replacing_together([path], force=options.force) as folder, _Cards(options.lang) as cards:
        about, each = begun(pages, options)
        wholes, each = wholes_of(each, options)
        made = Batches(wholes=wholes)
        with Spool(made.schema) as spool:
            for page in each:
                for batch in made.of(page):
                    spool.add(batch)
                cards.add(page)
            file = folder / "incidents.gpkg"
            shape = {"GEOMETRY_NAME": GEOMETRY_COLUMN}
            write_layer(file, Layer("incidents", DRIVER, "Unknown", shape, as_texts(about.description())), spool.read())
        cards.write(file)
        for table in register_tables(options.registers, options.lang):
            write_layer(file, Layer(table.name, DRIVER), _register_batch(table).to_reader())
        look = style_table("incidents", GEOMETRY_COLUMN, options.lang)
        write_layer(file, Layer("layer_styles", DRIVER, options={"FID": "id"}), look.to_reader())
        file.rename(folder / path.name)
    return Written(path, spool.rows, (*lacking(cards=cards.seen, wholes=wholes is not None), *nul_losses(made.cut)))


def _register_batch(table: RegisterTable) -> pa.Table:
    kinds = zip(table.columns, table.kinds, strict=True)
    schema = pa.schema([(column, _KINDS.get(kind, pa.string())) for column, kind in kinds])
    return pa.Table.from_batches([_batch([*table.rows], schema)])


def _schema(columns: Iterable[str]) -> pa.Schema:
    return pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns])


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [_array(list(values), field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    if kind != pa.string():
        return pa.array(values, kind)
    return text_array([None if value is None else str(value).replace("\0", "") for value in values])
