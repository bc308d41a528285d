"""Where the world of a map begins, and what is laid out from there."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from squares import BASE, ROWS, frame_of, regions_of
from worlds import COUNTRIES, base_of, box_of, incidents_in, regions_in

from willay.data.boundaries import departments
from willay.data.countries import countries
from willay.data.units import units
from willay.geo.longitudes import Longitudes
from willay.maps import BaseMap, PageSpec, picture, render
from willay.maps.incidents import incident_columns
from willay.maps.payload import unpack
from willay.maps.profile.charts import map_chart
from willay.maps.regions import region_columns
from willay.maps.shapes import GRID, ShapeTable, to_degrees, to_grid
from willay.maps.world import middle_of, world_west

CELL = 360 / GRID
LONS, LATS = st.floats(-180, 180), st.floats(-85, 85)
WESTS = st.integers(-180, 179).map(float)


@given(LONS, LATS, WESTS)
@settings(max_examples=examples(200))
def test_a_place_comes_back_from_the_grid_of_any_world(lon: float, lat: float, west: float) -> None:
    ((x, y),) = cells = to_grid(np.array([lon]), np.array([lat]), west)
    assert 0 <= x < GRID
    assert 0 <= y < GRID
    ((back_lon, back_lat),) = to_degrees(cells, west)
    assert -180 <= back_lon <= 180
    assert (back_lon - lon + 180) % 360 - 180 == pytest.approx(0, abs=CELL)
    assert back_lat == pytest.approx(lat, abs=CELL)


@given(LONS, LATS, WESTS)
def test_east_is_right_in_every_world(lon: float, lat: float, west: float) -> None:
    """The usual world is the one of before, and any other is it, turned."""
    usual = np.column_stack([(np.array([lon]) + 180) / 360 * GRID])
    ((x, _),) = to_grid(np.array([lon]), np.array([lat]))
    assert x == pytest.approx(min(usual[0, 0], GRID - 1), abs=0.5)
    ((turned, _),) = to_grid(np.array([lon]), np.array([lat]), west)
    off = (turned - (usual[0, 0] - (west + 180) / 360 * GRID)) % GRID
    assert min(off, GRID - off) <= 1


def narrowest(lons: list[float]) -> float:
    """How wide the narrowest stretch round the Earth is that holds all, by trying every gap."""
    around = sorted({lon % 360 for lon in lons})
    gaps = [b - a for a, b in pairwise([*around, around[0] + 360])]
    return 360 - max(gaps)


@given(st.lists(st.floats(-180, 179.99), min_size=1, max_size=40))
@settings(max_examples=examples(300))
def test_the_narrowest_stretch_of_longitudes_is_the_one_that_leaves_the_widest_gap(lons: list[float]) -> None:
    taken = Longitudes()
    taken.add(lons)
    west, east = taken.span() or (0, 0)
    assert (east - west) % 360 == pytest.approx(narrowest(lons), abs=1e-9)
    assert all((lon - west) % 360 <= (east - west) % 360 + 1e-9 for lon in lons)


@given(st.lists(st.tuples(st.integers(-180, 179), st.integers(0, 90)), min_size=1, max_size=12))
def test_areas_take_up_all_between_their_sides(spans: list[tuple[int, int]]) -> None:
    taken = Longitudes()
    kept = [(left, min(180, left + wide)) for left, wide in spans]
    taken.add_spans([left for left, _ in kept], [right for _, right in kept])
    west, east = taken.span() or (0, 0)
    degrees = [lon for left, right in kept for lon in np.linspace(left, right, (right - left) * 4 + 1)]
    assert (east - west) % 360 == pytest.approx(narrowest(degrees) % 360, abs=0.3)


@pytest.mark.parametrize(("code", "expected"), [("FJ", -1), ("NZ", -4), ("RU", -72), ("KI", 8), ("US", 52)])
def test_the_world_of_a_country_across_180_begins_in_the_widest_gap(code: str, expected: int) -> None:
    left, _, right, _ = box_of(code)
    assert abs((left + right - 360) / 2 - expected) <= 1  # by hand: half-way round from its middle
    west = world_west(base_of(code), incidents_in(code), regions_in(code))
    assert west == expected
    assert world_west(None, incidents_in(code), regions_in(code)) == west
    assert middle_of(base_of(code)) == pytest.approx((left + right) / 2, abs=0.01)


@pytest.mark.parametrize(
    "tables",
    [
        (),
        (None, gpd.GeoDataFrame({"a": []})),
        (departments(),),
        (frame_of(ROWS), regions_of()),
        (gpd.GeoDataFrame(geometry=[shapely.Point(179.9, 0), shapely.Point(170, 0), None, shapely.Point()], crs=4326),),
        (gpd.GeoDataFrame(geometry=[shapely.box(-180, -90, 180, 90)], crs=4326),),
        (gpd.GeoDataFrame(geometry=[shapely.Point(lon, 0) for lon in range(-170, 180, 40)], crs=4326),),
        (gpd.GeoDataFrame(geometry=[shapely.box(500_000, 8_000_000, 600_000, 8_100_000)], crs=32718),),
        ("not a table",),
    ],
    ids=["nothing", "empty", "Peru", "squares", "near 180", "the world", "all around", "metres", "text"],
)
def test_every_other_world_begins_at_180_west(tables: tuple[Any, ...]) -> None:
    assert world_west(None, *tables) == -180


def test_of_all_countries_six_lie_across_180() -> None:
    """Those that a trial found by hand: Fiji, Kiribati, New Zealand, Russia, the United States, and their islands."""
    found = {code: world_west(None, units(code)) for code in countries()}
    assert {code: west for code, west in found.items() if west != -180} == {
        "FJ": -2, "KI": 9, "NZ": -5, "RU": -75, "UM": 46, "US": 53,
    }  # fmt: skip


def test_an_ordinary_page_says_nothing_of_where_its_world_begins() -> None:
    frame = frame_of(ROWS)
    shapes = ShapeTable()
    incident_columns(frame, shapes)
    assert "west" not in shapes.arrays()
    html = render(frame, PageSpec(lang="en"), regions_of(), BASE).html()
    core = html.split('data-block="core">')[1].split("</script>")[0]
    assert "west" not in unpack(core)[1]
    across = render(incidents_in("FJ"), PageSpec(lang="en"), regions_in("FJ"), base_of("FJ")).html()
    core = across.split('data-block="core">')[1].split("</script>")[0]
    assert unpack(core)[1]["west"].tolist() == [-1]


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_incidents_are_in_their_regions_on_both_sides(code: str) -> None:
    """What is drawn is turned and joined; what holds an incident is as the file has it."""
    frame, regions = incidents_in(code), regions_in(code)
    shapes = ShapeTable(world_west(None, frame, regions))
    incidents = incident_columns(frame, shapes)
    areas = region_columns(regions, incidents, shapes)
    usual = region_columns(regions, incident_columns(frame, ShapeTable()), ShapeTable())
    assert areas.arrays["member_row"].tolist() == usual.arrays["member_row"].tolist()
    assert areas.arrays["member_region"].tolist() == usual.arrays["member_region"].tolist()
    assert len(set(usual.arrays["member_row"].tolist())) >= 40
    for region in areas.sets[0]["regions"]:
        ((lon, lat),) = to_degrees(np.array([region["at"]]), shapes.west)
        assert regions.geometry[region["id"]].buffer(1e-4).covers(shapely.Point(lon, lat))


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_pictures_and_the_map_of_a_profile_show_a_country_whole_and_in_one_piece(code: str) -> None:
    left, _, right, _ = box_of(code)
    frame, regions, base = incidents_in(code), regions_in(code), base_of(code)
    metre = 2 * 20037508.34 / 360
    drawn = picture(frame, PageSpec(kind="choropleth", lang="en"), regions, base)
    patches = {
        patch.get_gid(): patch
        for axes in drawn.figure.axes
        for patch in axes.patches
        if str(patch.get_gid()).startswith("region-")
    }
    for number, islands in enumerate(COUNTRIES[code].units.values()):
        parts = patches[f"region-{number}"].get_path().to_polygons()
        assert len(parts) == len(islands)
    extents = [patch.get_path().get_extents() for patch in patches.values()]
    width = max(box.x1 for box in extents) - min(box.x0 for box in extents)
    assert width / metre == pytest.approx(right - left, abs=0.01)
    (map_axes,) = {patch.axes for patch in patches.values()}
    shown = map_axes.get_xlim()
    assert shown[0] <= min(box.x0 for box in extents) < max(box.x1 for box in extents) <= shown[1]
    chart = map_chart(incident_columns(frame, ShapeTable()), base, {}, "Map", "A map.")
    view = chart.figure.axes[-1].get_xlim()
    assert right - left <= (view[1] - view[0]) / metre < 360


def test_a_base_map_of_another_place_warns_across_180_too() -> None:
    from willay.events.model.errors import FrameWarning  # noqa: PLC0415 — only here

    with pytest.warns(FrameWarning, match="No incident is in the country of the base map"):
        render(frame_of(ROWS[:1]), PageSpec(lang="en"), None, BaseMap(country=base_of("FJ").country))
