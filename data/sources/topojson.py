"""Decoding TopoJSON (the arcs of a topology, delta-coded) into shapely geometries.

Format: https://github.com/topojson/topojson-specification
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Point = tuple[float, float]
SMALLEST_RING = 4


def features(path: Path, name: str) -> Iterator[tuple[str | None, dict[str, Any], shapely.MultiPolygon]]:
    """Yield (id, properties, geometry) of the polygons of one object of a topology."""
    topology = json.loads(path.read_text("utf-8"))
    arcs = [_decoded(arc, topology.get("transform")) for arc in topology["arcs"]]
    for part in topology["objects"][name]["geometries"]:
        polygons = {"Polygon": [part.get("arcs")], "MultiPolygon": part.get("arcs")}.get(part["type"], [])
        rings = [[_ring(arcs, ring) for ring in polygon] for polygon in polygons]
        whole = [shapely.Polygon(r[0], r[1:]) for r in rings if len(r[0]) >= SMALLEST_RING]
        yield part.get("id"), part.get("properties") or {}, shapely.MultiPolygon(whole)


def _decoded(arc: Sequence[Sequence[float]], transform: dict[str, Any] | None) -> list[Point]:
    if transform is None:
        return [(x, y) for x, y in arc]
    (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
    xs = itertools.accumulate(step[0] for step in arc)
    ys = itertools.accumulate(step[1] for step in arc)
    return [(x * kx + tx, y * ky + ty) for x, y in zip(xs, ys, strict=True)]


def _ring(arcs: Sequence[list[Point]], ids: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    for number in ids:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points
