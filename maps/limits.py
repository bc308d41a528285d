"""Limits of classes by three schemes, equal to those of mapclassify, which a test compares to the last value.

mapclassify itself would bring scipy, scikit-learn and networkx (docs/adr/0020). The page has the same three in
`static/regions/classes.js`. All take whole numbers, rising, and return upper
limits, rising, the last the largest value.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def natural_breaks(values: Sequence[int], classes: int) -> list[int]:
    """Return Fisher and Jenks' limits: the classes with the least squares about their means.

    The cost grows with the square of the number of values. Sums have 32 bits, as mapclassify's do: classes that are
    almost equally good are chosen alike.

    Args:
        values: At least one.
        classes: How many; at most as many as there are distinct values.
    """
    starts = _first_places(np.array(values, np.float32), classes)
    limits, end = [values[-1]], len(values)
    for number in range(classes, 1, -1):
        start = int(starts[end, number])
        limits.insert(0, values[start - 2])
        end = start - 1
    return limits


def _first_places(values: NDArray[np.float32], classes: int) -> NDArray[np.int64]:
    """Return, for the first `end` values in so few classes, the place of the last class's first value, from 1."""
    count = len(values)
    starts = np.ones((count + 1, classes + 1), np.int64)
    costs = np.full((count + 1, classes + 1), np.inf, np.float32)
    costs[:2] = 0
    sizes = np.arange(1, count + 1, dtype=np.float32)
    for end in range(2, count + 1):
        backward = values[:end][::-1]
        sums = np.cumsum(backward, dtype=np.float32)
        alone = (np.cumsum(backward * backward, dtype=np.float32) - sums * sums / sizes[:end])[::-1]
        both = alone[1:, np.newaxis] + costs[1:end, 1:classes]  # a row for each start from 2; of equals, the first
        starts[end, 2:] = np.argmin(both, axis=0) + 2
        costs[end, 2:] = np.min(both, axis=0)
        costs[end, 1] = alone[0]
    return starts


def quantiles(values: Sequence[int], classes: int) -> list[float]:
    """Return the limits of classes with equally many values, between two values by their distance."""
    width = 100 / classes
    return [_at(values, min(100.0, width + number * width)) for number in range(math.ceil(100 / width))]


def _at(values: Sequence[int], percent: float) -> float:
    place = percent / 100 * (len(values) - 1)
    below = math.floor(place)
    if below == place:
        return values[below]
    left, right = below + 1 - place, place - below
    return (values[below] * left + values[below + 1] * right) / (left + right)


def equal_intervals(values: Sequence[int], classes: int) -> list[float]:
    """Return the limits of classes that are equally wide, from the smallest to the largest value."""
    low, high = values[0], values[-1]
    width = (high - low) / classes
    limits = np.arange(low + width, high + width, width)[:classes].tolist()
    return [*limits[:-1], float(high)]
