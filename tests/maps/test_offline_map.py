"""A Folium map without a network: Leaflet inside, layers of ours and shapes of Folium on it, and no request at all."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import pytest
from opened_page import at_rest, watched
from squares import BASE, HOSTILE, ROWS, frame_of

from willay.maps import BaseLayer, ClusterLayer, PageSpec, PointLayer, RegionLayer, SpecError, offline_map

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd


def drawn_map(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> folium.Map:
    drawn = offline_map([1.0, 1.0], zoom_start=8, title="</title><script>alert(1)</script>")
    BaseLayer(BASE, lang="en").add_to(drawn)
    RegionLayer(frame, regions, PageSpec(lang="en", region_set="squares")).add_to(drawn)
    PointLayer(frame, lang="en").add_to(drawn)
    ClusterLayer(frame, lang="en", show=False).add_to(drawn)
    folium.Marker([1.6, 1.6], popup="<b>Office</b>", tooltip="Here").add_to(drawn)
    folium.Circle([1.2, 1.8], radius=9000, popup=folium.Popup("Later", lazy=True)).add_to(drawn)
    folium.GeoJson({"type": "Point", "coordinates": [1.9, 1.2]}, name="Mine").add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    return drawn


@pytest.mark.browser
def test_layers_and_shapes_are_drawn_with_no_request_and_no_word_of_the_browser(
    chromium: Any, tmp_path: Path, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    path = tmp_path / "offline.html"
    drawn_map(frame, regions).save(str(path))
    page = watched(chromium.new_context(viewport={"width": 900, "height": 700}, offline=True)).new_page()
    said: list[str] = []
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith(("data:", "blob:")) else None
    )
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_selector("path[data-region=alpha]")
    at_rest(page)
    painted = """(pane) => {
      const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
      copy.drawImage(canvas, 0, 0);
      return copy.getImageData(0, 0, canvas.width, canvas.height).data.some((value, at) => at % 4 === 3 && value > 0);
    }"""
    assert page.evaluate(painted, "points")
    assert page.evaluate(painted, "base")
    icon = page.locator("img.leaflet-marker-icon").first
    assert icon.evaluate("(img) => img.complete && img.naturalWidth") == 25  # Leaflet's own marker
    icon.click()
    assert page.inner_text(".leaflet-popup-content b") == "Office"
    legend = page.locator(".willay-legend").bounding_box()
    assert legend["height"] > 20
    assert legend["y"] + legend["height"] <= 700
    page.click("text=Clusters")
    at_rest(page)
    assert page.evaluate(painted, "clusters")
    page.context.close()
    assert said == [path.as_uri()]


def test_the_document_forbids_requests_and_nothing_in_it_ends_its_element(
    frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    drawn = offline_map([0.5, 0.5])
    PointLayer(frame_of(({**ROWS[0], "title": HOSTILE},)), lang="en").add_to(drawn)
    text = drawn.get_root().render()
    head = text[: text.index("</head>")]
    assert head.index("charset=UTF-8") < 1024
    assert head.index("Content-Security-Policy") < head.index("<script")
    assert "default-src 'none'" in unescape(head)
    assert text.lower().count("<script") == text.lower().count("</script")
    assert HOSTILE not in text
    assert "<script src=" not in head
    whole = drawn_map(frame, regions).get_root().render()
    assert "<title>&lt;/title&gt;&lt;script&gt;" in whole


def test_what_needs_a_network_is_refused_by_name() -> None:
    with pytest.raises(SpecError, match=r"has no tiles.*add a BaseLayer"):
        offline_map(tiles="OpenStreetMap")
    drawn = offline_map()
    folium.plugins.MarkerCluster().add_to(drawn)
    with pytest.raises(SpecError, match="needs a file of the network: https://cdnjs"):
        drawn.get_root().render()


def test_a_base_layer_is_of_a_country_of_several_or_of_the_world() -> None:
    kenya, both, world = BaseLayer("Kenya"), BaseLayer("KE,UG", name="Two"), BaseLayer()
    assert kenya.blocks == BaseLayer("KE").blocks
    assert kenya.blocks != both.blocks
    assert both.layer_name == "Two"
    assert len(world.blocks["core"]) > 10_000
    with pytest.raises(LookupError, match="Keny"):
        BaseLayer("Kenyya")
