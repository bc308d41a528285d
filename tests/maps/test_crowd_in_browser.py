"""A page of many made-up incidents does what a page of seven does: of 100,000 among the slow tests, else of 5,000."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest, next_frame, watched

from benchmarks.made_up import made_up_frame, made_up_regions
from willay.maps import BaseMap, PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.browser]

ROWS = 100_000
SIZE_LIMIT = 10_000_000


@pytest.fixture(scope="module", params=[5_000, pytest.param(ROWS, marks=pytest.mark.slow)])
def crowd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = render(made_up_frame(request.param), PageSpec(lang="en"), made_up_regions(), BaseMap())
    return page.save(tmp_path_factory.mktemp("crowd") / "crowd.html")


@pytest.fixture
def page(chromium: Any, crowd: Path) -> Iterator[Any]:
    """Open the page with every request but for its file refused; nothing may be said on the console."""
    opened = watched(chromium.new_context(viewport={"width": 1280, "height": 800})).new_page()
    said: list[str] = []
    opened.route(
        "**/*", lambda route: route.continue_() if route.request.url == crowd.as_uri() else said.append("asked")
    )
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(crowd.as_uri())
    opened.wait_for_selector("html[data-texts]", timeout=60_000)
    yield opened
    opened.context.close()
    assert said == []


def total(page: Any) -> int:
    at_rest(page)
    return total_shown(page)


def total_shown(page: Any) -> int:
    """The total as it stands, also while the page plays, when it is never at rest."""
    return int(page.inner_text("#totals .incidents .total-number").replace(",", ""))


def test_its_file_stays_below_ten_megabytes(crowd: Path) -> None:
    assert crowd.stat().st_size < SIZE_LIMIT


def test_every_view_keeps_the_selection(page: Any) -> None:
    whole = total(page)
    assert page.get_attribute("[data-view=regions]", "aria-checked") == "true"
    for view in ("points", "clusters", "density"):
        page.click(f"[data-view={view}]")
        assert total(page) == whole


def test_a_search_a_window_and_a_filter_narrow_it_together(page: Any) -> None:
    whole = total(page)
    page.fill("#search", "strike")
    page.wait_for_url(re.compile("#.*strike"))  # what is set by link stands beside it from then on
    searched = total(page)
    page.evaluate("location.hash += '&step=year&end=2010-01-01&length=5'")
    windowed = total(page)
    page.evaluate("location.hash += '&minimum=2'")
    assert whole > searched > windowed > total(page) > 0


def test_it_plays_and_stops(page: Any) -> None:
    page.evaluate("location.hash = '#step=year&end=1990-01-01'")
    before = total(page)
    page.click("#play")
    for _ in range(2_000):
        if total_shown(page) != before:
            break
        next_frame(page)
    page.click("#play")
    at_rest(page)
    stopped = total(page)
    assert stopped != before
    assert total(page) == stopped
