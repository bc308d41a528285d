"""Classes of the choropleth: the upper limits of each.

Numbers are classed as whole numbers of their last decimal, so that what a legend says is what a class holds: "3 to 5"
holds 3, 4 and 5, and "0.3 to 0.5" holds every rate that is written as 0.3, 0.4 or 0.5. Zero and unknown are not values
here; each has its own look. The page finds its classes by the same rules in `static/regions/classes.js`, and a test
compares the two; there, values are those of every position of a window of one length, so that colours mean the same
while the window moves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from willay.maps.limits import equal_intervals, natural_breaks, quantiles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

THINNED: Final = 100
"""Natural breaks compare all pairs of values; with more values than this, evenly spaced ranks represent them all."""

MOST_DECIMALS: Final = 4
"""Rates have enough decimals to show two significant digits of the median, and at most this many."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of positive numbers, light to dark.

    Attributes:
        limits: Inclusive upper limits, rising: whole numbers for counts, else rounded to `decimals`.
        decimals: How many decimals the numbers are written with; 0 for counts.
        is_open: Whether a last class holds all that lies above the last limit. Only fixed limits have it.
    """

    limits: tuple[float, ...] = ()
    decimals: int = 0
    is_open: bool = False

    def __len__(self) -> int:
        """Return how many classes there are."""
        return len(self.limits) + self.is_open

    def rank(self, value: float) -> int:
        """Return the class of a number above 0, counted from 0; numbers above the last limit are in the last."""
        units = _units(np.array([value], float), self.decimals)[0]
        limits = [round(limit * 10**self.decimals) for limit in self.limits]
        return min(int(np.searchsorted(limits, units)), len(self) - 1)

    def ranges(self) -> list[tuple[float, float | None]]:
        """Return the lowest and highest number that each class holds; the highest is None in an open class."""
        step = 10.0**-self.decimals
        lows = [step, *(limit + step for limit in self.limits)]
        highs: list[float | None] = [*self.limits, *([None] if self.is_open else [])]
        return [(round(low, self.decimals), high) for low, high in zip(lows, highs, strict=False)]


def breaks(
    values: ArrayLike, scheme: str, classes: int, fixed: Sequence[float] | None = None
) -> list[int] | list[float]:
    """Return the inclusive upper limits of the classes of some values, rising; see `classify`.

    Returns:
        Whole numbers where the values are, else numbers rounded to the decimals of `classify`. None at all where no
        value is above 0 and the limits are not fixed.
    """
    found = classify(values, scheme, classes, fixed)
    return list(found.limits) if found.decimals else [int(limit) for limit in found.limits]


def classify(values: ArrayLike, scheme: str, classes: int, fixed: Sequence[float] | None = None) -> Classes:
    """Find the classes of some values.

    Args:
        values: Numbers; those of a whole type are counts, others rates. Those not above 0 are left out, NaN too.
        scheme: One of `spec.SCHEMES`. Natural breaks are Fisher and Jenks', of at most `THINNED` values.
        classes: How many classes at most; fewer where distinct values are fewer. Fixed limits do not need it.
        fixed: The limits for the scheme `fixed`, in any order. Those that no number can have are left out.
    """
    numbers = np.asarray(values)
    whole = numbers.dtype.kind in "iub"
    positive = numbers[numbers > 0].astype(float)
    decimals = 0 if whole else decimals_of(positive)
    if scheme == "fixed":
        return _fixed(fixed or (), decimals, whole=whole)
    units = np.sort(_units(positive, decimals))
    limits = _limits(units, scheme, classes) if len(units) else []
    return Classes(tuple(limit / 10**decimals for limit in limits), decimals)


def decimals_of(positive: NDArray[np.float64]) -> int:
    """Return how many decimals show two figures of the (lower) median of some numbers above 0."""
    if not len(positive):
        return 0
    median, decimals = float(np.sort(positive)[(len(positive) - 1) // 2]), 0
    while decimals < MOST_DECIMALS and median * 10**decimals < 10:  # noqa: PLR2004 — two figures
        decimals += 1
    return decimals


def _units(positive: NDArray[np.float64], decimals: int) -> NDArray[np.int64]:
    """Return numbers above 0 as whole numbers of their last decimal, halves up; none becomes 0."""
    units: NDArray[np.int64] = np.maximum(np.floor(positive * 10**decimals + 0.5), 1).astype(np.int64)
    return units


def _fixed(limits: Sequence[float], decimals: int, *, whole: bool) -> Classes:
    if not whole:
        decimals = max([decimals, *(_written(limit) for limit in limits)])
    scale = 10**decimals
    units = sorted({int(np.floor(limit * scale + (0 if whole else 0.5))) for limit in limits})
    return Classes(tuple(unit / scale for unit in units if unit > 0), decimals, is_open=True)


def _written(limit: float) -> int:
    """Return with how many decimals a limit must be written."""
    decimals = 0
    while decimals < MOST_DECIMALS and round(limit, decimals) != limit:
        decimals += 1
    return decimals


def _limits(units: NDArray[np.int64], scheme: str, classes: int) -> list[int]:
    distinct = np.unique(units)
    if len(distinct) <= classes:
        return [int(value) for value in distinct]
    if scheme == "natural-breaks" and len(units) > THINNED:
        units = units[np.linspace(0, len(units) - 1, THINNED).round().astype(int)]
    return _found(tuple(units.tolist()), scheme, classes)


_FINDERS: Final[dict[str, Callable[[Sequence[int], int], Sequence[float]]]] = {
    "natural-breaks": natural_breaks,
    "quantiles": quantiles,
    "equal-interval": equal_intervals,
}


@lru_cache(maxsize=512)
def _found(values: tuple[int, ...], scheme: str, classes: int) -> list[int]:
    found = _FINDERS[scheme](values, min(classes, len(set(values))))
    limits = sorted({math.floor(limit) for limit in found} | {values[-1]})
    return [limit for limit in limits if limit >= values[0]]
