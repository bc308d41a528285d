"""Which regions hold which points and shapes, against a loop over all pairs."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.geo import CoordinateError, GeometryTypeError, MissingCRSError, join_geometries, join_regions

whole = st.integers(-6, 6).map(float)
corners = st.tuples(whole, whole)


@st.composite
def areas(draw: st.DrawFn) -> shapely.Geometry | None:
    """Squares, triangles, rings with a hole, pairs of squares, nothing; on a grid, to hit borders."""
    west, south = draw(corners)
    size = draw(st.integers(1, 5))
    square = shapely.box(west, south, west + size, south + size)
    kind = draw(st.sampled_from(["square", "triangle", "ring", "pair", "none", "empty"]))
    made = {
        "square": square,
        "triangle": shapely.Polygon([(west, south), (west + size, south), (west, south + size)]),
        "ring": shapely.difference(square, square.centroid.buffer(size / 4, quad_segs=1)),
        "pair": shapely.MultiPolygon([square, shapely.box(west + 20, south, west + 21, south + 1)]),
        "none": None,
        "empty": shapely.Polygon(),
    }
    return made[kind]


def pairs(hits: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, int]]:
    return list(zip(hits[0].tolist(), hits[1].tolist(), strict=True))


@given(
    st.lists(st.tuples(whole | st.just(math.nan), whole | st.just(math.nan)), max_size=15),
    st.lists(areas(), max_size=8),
)
def test_points_are_in_the_regions_that_cover_them(
    places: list[tuple[float, float]], regions: list[shapely.Geometry | None]
) -> None:
    expected = [
        (point, region)
        for point, (lon, lat) in enumerate(places)
        for region, area in enumerate(regions)
        if area is not None and not math.isnan(lon + lat) and area.covers(shapely.Point(lon, lat))
    ]
    hits = join_regions([lon for lon, _ in places], [lat for _, lat in places], regions)
    assert pairs(hits) == expected


@given(st.lists(areas(), max_size=6), st.lists(areas(), max_size=6))
def test_shapes_are_in_the_regions_that_cover_nearly_all_of_them(
    shapes: list[shapely.Geometry | None], regions: list[shapely.Geometry | None]
) -> None:
    expected = [
        (one, two)
        for one, shape in enumerate(shapes)
        for two, area in enumerate(regions)
        if shape and area and area.intersection(shape).area >= 0.99 * shape.area
    ]
    assert pairs(join_geometries(shapes, regions)) == expected


def test_a_point_on_a_border_is_in_both_neighbours() -> None:
    regions = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    assert pairs(join_regions([1.0, 0.5], [0.5, 0.5], regions)) == [(0, 0), (0, 1), (1, 0)]


def test_a_department_is_in_itself_and_not_in_its_province() -> None:
    department, province = shapely.box(0, 0, 10, 10), shapely.box(0, 0, 5, 5)
    assert pairs(join_geometries([department, province], [department, province])) == [(0, 0), (1, 0), (1, 1)]


def test_an_outline_that_was_generalised_differently_is_forgiven() -> None:
    region = shapely.box(0, 0, 10, 10)
    rough = shapely.Polygon([(0, 0), (10, 0), (10.05, 5), (10, 10), (0, 10)])
    assert pairs(join_geometries([rough], [region])) == [(0, 0)]
    assert pairs(join_geometries([rough], [region], min_share=1)) == []


def test_lines_are_judged_by_length_and_points_by_cover() -> None:
    region = shapely.box(0, 0, 10, 10)
    shapes = [
        shapely.LineString([(0.1, 5), (10.05, 5)]),
        shapely.LineString([(5, 5), (15, 5)]),
        shapely.Point(10, 10),
        shapely.MultiPoint([(5, 5), (15, 5)]),
    ]
    assert pairs(join_geometries(shapes, [region])) == [(0, 0), (2, 0)]


def test_broken_shapes_and_regions_are_judged_as_repaired() -> None:
    bowtie = shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])
    assert pairs(join_geometries([bowtie, shapely.Point(1, 2)], [bowtie, shapely.box(0, 0, 4, 4)])) == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    ]


def test_a_series_in_another_crs_is_transformed_and_one_without_is_refused() -> None:
    square = gpd.GeoSeries([shapely.box(-75, -13, -74, -12)], crs=4326)
    assert pairs(join_regions([-74.5], [-12.5], square.to_crs(32718))) == [(0, 0)]
    with pytest.raises(MissingCRSError, match="Set it with set_crs"):
        join_regions([-74.5], [-12.5], square.set_crs(None, allow_override=True))


def test_as_many_points_as_there_are_agree_with_geopandas() -> None:
    random = np.random.default_rng(20090605)
    lons, lats = random.uniform(-80, -70, 3_000), random.uniform(-15, -5, 3_000)
    centres = random.uniform((-80, -15), (-70, -5), (40, 2))
    regions = gpd.GeoSeries([shapely.Point(*centre).buffer(1.5) for centre in centres], crs=4326)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lons, lats), crs=4326)
    joined = points.sjoin(gpd.GeoDataFrame(geometry=regions), predicate="intersects")
    assert pairs(join_regions(lons, lats, regions)) == sorted(zip(joined.index, joined["index_right"], strict=True))


def test_what_cannot_be_joined_is_refused() -> None:
    with pytest.raises(CoordinateError, match="as many latitudes as longitudes"):
        join_regions([1, 2], [1], [])
    with pytest.raises(GeometryTypeError, match="polygons as regions; got a Point at position 1"):
        join_regions([1], [1], [shapely.box(0, 0, 1, 1), shapely.Point(0, 0)])
    with pytest.raises(ValueError, match=r"above 0\.5 and at most 1"):
        join_geometries([], [], min_share=0.5)
