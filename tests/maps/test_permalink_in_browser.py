"""The address of a page holds its whole state: what a reader copies, another one sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from opened_page import at_rest

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed", acts=True)


def fragment(opened: Opened) -> dict[str, list[str]]:
    at_rest(opened.page)  # the address follows when the selection rests
    return parse_qs(opened.page.evaluate("location.hash.slice(1)"), keep_blank_values=True)


def again(opened: Opened, text: str) -> None:
    """Open the page anew with another fragment."""
    opened.page.goto("about:blank")
    opened.page.goto(f"{opened.path.as_uri()}#{text}")
    opened.page.wait_for_selector("html[data-texts]")
    at_rest(opened.page)


def test_a_page_as_it_opens_has_a_bare_address(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    assert fragment(open_page(frame, EN, regions)) == {}


def test_what_is_chosen_comes_back_from_the_link(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    page = opened.page
    page.click("[data-view=clusters]")
    page.select_option("#measure", "incidents")
    page.select_option("#step", "year")
    page.click("#lang-es")
    page.wait_for_selector("html[lang=es]")
    page.keyboard.press("End")
    told = page.evaluate("location.hash")
    totals = opened.text("#totals")
    at_rest(page)
    told = page.evaluate("location.hash.slice(1)")
    assert {"mapView", "measure", "step", "lang", "end"} <= set(parse_qs(told, keep_blank_values=True))
    totals = opened.text("#totals")
    again(opened, told)
    assert opened.text("#totals") == totals
    assert page.evaluate("location.hash.slice(1)") == told
    assert page.get_attribute("html", "lang") == "es"
    assert page.get_attribute("[data-view=clusters]", "aria-checked") == "true"


def test_a_link_opens_an_incident_by_its_code(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    code = frame["code"].iloc[0]
    again(opened, f"open={code}")
    opened.page.wait_for_selector("#panel .card")
    assert code in opened.text("#panel")
    assert fragment(opened) == {"open": [code]}


UNKNOWN = {
    "set": "set=nowhere",
    "classes": "classes=400",
    "open": "open=XX-0000-0000",
    "limits": "limits=a,b",
    "f.type": "f.type=strike,martian",
    "end": "end=tomorrow&step=year",
    "surprise": "surprise=1",
}


def test_what_a_link_says_that_the_page_does_not_know_is_told_and_left_out(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    for told, text in UNKNOWN.items():
        again(opened, text)
        assert re.search(rf"does not know part of the link.*\b{re.escape(told)}\b", opened.text("#notice")), text
        assert opened.text("#totals .incidents .total-number") == "6", text


def test_the_map_keeps_its_place_in_the_link(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    place = opened.page.evaluate("location.hash.slice(1)")
    assert place == ""
    again(opened, "at=1.00000,1.00000,9.0")
    lon, lat, zoom = (float(part) for part in fragment(opened)["at"][0].split(","))
    assert (lon, lat) == pytest.approx((1, 1), abs=0.01)  # the map rests on whole pixels
    assert zoom == 9


def test_a_change_of_the_fragment_alone_is_followed(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.wait_for_selector("html[data-texts]")
    opened.page.evaluate("location.hash = '#minimum=30'")
    at_rest(opened.page)
    assert opened.text("#totals .incidents .total-number") == "1"
