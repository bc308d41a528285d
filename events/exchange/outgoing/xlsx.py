"""Incidents as an Excel workbook: sheets of incidents, claims, sources, registers, the codebook, and what the file is.

Registers are actors, cases, their phases and indicators; each has a sheet if there are any.

Every text is stored as text, so that no spreadsheet runs it; one that begins as a formula does is marked as text too
(Excel's quote prefix), so that it stays one when somebody edits it. Dates are real dates, unknown is an empty cell. The
same incidents give the same bytes: nothing in the file states when it was made.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from willay.data.codebook import codebook
from willay.events.exchange.outgoing.about import About
from willay.events.exchange.outgoing.jsontext import json_bytes
from willay.events.exchange.outgoing.register_tables import register_tables
from willay.events.exchange.outgoing.spreadsheet import neutral
from willay.events.exchange.outgoing.tables import (
    CLAIMS,
    INCIDENTS,
    SOURCES,
    cards_of,
    claim_rows,
    incident_rows,
    source_row,
)
from willay.events.exchange.outgoing.written import Written
from willay.events.frame.columns import COLUMNS, DAY
from willay.events.model.errors import RefusedError
from willay.geo import replacing_bytes
from willay.geo.temporary import draft_beside
from willay.geo.translation import tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import IO

    from willay.data.codebook import Terms
    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

MAX_ROWS: Final = 1_048_576
"""Maximum rows of a sheet, including its heading: a limit of the format."""

MAX_LETTERS: Final = 32_767
"""Maximum length of a cell, in UTF-16 units: a limit of the format."""

CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 — a fixed day, so that the same incidents give the same bytes
_DAYS: Final = frozenset(column.name for column in COLUMNS if column.dtype == DAY)
_ABOUT: Final = {column.name: column.about for column in COLUMNS} | {
    "lon": "degrees east (EPSG:4326) of the primary place; empty where it is an area",
    "lat": "degrees north of the primary place",
}


class Sheet:
    """A sheet that grows row by row.

    Attributes:
        cut: How many texts were longer than a cell can hold, and were cut.
    """

    def __init__(self, book: xlsxwriter.Workbook, name: str, columns: Sequence[str]) -> None:
        self.cut = 0
        self._name = name
        self._sheet = book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        self._days = {place for place, column in enumerate(columns) if column in _DAYS}
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = book.add_format({"quote_prefix": True})
        head = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            self._sheet.write_string(0, place, column, head)
        self._next = 1

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows of plain values.

        Raises:
            RefusedError: The sheet is full.
        """
        for row in rows:
            if self._next >= MAX_ROWS:
                raise RefusedError(
                    tr(
                        "A sheet holds at most {most:,} rows, but there are more {name}. Select fewer "
                        "incidents, or write GeoPackage or CSV.",
                        most=MAX_ROWS - 1,
                        name=self._name,
                    )
                )
            for place, value in enumerate(row):
                if value is not None:
                    self._put(place, value)
            self._next += 1

    def _put(self, place: int, value: Any) -> None:  # noqa: ANN401 — a plain value
        if isinstance(value, bool):
            self._sheet.write_boolean(self._next, place, value)
        elif isinstance(value, (int, float)):
            self._sheet.write_number(self._next, place, value)
        elif place in self._days:
            self._put_day(place, value)
        else:
            text = self._fitting(str(value))
            marked = (self._quoted,) if neutral(text) != text else ()
            self._sheet.write_string(self._next, place, text, *marked)

    def _put_day(self, place: int, value: str) -> None:
        if value < "1900-03-01":  # Excel's calendar begins in 1900, and has a 29 February there
            self._sheet.write_string(self._next, place, value)
        else:
            self._sheet.write_datetime(self._next, place, date.fromisoformat(value), self._day)

    def _fitting(self, text: str) -> str:
        # Letters beyond U+FFFF count double; a lone surrogate has no UTF-8 and becomes a question mark.
        units = text.encode("utf-16-le", errors="replace")
        if len(units) > 2 * MAX_LETTERS:
            self.cut += 1
            units = units[: 2 * MAX_LETTERS]
        return units.decode("utf-16-le", errors="ignore")


def write_xlsx(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a workbook; errors as `outgoing.write`.

    Raises:
        RefusedError: There are more rows than a sheet holds.
    """
    with replacing_bytes(path, force=options.force) as file, _workbook(file, path) as book:
        sheets = [
            Sheet(book, name, columns)
            for name, columns in (("incidents", INCIDENTS), ("claims", CLAIMS), ("sources", SOURCES))
        ]
        about = About(options)
        rows = _fill(sheets, about.over(pages), options)
        for table in register_tables(options.registers, options.lang):
            sheets.append(Sheet(book, table.name, table.columns))
            sheets[-1].add(table.rows)
        Sheet(book, "codebook", ("list", "code", "es", "en")).add(_terms())
        Sheet(book, "columns", ("column", "about")).add((name, _ABOUT[name]) for name in INCIDENTS)
        Sheet(book, "about", ("name", "value")).add(_about(about.description()))
    cut = sum(sheet.cut for sheet in sheets)
    return Written(path, rows, _losses(cut))


def _fill(sheets: Sequence[Sheet], pages: Iterator[IncidentCells], options: WritingOptions) -> int:
    incidents, claims, sources = sheets[:3]
    cited: set[str] = set()
    rows = 0
    for page in pages:
        rows += len(page)
        incidents.add(incident_rows(page))
        for code, card in cards_of(page):
            claims.add(claim_rows(code, card, options.lang))
            new = {key: source for key, source in card.get("sources", {}).items() if key not in cited}
            sources.add(source_row(key, source, options.lang) for key, source in new.items())
            cited |= new.keys()
    return rows


@contextmanager
def _workbook(file: IO[bytes], target: Path) -> Iterator[xlsxwriter.Workbook]:
    """Open a workbook that keeps its rows in files next to the target until it is closed."""
    beside = draft_beside(target.with_name(f"{target.name}.rows"))
    beside.mkdir()
    settings = {"constant_memory": True, "tmpdir": str(beside), "strings_to_urls": False}
    output = _Output(file)
    book = xlsxwriter.Workbook(output, settings)
    book.set_properties({"created": CREATED, "comments": "Written by willay."})
    try:
        yield book
    finally:  # also after a failure: its files must be closed before their folder goes
        try:
            book.close()
        except XlsxWriterException as problem:  # such as a full disk
            raise OSError(str(problem)) from problem
        finally:
            output.ended = True
            shutil.rmtree(beside, ignore_errors=True)


class _Output:
    """The file that a workbook is written to, until that has ended; afterwards nothing reaches it.

    Where a workbook cannot be written, its unfinished archive is closed by Python much later, when the file is closed,
    and complains.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.ended = False

    def write(self, content: bytes) -> int:
        """Write, and return how many bytes."""
        return len(content) if self.ended else self._file.write(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return 0 if self.ended else self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return 0 if self.ended else self._file.tell()

    def flush(self) -> None:
        """Hand over what was written."""
        if not self.ended:
            self._file.flush()


def _terms() -> Iterator[tuple[str, str, str, str]]:
    known = codebook()
    for field in fields(known):
        terms: Terms = getattr(known, field.name)
        for term in terms:
            yield field.name, term.code, term.label("es"), term.label("en")


def _about(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        plain = value if isinstance(value, (str, int, float)) else json_bytes(value).decode()
        yield name, plain


def _losses(cut: int) -> tuple[str, ...]:
    losses = (
        tr("Places: the workbook has only the primary place of each incident, and areas only by name and code."),
        tr("Texts: the workbook has texts in one language only, and no notes."),
    )
    return (
        (
            *losses,
            tr_n(
                "{n} text was longer than {most:,} characters, the maximum of a cell, and was truncated.",
                "{n} texts were longer than {most:,} characters, the maximum of a cell, and were truncated.",
                cut,
                most=MAX_LETTERS,
            ),
        )
        if cut
        else losses
    )
