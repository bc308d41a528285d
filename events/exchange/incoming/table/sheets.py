"""A table opened: its rows of cells as often as they are wanted, and the row that names its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers
from willay.events.exchange.incoming.table.encodings import look_at
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.outgoing.spreadsheet import restored
from willay.events.model.errors import RefusedError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions

WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
MAX_COLUMNS: Final = 2_000
_SEARCHED: Final = 25
_ENOUGH: Final = 2
_NAME: Final = re.compile(r"(?=.*[^\W\d_])(?!.{81})")
"""A cell that can name a column: it has a letter and is not a sentence."""

_HASHTAG: Final = re.compile(r"#[a-zA-Z]\w*(\s*\+\s*\w+)*")
"""A hashtag with its attributes (https://hxlstandard.org/standard/1-1final/tagging/)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as rows of cells, the one that names the columns among them.

    Attributes:
        name: What messages call it.
        cells: Opens the rows from the first; blank ones are left out.
        notes: What was found out on opening.
    """

    name: str
    cells: Callable[[], Iterator[list[str]]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns have names.

    Attributes:
        sheet: Where its rows come from.
        columns: The columns, each with a name of its own.
        header: Which row of the sheet names them, from 1, blank rows not counted.
        notes: What was found out.
        tagged: Whether the row below the names holds hashtags, as HXL has them, and no data.
    """

    sheet: Sheet
    columns: tuple[str, ...]
    header: int
    notes: tuple[str, ...] = ()
    tagged: bool = False

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows of data below the names of the columns."""
        return islice(self.sheet.cells(), self.header + self.tagged, None)


def open_sheet(path: Path, options: ReadingOptions) -> Sheet:
    """Open a table of text or a sheet of a workbook.

    Raises:
        RefusedError: It cannot be read, or is none.
    """
    if path.suffix.lower() in WORKBOOKS:
        return _workbook(path, options)
    look = look_at(path, options.encoding)

    def cells() -> Iterator[list[str]]:
        table = open_table(path, delimiter=look.delimiter, encoding=look.encoding)
        mend = str if look.quarantined else restored  # the table of quarantined rows is corrected as it is opened
        for row in chain([table.columns], table.rows):
            if any(cell.strip() for cell in row):
                yield [mend(cell) for cell in row]

    return Sheet(path.name, cells, look.notes)


def _workbook(path: Path, options: ReadingOptions) -> Sheet:
    from willay.events.exchange.incoming.workbook import open_workbook  # noqa: PLC0415 — heavy, and only for workbooks

    book = open_workbook(path, options)

    def cells() -> Iterator[list[str]]:
        book = open_workbook(path, options)
        return (list(row) for row in chain([book.columns], book.rows) if any(cell.strip() for cell in row))

    return Sheet(path.name, cells, tuple(book.notes))


def find_table(sheet: Sheet, known: Collection[str] = (), header: int | None = None) -> Table:
    """Find the row that names the columns, also below a title.

    It is the row with the most names of columns that are known; where none has any, the first, if all its cells could
    be names.

    Args:
        sheet: The table.
        known: Names of columns that a mapping has.
        header: Which row it is, from 1, where that is said.

    Raises:
        RefusedError: There is no such row.
    """
    top = list(islice(sheet.cells(), max(_SEARCHED, header or 0)))
    if not top:
        raise RefusedError(tr("{name} is empty. Expected a table with a row of column names.", name=sheet.name))
    place = _header_place(top, known) if header is None else header - 1
    if place is None or place >= len(top):
        raise RefusedError(
            tr(
                "{name}: no row with column names was found; the first row is {top!r}. Add a header, or "
                "give its row number, without counting blank rows: --map header=3.",
                name=sheet.name,
                top=" | ".join(top[0])[:80],
            )
        )
    width = max(len(row) for row in top)
    if width > MAX_COLUMNS:
        raise RefusedError(
            tr(
                "{name} has {width:,} columns; a table of incidents has at most {most:,}. Check the file.",
                name=sheet.name,
                width=width,
                most=MAX_COLUMNS,
            )
        )
    notes: tuple[str, ...] = ()
    if place:
        notes = (tr("Row {number} has the column names; the rows above it are ignored.", number=place + 1),)
    tagged = len(top) > place + 1 and _is_hashtags(top[place + 1])
    notes += (tr("The row of hashtags (HXL) is not a row of data."),) if tagged else ()
    return Table(sheet, _distinct(top[place]), place + 1, notes, tagged)


def _is_hashtags(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return bool(filled) and all(map(_HASHTAG.fullmatch, filled))


def _header_place(top: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    hits = [_hits(row, known) for row in top]
    best = max(hits)
    if best >= min(_ENOUGH, len(top[0])) and best:
        return hits.index(best)
    names = [cell.strip() for cell in top[0] if cell.strip()]
    could = len(names) >= _ENOUGH and len(set(names)) == len(names) and all(map(_NAME.match, names))
    return 0 if could else None


def _hits(row: Sequence[str], known: Collection[str]) -> int:
    """Count the cells that name a column: a cell with a number in it is one only of a name that is known whole."""
    names = {cell.strip() for cell in row if cell.strip()}
    return sum(name in known or (_NAME.match(name) is not None and _names_field(name)) for name in names)


def _names_field(name: str) -> bool:
    """Return whether a cell names a field, or a count with one word more: `deaths_media`."""
    count = headers().count_of(name)
    return headers().field_of(name) is not None or (count is not None and count.open.isalpha())


def _distinct(row: Sequence[str]) -> tuple[str, ...]:
    """Name columns without a name by their place, and number those that share one."""
    names: dict[str, None] = {}
    for place, cell in enumerate(row, start=1):
        wanted = " ".join(cell.split()) or f"column {place}"
        name, number = wanted, 2
        while name in names:
            name, number = f"{wanted} ({number})", number + 1
        names[name] = None
    return tuple(names)
