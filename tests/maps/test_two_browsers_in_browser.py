"""What a reader does with a page, in Chromium and in Firefox alike."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from firefox import FirefoxPage
from opened_page import at_rest
from PIL import Image

from willay.maps import PageSpec
from willay.maps.palette import class_colours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed")


def codes(opened: Opened) -> list[str]:
    """Return the codes that the list names, in its order."""
    at_rest(opened.page)
    found: list[str] = opened.page.evaluate(
        "[...document.querySelectorAll('#panel .entry')].map((one) => one.dataset.code)"
    )
    return found


def csv_of(page: Any, folder: Path) -> list[dict[str, str]]:
    """Save the selection as CSV, and read the file that the browser has written."""
    button = '#table [data-form="csv"]'
    if isinstance(page, FirefoxPage):
        path = page.download(button)
    else:
        with page.expect_download() as waited:
            page.click(button)
        path = folder / "saved.csv"
        waited.value.save_as(path)
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))


def test_a_page_opens_with_its_map_and_follows_filters_time_and_language(
    open_in_both: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_in_both(frame, PageSpec(lang="en", measure="incidents"), regions)
    page = opened.page
    picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    light = [int(class_colours(2)[1][at : at + 2], 16) for at in (1, 3, 5)]
    assert (np.abs(picture - light).max(axis=2) < 12).mean() > 0.02  # squares with one incident
    assert len(codes(opened)) == len(frame)
    totals = opened.text("#totals")
    page.evaluate("location.hash = '#f.type=protest'")
    assert codes(opened) == ["XX-2", "XX-5"]
    assert opened.text("#totals") != totals
    page.evaluate("location.hash = '#step=year&end=2009-01-01'")
    assert set(codes(opened)) == {"XX-1", "XX-2", "XX-3", "XX-4"}
    assert "2009" in opened.text("#window")
    page.click("#lang-es")
    page.wait_for_selector("html[lang=es]")
    assert set(codes(opened)) == {"XX-1", "XX-2", "XX-3", "XX-4"}


def test_a_card_opens_by_pointer_closes_by_key_and_comes_back_from_its_link(
    open_in_both: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_in_both(frame, EN, regions)
    page = opened.page
    page.click("[data-code='XX-1']")
    page.wait_for_selector("#panel .card")
    assert "Ambush at Alpha" in opened.text("#panel")
    at_rest(page)
    link = page.evaluate("location.hash")
    assert "open=XX-1" in link
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel .card", state="hidden")
    at_rest(page)
    assert page.evaluate("document.activeElement.dataset.code") == "XX-1"
    page.goto("about:blank")
    page.goto(f"{opened.path.as_uri()}{link}")
    page.wait_for_selector("#panel .card")
    at_rest(page)
    assert "Ambush at Alpha" in opened.text("#panel")


def test_the_table_shows_the_selection_and_saves_it(
    open_in_both: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    opened = open_in_both(frame, EN, regions)
    page = opened.page
    page.click("#stage-table")
    at_rest(page)
    assert "Ambush at Alpha" in opened.text("#table")
    assert not page.is_visible("#frame")
    written = csv_of(page, tmp_path)
    assert {row["code"] for row in written} == set(frame["code"])
    ambush = next(row for row in written if row["code"] == "XX-1")
    assert [ambush[f"killed_{bound}"] for bound in ("low", "best", "high")] == ["30", "33", "54"]
