"""Back and Forward go through what a reader opened, from a file too; what is only adjusted is no step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opened_page import at_rest

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]


WENT = """(way) => new Promise((done) => {
  addEventListener("popstate", () => done(), { once: true });
  history[way]();
})"""
"""Goes a step, and waits until the browser has gone it."""


def steps(opened: Opened) -> int:
    at_rest(opened.page)
    count: int = opened.page.evaluate("history.length")
    return count


def gone(opened: Opened, way: str) -> None:
    opened.page.evaluate(WENT, way)
    at_rest(opened.page)


def test_an_address_without_anything_is_the_page_as_it_opens(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, PageSpec(lang="en"))
    page = opened.page
    at_rest(page)
    before = page.evaluate("document.querySelector('.leaflet-proxy').style.transform")
    where = "location.hash = '#at=10.00000,10.00000,9.0&f.type=protest&mapView=clusters&measure=incidents'"
    page.evaluate(where)
    at_rest(page)
    assert page.evaluate("document.querySelector('.leaflet-proxy').style.transform") != before
    head = opened.text("#totals")
    page.evaluate("location.hash = '#'")
    at_rest(page)
    assert page.evaluate("document.querySelector('.leaflet-proxy').style.transform") == before
    assert opened.text("#totals") != head
    assert page.evaluate("location.hash") == ""


def heading(opened: Opened) -> str:
    return opened.text("#panel h2") if opened.page.locator("#panel h2").count() else ""


def test_back_and_forward_go_through_cards_regions_views_and_the_table(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions)
    page = opened.page
    clicks = ("[data-code='XX-1']", "[data-view=points]", "#stage-table")
    seen = [(heading(opened), page.evaluate("location.hash"))]
    for click in clicks:
        page.click(click)
        at_rest(page)
        seen.append((heading(opened), page.evaluate("location.hash")))
    assert len({address for _, address in seen}) == 4
    for expected in (seen[2], seen[1], seen[0]):
        gone(opened, "back")
        assert (heading(opened), page.evaluate("location.hash")) == expected
    assert page.evaluate("document.activeElement !== document.body")
    assert page.get_attribute("[data-view=regions]", "aria-checked") == "true"
    gone(opened, "forward")
    gone(opened, "forward")
    assert page.get_attribute("[data-view=points]", "aria-checked") == "true"
    page.reload()
    page.wait_for_selector("#panel .card")
    at_rest(page)
    gone(opened, "back")
    gone(opened, "back")
    assert (heading(opened), page.evaluate("location.hash")) == seen[0]


def test_sliders_and_filters_are_no_steps_and_escape_is_a_step_back(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions)
    page = opened.page
    before = steps(opened)
    page.select_option("#step", "year")
    page.fill("input[type=search]", "a")
    assert steps(opened) == before
    assert "search=a" in page.evaluate("location.hash")
    page.click("[data-code='XX-1']")
    assert steps(opened) == before + 1
    page.select_option("#step", "month")
    at_rest(page)
    page.locator("#panel-title").press("Escape")
    page.wait_for_selector("#panel-title", state="detached")
    assert steps(opened) == before + 1
    assert heading(opened) == ""
    hash_now = page.evaluate("location.hash")
    assert "search=a" in hash_now
    assert "step=year" not in hash_now  # what was chosen while the card was open stays
    gone(opened, "forward")
    assert heading(opened) != ""


def test_the_list_of_a_place_is_a_step_that_has_no_address(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, PageSpec(kind="timeline", lang="en"))
    page = opened.page
    box = page.locator(".map").bounding_box()
    quarter = (box["height"] - 24) / 4  # the country is two degrees high, the place half a degree from its corner
    page.mouse.click(box["x"] + box["width"] / 2 - quarter, box["y"] + box["height"] / 2 + quarter)
    at_rest(page)
    place = heading(opened)
    assert "2 incidents" in place
    assert "open" not in page.evaluate("location.hash")
    page.click("#panel [data-code='XX-1']")
    at_rest(page)
    gone(opened, "back")
    assert heading(opened) == place
    page.reload()
    page.wait_for_selector("#panel h2")
    assert heading(opened) == place
    gone(opened, "back")
    assert heading(opened) == ""


def test_a_file_gives_what_to_add_to_its_name_and_the_code(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions)
    page = opened.page
    page.click("#copy-link")
    assert "opens with what is shown now" in opened.text("#file-link")
    page.keyboard.press("Escape")
    page.click("[data-code='XX-1']")
    at_rest(page)
    page.click("#copy-link")
    assert page.input_value("#file-link textarea") == "#open=XX-1"
    assert "XX-1" in opened.text("#file-link")
    assert "file://" not in opened.text("#file-link")
