"""A page on paper, and what it says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from conftest import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed")


def pages(opened: Opened, *, landscape: bool) -> int:
    opened.page.emulate_media(media="print")
    opened.page.wait_for_timeout(200)
    written = opened.page.pdf(format="A4", landscape=landscape, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", written))


@pytest.mark.parametrize("paper", ["landscape", "portrait"])
@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_a_page_prints_on_one_sheet(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, paper: str
) -> None:
    assert pages(open_page(frame, PageSpec(kind=kind), regions), landscape=paper == "landscape") == 1


def test_paper_has_the_selection_the_legend_and_the_sources_and_no_controls(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, EN, regions)
    opened.page.evaluate("location.hash = '#f.type=armed-clash&minimum=1'")
    opened.page.wait_for_timeout(500)
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
