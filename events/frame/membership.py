"""Which incidents lie in which regions, on the days they happened.

The VRAE of 2009 is not the VRAEM of 2020: a version of a region holds an incident only if it was valid on one of the
incident's days. A place is never guessed into an area smaller than it is known to lie in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.data.zones import present_name
from willay.events.frame.units import (
    POINT_PRECISIONS,
    circles_of,
    finest_levels,
    known_code,
    radii_m,
    reached,
    unit_levels,
)
from willay.geo.join import join_geometries, join_regions

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

_PAIR: Final = ["incident", "region"]


def members(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the regions that hold the primary place of each incident on its days.

    The rule:

    1. The region's validity, `valid_from` (inclusive) to `valid_until` (exclusive), meets the incident's days. An
       undated incident is held only by regions without limits of validity.
    2. Where both the region and the place have an administrative code, the codes decide and nothing else: the place's,
       as far as its precision lets it be known (`units`), begins with the region's, and of several such regions of a
       set the one with the longest code holds it. Where a set has parted a unit (Lima's province, 1501, from the rest
       of Lima, 15), a place known only by the code of the whole may lie in either part, and is in none.
    3. A region whose `definition` lists the `units` that it consists of, as a decree does, holds the places whose codes
       begin with one of them, and no other place that has a code.
    4. Otherwise a place that is a region (`region` = set/key) is in that region, and by shape: a site or a settlement,
       and a place whose precision is not stated, where its point lies, borders included; a place near a point where at
       least 99 % of its circle lies, or, in a set whose regions all have codes and so divide a country, where its point
       lies if its circle reaches into no other; a wider place where at least 99 % of its shape lies. A district,
       province or department of which only a point is known is in the unit, not finer than itself, that holds the
       point; any other wide place of which only a point is known is in none.

    Args:
        frame: Incidents, with the columns first_day, last_day, place_precision, admin_code, region, geometry, and,
            where known, radius_m.
        regions: Versions of regions, with the columns set, key, valid_from, valid_until, admin_code, geometry, and,
            where known, definition (a mapping, or JSON).

    Returns:
        Columns incident and region: positions of rows in the two, from 0; sorted, each pair once.
    """
    found = [_by_code(frame, regions), _by_units(frame, regions), _by_name(frame, regions), _by_shape(frame, regions)]
    pairs = pd.concat(found)
    pairs = pairs.drop_duplicates().sort_values(_PAIR, ignore_index=True)
    return pairs.astype("int64")


def _by_code(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    coded = pd.DataFrame(
        {
            "region": np.arange(len(regions)),
            "set": regions["set"].to_numpy(),
            "prefix": _text(regions["admin_code"]),
        }
    )
    coded = coded[coded["prefix"] != ""]
    places = pd.DataFrame({"incident": np.arange(len(frame)), "code": _known_codes(frame)})
    places = places[places["code"] != ""]
    found = []
    for length in sorted(coded["prefix"].str.len().unique()):
        cut = places[places["code"].str.len() >= length].assign(prefix=lambda rows, n=length: rows["code"].str[:n])
        hits = cut.merge(coded[coded["prefix"].str.len() == length], on="prefix")
        found.append(hits.assign(length=length))
    if not found:
        return _no_pairs()
    valid = _on_its_days(pd.concat(found, ignore_index=True), frame, regions)
    longest = valid.groupby(["incident", "set"])["length"].transform("max")
    held = valid[valid["length"] == longest]
    parted = _parted(places, coded, frame, regions)
    return held[~pd.MultiIndex.from_frame(held[["incident", "set"]]).isin(parted)][_PAIR]


def _units(regions: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return the codes of the units that regions consist of by their definition, by position; others have no entry."""
    stated = regions.get("definition")
    if stated is None:
        return pd.Series(dtype="object")
    read = [json.loads(one) if isinstance(one, str) and one.startswith("{") else one for one in stated]
    units = {n: one["units"] for n, one in enumerate(read) if isinstance(one, dict) and one.get("units")}
    return pd.Series(units, dtype="object")


def _by_units(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find what lies in the units that a region lists: each such region holds it, whatever others hold it too."""
    units = _units(regions)
    if units.empty:
        return _no_pairs()
    listed = units.explode().rename("prefix").rename_axis("region").reset_index()
    places = pd.DataFrame({"incident": np.arange(len(frame)), "code": _known_codes(frame)})
    places = places[places["code"] != ""]
    found = []
    for length in sorted(listed["prefix"].str.len().unique()):
        cut = places[places["code"].str.len() >= length].assign(prefix=lambda rows, n=length: rows["code"].str[:n])
        found.append(cut.merge(listed[listed["prefix"].str.len() == length], on="prefix"))
    return _on_its_days(pd.concat(found, ignore_index=True), frame, regions)[_PAIR]


def _known_codes(frame: gpd.GeoDataFrame) -> pd.Series[str]:
    """Return the codes of places as far as they are known: nothing finer than their precision says."""
    codes = _text(frame["admin_code"])
    levels = finest_levels(frame["place_precision"], (codes != "").to_numpy()).tolist()
    return pd.Series([known_code(code, level) for code, level in zip(codes, levels, strict=True)], dtype="str")


def _parted(
    places: pd.DataFrame, coded: pd.DataFrame, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> pd.MultiIndex:
    """Find the incidents and sets in which a place's whole code is the beginning of a finer region's on its days."""
    finer = [
        coded[coded["prefix"].str.len() > length].assign(code=lambda rows, n=length: rows["prefix"].str[:n])
        for length in places["code"].str.len().unique()
    ]
    hits = (
        places.merge(pd.concat(finer, ignore_index=True), on="code") if finer else places.assign(region=0, set="")[:0]
    )
    return pd.MultiIndex.from_frame(_on_its_days(hits, frame, regions)[["incident", "set"]])


def _by_name(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    names = _text(regions["set"]) + "/" + _text(regions["key"])
    known = set(names)
    named = pd.DataFrame({"region": np.arange(len(regions)), "name": names})
    places = pd.DataFrame({"incident": np.arange(len(frame)), "name": _text(frame["region"])})
    places["name"] = pd.Series([present_name(name, known) for name in places["name"]], dtype="str")
    hits = places[places["name"] != ""].merge(named, on="name")
    return _uncoded(_on_its_days(hits, frame, regions), frame, regions)


def _by_shape(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    is_point = (frame.geometry.geom_type == "Point").to_numpy()
    known = frame.geometry.notna().to_numpy()
    points, wide = np.flatnonzero(known & is_point), np.flatnonzero(known & ~is_point)
    at = frame.geometry.iloc[points]
    inside = join_regions(at.x, at.y, regions.geometry)
    covered = join_geometries(frame.geometry.iloc[wide], regions.geometry)
    hits = pd.DataFrame({"incident": points[inside.point_index], "region": inside.region_index})
    held = pd.DataFrame({"incident": wide[covered.point_index], "region": covered.region_index})
    return _uncoded(_on_its_days(pd.concat([_standing(hits, frame, regions), held]), frame, regions), frame, regions)


def _standing(hits: pd.DataFrame, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Leave the points that stand for their place in the region they lie in."""
    precision = frame["place_precision"]
    exact = (precision.isin(POINT_PRECISIONS) | precision.isna()).to_numpy()[hits["incident"]]
    own = finest_levels(precision, np.zeros(len(frame), bool))[hits["incident"]]
    unit = unit_levels(regions["admin_code"])[hits["region"]]
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
    listed = np.isin(np.arange(len(regions)), _units(regions).index.to_numpy())
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
