"""The cards of incidents, in blocks of rows that the page unpacks when one of them is opened."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.columns import COLUMNS
from willay.events.model.canonical import in_order
from willay.maps.payload import pack, pack_cards
from willay.maps.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd

    from willay.maps.sharing import Card

BLOCK: Final = 512
"""Rows in a block: small enough to unpack at a click, large enough to compress well."""

_ROW_FACTS: Final = tuple(column.name for column in COLUMNS if "card" in column.page)
"""Columns of the frame that the card shows, next to `details`."""


class CardBlocks:
    """Writes cards, as they come row by row, into blocks of `BLOCK`; what they share is written once.

    A card is the row's `details`, or the figures of its columns where it has none, and under `row` the facts that only
    its columns hold.

    Args:
        rows: The rows of the page.
        measures: The measures that any of them has a figure of.
    """

    def __init__(self, rows: gpd.GeoDataFrame, measures: Sequence[str]) -> None:
        known = {name: _plain(rows[name]) for name in _ROW_FACTS if rows[name].notna().any()}
        self._names = tuple(known)
        self._facts = zip(*known.values(), strict=True) if known else repeat(())
        self._figures = {m: {bound: _plain(rows[f"{m}_{bound}"]) for bound in _BOUNDS} for m in measures}
        self._shared = Shared()
        self._waiting: list[str] = []
        self._written: list[str] = []

    def add(self, row: int, card: Card) -> None:
        """Add the card of a row, the next one; it stays as it is."""
        named = zip(self._names, next(self._facts), strict=True)
        facts = {name: value for name, value in named if value is not None and value != ""}
        self._waiting.append(in_order(self._shared.light(card or {"figures": _figures(self._figures, row)}, facts)))
        if len(self._waiting) == BLOCK:
            self._write()

    def texts(self) -> list[str]:
        """Return the blocks, in order, and last the one of what the cards share."""
        if self._waiting:
            self._write()
        return [*self._written, pack(dict(self._shared.block))]

    def _write(self) -> None:
        self._written.append(pack_cards(self._waiting))
        self._waiting = []


_BOUNDS: Final = ("low", "best", "high")


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Return a column's values as JSON has them, None where unknown."""
    return column.astype(object).where(column.notna(), None).tolist()


def _figures(figures: dict[str, dict[str, list[Any]]], row: int) -> dict[str, dict[str, int]]:
    """Return what the columns of figures state about a row; measures of which nothing is known are absent."""
    told = {m: {b: int(v[row]) for b, v in bounds.items() if v[row] is not None} for m, bounds in figures.items()}
    return {measure: known for measure, known in told.items() if known}
