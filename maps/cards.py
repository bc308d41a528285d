"""The cards of incidents, in blocks of rows that the page unpacks when one of them is opened."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.columns import COLUMNS
from willay.maps.pieces import Block, Table
from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    import pandas as pd

    from willay.maps.pieces import Card

MOST_ROWS: Final = 4_096
"""Rows that a block may have."""

FULL: Final = 1_000_000
"""A block whose pieces have so many bytes gets no further rows: more would take too long to unpack at a click."""

_LOOK: Final = 256
"""After so many rows a block is weighed again."""

_ROW_FACTS: Final = tuple(column.name for column in COLUMNS if "card" in column.page)
"""Columns of the frame that the card shows, next to `details`."""

ROW: Final = "row."
"""How the members of a card begin that hold such a column."""


class CardBlocks:
    """Writes cards, as they come row by row, into blocks; what they share is written once.

    A card is the row's `details`, or the figures of its columns where it has none, and the facts that only its columns
    hold. Titles, which the page has next to the codes, are not written again.

    Args:
        rows: The rows of the page.
        measures: The measures that any of them has a figure of.

    Attributes:
        starts: The first row of each block.
    """

    def __init__(self, rows: gpd.GeoDataFrame, measures: Sequence[str]) -> None:
        known = {ROW + name: _plain(rows[name]) for name in _ROW_FACTS if rows[name].notna().any()}
        self._names = tuple(known)
        self._facts = zip(*known.values(), strict=True) if known else repeat(())
        self._figures = {m: {bound: _plain(rows[f"{m}_{bound}"]) for bound in _BOUNDS} for m in measures}
        self.starts: list[int] = []
        self._table, self._block = Table(), Block()
        self._written: list[str] = []

    def add(self, row: int, card: Card) -> None:
        """Add the card of a row, the next one; it stays as it is."""
        if not self._block.rows:
            self.starts.append(row)
        named = zip(self._names, next(self._facts), strict=True)
        self._block.add(_light(card or {"figures": _figures(self._figures, row)}, named))
        if self._block.rows % _LOOK == 0 and (self._block.rows >= MOST_ROWS or self._block.weight() >= FULL):
            self._write()

    def texts(self) -> list[str]:
        """Return the blocks, in order, and after them the parts of the table of what they share."""
        if self._block.rows:
            self._write()
        return [*self._written, *self._table.texts()]

    def _write(self) -> None:
        self._written.append(self._table.written(self._block))
        self._block = Block()


_BOUNDS: Final = ("low", "best", "high")


def _light(card: Card, facts: Iterable[tuple[str, Any]]) -> Card:
    """Return a card without the titles that the page holds elsewhere, and with the facts of its row."""
    light = dict(card)
    if isinstance(card.get("title"), dict):  # the page has it next to the codes (maps/titles.py)
        light["title"] = {lang: text for lang, text in card["title"].items() if lang not in LANGS}
    light |= {name: value for name, value in facts if value is not None and value != ""}
    if card.get("summary"):
        light.pop(_SUMMARY, None)
    return light


_SUMMARY: Final = f"{ROW}summary"


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Return a column's values as JSON has them, None where unknown."""
    return column.astype(object).where(column.notna(), None).tolist()


def _figures(figures: dict[str, dict[str, list[Any]]], row: int) -> dict[str, dict[str, int]]:
    """Return what the columns of figures state about a row; measures of which nothing is known are absent."""
    told = {m: {b: int(v[row]) for b, v in bounds.items() if v[row] is not None} for m, bounds in figures.items()}
    return {measure: known for measure, known in told.items() if known}
