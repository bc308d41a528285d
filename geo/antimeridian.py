"""Shapes at the antimeridian: rings that jump over it, cuts (RFC 7946, 3.1.9), worlds that begin elsewhere.

Longitudes of files are from -180 to 180, so that a country on both sides of the meridian 180, such as Fiji, is cut
there. A map of it begins its world at another meridian, and its land is one piece again.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.affinity import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Corners = NDArray[np.float64]

FULL_TURN: Final = 360.0
WORLD_WEST: Final = -180.0
"""Where the longitudes of files begin."""

HALF_TURN: Final = 180.0
_POLE: Final = 90.0
_AT_POLE: Final = 1e-6
_SEAM: Final = 1e-4
"""Degrees, 11 m: parts that end this near to a meridian at which outlines are cut, end at it."""


def cut_at_antimeridian(geometry: shapely.Geometry) -> shapely.Geometry:
    """The same place with all longitudes from -180 to 180.

    A shape that runs on beyond 180 or -180 (as `circle` makes them) is cut there and the part beyond is
    moved by a full turn. A shape that is already within is returned as it is: an edge from 179 to -179 is taken
    as it stands (see `without_jumps`).

    Example:
        >>> import shapely
        >>> from willay.geo import cut_at_antimeridian
        >>> cut_at_antimeridian(shapely.box(170, 0, 190, 10)).bounds
        (-180.0, 0.0, 180.0, 10.0)
    """
    return within_turn(geometry, WORLD_WEST)


def within_turn(geometry: shapely.Geometry, west: float) -> shapely.Geometry:
    """The same place with all longitudes from `west` to `west` + 360.

    What runs on beyond is cut there, and moved by full turns. A shape that is already within is returned as it is.
    """
    if _is_within(geometry, west):
        return geometry
    parts = _turned(geometry, west)
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def joined_within_turn(geometry: shapely.Geometry, west: float) -> shapely.Geometry:
    """The same place as `within_turn` lays it out, without the cuts at the meridian 180: for drawing.

    Parts that end within a ten-thousandth of a degree of the meridian 180 (or -180, or 540) are joined to what lies
    across it. Where `west` is -180 the world ends there, and nothing is joined.
    """
    if west == WORLD_WEST or geometry.is_empty:
        return within_turn(geometry, west)
    parts = np.array(_turned(geometry, west), dtype=object)
    sides = shapely.bounds(parts)[:, [0, 2]]
    meets = (np.abs(sides - HALF_TURN) <= _SEAM).any(axis=1) & (shapely.get_dimensions(parts) > 0)
    joined = [*parts[~meets], *_joined(parts[meets])]
    return joined[0] if len(joined) == 1 else _collected(joined)


def without_jumps(geometry: shapely.Geometry) -> shapely.Geometry:
    """The same place with rings and lines that run on beyond 180 instead of jumping from 179 to -179.

    An edge of more than 180 degrees of longitude is taken to go the short way, over the meridian 180: so the limits
    of Fiji come out of its national grid (EPSG:3460), whose longitudes are brought to -180 to 180 corner by corner.
    Edges along a pole are as they are, and so are those along the whole of a parallel, from -180 to 180: Antarctica,
    a belt around the Earth. A ring that goes once round a pole is led to it along one meridian.

    Returns:
        The geometry itself where nothing jumps; else a new one, for `cut_at_antimeridian`.
    """
    if geometry.is_empty or not jumps(geometry):
        return geometry
    parts = [_run_on(part) for part in shapely.get_parts(geometry)]
    return parts[0] if len(parts) == 1 else _collected(parts)


def jumps(geometry: shapely.Geometry) -> bool:
    """Whether any edge of a ring or a line spans more than 180 degrees of longitude, and not along a pole."""
    left, _, right, _ = geometry.bounds
    if not right - left > HALF_TURN:
        return False
    return any(bool(_turns(corners).any()) for corners in _chains(geometry))


def jumping(shapes: NDArray[np.object_]) -> list[int]:
    """Return the positions of the geometries in which an edge jumps; missing ones do not."""
    bounds = shapely.bounds(shapes)
    wide = bounds[:, 2] - bounds[:, 0] > HALF_TURN  # NaN is not
    return [int(row) for row in np.flatnonzero(wide) if jumps(shapes[row])]


def _is_within(geometry: shapely.Geometry, west: float) -> bool:
    left, _, right, _ = geometry.bounds
    return bool(geometry.is_empty or (left >= west and right <= west + FULL_TURN))


def _turned(geometry: shapely.Geometry, west: float) -> list[shapely.Geometry]:
    """Return the parts of a geometry, cut and moved to lie within a turn."""
    return [piece for part in _parts(geometry) for piece in _pieces(part, west)]


def _parts(geometry: shapely.Geometry) -> NDArray[np.object_]:
    parts: NDArray[np.object_] = shapely.get_parts(shapely.get_parts(geometry))  # twice: a collection may hold others
    there: NDArray[np.object_] = parts[~shapely.is_empty(parts)]
    return there


def _joined(parts: NDArray[np.object_]) -> list[shapely.Geometry]:
    """Join areas, and lines, that end at the meridian 180."""
    if len(parts) < 2:  # noqa: PLR2004 — one has nothing to be joined to
        return list(parts)
    snapped = shapely.transform(parts, _at_seam)
    sound = shapely.make_valid(snapped, method="structure", keep_collapsed=False)
    areas = sound[shapely.get_dimensions(sound) > 1]
    lines = sound[shapely.get_dimensions(sound) == 1]
    found = [
        *([shapely.union_all(areas, grid_size=_SEAM)] if len(areas) else []),
        *([shapely.line_merge(shapely.union_all(lines))] if len(lines) else []),
    ]
    return [part for one in found for part in shapely.get_parts(one)]


def _pieces(part: shapely.Geometry, west: float) -> list[shapely.Geometry]:
    left, _, right, _ = part.bounds
    first = int((left - west) // FULL_TURN)
    last = max(first, ceil((right - west) / FULL_TURN) - 1)
    if first == last:
        return [part if first == 0 else translate(part, xoff=-first * FULL_TURN)]
    dimensions = shapely.get_dimensions(part)
    sound = part if part.is_valid else shapely.make_valid(part, method="structure", keep_collapsed=False)
    flat = [piece for turn in range(first, last + 1) for piece in _parts(_piece(sound, west, turn))]
    return [piece for piece in flat if shapely.get_dimensions(piece) == dimensions]


def _piece(part: shapely.Geometry, west: float, turn: int) -> shapely.Geometry:
    start = west + turn * FULL_TURN
    window = shapely.box(start, -1000, start + FULL_TURN, 1000)
    return translate(shapely.intersection(part, window), xoff=-turn * FULL_TURN)


def _at_seam(points: Corners) -> Corners:
    near = np.abs(points[:, 0] - HALF_TURN) <= _SEAM
    return np.column_stack([np.where(near, HALF_TURN, points[:, 0]), points[:, 1]])


def _collected(parts: list[shapely.Geometry]) -> shapely.Geometry:
    """Return parts as one geometry, as they are: they may be broken, and are repaired later."""
    kinds = {part.geom_type for part in parts}
    made = {"Polygon": shapely.multipolygons, "LineString": shapely.multilinestrings}
    if kinds & set(made) == kinds and len(kinds) == 1:
        return made[kinds.pop()](parts)
    return shapely.geometrycollections(parts)


def _chains(geometry: shapely.Geometry) -> Iterable[Corners]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            yield from map(shapely.get_coordinates, (part.exterior, *part.interiors))
        elif part.geom_type in {"LineString", "LinearRing"}:
            yield shapely.get_coordinates(part)
        elif part.geom_type not in {"Point", "MultiPoint"}:
            yield from _chains(part)


def _turns(corners: Corners) -> Corners:
    """Return for each edge by how many degrees what comes after it moves: 360, -360, or 0 where it does not jump."""
    steps = np.diff(corners[:, 0])
    lats = corners[:, 1]
    along_pole = (np.abs(lats[:-1]) >= _POLE - _AT_POLE) & (np.abs(lats[1:]) >= _POLE - _AT_POLE)
    whole = (np.abs(steps) >= FULL_TURN) & (lats[:-1] == lats[1:])
    moved = np.where(np.abs(steps) > HALF_TURN, -np.sign(steps) * FULL_TURN, 0.0)
    return np.where(along_pole | whole, 0.0, moved)


def _run_on(part: shapely.Geometry) -> shapely.Geometry:
    if part.geom_type in {"LineString", "LinearRing"}:
        return shapely.linestrings(_running(shapely.get_coordinates(part)))
    if part.geom_type != "Polygon":
        return without_jumps(part) if shapely.get_num_geometries(part) > 1 else part
    shell = _closed(_running(shapely.get_coordinates(part.exterior)))
    middle = (shell[:, 0].min() + shell[:, 0].max()) / 2
    holes = [_closed(_running(shapely.get_coordinates(ring))) for ring in part.interiors]
    return shapely.Polygon(shell, [_near(hole, middle) for hole in holes])


def _running(corners: Corners) -> Corners:
    moved = np.concatenate([[0.0], np.cumsum(_turns(corners))])
    return np.column_stack([corners[:, 0] + moved, corners[:, 1]])


def _closed(corners: Corners) -> Corners:
    """Return a ring that has run once round the Earth, closed along the nearer pole; others are closed already."""
    if abs(corners[-1, 0] - corners[0, 0]) < HALF_TURN:
        return corners
    pole = np.copysign(_POLE, corners[:, 1].mean())
    end, start = corners[-1, 0], corners[0, 0]
    return np.vstack([corners, [(end, pole), (start, pole)], corners[:1]])


def _near(corners: Corners, middle: float) -> Corners:
    """Return a hole by the full turn that brings it nearest to the middle of its polygon."""
    own = (corners[:, 0].min() + corners[:, 0].max()) / 2
    turn = np.round((middle - own) / FULL_TURN) * FULL_TURN
    return np.column_stack([corners[:, 0] + turn, corners[:, 1]])
