"""Which administrative units a place may be said to lie in: those that it is known exactly enough to be within.

One rule for lists, files, pages and sums. A place known to a unit is in that unit and in those that hold it, and in no
finer one; a country, a wide area, the sea and the unknown are in no unit, wherever the point lies that stands for them
on a map. Which unit holds a place, its code says, which is also that of the unit that a file names for it; without one
its point: a place that is near a point is in a unit if all of its circle is, since where the circle reaches into
another unit, nobody knows which; and a point just outside all units of its country is in the nearest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely

from willay.data.codebook import codebook
from willay.data.countries import PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from willay.data.nesting import Nesting

POINT_PRECISIONS: Final = ("site", "settlement", "near")
"""The place precisions at which a point represents the place."""

DECIDING: Final = ("country", "admin_code", "region", "radius_m")
"""The fields of a place, besides its precision and its point, by which the regions that hold it are found."""

FINEST: Final = 3
_LEVELS: Final = {
    **dict.fromkeys(POINT_PRECISIONS, FINEST),
    **{precision: level for level, precision in enumerate(PRECISIONS, start=1)},
}
"""The finest administrative level (1 is the widest) to which a place of each precision is known; other precisions have
none."""

COAST_DEGREES: Final = 0.05
"""About 5 km: how far outside all units of its country a point may lie and be in the nearest, since outlines are
generalised along coasts and borders."""


BEFORE_ALL: Final = "1700-01-01"
"""The day on which units end that others replace for all time: no incident is as early."""


class Spot(NamedTuple):
    """What is known of where a place is, besides its document.

    Attributes:
        units: Names of its first, second and third-level unit; None where not known.
        shape: Its point or outline, EPSG:4326, or None.
    """

    units: tuple[str | None, str | None, str | None] = (None, None, None)
    shape: shapely.Geometry | None = None


def finest_level(precision: Any, *, has_code: bool = False) -> int:  # noqa: ANN401 — a cell: a code of the codebook or unknown
    """Return the finest level of units, 0 to 3, that a place of a precision may lie in.

    Args:
        precision: A place precision; where none is stated, a point is taken as exact.
        has_code: Whether the place has an administrative code: an area within a unit is in it by the code alone.
    """
    if not isinstance(precision, str):
        return FINEST
    return FINEST if precision == "area" and has_code else _LEVELS.get(precision, 0)


def finest_levels(precisions: Iterable[Any], coded: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return `finest_level` for places, which have codes or not."""
    each = [precision if isinstance(precision, str) else None for precision in precisions]
    levels = {one: (finest_level(one), finest_level(one, has_code=True)) for one in {*each}}
    plain, with_code = np.array([levels[one] for one in each], int).reshape(-1, 2).T
    return np.where(coded, with_code, plain)


def known_code(code: str, level: int, nesting: Nesting) -> str:
    """Return as much of a code as a place known to a level may have, "" at level 0.

    Args:
        code: The unit's code.
        level: The finest level to which the place is known.
        nesting: How the codes of its country nest.
    """
    return nesting.cut(code, level)


def radii_m(precisions: Iterable[Any], radii: Iterable[Any]) -> NDArray[np.float64]:
    """Return the radius in metres of places that are near a point, as stated or else usual; 0 of all others."""
    usual = float(codebook().place_precision["near"].facts["radius_m"])
    stated = np.array([np.nan if radius is None else radius for radius in radii], float)
    near = np.array([isinstance(precision, str) and precision == "near" for precision in precisions], bool)
    return np.where(near, np.where(np.isnan(stated), usual, stated), 0.0)


def circles_of(lon: ArrayLike, lat: ArrayLike, radii: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the circle of each place that is near a point, None for the others (radius 0)."""
    from willay.geo.antimeridian import cut_at_antimeridian  # noqa: PLC0415 — a question about few places
    from willay.geo.distance import circles  # noqa: PLC0415 — PROJ, which few questions need

    found = np.full(len(radii), None, dtype=object)
    near = radii > 0
    if near.any():
        places = np.column_stack([np.asarray(lon, float)[near], np.asarray(lat, float)[near], radii[near]])
        distinct, which = np.unique(places, axis=0, return_inverse=True)
        around = circles(*distinct.T)
        beyond = (np.abs(shapely.bounds(around)[:, [0, 2]]) > 180.0).any(axis=1)  # noqa: PLR2004 — the antimeridian
        for row in np.flatnonzero(beyond):
            around[row] = cut_at_antimeridian(around[row])
        found[near] = around[which.reshape(-1)]
    return found


def reached(around: NDArray[np.object_], units: Iterable[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of a circle (None: no circle) and a unit that it reaches into, as positions."""
    tree = shapely.STRtree(np.asarray(list(units), dtype=object))
    circle_index, unit_index = tree.query(around, predicate="intersects")
    return circle_index, unit_index


def nearest_units(lon: ArrayLike, lat: ArrayLike, units: Iterable[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of a point and the nearest unit, as positions; none for a point farther than `COAST_DEGREES`.

    Of units at the same distance all are there: a unit may have several versions, and a point may lie before a border.
    """
    shapes = np.asarray(list(units), dtype=object)
    points = shapely.points(np.asarray(lon, float), np.asarray(lat, float))
    if not len(shapes) or not points.size:
        return np.empty(0, np.intp), np.empty(0, np.intp)
    point, unit = shapely.STRtree(shapes).query_nearest(points, max_distance=COAST_DEGREES, all_matches=True)
    return point, unit


def ever_valid(regions: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which versions of regions are valid on some day: not those that others replaced for all time."""
    import pandas as pd  # noqa: PLC0415 — who has a frame has it already

    if "valid_until" not in regions:
        return np.ones(len(regions), dtype=bool)
    ends = pd.to_datetime(regions["valid_until"]).to_numpy(dtype="datetime64[s]")
    never: NDArray[np.bool_] = ends <= np.datetime64(BEFORE_ALL)  # a comparison with NaT is false
    return ~never
