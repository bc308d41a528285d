"""Classes of the choropleth: the upper limits of each, found by mapclassify.

Values are whole numbers, so limits are too: a class "3 to 5" holds 3, 4 and 5. Zero and unknown are no
values here; each has its own look. Limits are found over all positions of a window of one length, so that
colours mean the same while the window moves.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import mapclassify
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

THINNED: Final = 60
"""Natural breaks compare all pairs of values; of more values than this, evenly spaced ranks stand for all."""


def breaks(values: NDArray[np.int64], scheme: str, classes: int) -> list[int]:
    """Return the inclusive upper limits of the classes of some values, rising; the last is the largest value.

    Args:
        values: Any whole numbers; those below 1 are left out.
        scheme: One of `spec.SCHEMES`.
        classes: How many classes at most.

    Returns:
        No limit at all where no value is above 0.
    """
    positive = np.sort(values[values > 0])
    if not len(positive):
        return []
    distinct = np.unique(positive)
    if len(distinct) <= classes:
        return [int(value) for value in distinct]
    ranks = np.linspace(0, len(positive) - 1, min(THINNED, len(positive))).round().astype(int)
    return _limits(tuple(int(value) for value in positive[ranks]), scheme, classes)


@lru_cache(maxsize=512)
def _limits(values: tuple[int, ...], scheme: str, classes: int) -> list[int]:
    finders: dict[str, Callable[..., mapclassify.classifiers.MapClassifier]] = {
        "natural-breaks": mapclassify.FisherJenks,
        "quantiles": mapclassify.Quantiles,
        "equal-interval": mapclassify.EqualInterval,
    }
    sample = np.array(values)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that numba is not there, and that values are few: both are meant
        found = finders[scheme](sample, k=min(classes, len(set(values))))
    limits = sorted({int(np.floor(limit)) for limit in found.bins} | {values[-1]})
    return [limit for limit in limits if limit >= values[0]]
