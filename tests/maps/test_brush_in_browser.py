"""The histogram of a page and its brush, by mouse, finger and keyboard.

The made-up incidents (squares.py) have days from 5 June 2009 to 1 January 2012: 32 months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
from timelines import MONTHS, drag, press, settled, timeline, window_is

from willay.events.frame.frame import make_frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]


def test_the_brush_makes_moves_and_resizes_a_window(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    window_is(opened, "Whole period")
    drag(opened, 0.5, 11.5)
    window_is(opened, "June 2009 – May 2010")
    settled(opened, "#totals", "^3 incidents")
    drag(opened, 6.5, 12.5)  # from inside: moved by six months
    window_is(opened, "December 2009 – November 2010")
    drag(opened, 18.1, 23.5)  # its end
    window_is(opened, "December 2009 – May 2011")
    drag(opened, 5.9, 11.5)  # its start
    window_is(opened, "May 2010 – May 2011")
    settled(opened, "#totals", "^1 incident")


def test_a_click_takes_one_bar_and_a_double_click_the_whole_time(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    drag(opened, 5.5, 5.5)
    window_is(opened, "November 2009")
    opened.page.locator("#brush").dblclick(position={"x": 60, "y": 40})
    window_is(opened, "Whole period")


def test_escape_takes_back_a_drag(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    drag(opened, 0.5, 2.5)
    window_is(opened, "June – August 2009")
    drag(opened, 8.5, 11.5, release=False)
    window_is(opened, "February – May 2010")
    press(opened, "Escape")
    window_is(opened, "June – August 2009")
    opened.page.mouse.up()
    window_is(opened, "June – August 2009")


def test_the_brush_follows_a_finger(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    size = {"width": 390, "height": 844}
    opened = open_page(frame, timeline(), has_touch=True, is_mobile=True, viewport=size)
    opened.page.evaluate("document.querySelector('#brush').scrollIntoView({ block: 'center' })")
    box = opened.page.locator("#brush").bounding_box()
    assert box
    session = opened.page.context.new_cdp_session(opened.page)
    places = [(box["x"] + box["width"] * step / MONTHS, box["y"] + 40) for step in (4.5, 6, 9.5)]
    for kind, place in zip(("touchStart", "touchMove", "touchMove"), places, strict=True):
        points = [{"x": place[0], "y": place[1]}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    window_is(opened, "October 2009 – March 2010")


def test_the_edges_of_the_window_move_by_keyboard_and_say_where_they_are(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, timeline())
    start, end = (opened.page.locator(f"#brush .brush-{name}") for name in ("start", "end"))
    assert start.get_attribute("role") == end.get_attribute("role") == "slider"
    assert start.get_attribute("aria-label") == "Start of the window"
    assert start.get_attribute("aria-valuetext") == "June 2009"
    start.focus()
    press(opened, "ArrowRight", "ArrowRight", "PageUp", "ArrowLeft")
    window_is(opened, "May 2010 – January 2012")
    assert start.get_attribute("aria-valuetext") == "May 2010"
    assert start.get_attribute("aria-valuenow") == "11"
    end.focus()
    press(opened, "PageDown", "PageDown", "ArrowRight")
    window_is(opened, "May – June 2010")
    press(opened, "End")
    window_is(opened, "May 2010 – January 2012")
    press(opened, "Escape")
    window_is(opened, "Whole period")


def test_a_bar_tells_its_days_and_its_count_by_type(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    box = opened.page.locator("#brush").bounding_box()
    assert box
    opened.page.mouse.move(box["x"] + box["width"] * 0.5 / MONTHS, box["y"] + 40)
    settled(opened, ".bars-tip", r"^June 2009 2 incidents .*Armed clash 1|^June 2009 2 incidents .*Protest 1")
    opened.page.mouse.move(box["x"] + box["width"] * 21.5 / MONTHS, box["y"] + 40)
    settled(opened, ".bars-tip", "^March 2011 1 incident Protest 1$")
    opened.page.mouse.move(box["x"], box["y"] - 200)
    assert not opened.page.is_visible(".bars-tip")


@pytest.fixture(scope="module")
def many() -> gpd.GeoDataFrame:
    """Return 100,000 incidents over 44 years."""
    count = 100_000
    numbers = np.random.default_rng(3)
    days = np.sort(numbers.integers(0, 16_000, count)).astype("timedelta64[D]") + np.datetime64("1980-01-01")
    days = days.astype("datetime64[s]")
    points = gpd.points_from_xy(numbers.random(count) * 2, numbers.random(count) * 2)
    columns = {
        "code": [f"M-{n}" for n in range(count)],
        "title": [f"Incident {n}" for n in range(count)],
        "type": np.array(["protest", "armed-clash", "riot"])[numbers.integers(0, 3, count)].tolist(),
        "first_day": days,
        "last_day": days,
        "date_precision": ["day"] * count,
        "place_precision": ["site"] * count,
        "country": ["XX"] * count,
        "counted": [True] * count,
    }
    return make_frame(columns, points, {"policy": "ranked-source", "policy_version": 1})


def test_days_among_many_years_are_looked_at_through_a_part_below_the_whole(
    open_page: Opener, many: gpd.GeoDataFrame
) -> None:
    opened = open_page(many, timeline(step="day"))
    assert opened.page.get_attribute("#when", "max") == "15999"
    assert not opened.page.is_visible(".strip-brush")
    opened.page.evaluate("document.activeElement.blur()")
    press(opened, "Home")
    opened.page.wait_for_selector(".strip-brush")
    window_is(opened, "January 1, 1980")
    box = opened.page.locator("#brush .brush-box").bounding_box()
    assert box
    assert box["width"] >= 2  # a day can be seen
    strip = opened.page.locator(".strip-brush")
    width = strip.bounding_box()["width"]
    strip.click(position={"x": width / 2, "y": 8})  # the window goes there, as long as it was
    settled(opened, "#window", r"^(October|November|December) \d+, 2001$|^January \d+, 2002$")
    settled(opened, "#totals", r"^\d{1,2} incidents")


def test_on_paper_the_histogram_has_its_window_and_no_controls(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    drag(opened, 0.5, 11.5)
    window_is(opened, "June 2009 – May 2010")
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#bars")
    assert "June 2009 – May 2010" in opened.text("#totals")
    assert not opened.page.is_visible("#window")  # nothing is said twice
    assert opened.page.is_visible("#brush .brush-after")
    assert not opened.page.is_visible("#time-controls")
