"""Exports of forms as tables: one form a row, with the rows of its repeats, which workbooks have in further sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.form_columns import is_form_export
from willay.events.exchange.incoming.table.sheets import WORKBOOKS, open_sheet
from willay.events.exchange.incoming.workbook import all_sheets
from willay.events.model.errors import RefusedError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions

_INDEX: Final = "_index"
_PARENT: Final = "_parent_index"
_SHEET: Final = "_parent_table_name"
_NOTHING: Final = frozenset({"n/a", "N/A"})
"""What some servers write where a question was not asked."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent.

    Attributes:
        cells: Its cells by column; blank where nothing was answered.
        repeats: The rows of each repeat, as cells by column.
    """

    cells: Mapping[str, str]
    repeats: Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True)
class FormTable:
    """An export of a form.

    Attributes:
        columns: The columns of the forms.
        forms: Opens the forms from the first.
        repeats: The columns of each repeat.
        notes: What a reader should know.
    """

    columns: tuple[str, ...]
    forms: Callable[[], Iterator[Form]]
    repeats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def form_table(path: Path, options: ReadingOptions) -> FormTable:
    """Read an export of a form, the rows of its repeats joined to it.

    Raises:
        RefusedError: It cannot be read, or is not such an export.
    """
    found = _workbook(path, options) if path.suffix.lower() in WORKBOOKS else _text(path, options)
    if not is_form_export(found.columns):
        raise RefusedError(
            tr(
                "{path} is not an export of a form: it has none of the columns that KoboToolbox, ODK or SurveyCTO add "
                "(_uuid, _submission_time, instanceID, KEY). Import it as a table: --input-format table.",
                path=path,
            )
        )
    return found


def _text(path: Path, options: ReadingOptions) -> FormTable:
    sheet = open_sheet(path, options)
    columns = tuple(name.strip() for name in next(sheet.cells(), []))

    def forms() -> Iterator[Form]:
        rows = sheet.cells()
        next(rows, None)
        for row in rows:
            yield Form(_cells(columns, row), {})

    return FormTable(columns, forms, {}, sheet.notes)


def _workbook(path: Path, options: ReadingOptions) -> FormTable:
    sheets = {name: rows for name, rows in all_sheets(path).items() if rows}
    main = options.sheet or next((name for name, rows in sheets.items() if _PARENT not in rows[0]), "")
    if main not in sheets:
        raise RefusedError(
            tr(
                "{path} has no sheet with the forms themselves. Its sheets: {names}. Specify one: --sheet NAME.",
                path=path,
                names=", ".join(sheets)[:200],
            )
        )
    columns, rows = _head(sheets[main]), sheets[main][1:]
    repeats = {name: _head(each) for name, each in sheets.items() if name != main and _PARENT in each[0]}
    of_form: dict[str, dict[str, list[dict[str, str]]]] = {}
    for name, head in repeats.items():
        for cells in (_cells(head, row) for row in sheets[name][1:]):
            if cells.get(_SHEET, main) in ("", main):
                of_form.setdefault(cells[_PARENT], {}).setdefault(name, []).append(cells)

    def forms() -> Iterator[Form]:
        for row in rows:
            if any(cell.strip() for cell in row):
                cells = _cells(columns, row)
                yield Form(cells, of_form.get(cells.get(_INDEX, ""), {}))

    return FormTable(columns, forms, repeats)


def _head(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in rows[0])


def _cells(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    filled = (*row, *[""] * (len(columns) - len(row)))
    return {
        column: "" if (text := cell.strip()) in _NOTHING else text
        for column, cell in zip(columns, filled, strict=False)
        if column
    }
