"""Which incidents lie in which regions, on the days they happened.

The VRAE of 2009 is not the VRAEM of 2020: a version of a region holds an incident only if it was valid on one of the
incident's days. A place is never guessed into an area smaller than it is known to lie in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.data.zones import present_name
from willay.events.frame.nesting import Nestings, countries_of, stated
from willay.events.frame.units import (
    POINT_PRECISIONS,
    circles_of,
    finest_levels,
    known_code,
    nearest_units,
    radii_m,
    reached,
)
from willay.geo.join import join_geometries, join_regions

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.data.nesting import Nesting

_PAIR: Final = ["incident", "region"]


def members(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the regions that hold the primary place of each incident on its days.

    The rule:

    1. The region's validity, `valid_from` (inclusive) to `valid_until` (exclusive), meets the incident's days. An
       undated incident is held only by regions without limits of validity.
    2. Where both the region and the place have an administrative code, the codes decide and nothing else: the place's
       unit, as far as its precision lets it be known (`units`), is the region's or lies in it by the rule of the
       place's country (`nesting`), and of several such regions of a set the one with the finest unit holds it. Where a
       set has parted a unit (Lima's province, 1501, from the rest of Lima, 15), a place known only by the code of the
       whole may lie in either part, and is in none.
    3. A region whose `definition` lists the `units` that it consists of, as a decree does, holds the places whose unit
       is or lies in one of them, and no other place that has a code.
    4. Otherwise a place that is a region (`region` = set/key) is in that region, and by shape: a site or a settlement,
       and a place whose precision is not stated, where its point lies, borders included; a place near a point where at
       least 99 % of its circle lies, or, in a set whose regions all have codes and so divide a country, where its point
       lies if its circle reaches into no other; a wider place where at least 99 % of its shape lies. A unit
       of which only a point is known is in the unit, not finer than itself, that holds the point; any other wide place
       of which only a point is known is in none.
    5. A site, a settlement or a place near a point that lies in none of a set whose regions all have codes is in the
       nearest of them, if that is of its own country and at most `COAST_DEGREES` away: coasts are drawn roughly.

    Args:
        frame: Incidents, with the columns first_day, last_day, place_precision, country, admin_code, region, geometry,
            and, where known, radius_m.
        regions: Versions of regions, with the columns set, key, valid_from, valid_until, admin_code, geometry, and,
            where known, country (else that which the code names) and definition (a mapping, or JSON).

    Returns:
        Columns incident and region: positions of rows in the two, from 0; sorted, each pair once.
    """
    nestings = Nestings.of_regions(regions)
    places = _Coded.of(frame, nestings)
    by_code = [_by_code(places, frame, regions, nestings), _by_units(places, frame, regions)]
    pairs = pd.concat([*by_code, _by_name(frame, regions), _by_shape(frame, regions, nestings)])
    pairs = pairs.drop_duplicates().sort_values(_PAIR, ignore_index=True)
    return pairs.astype("int64")


@dataclass(frozen=True)
class _Coded:
    """The units that places have codes of, as far as these are known: nothing finer than their precision says.

    Attributes:
        countries: The country of each distinct unit.
        chains: The codes of the units around each, the widest first, and its own last.
        places: A row for each place with a code: columns incident, and unit, a position in the two.
    """

    countries: list[str]
    chains: list[tuple[str, ...]]
    places: pd.DataFrame

    @classmethod
    def of(cls, frame: gpd.GeoDataFrame, nestings: Nestings) -> _Coded:
        """Find them: each distinct code of a country, known to a level, is cut once."""
        codes = _text(frame["admin_code"])
        rows = np.flatnonzero((codes != "").to_numpy())
        levels = finest_levels(frame["place_precision"].iloc[rows], np.ones(len(rows), bool))
        which_code, code = pd.factorize(codes.iloc[rows])
        which_country, country = pd.factorize(_text(frame["country"]).iloc[rows])
        keys = np.column_stack([which_country, which_code, levels])
        distinct, which = np.unique(keys, axis=0, return_inverse=True)
        rules = [nestings.of(str(one)) for one in country]
        chains = [_chain(rules[at], str(code[n]), level) for at, n, level in distinct.tolist()]
        places = pd.DataFrame({"incident": rows, "unit": which.reshape(-1).astype(np.int64)})
        return cls([str(country[at]) for at, _, _ in distinct.tolist()], chains, places)

    def pairs(self, hits: list[tuple[int, int, int]]) -> pd.DataFrame:
        """Return the incidents of units that regions hold: columns incident, region and depth of each such pair."""
        found = pd.DataFrame(hits, columns=["unit", "region", "depth"], dtype="int64")
        return self.places.merge(found, on="unit")


def _chain(nesting: Nesting, code: str, level: int) -> tuple[str, ...]:
    return nesting.chain(known_code(code, level, nesting))


def _by_code(places: _Coded, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, nestings: Nestings) -> pd.DataFrame:
    at: dict[str, list[int]] = defaultdict(list)
    for region, code in enumerate(_text(regions["admin_code"])):
        if code:
            at[code].append(region)
    hits = [
        (unit, region, depth)
        for unit, chain in enumerate(places.chains)
        for depth, code in enumerate(chain)
        for region in at.get(code, ())
    ]
    sets = regions["set"].to_numpy()
    found = places.pairs(hits).assign(set=lambda rows: sets[rows["region"]])
    valid = _on_its_days(found, frame, regions)
    finest = valid.groupby(["incident", "set"])["depth"].transform("max")
    held = valid[valid["depth"] == finest]
    parted = _parted(places, frame, regions, nestings)
    return held[~pd.MultiIndex.from_frame(held[["incident", "set"]]).isin(parted)][_PAIR]


def _units(regions: gpd.GeoDataFrame) -> dict[int, list[str]]:
    """Return the codes of the units that regions consist of by their definition, by position; others have no entry."""
    if "definition" not in regions:
        return {}
    units = {n: stated(one, "units") for n, one in enumerate(regions["definition"])}
    return {n: codes for n, codes in units.items() if codes}


def _by_units(places: _Coded, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find what lies in the units that a region lists: each such region holds it, whatever others hold it too."""
    listed: dict[str, list[int]] = defaultdict(list)
    for region, codes in _units(regions).items():
        for code in codes:
            listed[code].append(region)
    hits = [
        (unit, region, 0)
        for unit, chain in enumerate(places.chains)
        for code in chain
        for region in listed.get(code, ())
    ]
    return _on_its_days(places.pairs(hits), frame, regions)[_PAIR] if listed else _no_pairs()


def _parted(places: _Coded, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, nestings: Nestings) -> pd.MultiIndex:
    """Find the incidents and sets in which a finer region lies in the unit that a place is known to, on its days."""
    codes = _text(regions["admin_code"]).tolist()
    within: dict[tuple[str, str], list[int]] = defaultdict(list)
    for country in set(places.countries):
        nesting = nestings.of(country)
        for region, code in enumerate(codes):
            for wider in nesting.chain(code)[:-1]:
                within[country, wider].append(region)
    units = enumerate(zip(places.countries, places.chains, strict=True))
    hits = [(unit, region, 0) for unit, (at, chain) in units if chain for region in within.get((at, chain[-1]), ())]
    sets = regions["set"].to_numpy()
    found = _on_its_days(places.pairs(hits), frame, regions).assign(set=lambda rows: sets[rows["region"]])
    return pd.MultiIndex.from_frame(found[["incident", "set"]])


def _by_name(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    names = _text(regions["set"]) + "/" + _text(regions["key"])
    known = set(names)
    named = pd.DataFrame({"region": np.arange(len(regions)), "name": names})
    places = pd.DataFrame({"incident": np.arange(len(frame)), "name": _text(frame["region"])})
    places["name"] = pd.Series([present_name(name, known) for name in places["name"]], dtype="str")
    hits = places[places["name"] != ""].merge(named, on="name")
    return _uncoded(_on_its_days(hits, frame, regions), frame, regions)


def _by_shape(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, nestings: Nestings) -> pd.DataFrame:
    is_point = (frame.geometry.geom_type == "Point").to_numpy()
    known = frame.geometry.notna().to_numpy()
    points, wide = np.flatnonzero(known & is_point), np.flatnonzero(known & ~is_point)
    at = frame.geometry.iloc[points]
    inside = join_regions(at.x, at.y, regions.geometry)
    covered = join_geometries(frame.geometry.iloc[wide], regions.geometry)
    hits = pd.DataFrame({"incident": points[inside.point_index], "region": inside.region_index})
    hits = pd.concat([hits, *_beside(hits, points, frame, regions)], ignore_index=True)
    held = pd.DataFrame({"incident": wide[covered.point_index], "region": covered.region_index})
    standing = _standing(hits, frame, regions, nestings)
    return _uncoded(_on_its_days(pd.concat([standing, held]), frame, regions), frame, regions)


def _beside(
    hits: pd.DataFrame, points: NDArray[np.int64], frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> Iterator[pd.DataFrame]:
    """Find the nearest unit of the own country, of each set that divides one, for exact points that lie in none."""
    is_point = np.zeros(len(frame), bool)
    is_point[points] = True
    coded = frame["admin_code"].notna().to_numpy()
    asked = is_point & ~coded & _is_exact(frame["place_precision"])
    countries, own = _text(frame["country"]).to_numpy(), countries_of(regions)
    for found in regions.groupby("set", sort=False).indices.values():
        if regions["admin_code"].iloc[found].isna().any():
            continue
        outside = asked.copy()
        outside[hits.loc[hits["region"].isin(found), "incident"]] = False
        for country in pd.unique(countries[outside]):
            rows = np.flatnonzero(outside & (countries == country))
            units = found[own[found] == country]
            at = frame.geometry.iloc[rows]
            point, unit = nearest_units(at.x, at.y, regions.geometry.iloc[units])
            yield pd.DataFrame({"incident": rows[point], "region": units[unit]})


def _is_exact(precision: pd.Series[Any]) -> NDArray[np.bool_]:
    """Return whether a point represents each place; where no precision is stated, it does."""
    exact: NDArray[np.bool_] = (precision.isin(POINT_PRECISIONS) | precision.isna()).to_numpy(bool)
    return exact


def _standing(
    hits: pd.DataFrame, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, nestings: Nestings
) -> pd.DataFrame:
    """Leave the points that stand for their place in the region they lie in."""
    precision = frame["place_precision"]
    exact = _is_exact(precision)[hits["incident"]]
    own = finest_levels(precision, np.zeros(len(frame), bool))[hits["incident"]]
    unit = _unit_levels(hits, frame, regions, nestings)
    found: pd.DataFrame = hits[exact | ((unit > 0) & (unit <= own))].reset_index(drop=True)
    radii = radii_m(precision, frame.get("radius_m", pd.Series(np.nan, index=frame.index)))
    is_near = (radii > 0)[found["incident"]]
    near = found[is_near]
    rows = np.unique(near["incident"])
    if not len(rows):
        return found
    points = frame.geometry.iloc[rows]
    circles = (rows, circles_of(points.x, points.y, radii[rows]))
    sure = [_near_in_set(near, circles, frame, regions, name) for name in pd.unique(regions["set"])]
    standing: pd.DataFrame = pd.concat([found[~is_near], *sure])
    return standing


def _unit_levels(
    hits: pd.DataFrame, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, nestings: Nestings
) -> NDArray[np.int64]:
    """Return the level of the unit that the region of each pair is, by the rule of its country, else the place's."""
    which, country = pd.factorize(_text(frame["country"]))
    codes, own = _text(regions["admin_code"]), countries_of(regions)
    levels = [nestings.levels([at or str(country_) for at in own], codes) for country_ in country]
    table = np.array(levels, int).reshape(len(country), len(regions))
    found: NDArray[np.int64] = table[which[hits["incident"]], hits["region"].to_numpy(np.int64)]
    return found


def _near_in_set(
    near: pd.DataFrame,
    circles: tuple[NDArray[np.int64], NDArray[np.object_]],
    frame: gpd.GeoDataFrame,
    regions: gpd.GeoDataFrame,
    name: str,
) -> pd.DataFrame:
    """Leave the places near a point that are certain to lie in the region of a set that holds the point."""
    rows, around = circles
    own = np.flatnonzero((regions["set"] == name).to_numpy())
    shapes = regions.geometry.iloc[own]
    pairs: pd.DataFrame = near[near["region"].isin(own)]
    if regions["admin_code"].iloc[own].notna().all():
        circle, unit = reached(around, shapes)
        hits = _on_its_days(pd.DataFrame({"incident": rows[circle], "region": own[unit]}), frame, regions)
        keys = hits.assign(key=regions["key"].to_numpy()[hits["region"]]).groupby("incident")["key"].nunique()
        sure: pd.DataFrame = pairs.drop(pairs.index[pairs["incident"].isin(keys.index[keys > 1])])
        return sure
    covered = join_geometries(around, shapes)
    certain = pd.DataFrame({"incident": rows[covered.point_index], "region": own[covered.region_index]})
    held: pd.DataFrame = pairs.merge(certain, on=_PAIR)
    return held


def _uncoded(pairs: pd.DataFrame, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Leave out the pairs in which both sides have a code or a list of codes, on which the codes decide."""
    ours = frame["admin_code"].notna().to_numpy()[pairs["incident"]]
    listed = np.isin(np.arange(len(regions)), [*_units(regions)])
    coded = regions["admin_code"].notna().to_numpy() | listed
    theirs = coded[pairs["region"]]
    kept: pd.DataFrame = pairs[~(ours & theirs)][_PAIR]
    return kept


def _on_its_days(pairs: pd.DataFrame, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    first, last = (_days(frame[name])[pairs["incident"]] for name in ("first_day", "last_day"))
    begins, ends = (_days(regions[name])[pairs["region"]] for name in ("valid_from", "valid_until"))
    # A comparison with NaT is false: what has no limit on a side is let through, what has no day is not.
    meets = (np.isnat(begins) | (last >= begins)) & (np.isnat(ends) | (first < ends))
    return pairs[meets]


def _days(column: pd.Series[Any]) -> NDArray[np.datetime64]:
    return pd.to_datetime(column).to_numpy(dtype="datetime64[s]")


def _text(column: pd.Series[Any]) -> pd.Series[str]:
    return column.astype("object").where(column.notna(), "").astype("str").reset_index(drop=True)


def _no_pairs() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in _PAIR})
