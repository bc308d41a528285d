"""Time on the page: the histogram and its brush, the band of a case, the controls, the keys, the words.

The made-up incidents (squares.py) have days from 5 June 2009 to 1 January 2012: 32 months.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
from opened_page import at_rest, next_frame
from squares import ROWS, frame_of

from willay.events.frame.frame import make_frame
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

MINE = {"cases": [{"key": "mine", "title": {"en": "The mine", "es": "La mina"}}]}
MONTHS = 32


def timeline(**spec: Any) -> PageSpec:
    return PageSpec(**{"kind": "timeline", "lang": "en", **spec})


def settled(opened: Opened, selector: str, pattern: str) -> None:
    """Wait until what is shown matches."""
    shown = ""
    for _ in range(100):
        shown = opened.text(selector)
        if re.search(pattern, shown):
            return
        next_frame(opened.page)
    raise AssertionError(f"{selector} shows {shown!r}, not {pattern!r}")


def window_is(opened: Opened, words: str) -> None:
    settled(opened, "#window", f"(?i)^{re.escape(words)}$")


def choose(opened: Opened, **values: str) -> None:
    for name, value in values.items():
        opened.page.select_option(f"#{name}", value)


def drag(opened: Opened, start: float, end: float, *, steps: int = MONTHS, release: bool = True) -> None:
    """Drag on the bars, from one place to another, both in steps of time from the left."""
    box = opened.page.locator("#brush").bounding_box()
    assert box
    at = [(box["x"] + box["width"] * place / steps, box["y"] + box["height"] - 12) for place in (start, end)]
    opened.page.mouse.move(*at[0])
    opened.page.mouse.down()
    opened.page.mouse.move(*at[1], steps=4)
    if release:
        opened.page.mouse.up()


def press(opened: Opened, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)


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
    opened.page.locator("#brush").scroll_into_view_if_needed()
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


def test_keys_work_wherever_nothing_needs_them(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, timeline())
    choose(opened, length="1")
    opened.page.evaluate("document.activeElement.blur()")
    press(opened, "Home")
    window_is(opened, "June 2009")
    press(opened, "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    window_is(opened, "July – September 2009")
    press(opened, "Shift+ArrowLeft", "ArrowLeft")
    window_is(opened, "June – July 2009")
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


@pytest.mark.parametrize(
    ("lang", "step", "said"),
    [
        ("en", "day", ("June 5, 2009", "June 5 – 6, 2009", "until June 6, 2009")),
        ("en", "week", ("week 23 of 2009 (June 1 – 7)", "weeks 23–24 of 2009 (June 1 – 14)",
         "until week 24 of 2009 (June 8 – 14)")),
        ("en", "month", ("June 2009", "June – July 2009", "until July 2009")),
        ("en", "quarter", ("2nd quarter of 2009", "2nd–3rd quarter of 2009", "until the 3rd quarter of 2009")),
        ("en", "year", ("2009", "2009 – 2010", "until 2010")),
        ("es", "day", ("5 de junio de 2009", "5-6 de junio de 2009", "hasta el 6 de junio de 2009")),
        ("es", "week", ("semana 23 de 2009 (1-7 de junio)", "semanas 23–24 de 2009 (1-14 de junio)",
         "hasta la semana 24 de 2009 (8-14 de junio)")),
        ("es", "month", ("junio de 2009", "junio-julio de 2009", "hasta julio de 2009")),
        ("es", "quarter", ("2.º trimestre de 2009", "del 2.º al 3.er trimestre de 2009",
         "hasta el 3.er trimestre de 2009")),
        ("es", "year", ("2009", "2009-2010", "hasta 2010")),
    ],
)  # fmt: skip
def test_a_window_is_said_in_the_words_of_its_step(
    open_page: Opener, frame: gpd.GeoDataFrame, lang: str, step: str, said: tuple[str, str, str]
) -> None:
    opened = open_page(frame, timeline(lang=lang, step=step))

    def says(words: str) -> None:
        # Browsers write ranges with dashes and spaces of their own.
        parts = [re.escape(part) for part in re.split(r"\s*[–-]\s*", words)]
        settled(opened, "#window", "(?i)^" + r"\s*[–-]\s*".join(parts) + "$")

    choose(opened, length="1")
    opened.page.evaluate("document.activeElement.blur()")
    press(opened, "Home")
    says(said[0])
    press(opened, "Shift+ArrowRight")
    says(said[1])
    choose(opened, mode="cumulative")
    says(said[2])


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
    assert opened.page.get_attribute("#totals", "aria-live") == "polite"
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


def test_a_case_is_marked_above_the_bars_and_its_band_sets_the_window(open_page: Opener) -> None:
    rows = tuple({**row, "details": json.dumps(MINE)} if row["code"] in ("XX-1", "XX-3") else row for row in ROWS)
    opened = open_page(frame_of((*rows, {**ROWS[4], "code": "YY-1", "details": json.dumps(OTHER)})), timeline())
    assert not opened.page.is_visible(".band")
    choose(opened, band="mine")
    opened.page.wait_for_selector(".band")
    assert opened.text(".band") == "The mine"
    name = opened.page.get_attribute(".band", "aria-label")
    assert name == "Case The mine: June 5, 2009 – February 3, 2010, 2 incidents. Show only these days."
    opened.page.focus(".band")
    press(opened, "Enter")
    settled(opened, "#window", "^June 2009 – February 2010$")
    choose(opened, band="")
    opened.page.wait_for_selector(".band", state="hidden")


RISE = {"en": "Rise", "es": "Alza"}
PHASED = {
    "cases": [
        {
            "key": "mine",
            "title": {"en": "The mine", "es": "La mina"},
            "type": "socio-environmental",
            "phases": [
                {
                    "from_day": "2009",
                    "until_day": "2010-03",
                    "phase": "escalation",
                    "title": {"en": "Rise", "es": "Alza"},
                },
                {"from_day": "2010-04-02", "until_day": "2010-05-01", "phase": "crisis"},
                {"from_day": "2011-02-03", "phase": "dialogue", "state": "active"},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            ["Rise · escalation · 2009 to March 2010", "crisis · Apr 2, 2010 to May 1, 2010",
             "dialogue · active · from Feb 3, 2011, no end recorded"],
        ),
        (
            "es",
            ["Alza · escalamiento · de 2009 a marzo de 2010", "crisis · de 2 abr. 2010 a 1 may. 2010",
             "diálogo · activo · desde 3 feb. 2011, sin fin registrado"],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["timeline", "atlas"])
def test_the_phases_of_a_marked_case_are_bands_as_sure_as_their_days(
    open_page: Opener, kind: str, lang: str, words: list[str]
) -> None:
    rows = tuple({**row, "details": json.dumps(PHASED)} if row["code"] in ("XX-1", "XX-3") else row for row in ROWS)
    opened = open_page(frame_of(rows), timeline(kind=kind, lang=lang))  # a case that is alone is marked
    opened.page.wait_for_selector(".phase")
    phases = opened.page.query_selector_all(".phase")
    assert [phase.get_attribute("aria-label") for phase in phases] == words
    sure = "each => ['--sure-from', '--sure-until'].map((name) => parseFloat(each.style.getPropertyValue(name)))"
    (rise, ends), (crisis, over), (begins, fades) = (phase.evaluate(sure) for phase in phases)
    assert 0 < rise < ends < 100  # some day of 2009, until some day of March
    assert (crisis, over) == (0, 100)  # to the day
    assert (begins, phases[2].get_attribute("class").split()[1:2]) == (0, ["open"])
    assert fades < 5  # nobody says how long it goes on
    boxes = [phase.bounding_box() for phase in phases]
    ground = opened.page.locator(".band-box").bounding_box()
    assert all(box["x"] >= ground["x"] - 1 for box in boxes)
    assert all(box["x"] + box["width"] <= ground["x"] + ground["width"] + 1 for box in boxes)
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 2
    choose(opened, band="")
    opened.page.wait_for_selector(".phases", state="hidden")


def test_a_card_has_the_phases_of_its_case(open_page: Opener) -> None:
    opened = open_page(frame_of(tuple({**row, "details": json.dumps(PHASED)} for row in ROWS)), timeline(kind="atlas"))
    opened.page.click("#panel .entry")
    opened.page.wait_for_selector("#panel .card")
    card = opened.text("#panel .card")
    assert "Rise · escalation · 2009 to March 2010" in card
    assert "dialogue · active · from Feb 3, 2011, no end recorded" in card


OTHER = {"cases": [{"key": "road", "title": {"en": "The road"}}]}


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
    assert opened.page.is_visible("#window")
    assert opened.page.is_visible("#brush .brush-after")
    assert not opened.page.is_visible("#time-controls")


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
