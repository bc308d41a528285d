"""Bounding boxes, against a naive walk along the parallel."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.geo import BBox, BoxError

PERU = BBox(-81.4, -18.4, -68.6, 0.1)
FIJI = BBox(176.0, -20.0, -178.0, -15.0)

whole_lons = st.integers(-180, 180)
whole_lats = st.integers(-90, 90)


@st.composite
def boxes(draw: st.DrawFn) -> BBox:
    south, north = sorted((draw(whole_lats), draw(whole_lats)))
    return BBox(draw(whole_lons), south, draw(whole_lons), north)


def meridians(box: BBox) -> set[int]:
    """The whole meridians of a box, walked eastward one by one; 180 and -180 are one."""
    walked = {int(box.west)}
    lon = int(box.west)
    while lon != box.east:
        lon = lon + 1 if lon < 180 else -180
        walked.add(lon)
    return {-180 if lon == 180 else lon for lon in walked}


@given(boxes(), whole_lons, whole_lats)
def test_a_box_contains_the_points_that_a_walk_over_it_meets(box: BBox, lon: int, lat: int) -> None:
    expected = (-180 if lon == 180 else lon) in meridians(box) and box.south <= lat <= box.north
    assert box.contains(lon, lat) is expected
    assert box.contains_all([lon], [lat]).tolist() == [expected]


@given(boxes(), boxes())
def test_boxes_intersect_when_they_share_a_meridian_and_a_parallel(one: BBox, two: BBox) -> None:
    parallels = max(one.south, two.south) <= min(one.north, two.north)
    assert one.intersects(two) is (bool(meridians(one) & meridians(two)) and parallels)
    assert one.intersects(two) is two.intersects(one)


@given(boxes())
def test_a_box_reads_back_as_it_was_written(box: BBox) -> None:
    assert BBox.parse(str(box)) == box


@given(boxes())
def test_the_parts_of_a_box_do_not_cross_and_have_its_meridians(box: BBox) -> None:
    assert not any(part.crosses_antimeridian for part in box.parts())
    assert set.union(*(meridians(part) for part in box.parts())) == meridians(box)
    assert box.as_polygon().bounds[1::2] == (box.south, box.north)


@given(st.lists(st.tuples(st.integers(-179, 180), whole_lats), min_size=1, max_size=6))
def test_the_box_of_points_holds_all_and_is_the_narrowest(places: list[tuple[int, int]]) -> None:
    box = BBox.of([shapely.Point(place) for place in places])
    assert all(box.contains(*place) for place in places)
    lons = sorted({lon for lon, _ in places})
    widths = [
        (east - west) % 360
        for west in lons
        for east in lons
        if all((lon - west) % 360 <= (east - west) % 360 for lon in lons)
    ]
    assert (box.east - box.west) % 360 == min(widths)


def test_the_box_of_fiji_crosses_the_antimeridian() -> None:
    islands = [shapely.box(177, -19, 180, -16), None, shapely.box(-180, -20, -178.5, -16), shapely.Polygon()]
    box = BBox.of(islands)
    assert box.crosses_antimeridian
    assert box.contains(179.9, -17)
    assert (box.west, box.east) == (177, -178.5)
    assert not box.contains(0, -17)


def test_a_box_that_crosses_becomes_two_polygons() -> None:
    assert FIJI.as_polygon().equals(
        shapely.MultiPolygon([shapely.box(176, -20, 180, -15), shapely.box(-180, -20, -178, -15)])
    )
    assert PERU.as_polygon().equals(shapely.box(-81.4, -18.4, -68.6, 0.1))


def test_nan_is_in_no_box() -> None:
    assert not PERU.contains(math.nan, -12)
    assert PERU.contains_all([math.nan, -75.0], [-12.0, -12.0]).tolist() == [False, True]


def test_many_points_are_judged_at_once() -> None:
    lons, lats = np.meshgrid(np.linspace(-180, 180, 37), np.linspace(-90, 90, 19))
    one_by_one = [FIJI.contains(lon, lat) for lon, lat in zip(lons.ravel(), lats.ravel(), strict=True)]
    assert FIJI.contains_all(lons, lats).ravel().tolist() == one_by_one


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,2,3", r"four numbers, west,south,east,north.*'1,2,3'"),
        ("1,2,3,4,5", "four numbers"),
        ("a,b,c,d", "four numbers"),
        ("", "four numbers"),
        ("-81,0,-68,-18", r"south \(0\.0\) must not be greater than its north \(-18\.0\)"),
        ("-18,-81,0,-181", "north must be from -90 to 90"),
        ("0,0,181,1", "east must be from -180 to 180 degrees, not 181"),
        ("nan,0,1,1", "west must be from -180 to 180 degrees, not nan"),
    ],
)
def test_what_is_no_box_is_refused_with_the_order_to_type(text: str, message: str) -> None:
    with pytest.raises(BoxError, match=message):
        BBox.parse(text)


def test_a_box_around_nothing_is_refused() -> None:
    with pytest.raises(BoxError, match="all geometries are missing or empty"):
        BBox.of([None, shapely.Point()])
