"""Which unit of the level above holds each unit: as its file says it, by the beginning of its code, or by its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from willay.data.nesting import Nesting

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from willay.data.country_packs.units import LevelRead


def with_parents(levels: Sequence[LevelRead], digits: tuple[int, ...]) -> tuple[LevelRead, ...]:
    """Return levels whose units name the unit that holds them; those of the widest level have none.

    The first that knows it says it: the file's own column, where its value is the code of a unit; the rule of the
    country's codes; the longest code that the unit's begins with, if all of the level begin with one; else where the
    larger part of the unit lies.

    Args:
        levels: The widest first.
        digits: The number of digits of a code of each level, where codes nest by these.
    """
    found: list[LevelRead] = []
    for level in levels:
        above = found[-1].frame if found else None
        frame = level.frame.assign(
            parent=[None] * len(level.frame) if above is None else _parents(level, above, digits)
        )
        found.append(replace(level, frame=frame))
    return tuple(found)


def nests_by_digits(levels: Sequence[LevelRead], digits: tuple[int, ...]) -> bool:
    """Return whether all codes of all levels have the number of digits of their level."""
    return bool(digits) and all(
        code.isdigit() and len(code) == digits[level.number - 1] for level in levels for code in level.frame["code"]
    )


def _parents(level: LevelRead, above: gpd.GeoDataFrame, digits: tuple[int, ...]) -> list[str | None]:
    known = {code for code in above["code"] if code}
    stated = [parent if parent in known else None for parent in level.frame["parent"]]
    nesting = Nesting(digits)
    by_rule = [parent if (parent := nesting.parent(code)) in known else None for code in level.frame["code"]]
    by_start = _by_start(level.frame["code"].tolist(), known)
    first = [one or other or third for one, other, third in zip(stated, by_rule, by_start, strict=True)]
    if all(first):
        return first
    by_place = _by_place(level.frame, above)
    return [one or other for one, other in zip(first, by_place, strict=True)]


def _by_start(codes: Sequence[str], known: set[str]) -> list[str | None]:
    """Return the longest known code that each code begins with; none of them where one begins with none."""
    found = [
        max((one for one in known if code.startswith(one) and code != one), key=len, default=None) for code in codes
    ]
    return found if all(found) else [None] * len(codes)


def _by_place(frame: gpd.GeoDataFrame, above: gpd.GeoDataFrame) -> list[str | None]:
    """Return the unit that holds the largest part of each, or None."""
    tree = shapely.STRtree(above.geometry.to_numpy())
    inner, outer = tree.query(frame.geometry.to_numpy(), predicate="intersects")
    parts = shapely.area(
        shapely.intersection(frame.geometry.to_numpy()[inner], above.geometry.to_numpy()[outer])
    )  # square degrees: only which of a unit's parts is the largest is asked
    found: list[str | None] = [None] * len(frame)
    for row in np.unique(inner):
        mine = np.flatnonzero(inner == row)
        best = mine[np.argmax(parts[mine])]
        found[row] = str(above["code"].iloc[outer[best]]) or None
    return found
