"""Where places are: the units and regions that follow from their codes, names and coordinates."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from willay.data.unit_codes import first_level_names, first_level_shapes, is_listed, unit_names
from willay.data.units import unit_name
from willay.data.zones import present_name
from willay.events.frame.nesting import Nestings, countries_of, names_by_code, recorded_language, recorded_names
from willay.events.frame.units import (
    POINT_PRECISIONS,
    circles_of,
    ever_valid,
    finest_level,
    known_code,
    nearest_units,
    radii_m,
    reached,
)
from willay.geo.join import join_regions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.events.frame.nesting import Names

_OFFSHORE: Final = ("sea", "unknown")
"""Place precisions that say nothing of a country."""


@dataclass(frozen=True, slots=True)
class Located:
    """What is worked out of a place.

    Attributes:
        admin: Names of the first, second and third-level unit; None where not known.
        region_fid: The version of a region that is the place's shape, or None.
        shape: The place's point, else the region's shape, else None.
    """

    admin: tuple[str | None, str | None, str | None] = (None, None, None)
    region_fid: int | None = None
    shape: shapely.Geometry | None = None


def admin_set(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the regions that divide each country: of the sets in which every area has a code, the one of the widest.

    Each country has one such set; most databases are about one country.
    """
    return regions.iloc[_admin_rows(regions)].reset_index(drop=True)


def _admin_rows(regions: gpd.GeoDataFrame) -> list[int]:
    """Return the positions of the regions of the sets that divide the countries."""
    whole = regions.groupby("set")["admin_code"].transform(lambda codes: codes.notna().all()).to_numpy(bool)
    whole = whole & ever_valid(regions)
    countries = countries_of(regions)
    levels = Nestings.of_regions(regions).levels(countries, regions["admin_code"])
    sets = regions["set"].tolist()
    coded: dict[tuple[str, str], list[int]] = {}
    for row in np.flatnonzero(whole).tolist():
        coded.setdefault((countries[row], sets[row]), []).append(row)
    best: dict[str, tuple[float, float, str]] = {}
    for (country, set_name), rows in coded.items():
        depth = float(np.mean([levels[row] or _NO_LEVEL for row in rows]))
        length = float(np.mean([len(regions["admin_code"].iloc[row]) for row in rows]))
        best[country] = min(best.get(country, (depth, length, set_name)), (depth, length, set_name))
    return sorted(row for country, (_, _, name) in best.items() for row in coded[country, name])


_NO_LEVEL: Final = 9
"""Where a unit whose level is not known comes among those of known levels: last."""


def locate(
    places: Sequence[Mapping[str, Any]], first_days: Sequence[str | None], regions: gpd.GeoDataFrame
) -> list[Located]:
    """Work out the units and shapes of places.

    Args:
        places: Rows of the table `place`.
        first_days: The first day of the incident of each, ISO, or None.
        regions: All versions of regions.
    """
    nestings = Nestings.of_regions(regions)
    around = _units_around(places, first_days, regions, nestings)
    versions, units = _Versions(regions, nestings), _NamedUnits(nestings, names_by_code(regions))
    points = iter(shapely.points(*_lon_lat([place for place in places if place["lon"] is not None])).tolist())
    located = []
    for place, first_day, unit in zip(places, first_days, around, strict=True):
        names = units.around(place) or (unit, None, None)
        if place["lon"] is not None:
            located.append(Located(names, None, next(points)))
            continue
        row = versions.of_place(place, first_day)
        shape = None if row is None else regions.geometry.iloc[row]
        located.append(Located(names, None if row is None else int(regions["fid"].iloc[row]), shape))
    return located


def _units_around(
    places: Sequence[Mapping[str, Any]],
    first_days: Sequence[str | None],
    regions: gpd.GeoDataFrame,
    nestings: Nestings,
) -> list[str | None]:
    """Name the first-level unit that holds each point, where only coordinates are known, as exactly as that needs.

    Units are those valid on the first day of the incident; of one without a day, those valid always.
    """
    names: list[str | None] = [None] * len(places)
    asked = [
        n for n, place in enumerate(places) if place["lon"] is not None and not place["admin_code"] and _level(place)
    ]
    units = admin_set(regions) if asked else regions.iloc[:0]
    begins, ends = (_days(units[name].to_numpy()) for name in ("valid_from", "valid_until"))
    limits = sorted({day for day in (*begins, *ends) if day is not None})
    by_time: dict[int, list[int]] = {}
    for n in asked:
        day = first_days[n]
        by_time.setdefault(-1 if day is None else bisect_right(limits, day), []).append(n)
    for at, there in by_time.items():
        after = None if at < 0 else limits[at - 1] if at else ""
        valid = [row for row, limit in enumerate(zip(begins, ends, strict=True)) if _is_valid_from(*limit, after)]
        for n, name in _named_around([places[n] for n in there], units.iloc[valid].reset_index(drop=True), nestings):
            names[there[n]] = name
    return names


def _is_valid_from(begins: str | None, ends: str | None, after: str | None) -> bool:
    """Return whether a version is valid from a limit of time to the next one; None asks for one without limits."""
    if after is None:
        return begins is None and ends is None
    return (begins or "") <= after and (ends is None or after < ends)


def _named_around(
    places: Sequence[Mapping[str, Any]], units: gpd.GeoDataFrame, nestings: Nestings
) -> Iterator[tuple[int, str]]:
    """Yield the positions of points that a unit holds, each with the unit's name; of several the last is meant."""
    if not len(units):
        return
    lon, lat = _lon_lat(places)
    hits = join_regions(lon, lat, units.geometry)
    spanning = _spanning(places, lon, lat, units)
    names, levels = recorded_names(units), nestings.levels(countries_of(units), units["admin_code"])
    for point, region in zip(hits.point_index[::-1].tolist(), hits.region_index[::-1].tolist(), strict=True):
        place = places[point]
        if not spanning[point] and (place["precision"] in POINT_PRECISIONS or 0 < levels[region] <= _level(place)):
            yield point, names[region]
    for point, region in _beside(places, np.unique(hits.point_index), units):
        if not spanning[point]:
            yield point, names[region]


def _beside(
    places: Sequence[Mapping[str, Any]], inside: NDArray[np.intp], units: gpd.GeoDataFrame
) -> Iterator[tuple[int, int]]:
    """Yield each exact point that no unit holds with the nearest of its own country, the first of several last."""
    outside = np.setdiff1d(np.arange(len(places)), inside)
    outside = np.array([n for n in outside if places[n]["precision"] in POINT_PRECISIONS], np.intp)
    own = countries_of(units)
    countries = np.array([places[n]["country"] for n in outside], dtype=object)
    for country in dict.fromkeys(countries):
        rows, near = outside[countries == country], np.flatnonzero(own == country)
        lon, lat = _lon_lat([places[n] for n in rows])
        point, unit = nearest_units(lon, lat, units.geometry.iloc[near])
        yield from zip(rows[point][::-1].tolist(), near[unit][::-1].tolist(), strict=True)


def _level(place: Mapping[str, Any]) -> int:
    return finest_level(place["precision"], has_code=bool(place["admin_code"]))


def _spanning(
    places: Sequence[Mapping[str, Any]], lon: NDArray[np.float64], lat: NDArray[np.float64], units: gpd.GeoDataFrame
) -> NDArray[np.bool_]:
    """Return which places are near a point from which their circle reaches into several units."""
    radii = radii_m([place["precision"] for place in places], [place["radius_m"] for place in places])
    circle, unit = reached(circles_of(lon, lat, radii), units.geometry)
    keys = units["key"].tolist()
    reached_by: dict[int, set[str]] = {}
    for place, at in zip(circle.tolist(), unit.tolist(), strict=True):
        reached_by.setdefault(place, set()).add(keys[at])
    return np.array([len(reached_by.get(place, ())) > 1 for place in range(len(places))], dtype=bool)


def _lon_lat(places: Sequence[Mapping[str, Any]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pairs = np.array([(place["lon"], place["lat"]) for place in places], dtype=float).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


@dataclass(frozen=True, slots=True)
class _NamedUnits:
    """Names of units by their codes, whatever the language of now.

    They are those that are listed for the country, else those of the regions, else the Spanish ones that are included.
    """

    nestings: Nestings
    names: Mapping[str, str]
    _known: dict[tuple[str, str, int], Names] = field(default_factory=dict)

    def around(self, place: Mapping[str, Any]) -> Names | None:
        """Return the units that a place's code stands for, as far as it is known; None where it has none."""
        code, country, level = place["admin_code"], place["country"], _level(place)
        if not code:
            return None
        asked = (country, code, level)
        if asked not in self._known:
            self._known[asked] = self._find(*asked)
        found = self._known[asked]
        return found if any(found) or level == 0 else None

    def _find(self, country: str, code: str, level: int) -> Names:
        code = self.nestings.of(country).today(code)
        if is_listed(country):
            names = unit_names(country, code)[:level]
            first, second, third = (*names, None, None, None)[:3]
            return first, second, third
        nesting = self.nestings.of(country)
        known = known_code(code, level, nesting)
        found = self.nestings.names(country, known, self.names)
        if any(found) or not known:
            return found
        widest = nesting.cut(known, 1)
        listed = first_level_names(country, widest)
        return unit_name(country, widest, recorded_language(country)) if listed else None, None, None


class _Versions:
    """Finds the version of a region that is a place."""

    def __init__(self, regions: gpd.GeoDataFrame, nestings: Nestings) -> None:
        self._nestings = nestings
        self._begins, self._ends = (_days(regions[name].to_numpy()) for name in ("valid_from", "valid_until"))
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, list[int]] = {}
        self._sets = regions["set"].tolist()
        units = zip(regions["set"], countries_of(regions), regions["admin_code"], strict=True)
        self._parted = {
            (set_name, wider)
            for set_name, country, code in units
            if isinstance(code, str)
            for wider in nestings.of(country).chain(code)[:-1]
        }
        for row, (set_name, key, code) in enumerate(
            zip(regions["set"], regions["key"], regions["admin_code"], strict=True)
        ):
            self._by_name.setdefault(f"{set_name}/{key}", []).append(row)
            if isinstance(code, str):
                self._by_code.setdefault(code, []).append(row)

    def of_place(self, place: Mapping[str, Any], first_day: str | None) -> int | None:
        """Return the row of the region that a place is by name, or by its code; None where there is none.

        A code of which a set has only parts (Lima's without its province) is none's.
        """
        if place["region"]:
            return self._on(self._by_name.get(present_name(place["region"], self._by_name), []), first_day)
        if place["admin_code"] and place["precision"] not in POINT_PRECISIONS:
            code = known_code(place["admin_code"], _level(place), self._nestings.of(place["country"]))
            whole = [row for row in self._by_code.get(code, []) if (self._sets[row], code) not in self._parted]
            return self._on(whole, first_day)
        return None

    def _on(self, rows: Sequence[int], day: str | None) -> int | None:
        """Choose the version valid on a day, else the latest before it, else the first."""
        ordered = sorted(rows, key=lambda row: self._begins[row] or "")
        if day is None:
            return ordered[-1] if ordered else None
        valid = [row for row in ordered if self._is_valid(row, day)]
        begun = [row for row in ordered if (self._begins[row] or "") <= day]
        return next(iter([*valid[-1:], *begun[-1:], *ordered[:1]]), None)

    def _is_valid(self, row: int, day: str) -> bool:
        ends = self._ends[row]
        return (self._begins[row] or "") <= day and (ends is None or day < ends)


def _days(column: NDArray[np.datetime64]) -> list[str | None]:
    return [None if np.isnat(day) else str(day.astype("datetime64[D]")) for day in column]


def strays(places: Sequence[Mapping[str, Any]], country: str, regions: gpd.GeoDataFrame) -> list[int]:
    """Return the positions of places whose coordinates contradict the country they name.

    A place must lie in the outline of its country, or within about 5 km of it. The outline is that of the country's
    units in the database, else of those included; of an unknown country there is none.

    Args:
        places: With lon, lat, country and precision.
        country: The database's country, ISO 3166-1 alpha-2.
        regions: All versions of regions; a country is the union of its units.
    """
    asked: dict[str, list[int]] = {}
    for n, place in enumerate(places):
        if place["lon"] is not None and place["precision"] not in _OFFSHORE:
            asked.setdefault(place["country"] or country, []).append(n)
    rows = _admin_rows(regions) if asked else []
    owners = [owner or country for owner in countries_of(regions)[rows]]
    found: list[int] = []
    for named, positions in asked.items():
        own = [row for row, owner in zip(rows, owners, strict=True) if owner == named]
        shapes = regions.geometry.iloc[own].to_numpy() if own else first_level_shapes(named)
        if len(shapes):
            within = _is_within(*_lon_lat([places[n] for n in positions]), shapes)
            found += [positions[n] for n in np.flatnonzero(~within)]
    return sorted(found)


def _is_within(lon: NDArray[np.float64], lat: NDArray[np.float64], shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which points lie in one of some shapes, or within about 5 km of one."""
    within = np.zeros(len(lon), dtype=bool)
    within[join_regions(lon, lat, shapes).point_index] = True
    rest = np.flatnonzero(~within)
    within[rest[nearest_units(lon[rest], lat[rest], shapes)[0]]] = True
    return within


def beside_units(places: Sequence[Mapping[str, Any]], regions: gpd.GeoDataFrame) -> list[tuple[int, str]]:
    """Return the exact points without a code that no unit holds, each with the name of the nearest unit, which counts.

    Args:
        places: With lon, lat, country, precision, admin_code and radius_m.
        regions: All versions of regions.
    """
    asked = [
        n
        for n, place in enumerate(places)
        if place["precision"] in POINT_PRECISIONS and place.get("lon") is not None and not place.get("admin_code")
    ]
    units = admin_set(regions) if asked else regions.iloc[:0]
    if not len(units):
        return []
    there = [places[n] for n in asked]
    lon, lat = _lon_lat(there)
    inside = np.unique(join_regions(lon, lat, units.geometry).point_index)
    spanning, names = _spanning(there, lon, lat, units), recorded_names(units)
    found = {asked[point]: names[unit] for point, unit in _beside(there, inside, units) if not spanning[point]}
    return sorted(found.items())
