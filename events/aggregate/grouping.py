"""Sums of columns by keys: a number for each combination of keys, in the order of the keys, and one sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


def grouped(keys: Mapping[str, NDArray[Any]], sums: Mapping[str, NDArray[Any]]) -> Any:  # noqa: ANN401 — pyarrow has no types
    """Return sums by keys as an Arrow table, sorted by the keys.

    Args:
        keys: By name whole numbers, or texts as objects, None where there is none; None comes first, and texts are in
            the order of their characters.
        sums: By name the whole numbers to add up, each as long as the keys; sums are 64 bits wide.
    """
    import pyarrow as pa  # noqa: PLC0415 — an extra

    number, starts = _ordered([_ranks(values) for values in keys.values()])
    first = number[starts]
    columns = {name: _arrow(values[first]) for name, values in keys.items()}
    for name, values in sums.items():
        ordered = values.astype(np.int64)[number]
        columns[name] = pa.array(np.add.reduceat(ordered, starts) if len(starts) else ordered)
    return pa.table(columns)


def _ranks(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return for each value its rank among those that occur, from 0."""
    codes, found = pd.factorize(values, use_na_sentinel=True)
    rank = np.empty(len(found) + 1, np.int64)
    rank[np.argsort(found, kind="stable")] = np.arange(1, len(found) + 1)
    rank[-1] = 0  # where there is none, which is the code -1
    return rank[codes]


def _ordered(ranks: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows in the order of ranks, the first rank first, and where each combination of them begins."""
    size = len(ranks[0])
    whole = np.zeros(size, np.int64)
    for rank in ranks:
        kinds = int(rank.max()) + 1 if size else 1
        if size and int(whole.max()) > np.iinfo(np.int64).max // kinds - 1:
            whole = np.unique(whole, return_inverse=True)[1]  # as many combinations as there are rows, at most
        whole = whole * kinds + rank
    order = np.argsort(whole, kind="stable")
    ordered = whole[order]
    return order, np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if size else np.zeros(0, np.int64)


def _arrow(values: NDArray[Any]) -> Any:  # noqa: ANN401 — pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415 — an extra

    return pa.array(values, pa.string()) if values.dtype == object else pa.array(values)
