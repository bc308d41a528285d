"""What a screen reader goes through: the parts and headings of a page in their order, and what is said of changes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opened_page import at_rest

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

DOCUMENT = Path(__file__).parents[2] / "docs/en/developers/accessibility.md"
PARTS = ("banner", "main", "region", "complementary", "search", "contentinfo", "navigation", "heading")


def reading(page: Any) -> list[str]:
    """Return the landmarks and headings of the browser's own accessibility tree in their order, each with its name."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[str] = []

    def walk(node: dict[str, Any], depth: int) -> None:
        role = node.get("role", {}).get("value")
        if role in PARTS and not node["ignored"]:
            found.append(f"{'  ' * depth}{role} {node['name']['value']}".rstrip())
            depth += role != "heading"
        for child in node.get("childIds", ()):
            if child in by_id:
                walk(by_id[child], depth)

    walk(nodes[0], 0)
    return found


def test_the_parts_of_the_atlas_are_read_in_the_order_that_is_written_down(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en", measure="incidents"), regions)
    written = re.search(r"```text\n(.*?)\n```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert written
    assert reading(opened.page) == written[1].splitlines()


def test_a_change_of_filter_time_and_card_is_said(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en", measure="incidents"), regions)
    page = opened.page
    said = "[...document.querySelectorAll('[role=status]')].map((one) => one.textContent).join(' | ')"
    before = page.evaluate(said)
    page.evaluate("location.hash = '#f.type=protest'")
    at_rest(page)
    filtered = page.evaluate(said)
    page.evaluate("location.hash = '#step=year&end=2009-01-01'")
    at_rest(page)
    timed = page.evaluate(said)
    assert len({before, filtered, timed}) == 3
    assert "2009" in timed
    page.click("[data-code='XX-1']")
    page.wait_for_selector("#panel .card")
    at_rest(page)
    held = page.evaluate("[document.activeElement.id, document.activeElement.textContent]")
    assert held == ["panel-title", "Ambush at Alpha"]  # a reader hears the title of the card
