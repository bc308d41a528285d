"""A table opened: its rows of cells as often as they are wanted, and the row that names its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from willay.data.headers import headers
from willay.events.exchange.incoming.table.encodings import look_at
from willay.events.exchange.incoming.table.unfolding import (
    NOT_MERGED,
    Merged,
    header_depth,
    is_aside,
    joined_names,
)
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.outgoing.spreadsheet import restored
from willay.events.model.advice import option
from willay.events.model.errors import RefusedError
from willay.geo.translation import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions

WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
MAX_COLUMNS: Final = 2_000
_SEARCHED: Final = 25
_ENOUGH: Final = 2
_ALIKE: Final = 0.8
_SHOWN: Final = 5
_NAME: Final = re.compile(r"(?=.*[^\W\d_])(?!.{81})")
"""A cell that can name a column: it has a letter and is not a sentence."""

_HASHTAG: Final = re.compile(r"#[a-zA-Z]\w*(\s*\+\s*\w+)*")
"""A hashtag with its attributes (https://hxlstandard.org/standard/1-1final/tagging/)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as rows of cells, the one that names the columns among them.

    Attributes:
        name: What messages call it.
        cells: Opens the rows from the first, merged cells filled downwards; blank rows are left out.
        notes: What was found out on opening.
        merged: Its merged cells.
        holds: The field by column, where the format of the file says it.
        others: The other sheets of a workbook that have cells.
    """

    name: str
    cells: Callable[[], Iterator[list[str]]]
    notes: tuple[str, ...] = ()
    merged: Merged = NOT_MERGED
    holds: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns have names.

    Attributes:
        sheet: Where its rows come from.
        columns: The columns, each with a name of its own.
        header: Which row of the sheet names them, from 1, blank rows not counted.
        notes: What was found out.
        above: How many rows above that one name columns as well.
        below: How many rows below it do; the row of hashtags (HXL) is the last of them.
        tags: The hashtag by column, where a row has them.
        twins: By column, the name that it has in the file, where an earlier one has the same.
        counts: Columns that hold counts, for which a merged cell stands in its first row only.
    """

    sheet: Sheet
    columns: tuple[str, ...]
    header: int
    notes: tuple[str, ...] = ()
    above: int = 0
    below: int = 0
    tags: Mapping[str, str] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    counts: frozenset[str] = frozenset()

    def rows(self, asides: list[str] | None = None) -> Iterator[list[str]]:
        """Yield the rows of data below the names of the columns: totals, sources and notes are left out.

        Args:
            asides: Gets the rows that are left out, each as one line.
        """
        first = self.header + self.below
        rows: Iterator[list[str]] = islice(self.sheet.cells(), first, None)
        if self.counts and self.sheet.merged.down:
            rows = self._counted_once(rows, first)
        for row in rows:
            if not is_aside(row):
                yield row
            elif asides is not None:
                asides.append(" ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip())))

    def _counted_once(self, rows: Iterator[list[str]], first: int) -> Iterator[list[str]]:
        at = {place for place, column in enumerate(self.columns) if column in self.counts}
        for number, row in enumerate(rows, start=first):
            for place, _ in self.sheet.merged.down.get(number, ()):
                if place in at:
                    row[place] = ""
            yield row


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
    from willay.events.exchange.incoming import workbook  # noqa: PLC0415 — heavy, and only for workbooks

    names = workbook.sheet_names(path)
    if options.sheet is None and len(names) > 1:
        options = replace(options, sheet=next((name for name in names if _is_table(path, options, name)), names[0]))
    book = workbook.open_workbook(path, options)
    merged = NOT_MERGED
    if ranges := book.merged():
        filled = [at for at, row in enumerate(chain([book.columns], book.rows)) if any(cell.strip() for cell in row)]
        merged = Merged.of(ranges, filled)

    def cells() -> Iterator[list[str]]:
        book = workbook.open_workbook(path, options)
        rows = (list(row) for row in chain([book.columns], book.rows) if any(cell.strip() for cell in row))
        return _filled_down(rows, merged) if merged.down else rows

    others = tuple(name for name in names if name != book.name)
    return Sheet(path.name, cells, tuple(book.notes), merged, others=others)


def _is_table(path: Path, options: ReadingOptions, name: str) -> bool:
    """Return whether a sheet of a workbook has a row of names of columns, and is not a page of instructions."""
    top = _top_of(path, options, name)
    place = _header_place(top, ()) if top else None
    return place is not None and _hits(top[place], ()) >= _ENOUGH


def _top_of(path: Path, options: ReadingOptions, name: str) -> list[list[str]]:
    from willay.events.exchange.incoming import workbook  # noqa: PLC0415 — heavy, and only for workbooks

    book = workbook.open_workbook(path, replace(options, sheet=name))
    rows = (list(row) for row in chain([book.columns], book.rows) if any(cell.strip() for cell in row))
    return list(islice(rows, _SEARCHED))


def same_sheets(path: Path, options: ReadingOptions, table: Table) -> tuple[str, ...]:
    """Return the sheets of a workbook that have the columns of its table too, and are not read."""
    if options.sheet is not None:
        return ()
    wanted = {*table.columns}

    def is_alike(name: str) -> bool:
        top = _top_of(path, options, name)
        return any(len(wanted & {" ".join(cell.split()) for cell in row}) >= _ALIKE * len(wanted) for row in top)

    return tuple(name for name in table.sheet.others if is_alike(name))


def _filled_down(rows: Iterator[list[str]], merged: Merged) -> Iterator[list[str]]:
    """Yield rows in which a merged cell stands in all rows that it covers."""
    tops = {cell for cells in merged.down.values() for cell in cells}
    wanted: dict[int, list[int]] = {}
    for column, top in sorted(tops):
        wanted.setdefault(top, []).append(column)
    held: dict[tuple[int, int], str] = {}
    for number, cells in enumerate(rows):
        for column, top in merged.down.get(number, ()):
            cells[column] = held.get((column, top), "")
        held |= {(column, number): cells[column] for column in wanted.get(number, ()) if column < len(cells)}
        yield cells


def find_table(sheet: Sheet, known: Collection[str] = (), header: int | None = None) -> Table:
    """Find the row that names the columns, also below a title; rows above and below may be part of the names.

    It is the row with the most names of columns that are known; where none has any, the first, if all its cells could
    be names.

    Args:
        sheet: The table.
        known: Names of columns that a mapping has.
        header: Which row it is, from 1, where that is said.

    Raises:
        RefusedError: There is no such row.
    """
    top = list(islice(sheet.cells(), max(_SEARCHED, (header or 0) + _SEARCHED)))
    if not top:
        raise RefusedError(tr("{name} is empty. Expected a table with a row of column names.", name=sheet.name))
    place = _header_place(top, known) if header is None else header - 1
    if place is None or place >= len(top):
        raise RefusedError(_no_header(sheet, top[0]))
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
    return _named_table(sheet, top, place, told=header is not None)


def _named_table(sheet: Sheet, top: Sequence[Sequence[str]], place: int, *, told: bool) -> Table:
    """Return a table whose columns are named by a row, and those above and below that belong to it."""
    if not told and place and _is_hashtags(top[place]) and _could_name(top[place - 1], top[place]):
        place -= 1
    above, below = header_depth(top, place, sheet.merged)
    block = range(place - above, place + below + 1)
    names = joined_names([top[at] for at in block], [sheet.merged.across.get(at, ()) for at in block])
    columns, twins = _distinct(names)
    notes: tuple[str, ...] = ()
    if above or below:
        first, last = block[0] + 1, block[-1] + 1
        notes = (tr("Rows {first} to {last} name the columns together.", first=first, last=last),)
    elif place:
        notes = (tr("Row {number} has the column names; the rows above it are ignored.", number=place + 1),)
    tags: dict[str, str] = {}
    if place + below + 1 < len(top) and _is_hashtags(row := top[place + below + 1]):
        tags = {column: tag.strip() for column, tag in zip(columns, row, strict=False) if tag.strip()}
        below += 1
        notes += (tr("The row of hashtags (HXL) is not a row of data."),)
    return Table(sheet, columns, place + 1, notes, above, below, tags, twins)


def _no_header(sheet: Sheet, first: Sequence[str]) -> str:
    message = tr(
        "{name}: no row with column names was found; the first row is {top!r}. Add a header, or "
        "give its row number, without counting blank rows: --map header=3.",
        name=sheet.name,
        top=" | ".join(first)[:80],
    )
    if not sheet.others:
        return message
    sheets = joined(tr(" or "), (option("--sheet", name) for name in sheet.others[:_SHOWN]))
    return f"{message} {tr('To read another sheet: {sheets}.', sheets=sheets)}"


def _could_name(row: Sequence[str], tags: Sequence[str]) -> bool:
    """Return whether a row has the names of the columns that the hashtags below it tag."""
    named = [place for place, cell in enumerate(row) if cell.strip()]
    tagged = [place for place, cell in enumerate(tags) if cell.strip()]
    return 2 * len({*named} & {*tagged}) >= len(tagged) and len({row[at].strip() for at in named}) == len(named)


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


def _distinct(row: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Name columns without a name by their place, and number those that share one; return those too, by their names."""
    names: dict[str, None] = {}
    twins: dict[str, str] = {}
    for place, cell in enumerate(row, start=1):
        wanted = " ".join(cell.split()) or f"column {place}"
        name, number = wanted, 2
        while name in names:
            name, number = f"{wanted} ({number})", number + 1
        names[name] = None
        if name != wanted:
            twins[name] = wanted
    return tuple(names), twins
