"""Lists: one function writes the rows of every command that lists something.

On a terminal a row is one line: what does not fit is cut with …, and columns that still find no room are left out and
named. In a pipe a list is tab-separated, whole and without padding, with one line of headings. JSON and CSV have the
data exactly.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.cli.output import console, put_json, put_text, say, shown
from willay.events.cli.progress import interrupted
from willay.events.model.invisible import visible
from willay.geo.translation import LANGUAGES, language, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from willay.data.countries import Country

_GAP: Final = 2
_CUT: Final = "…"
DAYS_LEAST: Final = 11
"""The width that days may be cut to: the first day and …, which says that there are more."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list.

    Attributes:
        heading: Its heading in English, as in a pipe; on a terminal it is translated.
        rank: How soon it is left out where the terminal is narrow: the highest first, 0 never.
        least: The width that its cells may be cut to; None where half a cell would be a false one, as of a number.
        label: Puts the codes of its cells into words on a terminal; None where they hold no codes.
        localized: The heading on a terminal where it comes from data, such as a country's word for its units.
    """

    heading: str
    rank: int = 0
    least: int | None = None
    label: Callable[[str], str] | None = None
    localized: str = ""

    @property
    def shown(self) -> str:
        """The heading on a terminal."""
        return self.localized or tr(self.heading)


def unit_column(countries: Collection[str | Country], rank: int, least: int | None = None) -> ListColumn:
    """Return the column of first-level units, headed by the word of the countries: "State or region".

    Args:
        countries: The countries of the places listed, or their ISO 3166-1 alpha-2 codes.
        rank: As of `ListColumn`.
        least: As of `ListColumn`.
    """
    from willay.data.unit_words import heading, unit_word

    said, here = (heading(unit_word(countries, lang)) for lang in (LANGUAGES[0], language()))
    return ListColumn(said, rank, least=least, localized=here)


def put_rows(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, ListColumn], style: str, *, wide: bool = False
) -> None:
    """Write rows as a table, JSON or CSV, or as JSON one row a line, or separated by tabs.

    Args:
        rows: The data; JSON has every field of them, table and CSV the columns named.
        columns: Columns by field.
        style: `table`, `json`, `csv`, `tsv` or `ndjson`.
        wide: On a terminal: every column, whole, however long the lines become.
    """
    if style == "json":
        put_json(list(rows))
    elif style == "csv":
        put_text(_as_csv(rows, columns))
    elif style == "ndjson":
        put_text("".join(f"{json.dumps(row, ensure_ascii=False, default=str)}\n" for row in rows))
    elif style == "tsv" or not sys.stdout.isatty():
        put_text(_as_tsv(rows, columns))
    elif rows:
        with interrupted():
            _put_table(rows, columns, None if wide else shutil.get_terminal_size().columns)


def _as_csv(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, ListColumn]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(field)) for field in columns] for row in rows)
    return out.getvalue()


def _as_tsv(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, ListColumn]) -> str:
    lines = [[column.heading for column in columns.values()], *_cells(rows, columns)]
    return "".join("\t".join(line) + "\n" for line in lines)


def _put_table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, ListColumn], width: int | None) -> None:
    listed = list(columns.values())
    labels = [column.label for column in listed]
    cells = [
        [label(text) if label else text for label, text in zip(labels, line, strict=True)]
        for line in _cells(rows, columns)
    ]
    natural = [
        max(_width(text) for text in (column.shown, *(line[place] for line in cells)))
        for place, column in enumerate(listed)
    ]
    widths = fitted(natural, listed, width)
    kept = [place for place, room in enumerate(widths) if room is not None]
    table = console()
    table.print(shown(_line([column.shown for column in listed], widths, width), "bold"), soft_wrap=True)
    for line in cells:
        table.print(shown(_line(line, widths, width)), soft_wrap=True)
    if left_out := [column.shown for place, column in enumerate(listed) if place not in kept]:
        say(tr("Columns that do not fit: {columns}. To show all columns, use --wide.", columns=", ".join(left_out)))


def fitted(natural: Sequence[int], columns: Sequence[ListColumn], width: int | None) -> list[int | None]:
    """Return the width of each column so that a line fits; None for a column that is left out.

    Args:
        natural: The width of the widest cell of each.
        columns: The columns.
        width: Of the terminal; None for no limit.
    """
    shown_places = list(range(len(columns)))
    if width is None:
        return list(natural)
    least = [
        room if column.least is None else min(room, column.least) for room, column in zip(natural, columns, strict=True)
    ]
    while _total([least[place] for place in shown_places]) > width:
        leaving = max(shown_places, key=lambda place: columns[place].rank)
        if not columns[leaving].rank:
            break  # a terminal of a few columns: the lines are cut, below
        shown_places.remove(leaving)
    spare = width - _total([least[place] for place in shown_places])
    widths: list[int | None] = [None] * len(columns)
    growing = sorted(shown_places, key=lambda place: natural[place] - least[place])
    for left, place in enumerate(growing):  # the narrowest first, so that what one does not need goes to the others
        more = min(natural[place] - least[place], max(0, spare) // (len(growing) - left))
        widths[place] = least[place] + more
        spare -= more
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * max(0, len(widths) - 1)


def _line(cells: Sequence[str], widths: Sequence[int | None], width: int | None) -> str:
    parts = [_sized(text, room) for text, room in zip(cells, widths, strict=True) if room is not None]
    line = (" " * _GAP).join(parts).rstrip()
    return line if width is None or _width(line) <= width else _sized(line, width)


def _sized(text: str, room: int) -> str:
    from rich.cells import set_cell_size

    return set_cell_size(text, room) if _width(text) <= room else set_cell_size(text, room - 1) + _CUT


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _cells(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, ListColumn]) -> list[list[str]]:
    return [[visible(cell(row.get(field))) for field in columns] for row in rows]


def cell(value: object) -> str:
    """Return a value as the text of a cell: nothing for what is not known, a list separated by commas."""
    if value is None or value != value:  # noqa: PLR0124 — NaN and NaT are not themselves
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
