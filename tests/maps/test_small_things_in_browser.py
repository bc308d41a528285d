"""What is on, what leads nowhere, what is counted in a tab, and where a page opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
from opened_page import at_rest
from squares import BASE, ROWS, frame_of, regions_of

from willay.events import FrameWarning
from willay.maps import PageSpec, picture, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

EN = PageSpec(lang="en")
FAR = tuple({**row, "at": (36.8, -1.3)} for row in ROWS[:3])  # Nairobi; the made-up country is near 0° E 0° N


@pytest.mark.browser
def test_the_tab_of_regions_says_how_many_the_set_shown_has(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    page = open_page(frame, EN, regions).page
    tab = page.locator("[data-tab='regions']")
    assert tab.inner_text() == "4 regions"
    page.select_option("#set", "zones")
    page.wait_for_function("() => document.querySelector('[data-tab=regions]').innerText === '2 regions'")


@pytest.mark.browser
def test_what_is_on_can_be_seen_in_forced_colours(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    page = open_page(frame, EN, regions, forced_colors="active").page
    pairs = (
        ("#stage-map", "#stage-table"), ("#lang-en", "#lang-es"), ("[data-tab='incidents']", "[data-tab='regions']"),
        ("[data-view='regions']", "[data-view='points']"), ("#all-time", "#copy-link"),
    )  # fmt: skip
    for on, off in pairs:
        looks = [
            page.evaluate("(name) => getComputedStyle(document.querySelector(name)).backgroundColor", name)
            for name in (on, off)
        ]
        assert looks[0] != looks[1], (on, looks)


@pytest.mark.browser
def test_steps_that_lead_nowhere_are_disabled_and_the_keys_go_on(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    page = open_page(frame, PageSpec(kind="timeline", lang="en", step="year")).page
    assert page.is_enabled("#back")
    assert page.is_enabled("#forward")
    page.click("#back")  # from the whole time to its last step
    page.wait_for_selector("#forward[aria-disabled=true]")
    assert page.get_attribute("#forward", "aria-label") == "One step forward: nothing later"
    assert page.is_enabled("#back")
    for _ in range(6):
        if page.is_enabled("#back"):
            page.click("#back")
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.is_disabled("#back")
    assert page.is_enabled("#forward")
    assert page.evaluate("document.activeElement.id") == "back"  # with the focus, and without effect
    before = page.inner_text("#window")
    page.keyboard.press("Enter")
    assert page.inner_text("#window") == before


@pytest.mark.browser
def test_an_empty_window_names_the_nearest_days_and_an_empty_selection_none(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(kind="timeline", lang="en"))
    opened.page.evaluate("location.hash = '#step=month&length=1&end=2010-06-01'")
    empty = "#panel .empty"
    opened.page.wait_for_selector(empty)
    assert opened.text(empty) == "None in this month. The nearest: Nov 20, 2009 – Feb 3, 2010"
    at_rest(opened.page)
    assert opened.text("#time-note") == opened.text(empty)
    opened.page.click(f"{empty} button")
    opened.page.wait_for_function("() => document.querySelector('#window').innerText === 'February 2010'")
    assert opened.text("#time-note") == ""
    opened.page.evaluate("location.hash = '#search=nowhere'")
    opened.page.wait_for_function(
        "() => document.querySelector('#panel .empty')?.innerText === 'No incident matches the filters.'"
    )


@pytest.mark.browser
def test_a_case_that_has_gone_leaves_its_button_without_a_fault(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    page = open_page(frame.assign(cases="a; b"), PageSpec(kind="timeline", lang="en")).page
    page.click("#time-options")
    page.select_option("#band", "a")
    page.wait_for_selector(".band:visible")
    page.select_option("#band", "")
    page.wait_for_selector(".band", state="hidden")
    page.evaluate("document.querySelector('.band').click()")  # nothing on the console, which the fixture looks at


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::willay.events.model.errors.FrameWarning")
def test_a_page_opens_where_its_incidents_are(open_page: Opener) -> None:
    page = open_page(frame_of(FAR), PageSpec(kind="timeline", lang="en")).page
    labels = page.evaluate("() => document.querySelector('.leaflet-control-scale-line').innerText")
    assert labels
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 - 89, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + (box["width"] - 178) / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#panel .card, #panel-title")


def test_a_base_map_under_no_incident_is_warned_of() -> None:
    far = frame_of(FAR)
    for made in (lambda: render(far, EN, None, BASE), lambda: picture(far, PageSpec(kind="timeline"), None, BASE)):
        with pytest.warns(FrameWarning, match="No incident is in the country of the base map"):
            made()
    near = frame_of(({**ROWS[0], "at": (2.8, 0.5)},))  # a degree from the border
    assert render(near, EN, None, BASE).in_sight == 1
    assert render(frame_of(()), EN, None, BASE).in_sight == 0


def test_what_a_map_shows_is_counted() -> None:
    unplaced = frame_of((ROWS[6],))
    assert render(unplaced, EN, None, BASE).in_sight == 0
    assert render(frame_of(ROWS), EN, None, BASE).in_sight == 6
    coded = regions_of().assign(admin_code=["08", "15", "21", "10", None, None])
    by_code = unplaced.assign(admin_code="08", place_precision="department")
    assert render(by_code, EN, coded, BASE).in_sight == 1  # counted in its region, though nothing is drawn
    assert picture(unplaced, PageSpec(kind="timeline"), None, BASE).in_sight == 0


def test_a_region_far_away_and_no_country_to_look_at() -> None:
    regions = gpd.GeoDataFrame(
        {"set": ["s"], "key": ["k"], "name": ["K"]}, geometry=[shapely.box(36, -2, 37, -1)], crs=4326
    )
    with pytest.warns(FrameWarning, match="opens where the incidents are"):
        assert render(frame_of(FAR), EN, regions, BASE).in_sight == 3
