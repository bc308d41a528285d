"""Layers on anyone's Folium map. What Folium asks of a network is answered from the package that has Leaflet."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import folium
import pytest
from opened_page import Opened, at_rest, watched
from squares import BASE, HOSTILE, ROWS, frame_of, regions_of
from worlds import COUNTRIES, base_of, incidents_in, regions_in

import willay.maps
from willay.maps import layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

    Opener = Callable[[folium.Map], Opened]

LEAFLET = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
OTHER = {"js": "window.$ = window.jQuery = () => ({});", "css": ""}
"""What the other files that Folium asks for are answered with: they are not needed by these maps."""


@pytest.fixture
def open_map(chromium: Any, tmp_path: Path) -> Iterator[Opener]:
    """Return a function that saves a Folium map and opens it; after the test, nothing may have been said."""
    opened: list[Opened] = []

    def answer(route: Any) -> None:
        url = route.request.url
        name, ending = url.rsplit("/", 1)[-1], url.rsplit(".", 1)[-1]
        if url.startswith("file:"):
            route.continue_()
        elif name in {"leaflet.js", "leaflet.css"}:
            kind = {"js": "text/javascript", "css": "text/css"}[ending]
            route.fulfill(body=(LEAFLET / name).read_bytes(), content_type=kind)
        elif ending in OTHER:
            route.fulfill(body=OTHER[ending], content_type={"js": "text/javascript", "css": "text/css"}[ending])
        else:
            route.fulfill(body="", content_type="image/png")

    def open_it(drawn: folium.Map) -> Opened:
        path = tmp_path / f"{len(opened)}.html"
        drawn.save(str(path))
        page = watched(chromium.new_context(viewport={"width": 900, "height": 700})).new_page()
        seen = Opened(page, path)
        opened.append(seen)
        page.route("**/*", answer)
        page.on("console", lambda message: seen.console.append(message.text))
        page.on("pageerror", lambda error: seen.console.append(str(error)))
        page.goto(path.as_uri())
        return seen

    yield open_it
    for seen in opened:
        seen.page.context.close()
        assert seen.console == []


def map_here() -> folium.Map:
    """Make a map of the four squares, without tiles."""
    return folium.Map(location=[1.0, 1.0], zoom_start=8, tiles=None)


def painted(opened: Opened, pane: str) -> int:
    """Return how many pixels of a pane's canvas are painted, once they rest."""
    count = """(pane) => {
      const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
      if (!canvas) return 0;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 3 && value > 0).length;
    }"""
    before = -1
    for _ in range(60):
        now = int(opened.page.evaluate(count, pane))
        if now == before and now > 0:
            return now
        before = now
        at_rest(opened.page)
    return before


def test_the_package_offers_every_layer() -> None:
    for name in ("BaseLayer", "ClusterLayer", "DensityLayer", "PointLayer", "RegionLayer"):
        assert getattr(willay.maps, name) is getattr(layers, name)
        assert name in willay.maps.__all__


def test_the_same_map_has_the_same_bytes_but_for_what_folium_draws_by_lot(frame: gpd.GeoDataFrame) -> None:
    def written() -> str:
        drawn = map_here()
        layers.PointLayer(frame).add_to(drawn)
        layers.ClusterLayer(frame).add_to(drawn)
        return re.sub(r"[0-9a-f]{32}", "lot", drawn.get_root().render())

    once = written()
    assert once == written()
    assert "point_layer_1" in once
    assert "cluster_layer_2" in once


def test_scripts_and_a_common_payload_are_written_once_and_again_when_saved_again(frame: gpd.GeoDataFrame) -> None:
    drawn = map_here()
    layers.PointLayer(frame).add_to(drawn)
    layers.ClusterLayer(frame).add_to(drawn)
    document = drawn.get_root().render()
    assert document.count('type="module"') == 1
    assert document.count("function standAlone(") == 1
    assert document.count('<script type="text/plain"') == 2  # the columns, and the titles
    assert "addDensity" not in document  # of scripts, only those needed
    assert drawn.get_root().render() == document


def test_incidents_show_in_each_way_and_hide_with_the_layer_control(open_map: Opener, frame: gpd.GeoDataFrame) -> None:
    drawn = map_here()
    layers.PointLayer(frame, lang="en").add_to(drawn)
    layers.ClusterLayer(frame, lang="en", show=False).add_to(drawn)
    layers.DensityLayer(frame, BASE, lang="en", show=False, name="How close").add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    opened = open_map(drawn)
    assert painted(opened, "points") > 0
    assert painted(opened, "clusters") == 0
    opened.page.click("text=Points")
    opened.page.click("text=Clusters")
    opened.page.click("text=How close")
    assert painted(opened, "clusters") > 0
    assert painted(opened, "density") > 0
    assert painted(opened, "points") == 0


def test_a_click_opens_a_popup_whose_texts_are_only_texts(open_map: Opener) -> None:
    drawn = folium.Map(location=[0.5, 0.5], zoom_start=8, tiles=None)
    layers.PointLayer(frame_of(({**ROWS[0], "title": HOSTILE},)), lang="en").add_to(drawn)
    opened = open_map(drawn)
    painted(opened, "points")
    opened.page.mouse.click(450, 350)
    opened.page.wait_for_selector(".willay-popup")
    assert HOSTILE in opened.page.text_content(".willay-popup")
    assert "Armed clash · June 5 – 6, 2009" in opened.text(".willay-popup")
    assert opened.page.locator(".willay-popup img, .willay-popup script").count() == 0


def test_regions_have_their_classes_their_legend_and_a_popup(
    open_map: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    drawn = map_here()
    spec = willay.maps.PageSpec(lang="en", measure="killed", region_set="squares")
    layers.RegionLayer(frame, regions, spec).add_to(drawn)
    opened = open_map(drawn)
    opened.page.wait_for_selector("path[data-region=alpha]")
    assert "Killed · best" in opened.text(".willay-legend")
    opened.page.locator("path[data-region=alpha]").focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector(".willay-popup")
    assert "Alpha" in opened.text(".willay-popup")


def test_land_and_names_show_on_a_map_without_tiles(open_map: Opener) -> None:
    drawn = map_here()
    layers.BaseLayer(BASE, name="Land").add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    opened = open_map(drawn)
    assert painted(opened, "base") > 0
    opened.page.click("text=Land")
    assert opened.page.locator(".leaflet-base-pane canvas").count() == 0


def test_the_keyboard_walks_the_incidents_of_a_layer(open_map: Opener, frame: gpd.GeoDataFrame) -> None:
    drawn = map_here()
    layers.PointLayer(frame, lang="en").add_to(drawn)
    opened = open_map(drawn)
    painted(opened, "points")
    opened.page.focus(".folium-map")
    opened.page.keyboard.press("p")
    assert opened.text(".tip").startswith("March in Beta")
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector(".willay-popup")
    assert "March in Beta" in opened.text(".willay-popup")


def test_a_layer_that_is_on_no_map_says_what_to_do(frame: gpd.GeoDataFrame) -> None:
    with pytest.raises(TypeError, match=r"Add it to a folium\.Map"):
        layers.PointLayer(frame).render()


def test_two_sets_of_regions_may_be_given_without_one_being_chosen(open_map: Opener, frame: gpd.GeoDataFrame) -> None:
    drawn = map_here()
    layers.RegionLayer(frame, regions_of()).add_to(drawn)
    opened = open_map(drawn)
    opened.page.wait_for_selector("path[data-region=alpha]")
    assert opened.page.locator("path[data-region]").count() == 4


@pytest.mark.parametrize("centre", [179.0, -179.0, 541.0])
def test_a_layer_across_180_is_drawn_wherever_round_the_earth_the_map_is(open_map: Opener, centre: float) -> None:
    drawn = folium.Map(location=[-17.5, centre], zoom_start=7, tiles=None)
    layers.BaseLayer(base_of("FJ"), lang="en").add_to(drawn)
    layers.PointLayer(incidents_in("FJ"), lang="en").add_to(drawn)
    opened = open_map(drawn)
    assert painted(opened, "points") > 0
    assert painted(opened, "base") > 0
    lon, lat = COUNTRIES["FJ"].mark
    east = centre + (lon - centre + 180) % 360 - 180  # the copy that is in view
    at = f"{drawn.get_name()}.latLngToContainerPoint([{lat}, {east}])"
    opened.page.mouse.click(*opened.page.evaluate(f"(() => {{ const at = {at}; return [at.x, at.y]; }})()"))
    opened.page.wait_for_selector(".willay-popup")
    assert "Marked" in opened.text(".willay-popup") or "incidents here" in opened.text(".willay-popup")


def test_a_layer_east_of_180_is_drawn_beyond_it_and_follows_a_map_that_is_moved(open_map: Opener) -> None:
    """Of a region across the meridian, too, each part is next to the other."""
    frame, regions = incidents_in("FJ").iloc[[40]], regions_in("FJ").iloc[[1, 2]]
    drawn = folium.Map(location=[-18.5, 179.5], zoom_start=7, tiles=None)
    layers.RegionLayer(frame, regions, willay.maps.PageSpec(lang="en")).add_to(drawn)
    layers.PointLayer(frame, lang="en").add_to(drawn)
    opened = open_map(drawn)
    for centre in (179.5, -179.5, 540.5):
        opened.page.evaluate(f"{drawn.get_name()}.setView([-18.5, {centre}], 7, {{ animate: false }})")
        at_rest(opened.page)
        assert painted(opened, "points") > 0
        for key in ("northern", "eastern"):
            box = opened.page.locator(f"path[data-region={key}]").bounding_box()
            assert 0 < box["x"] < box["x"] + box["width"] < 900
