"""What is shipped for a country: its region sets and its incidents. Nothing outside `data/` knows a country's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.data.errors import UnknownTermError
from willay.data.incidents import FOLDERS
from willay.data.registry import dataset, datasets

if TYPE_CHECKING:
    import geopandas as gpd

COUNTRIES: Final = ("PE",)
"""The countries with shipped regions, ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class ShippedRegions:
    """A region set that is shipped for a country.

    Attributes:
        name: The set's name.
        frame: Its regions, as `zones()` gives them.
        attribution: Whom to credit.
        licence: SPDX id.
    """

    name: str
    frame: gpd.GeoDataFrame
    attribution: str
    licence: str


@dataclass(frozen=True, slots=True)
class ShippedDataset:
    """The terms of the incidents that are shipped for a country.

    Attributes:
        name: What the incidents call their dataset.
        licence: SPDX id.
        attribution: Whom to credit.
    """

    name: str
    licence: str
    attribution: str


def incident_terms(country: str) -> ShippedDataset:
    """Return the terms of the incidents shipped for a country.

    Raises:
        UnknownTermError: None are shipped for it.
    """
    if country not in FOLDERS:
        raise UnknownTermError("country with shipped incidents", country, tuple(FOLDERS), None)
    entry = next(entry for entry in datasets() if entry.path.startswith(f"incidents/{FOLDERS[country]}/"))
    return ShippedDataset(f"willay-{FOLDERS[country]}", entry.licence, entry.attribution)


def region_sets(country: str) -> tuple[ShippedRegions, ...]:
    """Return the region sets shipped for a country, the first-level units first.

    The frame of the units has the columns `population` besides, people by census year as JSON (see `populations`), and
    `area_km2` where the outline does not show it.

    Raises:
        UnknownTermError: Nothing is shipped for the country.
    """
    from willay.data.boundaries import departments, stated_area_km2  # noqa: PLC0415 — geopandas, which the list of countries does not need
    from willay.data.populations import population_text  # noqa: PLC0415 — likewise
    from willay.data.zones import zones  # noqa: PLC0415 — likewise

    if country not in COUNTRIES:
        raise UnknownTermError("country with shipped regions", country, COUNTRIES, None)
    units = departments().rename(columns={"ubigeo": "admin_code"}).assign(kind="department")
    units["population"] = [population_text("pe-departments", key) for key in units["key"]]
    units["area_km2"] = [stated_area_km2("pe-departments", key) for key in units["key"]]
    return (_shipped("pe-departments", units), _shipped("pe-conflict-zones", zones()))


def _shipped(name: str, frame: gpd.GeoDataFrame) -> ShippedRegions:
    entry = dataset(name)
    return ShippedRegions(name, frame, entry.attribution, entry.licence)
