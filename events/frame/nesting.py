"""Which unit lies in which, in a database: by the rule of each country, and by the parents that its regions state.

Official codes that do not show what they lie in (MMR001001 in MMR001) have it written with their regions, so that a
database is complete in itself: the `definition` of a region may have a `parent`, the code of the unit that holds it, ""
for a unit of the first level.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.data.countries import country as country_of
from willay.data.nesting import DEEPEST, Nesting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

Names = tuple[str | None, str | None, str | None]
"""Names of a first, second and third-level unit; None where not known."""

PARENT: Final = "parent"
"""The entry of a region's `definition` with the code of the unit that holds it."""

SAME_AS: Final = "same_as"
"""The entry of the `definition` of a unit that ended with its code of today."""

_SAME: Final = "same_codes"
_PARENTS: Final = "parents"
"""The names under which the attributes of a frame of regions carry what all regions of their database state."""

_ISO: Final = re.compile(r"(?P<country>[A-Z]{2})[-.](?P<unit>[^.\s]+)")
"""A code of ISO 3166-2 (MM-06) or GeoNames (MM.17), which is of the first level."""


def stated(definition: Any, entry: str) -> Any:  # noqa: ANN401 — a cell of any frame, and a part of JSON
    """Return an entry of a region's `definition`, which is a mapping or its JSON; None where it has no such entry."""
    if isinstance(definition, str):
        if not definition.startswith("{") or f'"{entry}"' not in definition:
            return None
        definition = json.loads(definition)
    return definition.get(entry) if isinstance(definition, dict) else None


def nesting_of(country: str | None, regions: gpd.GeoDataFrame | None = None) -> Nesting:
    """Return how the codes of a country nest.

    Args:
        country: ISO 3166-1 alpha-2; None is a country that is not known.
        regions: Versions of regions, with the columns admin_code and definition; None where there are none.

    Example:
        >>> import pandas as pd
        >>> from willay.events.frame.nesting import nesting_of
        >>> districts = pd.DataFrame({"admin_code": ["MMR001001"], "definition": ['{"parent":"MMR001"}']})
        >>> nesting_of("MM", districts).chain("MMR001001")
        ('MMR001', 'MMR001001')
    """
    return Nestings.of_regions(regions).of(country)


@dataclass(frozen=True)
class Nestings:
    """How codes nest in each country, with what the regions of a database state.

    Attributes:
        parents: The code of the unit that holds each unit, as regions state it; "" for one of the first level.
        same: Codes that units had before, each with its code of today, as regions that ended state it.
    """

    parents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    same: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    _known: dict[str, Nesting] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _holders(self) -> frozenset[str]:
        return frozenset(self.parents.values()) - {""}

    @classmethod
    def of_regions(cls, regions: gpd.GeoDataFrame | None) -> Nestings:
        """Read what versions of regions state, in `admin_code` and `definition`, and what `with_parents` wrote."""
        if regions is None:
            return cls()
        parents, same = (
            {**regions.attrs.get(name, {}), **_stated_in(regions, entry)}
            for name, entry in ((_PARENTS, PARENT), (_SAME, SAME_AS))
        )
        return cls(parents, same)

    def of(self, country: str | None) -> Nesting:
        """Return how the codes of a country nest; of None, a country that is not known, only by what is stated."""
        code = country or ""
        if code not in self._known:
            usual = country_of(code).nesting
            parents = {**usual.parents, **self.parents}
            self._known[code] = replace(usual, parents=parents, same=self.same) if parents or self.same else usual
        return self._known[code]

    def level(self, country: str | None, code: str) -> int:
        """Return the level of a unit, 1 for the widest; 0 where neither its country's rule nor a region shows it.

        A code that nobody explains, such as that of a police sector, is of no level.
        """
        nesting = self.of(country)
        widest = next(iter(nesting.chain(code)), "")
        in_digits = bool(nesting.digits) and code.isdigit()
        is_known = (
            bool({code, widest} & nesting.parents.keys())
            or widest in self._holders
            or in_digits
            or _ISO.fullmatch(widest)
        )
        return nesting.level(code) if is_known else 0

    def levels(self, countries: Iterable[Any], codes: Iterable[Any]) -> NDArray[np.int64]:
        """Return the level of units, each of a country; 0 for a cell without a code."""
        known: dict[tuple[Any, Any], int] = {}
        found = []
        for country, code in zip(countries, codes, strict=True):
            if (country, code) not in known:
                at = country if isinstance(country, str) else None
                known[country, code] = self.level(at, code) if isinstance(code, str) and code else 0
            found.append(known[country, code])
        return np.array(found, int)

    def names(
        self, country: str | None, code: str, names: Mapping[str, str]
    ) -> tuple[str | None, str | None, str | None]:
        """Return the names of the first, second and third-level unit around a unit, None where there is none.

        Args:
            country: The country of the code.
            code: The unit's code.
            names: Names of units by their codes.
        """
        chain = [names.get(one) for one in self.of(country).chain(code)[:DEEPEST]]
        first, second, third = (*chain, None, None, None)[:DEEPEST]
        return first, second, third


def _stated_in(regions: gpd.GeoDataFrame, entry: str) -> dict[str, str]:
    """Return an entry of the `definition` of regions that is a code, by their own codes."""
    if "definition" not in regions or "admin_code" not in regions:
        return {}
    pairs = zip(regions["admin_code"], regions["definition"], strict=True)
    found = {code: stated(definition, entry) for code, definition in pairs if isinstance(code, str)}
    return {code: other for code, other in found.items() if isinstance(other, str)}


def with_parents(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Let a frame of all regions carry what they state of codes, so that each part of it knows that too."""
    for name, entry in ((_PARENTS, PARENT), (_SAME, SAME_AS)):
        if found := _stated_in(regions, entry):
            regions.attrs[name] = found
    return regions


def country_of_code(code: str) -> str | None:
    """Return the country that a code names, of ISO 3166-2 or in that manner; None where it names none.

    Example:
        >>> from willay.events.frame.nesting import country_of_code
        >>> country_of_code("MM-06.003"), country_of_code("0505")
        ('MM', None)
    """
    match = _ISO.match(code)
    return match["country"] if match else None


def countries_of(regions: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Return the country of each version of a region with a code: its column `country`, else what the code names.

    "" where neither says it, and for regions without a code.
    """
    stated_ = regions["country"] if "country" in regions else [None] * len(regions)
    pairs = zip(stated_, regions["admin_code"], strict=True)
    found = [
        "" if not isinstance(code, str) else at if isinstance(at, str) else country_of_code(code) or ""
        for at, code in pairs
    ]
    return np.array(found, dtype=object)


def recorded_names(regions: gpd.GeoDataFrame) -> list[Any]:
    """Return the name of each version of a region by which a place in it is recorded, whoever records it.

    It is in the country's `recorded_language`, in Spanish where no country is known; in the other where there is none.
    """
    english = regions["name_en"] if "name_en" in regions else [None] * len(regions)
    return [
        its_english if country and isinstance(its_english, str) and recorded_language(country) == "en" else its_spanish
        for country, its_spanish, its_english in zip(countries_of(regions), regions["name_es"], english, strict=True)
    ]


@cache
def recorded_language(country: str) -> str:
    """Return the language of the names by which places of a country are recorded: `es` where it is spoken, or `en`."""
    return "es" if "es" in country_of(country).languages else "en"


def names_by_code(regions: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the recorded names of the units that regions are, by code: of several versions that of the last."""
    if "name_es" not in regions:
        return {}
    pairs = zip(regions["admin_code"], recorded_names(regions), strict=True)
    return {code: name for code, name in pairs if isinstance(code, str) and isinstance(name, str)}
