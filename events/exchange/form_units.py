"""The first-level units of a country as a list of answers, from the regions that a database or a pack has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.data.countries import country

if TYPE_CHECKING:
    import geopandas as gpd


def first_level_units(code: str, regions: gpd.GeoDataFrame) -> dict[str, dict[str, str]]:
    """Return the names of first-level units by language, by administrative code, in order of the codes.

    Args:
        code: The country, ISO 3166-1 alpha-2.
        regions: Regions with `admin_code`, `name_es` and `name_en`; those without a code are left out.
    """
    nesting = country(code).nesting
    found: dict[str, dict[str, str]] = {}
    for row in regions.to_dict("records"):
        unit = row.get("admin_code")
        if isinstance(unit, str) and nesting.level(unit) == 1:
            names = {lang: row.get(f"name_{lang}") for lang in ("es", "en")}
            found.setdefault(unit, {lang: name for lang, name in names.items() if isinstance(name, str) and name})
    return dict(sorted(found.items()))
