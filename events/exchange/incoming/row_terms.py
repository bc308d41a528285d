"""What protects rows is read with them, whatever their format: the terms of their datasets, and their sensitivity.

A row that names its dataset belongs to it. The terms that the row, the file and the dataset itself state all apply.
What cannot be understood is read in the stricter way. Where a file of ours is for own use only and does not name the
datasets that this is about, it is about every dataset in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from willay.data.admin import folded
from willay.data.codebook import codebook
from willay.data.errors import UnknownTermError
from willay.data.headers import headers
from willay.events.exchange.incoming.about import is_for_own_use
from willay.events.exchange.outgoing.spreadsheet import restored
from willay.events.frame.columns import TERMS
from willay.events.frame.protection import LEVEL, OF_DATASET, about_no_dataset
from willay.events.model.datasets import USUAL
from willay.events.model.foreign import ROW_ERRORS, DatasetTerms, RowFault
from willay.events.model.terms import is_yes, stated_terms, stricter, strictest_of, tightened_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.events.model.foreign import Batch, Document, ForeignRow, Reading

LONGEST_NAME: Final = 200
"""Maximum length of the name of a dataset; a longer text is not a name."""

_REGISTERS: Final = ("sources", "actors")


def protected(reading: Reading, said: Mapping[str, Any]) -> Reading:
    """Return a file that is open for import so that its rows come with what protects them.

    Args:
        reading: The file.
        said: Its description (JSON).
    """
    columns = _columns(reading)
    listed = tightened_each(stated_terms(said.get("datasets")))
    own_use = is_for_own_use(said)
    if not columns and not listed and not own_use:
        return reading
    whose = "dataset" in columns and any(terms.may_publish is False for terms in listed.values())
    guard = _Guard(reading.terms.name, columns, listed, bars_all=own_use and not whose)
    return replace(reading, batches=map(guard.batch, reading.batches), about=said)


def _columns(reading: Reading) -> dict[str, str]:
    """Return the columns that hold what protects rows, by field.

    A mapping may name further ones, but none that is known by its name is passed over because a mapping ignores it.
    """
    mapping = getattr(reading, "mapping", None)
    found = {name: held[0] for name in TERMS if (held := mapping.of(name))} if mapping else {}
    for column in reading.columns:
        name = headers().terms_of(column) or (headers().field_of(column) or ("",))[0]
        if name in TERMS:
            found.setdefault(name, column)
    strange = about_no_dataset(found)
    return {name: column for name, column in found.items() if name not in strange}


@dataclass
class _Guard:
    """Gives the rows of a file what protects them.

    Attributes:
        file: The dataset of rows that name none.
        columns: The columns that are read, by field.
        listed: The terms that the file states once for all of its rows, by name.
        bars_all: Whether the file states that some rows may not be passed on, without naming their datasets.
    """

    file: str
    columns: Mapping[str, str]
    listed: Mapping[str, DatasetTerms]
    bars_all: bool
    _levels: dict[str, str] = field(default_factory=dict)

    def batch(self, batch: Batch) -> Batch:
        """Return a batch with the terms that hold for its rows, and the levels of these."""
        for register in _REGISTERS:
            for entry in getattr(batch, register):
                if isinstance(level := entry.get(LEVEL), str):
                    self._levels[entry["key"]] = level
        stated: dict[tuple[Any, ...], tuple[DatasetTerms, ...]] = {}
        rows = []
        for row in batch.rows:
            cells = self._cells(row)
            named = self._named(row, cells)
            if row.draft is not None:
                key = (named, *(cells.get(name, "") for name in OF_DATASET))
                if key not in stated:
                    stated[key] = tuple(self._stated(named, cells, is_ours=row.identity is not None))
            try:
                marked = self._marked(row, cells)
            except ROW_ERRORS as error:  # a whole incident of ours that somebody has broken
                marked = replace(row, faults=(*row.faults, RowFault.unforeseen(LEVEL, cells.get(LEVEL, ""), error)))
            rows.append(replace(marked, dataset=None if row.identity else named))
        every = (*batch.datasets, *(terms for each in stated.values() for terms in each))
        return replace(batch, rows=tuple(rows), datasets=tuple(tightened_each(every).values()))

    def _cells(self, row: ForeignRow) -> dict[str, str]:
        found = {}
        for name, column in self.columns.items():
            try:
                cell = restored(row.raw[column]).strip()
            except KeyError:  # a row with fewer cells
                continue
            if cell and folded(cell) not in headers().words["unknown"]:
                found[name] = cell
        return found

    def _named(self, row: ForeignRow, cells: Mapping[str, str]) -> str | None:
        """Return the dataset that a row names: a whole incident of ours in its draft, others in a cell."""
        own = (row.draft or {}).get("dataset")
        name = own if row.identity or own else cells.get("dataset")
        return name if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME else None

    def _stated(self, named: str | None, cells: Mapping[str, str], *, is_ours: bool) -> Iterator[DatasetTerms]:
        """Yield all statements of the terms of a row's dataset."""
        texts = {of: cells[name] for name, of in OF_DATASET.items() if name in cells}
        may = texts.pop("may_publish", None)
        name = named or (None if is_ours else self.file)
        if name is None:  # recorded by whoever made the file
            return
        yield DatasetTerms(name, may_publish=None if may is None else is_yes(may) is True, **texts)  # type: ignore[arg-type]  # never of `selection`
        if name in self.listed:
            yield self.listed[name]
        if self.bars_all:
            yield DatasetTerms(name, may_publish=False)
        if name in USUAL and named:
            yield USUAL[name]

    def _marked(self, row: ForeignRow, cells: Mapping[str, str]) -> ForeignRow:
        """Return a row that is at least as sensitive as its cell states, where its parts are not."""
        text = cells.get(LEVEL)
        if text is None or row.draft is None:
            return row
        try:
            level = codebook().sensitivity.find(text).code
        except UnknownTermError as error:
            return replace(row, faults=(*row.faults, RowFault.of(self.columns[LEVEL], text, str(error))))
        now = strictest_of(row.draft, self._levels)
        if stricter(now, level) == now:
            return row
        marked: Document = {**row.draft, LEVEL: level}
        return replace(row, draft=marked)
