"""Text tables for packs: CSV and its kin, with the delimiter by the first line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.data.errors import PackError
from willay.geo.errors import NotTextError
from willay.geo.inputs import input_text
from willay.geo.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

_DELIMITERS: Final = ("\t", ";", ",")
_LONGEST_CELL: Final = 1 << 20
_WORKBOOKS: Final = (".xlsx", ".xls", ".ods", ".xlsm")


@dataclass(frozen=True, slots=True)
class Table:
    """A text table.

    Attributes:
        columns: The cells of its first line.
        rows: The other lines that have cells; each as long as the first.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]


def read_lines(path: Path, *, delimiter: str | None = None, quoted: bool = True) -> list[list[str]]:
    """Read a text table as lists of cells.

    Args:
        path: The file, UTF-8.
        delimiter: What separates cells; None takes the one that is most in the first line.
        quoted: Whether cells may be in quotation marks.

    Raises:
        PackError: It is a workbook, or no table.
        MissingFileError, NotTextError: It is missing, or not text in UTF-8.
    """
    if path.suffix.lower() in _WORKBOOKS:
        raise PackError(tr("{path} is a workbook. In a spreadsheet program, save the sheet as “CSV UTF-8”.", path=path))
    try:
        text = input_text(path)
    except NotTextError as error:
        raise NotTextError(tr("{error} In a spreadsheet program, save it as “CSV UTF-8”.", error=error)) from None
    start = text.partition("\n")[0]
    chosen = delimiter or max(_DELIMITERS, key=start.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=chosen, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    )
    try:
        return [row for row in reader if any(row)]
    except csv.Error as error:
        raise PackError(
            tr(
                "{name}:{line}: {error}. Check for an unclosed quotation mark.",
                name=path,
                line=reader.line_num,
                error=error,
            )
        ) from None


def table_of(lines: list[list[str]], path: Path) -> Table:
    """Make a table of lines whose first names the columns; a second that has HXL tags is left out.

    Raises:
        PackError: There is no first line, or no other.
    """
    columns = tuple(name.strip() for name in lines[0]) if lines else ()
    has_tags = len(lines) > 1 and any(cell.startswith("#") for cell in lines[1])
    rows = lines[2:] if has_tags else lines[1:]
    if not rows:
        raise PackError(tr("{path} has no rows below a first line that names its columns.", path=path))
    width = len(columns)
    return Table(columns, [[cell.strip() for cell in (*row, *[""] * width)][:width] for row in rows])
