"""Whether neighbouring units share their borders: gaps between them, and overlaps, with areas and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from willay.geo.distance import area_km2

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

_NARROW: Final = 0.002
"""The width up to which an open gap between two borders is found, degrees: some 200 m. Closed ones are found of any
width."""

_SLENDER: Final = 0.3
"""The area of a strip by that of a square with as long an outline, at most: it is thirteen times as long as wide. What
is left at the end of a border is about as long as wide."""

_LEAST_KM2: Final = 0.01
"""The area from which a gap or an overlap is reported, square kilometres: a hectare."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A place where the borders of units do not meet.

    Attributes:
        units: The names of the units, with their codes.
        area_km2: How large it is.
        lon: Degrees east of a point in it.
        lat: Degrees north.
    """

    units: tuple[str, ...]
    area_km2: float
    lon: float
    lat: float


def borders(
    frame: gpd.GeoDataFrame, around: gpd.GeoDataFrame | None = None
) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
    """Find gaps between units, and overlaps, the largest first.

    A gap is a hole that units enclose (a lake or another country may be one), what is in a unit of the level above and
    in none of this level next to two of these, or a strip narrower than 200 m between two borders. What is smaller than
    a hectare is not reported.

    Args:
        frame: Units with code, name and geometry (EPSG:4326).
        around: The units of the level above; None where there are none.
    """
    shapes = frame.geometry.to_numpy()
    names = [f"{name} ({code})" if code else str(name) for name, code in zip(frame["name"], frame["code"], strict=True)]
    together = shapely.union_all(shapes)
    gaps = _holes(together)
    if around is not None:
        missing = shapely.difference(shapely.union_all(around.geometry.to_numpy()), together)
        gaps = _polygons(shapely.union_all([*gaps, *_polygons(missing)]))
    found = [one for gap in gaps if len((one := _meeting(gap, shapes, names)).units) > 1]
    overlaps: list[Meeting] = []
    edges = shapely.coverage_invalid_edges(shapes, gap_width=_NARROW)
    wrong = np.flatnonzero(~shapely.is_empty(edges))
    if len(wrong):
        overlapping = _overlaps(shapes, names)
        overlaps = list(overlapping.values())
        pairs = _close_pairs(edges, wrong) - overlapping.keys()
        found += _strips(shapes, edges, sorted(pairs), shapely.union_all(gaps), names)
    return _largest(found), _largest(overlaps)


def _holes(together: shapely.Geometry) -> list[shapely.Geometry]:
    return [
        shapely.polygons(ring)
        for part in shapely.get_parts(together)
        if part.geom_type == "Polygon"
        for ring in part.interiors
    ]


def _meeting(area: shapely.Geometry, shapes: NDArray[np.object_], names: list[str]) -> Meeting:
    """Describe a gap by the units that touch it."""
    touching = np.flatnonzero(shapely.dwithin(shapes, area, 1e-9))
    return _described(area, tuple(names[row] for row in touching))


def _described(area: shapely.Geometry, units: tuple[str, ...]) -> Meeting:
    at = shapely.point_on_surface(area)
    return Meeting(units, area_km2(area), round(float(at.x), 4), round(float(at.y), 4))


def _overlaps(shapes: NDArray[np.object_], names: list[str]) -> dict[tuple[int, int], Meeting]:
    """Find the overlaps of units, by the rows of the two."""
    tree = shapely.STRtree(shapes)
    first, second = tree.query(shapes, predicate="intersects")
    pairs = [(one, other) for one, other in zip(first.tolist(), second.tolist(), strict=True) if one < other]
    found = {}
    for one, other in pairs:
        shared = _polygons(shapely.intersection(shapes[one], shapes[other]))
        if shared:
            found[one, other] = _described(shapely.union_all(shared), (names[one], names[other]))
    return found


def _close_pairs(edges: NDArray[np.object_], wrong: NDArray[np.int64]) -> set[tuple[int, int]]:
    """Return the rows of units whose wrong edges are close to each other."""
    tree = shapely.STRtree(edges[wrong])
    first, second = tree.query(edges[wrong], predicate="dwithin", distance=_NARROW)
    pairs = zip(wrong[first].tolist(), wrong[second].tolist(), strict=True)
    return {(one, other) for one, other in pairs if one < other}


def _strips(
    shapes: NDArray[np.object_],
    edges: NDArray[np.object_],
    pairs: list[tuple[int, int]],
    known: shapely.Geometry,
    names: list[str],
) -> list[Meeting]:
    """Find narrow strips between two borders that are open at an end; those that enclose them are known."""
    found = []
    for one, other in pairs:
        zone = shapely.intersection(*shapely.buffer(edges[[one, other]], _NARROW / 2))
        near = shapes[shapely.intersects(shapes, zone)]
        left = _polygons(shapely.difference(shapely.difference(zone, shapely.union_all(near)), known))
        strip = [part for part in left if part.area < _SLENDER * (part.length / 4) ** 2]
        if strip:
            found.append(_described(shapely.union_all(strip), (names[one], names[other])))
    return found


def _polygons(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the polygons of a geometry."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if part.geom_type == "Polygon" and part.area > 0]


def _largest(found: list[Meeting]) -> tuple[Meeting, ...]:
    kept = [one for one in found if one.area_km2 >= _LEAST_KM2]
    return tuple(sorted(kept, key=lambda one: (-one.area_km2, one.units)))
