from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.frame.membership import members
from willay.geo.distance import circle

DAY_ZERO = date(2012, 1, 1)


def day(number: int | None) -> date | None:
    return None if number is None else DAY_ZERO + timedelta(days=number)


def spots(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    blank = {
        "first_day": None,
        "last_day": None,
        "place_precision": "site",
        "country": "PE",
        "admin_code": None,
        "region": None,
    }
    table = pd.DataFrame([{**blank, **row} for row in rows])
    shapes = gpd.GeoSeries(list(table.pop("geometry")) if rows else [], crs=4326)
    for name in ("first_day", "last_day"):
        table[name] = pd.to_datetime(table[name])
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4326)


def areas(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    blank = {"set": "s", "valid_from": None, "valid_until": None, "admin_code": None}
    table = pd.DataFrame([{**blank, **row} for row in rows])
    shapes = gpd.GeoSeries(list(table.pop("geometry")), crs=4326)
    for name in ("valid_from", "valid_until"):
        table[name] = pd.to_datetime(table[name])
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4326)


def pairs(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> list[tuple[int, int]]:
    return list(members(frame, regions).itertuples(index=False, name=None))


BOX = shapely.box(0, 0, 2, 2)
INSIDE, EDGE, OUTSIDE = shapely.Point(1, 1), shapely.Point(2, 1), shapely.Point(3, 1)


def test_a_region_holds_an_incident_on_its_days_only() -> None:
    regions = areas(
        {"key": "before", "geometry": BOX, "valid_until": "2012-07-01"},
        {"key": "after", "geometry": BOX, "valid_from": "2012-07-01"},
        {"key": "always", "geometry": BOX},
    )
    on = [
        ("2012-06-30", "2012-06-30"),
        ("2012-07-01", "2012-07-01"),
        ("2012-06-30", "2012-07-01"),
        (None, None),
    ]
    frame = spots(*({"first_day": a, "last_day": b, "geometry": INSIDE} for a, b in on))
    assert pairs(frame, regions) == [(0, 0), (0, 2), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 2)]


def test_borders_belong_to_both_sides() -> None:
    regions = areas({"key": "left", "geometry": BOX}, {"key": "right", "geometry": shapely.box(2, 0, 4, 2)})
    frame = spots({"geometry": EDGE}, {"geometry": OUTSIDE}, {"geometry": None})
    assert pairs(frame, regions) == [(0, 0), (0, 1), (1, 1)]


def test_a_wide_place_is_never_guessed_into_an_area_by_a_point() -> None:
    regions = areas({"key": "box", "geometry": BOX})
    frame = spots(
        {"place_precision": "district", "geometry": INSIDE},
        {"place_precision": "district", "geometry": shapely.box(0.5, 0.5, 1, 1)},
        {"place_precision": "district", "geometry": shapely.box(1, 1, 3, 2)},
        {"place_precision": "district", "geometry": shapely.box(0, 0, 2.01, 2)},  # 99.5 % of it inside
    )
    assert pairs(frame, regions) == [(1, 0), (3, 0)]


def test_codes_decide_against_shapes() -> None:
    regions = areas(
        {"key": "cusco", "admin_code": "08", "geometry": BOX},
        {"key": "lima", "admin_code": "15", "geometry": shapely.box(4, 0, 6, 2)},
    )
    frame = spots(
        {"admin_code": "080902", "geometry": OUTSIDE},
        {"admin_code": "150101", "geometry": INSIDE},
        {"admin_code": "0809", "place_precision": "province", "geometry": None},
        {"admin_code": "0", "geometry": INSIDE},
    )
    assert pairs(frame, regions) == [(0, 0), (1, 1), (2, 0)]


def test_the_longest_code_of_a_set_holds_a_place_and_other_sets_decide_for_themselves() -> None:
    regions = areas(
        {"key": "lima-region", "admin_code": "15", "geometry": BOX},
        {"key": "lima-province", "admin_code": "1501", "geometry": BOX},
        {"set": "other", "key": "all-lima", "admin_code": "15", "geometry": BOX},
        {"set": "zones", "key": "zone", "geometry": BOX},
    )
    frame = spots({"admin_code": "150101", "geometry": INSIDE}, {"admin_code": "150201", "geometry": INSIDE})
    assert pairs(frame, regions) == [(0, 1), (0, 2), (0, 3), (1, 0), (1, 2), (1, 3)]


def test_a_place_known_to_a_province_is_in_its_department_and_in_none_of_its_districts() -> None:
    regions = areas(
        {"set": "departments", "key": "d", "admin_code": "08", "geometry": BOX},
        {"set": "districts", "key": "x", "admin_code": "080901", "geometry": BOX},
    )
    frame = spots({"place_precision": "province", "admin_code": "0809", "geometry": BOX})
    assert pairs(frame, regions) == [(0, 0)]


def test_a_place_known_only_to_a_unit_that_a_set_has_parted_is_in_neither_part() -> None:
    regions = areas(
        {"key": "lima-before", "admin_code": "15", "geometry": BOX, "valid_until": "2012-07-01"},
        {"key": "lima-region", "admin_code": "15", "geometry": BOX, "valid_from": "2012-07-01"},
        {"key": "lima-province", "admin_code": "1501", "geometry": BOX, "valid_from": "2012-07-01"},
        {"set": "other", "key": "all-lima", "admin_code": "15", "geometry": BOX},
    )
    frame = spots(
        {"first_day": "2012-06-01", "last_day": "2012-06-01", "admin_code": "15", "geometry": None},
        {"first_day": "2012-08-01", "last_day": "2012-08-01", "admin_code": "15", "geometry": None},
        {"first_day": "2012-08-01", "last_day": "2012-08-01", "admin_code": "1502", "geometry": None},
    )
    assert pairs(frame, regions) == [(0, 0), (0, 3), (1, 3), (2, 1), (2, 3)]


def test_a_place_that_is_a_region_belongs_to_it_in_the_version_of_its_days() -> None:
    regions = areas(
        {"set": "zones", "key": "vrae", "geometry": BOX, "valid_until": "2012-07-01"},
        {"set": "zones", "key": "vrae", "geometry": BOX, "valid_from": "2012-07-01"},
        {"set": "zones", "key": "other", "geometry": BOX.buffer(-0.5)},
    )
    frame = spots(
        {"region": "zones/vrae", "place_precision": "area", "first_day": "2013-01-01", "last_day": "2013-01-01",
         "geometry": None},
    )  # fmt: skip
    assert pairs(frame, regions) == [(0, 1)]


@pytest.mark.parametrize("precision", ["country", "sea", "unknown", "area"])
def test_a_point_that_stands_for_more_than_a_unit_is_in_none(precision: str) -> None:
    regions = areas(
        {"set": "departments", "key": "d", "admin_code": "10", "geometry": BOX},
        {"set": "districts", "key": "x", "admin_code": "100101", "geometry": BOX},
        {"set": "abroad", "key": "y", "admin_code": "MM-11", "geometry": BOX},
        {"set": "zones", "key": "z", "geometry": BOX},
    )
    assert pairs(spots({"place_precision": precision, "geometry": INSIDE}), regions) == []


@pytest.mark.parametrize(
    ("precision", "held"),
    [("department", [0, 3]), ("province", [0, 1, 3]), ("district", [0, 1, 2, 3]), (None, [0, 1, 2, 3, 4])],
)
def test_a_place_is_in_the_units_that_it_is_known_to_and_in_no_finer_one(
    precision: str | None, held: list[int]
) -> None:
    regions = areas(
        {"set": "departments", "key": "d", "admin_code": "08", "geometry": BOX},
        {"set": "provinces", "key": "p", "admin_code": "0809", "geometry": BOX},
        {"set": "districts", "key": "x", "admin_code": "080902", "geometry": BOX},
        {"set": "abroad", "key": "y", "admin_code": "MM-11", "geometry": BOX},
        {"set": "zones", "key": "z", "geometry": BOX},
    )
    by_point = spots({"place_precision": precision, "geometry": INSIDE})
    assert [region for _, region in pairs(by_point, regions)] == held
    by_code = spots({"place_precision": precision, "admin_code": "080902", "geometry": None})
    assert [region for _, region in pairs(by_code, regions)] == [each for each in held if each < 3]


@pytest.mark.parametrize(("radius_m", "held"), [(10_000.0, [0, 2]), (None, [2]), (400_000.0, [])])
def test_a_place_near_a_point_is_in_a_region_that_holds_its_circle(radius_m: float | None, held: list[int]) -> None:
    regions = areas(  # the point is 22 km from the border between west and east, 110 km from the zone's
        {"set": "departments", "key": "west", "admin_code": "08", "geometry": BOX},
        {"set": "departments", "key": "east", "admin_code": "15", "geometry": shapely.box(2, 0, 4, 2)},
        {"set": "zones", "key": "zone", "geometry": shapely.box(0, 0, 4, 2)},
    )
    frame = spots({"place_precision": "near", "geometry": shapely.Point(1.8, 1), "radius_m": radius_m})
    assert [region for _, region in pairs(frame, regions)] == held


def test_a_place_near_the_meridian_180_is_in_the_region_that_holds_its_circle_on_both_sides() -> None:
    across = shapely.MultiPolygon([shapely.box(178, -18, 180, -15), shapely.box(-180, -18, -179, -15)])
    regions = areas({"key": "north", "geometry": across}, {"key": "half", "geometry": shapely.box(178, -18, 180, -15)})
    places = [shapely.Point(lon, -16.5) for lon in (179.95, -179.95, 178.5)]
    frame = spots(*({"place_precision": "near", "geometry": point, "radius_m": 20_000.0} for point in places))
    assert pairs(frame, regions) == [(0, 0), (1, 0), (2, 0), (2, 1)]


def test_a_place_near_the_coast_is_in_the_only_unit_that_it_can_be_in() -> None:
    regions = areas({"set": "departments", "key": "west", "admin_code": "08", "geometry": BOX})
    frame = spots({"place_precision": "near", "geometry": shapely.Point(1.9, 1)})
    assert pairs(frame, regions) == [(0, 0)]


def test_places_without_rows_are_in_no_region_whose_name_is_text() -> None:
    regions = areas({"key": "box", "geometry": BOX}).astype({"set": "str", "key": "str"})
    none = spots({"geometry": INSIDE}).iloc[:0].astype({"region": "str"})
    assert pairs(none, regions) == []
    assert pairs(none, regions.assign(definition=['{"units":["08"]}'])) == []
    assert pairs(none, regions.iloc[:0]) == []


def test_nothing_is_in_nothing() -> None:
    regions = areas({"key": "box", "geometry": BOX})
    assert pairs(spots({"geometry": INSIDE}).iloc[:0], regions) == []
    assert pairs(spots({"geometry": INSIDE}), regions.iloc[:0]) == []


PLACE_LEVELS = {"site": 3, "near": 3, "district": 3, "province": 2, "department": 1, "area": 0, "country": 0}
CHAINS: dict[str, tuple[str, ...]] = {  # written by hand: two, four and six digits, ISO 3166-2, a full stop
    "12": ("12",), "1234": ("12", "1234"), "123456": ("12", "1234", "123456"), "13": ("13",),
    "RU-AL": ("RU-AL",), "RU-ALT": ("RU-ALT",), "RU-AL.7": ("RU-AL", "RU-AL.7"),
}  # fmt: skip

DAYS = st.one_of(st.none(), st.tuples(st.integers(0, 20), st.integers(0, 5)))
CODES = st.sampled_from([None, *CHAINS])
SHAPES = st.sampled_from([None, INSIDE, EDGE, OUTSIDE, shapely.box(0, 0, 1, 1), shapely.box(1, 0, 3, 1), BOX])
SPOTS = st.tuples(DAYS, st.sampled_from([*PLACE_LEVELS]), CODES, SHAPES,
                  st.sampled_from([None, "a/x", "b/y"]))  # fmt: skip
AREAS = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), DAYS, CODES,
                  st.sampled_from([BOX, shapely.box(2, 0, 4, 2), shapely.box(-1, -1, 5, 5)]))  # fmt: skip


def is_valid(days: tuple[int, int] | None, limits: tuple[int, int] | None) -> bool:
    if limits is None:
        return True
    return days is not None and days[0] + days[1] >= limits[0] and days[0] < limits[0] + limits[1] + 1


def known_code(code: str | None, precision: str) -> str:
    """Return as much of a code as the precision lets be known; an area may be coded."""
    level = PLACE_LEVELS[precision] or (3 if precision == "area" else 0)
    return CHAINS[code][:level][-1] if code and level else ""


def holds(spot: tuple[Any, ...], region: tuple[Any, ...], every: list[tuple[Any, ...]]) -> bool:
    """Say by the rule, one pair at a time, whether a region holds a place."""
    days, _, code, shape, name = spot
    set_name, key, limits, prefix, area = region
    if not is_valid(days, limits):
        return False
    if code and prefix:
        return holds_code(spot, region, every)
    if name == f"{set_name}/{key}":
        return True
    if shape is None or shape.geom_type != "Point":
        return shape is not None and bool(area.intersection(shape).area >= 0.99 * shape.area)
    return bool(area.covers(shape)) and stands(spot, region, every)


def holds_code(spot: tuple[Any, ...], region: tuple[Any, ...], every: list[tuple[Any, ...]]) -> bool:
    days, precision, code, _, _ = spot
    set_name, _, _, prefix, _ = region
    known = known_code(code, precision)
    chain = CHAINS.get(known, ())
    valid = [other[3] for other in every if other[0] == set_name and other[3] and is_valid(days, other[2])]
    finer = [other for other in valid if other in chain and len(CHAINS[other]) > len(CHAINS[prefix])]
    parted = [other for other in valid if known in CHAINS[other][:-1]]
    return prefix in chain and not finer and not parted


def stands(spot: tuple[Any, ...], region: tuple[Any, ...], every: list[tuple[Any, ...]]) -> bool:
    """Say whether a point inside a region stands for its place there."""
    days, precision, _, shape, _ = spot
    set_name, _, _, prefix, area = region
    if precision != "near":
        return precision == "site" or 0 < len(CHAINS.get(prefix, ())) <= PLACE_LEVELS[precision]
    around = circle((shape.x, shape.y), 25_000, 32)
    siblings = [other for other in every if other[0] == set_name]
    if any(not other[3] for other in siblings):
        return bool(area.intersection(around).area >= 0.99 * around.area)
    return len({other[1] for other in siblings if is_valid(days, other[2]) and other[4].intersects(around)}) == 1


@settings(max_examples=examples(150), deadline=None)
@given(places=st.lists(SPOTS, max_size=6), regions=st.lists(AREAS, min_size=1, max_size=5))
def test_members_agrees_with_the_rule_applied_pair_by_pair(
    places: list[tuple[Any, ...]], regions: list[tuple[Any, ...]]
) -> None:
    frame = spots(
        *(
            {"first_day": day(days and days[0]), "last_day": day(days and days[0] + days[1]),
             "place_precision": precision, "admin_code": code, "geometry": shape, "region": name}
            for days, precision, code, shape, name in places
        )
    ) if places else spots({"geometry": None}).iloc[:0]  # fmt: skip
    table = areas(
        *(
            {"set": set_name, "key": key, "valid_from": day(limits and limits[0]),
             "valid_until": day(limits and limits[0] + limits[1] + 1), "admin_code": code, "geometry": area}
            for set_name, key, limits, code, area in regions
        )
    )  # fmt: skip
    expected = [
        (i, r) for i, spot in enumerate(places) for r, region in enumerate(regions) if holds(spot, region, regions)
    ]
    assert pairs(frame, table) == expected
