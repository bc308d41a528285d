"""Sums of columns by keys: a number for each combination of keys that occurs, in the order of the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MOST_COMBINATIONS: Final = 4
"""Possible combinations for each row, up to which each has a place of its own; with more, rows are sorted."""

_EXACT: Final = 1 << 53
"""Whole numbers up to here are added exactly as floats."""


class Key(NamedTuple):
    """A column to sum by: `known[ranks]`.

    Attributes:
        ranks: For each row a position in `known`.
        known: Whole numbers, or texts as objects: sorted, each once, None first. Some may not occur.
    """

    ranks: NDArray[np.int64]
    known: NDArray[Any]


def key_of(values: NDArray[Any]) -> Key:
    """Return whole numbers, or texts as objects with None where there is none, as a key."""
    codes, found = pd.factorize(values, use_na_sentinel=True)
    kinds: NDArray[Any] = np.array([*found, None], object) if values.dtype == object else found
    return coded_key(codes, kinds)


def coded_key(codes: NDArray[Any], values: NDArray[Any]) -> Key:
    """Return `values[codes]` as a key, given different values; None, where there is one, is the last of them."""
    is_none = np.array([value is None for value in values], bool) if values.dtype == object else np.zeros(0, bool)
    known = values[: len(values) - int(is_none.sum())]
    order = np.argsort(known, kind="stable")
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(known)) + (len(values) - len(known))
    rank[len(known) :] = 0
    return Key(rank[codes], np.concatenate([values[len(known) :], known[order]]))


def grouped(keys: Mapping[str, Key], sums: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return sums by keys as columns, sorted by the keys; text is in the order of its characters.

    Args:
        keys: The keys by name, the first orders first.
        sums: By name the whole numbers, or yes and no, to add up, each as long as the keys; sums are 64 bits wide.
    """
    size = len(next(iter(keys.values())).ranks)
    combinations = 1
    for key in keys.values():
        combinations *= max(len(key.known), 1)
    if combinations <= size * MOST_COMBINATIONS and all(_is_exact(values) for values in sums.values()):
        return _in_places(keys, sums, combinations)
    return _in_order(keys, sums)


def _is_exact(values: NDArray[Any]) -> bool:
    """Return whether any sum of the numbers is exact as a float."""
    if values.dtype == bool or not len(values):
        return True
    return max(abs(int(values.max())), abs(int(values.min()))) * len(values) < _EXACT


def _in_places(keys: Mapping[str, Key], sums: Mapping[str, NDArray[Any]], combinations: int) -> dict[str, NDArray[Any]]:
    whole = np.zeros(len(next(iter(keys.values())).ranks), np.int64)
    for key in keys.values():
        whole = whole * len(key.known) + key.ranks
    there = np.flatnonzero(np.bincount(whole, minlength=combinations))
    columns = {}
    left = there
    for name, key in reversed(list(keys.items())):
        left, rank = np.divmod(left, len(key.known))
        columns[name] = key.known[rank]
    found = {name: columns[name] for name in keys}
    for name, values in sums.items():
        added = (
            np.bincount(whole[values], minlength=combinations)
            if values.dtype == bool
            else np.bincount(whole, values, combinations)
        )
        found[name] = added[there].astype(np.int64)
    return found


def _in_order(keys: Mapping[str, Key], sums: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    order, starts = _ordered([key.ranks for key in keys.values()])
    first = order[starts]
    columns = {name: key.known[key.ranks[first]] for name, key in keys.items()}
    for name, values in sums.items():
        ordered = values.astype(np.int64)[order]
        columns[name] = np.add.reduceat(ordered, starts) if len(starts) else ordered
    return columns


def _ordered(ranks: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows in the order of ranks, the first rank first, and where each combination of them begins."""
    size = len(ranks[0])
    whole = np.zeros(size, np.int64)
    for rank in ranks:
        kinds = int(rank.max()) + 1 if size else 1
        if size and int(whole.max()) > np.iinfo(np.int64).max // kinds - 1:
            whole = np.unique(whole, return_inverse=True)[1]  # as many combinations as there are rows, at most
        whole = whole * kinds + rank
    order = np.argsort(whole)  # rows of one combination are added up, in whichever order
    ordered = whole[order]
    return order, np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if size else np.zeros(0, np.int64)
