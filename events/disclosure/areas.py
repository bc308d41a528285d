"""Areas that coarsened places become: units of the country, or cells of a grid."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import shapely

from willay.data.countries import PRECISIONS
from willay.events.disclosure.coarsening import Area
from willay.events.frame.nesting import Nestings, recorded_names
from willay.events.frame.units import finest_level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.disclosure.names import Names
    from willay.events.frame.units import Spot
    from willay.events.model.canonical import Document

_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of a country, for a profile.

    Attributes:
        level: How far places are coarsened; see `Profile.place`.
        units: Code and outline of first-level units by name; where several have a name, only a code decides.
        shapes: Outlines of all regions that have an administrative code, by it.
        grid: The size of the grid's cells, degrees.
        nestings: How the codes of units nest.
    """

    level: str
    units: Mapping[str, Sequence[tuple[Any, Any]]]
    shapes: Mapping[str, Any]
    grid: float
    nestings: Nestings = field(default_factory=Nestings)

    @classmethod
    def of(cls, profile: Profile, units: gpd.GeoDataFrame, coded: gpd.GeoDataFrame) -> Areas:
        """Make them.

        Args:
            profile: Says how far places are coarsened.
            units: The first-level units of the country: `name_es`, `name_en`, `admin_code` and geometry, EPSG:4326.
            coded: Regions of any set with an `admin_code`, geometry and, where known, `definition`.
        """
        by_name: dict[str, dict[Any, Any]] = defaultdict(dict)
        for name, code, shape in zip(recorded_names(units), units["admin_code"], units.geometry, strict=True):
            by_name[name][code] = shape
        return cls(
            profile.place,
            {name: tuple(shapes.items()) for name, shapes in by_name.items()},
            dict(zip(coded["admin_code"], coded.geometry, strict=True)),
            profile.grid_degrees,
            Nestings.of_regions(coded),
        )

    def around(self, place: Document, spot: Spot, names: Names) -> Area:
        """Return the area that a place becomes: a unit, else a cell of the grid, else the whole country.

        Args:
            place: The place's document.
            spot: Where it is.
            names: What no area may be called.
        """
        found = self._unit(place, spot) if self.level != "grid" else None
        is_wide = finest_level(place["precision"], has_code=True) == 0  # a point stands for more than a cell
        if found is None and not is_wide and spot.shape is not None and not spot.shape.is_empty:
            found = self._cell(place, spot.shape)
        if found is None or any(names.found_in(name) for name in (found.name, *found.units) if name):
            return Area(place["country"], "country")
        return found

    def _unit(self, place: Document, spot: Spot) -> Area | None:
        """Return the unit that a place lies in; it has no outline where no region has its code."""
        code = place.get("admin_code") or ""
        nesting = self.nestings.of(place["country"])
        chain = nesting.chain(code) if self.nestings.level(place["country"], code) else ()
        for depth in range(PRECISIONS.index(self.level), 0, -1):
            name = spot.units[depth]
            if len(chain) > depth and name is not None:
                first, second, third = (name if level <= depth else None for level, name in enumerate(spot.units))
                unit = chain[depth]
                return Area(name, PRECISIONS[depth], unit, (first, second, third), self.shapes.get(unit))
        first = spot.units[0]
        called = self.units.get(first, ()) if first is not None else ()
        if len(called) > 1:
            called = [one for one in called if one[0] in chain]
        if first is None or len(called) != 1:
            return None
        unit_code, shape = called[0]
        return Area(first, PRECISIONS[0], unit_code, (first, None, None), shape)

    def _cell(self, place: Document, shape: shapely.Geometry) -> Area:
        at, grid = shapely.point_on_surface(shape), self.grid
        west, south = (round(math.floor(value / grid) * grid, _DECIMALS) for value in (at.x, at.y))
        cell = shapely.box(west, south, round(west + grid, _DECIMALS), round(south + grid, _DECIMALS))
        return Area(f"{place['country']}, {west:g}/{south:g}", "area", shape=cell)
