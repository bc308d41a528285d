"""Points outside the unit they name, by the finest outline that is known, and how far."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.data.boundaries import departments
from willay.data.gazetteer import Gazetteer
from willay.events.frame.unitcheck import outside_units

UNITS = (
    departments()
    .rename(columns={"ubigeo": "admin_code"})
    .assign(set="pe-departments")[["set", "key", "admin_code", "geometry"]]
)


def place(lon: float, lat: float, code: str | None, **more: Any) -> dict[str, Any]:
    return {
        "name": "Huanta", "precision": "site", "country": "PE", "lon": lon, "lat": lat, "admin_code": code,
        "radius_m": None, **more,
    }  # fmt: skip


def told(*places: dict[str, Any], regions: gpd.GeoDataFrame = UNITS) -> list[str]:
    return [str(one) for one in outside_units(places, regions)]


def test_a_point_in_another_department_is_named_with_its_distance() -> None:
    # Huanta in Ayacucho, given the code of a province of Cusco: the nearest place of Cusco is some 60 km away.
    (message,) = told(place(-74.25, -12.94, "0801"))
    assert message.startswith("'Huanta': the point is at least 6")
    assert "km outside province 0801 Cusco (Cusco). Check the coordinates and the administrative code." in message
    (department,) = told(place(-74.25, -12.94, "08"))
    assert "km outside department 08 Cusco." in department
    assert "at least" not in department
    (district,) = told(place(-74.25, -12.94, "080902"))
    assert "outside district 080902 Echarate (La Convención, Cusco)" in district


@pytest.mark.parametrize(
    "one",
    [
        place(-74.25, -12.94, "0504"),  # Huanta, Ayacucho: where it is
        place(-74.25, -12.94, None),
        {**place(0, 0, "08"), "lon": None, "lat": None},
        place(-74.25, -12.94, "08", precision="sea"),
        place(-74.25, -12.94, "08", precision="unknown"),
        place(-74.25, -12.94, "KE-01", country="KE"),  # no outline of it is known
        place(-77.03, -12.05, "15"),  # the city of Lima is of the department 15, whose set has its province apart
        place(-77.03, -12.05, "150101"),
        place(-77.6, -11.1, "1508"),  # Huaura: in the rest of Lima
    ],
)
def test_what_fits_or_cannot_be_compared_is_let_be(one: dict[str, Any]) -> None:
    assert told(one) == []


def test_no_place_of_the_shipped_gazetteer_lies_outside_its_unit() -> None:
    places = [place(one.lon, one.lat, one.code, name=one.name, precision="settlement") for one in Gazetteer.load()]
    assert len(places) > 2_000
    assert told(*places) == []


@pytest.mark.parametrize(("km", "expected"), [(8, 0), (13, 1)])
def test_outlines_are_trusted_to_a_millimetre_of_their_map(km: float, expected: int) -> None:
    square = gpd.GeoDataFrame(
        {"set": ["pe-departments"], "key": ["x"], "admin_code": ["08"]}, geometry=[shapely.box(-73, -13, -72, -12)],
        crs=4326,
    )  # fmt: skip
    west = -73 - km / (111.32 * math.cos(math.radians(12.5)))
    assert len(told(place(west, -12.5, "08"), regions=square)) == expected


def test_a_place_may_lie_as_far_from_its_point_as_it_says() -> None:
    west = -73 - 30 / (111.32 * math.cos(math.radians(12.5)))
    square = gpd.GeoDataFrame(
        {"set": ["pe-departments"], "key": ["x"], "admin_code": ["08"]}, geometry=[shapely.box(-73, -13, -72, -12)],
        crs=4326,
    )  # fmt: skip
    assert len(told(place(west, -12.5, "08"), regions=square)) == 1
    assert told(place(west, -12.5, "08", radius_m=25_000), regions=square) == []
    assert told(place(west, -12.5, "08", precision="near"), regions=square) == []  # near: within 25 km


DISTRICTS = gpd.GeoDataFrame(
    {"set": "pe-districts", "key": ["a", "b"], "admin_code": ["080901", "080902"]},
    geometry=[shapely.box(-73, -13, -72.5, -12), shapely.box(-72.5, -13, -72, -12)],
    crs=4326,
)


def test_limits_of_districts_are_used_where_somebody_has_added_them() -> None:
    both = gpd.GeoDataFrame(gpd.pd.concat([UNITS, DISTRICTS], ignore_index=True), crs=4326)
    (message,) = told(place(-72.4, -12.5, "080901"), regions=both)  # in the other of the two, still in Cusco
    assert message.startswith("'Huanta': the point is 11 km outside district 080901 Santa Ana (La Convención, Cusco)")
    assert told(place(-72.4, -12.5, "080902"), regions=both) == []
    assert told(place(-72.4, -12.5, "0809"), regions=both) == []  # two of its districts are not the province


def test_a_code_of_another_country_is_compared_with_the_areas_that_have_it() -> None:
    counties = gpd.GeoDataFrame(
        {"set": ["ke-counties"], "key": ["mombasa"], "admin_code": ["KE-28"]},
        geometry=[shapely.box(39.5, -4.2, 39.8, -3.9)],
        crs=4326,
    )
    assert told(place(39.65, -4.05, "KE-28", country="KE"), regions=counties) == []
    (message,) = told(place(36.8, -1.3, "KE-28", country="KE"), regions=counties)
    assert "km outside the unit KE-28" in message


POINT = st.tuples(st.floats(-81, -69), st.floats(-18, 0), st.sampled_from(["08", "05", "0801", None]))


@given(st.lists(POINT, max_size=6))
def test_those_reported_are_the_points_that_the_unit_does_not_hold(
    points: list[tuple[float, float, str | None]],
) -> None:
    outlines = dict(zip(UNITS["admin_code"], UNITS.geometry, strict=True))
    found = {one.position for one in outside_units([place(*point) for point in points], UNITS)}
    for position, (lon, lat, code) in enumerate(points):
        if code is None:
            assert position not in found
            continue
        degrees = shapely.distance(shapely.Point(lon, lat), outlines[code[:2]])
        if degrees == 0:
            assert position not in found
        elif degrees > 0.2:  # some 22 km and more
            assert position in found
