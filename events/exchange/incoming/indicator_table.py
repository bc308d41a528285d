"""Indicators of a text table: its first row names the fields, each other row is one value.

A text by language may be in columns of its languages: `name_es`, `name_en`. Nothing of a table is taken if anything in
it is wrong; each fault names its row and column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.outgoing.options import ADDRESS, CITATION
from willay.events.model.drafts import IndicatorDraft, draft
from willay.events.model.errors import DraftError, Fault
from willay.events.model.fields import fields_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from willay.events.model.fields import Declared

_FIELDS: Final = fields_of(IndicatorDraft)
_LANGUAGE: Final = re.compile(r"(?P<field>\w+?)_(?P<lang>[a-z]{2,3})")
_OF_BUNDLE: Final = re.compile(r"indicators\[(\d+)\]\.?")
_FIRST_ROW: Final = 2
_DERIVED: Final = (CITATION, ADDRESS)
"""Columns that exported tables have, which say again what the source is; they are not read."""


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A table that was read.

    Attributes:
        name: The name of its file.
        indicators: Its indicators, one for each row that has any cell.
        rows: The numbers of these rows; the first row, with the names, is 1, and empty lines are not counted.
    """

    name: str
    indicators: tuple[IndicatorDraft, ...]
    rows: tuple[int, ...]

    def in_rows(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Return what is wrong with its indicators as a bundle, with the row and column of each fault."""
        return tuple(map(self._in_row, faults))

    def _in_row(self, fault: Fault) -> Fault:
        found = _OF_BUNDLE.match(fault.where)
        if found is None:
            return fault
        return _placed(replace(fault, where=fault.where[found.end() :]), self.rows[int(found[1])], self.name)


def read_indicators(path: Path, *, encoding: str | None = None) -> IndicatorTable:
    """Read a table of indicators.

    Args:
        path: A text table with commas; `.gz` and `.zip` are unpacked.
        encoding: What to read it as; None detects it.

    Raises:
        DraftError: A column or a cell is not right; all that is wrong is listed, by row and column.
        RefusedError: There is no such file, or it is not a text table.
    """
    table = open_table(path, encoding=encoding)
    columns = tuple(column.strip() for column in table.columns)
    if faults := _head_faults(columns, path.name):
        raise DraftError(tuple(faults))
    made: dict[int, IndicatorDraft] = {}
    for number, cells in enumerate(table.rows, _FIRST_ROW):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            made[number] = draft(IndicatorDraft, _document(columns, cells))
        except DraftError as error:
            faults += [_placed(fault, number, path.name) for fault in error.faults]
    if faults:
        raise DraftError(tuple(faults))
    return IndicatorTable(path.name, tuple(made.values()), tuple(made))


def _placed(fault: Fault, number: int, name: str) -> Fault:
    return replace(fault, where=_in_row(name, number, fault.where))


def _in_row(name: str, number: int, column: object) -> str:
    """Return where in a table something is."""
    if not column:
        return tr("{name}: row {number}", name=name, number=number)
    return tr("{name}: row {number}, column {column}", name=name, number=number, column=column)


def _head_faults(columns: Sequence[str], name: str) -> list[Fault]:
    known = ", ".join(_FIELDS)
    unknown = tr("Unknown field. Known fields: {known}; texts also with a language, such as name_es.", known=known)
    faults = [
        Fault(_in_row(name, 1, column or place), unknown)
        for place, column in enumerate(columns, 1)
        if _field_of(column) is None
    ]  # fmt: skip
    twice = sorted({column for column in columns if columns.count(column) > 1 and column})
    faults += [Fault(_in_row(name, 1, column), tr("Two columns have this name. Delete one.")) for column in twice]
    both = sorted({column for column in columns for other in columns if other.startswith(f"{column}_")
                   and _field_of(other) == (column, other.removeprefix(f"{column}_"))})  # fmt: skip
    faults += [
        Fault(
            _in_row(name, 1, column),
            tr("There are columns of its languages too. Name it {column}_es or {column}_en.", column=column),
        )
        for column in both
    ]
    return faults


def _field_of(column: str) -> tuple[str, str | None] | None:
    """Return field and language of a column; None where it is none."""
    if column in _FIELDS or column in _DERIVED:
        return column, None
    found = _LANGUAGE.fullmatch(column)
    field: Declared | None = _FIELDS.get(found["field"]) if found else None
    return (found["field"], found["lang"]) if found and field and field.kind == "texts" else None


def _document(columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """Return the document of a row; empty cells are not known.

    Raises:
        DraftError: The row has more cells than the table has columns.
    """
    if len(cells) > len(columns):
        message = tr(
            "The row has {n_cells} cells, but the table has {n_columns} columns. Quote cells with commas.",
            n_cells=len(cells),
            n_columns=len(columns),
        )
        raise DraftError.at("", message)
    document: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        field, lang = _field_of(column) or (column, None)
        if not cell.strip() or field in _DERIVED:
            continue
        if lang is None:
            document[field] = cell
        else:
            document.setdefault(field, {})[lang] = cell
    return document
