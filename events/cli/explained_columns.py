"""The table of `import --explain`: how each column of a file is read, why, with samples and what cannot be read."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

import typer

from willay.events.cli import exit_codes
from willay.events.cli.listing import ListColumn, put_rows
from willay.events.cli.output import put_json, say
from willay.events.exchange.incoming import open_reading
from willay.events.exchange.incoming.table import UnsettledError, explained
from willay.events.exchange.incoming.table.explaining import WORDS
from willay.events.exchange.incoming.table.reading import TableReading
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.exchange.incoming.table import ExplainedColumn

_COLUMNS: Final = {
    "column": ListColumn(mark("Column"), least=12),
    "field": ListColumn(mark("Field")),
    "by": ListColumn(mark("Read by"), label=lambda by: tr(WORDS.get(by, by))),
    "unreadable": ListColumn(mark("Unreadable")),
    "samples": ListColumn(mark("Samples"), rank=1, least=12),
    "reason": ListColumn(mark("Why"), rank=2, least=12),
}


def explain_table(file: Path, form: str, options: ReadingOptions, *, as_json: bool) -> None:
    """Print how each column of a table is read; all rows are read, and none is stored.

    Args:
        file: The file.
        form: Its format.
        options: How to read it.
        as_json: Print JSON.

    Raises:
        Exit: Something must be specified before the table can be read; it is printed too.
    """
    try:
        reading = open_reading(file, form, options)
    except UnsettledError as error:
        _put(explained(error.mapping), as_json=as_json, question=str(error))
        raise typer.Exit(exit_codes.REFUSED) from None
    if not isinstance(reading, TableReading):
        say(tr("Files of the format {form} have fixed columns, which no mapping changes.", form=form))
        return
    for _ in reading.batches:
        pass
    _put(explained(reading.mapping, reading.tally), as_json=as_json)


def _put(columns: Sequence[ExplainedColumn], *, as_json: bool, question: str = "") -> None:
    rows = [{one.name: getattr(column, one.name) for one in fields(column)} for column in columns]
    if as_json:
        put_json({"columns": rows, "question": question or None})
    else:
        put_rows([row | {"samples": " | ".join(row["samples"])} for row in rows], _COLUMNS, "table")
    if question:
        say(question)
