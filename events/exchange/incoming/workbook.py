"""Workbooks: a sheet of an XLSX, XLS or ODS file as rows of cells, all text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import python_calamine as calamine

from willay.events.exchange.incoming.merged_cells import merged_cells
from willay.events.model.errors import RefusedError
from willay.geo import check_archive
from willay.geo.errors import ArchiveError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from willay.events.exchange.incoming.merged_cells import Range
    from willay.events.exchange.incoming.options import ReadingOptions

PACKED: Final = (".xlsx", ".xlsm", ".ods")
"""Endings of workbooks that are zip archives, which are checked before they are opened."""

ABOUT: Final = "about"
"""The sheet that identifies a workbook written by willay."""

MAX_BYTES: Final = 256 * 1024**2
"""Maximum size of a workbook, which is held in memory."""


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """A sheet, open for reading.

    Attributes:
        columns: The cells of its first row.
        rows: The other rows, as lists of cells.
        notes: What a reader should know, such as the sheets that were not read.
        name: The sheet.
        merged: Returns its merged ranges, each as its first and last cell, as row and column from 0.
    """

    columns: tuple[str, ...]
    rows: Iterator[list[str]]
    notes: tuple[str, ...]
    name: str
    merged: Callable[[], tuple[Range, ...]]


def open_workbook(path: Path, options: ReadingOptions) -> WorkbookTable:
    """Open a sheet of a workbook: the one that the options name, else the first that has cells.

    Days are ISO text, whole numbers have no decimals, and what a formula gave is read, never the formula.

    Raises:
        RefusedError: It is not a workbook, is locked, or has no such sheet.
    """
    book = _opened(path)
    name = _sheet_name(path, book, options.sheet)
    others = [other for other in book.sheet_names if other != name]
    notes = (
        (
            tr(
                "Sheet {name!r} is read. Sheets not read: {others}. To read another sheet: --sheet NAME.",
                name=name,
                others=", ".join(others)[:80],
            ),
        )
        if others
        else ()
    )
    sheet = book.get_sheet_by_name(name)
    rows = iter(sheet.to_python(skip_empty_area=False))
    first = next(rows, [])
    cells = ([cell_text(cell) for cell in row] for row in rows)
    return WorkbookTable(tuple(map(cell_text, first)), cells, notes, name, partial(merged_cells, path, sheet))


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook that have cells; the one that describes a workbook of ours is not among them.

    Raises:
        RefusedError: It is not a workbook, or is locked.
    """
    book = _opened(path)
    names = [name for name in book.sheet_names if name != ABOUT]
    return tuple(name for name in names if len(names) == 1 or book.get_sheet_by_name(name).height)


def all_sheets(path: Path) -> dict[str, list[list[str]]]:
    """Return the rows of all sheets of a workbook, by name; errors as `open_workbook`."""
    book = _opened(path)
    return {
        name: [[cell_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def about_workbook(path: Path) -> dict[str, str]:
    """Return what the sheet `about` of a workbook says, as our exports have it: a value by name; blank without one."""
    try:
        book = _opened(path)
    except RefusedError:
        return {}  # who reads the rows says what is wrong with it
    if ABOUT not in book.sheet_names:
        return {}
    rows = book.get_sheet_by_name(ABOUT).to_python(skip_empty_area=False)
    return {cell_text(row[0]): cell_text(row[1]) for row in rows if len(row) > 1}


def _opened(path: Path) -> calamine.CalamineWorkbook:
    try:
        if path.suffix.lower() in PACKED:
            check_archive(path)
        if path.stat().st_size > MAX_BYTES:
            raise RefusedError(
                tr(
                    "{path} is bigger than {limit:,} MB. Save the sheet as CSV and import that.",
                    path=path,
                    limit=MAX_BYTES // 1024**2,
                )
            )
        return calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise RefusedError(tr("{path} is password-protected. Remove the password first.", path=path)) from None
    except (calamine.CalamineError, ArchiveError, OSError, ValueError) as error:
        raise RefusedError(
            tr(
                "{path} cannot be read as a workbook ({error}). Save it again as XLSX or CSV.",
                path=path,
                error=str(error)[:80],
            )
        ) from None


def _sheet_name(path: Path, book: calamine.CalamineWorkbook, asked: str | None) -> str:
    if asked is not None:
        if asked not in book.sheet_names:
            raise RefusedError(
                tr(
                    "{path} has no sheet {asked!r}. Its sheets: {sheet_names}.",
                    path=path,
                    asked=asked[:80],
                    sheet_names=", ".join(book.sheet_names)[:200],
                )
            )
        return asked
    for name in book.sheet_names:
        if book.get_sheet_by_name(name).height:
            return name
    raise RefusedError(tr("{path} has no sheet with data. Check the file.", path=path))


def cell_text(cell: float | str | bool | date | time | timedelta | None) -> str:  # noqa: FBT001 — a cell of any type
    """Return a cell as text: days as ISO, whole numbers without decimals, truth as TRUE and FALSE."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 — beyond, decimals are lost
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
