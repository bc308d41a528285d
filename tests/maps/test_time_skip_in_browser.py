"""Going through a time that is mostly empty: what is skipped, what is next, when it ends, how fast, what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opened_page import at_rest
from squares import ROWS, frame_of
from timelines import press, settled, timeline, window_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

DAYS = ("1990-01-05", "1990-02-03", "1991-05-01", "1991-05-20", "1999-12-31")
SPARSE = frame_of(tuple({**ROWS[1], "code": f"S-{n}", "days": (day, day)} for n, day in enumerate(DAYS)))
MONTHLY = "#step=month&length=1"

WATCH = """() => {
  window.seen = [];
  const box = document.querySelector('#window');
  new MutationObserver(() => window.seen.push([box.textContent, document.querySelector('#time-said').textContent]))
    .observe(box, { childList: true, characterData: true, subtree: true });
}"""

DELAYS = """() => {
  window.delays = [];
  const real = window.setTimeout;
  window.setTimeout = (work, delay, ...rest) => { window.delays.push(delay); return real(work, delay, ...rest); };
}"""


def go(opened: Opened, fragment: str) -> None:
    opened.page.evaluate(f"location.hash = '{fragment}'")
    at_rest(opened.page)


def is_off(opened: Opened, name: str) -> bool:
    return bool(opened.page.get_attribute(f"#{name}", "aria-disabled") == "true")


def test_steps_pass_over_empty_months_and_say_how_many(open_page: Opener) -> None:
    opened = open_page(SPARSE, timeline(step="month"))
    go(opened, f"{MONTHLY}&end=1990-02-01")
    assert opened.text("#time-note") == ""
    opened.page.click("#forward")
    window_is(opened, "May 1991")
    settled(opened, "#time-note", "^14 empty months skipped$")  # March 1990 to April 1991
    opened.page.click("#forward")
    window_is(opened, "December 1999")
    settled(opened, "#time-note", "^102 empty months skipped$")
    assert is_off(opened, "forward")
    assert is_off(opened, "later")
    opened.page.click("#back")
    window_is(opened, "May 1991")
    settled(opened, "#time-note", "^102 empty months skipped$")
    go(opened, f"{MONTHLY}&end=1990-02-01&skip=0")
    assert not opened.page.is_checked("#skip-empty")
    opened.page.click("#forward")
    window_is(opened, "March 1990")
    settled(opened, "#time-note", "^None in this month. The nearest: Feb 3, 1990$")
    go(opened, "#step=month&length=3&end=1990-04-01")  # three months, from February
    opened.page.click("#forward")
    window_is(opened, "March – May 1991")
    settled(opened, "#time-note", "^12 empty months skipped$")  # the windows that end from May 1990 to April 1991
    go(opened, "#step=month&mode=cumulative&end=1990-02-01")
    opened.page.click("#forward")
    window_is(opened, "until May 1991")
    settled(opened, "#totals", "^4 incidents")


def test_the_next_incident_and_the_one_before_by_button_and_key(open_page: Opener) -> None:
    opened = open_page(SPARSE, timeline(step="month"))
    go(opened, MONTHLY)
    opened.page.click("#later")
    window_is(opened, "January 1990")
    assert is_off(opened, "earlier")
    assert opened.page.get_attribute("#earlier", "aria-label") == "Previous incident in time: none earlier"
    opened.page.evaluate("document.activeElement.blur()")
    press(opened, ".", ".")
    window_is(opened, "May 1991")
    press(opened, ".")
    window_is(opened, "December 1999")
    press(opened, ".")
    window_is(opened, "December 1999")
    press(opened, ",", ",")
    window_is(opened, "February 1990")
    opened.page.focus("input[type=search]")
    press(opened, ".")
    window_is(opened, "February 1990")  # typed
    opened.page.fill("input[type=search]", "")
    go(opened, "#step=day&length=1&end=1991-05-01")
    opened.page.click("#later")
    window_is(opened, "May 20, 1991")


def test_a_run_shows_what_holds_something_and_stops_at_the_last(open_page: Opener) -> None:
    opened = open_page(SPARSE, timeline(step="month"))
    go(opened, f"{MONTHLY}&speed=16")
    assert opened.page.input_value("#speed") == "16"
    go(opened, f"{MONTHLY}&speed=4")
    opened.page.evaluate(WATCH)
    opened.page.click("#play")
    window_is(opened, "December 1999")
    opened.page.wait_for_selector("#play[aria-label=Play]")
    at_rest(opened.page)
    assert opened.text("#window") == "December 1999"  # it does not begin again by itself
    seen = opened.page.evaluate("window.seen")
    shown = list(dict.fromkeys(words for words, _ in seen))
    assert set(shown) <= {"January 1990", "February 1990", "May 1991", "December 1999"}
    assert {said for _, said in seen if "1991" in said} == set()  # nothing is read out on the way
    assert opened.text("#time-said").startswith("December 1999. 1 incident")
    opened.page.click("#play")  # and begins again when asked
    opened.page.wait_for_function("() => window.seen.some(([words], n) => n > 3 && words === 'January 1990')")


def test_filters_decide_what_is_empty(open_page: Opener) -> None:
    rows = tuple(
        {**ROWS[1], "code": f"S-{n}", "days": (day, day), "type": "riot" if n == 2 else "protest"}
        for n, day in enumerate(DAYS)
    )
    opened = open_page(frame_of(rows), timeline(step="year"))
    go(opened, "#step=year&length=1&end=1990-01-01&f.type=riot")
    settled(opened, "#time-note", "^None in this year. The nearest: May 1, 1991$")
    opened.page.click("#time-note button")
    window_is(opened, "1991")
    assert is_off(opened, "forward")
    assert is_off(opened, "back")
    go(opened, "#step=year&length=1&end=1990-01-01&search=nowhere")
    settled(opened, "#time-note", "^No incident matches the filters.$")
    assert is_off(opened, "play")


def test_acts_that_are_not_counted_do_not_stop_a_run_unless_nothing_else_is_selected(open_page: Opener) -> None:
    rows = tuple(
        {**ROWS[6], "code": f"S-{n}", "days": (day, day), "type": "state-measure" if n in (1, 2) else "protest"}
        for n, day in enumerate(DAYS)
    )
    opened = open_page(frame_of(rows), timeline(step="year", acts=False))
    go(opened, "#step=month&length=1&end=1990-01-01")
    opened.page.click("#forward")
    window_is(opened, "May 1991")  # past an act of February 1990; in May there is a protest too
    go(opened, "#step=month&length=1&end=1990-01-01&acts=1")
    opened.page.click("#forward")
    window_is(opened, "February 1990")
    go(opened, "#step=month&length=1&end=1990-02-01&f.type=state-measure")
    opened.page.click("#forward")
    window_is(opened, "May 1991")


def test_less_motion_is_one_window_a_second_and_options_close_again(open_page: Opener) -> None:
    opened = open_page(SPARSE, timeline(step="year"), reduced_motion="reduce")
    page = opened.page
    page.click("#time-options")
    assert page.is_visible("#speed")
    press(opened, "Escape")
    assert not page.is_visible("#speed")
    assert page.evaluate("document.activeElement.id") == "time-options"
    page.evaluate(DELAYS)
    page.click("#play")
    page.wait_for_function("() => window.delays.includes(1000)")
    page.click("#play")


@pytest.mark.parametrize("size", [(1024, 600), (1440, 900)])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_controls_are_one_row_on_a_desk(open_page: Opener, lang: str, size: tuple[int, int]) -> None:
    opened = open_page(SPARSE, timeline(lang=lang), viewport={"width": size[0], "height": size[1]})
    tops = (
        "[...document.querySelectorAll('#time-controls button, #time-controls select, #time-options')]"
        ".filter((each) => each.offsetParent && !each.closest('.time-list'))"
        ".map((each) => each.getBoundingClientRect().top)"
    )
    found = opened.page.evaluate(tops)
    assert len(found) == 9
    assert max(found) - min(found) < 4


def test_a_finger_finds_every_control_of_time(open_page: Opener) -> None:
    size = {"width": 390, "height": 844}
    opened = open_page(SPARSE, timeline(), has_touch=True, is_mobile=True, viewport=size)
    opened.page.tap("#time-options")
    sizes = opened.page.evaluate(
        "[...document.querySelectorAll('#time-controls button, #time-controls select, #time-controls summary, #when')]"
        ".map((each) => [each.id, each.getBoundingClientRect()]).filter(([, box]) => box.width)"
        ".map(([id, box]) => [id, Math.round(Math.min(box.width, box.height)), Math.round(box.right)])"
    )
    assert [each for each in sizes if each[1] < 44 or each[2] > 390] == []
    assert len(sizes) >= 11
