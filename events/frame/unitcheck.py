"""Points that lie outside the unit they name: most often the wrong unit was taken, or two digits were swapped.

A point is compared with the outline of the finest unit around its code that has one in the database, else of one that
holds it. It is reported where it lies farther outside than the outline may run from the true limit, and than the place
itself may lie from its point.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from willay.data.boundaries import accuracy_m
from willay.data.codebook import codebook
from willay.data.unit_codes import parts_of, unit_in_words
from willay.events.frame.nesting import Nestings, names_by_code
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

_OFFSHORE = ("sea", "unknown")
"""Place precisions that do not refer to an administrative unit."""

_WHOLE_KM = 10_000.0
"""From this distance on, in metres, kilometres are shown without decimals."""


@dataclass(frozen=True, slots=True)
class OutsideUnit:
    """A point outside the unit that its place names.

    Attributes:
        position: The place's position among those asked about.
        name: The place's name.
        unit: The unit in words, as it was named.
        distance_m: How far outside it lies, metres.
        is_least: Whether only the outline of a wider unit is known: the true distance is as much or more.
    """

    position: int
    name: str
    unit: str
    distance_m: float
    is_least: bool

    def __str__(self) -> str:
        """Return what a person should look at again."""
        km = self.distance_m / 1000
        far = f"{km:.0f}" if self.distance_m >= _WHOLE_KM else f"{km:.1f}"
        told = {"name": self.name[:80], "far": far, "unit": self.unit}
        if self.is_least:
            return tr(
                "{name!r}: the point is at least {far} km outside {unit}. Check the coordinates and the administrative "
                "code.",
                **told,
            )
        return tr(
            "{name!r}: the point is {far} km outside {unit}. Check the coordinates and the administrative code.", **told
        )


def outside_units(places: Sequence[Mapping[str, Any]], regions: gpd.GeoDataFrame) -> list[OutsideUnit]:
    """Find the points that lie outside the unit they name, in the order of the places.

    Args:
        places: With name, precision, country, lon, lat, admin_code and radius_m, as drafts and tables have them; a
            place without a point or a code has nothing to compare.
        regions: All versions of regions; those with an administrative code are outlines of units.
    """
    from willay.geo.distance import distance_outside_m  # noqa: PLC0415 — PROJ, which only a point outside needs

    outlines = _Outlines(regions)
    asked: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, place in enumerate(places):
        if place.get("admin_code") and place.get("lon") is not None and place["precision"] not in _OFFSHORE:
            asked[str(place["country"]), str(place["admin_code"])].append(position)
    found = []
    for (country, code), positions in asked.items():
        unit, shapes = outlines.around(country, code)
        for position in _outside_all(places, positions, list(shapes.values())):
            place = places[position]
            distances = {
                name: distance_outside_m((place["lon"], place["lat"]), shape) for name, shape in shapes.items()
            }
            if all(metres > accuracy_m(name, unit) + _radius_m(place) for name, metres in distances.items()):
                words = unit_in_words(country, code, outlines.nestings.of(country), outlines.names)
                found.append(OutsideUnit(position, str(place["name"]), words, min(distances.values()), unit != code))
    return sorted(found, key=lambda one: one.position)


def _outside_all(
    places: Sequence[Mapping[str, Any]], positions: Sequence[int], shapes: Sequence[shapely.Geometry]
) -> list[int]:
    """Return the positions of the places that none of some shapes holds; none where there is no shape to decide it."""
    if not shapes:
        return []
    lon, lat = (np.array([places[position][axis] for position in positions], dtype=float) for axis in ("lon", "lat"))
    inside = np.zeros(len(positions), dtype=bool)
    for shape in shapes:
        shapely.prepare(shape)
        inside |= shapely.intersects_xy(shape, lon, lat)
    return [position for position, held in zip(positions, inside, strict=True) if not held]


def _radius_m(place: Mapping[str, Any]) -> float:
    stated = place.get("radius_m")
    usual = codebook().place_precision[place["precision"]].facts.get("radius_m")
    return float(stated if stated is not None and stated == stated else usual or 0.0)  # noqa: PLR0124 — NaN is not itself


class _Outlines:
    """The outlines of units, by the code of the unit."""

    def __init__(self, regions: gpd.GeoDataFrame) -> None:
        self.nestings, self.names = Nestings.of_regions(regions), names_by_code(regions)
        coded = regions[regions["admin_code"].notna()]
        self._shapes: dict[str, dict[str, list[shapely.Geometry]]] = defaultdict(lambda: defaultdict(list))
        for set_name, code, shape in zip(coded["set"], coded["admin_code"], coded.geometry, strict=True):
            if shape is not None and not shape.is_empty:
                self._shapes[str(set_name)][str(code)].append(shape)
        self._units: dict[tuple[str, str], dict[str, shapely.Geometry]] = {}

    def around(self, country: str, code: str) -> tuple[str, dict[str, shapely.Geometry]]:
        """Return the finest unit around a code that is whole in some set, and its outline by the set's name."""
        for unit in reversed(self.nestings.of(country).chain(code)):
            if shapes := self._of(country, unit):
                return unit, shapes
        return code, {}

    def _of(self, country: str, unit: str) -> dict[str, shapely.Geometry]:
        if (country, unit) not in self._units:
            self._units[country, unit] = {
                set_name: shapely.union_all([shape for part in parts for shape in by_code[part]])
                for set_name, by_code in self._shapes.items()
                if (parts := parts_of(country, unit, by_code.keys(), self.nestings.of(country)))
            }
        return self._units[country, unit]
