"""The story in the browser: steps, keys, leaving and coming back, languages, links and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opened_page import Opened, at_rest
from squares import HOSTILE

from willay.maps import PageSpec, View

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    Opener = Callable[..., Opened]

pytestmark = pytest.mark.browser

VIEWS = (
    View("", {"en": "All of it.", "es": "Todo."}),
    View("measure=incidents&at=0.5,0.5,9.5", "Not the dead."),
    View("mapView=clusters&f.type=protest&open=XX-2", HOSTILE),
)
NOTE = {"en": " ".join(["A note of many words."] * 60)[:1000], "es": "Una nota."}
SPEC = PageSpec(lang="en", title="A year in three views", note=NOTE, views=VIEWS)


def pressed(opened: Opened, key: str) -> None:
    opened.page.keyboard.press(key)
    at_rest(opened.page)


def clicked(opened: Opened, selector: str) -> None:
    opened.page.click(selector)
    at_rest(opened.page)


def state_of(opened: Opened) -> str:
    return str(opened.page.evaluate("location.hash"))


def test_a_reader_steps_through_the_views_leaves_and_comes_back(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, SPEC, regions)
    page = opened.page
    assert opened.text(".story-said") == "1 of 3 All of it."
    assert page.get_attribute("#story-back", "aria-disabled") == "true"
    clicked(opened, "#story-next")
    assert opened.text(".story-said") == "2 of 3 Not the dead."
    assert "measure=incidents" in state_of(opened)
    assert "story=2" in state_of(opened)
    pressed(opened, "PageDown")
    assert HOSTILE in page.text_content(".story-caption")
    assert page.locator(".story img, .story script").count() == 0
    assert opened.text("#panel-title") == "March in Beta"
    assert page.evaluate("document.activeElement.id") == "story-next"  # not in the card that the view opens
    assert page.get_attribute("#story-next", "aria-disabled") == "true"
    assert not page.is_visible(".story-strayed")
    pressed(opened, "PageUp")
    assert opened.text(".story-said").startswith("2 of 3")

    page.select_option("#measure", "killed")  # the caption is about something else now
    at_rest(page)
    assert opened.text(".story-strayed").startswith("You have changed what is shown.")
    clicked(opened, "#story-again")
    assert page.input_value("#measure") == "incidents"
    clicked(opened, "#story-leave")
    assert not page.is_visible(".story-said")
    assert opened.text(".story") == "Return to the story (2 of 3)"
    assert page.evaluate("document.activeElement.id") == "story-return"
    assert "story=" not in state_of(opened)
    pressed(opened, "PageDown")  # no key of the story while it is left
    assert not page.is_visible(".story-said")
    clicked(opened, "#story-return")
    assert opened.text(".story-said") == "2 of 3 Not the dead."

    clicked(opened, "#lang-es")
    assert opened.text(".story-said") == "2 de 3 Not the dead."
    pressed(opened, "Tab")
    clicked(opened, "#story-back")
    assert opened.text(".story-said") == "1 de 3 Todo."  # in the reader's language
    assert opened.text("#note-text") == "Una nota."


def test_the_note_opens_and_paper_lists_all_captions(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, SPEC, regions, viewport={"width": 390, "height": 844})
    page = opened.page
    height = "document.querySelector('#note-text').clientHeight"
    closed = page.evaluate(height)
    clicked(opened, "#note-more")
    assert page.evaluate(height) > 2 * closed
    assert page.get_attribute("#note-more", "aria-expanded") == "true"
    assert not page.is_visible(".bar")  # choices give way to the map while the story goes on
    clicked(opened, "#story-next")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    clicked(opened, "#story-leave")
    assert page.is_visible(".bar")
    clicked(opened, "#story-return")
    page.emulate_media(media="print")
    at_rest(page)
    assert page.locator(".story-print li").count() == 3
    assert page.locator(".story-print [aria-current]").inner_text() == "Not the dead."
    assert not page.is_visible(".story-band")


def test_a_link_leads_to_the_view_that_it_was_copied_at(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, SPEC, regions)
    opened.page.evaluate("location.hash = '#mapView=points&story=2'")
    at_rest(opened.page)
    assert opened.text(".story-said").startswith("2 of 3")
    assert opened.page.is_visible(".story-strayed")
    opened.page.evaluate("location.hash = '#story=9'")
    at_rest(opened.page)
    assert opened.page.is_visible("#notice")
