"""Where the world of a map begins: at 180° W, unless what it shows lies across the meridian 180."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.data.unit_words import most_counted
from willay.geo.antimeridian import FULL_TURN, WORLD_WEST
from willay.geo.longitudes import Longitudes

if TYPE_CHECKING:
    from willay.maps.base import BaseMap

_LEAST_GAP: Final = 60.0
"""Degrees of longitude that must be free for a world to begin among them: what lies all around is drawn as usual."""


def named_countries(frame: Any) -> list[str]:  # noqa: ANN401 — checked by those who draw it
    """Return the countries that a frame of incidents names, sorted; none of a table without them."""
    there = "country" in getattr(frame, "columns", ())
    return sorted(map(str, frame["country"].dropna().unique())) if there else []


def home_countries(frame: Any) -> list[str]:  # noqa: ANN401 — as above
    """Return the countries that a map of incidents is of, sorted: see `most_counted`.

    An incident abroad, among hundreds at home, is drawn on the land of a neighbour.
    """
    if not named_countries(frame):
        return []
    return list(most_counted({code: n for code, n in frame["country"].value_counts().items() if isinstance(code, str)}))


def world_west(base: BaseMap | None, *tables: Any) -> float:  # noqa: ANN401 — checked by those who draw them
    """Return the meridian at which a map's world begins: a whole degree from -180 up.

    It is -180 unless the narrowest box of the country and the other tables crosses the meridian 180; then it is the
    middle of the widest stretch of longitudes without any of them.

    Args:
        base: Its country counts, or else its divisions; the lands around do not.
        tables: Frames of incidents and regions, in EPSG:4326; None and what has no geometry is passed over.
    """
    span = _span(base, *tables)
    if span is None or span[0] <= span[1]:
        return WORLD_WEST
    west, east = span
    return WORLD_WEST if west - east < _LEAST_GAP else float(round((west + east) / 2))


def middle_of(base: BaseMap | None, *tables: Any) -> float:  # noqa: ANN401 — as above
    """Return the middle of the longitudes of what `world_west` goes by; 0 where there is nothing.

    On a map that is moved round the Earth, they are drawn where this meridian is nearest to the middle of the map.
    """
    west, east = _span(base, *tables) or (-1.0, 1.0)
    return west + ((east - west) % FULL_TURN) / 2


def _span(base: BaseMap | None, *tables: Any) -> tuple[float, float] | None:  # noqa: ANN401 — as above
    taken = Longitudes()
    home = None if base is None else base.country if base.country is not None else base.divisions
    for table in (home, *tables):
        geometry = getattr(table, "geometry", None)
        if geometry is not None and len(geometry):
            taken.add_shapes(np.asarray(geometry.array, dtype=object))
    return taken.span()
