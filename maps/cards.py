"""The cards of incidents, in blocks of rows that the page unpacks when one of them is opened."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.events.frame.columns import COLUMNS
from willay.maps.pieces import Block, Table
from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.pieces import Card

MOST_ROWS: Final = 4_096
"""Rows that a block may have."""

FULL: Final = 1_000_000
"""A block whose pieces have this number of bytes ends: more would take too long to unpack at a click."""

_LOOK: Final = 256
"""Rows after which a block is weighed again."""

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
        self._facts = {name: _numbered(rows[name]) for name in _ROW_FACTS if rows[name].notna().any()}
        self._rows, self._measures = rows, measures
        self.starts: list[int] = []
        self._table, self._block, self._summed_up = Table(), Block(), bytearray()
        self._written: list[str] = []

    def add(self, row: int, card: Card) -> None:
        """Add the card of a row, the next one; it stays as it is."""
        if not self._block.rows:
            self.starts.append(row)
        self._block.add(_light(card or {"figures": _figures(self._columns, row)}))
        self._summed_up.append(bool(card.get("summary")))
        if self._block.rows % _LOOK == 0 and (self._block.rows >= MOST_ROWS or self._block.weight() >= FULL):
            self._write()

    def texts(self) -> list[str]:
        """Return the blocks, in order, and after them the parts of the table of what they share."""
        if self._block.rows:
            self._write()
        return [*self._written, *self._table.texts()]

    @cached_property
    def _columns(self) -> dict[str, dict[str, list[Any]]]:
        """The figures of the columns, by measure and bound: needed where a row has no card."""
        return {m: {bound: _plain(self._rows[f"{m}_{bound}"]) for bound in _BOUNDS} for m in self._measures}

    def _write(self) -> None:
        start = self.starts[-1]
        for name, (values, numbers) in self._facts.items():
            known = numbers[start : start + self._block.rows]
            if name == "summary":
                known = np.where(np.frombuffer(self._summed_up, bool), -1, known)
            self._block.fill(ROW + name, values, known)
        self._written.append(self._table.written(self._block))
        self._block, self._summed_up = Block(), bytearray()


_BOUNDS: Final = ("low", "best", "high")


def _light(card: Card) -> Card:
    """Return a card without the titles that the page holds elsewhere (maps/titles.py)."""
    title = card.get("title")
    if not isinstance(title, dict):
        return card
    others = {lang: text for lang, text in title.items() if lang not in LANGS}
    light = {name: value for name, value in card.items() if name != "title"}
    return {**light, "title": others} if others else light


def _numbered(column: pd.Series[Any]) -> tuple[list[Any], NDArray[np.int32]]:
    """Return the distinct values of a column, and the number of each row's; -1 where it is unknown or empty."""
    numbers, values = pd.factorize(column)
    known, places = values.tolist(), numbers.astype(np.int32)
    if "" in known:
        places[places == known.index("")] = -1
    return known, places


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Return a column's values as JSON has them, None where unknown."""
    return column.astype(object).where(column.notna(), None).tolist()


def _figures(figures: dict[str, dict[str, list[Any]]], row: int) -> dict[str, dict[str, int]]:
    """Return what the columns of figures state about a row; measures of which nothing is known are absent."""
    told = {m: {b: int(v[row]) for b, v in bounds.items() if v[row] is not None} for m, bounds in figures.items()}
    return {measure: known for measure, known in told.items() if known}
