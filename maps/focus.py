"""The regions that a map opens on: those that were asked for, rather than the whole country."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.shapes import to_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from willay.maps.shapes import ShapeTable


def regions_in_focus(regions: gpd.GeoDataFrame | None, wanted: Sequence[str]) -> gpd.GeoDataFrame | None:
    """Return the rows of a table of regions that are asked for, all their versions; None where nothing is.

    Args:
        regions: A checked table of regions (`maps.regions.checked`).
        wanted: `set/key`, or a key alone, which may be of several sets.

    Raises:
        SpecError: A key is none of the table's.
    """
    if not wanted:
        return None
    if regions is None or regions.empty:
        raise SpecError(tr("A map can open on regions only where it has some. Pass a table of regions to render."))
    full = regions["set"].astype(str) + "/" + regions["key"].astype(str)
    short = regions["key"].astype(str)
    for key in wanted:
        if not ((full == key) | (short == key)).any():
            raise SpecError(
                tr(
                    "Unknown region {key!r} in focus. Regions that were given: {known}.",
                    key=key[:80],
                    known=", ".join(sorted(set(full))[:12]),
                )
            )
    return regions[full.isin(wanted) | short.isin(wanted)]


def set_in_focus(focus: gpd.GeoDataFrame | None, sets: Sequence[str]) -> str | None:
    """Return the set that the regions in focus are of, the first one of `sets` where several have them; else None."""
    found = set() if focus is None else {str(name) for name in focus["set"]}
    return next((name for name in sets if name in found), None)


def cells_in_focus(focus: gpd.GeoDataFrame | None, shapes: ShapeTable) -> list[int] | None:
    """Return the box of the regions in focus, as cells of the page: west, north, east, south; None without any."""
    if focus is None or focus.geometry.isna().all():
        return None
    west, south, east, north = shapes.extent(focus)
    corners = to_grid(np.array([west, east]), np.array([north, south]), shapes.west)
    return [int(cell) for cell in corners.ravel()]
