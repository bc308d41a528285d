"""Points as people type them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.geo import (
    BBox,
    CoordinateError,
    LonLat,
    SwappedCoordinatesError,
    format_dms,
    format_point,
    parse_point,
)

PERU = BBox(-81.4, -18.4, -68.6, 0.1)
# Kiteni by hand: 12° + 38'/60 + 12"/3600 = 12.63666… south, 73° + 12'/60 = 73.2 west.
LON, LAT = -73.2, -(12 + 38 / 60 + 12 / 3600)

points = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@pytest.mark.parametrize(
    "text",
    [
        "12°38'12\"S 73°12'W",
        "73°12'W 12°38'12\"S",
        "12°38'12\" S, 73°12'00\" W",
        "12º38′12″S 73º12′O",  # noqa: RUF001  (as word processors write it)
        "12° 38’ 12” S; 73° 12’ W",
        "12°38'12''S 73°12'0''W",
        "12 38 12 S, 73 12 0 W",
        "12:38:12 S 73:12:00 W",
        "S12 38 12 W73 12",
        "S 12°38'12\" / O 73°12'",
        "12°38.2'S 73°12.0'W",
        "12°38,2'S 73°12,0'O",
    ],
)
def test_degrees_minutes_and_seconds_are_read_in_either_order(text: str) -> None:
    assert parse_point(text) == pytest.approx((LON, LAT), abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "S12.6369 W73.2044",
        "W73.2044 S12.6369",
        "12.6369S,73.2044W",
        "12.6369° S, 73.2044° W",
        "12.6369 sur, 73.2044 oeste",
        "12.6369 South 73.2044 West",
        "12,6369 S 73,2044 O",
        "-73.2044, -12.6369",
        "-73.2044 -12.6369",
        "-73.2044;-12.6369",
        "(-73.2044, -12.6369)",
        "\u221273.2044, \u221212.6369",
        "-73,2044 -12,6369",
        "-73,2044; -12,6369",
        "-73,2044, -12,6369",
        "-73,2044,-12,6369",
    ],
)
def test_decimal_degrees_are_read(text: str) -> None:
    assert parse_point(text) == LonLat(-73.2044, -12.6369)


def test_a_comma_between_two_whole_numbers_separates_them() -> None:
    assert parse_point("-73,12") == LonLat(-73, 12)


def test_bare_decimals_are_longitude_first() -> None:
    assert parse_point("10, 20") == LonLat(10, 20)


def test_lat_lon_pasted_from_a_web_map_is_refused_with_what_to_type() -> None:
    with pytest.raises(SwappedCoordinatesError, match=r"read as lon, lat.*type '-73\.2044, -12\.6369'") as caught:
        parse_point("-12.6369, -73.2044", within=PERU)
    assert caught.value.likely == LonLat(-73.2044, -12.6369)
    assert parse_point(caught.value.suggestion, within=PERU) == caught.value.likely


def test_a_second_number_beyond_90_cannot_be_a_latitude() -> None:
    with pytest.raises(SwappedCoordinatesError, match=r"type '139\.69, 35\.68'"):
        parse_point("35.68, 139.69")


def test_a_point_outside_is_not_swapped_unless_the_swapped_one_is_inside() -> None:
    assert parse_point("-58.4, -34.6", within=PERU) == LonLat(-58.4, -34.6)
    assert parse_point("-75, -12", within=PERU) == LonLat(-75, -12)


def test_degree_signs_without_letters_are_read_if_only_one_order_is_possible() -> None:
    assert parse_point("-12.5°, -120.5°") == LonLat(-120.5, -12.5)
    assert parse_point("-73.2°, -12.5°", within=PERU) == LonLat(-73.2, -12.5)
    assert parse_point("-12.5°, -73.2°", within=PERU) == LonLat(-73.2, -12.5)
    with pytest.raises(CoordinateError, match=r"which of the two angles is the latitude.*Add letters"):
        parse_point("-12.5°, -73.2°")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not two numbers"),
        ("Kiteni", "not understood at 'KITENI'"),
        ("12", "not two numbers"),
        ("12 38 12, 73 12 0", "not two numbers"),
        ("12 S", "a hemisphere letter for each"),
        ("12 S 73", "a hemisphere letter for each"),
        ("12 S 73 S", "one of N or S and one of E or W"),
        ("12 S 73 W 5", "must be directly before or after its angle|Expected two angles"),
        ("-12 S 73 W", "letter or a sign, not both"),
        ("-12 N 73 W", "letter or a sign, not both"),
        ("12°60'S 73°W", "minutes and seconds below 60"),
        ("12°10'60\"S 73°W", "minutes and seconds below 60"),
        ("12.5°30'S 73°W", "fractions only at the end"),
        ("12 -30 S 73 W", "minutes and seconds below 60"),
        ("12'30°S 73°W", "degrees, then minutes"),
        ("12 1 2 3 S 73 W", "degrees, then minutes"),
        ("S W", "Expected two angles"),
        ("°S °W", "Expected two angles"),
        ("95 S 73 W", "latitude from -90 to 90"),
        ("12 S 181 W", "longitude from -180 to 180"),
        ("200, 100", "longitude from -180 to 180"),
        ("1e2, 3", "not understood|not two numbers|letter"),
        ("73,2044,12,6369", "decimal commas from separators"),
        ("12,38,12 S 73,12,0 W", "decimal commas from separators"),
        ("nan, nan", "not understood|letter"),
        ("12° 73° 5°", "each with its degree sign"),
        ("x" * 500, "…"),
    ],
)
def test_what_is_no_point_is_refused_with_an_example(text: str, message: str) -> None:
    with pytest.raises(CoordinateError, match=message) as caught:
        parse_point(text)
    assert len(str(caught.value)) < 400


@given(points, st.integers(0, 9))
def test_a_written_point_reads_back(point: tuple[float, float], decimals: int) -> None:
    text = format_point(point, decimals)
    assert parse_point(text) == pytest.approx(point, abs=0.51 * 10**-decimals)
    assert format_point(parse_point(text), decimals) == text


@given(points, st.integers(0, 6))
def test_written_degrees_minutes_and_seconds_read_back(point: tuple[float, float], decimals: int) -> None:
    text = format_dms(point, decimals)
    assert parse_point(text) == pytest.approx(point, abs=0.51 * 10**-decimals / 3600 + 1e-12)
    assert format_dms(parse_point(text), decimals) == text


@given(st.text(max_size=30))
def test_any_text_is_a_point_or_a_clear_refusal(text: str) -> None:
    try:
        lon, lat = parse_point(text)
    except CoordinateError:
        return
    assert abs(lon) <= 180
    assert abs(lat) <= 90


@given(st.text(alphabet="0123456789.,-+°'\"NSEWO ;", max_size=24))
def test_any_text_of_numbers_and_marks_is_a_point_or_a_clear_refusal(text: str) -> None:
    try:
        lon, lat = parse_point(text, within=PERU)
    except CoordinateError:
        return
    assert math.isfinite(lon)
    assert math.isfinite(lat)


def test_seconds_carry_over_into_minutes_and_degrees() -> None:
    assert format_dms((-72.99999, 11.99999)) == "12°00'00\"N 73°00'00\"W"
    assert format_dms((LON, LAT)) == "12°38'12\"S 73°12'00\"W"
    assert format_dms((0.0, -0.0)) == "0°00'00\"N 0°00'00\"E"
    assert format_dms((LON, LAT), 2) == "12°38'12.00\"S 73°12'00.00\"W"


def test_zero_has_no_sign() -> None:
    assert format_point((-0.0000001, -0.0)) == "0.00000, 0.00000"
    assert format_point((LON, LAT)) == "-73.20000, -12.63667"
