"""The columns of an incident frame as lists of plain values, a column at a time."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from willay.events.frame import NAMES, cells, check_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

FLAT: Final = tuple(name for name in NAMES if name != "details")
"""The columns that hold one plain value a cell: all but the card."""

DRAFT: Final = "draft"
"""The column that a frame made for writing without loss has beside the usual ones: the state of each incident as JSON
text, an object of `code`, `id` and `draft`, the fields of an `IncidentDraft`."""

DECIMALS: Final = 7
"""Decimals of degrees in files; 7 are a centimetre."""


def checked(frames: Iterable[gpd.GeoDataFrame]) -> Iterator[gpd.GeoDataFrame]:
    """Yield frames as long as they are incident frames.

    Raises:
        FrameError: One is not.
    """
    return map(check_frame, frames)


def rows_of(frame: gpd.GeoDataFrame, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of some columns row by row."""
    columns = [cells(frame, name) for name in names]
    return zip(*columns, strict=True) if columns else repeat((), len(frame))


def points_of(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return longitude and latitude of each incident that is at a point, rounded to `DECIMALS`; NaN for the others.

    An incident whose place is an area has no point: none is made up for it.
    """
    shapes = np.asarray(frame.geometry.array, dtype=object)
    at = is_point(shapes)
    found = np.full((len(shapes), 2), np.nan)
    found[at] = np.round(shapely.get_coordinates(shapes[at]), DECIMALS) + 0.0  # -0.0 becomes 0.0
    return found


def is_point(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Say of each geometry whether it is a point with coordinates."""
    kinds = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    result: NDArray[np.bool_] = kinds & ~shapely.is_empty(shapes)
    return result


def point_cells(frame: gpd.GeoDataFrame) -> tuple[list[float | None], list[float | None]]:
    """Return the longitudes and the latitudes of `points_of` as lists, None where there is no point."""
    points = points_of(frame)
    values = points.astype(object)
    values[np.isnan(points)] = None
    return values[:, 0].tolist(), values[:, 1].tolist()
