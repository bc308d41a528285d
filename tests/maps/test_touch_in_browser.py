"""A phone: one finger scrolls the page, two move the map, and lists and cards are in reach as a sheet at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
ENLARGED: dict[str, Any] = {"viewport": {"width": 720, "height": 450}}

PLACES = """(() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [map, region] = [box('.map'), box('.map path.leaflet-interactive')];
  return [Math.round(region.x - map.x), Math.round(region.y - map.y), Math.round(scrollY)];
})()"""
"""Where a region is in the map, and how far the page has been scrolled."""


def fingers(opened: Opened, ways: list[list[tuple[float, float]]]) -> None:
    """Put fingers on the page, each with its way, move them together, and lift them."""
    session = opened.page.context.new_cdp_session(opened.page)
    for kind, points in zip(["touchStart", *["touchMove"] * (len(ways[0]) - 1)], zip(*ways, strict=True), strict=True):
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    at_rest(opened.page)


def middle(opened: Opened, selector: str) -> tuple[float, float]:
    box = opened.page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def way(x: float, y: float, right: float, down: float) -> list[tuple[float, float]]:
    return [(x + right * part / 8, y + down * part / 8) for part in range(9)]


def top_of(opened: Opened) -> float:
    at_rest(opened.page)
    top: float = opened.page.evaluate("document.querySelector('#side').getBoundingClientRect().top / innerHeight")
    return top


def test_one_finger_scrolls_the_page_and_two_move_the_map(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions, **PHONE)
    x, y = middle(opened, ".map")
    *place, _ = opened.page.evaluate(PLACES)
    fingers(opened, [way(x, y, 0, -160)])
    *moved, scrolled = opened.page.evaluate(PLACES)
    assert scrolled > 100
    assert moved == place
    assert not opened.page.is_visible(".touch-hint")
    opened.page.evaluate("scrollTo(0, 0)")
    fingers(opened, [way(x, y, 90, 4)])
    assert opened.page.evaluate(PLACES)[:2] == place
    before = opened.page.evaluate("scrollTo(0, 0), scrollY")
    fingers(opened, [way(x - 40, y, 70, 50), way(x + 40, y, 70, 50)])
    *moved, scrolled = opened.page.evaluate(PLACES)
    assert abs(scrolled - before) < 20  # the page may still come to rest from the finger before
    assert moved[0] - place[0] > 30
    assert moved[1] - place[1] > 20


def test_a_finger_that_moves_across_the_map_is_answered(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="es"), regions, **PHONE)
    x, y = middle(opened, ".map")
    session = opened.page.context.new_cdp_session(opened.page)
    for kind, at in (("touchStart", x), ("touchMove", x + 20), ("touchMove", x + 40)):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    opened.page.wait_for_selector(".touch-hint", state="visible")
    assert opened.text(".touch-hint") == "Use dos dedos para mover el mapa"
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    opened.page.wait_for_selector(".touch-hint", state="hidden")


def test_the_sheet_is_raised_by_finger_key_and_card_and_catches_nobody(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions, **PHONE)
    page = opened.page
    assert top_of(opened) > 0.85
    assert page.is_visible("[data-tab=incidents]")
    assert not page.is_visible(".entry")
    x, y = middle(opened, "#sheet-handle")
    fingers(opened, [way(x, y, 0, -300)])
    assert 0.4 < top_of(opened) < 0.6
    assert page.is_visible(".entry")
    page.locator("#sheet-handle").press("ArrowUp")
    assert top_of(opened) < 0.1
    page.locator("#sheet-handle").press("Enter")
    assert top_of(opened) > 0.85
    assert page.get_attribute("#sheet-handle", "aria-expanded") == "false"
    page.locator("#sheet-handle").press("Tab")
    page.keyboard.press("Enter")  # a tab of the lists
    assert 0.4 < top_of(opened) < 0.6
    page.locator("[data-code='XX-1']").tap()
    page.wait_for_selector("#panel .card")
    map_box = page.locator(".map").bounding_box()
    assert map_box["y"] < 60  # the map is above the sheet
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel .card", state="detached")
    page.keyboard.press("Escape")
    assert top_of(opened) > 0.85
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "about":
            break
    assert page.evaluate("document.activeElement.closest('#foot') !== null")


@pytest.mark.parametrize("screen", [PHONE, SMALL, ENLARGED], ids=["phone", "small", "enlarged"])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_first_screen_is_the_map_and_not_its_controls(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, screen: dict[str, Any], lang: str
) -> None:
    opened = open_page(frame, PageSpec(lang=lang), regions, **screen)
    high = screen["viewport"]["height"]
    seen = opened.page.evaluate(
        """() => {
      const box = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [map, sheet] = [box('.map'), box('#side')];
      return {
        map: Math.min(map.bottom, sheet.top) - map.top, controls: box('#tools').height + box('.bar').height,
        wide: document.documentElement.scrollWidth - innerWidth,
        open: document.querySelectorAll('.legend[open]').length };
    }"""
    )
    assert seen["map"] >= 0.38 * high
    assert seen["controls"] <= high / 4
    assert (seen["wide"], seen["open"]) == (0, 0)
    opened.page.click("#options")
    assert opened.page.is_visible("#measure")
