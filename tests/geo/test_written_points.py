"""UTM, `geo:` addresses and links to maps. Expected degrees of UTM are PROJ's, by its command `cs2cs`."""

from __future__ import annotations

import pytest

from willay.geo import BBox
from willay.geo.errors import CoordinateError
from willay.geo.written_points import read_written_point

PERU = BBox(-81.4, -18.4, -68.6, 0.0)
HERE = (-74.22, -13.17)


@pytest.mark.parametrize(
    "text",
    [
        "18L 584000 8543000", "18l 584000 8543000", "18 L 584000 8543000", "18L584000 8543000",
        "UTM 18L 584000 8543000",
        "18 S 584000 8543000", "18 sur 584000E 8543000N", "18 584000 8543000", "zona 18 584000 8543000",
        "18L 584 000 8 543 000", "18L 584,000 8,543,000", "18L 584000 mE 8543000 mN", "18L 584000.0, 8543000.0",
    ],
)  # fmt: skip
def test_utm_is_read_as_people_write_it(text: str) -> None:
    found = read_written_point(text, within=PERU)
    assert found is not None
    assert found.point == pytest.approx((-74.2248516, -13.1784543), abs=1e-6)
    assert not found.is_view


@pytest.mark.parametrize(("zone", "lon"), [(17, -80.0), (18, -74.0), (19, -70.0)])
def test_the_three_zones_of_peru_are_read(zone: int, lon: float) -> None:
    found = read_written_point(f"{zone}L 500000 8700000", within=PERU)
    assert found is not None
    assert found.point.lon == pytest.approx(-183 + 6 * zone)
    assert abs(found.point.lon - lon) < 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("584000 8543000", "lacks the UTM zone"), ("18N 584000 8543000", "contradicts itself"),
        ("18M 584000 8543000", "not in the band M"), ("geo:north", "not a geo: address"),
        ("geo:-113.17,-74.22", "which no place has"), ("https://maps.app.goo.gl/aBc", "does not go online"),
        ("https://goo.gl/maps/x", "does not go online"), ("https://example.org/nota", "has no coordinates"),
        ("https://osm.org/go/x", "does not go online"),
    ],
)  # fmt: skip
def test_what_gives_no_point_is_refused_with_what_to_do(text: str, message: str) -> None:
    with pytest.raises(CoordinateError, match=message):
        read_written_point(text, within=PERU)


def test_north_and_south_are_not_guessed_without_a_country() -> None:
    with pytest.raises(CoordinateError, match="Cannot distinguish north from south"):
        read_written_point("18S 584000 4000000")
    there = read_written_point("18S 584000 4000000", within=BBox(-80, 30, -70, 40))
    assert there is not None
    assert there.point.lat == pytest.approx(36.14, abs=0.01)


@pytest.mark.parametrize(
    ("text", "is_view"),
    [
        ("geo:-13.17,-74.22", False), ("GEO:-13.17,-74.22,3000;u=35", False),
        ("geo:0,0?q=-13.17,-74.22(Huanta)", False),
        ("https://www.google.com/maps/@-13.17,-74.22,15z", True),
        ("https://maps.google.com/?q=-13.17,-74.22", False),
        ("https://maps.google.com/maps?q=loc:-13.17,-74.22", False),
        ("https://www.google.com/maps/search/?api=1&query=-13.17%2C-74.22", False),
        ("https://www.google.com/maps/place/X/@-12,-75,14z/data=!4m5!3m4!1s0!8m2!3d-13.17!4d-74.22", False),
        ("https://www.google.com/maps/search/-13.17,+-74.22", False),
        ("https://www.openstreetmap.org/?mlat=-13.17&mlon=-74.22#map=15/-12/-75", False),
        ("https://www.openstreetmap.org/#map=15/-13.17/-74.22", True),
        ("https://maps.apple.com/?ll=-13.17,-74.22", False),
    ],
)  # fmt: skip
def test_an_address_says_which_number_is_the_latitude(text: str, is_view: bool) -> None:  # noqa: FBT001 — a table
    found = read_written_point(text)
    assert found is not None
    assert (found.point, found.is_view) == (HERE, is_view)


@pytest.mark.parametrize("text", ["Huanta", "-74.22,-13.17", "0504", "18 de enero", "13°10'S 74°13'O", ""])
def test_what_is_none_of_these_is_left_to_others(text: str) -> None:
    assert read_written_point(text, within=PERU) is None
