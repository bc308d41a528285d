"""The region sets that are shipped for a country, and the terms of its incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.data.countries import country as known_country
from willay.data.errors import UnknownTermError
from willay.data.incidents import FOLDERS, selection
from willay.data.packs import shipped_pack
from willay.data.registry import dataset, datasets

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

_PERU: Final = "PE"


@dataclass(frozen=True, slots=True)
class ShippedRegions:
    """A region set that is shipped for a country.

    Attributes:
        name: The set's name.
        frame: Its regions, as `places()` gives them.
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
        selection: By which rule they were chosen from all that happened, by language; None where they are all.
    """

    name: str
    licence: str
    attribution: str
    selection: Mapping[str, str] | None = None


def has_regions(country: str) -> bool:
    """Return whether any region sets are shipped for a country."""
    return country == _PERU or shipped_pack(country) is not None


def incident_terms(country: str) -> ShippedDataset:
    """Return the terms of the incidents shipped for a country.

    Raises:
        UnknownTermError: None are shipped for it.

    Example:
        >>> from willay.data import incident_terms
        >>> incident_terms("PE").licence
        'CC-BY-4.0'
    """
    if country not in FOLDERS:
        raise UnknownTermError("country with shipped incidents", country, tuple(FOLDERS), None)
    folder = f"incidents/{FOLDERS[country]}/"
    entry = next(one for one in datasets() if one.path.startswith(folder) and one.path.endswith(".yaml"))
    return ShippedDataset(f"willay-{FOLDERS[country]}", entry.licence, entry.attribution, selection(country))


def region_sets(country: str) -> tuple[ShippedRegions, ...]:
    """Return the region sets shipped for a country, the first-level units first; for all but Peru these alone.

    The frame of Peru's units has the columns `population` besides, people by census year as JSON (see `populations`),
    and `area_km2` where the outline does not show it. What a reader must know of a country's units is the
    `outline_note` of each.

    Raises:
        UnknownTermError: Nothing is shipped for the country.

    Example:
        >>> from willay.data import region_sets
        >>> [one.name for one in region_sets("KE")]
        ['ke-adm1']
    """
    from willay.data.boundaries import departments, stated_area_km2  # noqa: PLC0415 — geopandas, which the list of countries does not need
    from willay.data.populations import population_text  # noqa: PLC0415 — likewise
    from willay.data.zones import EMERGENCIES, PLACES, emergencies, places  # noqa: PLC0415 — likewise

    if country != _PERU:
        return (_first_level(country),)
    units = departments().rename(columns={"ubigeo": "admin_code"}).assign(kind="department")
    units["population"] = [population_text("pe-departments", key) for key in units["key"]]
    units["area_km2"] = [stated_area_km2("pe-departments", key) for key in units["key"]]
    return (
        _shipped("pe-departments", units, "pe-departments"),
        _shipped(PLACES, places(), f"zones-{PLACES}"),
        _shipped(EMERGENCIES, emergencies(), f"zones-{EMERGENCIES}"),
    )


def _first_level(code: str) -> ShippedRegions:
    """Return the first-level units of a country but Peru as a region set."""
    known = known_country(code)
    frame = known.units().rename(columns={"code": "admin_code"})
    level = known.levels[0]
    frame["kind"] = frame["kind"].where(frame["kind"] != "", level.word("en"))
    said = [note.words for note in known.notes]
    if said:
        frame["outline_note"] = [{lang: " ".join(words[lang] for words in said) for lang in ("en", "es")}] * len(frame)
    entry = dataset("world-base")
    return ShippedRegions(known.set_name, frame.drop(columns="aliases"), entry.attribution, entry.licence)


def _shipped(name: str, frame: gpd.GeoDataFrame, registered: str) -> ShippedRegions:
    entry = dataset(registered)
    return ShippedRegions(name, frame, entry.attribution, entry.licence)
