"""Distances and areas, against published figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from willay.geo import CoordinateError, area_km2, circle, cut_at_antimeridian, distance_m, distances_m
from willay.geo.distance import WGS84, distance_outside_m

LIMA, KITENI = (-77.0428, -12.0464), (-73.2, -12.63667)


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_flinders_peak_to_buninyong_is_the_published_distance() -> None:
    # Geocentric Datum of Australia Technical Manual, chapter 4: 54,972.271 m (on GRS80, 0.1 mm from WGS84).
    flinders = (degrees(144, 25, 29.52440), -degrees(37, 57, 3.72030))
    buninyong = (degrees(143, 55, 35.38390), -degrees(37, 39, 10.15610))
    assert distance_m(flinders, buninyong) == pytest.approx(54_972.271, abs=0.001)


def test_wellington_to_salamanca_is_the_published_distance() -> None:
    # GeographicLib's documentation of the Inverse method: 19959679.267 m.
    assert distance_m((174.81, -41.32), (-5.50, 40.96)) == pytest.approx(19_959_679.267, abs=0.001)


def test_a_degree_of_the_equator_is_its_part_of_the_circumference() -> None:
    assert distance_m((10, 0), (11, 0)) == pytest.approx(2 * math.pi * 6_378_137 / 360, abs=1e-6)


def test_distances_of_many_points_are_those_of_each_and_nan_stays() -> None:
    many = distances_m([LIMA[0], math.nan, KITENI[0]], [LIMA[1], 3.0, KITENI[1]], KITENI)
    assert many[0] == distance_m(LIMA, KITENI)
    assert math.isnan(many[1])
    assert many[2] == 0
    assert distances_m([], [], LIMA).tolist() == []


def test_an_octant_is_an_eighth_of_the_earth() -> None:
    # The surface of the WGS84 ellipsoid is 510,065,621.724 km2.
    octant = shapely.Polygon([(0, 0), (90, 0), (0, 90)])
    assert area_km2(octant) == pytest.approx(510_065_621.724 / 8, rel=1e-9)


def test_antarctica_has_the_published_area() -> None:
    # GeographicLib's example for PolygonArea (A. N. Karney): 13662703680020.1 m2.
    lat_lon = [
        (-63.1, -58), (-72.9, -74), (-71.9, -102), (-74.9, -102), (-74.3, -131), (-77.5, -163),
        (-77.4, 163), (-71.7, 172), (-65.9, 140), (-65.7, 113), (-66.6, 88), (-66.9, 59),
        (-69.8, 25), (-70.0, -4), (-71.0, -14), (-77.3, -33), (-77.9, -46), (-74.7, -61),
    ]  # fmt: skip
    assert area_km2(shapely.Polygon([(lon, lat) for lat, lon in lat_lon])) == pytest.approx(
        13_662_703.6800201, rel=1e-12
    )


def test_holes_are_taken_off_whatever_way_the_rings_turn() -> None:
    shell, hole = shapely.box(-75, -13, -73, -11), shapely.box(-74.5, -12.5, -74, -12)
    for outer in (shell.exterior.coords, shell.exterior.coords[::-1]):
        for inner in (hole.exterior.coords, hole.exterior.coords[::-1]):
            ring = shapely.Polygon(outer, [inner])
            assert area_km2(ring) == pytest.approx(area_km2(shell) - area_km2(hole), rel=1e-12)


def test_areas_of_collections_add_up_and_points_and_lines_have_none() -> None:
    one, two = shapely.box(-75, -13, -74, -12), shapely.box(-70, -13, -69, -12)
    both = shapely.MultiPolygon([one, two])
    mixed = shapely.GeometryCollection([both, shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])])
    assert area_km2(mixed) == area_km2(both) == pytest.approx(area_km2(one) + area_km2(two))
    assert area_km2(shapely.Point(0, 0)) == area_km2(shapely.Polygon()) == 0


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(1, 500_000), st.integers(3, 90))
def test_every_corner_of_a_circle_is_its_radius_away(lon: float, lat: float, radius_m: float, segments: int) -> None:
    ring = circle((lon, lat), radius_m, segments)
    lons, lats = shapely.get_coordinates(ring).T
    assert len(lons) == segments + 1
    assert np.allclose(distances_m(lons, lats, (lon, lat)), radius_m, rtol=1e-6, atol=1e-4)
    assert ring.exterior.is_ccw
    assert abs(lons - lon).max() < 180


def test_a_circle_has_nearly_the_area_of_a_circle() -> None:
    # A regular polygon of 64 corners has sin(2π/64) / (2π/64) = 0.99839 of its circle's area.
    assert area_km2(circle(KITENI, 10_000)) == pytest.approx(math.pi * 100 * 0.998394, rel=1e-4)


def test_a_circle_over_the_antimeridian_runs_on_and_can_be_cut() -> None:
    ring = circle((179.9, -17), 50_000)
    assert ring.bounds[2] > 180
    cut = cut_at_antimeridian(ring)
    assert cut.geom_type == "MultiPolygon"
    assert [cut.bounds[0], cut.bounds[2]] == [-180, 180]
    assert area_km2(cut) == pytest.approx(area_km2(ring), rel=1e-4)


def test_shapes_within_180_degrees_are_not_cut() -> None:
    world = shapely.box(-180, -90, 180, 90)
    assert cut_at_antimeridian(world) is world
    assert cut_at_antimeridian(shapely.Polygon()).is_empty
    assert cut_at_antimeridian(shapely.Point(190, 5)) == shapely.Point(-170, 5)
    assert cut_at_antimeridian(shapely.Point(-190, 5)) == shapely.Point(170, 5)


@pytest.mark.parametrize(
    ("point", "radius_m", "segments", "message"),
    [
        (KITENI, 0, 64, "radius above 0 m"),
        (KITENI, math.nan, 64, "radius above 0 m"),
        (KITENI, 5, 2, "3 segments or more"),
        ((0, 89.99), 5_000, 64, "contains a pole"),
    ],
)
def test_a_circle_that_is_none_is_refused(
    point: tuple[float, float], radius_m: float, segments: int, message: str
) -> None:
    with pytest.raises(CoordinateError, match=message):
        circle(point, radius_m, segments)


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((-72.5, -12.5), 0.0),  # within
        ((-73.0, -12.5), 0.0),  # on the border
        ((-72.5, -14.0), 110_630.0),  # a degree of meridian there: 110.63 km (WGS84)
        ((-72.35, -12.35), 11_065.0),  # in the hole: a tenth of a degree from its southern edge
    ],
)
def test_the_distance_outside_an_area_is_the_geodesic_one(point: tuple[float, float], expected: float) -> None:
    area = shapely.Polygon(
        shapely.box(-73, -13, -72, -12).exterior.coords, [shapely.box(-72.6, -12.45, -72.2, -12.1).exterior.coords]
    )
    assert distance_outside_m(point, area) == pytest.approx(expected, abs=60)


@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(0, 359), st.floats(1_000, 800_000))
def test_the_distance_outside_agrees_with_the_nearest_of_many_points_of_the_border(
    lon: float, lat: float, azimuth: float, metres: float
) -> None:
    centre_lon, centre_lat, _ = WGS84.fwd(lon, lat, azimuth, metres)
    area = shapely.box(centre_lon - 0.2, centre_lat - 0.2, centre_lon + 0.2, centre_lat + 0.2)
    assume(not area.covers(shapely.Point(lon, lat)) and abs(centre_lon - lon) < 100)
    border = shapely.get_coordinates(shapely.segmentize(area.exterior, 0.002))
    nearest = distances_m(border[:, 0], border[:, 1], (lon, lat)).min()
    assert distance_outside_m((lon, lat), area) == pytest.approx(nearest, rel=2e-3, abs=150)


def test_an_area_without_a_polygon_is_refused() -> None:
    with pytest.raises(CoordinateError, match="not empty"):
        distance_outside_m((0, 0), shapely.Polygon())
