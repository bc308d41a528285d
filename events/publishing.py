"""Publishing: which rows may be passed on, and which only serve their keeper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.cards import is_known
from willay.events.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd
    import pandas as pd


def barred(datasets: pd.DataFrame) -> frozenset[str]:
    """Return the names of the datasets whose rows may not be passed on.

    Args:
        datasets: With the columns `name` and `may_publish`; unknown does not bar.
    """
    rows = zip(datasets["name"].tolist(), datasets["may_publish"].tolist(), strict=True)
    return frozenset(str(name) for name, may in rows if is_known(may) and not may)


def check_publishable(frame: gpd.GeoDataFrame, names: frozenset[str]) -> gpd.GeoDataFrame:
    """Return an incident frame if all its rows may be passed on.

    Args:
        frame: The incident frame.
        names: The datasets whose rows may not; see `barred`.

    Raises:
        RefusedError: Some may not; the message says how many, of which dataset, and what to do.
    """
    theirs = frame.loc[frame["dataset"].isin(names), "dataset"] if names else frame["dataset"].iloc[:0]
    if len(theirs):
        counts = ", ".join(f"{number:,} of {name}" for name, number in sorted(theirs.value_counts().items()))
        raise RefusedError(
            f"These rows may not be passed on, by the terms of their dataset: {counts}. Leave them out (--without "
            f"{theirs.iloc[0]}), or write a file for your own use only: --for-own-use."
        )
    return frame


def publishable(frames: Iterable[gpd.GeoDataFrame], names: frozenset[str]) -> Iterator[gpd.GeoDataFrame]:
    """Yield incident frames as long as all their rows may be passed on; raises as `check_publishable` does."""
    for frame in frames:
        yield check_publishable(frame, names)
