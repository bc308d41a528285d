"""Turning outlines into columns of a pack: shared stretches become arcs, once for each country."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from willay.data.arcs import CELLS_PER_DEGREE, steps

from .writing import packed_ints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Cell = tuple[int, int]
    Arc = tuple[Cell, ...]

SMALLEST_RING = 3


def outlines(shapes: Sequence[shapely.Geometry], cells: int = CELLS_PER_DEGREE) -> bytes:
    """Return polygons as columns that `willay.data.arcs.polygons` reads."""
    rings, made = [], []
    for shape in shapes:
        parts = [list(_rings(part, cells)) for part in shapely.get_parts(shape).tolist()]
        parts = [part for part in parts if part]
        made.append([len(part) for part in parts])
        rings += [ring for part in parts for ring in part]
    arcs, numbers = _shared(rings)
    following = iter(numbers)
    listed: list[int] = []
    for parts in made:
        listed.append(len(parts))
        for count in parts:
            listed.append(count)
            for _ in range(count):
                ring = next(following)
                listed += [len(ring), *ring]
    return b"".join(packed_ints(column) for column in (*steps(arcs), np.array(listed)))


def paths(shapes: Sequence[shapely.Geometry], cells: int = CELLS_PER_DEGREE) -> bytes:
    """Return lines as columns that `willay.data.arcs.lines` reads; what is shorter than a cell is left out."""
    parts = [[_cells(line, cells) for line in shapely.get_parts(shape).tolist()] for shape in shapes]
    parts = [[line for line in lines if len(line) > 1] for lines in parts]
    arcs = [arc for lines in parts for arc in lines]
    counts = np.array([len(lines) for lines in parts])
    return b"".join(packed_ints(column) for column in (*steps(arcs), counts))


def _rings(polygon: shapely.Polygon, cells: int) -> Iterator[list[Cell]]:
    for ring in (polygon.exterior, *polygon.interiors):
        corners = _cells(ring, cells)[:-1]
        if len(corners) >= SMALLEST_RING:
            yield corners
        elif ring is polygon.exterior:
            return


def _cells(line: Any, cells: int) -> list[Cell]:  # noqa: ANN401 — a line or a ring
    corners = np.rint(shapely.get_coordinates(line) * cells).astype(np.int64)
    moved = np.any(np.diff(corners, axis=0) != 0, axis=1)
    return [tuple(corner) for corner in corners[np.concatenate([[True], moved])].tolist()]


def _shared(rings: Sequence[list[Cell]]) -> tuple[list[Arc], list[list[int]]]:
    """Cut rings where they begin or cease to run together; return the arcs, and each ring as numbers of arcs."""
    corners = _meetings(rings)
    known: dict[Arc, int] = {}
    numbered = []
    for ring in rings:
        turned, cuts = _cut(ring, corners)
        numbers = []
        for begin, end in itertools.pairwise(cuts):
            arc = tuple(turned[begin : end + 1])
            if arc[::-1] in known:
                numbers.append(~known[arc[::-1]])
            else:
                numbers.append(known.setdefault(arc, len(known)))
        numbered.append(numbers)
    return list(known), numbered


def _meetings(rings: Sequence[list[Cell]]) -> set[Cell]:
    """Return the corners whose neighbours are not the same in every ring through them."""
    beside: dict[Cell, tuple[Cell, Cell]] = {}
    found = set()
    for ring in rings:
        for at, corner in enumerate(ring):
            before, after = ring[at - 1], ring[(at + 1) % len(ring)]
            pair = (before, after) if before < after else (after, before)
            if beside.setdefault(corner, pair) != pair:
                found.add(corner)
    return found


def _cut(ring: list[Cell], corners: set[Cell]) -> tuple[list[Cell], list[int]]:
    """Turn a ring so that it begins where an arc does, close it, and return where its arcs begin and end."""
    at = [place for place, corner in enumerate(ring) if corner in corners]
    first = at[0] if at else ring.index(min(ring))
    turned = ring[first:] + ring[: first + 1]
    return turned, [*(place - first for place in at or [first]), len(ring)]
