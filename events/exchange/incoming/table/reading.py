"""Reading a table: opened, its mapping found or guessed, its columns heard, its rows drafted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.batches import Registers, batches, slug
from willay.events.exchange.incoming.table.drafting import Drafter
from willay.events.exchange.incoming.table.grouping import group_names, grouped
from willay.events.exchange.incoming.table.guess import guess_mapping
from willay.events.exchange.incoming.table.mapping import (
    KEEP,
    ColumnMapping,
    check_mapping,
    count_field,
    edited,
    mapping_file,
    read_mapping,
)
from willay.events.exchange.incoming.table.row import Means
from willay.events.exchange.incoming.table.sheets import find_table, open_sheet, same_sheets
from willay.events.exchange.incoming.table.survey import settled, survey
from willay.events.exchange.incoming.table.tally import ColumnTally
from willay.events.model.advice import option
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import DatasetTerms, Notice, Reading
from willay.geo.translation import joined, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.exchange.incoming.table.sheets import Sheet, Table
    from willay.events.exchange.incoming.table.survey import Survey
    from willay.events.model.foreign import ForeignRow

_HEADER: Final = "header"


@dataclass(frozen=True)
class TableReading(Reading):
    """A table opened for import.

    Attributes:
        mapping: How its columns are read, with what they showed: write it next to the file for the next time.
        tally: What becomes of the cells of its columns, as the batches are read.
    """

    mapping: ColumnMapping = field(default_factory=lambda: ColumnMapping({}))
    tally: ColumnTally = field(default_factory=lambda: ColumnTally(ColumnMapping({})))


class UnsettledError(RefusedError):
    """A table that cannot be read before something is specified; `mapping` is what is known of its columns.

    Attributes:
        mapping: How its columns would be read, with the questions that are open.
    """

    def __init__(self, message: str, mapping: ColumnMapping) -> None:
        super().__init__(message)
        self.mapping = mapping


def find_mapping(path: Path, options: ReadingOptions, sheet: Sheet | None = None) -> tuple[ColumnMapping, Table]:
    """Return how a table's columns are to be read, and the table; nothing is heard of its rows but a sample.

    What `options.assign` says comes first, then the mapping named or found next to the file, then the guess.

    Args:
        path: The file.
        options: How to read it.
        sheet: Its rows, where somebody has opened it already.

    Raises:
        RefusedError: The file is not a table, or the mapping does not fit it.
    """
    sheet = sheet or open_sheet(path, options)
    saved = _saved(path, options)
    header = _header(options) or (saved.header if saved else None)
    table = find_table(sheet, saved.columns if saved else (), header)
    if saved:
        _check_columns(saved, table, sheet)
    mapping = guess_mapping(table, saved, options.country, options.headings)
    changes = {name: value for name, value in options.assign.items() if name != _HEADER or name in table.columns}
    mapping = edited(mapping, changes)
    if options.crs is not None and mapping.holds("east", "north"):
        mapping = edited(mapping, {"crs": options.crs})
    mapping = replace(check_mapping(mapping, path.name), header=table.header if table.header > 1 else None)
    return mapping, table


def read_table(path: Path, options: ReadingOptions, sheet: Sheet | None = None) -> TableReading:
    """Open a table of a monitor's own: CSV and its kin, a sheet of an Excel or OpenDocument workbook.

    The file is gone through three times: for the mapping, for what whole columns must agree on, and for the rows.

    Args:
        path: The file.
        options: How to read it; `assign` as `mapping.edited` takes it.
        sheet: Its rows, where it is not such a file and somebody has opened it already.

    Raises:
        UnsettledError: It lacks the type of its incidents, or a column could mean two things and nobody says which.
        RefusedError: It is not a table, or its mapping does not fit.
    """
    mapping, table = find_mapping(path, options, sheet)
    table = replace(table, counts=frozenset(column for column, name in mapping.columns.items() if count_field(name)))
    try:
        found = survey(table, mapping, options.country, _asked(mapping))
    except RefusedError as error:
        raise UnsettledError(str(error), mapping) from None
    mapping = settled(mapping, found)
    name = options.dataset or mapping_file(path).name.removesuffix(".mapping.toml")
    means = Means(mapping, found, Registers(), replace(options, dataset=name), slug(name))
    tally = ColumnTally(mapping)
    unread = [_unread_sheet(name) for name in same_sheets(path, options, table)]
    unread += [Notice(trouble, grave=True) for trouble in found.troubles]
    rows = _rows(table, Drafter(means, table.columns, tally))
    if names := group_names(mapping):
        rows = grouped(rows, names, mapping)
    return TableReading(
        terms=options.terms(DatasetTerms(name)),
        columns=table.columns,
        batches=batches(rows, means.registers, options.batch_rows),
        notes=(
            *table.sheet.notes,
            *table.notes,
            *_told(mapping),
            *found.notes,
            *_missing(mapping),
            *_grouping(found, names),
        ),
        total=None if names else found.rows,
        after=lambda: (*unread, *tally.notices()),
        dated=mapping.holds("date", "first_day", "last_day", "year"),
        mapping=mapping,
        tally=tally,
    )


def _asked(mapping: ColumnMapping) -> list[str]:
    """Return what must be said of a table before it can be read, in sentences."""
    asked = list(mapping.questions.values())
    if not mapping.holds("type", "subtype"):
        asked.append(
            tr(
                "No column gives the type of event. Specify the column: --map COLUMN=type, or one type "
                "for all rows: --map default.type=CODE. Columns: {columns}.",
                columns=", ".join(map(quoted, mapping.columns))[:400],
            )
        )
    if mapping.holds("east", "north") and mapping.crs is None and not mapping.holds("utm_zone"):
        asked.append(
            tr(
                "Eastings and northings need a UTM zone or a CRS. Give the zone of all rows: --map "
                "default.utm_zone=18S, the column with the zone: --map COLUMN=utm_zone, or another CRS: "
                "--crs EPSG:24878."
            )
        )
    return asked


def _unread_sheet(name: str) -> Notice:
    way = option("--sheet", name)
    return Notice(
        tr("Not imported: sheet {name!r}, which has the same columns. To import it: {option}.", name=name, option=way),
        grave=True,
    )


def _rows(table: Table, drafter: Drafter) -> Iterator[ForeignRow]:
    for number, cells in enumerate(table.rows(), start=1):
        yield drafter.row(number, cells)


def _saved(path: Path, options: ReadingOptions) -> ColumnMapping | None:
    if options.mapping is not None:
        return read_mapping(options.mapping)
    beside = mapping_file(path)
    return read_mapping(beside) if beside.is_file() else None


def _header(options: ReadingOptions) -> int | None:
    said = options.assign.get(_HEADER)
    return edited(ColumnMapping({}), {_HEADER: said}).header if said and said.isdecimal() else None


def _check_columns(saved: ColumnMapping, table: Table, sheet: Sheet) -> None:
    lost = [column for column in saved.columns if column not in table.columns]
    if lost:
        raise RefusedError(
            tr(
                "{name}: the mapping names the column {lost!r}, which is not in the table. Columns of "
                "the table: {columns}. Correct the mapping, or delete it and import again to detect it.",
                name=sheet.name,
                lost=lost[0][:80],
                columns=", ".join(map(quoted, table.columns))[:300],
            )
        )


def _told(mapping: ColumnMapping) -> list[str]:
    """Show the mapping, a line a column; columns without a name and without cells are left out."""
    return [
        joined("", (quoted(row.column), f" → {row.field} (", row.reason, f"): {' | '.join(row.examples)}"))
        if row.examples
        else joined("", (quoted(row.column), f" → {row.field} (", row.reason, ")"))
        for row in mapping.rows()
        if row.examples or row.field != KEEP or not row.column.startswith("column ")
    ]


def _grouping(found: Survey, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    told = ", ".join(names)
    return [
        tr(
            "The {rows:,} rows are grouped by {names}: rows that have the same are one incident, their counts summed.",
            rows=found.rows,
            names=told,
        )
    ]


def _missing(mapping: ColumnMapping) -> list[str]:
    notes = []
    if not mapping.holds("id"):
        notes.append(
            tr(
                "No column holds an id: rows are identified by title, days and place. A row in which one "
                "of these is changed becomes a new incident."
            )
        )
    if not mapping.holds("source", "source_url"):
        notes.append(tr("No column holds a source: the table itself is cited as the source of the counts."))
    if mapping.holds("actor", "target", "actors"):
        notes.append(
            tr(
                'Actors are imported as organisations. To change this, edit the mapping: [actors] "PNP" '
                '= "state-forces".'
            )
        )
    return notes
