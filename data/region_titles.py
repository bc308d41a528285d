"""Titles of region sets: in words of their country for its units, in those of the data for the sets that ship."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from willay.data.countries import country
from willay.data.unit_words import heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from willay.data.countries import Level
    from willay.data.country_packs.contents import PackFacts

_UNITS: Final[Mapping[str, tuple[str, int]]] = {"pe-departments": ("PE", 1)}
"""Sets of units whose name has another form than `mm-adm1`: the country and the level."""

_TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "pe-places": {"en": "Valleys and provinces", "es": "Valles y provincias"},
    "pe-emergencies": {"en": "States of emergency", "es": "Estados de emergencia"},
    "pe-conflict-zones": {"en": "Conflict and emergency zones", "es": "Zonas de conflicto y de emergencia"},
}
_OF_LEVEL: Final = re.compile(r"(?P<country>[a-z]{2})-adm(?P<level>[123])")
_OF_COUNTRY: Final = re.compile(r"(?P<country>[a-z]{2})-.+")


def country_of_set(name: str) -> str | None:
    """Return the country whose region set has a name, ISO 3166-1 alpha-2; None where the name does not show it.

    Example:
        >>> from willay.data.region_titles import country_of_set, set_title
        >>> country_of_set("pe-places"), set_title("pe-departments", "es")
        ('PE', 'Departamentos')
    """
    found = _OF_COUNTRY.fullmatch(name)
    return found["country"].upper() if found else None


def country_of_units(name: str) -> str | None:
    """Return the country whose units of a level a region set is, by its name, such as `mm-adm2`; None for others."""
    found = _OF_LEVEL.fullmatch(name)
    return found["country"].upper() if found else None


def level_of_set(name: str) -> Level | None:
    """Return the level of units that a region set is of; None where it is of other areas."""
    found = _OF_LEVEL.fullmatch(name)
    of = (found["country"].upper(), int(found["level"])) if found else _UNITS.get(name)
    return country(of[0]).levels[of[1] - 1] if of else None


def set_titles(facts: PackFacts) -> dict[str, dict[str, str]]:
    """Return the titles of the region sets of a country pack, by set and language."""
    of = country(facts.code, (facts,))
    pairs = ((facts.set_name(one.number), of.levels[one.number - 1]) for one in facts.levels)
    return {name: {lang: heading(level.word(lang, plural=True)) for lang in level.words} for name, level in pairs}


def set_title(name: str, lang: str) -> str:
    """Return what a region set is called: "Departments", "States and regions"; its name where it has no title."""
    if level := level_of_set(name):
        return heading(level.word(lang, plural=True))
    titles = _TITLES.get(name, {})
    return titles.get(lang, titles.get("en", name))
