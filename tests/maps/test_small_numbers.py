"""Pages without the incidents of regions that have only a few: not a row, title or sum of them is in the file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from opened_page import at_rest
from squares import BASE, regions_of

from willay.events.frame.frame import make_frame
from willay.maps import PageSpec, SpecError, picture, render
from willay.maps.payload import unpack
from willay.maps.suppression import without_few

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

FEW = PageSpec(kind="choropleth", lang="en", measure="killed", suppress_below=3)
AT = {"Alpha": (0.5, 0.5), "Beta": (1.5, 0.5), "Gamma": (0.5, 1.5), "Delta": (1.5, 1.5), "": (9, 9)}


def frame_in(names: list[str], parts: dict[int, int] | None = None) -> gpd.GeoDataFrame:
    """Make incidents in squares of these names; `parts` says of a row which one it is a part of."""
    count = len(names)
    columns: dict[str, Any] = {
        "code": [f"C{n:03d}" for n in range(count)],
        "title": [f"Secret-{n:03d}" for n in range(count)],
        "type": "armed-clash",
        "first_day": [f"2001-01-{1 + n % 28:02d}" for n in range(count)],
        "killed_best": [100 + n for n in range(count)],
        "place_name": [f"Village-{n:03d}" for n in range(count)],
        "part_of": [None if not parts or n not in parts else f"C{parts[n]:03d}" for n in range(count)],
        "details": [json.dumps({"summary": {"en": f"Summary-{n:03d}"}, "figures": {}}) for n in range(count)],
    }
    return make_frame(columns, [shapely.Point(AT[name]) for name in names])


def blocks(html: str) -> str:
    """Return all that a page's blocks say, as text."""
    found = re.findall(r'<script type="text/plain"[^>]*>(.*?)</script>', html, re.DOTALL)
    read = [unpack(block) for block in found]
    lines = [bytes(one).decode() for _, arrays in read for name, one in arrays.items() if name in ("codes", "title_en")]
    return json.dumps([header for header, _ in read]) + "".join(lines)


def test_what_is_left_out_is_nowhere_in_the_page() -> None:
    frame = frame_in(["Alpha", "Beta", "Alpha", "Beta", "Beta", "", "Gamma"])
    page = render(frame, FEW, regions_of(), BASE)
    assert (page.rows, page.few) == (4, 2)  # Beta's three, and the one in none of the regions
    text = blocks(page.html())
    for n, gone in enumerate([True, False, True, False, False, False, True]):
        for word in ("C", "Secret-", "Village-", "Summary-"):
            assert (f"{word}{n:03d}" in text) != gone, f"{word}{n:03d}"
    assert "zones" not in text  # a second set of regions would tell what the first one hides


def test_a_part_goes_with_its_incident_since_the_rest_of_the_figure_would_be_its_own() -> None:
    frame = frame_in(["Alpha", "Beta", "Alpha", "Alpha", "Alpha"], {1: 0})
    kept = without_few(frame, regions_of(), FEW, "squares").frame
    assert kept["code"].tolist() == ["C002", "C003", "C004"]


def test_overlapping_regions_are_looked_at_again_after_others_lost_theirs() -> None:
    wide = gpd.GeoDataFrame(
        {"set": "s", "key": ["a", "b"], "name": ["A", "B"]},
        geometry=[shapely.box(0, 0, 2, 1), shapely.box(1, 0, 2, 2)],
        crs="EPSG:4326",
    )
    frame = frame_in(["Alpha", "Alpha", "Beta", "Gamma"])
    assert without_few(frame, wide, FEW, None).frame["code"].tolist() == ["C003"]  # in neither of them


def test_a_part_whose_incident_is_elsewhere_does_not_make_a_number_large_enough() -> None:
    frame = frame_in(["Alpha"] * 4 + ["Beta"] * 3, {6: 0})
    kept = without_few(frame, regions_of(), FEW, "squares").frame
    assert kept["code"].tolist() == ["C001", "C002", "C003"]  # Beta would show two, and the part goes with its incident


def test_acts_of_the_state_do_not_make_a_number_large_enough() -> None:
    frame = frame_in(["Alpha"] * 4 + ["Beta"] * 3)
    frame.loc[[0, 1], "type"] = "state-measure"
    frame.loc[[4, 5, 6], "type"] = "state-measure"
    frame[["killed_low", "killed_best", "killed_high"]] = frame[["killed_low", "killed_best", "killed_high"]].mask(
        frame["type"] == "state-measure"
    )
    kept = without_few(frame, regions_of(), FEW, "squares").frame
    assert kept["code"].tolist() == ["C004", "C005", "C006"]  # of Alpha's four two are counted; of Beta's all or none


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(sorted(AT)), min_size=1, max_size=25), st.integers(2, 6))
def test_every_region_of_such_a_page_has_none_or_enough(names: list[str], below: int) -> None:
    kept = without_few(frame_in(names), regions_of(), FEW.changed(suppress_below=below), "squares")
    left = [names[int(code[1:])] for code in kept.frame["code"]]
    for name in sorted(AT):
        is_shown = name == "" or names.count(name) >= below
        assert left.count(name) == (names.count(name) if is_shown else 0)
    assert kept.regions is not None
    assert kept.regions.loc[kept.regions["suppressed"], "name"].tolist() == [
        name for name in ("Alpha", "Beta", "Gamma", "Delta") if 0 < names.count(name) < below
    ]


def test_what_would_be_a_false_promise_is_refused() -> None:
    frame = frame_in(["Alpha"] * 3)
    with pytest.raises(SpecError, match="needs regions"):
        render(frame, FEW.changed(kind="timeline"), regions_of(), BASE)
    with pytest.raises(SpecError, match="needs regions"):
        render(frame, FEW.changed(kind="atlas"), None, BASE)
    with pytest.raises(SpecError, match="not to pictures"):
        picture(frame, FEW, regions_of(), BASE)
    with pytest.raises(SpecError, match="Give 0 or more"):
        PageSpec(suppress_below=-1)


@pytest.mark.browser
def test_a_region_with_too_few_is_hatched_and_says_so_everywhere(open_page: Opener) -> None:
    frame = frame_in(["Alpha", "Beta", "Alpha", "Beta", "Beta", "Gamma"])
    opened = open_page(frame, FEW, regions_of())
    at_rest(opened.page)
    told = "fewer than 3 incidents: not shown"
    assert f"{told} 2" in opened.text("#legend-regions")
    alpha = opened.page.locator(".entry[data-region=alpha]")
    assert alpha.get_attribute("aria-label") == f"Alpha: {told}"
    assert alpha.locator(".entry-value").inner_text() == "*"
    assert alpha.locator(".swatch.withheld").count() == 1
    alpha.click()
    opened.page.wait_for_selector("#panel h2:text-is('Alpha')")
    card = opened.text("#panel .card")
    assert told in card
    assert "fewer than 3 incidents. They are not on this page." in opened.text("#panel")
    assert "incidents of regions with fewer than 3 are left out" in opened.text("#foot .line")
    opened.page.evaluate("location.hash = '#measure=incidents&stage=table'")
    at_rest(opened.page)
    assert opened.text("#table-count").startswith("3 incidents;")
