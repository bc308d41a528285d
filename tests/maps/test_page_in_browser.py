"""What a reader can do with a page.

Each test ends with nothing said on the console and nothing asked of a network (conftest).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from opened_page import next_frame
from squares import HOSTILE

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed", acts=True)


def total(opened: Opened) -> str:
    return opened.text("#totals .incidents .total-number")


def legend(opened: Opened) -> dict[str, str]:
    items = opened.page.query_selector_all("#legend-regions li")
    return {item.query_selector(".what").inner_text(): item.query_selector(".count").inner_text() for item in items}


def choose(opened: Opened, **values: str) -> None:
    for name, value in values.items():
        opened.page.select_option(f"#{name}", value)


def settled(opened: Opened, selector: str, text: str) -> None:
    """Wait until what is shown matches."""
    for _ in range(100):
        shown = opened.text(selector) if opened.page.locator(selector).count() else ""
        if re.search(text, shown):
            return
        next_frame(opened.page)
    raise AssertionError(f"{selector} shows {shown!r}, not {text!r}")


@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_opens_without_a_word_or_a_request(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, lang: str
) -> None:
    opened = open_page(frame, PageSpec(kind=kind, lang=lang, measure="incidents", acts=True), regions)
    assert opened.page.get_attribute("html", "lang") == lang
    assert total(opened) == "6"  # seven rows, one of which is a part of another
    assert opened.text("#totals .incidents .total-name") == {"es": "incidentes", "en": "incidents"}[lang]


def test_totals_leave_out_parts_and_say_the_range_and_the_unknown(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    assert opened.text("#totals") == "36 killed (33\u201357; unknown in 1) in 6 incidents, Jun 5, 2009 – Jan 1, 2012"
    assert opened.text("#remainder") == (
        "7 entries: 6 incidents and 1 part of one of them; 1 has no place to draw; 1 has no day. "
        "2 incidents are in none of the regions shown."
    )


def test_a_card_opens_from_the_list_and_gives_the_focus_back(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.click("[data-code='XX-4']")
    settled(opened, "#panel", "This is a part of XX-1; totals count only the parent incident")
    assert opened.page.evaluate("document.activeElement.id") == "panel-title"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector("#panel-title", state="detached")
    assert opened.page.evaluate("document.activeElement.dataset.code") == "XX-4"


def test_a_click_on_the_map_opens_the_incident_or_lists_those_of_one_place(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="timeline", lang="en"))
    box = opened.page.locator(".map").bounding_box()

    def at(lon: float, lat: float) -> tuple[float, float]:
        # The country fills the map's height, so its scale is that of the two degrees between the margins.
        point = opened.page.evaluate("([x, y]) => [x, y]", [lon, lat])
        side = box["height"] - 24
        return box["x"] + box["width"] / 2 + (point[0] - 1) * side / 2, box["y"] + box["height"] / 2 - (
            point[1] - 1
        ) * side / 2

    opened.page.mouse.click(*at(1.5, 0.5))
    settled(opened, "#panel h2", "March in Beta")
    opened.page.mouse.click(*at(0.5, 0.5))
    settled(opened, "#panel h2", r"2 incidents \+ 1 part here")


def test_hostile_texts_show_as_text_and_a_script_address_is_no_link(
    open_page: Opener, hostile_frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(hostile_frame, EN)
    assert opened.page.inner_text(".entry-title") == HOSTILE
    opened.page.click(".entry")
    settled(opened, "#panel", "javascript|Sources|SOURCES")
    card = opened.page.inner_text("#panel")
    assert card.count(HOSTILE) >= 6
    assert opened.page.locator("#panel a, #panel img, #panel script").count() == 0
    assert opened.page.evaluate("document.querySelectorAll('script').length") <= 5


def test_spanish_writes_numbers_and_days_its_own_way(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="es", measure="killed"), regions)
    opened.page.click("[data-code='XX-5']")
    settled(opened, "#panel .when", "marzo de 2011 — precisión: mes")
    opened.page.keyboard.press("Escape")
    opened.page.click("[data-code='XX-1']")
    settled(opened, "#panel .when", "5.6 de junio de 2009 — duró 2 días")


def test_without_scripts_the_page_says_what_is_missing(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, EN, java_script_enabled=False)
    assert "draws its map with JavaScript" in opened.text("noscript")


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_nothing_is_wider_than_the_screen(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, size: tuple[int, int]
) -> None:
    opened = open_page(frame, PageSpec(kind=kind, lang="es"), regions, viewport={"width": size[0], "height": size[1]})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    small = opened.page.evaluate(
        "[...document.querySelectorAll('button, select, input')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 16).length"
    )
    assert small == 0


def test_every_control_has_a_name(open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, EN, regions)
    nameless = opened.page.evaluate(
        "[...document.querySelectorAll('button, select, input, path[role=button], canvas[role=img]')]"
        ".filter(e => e.checkVisibility())"
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []
