"""Pages of incidents as writers read them: flat columns, rows, points."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from willay.events.frame.columns import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from willay.events.frame.cells import IncidentCells

FLAT: Final = tuple(name for name in NAMES if name != "details")
"""The columns with one plain value per cell: all except the card."""

DECIMALS: Final = 7
"""Decimals of degrees in files; 7 decimals are about a centimetre."""


def rows_of(page: IncidentCells, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of some columns row by row."""
    columns = [page.of(name) for name in names]
    return zip(*columns, strict=True) if columns else repeat((), len(page))


def points_of(page: IncidentCells) -> NDArray[np.float64]:
    """Return longitude and latitude of each incident that is at a point, rounded to `DECIMALS`; NaN for the others.

    An incident whose place is an area has no point: none is made up for it.
    """
    shapes = page.shapes
    at = is_point(shapes)
    found = np.full((len(shapes), 2), np.nan)
    found[at] = np.round(shapely.get_coordinates(shapes[at]), DECIMALS) + 0.0  # -0.0 becomes 0.0
    return found


def is_point(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return for each geometry whether it is a point with coordinates."""
    kinds = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    result: NDArray[np.bool_] = kinds & ~shapely.is_empty(shapes)
    return result


def point_cells(page: IncidentCells) -> tuple[list[float | None], list[float | None]]:
    """Return the longitudes and the latitudes of `points_of` as lists, None where there is no point."""
    points = points_of(page)
    values = points.astype(object)
    values[np.isnan(points)] = None
    return values[:, 0].tolist(), values[:, 1].tolist()
