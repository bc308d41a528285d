"""A page shows its first picture before the rest of its data is there, and what it shows meanwhile is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest, watched
from squares import BASE, frame_of, regions_of
from squares import ROWS as SQUARES

from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Opener = Callable[..., Any]

pytestmark = [pytest.mark.browser]

HELD = """
let released = false;
Object.defineProperty(document, "readyState", { configurable: true, get: () => (released ? "complete" : "loading") });
window.addEventListener("DOMContentLoaded", (event) => released || event.stopImmediatePropagation(), true);
window.release = () => {
  released = true;
  document.dispatchEvent(new Event("DOMContentLoaded"));
};
"""
"""Lets the page believe that its file is still being read, until it is released."""

COUNTED = """
window.drawn = [];
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  const pane = this.canvas.closest?.(".leaflet-pane");
  if (pane) drawn.push(/leaflet-(\\w+)-pane/.exec(pane.className)[1]);
  return clear.apply(this, box);
};
"""
"""Writes down each drawing of a canvas of the map, by its pane."""


@pytest.fixture
def opener(chromium: Any, tmp_path: Path) -> Iterator[Opener]:
    """Return a function that opens the squares with a script run before the page's own; the console stays silent."""
    said: list[str] = []
    pages = []

    def open_it(script: str, *, fragment: str = "", until: str = "ready", **spec: Any) -> Any:
        path = render(
            frame_of(SQUARES),
            PageSpec(**{"lang": "en", "measure": "incidents", "acts": True, **spec}),
            regions_of(),
            BASE,
        ).save(tmp_path / "page.html")
        page = watched(chromium.new_context(viewport={"width": 1280, "height": 800})).new_page()
        pages.append(page)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.add_init_script(script)
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector(f"html[data-{until}]", state="attached")
        return page

    yield open_it
    for page in pages:
        page.context.close()
    assert said == []


def words(page: Any, selector: str) -> str:
    return " ".join(page.inner_text(selector).split())


def release(page: Any) -> None:
    page.evaluate("release()")
    page.wait_for_selector("html[data-texts]", state="attached")
    at_rest(page)


def test_a_page_that_shows_the_dead_says_them_before_their_columns_have_come(opener: Opener) -> None:
    page = opener(HELD, view="points", measure=None)
    before = words(page, "#totals")
    assert before.startswith("36 killed (33–57; unknown in 1) in 6 incidents")
    assert page.query_selector("#panel-body") is None
    assert words(page, ".time-axis").startswith("Incidents per month")  # what the bars can show by now
    release(page)
    assert words(page, "#totals") == before
    assert words(page, ".time-axis").startswith("People killed per month")


def test_the_totals_are_right_before_their_columns_have_come_and_stay_so(opener: Opener) -> None:
    page = opener(HELD, view="points")
    before = words(page, "#totals")
    # By hand from the rows: 6 counted incidents; 33 + 0 + 2 + 1 killed, 30 + 3 to 54 + 3; the siege's dead are unknown.
    assert before.startswith("6 incidents with 36 killed (33–57; unknown in 1), Jun 5, 2009 – Jan 1, 2012")
    assert page.query_selector("#panel-body") is None
    release(page)
    assert words(page, "#totals") == before
    assert "Ambush at Alpha" in words(page, "#panel")


def test_time_moves_before_the_columns_have_come_and_figures_follow_them(opener: Opener) -> None:
    page = opener(HELD, view="points", step="year")
    page.press("body", "ArrowRight")
    at_rest(page)
    before = words(page, "#totals")
    assert "… killed" in before
    release(page)
    after = words(page, "#totals")
    assert "…" not in after
    assert after.split()[:2] == before.split()[:2]


def test_what_is_opened_before_the_panel_is_there_is_in_it_when_it_comes(opener: Opener) -> None:
    page = opener(HELD, view="points")
    page.focus(".map")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    at_rest(page)
    release(page)
    assert page.query_selector("#panel #close") is not None


def test_regions_asked_for_before_their_numbers_are_painted_when_they_come(opener: Opener) -> None:
    page = opener(HELD, view="points")
    page.click("[data-view=regions]")
    at_rest(page)
    assert page.query_selector("path[data-region]") is None
    release(page)
    assert page.get_attribute("path[data-region=alpha]", "data-value") is not None


def test_the_language_can_change_before_the_columns_have_come(opener: Opener) -> None:
    page = opener(HELD, view="points")
    page.click("#lang-es")
    at_rest(page)
    release(page)
    assert page.get_attribute("html", "lang") == "es"
    assert page.locator("#filters-open").count() == 1
    assert page.locator("#panel-body").count() == 1


@pytest.mark.parametrize("view", ["points", "density", "clusters", "regions"])
def test_opening_draws_each_canvas_of_the_map_once_and_texts_draw_none_again(opener: Opener, view: str) -> None:
    page = opener(COUNTED, until="texts", view=view)
    at_rest(page)
    drawn = page.evaluate("drawn")
    names = [pane for pane in drawn if pane not in ("dots", "names")]  # dots are drawn with the names, and shared
    assert len(names) == len(set(names)), drawn
    assert drawn.count("names") <= (2 if view == "regions" else 1)  # regions' names come with their numbers


def test_a_search_in_a_link_finds_titles_once_they_have_come(opener: Opener) -> None:
    page = opener("", fragment="#search=siege", until="texts", view="points")
    at_rest(page)
    assert words(page, "#totals").startswith("1 incident ")
    assert "Siege of Gamma" in words(page, "#panel")
