"""Cutting shapes at the antimeridian, as RFC 7946 section 3.1.9 asks."""

from __future__ import annotations

import shapely
from shapely.affinity import translate

FULL_TURN = 360.0


def cut_at_antimeridian(geometry: shapely.Geometry) -> shapely.Geometry:
    """The same place with all longitudes from -180 to 180.

    A shape that runs on beyond 180 or -180 (as `circle` makes them) is cut there and the part beyond is
    moved by a full turn. A shape that is already within is returned as it is: whether an edge from 179 to
    -179 is meant to go the short way cannot be known, so such edges are not touched.
    """
    if geometry.is_empty:
        return geometry
    west, _, east, _ = geometry.bounds
    if west >= -FULL_TURN / 2 and east <= FULL_TURN / 2:
        return geometry
    first, last = int((west + 180) // FULL_TURN), int((east + 180) // FULL_TURN)
    pieces = [_piece(geometry, turn) for turn in range(first, last + 1)]
    kept = [piece for piece in pieces if not piece.is_empty]
    return kept[0] if len(kept) == 1 else _together(kept)


def _piece(geometry: shapely.Geometry, turn: int) -> shapely.Geometry:
    middle = turn * FULL_TURN
    window = shapely.box(middle - 180, -1000, middle + 180, 1000)
    return translate(shapely.intersection(geometry, window), xoff=-middle)


def _together(pieces: list[shapely.Geometry]) -> shapely.Geometry:
    return shapely.union_all(pieces)
