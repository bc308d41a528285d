"""How each column of a table is read and why, as a table for a person who decides before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.table.mapping import KEEP
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from willay.events.exchange.incoming.table.mapping import ColumnMapping
    from willay.events.exchange.incoming.table.tally import ColumnTally

BY: Final = {
    **dict.fromkeys(("name", "count", "part", "cut", "words", "level"), "name"),
    "hashtag": "HXL",
    "cells": "content",
    "format": "format",
    "mapping": "mapping",
    "option": "option",
    "unknown": "",
}
"""What a column is read by, in a word, by the way of `ColumnMapping.ways`; empty where it is not imported."""

WORDS: Final = {
    "name": mark("name"), "HXL": mark("HXL"), "content": mark("content"), "format": mark("format"),
    "mapping": mark("mapping"), "option": mark("option"), "": "–",
}  # fmt: skip
"""The words for these."""

ASKED: Final = "?"
"""The field of a column that must be specified before the table can be read."""


@dataclass(frozen=True, slots=True)
class ExplainedColumn:
    """How a column is read.

    Attributes:
        column: The column.
        field: The field that it holds, `keep` where it is stored as it is, `?` where it must be specified first.
        by: Its name, a hashtag of HXL, its content, the file format, the saved mapping or an option; empty for neither.
        reason: Why, in words.
        samples: Some cells.
        filled: How many rows have a cell that says something; None where the table cannot be read yet.
        unreadable: How many of those cells cannot be read; None where the table cannot be read yet.
    """

    column: str
    field: str
    by: str
    reason: str
    samples: tuple[str, ...]
    filled: int | None = None
    unreadable: int | None = None


def explained(mapping: ColumnMapping, tally: ColumnTally | None = None) -> tuple[ExplainedColumn, ...]:
    """Return how each column of a table is read.

    Args:
        mapping: The mapping of its columns.
        tally: What became of their cells, once all rows are read; None where they cannot be.
    """
    return tuple(_explained(column, mapping, tally) for column in mapping.columns)


def _explained(column: str, mapping: ColumnMapping, tally: ColumnTally | None) -> ExplainedColumn:
    held = mapping.columns[column]
    asked = column in mapping.questions
    reason = tr("to be specified") if asked else mapping.reasons.get(column, tr("as in the mapping"))
    by = "" if held == KEEP and not asked else BY.get(mapping.ways.get(column, "mapping"), "name")
    counted = tally.cells(column) if tally else (None, None)
    return ExplainedColumn(
        column, ASKED if asked else held, by, reason, mapping.examples.get(column, ()), counted[0], counted[1]
    )
