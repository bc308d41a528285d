"""The window of time on a page: its controls, keys, steps and words.

The made-up incidents (squares.py) have days from 5 June 2009 to 1 January 2012: 32 months.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from opened_page import at_rest
from squares import ROWS, frame_of
from timelines import choose, drag, press, settled, timeline, window_is

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]


def test_keys_work_wherever_nothing_needs_them(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    choose(opened, length="1")
    opened.page.evaluate("document.activeElement.blur()")
    press(opened, "Home")
    window_is(opened, "June 2009")
    press(opened, "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    window_is(opened, "November 2009 – January 2010")  # past four empty months
    press(opened, "Shift+ArrowLeft", "ArrowLeft")
    window_is(opened, "October – November 2009")
    press(opened, "Comma")
    window_is(opened, "June – July 2009")
    press(opened, "Period", "Period")
    window_is(opened, "February – March 2011")
    press(opened, "End")
    window_is(opened, "December 2011 – January 2012")
    opened.page.focus("input[type=search]")
    press(opened, "Home", "ArrowLeft", "Space")
    opened.page.focus(".leaflet-container")
    press(opened, "ArrowLeft")
    window_is(opened, "December 2011 – January 2012")
    opened.page.focus("#when")
    press(opened, "ArrowLeft", "Shift+ArrowRight")
    window_is(opened, "November 2011 – January 2012")
    opened.page.focus(".leaflet-container")
    press(opened, "Home", "Space")
    opened.page.wait_for_selector("#play[aria-label=Pause]")
    press(opened, "Space")
    opened.page.wait_for_selector("#play[aria-label=Play]")


SAID = {
    "en": {
        "day": ("June 5, 2009", "June 5 – 6, 2009", "until June 6, 2009"),
        "week": ("week 23 of 2009 (June 1 – 7)", "weeks 23–24 of 2009 (June 1 – 14)",
                 "until week 24 of 2009 (June 8 – 14)"),
        "month": ("June 2009", "June – July 2009", "until July 2009"),
        "quarter": ("2nd quarter of 2009", "2nd–3rd quarter of 2009", "until the 3rd quarter of 2009"),
        "year": ("2009", "2009 – 2010", "until 2010"),
    },
    "es": {
        "day": ("5 de junio de 2009", "5-6 de junio de 2009", "hasta el 6 de junio de 2009"),
        "week": ("semana 23 de 2009 (1-7 de junio)", "semanas 23–24 de 2009 (1-14 de junio)",
                 "hasta la semana 24 de 2009 (8-14 de junio)"),
        "month": ("junio de 2009", "junio-julio de 2009", "hasta julio de 2009"),
        "quarter": ("2.º trimestre de 2009", "del 2.º al 3.er trimestre de 2009", "hasta el 3.er trimestre de 2009"),
        "year": ("2009", "2009-2010", "hasta 2010"),
    },
}  # fmt: skip
"""What the window is called by language and step: one step, two, and all until the second."""


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_window_is_said_in_the_words_of_its_step(open_page: Opener, frame: gpd.GeoDataFrame, lang: str) -> None:
    opened = open_page(frame, timeline(lang=lang))

    def says(words: str) -> None:
        # Browsers write ranges with dashes and spaces of their own.
        parts = [re.escape(part) for part in re.split(r"\s*[–-]\s*", words)]
        settled(opened, "#window", "(?i)^" + r"\s*[–-]\s*".join(parts) + "$")

    for step, (one, two, until) in SAID[lang].items():
        choose(opened, mode="window", step=step, length="1")
        opened.page.evaluate("document.activeElement.blur()")
        press(opened, "Home")
        says(one)
        press(opened, "Shift+ArrowRight")
        says(two)
        choose(opened, mode="cumulative")
        says(until)


def test_weeks_and_quarters_across_a_new_year_name_both_years(open_page: Opener) -> None:
    days = [("2009-12-29", "2009-12-29"), ("2010-01-05", "2010-01-05"), ("2011-05-01", "2011-05-01")]
    rows = tuple({**ROWS[0], "code": f"W-{n}", "days": day} for n, day in enumerate(days))
    opened = open_page(frame_of(rows), timeline(step="week"))
    choose(opened, length="2")
    opened.page.evaluate("document.activeElement.blur()")
    press(opened, "Home")  # ISO 8601: Monday, 28 December 2009 is in week 53 of 2009; 4 January 2010 in week 1
    settled(opened, "#window", r"^Week 53 of 2009 – week 1 of 2010 \(Dec 28, 2009 – Jan 10, 2010\)$")
    choose(opened, step="quarter", length="2")
    press(opened, "Home")
    settled(opened, "#window", "^4th quarter of 2009 – 1st quarter of 2010$")


def test_another_step_keeps_the_days_as_well_as_it_can(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    drag(opened, 7.5, 18.5)
    window_is(opened, "2010")  # January to December
    for step, words in {
        "year": "2010",
        "quarter": "1st–4th quarter of 2010",
        "month": "2010",
        "day": "January 1 – December 31, 2010",
        "week": "weeks 1–52 of 2010 (January 4, 2010 – January 2, 2011)",  # the weeks nearest to the year
    }.items():
        choose(opened, step=step)
        window_is(opened, words)


def test_leaving_the_whole_time_begins_with_a_full_window_that_holds_something(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, timeline())
    assert opened.page.input_value("#length") == "6"  # four days in 32 months: single months would be empty
    opened.page.click("#forward")
    window_is(opened, "June – November 2009")
    settled(opened, "#totals", "^[1-9]")
    opened.page.click("#all-time")
    opened.page.click("#back")
    window_is(opened, "August 2011 – January 2012")


def test_play_goes_on_to_the_end_stops_there_and_begins_anew(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline(step="year"))
    choose(opened, length="1", speed="4")
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-label") == "Pause"
    assert opened.page.get_attribute("#totals", "aria-live") == "off"
    window_is(opened, "2012")
    opened.page.wait_for_selector("#play[aria-label=Play]")
    settled(opened, "#time-said", r"^2012\. 1 incident")  # read out at rest
    choose(opened, speed="0.5")  # so that its first window is not over before it is looked for
    opened.page.click("#play")
    window_is(opened, "2009")
    opened.page.click("#play")
    assert opened.page.get_attribute("#play", "aria-label") == "Play"


def test_whoever_takes_hold_of_the_window_stops_the_play(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    choose(opened, speed="0.5")
    opened.page.click("#play")
    drag(opened, 20.5, 22.5)
    opened.page.wait_for_selector("#play[aria-label=Play]")
    window_is(opened, "February – April 2011")


def test_another_language_keeps_the_window_and_stops_the_play(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    drag(opened, 0.5, 2.5)
    window_is(opened, "June – August 2009")
    opened.page.click("#play")
    opened.page.click("#lang-es")
    opened.page.wait_for_selector("#play[aria-label=Reproducir]")
    settled(opened, "#window", "(?i)^[a-z]+\\s*[–-]\\s*[a-z]+ de 2009$")
    said = opened.text("#window")
    at_rest(opened.page)  # nothing goes on
    assert opened.text("#window") == said
    assert opened.page.input_value("#length") == "3"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_word_of_the_controls_is_cut_and_the_box_keeps_its_height(
    open_page: Opener, frame: gpd.GeoDataFrame, lang: str, size: tuple[int, int]
) -> None:
    opened = open_page(frame, timeline(lang=lang), viewport={"width": size[0], "height": size[1]})
    height = opened.page.locator("#time").bounding_box()["height"]
    for step in ("day", "quarter", "month", "year"):
        choose(opened, step=step)
        opened.page.click("#back")
        assert opened.page.locator("#time").bounding_box()["height"] == height
    wide = "e => e.scrollWidth > e.clientWidth + 1"
    assert opened.page.evaluate(f"[...document.querySelectorAll('#time button, #window')].filter({wide}).length") == 0
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]
