"""Pages of countries across the meridian 180: whole in one view, without a seam, with every way to an incident."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from opened_page import at_rest
from worlds import AREAS, COUNTRIES, as_files_have_it, base_of, box_of, incidents_in, on_180, regions_in

from willay.data.units import units
from willay.maps import PageSpec
from willay.maps.shipped import shipped_base

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

CODES = sorted(COUNTRIES)
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

WATCHED = """
Object.defineProperty(window, "L", { configurable: true, set(leaflet) {
  Object.defineProperty(window, "L", { value: leaflet, writable: true });
  leaflet.Map.addInitHook(function () { window.theMap = this; });
} });
window.written = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
  window.written.push([text, x, y]);
  return write.call(this, text, x, y, ...rest);
};
"""
"""Keeps the page's map, and what is written on canvases."""

LEGENDS = """
(() => {
  const map = theMap.getContainer().getBoundingClientRect();
  const edge = (id, side) => {
    const legend = document.getElementById(id);
    return legend && !legend.hidden && legend.open ? legend.getBoundingClientRect()[side] - map.left : null;
  };
  return map.width < 600 ? [0, map.width] : [edge("legend", "right") ?? 0, edge("legend-signs", "left") ?? map.width];
})()
"""
"""Between which pixels, from the left of the map, no open legend lies on it."""

AT = "([lat, lng]) => { const at = theMap.latLngToContainerPoint([lat, lng]); return [at.x, at.y]; }"


@pytest.fixture
def open_world(open_page: Opener) -> Callable[..., Opened]:
    """Return a function that opens a page of a country across the meridian 180."""

    def open_it(code: str, kind: str = "atlas", viewport: dict[str, int] = DESK, **spec: Any) -> Opened:
        asked = PageSpec(kind=kind, lang="en", **spec)
        return open_page(
            incidents_in(code), asked, regions_in(code), base=base_of(code), script=WATCHED, viewport=viewport
        )

    return open_it


def view(opened: Opened) -> tuple[float, float, float, float]:
    west, south, east, north = map(float, opened.page.evaluate("theMap.getBounds().toBBoxString()").split(","))
    return west, south, east, north


def pixel(opened: Opened, lon: float, lat: float) -> tuple[float, float]:
    """Where a place (its longitude as the map has it) lies on the screen."""
    box = opened.page.locator(".map").bounding_box()
    x, y = opened.page.evaluate(AT, [lat, lon])
    return box["x"] + x, box["y"] + y


def go_to(opened: Opened, lon: float, lat: float, zoom: float) -> None:
    opened.page.evaluate(
        "([lat, lng, zoom]) => { theMap.moved = true; theMap.setView([lat, lng], zoom, { animate: false }); }",
        [lat, lon, zoom],
    )
    at_rest(opened.page)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("kind", "viewport", "most"), [("atlas", PHONE, 1.5), ("choropleth", DESK, 1.75)])
def test_a_country_is_whole_in_one_view(
    open_world: Callable[..., Opened], code: str, kind: str, viewport: dict[str, int], most: float
) -> None:
    opened = open_world(code, kind, viewport)
    west, south, east, north = view(opened)
    left, bottom, right, top = box_of(code)
    assert west <= left < right <= east
    assert south <= bottom < top <= north
    heights = [np.diff(np.arctanh(np.sin(np.radians(pair))))[0] for pair in ((south, north), (bottom, top))]
    # A screen is wider or higher than the country: the other side is tight. On a desk, legends have their room.
    assert min((east - west) / (right - left), heights[0] / heights[1]) <= most
    asked = "(() => { const { x, y } = theMap.latLngToContainerPoint(theMap.getCenter()); return [x, y]; })()"
    middle = opened.page.evaluate(asked)
    corners = [opened.page.evaluate(AT, at) for at in ([top, left], [bottom, right])]
    (aside, above), room = np.mean(corners, axis=0) - middle, opened.page.evaluate(LEGENDS)
    assert abs(above) < 10  # pixels
    # In the middle of the map, or as near to it as the legends let it be: against the one that is in its way.
    assert min(abs(aside), abs(corners[0][0] - room[0]), abs(corners[1][0] - room[1])) < 10
    assert room[0] <= corners[0][0] + 2
    assert corners[1][0] - 2 <= room[1]


def assert_no_line_at_180(opened: Opened, lon: float, lat: float, wide: float) -> None:
    """Look at an island, half as wide as `wide`, from above: what is painted on the meridian, and beside it."""
    from PIL import Image  # noqa: PLC0415 — only here

    opened.page.evaluate("document.querySelectorAll('.legends').forEach((each) => each.remove())")
    go_to(opened, lon, lat, min(14, np.log2(300 / (256 * wide / 180))))
    opened.page.evaluate(
        "document.querySelectorAll('.leaflet-points-pane, .leaflet-names-pane, .leaflet-dots-pane')"
        ".forEach((each) => each.remove())"
    )
    picture = np.asarray(Image.open(io.BytesIO(opened.page.screenshot())).convert("RGB")).astype(int)
    x, y = pixel(opened, 180, lat)
    row = picture[round(y) - 12 : round(y) + 12, round(x) - 8 : round(x) + 8].mean(axis=0)
    usual = np.median(row, axis=0)
    away = pixel(opened, lon - wide * 1.2, lat)
    sea = picture[round(away[1]) + 30, round(away[0])]
    assert np.abs(usual - sea).max() > 10, "this is not the island"
    # The graticule's own thin line lies on the meridian; a border would be three times as dark.
    assert np.abs(row - usual).max() < 45


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("shown", ["regions", "points"])
def test_no_line_is_drawn_where_a_file_is_cut(open_world: Callable[..., Opened], code: str, shown: str) -> None:
    opened = open_world(code, view=shown)
    lon, lat, wide, _ = on_180(code)
    assert_no_line_at_180(opened, lon, lat, wide)


@pytest.mark.parametrize(("code", "island"), [("FJ", (179.99, -16.84, 0.2)), ("RU", (180.1, 71.2, 2.6))])
@pytest.mark.parametrize("shown", ["regions", "points"])
def test_no_line_is_drawn_on_taveuni_and_wrangel(
    open_page: Opener, code: str, island: tuple[float, float, float], shown: str
) -> None:
    regions = units(code)
    named = regions.assign(set="units", name=regions["name_en"])
    frame = incidents_in(code).iloc[:40]
    opened = open_page(
        frame, PageSpec(lang="en", view=shown), named, base=shipped_base([code]), script=WATCHED, viewport=DESK
    )
    west, _, east, _ = view(opened)
    assert west < 180 < east
    assert_no_line_at_180(opened, *island)


def test_meridians_are_named_east_west_and_neither(open_world: Callable[..., Opened]) -> None:
    opened = open_world("KI")
    opened.page.evaluate("written.length = 0")
    go_to(opened, 180, 0, 5)
    written = opened.page.evaluate("written")
    top = min(y for text, _, y in written if text == "180°")
    at = {text: x for text, x, y in written if y == top}
    assert at["170° E"] < at["180°"] < at["170° W"]
    assert not {"180° E", "180° W", "190° E"} & set(at)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("shown", ["points", "clusters", "density"])
def test_a_mark_east_of_180_opens_by_a_click(open_world: Callable[..., Opened], code: str, shown: str) -> None:
    opened = open_world(code, view=shown)
    lon, lat = COUNTRIES[code].mark
    go_to(opened, lon + 360, lat, 14)
    opened.page.mouse.click(*pixel(opened, lon + 360, lat))
    opened.page.wait_for_selector("#panel-title")
    assert opened.text("#panel-title") == "Marked"


def test_a_click_on_a_cluster_zooms_to_where_it_is(open_world: Callable[..., Opened]) -> None:
    opened = open_world("FJ", view="clusters")
    lon, lat, wide, _ = on_180("FJ")
    before = view(opened)
    opened.page.mouse.click(*pixel(opened, lon, lat))
    at_rest(opened.page)
    west, _, east, _ = view(opened)
    assert east - west < (before[2] - before[0]) / 1.5
    assert west < lon - wide < lon + wide < east


def test_the_keyboard_walks_over_180_from_west_to_east(open_world: Callable[..., Opened]) -> None:
    opened = open_world("FJ", view="points")
    go_to(opened, 180, -17.5, 7)
    opened.page.locator(".map").focus()
    seen = []
    for _ in range(3):
        opened.page.keyboard.press("n")
        seen.append(opened.page.evaluate("document.querySelector('.tip').getBoundingClientRect().left"))
    assert seen == sorted(seen)
    opened.page.keyboard.press("p")
    opened.page.keyboard.press("p")
    opened.page.keyboard.press("p")
    opened.page.keyboard.press("p")  # round to the last in view, in the east
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#panel-title")


@pytest.mark.parametrize("code", CODES)
def test_the_address_has_usual_longitudes_and_leads_back(open_world: Callable[..., Opened], code: str) -> None:
    opened = open_world(code)
    lon, lat = COUNTRIES[code].mark
    go_to(opened, lon + 360, lat, 9)
    opened.page.click("[data-view=points]")
    at_rest(opened.page)
    opened.page.wait_for_function("location.hash.includes('at=')")
    told = opened.page.evaluate("new URLSearchParams(location.hash.slice(1)).get('at')")
    assert [float(part) for part in told.split(",")] == pytest.approx([lon, lat, 9], abs=0.01)
    fragment = opened.page.evaluate("location.hash")
    before = view(opened)
    opened.page.goto("about:blank")
    opened.page.goto(f"{opened.path.as_uri()}{fragment}")
    opened.page.wait_for_selector("html[data-texts]")
    at_rest(opened.page)
    assert view(opened) == pytest.approx(before, abs=0.01)


def test_downloads_have_usual_longitudes_and_areas_cut_at_180(
    open_world: Callable[..., Opened], tmp_path: Path
) -> None:
    opened = open_world("FJ")
    files = {}
    opened.page.click("#download-open")
    for form in ("csv", "geojson"):
        with opened.page.expect_download(timeout=60_000) as waited:
            opened.page.click(f'#download-menu [data-form="{form}"]')
        files[form] = tmp_path / waited.value.suggested_filename
        waited.value.save_as(files[form])
    frame = incidents_in("FJ").set_index("code")
    rows = csv.DictReader(io.StringIO(files["csv"].read_text("utf-8-sig"), newline=""))
    for row in rows:
        point = shapely.point_on_surface(frame.geometry[row["code"]])
        if frame["place_precision"][row["code"]] != "area":
            assert (float(row["lon"]), float(row["lat"])) == pytest.approx((point.x, point.y), abs=1e-5)
        assert -180 <= float(row["lon"]) <= 180
    read = gpd.read_file(files["geojson"]).set_index("code").geometry
    assert np.abs(read.bounds[["minx", "maxx"]].to_numpy()).max() <= 180
    area = read[read.geom_type == "MultiPolygon"].iloc[0]
    whole = as_files_have_it(AREAS["FJ"])
    assert area.is_valid
    assert area.symmetric_difference(whole).area < 1e-3 * whole.area
    assert [len(part.interiors) for part in area.geoms] == [0, 0]  # its hole reaches across: it is a bay on each side
    for feature in json.loads(files["geojson"].read_text("utf-8"))["features"]:
        if feature["geometry"]["type"] == "MultiPolygon":
            assert all(shapely.LinearRing(rings[0]).is_ccw for rings in feature["geometry"]["coordinates"])


def test_a_place_within_a_distance_is_one_whole_ring(open_world: Callable[..., Opened]) -> None:
    opened = open_world("FJ", view="points")
    lat = COUNTRIES["FJ"].mark[1] + 1
    go_to(opened, 180, lat, 9)
    for lon in (179.90, 180.02):  # within its 20 km on both sides of the meridian
        opened.page.mouse.click(*pixel(opened, lon, lat))
        opened.page.wait_for_selector("#panel-title")
        assert opened.text("#panel-title") == "Near"
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_selector("#panel-title", state="detached")
