"""Datasets that are a selection, not a census: of how many incidents, of what days, by what rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

RATES: Final = frozenset(("people", "area"))
"""Rates that mean nothing where incidents were selected: their number follows from who chose."""


def selections_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what the datasets of a frame state of their selection, as JSON, in the order of the frame's `attrs`.

    Returns:
        `name`, `rule` (by language), `rows` (incidents of it), `first` and `last` (ISO days, None where no incident has
        a day). Datasets that state no rule, or that have no row, are left out.
    """
    found = []
    for one in frame.attrs.get("datasets") or ():
        rows = frame[frame["dataset"] == one.get("name")] if one.get("selection") else frame[:0]
        if len(rows):
            first, last = rows["first_day"].dropna(), rows["last_day"].dropna()
            found.append({
                "name": str(one["name"]),
                "rule": dict(one["selection"]),
                "rows": len(rows),
                "first": str(first.min())[:10] if len(first) else None,
                "last": str(last.max())[:10] if len(last) else None,
            })  # fmt: skip
    return found


def refused_rate(rate: str, frame: pd.DataFrame) -> bool:
    """Return whether a rate is refused, since some of the incidents are a selection; counts are shown instead."""
    return rate in RATES and bool(selections_of(frame))
