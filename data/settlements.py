"""Towns to name on a base map, by how far in a reader must be to want them."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from willay.data.admin import COUNTRY, PROVINCE_DIGITS, admin_units, folded
from willay.data.errors import HOW_TO_WRITE_COUNTRIES, UnknownTermError
from willay.data.gazetteer import Gazetteer
from willay.data.packed_places import capitals
from willay.data.packs import shipped_pack
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.data.gazetteer import PlaceCandidate

CAPITALS: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "PE": MappingProxyType(
            {
                "geonames:3936456": 1,  # Lima
                **dict.fromkeys(
                    (
                        "geonames:3698540", "geonames:3696378", "geonames:3948642", "geonames:3947322",
                        "geonames:3947019", "geonames:3699088", "geonames:3946083", "geonames:3941584",
                        "geonames:3939470", "geonames:3696417", "geonames:3938527", "geonames:3939459",
                        "geonames:3691175", "geonames:3698350", "geonames:3696183", "geonames:3931470",
                        "geonames:3934608", "geonames:3944797", "geonames:3693528", "geonames:3931276",
                        "geonames:3694564", "geonames:3928128", "geonames:3691148", "geonames:3693345",
                        "geonames:3940002",
                    ),
                    2,
                ),
            }
        )
    }
)  # fmt: skip
"""The capital of Peru (1) and of its first-level units (2), by the gazetteer's id; those of others are in packs."""

RANKS: Final = 7
"""Ranks run from 1, the capital, to 7, a place named only on close views."""

_SMALLEST: Final = 500
_SUBURB_RATIO: Final = 3
_CITIES: Final = ((60_000, 0.09), (1_000_000, 0.25))
"""Populations from which a town has suburbs, and the extent of these, degrees."""


def towns(country: str) -> gpd.GeoDataFrame:
    """Return the towns of a country by importance: name, rank, population (None where not known), geometry (points).

    Rank 1 is the capital, 2 are those of the first-level units; 3 has 50,000 people or more, or bears its province's
    name; 4 has 10,000, 5 has 2,000, 6 fewer or nobody knows; 7 is what lies within 10 km of a town three times as
    large (28 km of a city of a million), such as a part of it. Places known to have fewer than 500 people are left out.

    Raises:
        UnknownTermError: There is no such country.

    Example:
        >>> from willay.data import towns
        >>> towns("KE")["name"][0]
        'Nairobi'
    """
    if country not in CAPITALS and shipped_pack(country) is None:
        raise UnknownTermError("country with shipped towns", country, tuple(CAPITALS), None, tr(HOW_TO_WRITE_COUNTRIES))
    return _towns(country).copy()


@cache
def _towns(country: str) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415 — heavy, and a light command may import this module

    places = [place for place in Gazetteer.of_country(country) if _named(place)]
    ranks = _ranks(places, CAPITALS.get(country) or capitals(country), country)
    table = {
        "name": [place.name for place in places],
        "rank": ranks,
        "population": [place.population for place in places],
    }
    at = gpd.points_from_xy([place.lon for place in places], [place.lat for place in places])
    frame = gpd.GeoDataFrame(table, geometry=at, crs="EPSG:4326")
    order = np.lexsort((frame["name"], -frame["population"].fillna(0), frame["rank"]))
    return frame.iloc[order].reset_index(drop=True)


def _named(place: PlaceCandidate) -> bool:
    return (place.population or _SMALLEST) >= _SMALLEST and not place.name.endswith(" District")


def _ranks(places: list[PlaceCandidate], first: Mapping[str, int], country: str) -> list[int]:
    """Return the rank of each place; `first` are those of capitals, by id."""
    peru = admin_units().values() if country == COUNTRY else ()
    provinces = {(unit.code[:2], folded(unit.name)) for unit in peru if len(unit.code) == PROVINCE_DIGITS}
    suburbs = _suburbs(places)
    return [
        first.get(place.id) or (RANKS if suburb else _by_size(place, provinces))
        for place, suburb in zip(places, suburbs, strict=True)
    ]


def _by_size(place: PlaceCandidate, provinces: set[tuple[str, str]]) -> int:
    if (place.code[:2], folded(place.name)) in provinces:
        return 3
    people = place.population or 0
    return next((rank for rank, least in ((3, 50_000), (4, 10_000), (5, 2_000)) if people >= least), 6)


def _suburbs(places: list[PlaceCandidate]) -> NDArray[np.bool_]:
    """Return which places lie close to a much larger one."""
    lon, lat = (np.array([getattr(place, axis) for place in places]) for axis in ("lon", "lat"))
    people = np.array([place.population or 0 for place in places])
    found: NDArray[np.bool_] = np.zeros(len(places), dtype=bool)
    for least, reach in _CITIES:
        for large in np.flatnonzero(people >= least):
            close = np.hypot(lon - lon[large], lat - lat[large]) < reach
            found |= close & (people[large] >= _SUBURB_RATIO * np.maximum(people, 1))
    return found
