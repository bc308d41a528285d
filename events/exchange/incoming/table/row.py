"""A row being read: its cells by field, and what is said of them on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.data.headers import headers
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.model.draftbase import Draft
from willay.events.model.foreign import RowFault
from willay.events.model.invisible import plain
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.events.exchange.incoming.batches import Registers
    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.events.exchange.incoming.table.mapping import ColumnMapping
    from willay.events.exchange.incoming.table.survey import Survey

_LONGEST_UNKNOWN: Final = 40
LONGEST_KEPT: Final = 500
"""Maximum length of a cell that is stored as the dataset's own."""


@dataclass(frozen=True, slots=True)
class Means:
    """What reading a row needs besides its cells.

    Attributes:
        mapping: Which column holds what.
        survey: What is settled for whole columns.
        registers: Takes sources, actors and cases.
        options: How the file is to be read.
        dataset: The dataset's name, as a key can hold it.
        columns: The columns by the field that they hold.
    """

    mapping: ColumnMapping
    survey: Survey
    registers: Registers
    options: ReadingOptions
    dataset: str
    columns: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Turn the mapping round, once for all rows."""
        names = dict.fromkeys(self.mapping.columns.values())
        object.__setattr__(self, "columns", {name: self.mapping.of(name) for name in names})


@dataclass
class Row:
    """A row being read.

    Attributes:
        means: What reading needs.
        cells: Its cells by column, without blanks around them.
        faults: Why it cannot be imported.
        flags: What is remarkable.
        original: What is stored as the dataset's own, by column.
        unread: The columns whose cell is filled and could not be used, with the reason.
        last: The column and the cell that were read last.
        wordless: Whether its kind of event is written in words that mean none of ours.
    """

    means: Means
    cells: Mapping[str, str]
    faults: list[RowFault] = field(default_factory=list)
    flags: list[RowFault] = field(default_factory=list)
    original: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    last: tuple[str, str] = ("", "")
    wordless: bool = False

    def column(self, name: str) -> str:
        """Return the first column that holds a field, or the field's name where none does."""
        return next(iter(self.means.columns.get(name, ())), name)

    def cell(self, column: str) -> str:
        """Return the cell of a column; empty where the row has none."""
        found = self.cells.get(column, "")
        self.last = (column, found)
        return found

    def get(self, name: str) -> str:
        """Return what the row states about a field, else the mapping's default; empty where it is not known."""
        for column in self.means.columns.get(name, ()):
            if (cell := self.cell(column)) and not is_unknown(cell):
                return plain(cell, lines=name in Draft.paragraphs)
        return self.means.mapping.defaults.get(name, "")

    def all(self, name: str) -> list[str]:
        """Return what the row states about a field in all its columns, each cell cut at semicolons and line breaks."""
        cells = [self.cell(column) for column in self.means.columns.get(name, ())] or [self.get(name)]
        parts = (plain(part.strip()) for cell in cells for part in cell.replace("\n", ";").replace("|", ";").split(";"))
        return list(dict.fromkeys(part for part in parts if part and not is_unknown(part)))

    def fault(self, name: str, value: str, reason: str) -> None:
        """Add a fault: why the row cannot be imported."""
        self.faults.append(RowFault.of(self.column(name), value, reason))

    def flag(self, name: str, value: str, reason: str) -> None:
        """Add a flag: what is remarkable about the row."""
        self.flags.append(RowFault.of(self.column(name), value, reason))

    def cannot_use(self, name: str, value: str, reason: str) -> None:
        """Record that the cell of a field could not be used, although the row is imported."""
        self.flag(name, value, reason)
        self.mark_unread(name, reason)

    def mark_unread(self, name: str, reason: str) -> None:
        """Count the cell of a field as one that could not be used."""
        for column in self.means.columns.get(name, ()):
            if self.cells.get(column):
                self.unread[column] = reason

    def keep(self, column: str, cell: str) -> None:
        """Keep a cell as the dataset's own, where it is no longer than such things are."""
        if len(cell) > LONGEST_KEPT:
            option = map_option(column, "notes")
            reason = tr(
                "longer than {limit} characters and not stored; specify what the column holds, for example: {option}",
                limit=LONGEST_KEPT,
                option=option,
            )
            self.flags.append(RowFault.of(column, cell, reason))
        elif cell:
            self.original[column] = cell


def is_unknown(cell: str) -> bool:
    """Return whether a cell says that something is not known."""
    return len(cell) <= _LONGEST_UNKNOWN and _is_unknown(cell)


@lru_cache(1 << 12)  # cells of a column are few different ones, again and again
def _is_unknown(cell: str) -> bool:
    return folded(cell) in headers().words["unknown"]
