"""Which first-level unit of a country a name means, as a database divides the country, else as it is known here.

A dataset names the unit of an event better than a point shows it, since outlines are drawn roughly; and a place that is
known to a unit only has no other sign of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from willay.data.unit_codes import first_level, first_level_called, first_level_names, unit_names
from willay.data.unitnames import bare, plain
from willay.events.frame.nesting import Nestings, countries_of, stated
from willay.events.frame.units import COAST_DEGREES, POINT_PRECISIONS, ever_valid, finest_level
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

    import geopandas as gpd


@dataclass(frozen=True)
class UnitNames:
    """The first-level units of countries by their names.

    Attributes:
        codes: The codes of the units of each country that a database has, by all their names, without accents and
            case; several units may have a name.
        bare: The same by their names without words for kinds of units, such as *state of*.
        shapes: The outlines of the units, by country and code.
        called: The local names of the units, by country and code.
        parted: Units from which a set has parted another (15, Lima, without 1501): where a place is in them, its point
            shows more than their name.
        nestings: How the codes of the units nest.
    """

    codes: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    bare: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    shapes: Mapping[tuple[str, str], shapely.Geometry] = field(default_factory=dict)
    called: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parted: frozenset[tuple[str, str]] = frozenset()
    nestings: Nestings = field(default_factory=Nestings)
    _meant: dict[tuple[str, str], str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of_regions(cls, regions: gpd.GeoDataFrame) -> Self:
        """Read them of all versions of regions: those that are a first-level unit and valid on some day."""
        regions = regions[ever_valid(regions)]
        countries, nestings = countries_of(regions), Nestings.of_regions(regions)
        levels = nestings.levels(countries, regions["admin_code"])
        codes: dict[str, dict[str, list[str]]] = {}
        bared: dict[str, dict[str, list[str]]] = {}
        shapes: dict[tuple[str, str], shapely.Geometry] = {}
        called: dict[tuple[str, str], str] = {}
        for row in np.flatnonzero(levels == 1).tolist():
            country, code = countries[row], regions["admin_code"].iloc[row]
            shapes[country, code] = regions.geometry.iloc[row]
            names = [*_names(regions, row)]
            called[country, code] = next(iter(names), code)
            for name in {plain(name) for name in names}:
                _put(codes.setdefault(country, {}), name, code)
                _put(bared.setdefault(country, {}), bare(name), code)
        return cls(codes, bared, shapes, called, frozenset(parted_units(regions, nestings)), nestings)

    def meant(self, country: str, text: str) -> str | None:
        """Return the code of the one first-level unit that a name or code means; None where it means none or several.

        Args:
            country: ISO 3166-1 alpha-2.
            text: What somebody calls the unit, in any of its languages, with words such as *state of* or without.
        """
        asked = (country, text)
        if asked not in self._meant:
            self._meant[asked] = self._find(country, text)
        return self._meant[asked]

    def name(self, country: str, code: str) -> str:
        """Return what a unit is called; its code where nobody knows."""
        return next(iter(unit_names(country, code)[-1:]), self.called.get((country, code), code))

    def knows(self, country: str) -> bool:
        """Return whether any first-level unit of a country is known."""
        return bool(self.codes.get(country)) or bool(first_level(country))

    def code_for(self, place: Mapping[str, Any], text: str) -> tuple[str | None, str]:
        """Return the code that a place gets of the first-level unit that is named for it, and what is to be said of it.

        Args:
            place: Its precision and country, and its point where it has one.
            text: What the unit is called.

        Returns:
            No code where the place is not known to lie in one unit, nobody knows the units of its country, the name is
            not that of one unit, or its point shows more; and a remark in the language of now, or "".
        """
        country = place.get("country") or ""
        if not text or not finest_level(place["precision"], has_code=True) or not self.knows(country):
            return None, ""
        code = self.meant(country, text)
        if code is None:
            return None, tr(
                "not the name of one first-level unit of {country}; imported without a code", country=country
            )
        if place["precision"] not in POINT_PRECISIONS or place.get("lon") is None:
            return code, ""
        if (country, code) in self.parted:
            return None, ""
        is_far = self.is_far(country, code, place["lon"], place["lat"])
        return code, tr("the point lies outside this unit; both are stored as given") if is_far else ""

    def _find(self, country: str, text: str) -> str | None:
        own, asked = self.codes.get(country, {}), plain(text)
        if len(called := own.get(asked, ())) == 1:
            return called[0]
        code = first_level_called(country, text)
        if not own or (country, code) in self.shapes:
            return code
        if len(called := self.bare.get(country, {}).get(bare(asked), ())) == 1:
            return called[0]
        names = first_level_names(country, code) if code else ()
        same = {one for name in names for one in own.get(plain(name), ())}
        return same.pop() if len(same) == 1 else None

    def is_far(self, country: str, code: str, lon: float, lat: float) -> bool:
        """Return whether a point lies outside a unit, farther than outlines are exact; not where none is known."""
        shape = self.shapes.get((country, code))
        if shape is None:
            return False
        shapely.prepare(shape)
        return not shapely.dwithin(shape, shapely.Point(lon, lat), COAST_DEGREES)


def _names(regions: gpd.GeoDataFrame, row: int) -> Iterator[str]:
    """Yield all that a region is called: its names, and those that its `definition` has as aliases."""
    texts = [regions[name].iloc[row] for name in ("name_es", "name_en")]
    others = stated(regions["definition"].iloc[row], "aliases") if "definition" in regions else None
    yield from (text for text in (*texts, *(others or ())) if isinstance(text, str) and text)


def _put(known: dict[str, list[str]], name: str, code: str) -> None:
    codes = known.setdefault(name, [])
    if name and code not in codes:
        codes.append(code)


def parted_units(regions: gpd.GeoDataFrame, nestings: Nestings) -> Iterator[tuple[str, str]]:
    """Yield the units, by country and code, that a set has next to a finer unit which lies in them."""
    rows = zip(regions["set"], countries_of(regions), regions["admin_code"], strict=True)
    coded = {(set_name, country, code) for set_name, country, code in rows if isinstance(code, str)}
    for set_name, country, code in coded:
        for wider in nestings.of(country).chain(code)[:-1]:
            if (set_name, country, wider) in coded:
                yield country, wider
