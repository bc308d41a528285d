"""Outlines as arcs: lines that neighbours share are stored once, as steps on a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from willay.data.packs import Columns

    Steps = NDArray[np.int64]

CELLS_PER_DEGREE: Final = 10_000
"""Corners lie on a grid of 0.0001 degrees, about 11 m."""


def polygons(columns: Columns, cells: int = CELLS_PER_DEGREE) -> NDArray[np.object_]:
    """Take outlines from columns: arcs (lengths, steps east, steps north), then what each shape is made of."""
    arcs = _arcs(columns, cells)
    made = iter(columns.ints().tolist())
    rings: list[NDArray[np.float64]] = []
    ring_ends, polygon_ends, shape_ends = [0], [0], [0]
    for parts in made:
        for _ in range(parts):
            for _ in range(next(made)):
                ring = _ring(arcs, [next(made) for _ in range(next(made))])
                rings.append(ring)
                ring_ends.append(ring_ends[-1] + len(ring))
            polygon_ends.append(len(rings))
        shape_ends.append(len(polygon_ends) - 1)
    ends = (np.array(ring_ends), np.array(polygon_ends), np.array(shape_ends))
    found: NDArray[np.object_] = shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, np.concatenate(rings), ends
    )
    return _single(found)


def lines(columns: Columns, cells: int = CELLS_PER_DEGREE) -> NDArray[np.object_]:
    """Take lines from columns: arcs, then the number of arcs of each line."""
    arcs = _arcs(columns, cells)
    parts = np.concatenate([[0], np.cumsum(columns.ints())])
    ends = np.concatenate([[0], np.cumsum([len(arc) for arc in arcs])])
    found: NDArray[np.object_] = shapely.from_ragged_array(
        shapely.GeometryType.MULTILINESTRING, np.concatenate(arcs), (ends, parts)
    )
    return _single(found)


def _arcs(columns: Columns, cells: int) -> list[NDArray[np.float64]]:
    lengths, east, north = columns.ints(), columns.ints(), columns.ints()
    corners = np.column_stack([np.cumsum(east), np.cumsum(north)]) / cells
    return np.split(corners, np.cumsum(lengths)[:-1])


def _ring(arcs: Sequence[NDArray[np.float64]], numbers: Sequence[int]) -> NDArray[np.float64]:
    """Join arcs end to start; a negative number is an arc backwards (-1 is the first)."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _single(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Turn shapes of one part into that part."""
    one = shapely.get_num_geometries(shapes) == 1
    plain = shapes.copy()
    plain[one] = shapely.get_geometry(shapes[one], 0)
    return plain


def steps(arcs: Sequence[Any]) -> tuple[Steps, Steps, Steps]:
    """Return arcs of cells as lengths and steps east and north, each corner from the one before it."""
    corners = np.concatenate([np.asarray(arc, np.int64) for arc in arcs])
    moved = np.diff(corners, axis=0, prepend=np.zeros((1, 2), np.int64))
    return np.array([len(arc) for arc in arcs], np.int64), moved[:, 0], moved[:, 1]
