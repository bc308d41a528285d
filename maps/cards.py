"""The cards of incidents, in blocks of rows that the page unpacks when one of them is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from willay.events.frame.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from willay.maps.incidents import IncidentColumns

BLOCK: Final = 512
"""Rows in a block: small enough to unpack at a click, large enough to compress well."""

_ROW_FACTS: Final = tuple(column.name for column in COLUMNS if "card" in column.page)
"""Columns of the frame that the card shows, next to `details`."""


def card_blocks(incidents: IncidentColumns) -> Iterator[list[dict[str, Any]]]:
    """Yield the cards of the rows in blocks of `BLOCK`, in order.

    A card is the row's `details`, or the figures of its columns where it has none, and under `row` the facts
    that only its columns hold.
    """
    rows = incidents.frame
    known = {name: _plain(rows[name]) for name in _ROW_FACTS if rows[name].notna().any()}
    figures = {
        m: {bound: _plain(rows[f"{m}_{bound}"]) for bound in ("low", "best", "high")} for m in incidents.measures
    }
    block: list[dict[str, Any]] = []
    for row, card in enumerate(incidents.cards):
        facts = {name: values[row] for name, values in known.items() if values[row] not in (None, "")}
        block.append({**(card or {"figures": _figures(figures, row)}), "row": facts})
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Return a column's values as JSON has them, None where unknown."""
    return column.astype(object).where(column.notna(), None).tolist()


def _figures(figures: dict[str, dict[str, list[Any]]], row: int) -> dict[str, dict[str, int]]:
    """Return what the columns of figures state about a row; measures of which nothing is known are absent."""
    told = {m: {b: int(v[row]) for b, v in bounds.items() if v[row] is not None} for m, bounds in figures.items()}
    return {measure: known for measure, known in told.items() if known}
