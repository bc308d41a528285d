"""A reader who prefers a dark page has one, paper stays light, and where the system gives the colours it does so."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
from opened_page import at_rest
from PIL import Image
from test_colours import COLOURS, contrast
from test_print_in_browser import share_of

from willay.maps import PageSpec
from willay.maps.palette import class_colours, dark_class_colours

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

TEXTS = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const own = channels(getComputedStyle(each).backgroundColor);
      if (own.length < 4 || own[3] === 1) return own;
    }
    return [255, 255, 255];
  };
  const pair = (each) => Math.round(each).toString(16).padStart(2, '0');
  const hex = (colour) => '#' + colour.slice(0, 3).map(pair).join('');
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest(':disabled, .unseen');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = {};
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !isShown(element) || element.closest('option, script, style')) continue;
    const both = [hex(channels(getComputedStyle(element).color)), hex(groundOf(element))];
    found[both.join(' ')] ??= `${element.id || element.className}: ${walker.currentNode.data.slice(0, 30)}`;
  }
  return Object.entries(found);
}"""
"""The colours of all texts shown, each with its ground, and one of the texts that has both."""


def unreadable(page: Any) -> dict[str, str]:
    """Return the texts shown that have less contrast than WCAG 2.2 asks of small ones."""
    return {pair: words for pair, words in page.evaluate(TEXTS) if contrast(*pair.split()) < 4.5}


def map_of(opened: Opened) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(opened.page.locator(".map").screenshot())).convert("RGB"))


def test_every_part_of_a_dark_page_is_dark_and_can_be_read(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions, color_scheme="dark")
    page = opened.page
    dark = COLOURS["dark"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 24, 30)"
    picture = map_of(opened)
    assert share_of(picture, dark["draw-sea"], dark["draw-country"], dark["draw-pattern"], *dark_class_colours(2)) > 0.7
    assert share_of(picture, "#ffffff", COLOURS["light"]["draw-sea"], COLOURS["light"]["draw-country"]) < 0.03
    assert unreadable(page) == {}
    for click in (
        "[data-tab=regions]",
        "[data-tab=incidents]",
        "[data-code='XX-1']",
        "#close",
        "#filters-open",
        "#stage-table",
    ):
        page.click(click)
        at_rest(page)
        assert unreadable(page) == {}, click
    page.keyboard.press("?")
    assert unreadable(page) == {}


def test_colours_follow_the_preference_and_paper_is_light(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en", measure="incidents"), regions)
    page = opened.page
    signs = "document.querySelector('#panel img.glyph').src"
    bars = "document.querySelector('#bars').toDataURL()"
    light = [page.evaluate(signs), page.evaluate(bars), map_of(opened)]
    page.emulate_media(color_scheme="dark")
    at_rest(page)
    dark = [page.evaluate(signs), page.evaluate(bars), map_of(opened)]
    assert light[0] != dark[0]
    assert light[1] != dark[1]
    assert (light[2] != dark[2]).mean() > 0.9
    sheet = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))[0].render(scale=1).to_pil()
    paper = np.asarray(sheet.convert("RGB"))
    assert share_of(paper, "#ffffff") > 0.4
    assert share_of(paper, *class_colours(2)[1:]) > 0.02
    assert share_of(paper, *dark_class_colours(2), COLOURS["dark"]["paper"]) < 0.01
    page.emulate_media(color_scheme="light")
    at_rest(page)
    assert light[:2] == [page.evaluate(signs), page.evaluate(bars)]
    assert (light[2] != map_of(opened)).mean() < 0.01


INKS = """(() => {
  const canvas = document.querySelector('#bars');
  const { data } = canvas.getContext('2d').getImageData(0, canvas.height - 18, canvas.width, 18);
  const inks = new Set();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200) inks.add([...data.slice(at, at + 3)].join());
  return [...inks];
})()"""
"""The colours of what is written and drawn below the bars: the years and their ticks."""


def test_forced_colours_show_what_is_chosen_and_the_words_of_time(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions, forced_colors="active", color_scheme="dark")
    page = opened.page
    assert page.evaluate(INKS) == ["255,255,255"]  # the system's text, on the system's black
    page.evaluate("location.hash = '#f.type=protest&stage=table&open=XX-1'")
    at_rest(page)
    edges = [
        page.evaluate("(name) => getComputedStyle(document.querySelector(name)).borderTopWidth", name)
        for name in (".chip", "#copy-link")
    ]
    assert edges == ["2px", "1px"]
    page.evaluate("location.hash = '#stage=table&open=XX-1'")
    at_rest(page)
    rows = [
        page.evaluate(
            "(on) => getComputedStyle(document.querySelector(`.table-row[aria-selected=${on}]`)).outlineStyle", on
        )
        for on in (True, False)
    ]
    assert rows == ["solid", "none"]
