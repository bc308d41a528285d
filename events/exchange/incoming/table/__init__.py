"""Tables of a monitor's own: CSV, TSV and workbooks, by a mapping of their columns that is guessed, shown and kept."""

from __future__ import annotations

from willay.events.exchange.incoming.table.explaining import ExplainedColumn, explained
from willay.events.exchange.incoming.table.guess import guess_mapping
from willay.events.exchange.incoming.table.mapping import (
    ColumnMapping,
    MappingRow,
    edited,
    mapping_file,
    mapping_text,
    parse_mapping,
    read_mapping,
    write_mapping,
)
from willay.events.exchange.incoming.table.reading import TableReading, UnsettledError, find_mapping, read_table

__all__ = [
    "ColumnMapping",
    "ExplainedColumn",
    "MappingRow",
    "TableReading",
    "UnsettledError",
    "edited",
    "explained",
    "find_mapping",
    "guess_mapping",
    "mapping_file",
    "mapping_text",
    "parse_mapping",
    "read_mapping",
    "read_table",
    "write_mapping",
]
