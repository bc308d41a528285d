"""What became of each column: how many of its cells were filled, how many could not be used, and what to report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from willay.data.codebook import codebook
from willay.data.headers import headers
from willay.events.exchange.incoming.table.advice import map_option
from willay.events.exchange.incoming.table.mapping import IGNORE, KEEP
from willay.events.exchange.incoming.table.row import is_unknown
from willay.events.exchange.incoming.table.sampling import COUNTS, DAYS, DEGREES, POINTS
from willay.events.model.foreign import Notice
from willay.geo.translation import joined, quoted, tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.exchange.incoming.table.mapping import ColumnMapping
    from willay.events.exchange.incoming.table.row import Row

_SUGGESTED: Final = {DAYS: ("date",), DEGREES: ("lat", "lon"), POINTS: ("point",), COUNTS: ("killed", "injured")}
"""Fields that cells of a certain form may belong to."""

_INSTEAD: Final = {
    "date": ("date", "first_day", "last_day", "year", "month", "day"),
    "point": ("point", "lat", "lon", "east", "north", "utm_zone"),
}
"""Fields that repeat another one, which takes precedence."""

_MOST: Final = 8
"""Maximum number of columns that are listed one by one."""


class ColumnTally:
    """Counts the cells of columns as rows are read; memory: two numbers a column."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._mapping = mapping
        self._read = tuple(column for column, held in mapping.columns.items() if held != IGNORE)
        self._filled: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()
        self._faulty: Counter[str] = Counter()
        self._reasons: dict[str, str] = {}
        self._wordless = False

    def add(self, row: Row) -> None:
        """Count the cells of a row that is imported."""
        self._wordless |= row.wordless
        if row.faults:
            self._faulty.update({fault.field for fault in row.faults})
            return
        for column in self._read:
            if (cell := row.cells.get(column)) and not is_unknown(cell):
                self._filled[column] += 1
        for column, reason in row.unread.items():
            self._unread[column] += 1
            self._reasons.setdefault(column, reason)

    def cells(self, column: str) -> tuple[int, int]:
        """Return how many cells of a column say something, and how many of those cannot be read.

        Rows that are rejected for another column have no say.
        """
        return self._filled[column] + self._faulty[column], self._unread[column] + self._faulty[column]

    def notices(self) -> tuple[Notice, ...]:
        """Return which columns were not imported: those of a known name, and those whose cells look like something."""
        grave = [Notice(text, grave=True) for text in (*self._left_out(), *self._unusable())]
        other = [Notice(text) for text in self._looking()]
        found = [*grave, *other]
        if len(found) > _MOST:
            found[_MOST:] = [
                Notice(
                    tr_n(
                        "Not imported: {n:,} more column of this kind; see the notes in the report.",
                        "Not imported: {n:,} more columns of this kind; see the notes in the report.",
                        len(found) - _MOST,
                    )
                )
            ]
        if self._wordless:
            codes = ", ".join(codebook().types.codes())
            found.append(
                Notice(tr("CODE is one of these event types, or one of their sub-types: {codes}.", codes=codes))
            )
        return tuple(found)

    def _left_out(self) -> Iterator[str]:
        for column, reason in self._mapping.left_out.items():
            own = headers().field_of(column)
            examples = " | ".join(self._mapping.examples.get(column, ()))
            name = own[0] if own else "FIELD"
            yield (
                tr(
                    "Not imported: {column!r} ({reason}): {examples}. Specify what it holds: {use}, "
                    "or {unchanged} to leave it as it is.",
                    column=column,
                    reason=reason,
                    examples=examples,
                    use=map_option(column, name),
                    unchanged=map_option(column, KEEP),
                )
            )

    def _unusable(self) -> Iterator[str]:
        for column, unread in self._unread.items():
            if unread >= self._filled[column] > 0:
                held = f"{quoted(column)} ({self._mapping.columns[column]})"
                yield tr(
                    "Not imported: {held}: none of {unread:,} cells can be used: {reasons}.",
                    held=held,
                    unread=unread,
                    reasons=self._reasons[column],
                )

    def _looking(self) -> Iterator[str]:
        for column, look in self._mapping.looks.items():
            examples = " | ".join(self._mapping.examples.get(column, ()))
            options = joined(tr(" or "), (self._only(column, name) for name in _SUGGESTED[look]))
            yield tr(
                "Not imported: {column!r}, whose cells look like {look}: {examples}. If this is right: {options}.",
                column=column,
                look=tr(look),
                examples=examples,
                options=options,
            )

    def _only(self, column: str, name: str) -> str:
        """Return the options by which a column holds a field, and no other column says the same."""
        others = [other for held in _INSTEAD.get(name, (name,)) for other in self._mapping.of(held)]
        return " ".join([map_option(column, name), *(map_option(other, KEEP) for other in others)])
