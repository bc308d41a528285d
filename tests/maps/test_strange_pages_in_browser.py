"""Pages of few, of many and of strange incidents: each opens without a word, and shows what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import shapely
from opened_page import at_rest
from squares import HOSTILE, ROWS, frame_of, regions_of

from willay.events.model.errors import FrameWarning
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from opened_page import Opened

    from willay.maps import Page

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

ATLAS = PageSpec(lang="en", measure="incidents")
UNKNOWN = (None, None, None)
STRANGE = {
    "LONG": "A title of six hundred letters " * 20,
    "ARABIC": "مظاهرة أمام مبنى البلدية",
    "QUECHUA": "Llaqtapi ch'ampay, wañusqakuna",
    "CHINESE": "市政府前的抗議活動",
    "MARKUP": HOSTILE,
    "BIDI": "Before \u202egnisrever dna\u202c after",
    "WORD": "x" * 320,
}


def row(code: str, **more: Any) -> dict[str, Any]:
    usual = {"title": code, "type": "protest", "days": ("2009-06-05", "2009-06-05"), "at": (0.5, 0.5)}
    return {"code": code, "killed": UNKNOWN, "place": "site", **usual, **more}


def test_texts_of_any_script_and_length_stay_texts_in_their_place(open_page: Opener) -> None:
    opened = open_page(frame_of(tuple(row(code, title=title) for code, title in STRANGE.items())), ATLAS, regions_of())
    page = opened.page
    for code, title in STRANGE.items():
        assert title.strip() in page.locator(f"[data-code='{code}'] .entry-title").text_content()
        assert page.locator(f"[data-code='{code}']").bounding_box()["width"] < 420
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-code=ARABIC] .entry-title')).direction") == "rtl"
    )
    page.click("#stage-table")
    at_rest(page)
    assert page.evaluate("document.querySelectorAll('#table script, #panel script, #table img[src=x]').length") == 0


@pytest.mark.parametrize("rows", [0, 1])
def test_a_page_of_no_incident_or_of_one_is_a_page(open_page: Opener, rows: int) -> None:
    opened = open_page(frame_of(ROWS[:rows]), ATLAS, regions_of())
    assert opened.page.is_visible("#frame")
    listed = opened.page.locator("#panel .entry").count()
    assert listed == rows
    if not rows:
        assert "holds no incidents" in opened.text("#panel")


def test_two_hundred_on_one_day_are_in_one_bar_and_all_in_the_list(open_page: Opener) -> None:
    rows = tuple(row(f"D-{n}", at=(0.2 + n / 400, 0.5)) for n in range(200))
    opened = open_page(frame_of(rows), ATLAS, regions_of())
    assert "200 incidents" in opened.text("#panel .tabs")
    assert opened.page.is_visible("#bars")
    opened.page.evaluate("location.hash = '#step=day&end=2009-06-05'")
    at_rest(opened.page)
    assert "200 incidents" in opened.text("#panel .tabs")


def test_three_hundred_types_leave_room_for_the_map(open_page: Opener) -> None:
    rows = tuple(row(f"T-{n}", type=f"type-{n}", at=(0.2 + n / 400, 0.5)) for n in range(300))
    with pytest.warns(FrameWarning, match="Types that are not in the codebook"):
        opened = open_page(frame_of(rows), ATLAS, regions_of())
    legend = opened.page.locator("#legend-signs").bounding_box()
    frame = opened.page.locator(".map").bounding_box()
    assert legend["height"] * legend["width"] < frame["height"] * frame["width"] / 4
    assert opened.page.locator("#legend-signs .legend-types li:visible").count() <= 20


def test_areas_fit_as_areas_and_a_hole_stays_empty(open_page: Opener) -> None:
    rows = tuple(row(code, place="area") for code in ("DONUT", "BOX", "PARTS"))
    frame = frame_of(rows)
    ring = shapely.box(0.2, 0.2, 1.8, 1.8).difference(shapely.box(0.6, 0.6, 1.4, 1.4))
    parts = shapely.MultiPolygon([shapely.box(0, 0, 0.3, 0.3), shapely.box(1.6, 1.6, 1.9, 1.9)])
    frame = frame.set_geometry([ring, shapely.box(-5, -8, 5, 8), parts], crs=frame.crs)
    opened = open_page(frame, PageSpec(kind="timeline", lang="en", view="points", measure="incidents"))
    assert "somewhere in the outlined area" in opened.text("#legend-signs")
    assert opened.page.locator("#panel .entry").count() == 3


def test_a_browser_that_cannot_unpack_says_which_can(
    chromium: Any, rendered: Callable[..., Page], tmp_path: Path
) -> None:
    path = rendered(frame_of(ROWS[:1]), ATLAS, None).save(tmp_path / "page.html")
    page = chromium.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto(path.as_uri())
    page.wait_for_selector("#cannot-unpack:visible")
    assert "Firefox" in page.inner_text("#cannot-unpack")
    page.close()
