"""The base map in Chromium: land to the edges, names that leave each other room, words in both languages."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest, watched
from squares import frame_of

from willay.maps import PageSpec, render
from willay.maps.shipped import shipped_base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LISTEN = """
window.written = new Map();
const { fillText, clearRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  window.written.set(this.canvas, []);
  return clearRect.apply(this, box);
};
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const { a, b, d, e, f } = this.getTransform();
  const width = this.measureText(text).width;
  const left = { left: x, right: x - width }[this.textAlign] ?? x - width / 2;
  const [west, middle] = [left + e / a, y + f / d];
  const box = [west, middle - 5, west + width, middle + 5];
  window.written.get(this.canvas)?.push({ text, rotated: b !== 0, box });
  return fillText.call(this, text, x, y);
};
"""
"""Keeps what was written on each canvas since it was last cleared."""

ONE = (
    {"code": "PE-1", "title": "March in Cusco", "type": "protest", "days": ("2012-06-05", "2012-06-05"),
     "at": (-71.97, -13.52), "killed": (0, 0, 0), "place": "settlement"},
)  # fmt: skip


@pytest.fixture
def peru(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page of Peru in a window of a size, with nothing to be fetched or said."""
    made = tmp_path / "peru.html"
    render(frame_of(ONE), PageSpec(kind="timeline"), base=shipped_base(["PE"])).save(made)
    said: list[str] = []

    def open_it(width: int = 1440, height: int = 900, fragment: str = "") -> Any:
        page = watched(chromium.new_context(viewport={"width": width, "height": height})).new_page()
        page.add_init_script(LISTEN)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(made.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        at_rest(page)
        return page

    yield open_it
    assert said == []


def names(page: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        "window.written.get(document.querySelector('.leaflet-names-pane canvas')) ?? []"
    )
    return found


def zoom_in(page: Any, steps: int) -> None:
    for _ in range(steps):
        page.mouse.wheel(0, -240)
        at_rest(page)


def test_the_map_names_capitals_lands_rivers_and_degrees_in_the_readers_language(peru: Callable[..., Any]) -> None:
    page = peru()
    texts = {name["text"] for name in names(page)}
    assert {"Lima", "ECUADOR", "BRASIL", "Iquitos", "Amazonas", "80° O", "10° S"} <= texts
    page.locator("#tools").get_by_text("EN", exact=True).click()
    at_rest(page)
    texts = {name["text"] for name in names(page)}
    assert {"Lima", "ECUADOR", "BRAZIL", "Amazon", "80° W", "10° S"} <= texts
    page.context.close()


def test_no_name_covers_another(peru: Callable[..., Any]) -> None:
    for size in ((1440, 900), (390, 844)):
        page = peru(*size)
        level = [name for name in names(page) if not name["rotated"]]
        assert len(level) > 10
        for one, other in combinations(level, 2):
            (a, b, c, d), (e, f, g, h) = one["box"], other["box"]
            assert not (a < g and c > e and b < h and d > f), (one, other)
        page.context.close()


def test_more_towns_are_named_further_in(peru: Callable[..., Any]) -> None:
    page = peru()
    page.locator("#frame .map").hover()
    far = {name["text"] for name in names(page)}
    zoom_in(page, 1)
    near = {name["text"] for name in names(page)}
    assert len({name for name in near - far if "°" not in name}) > 15
    page.context.close()


@pytest.mark.parametrize("width", [1440, 2560])
def test_land_and_sea_reach_every_edge_however_far_out_a_reader_zooms(peru: Callable[..., Any], width: int) -> None:
    page = peru(width)
    for outward in (0, 8):
        page.locator("#frame .map").hover()
        for _ in range(outward):
            page.mouse.wheel(0, 400)
            at_rest(page)
        opaque = page.evaluate("""
          () => {
            const canvas = document.querySelector(".leaflet-base-pane canvas");
            const box = document.querySelector("#frame .map").getBoundingClientRect();
            const own = canvas.getBoundingClientRect();
            const [left, top] = [box.left - own.left, box.top - own.top];
            const places = [[3, 3], [box.width - 3, 3], [3, box.height - 3], [box.width - 3, box.height - 3]];
            const spots = new OffscreenCanvas(places.length, 1).getContext("2d");
            places.forEach(([x, y], i) => spots.drawImage(canvas, left + x, top + y, 1, 1, i, 0, 1, 1));
            const seen = spots.getImageData(0, 0, places.length, 1).data;
            return places.map((_, i) => seen[i * 4 + 3]);
          }""")
        assert opaque == [255] * 4
    page.context.close()


def test_the_scale_is_metric(peru: Callable[..., Any]) -> None:
    page = peru()
    assert page.inner_text(".leaflet-control-scale-line").endswith(" km")
    page.context.close()


def test_a_map_with_tiles_leaves_land_and_names_to_them(chromium: Any, tmp_path: Path) -> None:
    made = tmp_path / "tiles.html"
    spec = PageSpec(kind="timeline", tiles="https://tiles.invalid/{z}/{x}/{y}.png")
    render(frame_of(ONE), spec, base=shipped_base(["PE"])).save(made)
    page = watched(chromium.new_context(viewport={"width": 1000, "height": 700})).new_page()
    page.add_init_script(LISTEN)
    page.route("https://**", lambda route: route.abort())
    page.goto(made.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=20_000)
    at_rest(page)
    assert "Lima" not in {name["text"] for name in names(page)}
    alpha = page.evaluate(
        "document.querySelector('.leaflet-base-pane canvas').getContext('2d').getImageData(5, 5, 1, 1).data[3]"
    )
    assert alpha == 0
    page.context.close()


def test_a_map_of_regions_says_how_many_incidents_lie_in_none_of_them(
    open_page: Callable[..., Any], frame: Any, regions: Any
) -> None:
    seen = open_page(frame, PageSpec(kind="atlas", lang="en"), regions)
    at_rest(seen.page)
    # the decree for the whole country, and the strike of which only the district is known
    assert "2 incidents are in none of the regions shown." in seen.text("#remainder")
