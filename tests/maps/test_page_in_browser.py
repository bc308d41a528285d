"""What a reader can do with a page.

Each test ends with nothing said on the console and nothing asked of a network (conftest).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from squares import HOSTILE

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from conftest import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed")


def total(opened: Opened) -> str:
    return opened.text("#totals .total:first-child .total-number")


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
        opened.page.wait_for_timeout(40)
    raise AssertionError(f"{selector} shows {shown!r}, not {text!r}")


@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_page_opens_without_a_word_or_a_request(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, lang: str
) -> None:
    opened = open_page(frame, PageSpec(kind=kind, lang=lang), regions)
    assert opened.page.get_attribute("html", "lang") == lang
    assert total(opened) == "6"  # seven rows, one of which is a part of another
    assert opened.text("#totals .total-name") == {"es": "incidentes", "en": "incidents"}[lang]


def test_totals_leave_out_parts_and_say_the_range_and_the_unknown(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    assert opened.text("#totals") == "6 incidents 36 killed 33\u201357 · unknown in 2 incidents Whole time"
    assert opened.text("#remainder") == (
        "1 incident has no place that can be drawn; it is listed. 1 has no date; it is listed last. "
        "1 is a part of another incident and is not added again."
    )


def test_the_legend_counts_regions_and_tells_unknown_from_none_from_zero(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="choropleth", lang="en", measure="killed"), regions)
    assert legend(opened) == {
        "1\u201334": "1",
        "0": "1",
        "incidents, figure unknown": "1",
        "no incident known": "1",
    }
    assert "Natural breaks (Fisher-Jenks, mapclassify)" in opened.text("#legend-regions")
    fills = {
        path.get_attribute("data-region"): path.get_attribute("fill")
        for path in opened.page.query_selector_all("path[data-region]")
    }
    assert fills["gamma"] == "url(#hatched)"
    assert fills["delta"] == "url(#dotted)"
    swatches = [
        box.evaluate("box => box.style.background") for box in opened.page.query_selector_all("#legend-regions .swatch")
    ]
    shown = ["rgb({}, {}, {})".format(*bytes.fromhex(fills[name][1:])) for name in ("alpha", "beta")]
    assert shown == swatches[:2]  # the map's colours are the legend's


def test_measure_and_bound_change_the_sums(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="choropleth", lang="en", measure="killed"), regions)
    choose(opened, bound="high")
    settled(opened, "#panel", "Alpha 55")
    choose(opened, measure="incidents")
    settled(opened, "#panel", "Alpha 2")
    assert opened.page.is_disabled("#bound")


def test_a_region_is_reached_and_opened_by_keyboard_alone(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="choropleth", lang="en", measure="killed"), regions)
    for _ in range(30):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("document.activeElement.dataset.region") == "alpha":
            break
    assert (
        opened.page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "Alpha: killed: 34 (low\u2013high 31\u201355) · 2 incidents"
    )
    opened.page.keyboard.press("Enter")
    settled(opened, "#panel h2", "Alpha")
    assert opened.page.evaluate("document.activeElement.id") == "panel-title"
    assert "Ambush at Alpha" in opened.text("#panel")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector("#panel-title", state="detached")


def test_the_regions_detail_says_validity_decree_and_that_the_outline_is_a_working_one(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="choropleth", lang="en", region_set="zones"), regions)
    opened.page.click("#panel [data-region] >> nth=0")
    settled(opened, "#panel", "Working outline, not a legal limit. Drawn by hand.")
    assert "Valid until Dec 31, 2009" in opened.text("#panel")
    assert "Decree 1" in opened.text("#panel")
    assert "Zone: drawn from district lists, not legal limits." in opened.text(".foot")


def test_limits_can_be_shown_as_they_were_on_a_day(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="choropleth", lang="en"), regions)
    assert not opened.page.is_visible("#limits")
    choose(opened, set="zones")
    settled(opened, "#panel", "2 regions")
    assert opened.page.locator("path[data-region]").count() == 2
    settled(opened, "#legend-regions", "hold only incidents of their own days")
    opened.page.select_option("#limits", index=1)
    settled(opened, "#panel", "1 region")
    assert opened.page.locator("path[data-region]").count() == 1


def test_the_slider_shows_a_month_and_an_incident_for_as_long_as_it_lasts(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    slider = opened.page.locator("#when")
    assert slider.get_attribute("aria-valuetext") == "Whole time"
    slider.fill("0")
    settled(opened, "#window", "June 2009")
    settled(opened, "#totals", "^2 incidents")
    slider.fill("6")
    settled(opened, "#window", "December 2009")  # the siege lasts from November to February
    settled(opened, "#totals", "^1 incident")
    settled(opened, "#panel", "Siege of Gamma")
    settled(opened, "#remainder", "1 without a date is not in any window of time.")
    slider.press("ArrowRight")
    settled(opened, "#window", "January 2010")


def test_cumulative_windows_hold_all_from_the_start(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    choose(opened, mode="cumulative")
    opened.page.locator("#when").fill("5")
    settled(opened, "#window", "until November 2009")
    settled(opened, "#totals", "^3 incident")
    choose(opened, step="year")
    settled(opened, "#window", "until 2009")
    settled(opened, "#totals", "^3 incident")


def test_a_window_of_several_months_counts_an_incident_once(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.locator("#when").fill("11")
    choose(opened, length="12")
    settled(opened, "#window", "June 2009")
    settled(opened, "#totals", "^3 incident")


def test_play_moves_and_pauses(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, PageSpec(kind="timeline", lang="en"))
    opened.page.click("#play")
    settled(opened, "#window", "July 2009")
    assert opened.page.get_attribute("#play", "aria-label") == "Pause"
    assert opened.page.get_attribute("#totals", "aria-live") == "off"
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-label") == "Play"
    opened.page.click("#back")
    opened.page.click("#all-time")
    settled(opened, "#window", "Whole time")


def test_the_brush_chooses_a_span_and_a_double_click_the_whole(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, PageSpec(kind="timeline", lang="en", step="year"))
    box = opened.page.locator("#bars").bounding_box()
    width = (box["width"] - 46) / 4  # the years 2009 to 2012, between the margins
    opened.page.mouse.move(box["x"] + 34 + width * 0.5, box["y"] + 30)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 34 + width * 1.5, box["y"] + 30, steps=3)
    opened.page.mouse.up()
    settled(opened, "#window", "2009 . 2010")
    settled(opened, "#totals", "^3 incident")
    opened.page.locator("#bars").dblclick()
    settled(opened, "#window", "Whole time")


def test_text_and_types_filter_list_map_and_totals_at_once(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.fill("#search", "SIÉGE gamma")
    settled(opened, "#totals", "^1 ?incident")
    settled(opened, "#panel .entries", "^Siege of Gamma")
    opened.page.fill("#search", "")
    opened.page.click("#type-filter summary")
    opened.page.uncheck("#type-filter input[value='armed-clash']")
    settled(opened, "#totals", "^4 ?incidents")
    assert "Types: 3 of 4" in opened.text("#type-filter summary")
    settled(opened, "#legend-regions", "no incident known 2")  # what Alpha has left is known to its district only


def test_a_card_opens_from_the_list_and_gives_the_focus_back(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.click("[data-code='XX-4']")
    settled(opened, "#panel", "This is a part of XX-1; totals count the whole")
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
    settled(opened, "#panel h2", "3 incidents here")


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
    settled(opened, "#panel .when", "marzo de 2011 — conocido como: mes")
    opened.page.keyboard.press("Escape")
    opened.page.click("[data-code='XX-1']")
    settled(opened, "#panel .when", "5.6 de junio de 2009 — duró 2 días")


def test_without_scripts_the_page_says_what_is_missing_and_keeps_its_foot(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, java_script_enabled=False)
    assert "draws its map with JavaScript" in opened.text("noscript")
    assert "best by the policy" in opened.text(".foot")


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
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []
