"""What axe-core, which knows WCAG 2.2, finds in a page: nothing, in any of its states."""

from __future__ import annotations

from importlib.resources import files
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

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


STATES = [
    "mapView=points",
    "mapView=clusters",
    "mapView=density",
    "stage=table",
    "tab=regions&measure=killed&rate=area",
    "step=year&end=2009-01-01&rate=change",
    "open=XX-1",
    "open=region:0",
    "f.type=protest&search=a",
]


def findings(opened: Opened) -> list[str]:
    """Run axe-core in the page and return its findings, each with the elements it is about."""
    if not opened.page.evaluate("'axe' in window"):
        axe = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
        opened.page.evaluate(f"() => {{ {axe} }}")
    found: dict[str, Any] = opened.page.evaluate(
        "rules => window.axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] })",
        RULES,
    )
    return [
        f"{each['id']} ({each['impact']}): {each['help']}: {[node['html'][:160] for node in each['nodes'][:4]]}"
        for each in found["violations"]
    ]


@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_page_as_it_opens_has_no_finding(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, size: tuple[int, int]
) -> None:
    opened = open_page(frame, PageSpec(kind=kind, lang="es"), regions, viewport={"width": size[0], "height": size[1]})
    assert findings(opened) == []


def test_a_dark_page_has_no_finding(open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    assert findings(open_page(frame, PageSpec(lang="en"), regions, color_scheme="dark")) == []


def test_no_state_of_a_page_has_a_finding(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, PageSpec(lang="en"), regions)
    for state in STATES:
        opened.page.evaluate("text => { location.hash = text }", f"#{state}")
        at_rest(opened.page)
        assert findings(opened) == [], state
