"""What of the incidents can be seen on a map: how many of them, and whether the base map lies under any."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import numpy as np

from willay.events.model.errors import FrameWarning
from willay.geo.antimeridian import FULL_TURN
from willay.geo.translation import tr
from willay.maps.incidents import DRAWN
from willay.maps.shapes import to_grid

if TYPE_CHECKING:
    from willay.maps.base import BaseMap
    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns
    from willay.maps.shapes import ShapeTable

_BORDER_DEGREES: Final = 1.0
"""Maximum distance outside the country's bounding box at which an incident is still in view."""


def in_sight(incidents: IncidentColumns, regions: RegionColumns) -> int:
    """Return how many incidents a map shows: drawn at their place, or counted in a region."""
    seen = incidents.arrays["drawn"] != DRAWN.index("none")
    seen[regions.arrays["member_row"].astype(np.int64)] = True
    return int(seen.sum())


def warn_of_another_land(incidents: IncidentColumns, base: BaseMap | None, shapes: ShapeTable) -> None:
    """Warn where the base map shows a country, and every incident that is drawn lies elsewhere."""
    if base is None or base.country is None or not len(incidents.arrays["place_x"]):
        return
    west, south, east, north = shapes.extent(base.country)
    first, last = shapes.west, shapes.west + FULL_TURN
    sides = np.clip([west - _BORDER_DEGREES, east + _BORDER_DEGREES], first, last)
    (left, bottom), (right, top) = to_grid(
        sides, np.array([south - _BORDER_DEGREES, north + _BORDER_DEGREES]), shapes.west
    )
    xs, ys = incidents.arrays["place_x"], incidents.arrays["place_y"]
    if ((xs >= left) & (xs <= right) & (ys <= bottom) & (ys >= top)).any():
        return
    warnings.warn(
        tr(
            "No incident is in the country of the base map. The map opens where the incidents are, without land. "
            "Check the country and the coordinates of the incidents, or give a base map of that country: "
            "base=BaseMap(country=…)."
        ),
        FrameWarning,
        stacklevel=3,
    )
