"""A page on paper, and what it says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
import pytest
from opened_page import at_rest

from willay.maps import PageSpec
from willay.maps.palette import class_colours, type_style

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed", acts=True)


PAPER = {"portrait": (210, 297), "landscape": (297, 210)}
MARGIN_MM = 12  # print.css
POINTS_PER_MM = 72 / 25.4
PIXELS_PER_MM = 96 / 25.4
SCALE = 2  # pixels of a rendered sheet for each point


def printed(opened: Opened, paper: str) -> pypdfium2.PdfDocument:
    """Print a page as a reader's browser does: from the screen, with nothing prepared for paper."""
    written = opened.page.pdf(format="A4", landscape=paper == "landscape", print_background=True)
    return pypdfium2.PdfDocument(written)


def map_on(document: pypdfium2.PdfDocument, opened: Opened, paper: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return the colours of the map's box on the first sheet: rows, columns, red-green-blue."""
    across, down = ((side - 2 * MARGIN_MM) * PIXELS_PER_MM for side in PAPER[paper])
    opened.page.emulate_media(media="print")  # after printing: only to learn where the box lies
    opened.page.set_viewport_size({"width": round(across), "height": round(down)})
    box = opened.page.evaluate(
        "(({x, y, width, height}) => [x, y, x + width, y + height])"
        "(document.querySelector('.map').getBoundingClientRect())"
    )
    left, top, right, bottom = (round((MARGIN_MM + side / PIXELS_PER_MM) * POINTS_PER_MM * SCALE) for side in box)
    sheet = np.asarray(document[0].render(scale=SCALE).to_pil().convert("RGB"))
    return sheet[top + 3 : bottom - 3, left + 3 : right - 3]


def share_of(picture: np.ndarray[Any, np.dtype[np.uint8]], *colours: str) -> float:
    """Return how much of a picture has one of some colours ("#rrggbb"), a little lighter or darker."""
    wanted = [np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) for colour in colours]
    near = [(np.abs(picture.astype(int) - each) < 12).all(axis=2) for each in wanted]
    return float(np.any(near, axis=0).mean())


def pages(opened: Opened, *, landscape: bool) -> int:
    return len(printed(opened, "landscape" if landscape else "portrait"))


@pytest.mark.parametrize("paper", ["landscape", "portrait"])
@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_a_page_prints_on_one_sheet(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, paper: str
) -> None:
    assert pages(open_page(frame, PageSpec(kind=kind), regions), landscape=paper == "landscape") == 1


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_the_map_is_on_the_paper(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, paper: str
) -> None:
    opened = open_page(frame, PageSpec(kind=kind), regions)
    document = printed(opened, paper)
    picture = map_on(document, opened, paper)
    signs = share_of(picture, *(type_style(each)[0] for each in ("armed-clash", "protest", "abduction")))
    classes = share_of(picture, *class_colours(2)[1:])  # one incident, and two
    if kind == "timeline":
        assert share_of(picture, "#fbfaf6") > 0.3  # the country's land
    else:
        assert classes > 0.3  # three of four squares have incidents
    if kind != "choropleth":
        assert signs > 0.00005  # two signs of 11 pixels and the line of a ring, on a map of 470


def test_legends_that_are_closed_on_a_low_window_are_on_the_paper(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions, viewport={"width": 1024, "height": 600})
    assert opened.page.locator("#legend").get_attribute("open") is None
    text = printed(opened, "portrait")[0].get_textpage().get_text_bounded()
    for words in ("Sum in the time shown", "no incident recorded", "Armed clash", "within this distance"):
        assert words in text
    opened.page.wait_for_selector("#legend:not([open])", state="attached")


def test_paper_has_the_selection_the_legend_and_the_sources_and_no_controls(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.evaluate("location.hash = '#f.type=armed-clash&minimum=1'")
    at_rest(opened.page)
    opened.page.emulate_media(media="print")
    assert re.search("Armed clash.*at least 1", opened.text("#print-selection"))
    assert opened.page.is_visible("#legend-regions")
    assert "ranked source" in opened.text("#foot .line")
    for control in ("#views", "#tools", "#filters", "#about", "#play"):
        assert not opened.page.is_visible(control), control


def test_a_card_that_is_open_is_printed_after_the_map(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.click("[data-code='XX-1']")
    opened.page.wait_for_selector("#panel .card")
    assert pages(opened, landscape=True) == 2


def test_a_question_mark_opens_all_there_is_to_know_of_the_data_in_the_readers_language(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.keyboard.press("?")
    assert opened.page.is_visible("dialog.about")
    told = opened.text("dialog.about")
    for words in (
        "ranked source",
        "ombudsman",
        "Working outlines",
        "Zone",
        "within this distance",
        "Keys",
        "unknown is not zero",
    ):
        assert words.lower() in told.lower(), words
    opened.page.keyboard.press("Escape")
    opened.page.click("#lang-es")
    opened.page.wait_for_selector("html[lang=es]")
    opened.page.keyboard.press("?")
    assert "Defensoría" in opened.text("dialog.about")
