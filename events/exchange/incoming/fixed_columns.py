"""Datasets whose columns are known by name: opening one, and what their readers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.exchange.incoming.tabular import open_table
from willay.events.model.errors import RefusedError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.exchange.incoming.tabular import TextTable


def open_known(
    path: Path, options: ReadingOptions, name: str, needed: Collection[str]
) -> tuple[TextTable, tuple[str, ...]]:
    """Open a text table, and return it with the names of its columns in lower case.

    Args:
        path: The file, also packed as .gz or .zip.
        options: How to read it.
        name: The dataset, for messages.
        needed: The columns that it must have.

    Raises:
        RefusedError: It cannot be read, or lacks a column.
    """
    table = open_table(path, encoding=options.encoding)
    columns = tuple(column.strip().lower() for column in table.columns)
    if missing := [column for column in needed if column not in columns]:
        raise RefusedError(
            tr(
                "{path} lacks the columns {missing} of {name}. Check the file, or name its format with --input-format.",
                path=path,
                missing=", ".join(missing[:6]),
                name=name,
            )
        )
    return table, columns
