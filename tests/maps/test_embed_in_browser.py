"""Pages within other pages: the small page of an article, the whole page in a frame, and what a notebook shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest, watched
from squares import BASE

from willay.maps import Page, PageSpec, iframe_line, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd

    Opener = Callable[..., Any]

pytestmark = pytest.mark.browser

SITE = "https://article.example/"


@pytest.fixture
def open_site(chromium: Any) -> Iterator[Opener]:
    """Return a function that opens a page of a made-up site, whose other files it answers; nothing else is answered."""
    contexts = []
    said: list[str] = []

    def open_it(files: dict[str, str], width: int, height: int) -> Any:
        context = watched(chromium.new_context(viewport={"width": width, "height": height}))
        contexts.append(context)

        def answer(route: Any) -> None:
            name = route.request.url.split("#")[0].removeprefix(SITE)
            if name in files:
                route.fulfill(body=files[name], content_type="text/html")
            else:
                said.append(route.request.url)
                route.abort()

        context.route("**/*", answer)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(SITE)
        for frame in page.frames[1:]:
            frame.wait_for_selector("html[data-texts]", timeout=20_000)
            at_rest(frame)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert said == []


def article(*lines: str) -> str:
    return "<!DOCTYPE html><meta charset=utf-8><link rel=icon href=data:,><title>A</title><p>Text</p>" + "".join(lines)


def page_of(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, **given: Any) -> Page:
    return render(frame, PageSpec(lang="en", title="A <small> map", **given), regions, BASE)


REACHED = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
}"""


@pytest.mark.parametrize(("width", "height"), [(600, 400), (360, 300)])
def test_a_small_page_has_head_map_legend_play_sources_and_a_way_to_the_whole(
    open_site: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, width: int, height: int
) -> None:
    small = page_of(frame, regions, embed=True)
    line = iframe_line("map.html", small.title, height).replace("width: 100%", f"width: {width}px")
    page = open_site({"": article(line), "map.html": small.html()}, 800, 600)
    inner = page.frames[1]
    for selector in ("#title", "#totals", ".map", "#play", "#window", "#foot .line", "#open-whole", "#legend summary"):
        assert inner.evaluate(REACHED, selector), selector
    assert inner.evaluate("document.documentElement.scrollHeight") == height
    assert inner.evaluate("document.querySelector('.map').clientHeight") >= 0.45 * height
    beyond = {
        "#measure",
        "#when",
        "#all-time",
        "#copy-link",
        "#about",
        "#panel",
        "#search",
        "#stage-table",
        ".view-switch",
    }
    assert [selector for selector in beyond if inner.locator(selector).first.is_visible()] == []

    inner.focus(".map")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    inner.wait_for_selector("#panel-title")
    at_rest(inner)
    assert inner.evaluate(REACHED, "#close")
    page.keyboard.press("Escape")
    at_rest(inner)
    assert not inner.is_visible("#panel")
    assert inner.evaluate("location.hash") == "" or "embed" not in inner.evaluate("location.hash")

    with page.context.expect_page() as opened:
        inner.click("#open-whole")
    whole = opened.value
    whole.wait_for_selector("html[data-texts]")
    assert whole.url.startswith(f"{SITE}map.html#")
    assert "embed=0" in whole.url
    assert whole.is_visible("#panel")
    assert whole.is_visible("#copy-link")


def test_a_whole_page_works_in_a_sandboxed_frame(
    open_site: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    page = open_site(
        {"": article(iframe_line("map.html", "Map", 700)), "map.html": page_of(frame, regions).html()}, 1200, 800
    )
    inner = page.frames[1]
    inner.select_option("#measure", "incidents")
    at_rest(inner)
    assert "measure=incidents" in inner.evaluate("location.hash")
    inner.click("#panel .entry")
    inner.wait_for_selector("#panel-title")
    page.keyboard.press("Escape")
    at_rest(inner)
    assert inner.locator("#panel-title").count() == 0
    inner.click("#copy-link")  # the frame may not use the clipboard, so the link is shown
    assert "#measure=incidents" in inner.input_value("dialog.copy textarea")
    inner.click("dialog.copy button")
    assert inner.locator("dialog.copy").count() == 0
    inner.click("#about")
    inner.click("dialog.about button")
    assert not inner.is_visible("dialog.about")


@pytest.mark.parametrize("width", [800, 1000, 1400])
def test_a_notebook_shows_the_page_at_its_width_with_all_controls_of_time(
    open_site: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, width: int
) -> None:
    shown = page_of(frame, regions)._repr_html_()
    page = open_site({"": article(shown)}, width, 1000)
    inner = page.frames[1]
    assert inner.evaluate("innerWidth") >= width - 20
    inner.select_option("#measure", "incidents")  # there is no address to change
    at_rest(inner)
    if width < 900:
        inner.click("[data-tab='incidents']")  # raises the sheet that lists are on a narrow page
    inner.click("#panel .entry")
    inner.wait_for_selector("#panel-title")
    if width >= 900:
        assert inner.evaluate("document.documentElement.scrollHeight <= innerHeight")
        for control in ("#play", "#when", "#all-time", "#step", "#mode", "#length", "#foot"):
            assert inner.evaluate(REACHED, control), control


def test_the_line_for_another_page_is_safe_and_names_the_page() -> None:
    line = iframe_line('a "map" & more.html', 'Title "><script>')
    assert line.count("<") == 2  # the frame and its end
    assert 'src="a%20%22map%22%20&amp;%20more.html"' in line
    assert 'title="Title &#34;&gt;&lt;script&gt;"' in line
    assert "allow-same-origin" not in line
    assert "height: 400px" in line
