"""A page on paper, and what it says of itself."""

from __future__ import annotations

import itertools
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


PAPER = {"A4": (210, 297), "Letter": (216, 279)}
POINTS_PER_MM = 72 / 25.4
SCALE = 2  # pixels of a rendered sheet for each point
MAP = (14, 60, 134, 120)
"""A part of the sheet, in millimetres from its left and upper edge, that the map fills on every paper."""


def printed(opened: Opened, paper: str = "A4", *, landscape: bool = False) -> pypdfium2.PdfDocument:
    """Print a page as a reader does: from the screen, with nothing prepared for paper, without backgrounds."""
    return pypdfium2.PdfDocument(opened.page.pdf(format=paper, landscape=landscape))


def sheet_of(document: pypdfium2.PdfDocument) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return the colours of the first sheet: rows, columns, red-green-blue."""
    return np.asarray(document[0].render(scale=SCALE).to_pil().convert("RGB"))


def map_on(document: pypdfium2.PdfDocument) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return the colours of a part of the map on the first sheet."""
    left, top, right, bottom = (round(side * POINTS_PER_MM * SCALE) for side in MAP)
    return sheet_of(document)[top:bottom, left:right]


def words_of(document: pypdfium2.PdfDocument) -> str:
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def near(
    picture: np.ndarray[Any, np.dtype[np.uint8]], *colours: str, within: int = 12
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which pixels of a picture have one of some colours ("#rrggbb"), a little lighter or darker."""
    wanted = [np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) for colour in colours]
    found: np.ndarray[Any, np.dtype[np.bool_]] = np.any(
        [(np.abs(picture.astype(int) - each) < within).all(axis=2) for each in wanted], axis=0
    )
    return found


def share_of(picture: np.ndarray[Any, np.dtype[np.uint8]], *colours: str) -> float:
    """Return how much of a picture has one of some colours."""
    return float(near(picture, *colours).mean())


def is_one_sheet_with_its_map(opened: Opened, kind: str, paper: str, *, landscape: bool) -> bool:
    """Say whether what is printed is a single sheet, on which the map has its colours."""
    document = printed(opened, paper, landscape=landscape)
    picture = map_on(document)
    ground = ["#fbfaf6"] if kind == "timeline" else class_colours(2)[1:]  # land, or three of four squares
    drawn = share_of(picture, *ground) > 0.3
    if kind == "timeline":  # a sign of 11 pixels, which is seen through, on a map of 470
        drawn = drawn and near(picture, type_style("armed-clash")[0], within=60).mean() > 0.00003
    return drawn and len(document) == 1


@pytest.mark.parametrize("kind", ["choropleth", "timeline"])
def test_a_page_prints_on_one_sheet_with_its_map(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str
) -> None:
    opened = open_page(frame, PageSpec(kind=kind, measure="incidents"), regions)
    assert is_one_sheet_with_its_map(opened, kind, "A4", landscape=False)
    assert is_one_sheet_with_its_map(opened, kind, "A4", landscape=True)


def test_the_atlas_prints_on_one_sheet_with_its_map_on_every_paper_from_both_browsers(
    open_in_both: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_in_both(frame, PageSpec(kind="atlas", measure="incidents"), regions)
    for paper, landscape in itertools.product(PAPER, (False, True)):
        assert is_one_sheet_with_its_map(opened, "atlas", paper, landscape=landscape), (paper, landscape)
    sheet = sheet_of(printed(opened))[:, : round(136 * POINTS_PER_MM * SCALE)]  # without the legends
    square = np.argwhere(near(sheet, class_colours(2)[2]))
    sign = np.argwhere(near(sheet, type_style("armed-clash")[0]))
    sign = sign[((sign > square.min(axis=0)) & (sign < square.max(axis=0))).all(axis=1)]
    middle = (square.min(axis=0) + square.max(axis=0)) / 2  # of the square with two incidents, whose place it is
    assert np.abs(sign.mean(axis=0) - middle).max() < 4  # what is drawn on canvases lies where regions have it


def test_the_sheet_names_the_largest_incidents_the_days_and_the_link_and_nothing_twice(
    open_in_both: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_in_both(frame, EN, regions)
    text = words_of(printed(opened))
    assert "The 3 incidents with the most killed" in text  # not those with zero, unknown, or counted in another one
    assert [text.index(title) for title in ("Ambush at Alpha", "Strike somewhere", "Clash of an unknown")] == sorted(
        text.index(title) for title in ("Ambush at Alpha", "Strike somewhere", "Clash of an unknown")
    )
    assert "33 (30–54)" in text
    assert "A part of the ambush" not in text
    assert "March in Beta" not in text
    opened.page.evaluate("location.hash = '#f.type=protest'")
    at_rest(opened.page)
    text = words_of(printed(opened))
    assert "The incident with the most killed" in text
    assert "#f.type=protest" in text
    assert "Ambush at Alpha" not in text


def test_a_landscape_sheet_is_filled(open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, EN, regions)
    for paper, (height, width) in PAPER.items():
        sheet = sheet_of(printed(opened, paper, landscape=True))
        inked = np.argwhere((sheet < 200).any(axis=2))
        lower, right = inked.max(axis=0) / SCALE / POINTS_PER_MM
        assert right > 0.85 * width
        assert lower > 0.8 * height


def test_a_page_that_is_dark_on_screen_is_light_on_paper(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    light = open_page(frame, EN, regions)
    dark = open_page(frame, EN, regions, color_scheme="dark")
    sheets = [sheet_of(printed(opened)).astype(int) for opened in (light, dark)]
    assert np.abs(sheets[0] - sheets[1]).max(axis=2).mean() < 0.5


def test_legends_that_are_closed_on_a_low_window_are_on_the_paper(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions, viewport={"width": 1024, "height": 600})
    assert opened.page.locator("#legend").get_attribute("open") is None
    text = words_of(printed(opened))
    for words in ("Sum in the time shown", "no incident recorded", "Armed clash", "within the ring around it"):
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
    assert len(printed(opened, landscape=True)) == 2


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
        "within the ring around it",
        "Keys",
        "unknown is not zero",
    ):
        assert words.lower() in told.lower(), words
    opened.page.keyboard.press("Escape")
    opened.page.click("#lang-es")
    opened.page.wait_for_selector("html[lang=es]")
    opened.page.keyboard.press("?")
    assert "Defensoría" in opened.text("dialog.about")
