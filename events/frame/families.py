"""Parts and their parent incidents: what each counts for, over the whole period and in a window of days.

Nobody is counted twice, and nobody is lost on a day. Over the whole period the parent's figure holds for its parts. A
window of days is a selection of its own:

- Where it holds all days of a parent incident and its parts, the parent's figure counts, and its parts do not.
- Where it holds some of them, each part with a day in it counts with its own figure, and the parent, if it has a day
  in it, with what its parts do not account for: its figure less theirs, never below zero. Its day is not known.
- A part is an incident more where none of the incidents above it has a day in the window.

Where the parent has no figure of a measure, its parts count as if they had no parent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.events.frame.frame import summable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    Span = tuple[int, int]
    Bounds = Mapping[str, NDArray[np.float64]]

BOUNDS: Final = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Amounts:
    """What rows count for.

    Attributes:
        adds: Whether a row's number may be added.
        bounds: Low, best and high by row; NaN where nothing is known.
    """

    adds: NDArray[np.bool_]
    bounds: Bounds


class Families:
    """The parts in a frame and the incidents above them; days are counted from 1970-01-01."""

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self._frame = frame
        self._counted = frame["counted"].to_numpy(bool)
        first, last = (frame[name].to_numpy("datetime64[D]") for name in ("first_day", "last_day"))
        self._dated = ~np.isnat(first)
        last = np.where(np.isnat(last), first, last)
        self._first, self._last = (np.where(self._dated, days.astype(np.int64), 0) for days in (first, last))
        self.parent = parents(frame)
        self._parts: dict[int, list[int]] = {}
        for part in np.flatnonzero(self.parent >= 0).tolist():
            self._parts.setdefault(int(self.parent[part]), []).append(part)
        self._heads = [row for row in self._parts if self.parent[row] < 0]

    def within(self, span: Span | None) -> NDArray[np.bool_]:
        """Return which rows have a day within a span (inclusive); all of them where there is none."""
        if span is None:
            return np.ones(len(self._dated), bool)
        inside: NDArray[np.bool_] = self._dated & (self._first <= span[1]) & (self._last >= span[0])
        return inside

    def counted(self, span: Span | None) -> NDArray[np.bool_]:
        """Return which rows are incidents of their own in a span of days, not parts of another one in it."""
        counted: NDArray[np.bool_] = self._counted
        if span is None or not self._parts:
            return counted
        inside = self.within(span)
        found = counted.copy()
        for part in np.flatnonzero(self.parent >= 0):
            above, is_held = int(self.parent[part]), False
            while above >= 0 and not is_held:
                is_held = bool(inside[above])
                above = int(self.parent[above])
            found[part] = not is_held
        return found

    def amounts(self, measure: str, bounds: Bounds, span: Span | None) -> Amounts:
        """Return what the rows' figures of a measure add to a sum in a span of days; of those not in it, anything.

        Args:
            measure: One of `FIGURE_MEASURES`.
            bounds: The rows' figures by bound, where one is known all are; NaN where none is.
            span: First and last day, inclusive; None is the whole period.
        """
        if span is None or not self._parts:
            return Amounts(summable(self._frame, measure).to_numpy(bool), bounds)
        made = {name: values.copy() for name, values in bounds.items()}
        adds = np.ones(len(self._counted), bool)
        inside = self.within(span)
        known = ~np.isnan(bounds["best"])

        def add_rest(row: int) -> None:
            rest = {name: values[row] - self._accounted(row, values) for name, values in bounds.items()}
            rest = {name: max(0.0, number) for name, number in rest.items()}
            for name, number in rest.items():
                made[name][row] = min(number, rest["best"]) if name == "low" else max(number, rest["best"])
            made["best"][row] = rest["best"]

        def settle(row: int, *, is_told: bool) -> None:
            """Settle a row and those below it; `is_told` says that a figure above them holds for them."""
            parts = self._parts.get(row, [])
            adds[row] = known[row] and inside[row] and not is_told
            is_whole = is_told or (known[row] and self._dated[row] and self._holds(span, row))
            if adds[row] and not is_whole and parts:
                add_rest(row)
            for part in parts:
                settle(part, is_told=is_whole)

        for head in self._heads:
            settle(head, is_told=False)
        return Amounts(adds, made)

    def _accounted(self, row: int, values: NDArray[np.float64]) -> float:
        """Return what the parts below a row add up to, each by its own figure or else by those below it."""
        numbers = (
            values[part] if not np.isnan(values[part]) else self._accounted(part, values)
            for part in self._parts.get(row, [])
        )
        return float(sum(numbers))

    def _holds(self, span: Span, row: int) -> bool:
        """Return whether a span holds all days of a row and of those below it."""
        own = not self._dated[row] or (span[0] <= self._first[row] and self._last[row] <= span[1])
        return bool(own) and all(self._holds(span, part) for part in self._parts.get(row, []))


def parents(frame: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return for each row the position of the incident that it is a part of; -1 where that is not in the frame."""
    found = np.full(len(frame), -1, np.int64)
    parts = np.flatnonzero(frame["part_of"].notna().to_numpy(bool))
    if len(parts):
        wanted = frame["part_of"].iloc[parts].tolist()
        codes: dict[Any, int] = {code: row for row, code in enumerate(frame["code"].tolist())}
        found[parts] = [codes.get(code, -1) for code in wanted]
    return found
