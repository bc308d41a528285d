"""Making foreign rows of cells: what the readers of all datasets with fixed columns share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final

from willay.events.exchange.incoming.batches import LazyCells
from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.outgoing.spreadsheet import APOSTROPHE, restored
from willay.events.frame.unit_names import UnitNames
from willay.events.model.foreign import ForeignRow, RowFault
from willay.events.model.invisible import plain
from willay.geo.translation import joined, mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from willay.events.exchange.incoming.batches import Registers
    from willay.events.model.foreign import Document

NO_POINT: Final = mark("latitude 0, longitude 0 is how programs write an unknown place; read as unknown")
"""Why a point in the Gulf of Guinea is not accepted."""


PARAGRAPHS: Final = frozenset({"notes", "summary"})
"""Columns of datasets whose cells are texts of several lines."""


def _is_clean(cells: list[str]) -> bool:
    """Return whether no cell of a row has line breaks, runs of spaces, or spaces at its ends; in doubt it is not."""
    line = "|".join(cells)
    is_unclean = "  " in line or "| " in line or " |" in line or line[:1] == " " or line[-1:] == " "
    return line.isprintable() and not is_unclean


class CellFault(Exception):  # noqa: N818 — no error of the program: it becomes the fault of a row
    """A cell without which no incident can be made."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.fault = RowFault.of(column, value, reason)


class RowMaker(ABC):
    """Turns the cells of a record into a foreign row; a cell that cannot be becomes the row's fault.

    Args:
        columns: The file's columns in their order.
        kept: Those whose cells an incident stores unchanged.
        registers: Where sources, actors and cases go.
        id_column: The column with the dataset's own id.
    """

    def __init__(self, columns: tuple[str, ...], kept: Sequence[str], registers: Registers, id_column: str) -> None:
        self.columns, self.registers, self._id_column = columns, registers, id_column
        self.at = {name: place for place, name in enumerate(columns)}
        self._kept = tuple((name, self.at[name]) for name in kept if name in self.at)
        self._last = ("", "")
        self.units = UnitNames()

    @abstractmethod
    def draft(self, cells: list[str], flags: list[RowFault]) -> Document:
        """Return the fields of an `IncidentDraft`, and put what is remarkable among the flags.

        Raises:
            CellFault: A cell that is needed cannot be.
        """

    def row(self, number: int, cells: list[str]) -> ForeignRow:
        """Make a foreign row of a record, its cells without line breaks and runs of spaces.

        Whatever a cell makes `draft` raise is this row's fault, of the cell that was read last.
        """
        if len(cells) != len(self.columns):
            reason = tr(
                "expected {n_columns} cells, found {n_cells}. Check for a missing comma or quotation mark.",
                n_columns=len(self.columns),
                n_cells=len(cells),
            )
            padded = dict(zip(self.columns, [*cells, *[""] * len(self.columns)], strict=False))
            return ForeignRow(number, "", None, (RowFault.of("", "", reason),), raw=padded)
        raw = LazyCells(self.columns, cells)
        if not _is_clean(cells):
            cells = [" ".join(text.split()) for text in cells]
        name = self.external_id(self.cell(cells, self._id_column))
        if not name:
            fault = RowFault.of(self._id_column, self.cell(cells, self._id_column), tr("expected the event's id."))
            return ForeignRow(number, "", None, (fault,), raw=raw)
        flags: list[RowFault] = []
        try:
            draft = self.draft(cells, flags)
        except CellFault as error:
            return ForeignRow(number, name, None, (error.fault,), raw=raw)
        except Exception as error:  # noqa: BLE001 — no error of one row may end the file
            return ForeignRow(number, name, None, (RowFault.unforeseen(*self._last, error),), raw=raw)
        return ForeignRow(number, name, draft, (), tuple(flags), raw, title_made=True)

    def external_id(self, text: str) -> str:
        """Return the id that a cell holds; empty where it holds none."""
        return text

    def cell(self, cells: list[str], name: str) -> str:
        """Return a cell; empty where the file lacks the column.

        The apostrophe before a text that a spreadsheet would run, as our own tables have it, is taken away, and so are
        signs that no record takes; only a text of several lines keeps its lines.
        """
        place = self.at.get(name)
        if place is None:
            return ""
        text = cells[place]
        self._last = (name, text)
        if not text.isprintable():
            text = plain(text, lines=name in PARAGRAPHS)
        return restored(text) if text[:1] == APOSTROPHE else text

    def read(self, cells: list[str], name: str, parse: Callable[[str], Any]) -> Any:  # noqa: ANN401 — what parse gives
        """Return what a cell means.

        Raises:
            CellFault: It means nothing.
        """
        text = self.cell(cells, name)
        try:
            return parse(text)
        except CellError as error:
            raise CellFault(name, text, joined("", (str(error), "."))) from None

    def at_point(self, place: Document, lat: float | None, lon: float | None, flags: list[RowFault]) -> Document:
        """Return a place with its coordinates, where both are known; 0, 0 is nowhere, and flagged."""
        if lat is None or lon is None:
            return place
        if lat == lon == 0:
            flags.append(RowFault.of("", "0, 0", tr(NO_POINT)))
            return place
        return {**place, "lon": lon, "lat": lat}

    def in_unit(self, place: Document, cells: list[str], column: str, flags: list[RowFault]) -> Document:
        """Return a place with the code of the first-level unit that a column names, where it is known to lie in one.

        A name that is not that of one unit, and a point that lies elsewhere, are flagged.
        """
        named = self.cell(cells, column)
        code, remark = self.units.code_for(place, named)
        if remark:
            flags.append(RowFault.of(column, named, remark))
        return {**place, "admin_code": code} if code else place

    def original(self, cells: list[str]) -> dict[str, str]:
        """Return the cells that an incident stores unchanged."""
        return {name: kept for name, place in self._kept if (kept := cells[place])}
