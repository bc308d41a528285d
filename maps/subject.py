"""What a map is about, in words: the countries of its incidents, and its title where nobody gave one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.data.countries import UNKNOWN, country
from willay.data.country_packs.facts import packs_in
from willay.data.spoken_countries import with_article
from willay.maps.messages import LANGUAGES, messages
from willay.maps.world import home_countries, named_countries

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.maps.incidents import IncidentColumns
    from willay.maps.regions import RegionColumns
    from willay.maps.spec import PageSpec

NAMED: Final = 2
"""Places that are named before the rest is only counted."""


def country_names(frame: gpd.GeoDataFrame) -> dict[str, dict[str, str]]:
    """Return what the countries of incidents are called, by code and language; unknown ones are left out."""
    packs = packs_in(frame.attrs)
    known = [country(code, packs) for code in named_countries(frame) if code != UNKNOWN]
    called = {one.code: {lang: one.name(lang) for lang in LANGUAGES} for one in known}
    return {code: names for code, names in called.items() if code not in names.values()}  # a code is not a name


def map_titles(spec: PageSpec, frame: gpd.GeoDataFrame, key: str = "title") -> dict[str, str]:
    """Return the title of a map by language: the spec's own, else its kind with the countries of the incidents.

    Args:
        spec: What the map is.
        frame: The incidents.
        key: How the messages begin that titles are made of.
    """
    return {lang: spec.title or _title(f"{key}_{spec.kind}", frame, lang) for lang in LANGUAGES}


def _title(key: str, frame: gpd.GeoDataFrame, lang: str) -> str:
    words = messages(lang)
    names = country_names(frame)
    counts = frame["country"].value_counts() if "country" in frame else {}
    codes = sorted(home_countries(frame), key=lambda code: -counts[code])  # the one with the most first
    homes = [with_article(names[code][lang], lang) for code in codes if code in names]
    if not homes:
        return str(words[key])
    return str(words[f"{key}_in"]).format(countries=listed(homes, lang))


def listed(names: list[str], lang: str) -> str:
    """Return names in a row: the first ones, and how many more there are. The page's `where-words.js` does the same."""
    words = messages(lang)
    if len(names) > NAMED:
        more = len(names) - NAMED
        return f"{', '.join(names[:NAMED])} {words['and_more']['one' if more == 1 else 'other'].format(n=more)}"
    return str(words["head_and"]).format(first=names[0], second=names[1]) if len(names) == NAMED else "".join(names)


def regions_named(incidents: IncidentColumns, regions: RegionColumns, wanted: tuple[str, ...]) -> list[Any]:
    """Return the names, by language, of regions that a map opens on, if they hold all its incidents; else none.

    Args:
        incidents: The rows.
        regions: The regions of the same incidents.
        wanted: `set/key`, or a key alone.
    """
    found = [
        region
        for held in regions.sets
        for region in held["regions"]
        if f"{held['key']}/{region['key']}" in wanted or region["key"] in wanted
    ]
    ids = [region["id"] for region in found]
    inside = regions.arrays["member_row"][np.isin(regions.arrays["member_region"], ids)]
    if not found or not np.isin(np.flatnonzero(incidents.arrays["counted"]), inside).all():
        return []
    names = [region["name"] for region in found]
    return [name for number, name in enumerate(names) if name not in names[:number]]
