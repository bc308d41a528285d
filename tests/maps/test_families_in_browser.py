"""Parts and their parent incidents on the page: the dead on their day, and once over the whole time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from opened_page import at_rest

from benchmarks.made_up import made_up_frame
from willay.events.frame.frame import make_frame
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

REGIONS = gpd.GeoDataFrame(
    {"set": "s", "key": ["west", "east"], "name": ["West", "East"], "valid_from": None, "valid_until": None},
    geometry=[shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 2)],
    crs="EPSG:4326",
).astype({"valid_from": "datetime64[s]", "valid_until": "datetime64[s]"})

STRIKE: dict[str, Any] = {  # ten days; three died, two of them on the 28th, in the east
    "code": ["STRIKE", "DAY-28", "DAY-27", "OTHER", "UNDATED"],
    "title": ["Strike", "Day 28", "Day 27", "Other", "Undated"],
    "type": ["protest", "protest", "protest", "armed-clash", "protest"],
    "first_day": ["2012-05-21", "2012-05-28", "2012-05-27", "2012-05-28", None],
    "last_day": ["2012-05-30", "2012-05-28", "2012-05-27", "2012-05-28", None],
    "killed_best": [3, 2, None, 7, 1],
    "part_of": [None, "STRIKE", "STRIKE", None, None],
    "place_precision": "site",
}
POINTS = [shapely.Point(lon, 1) for lon in (0.5, 1.5, 0.5, 0.5, 0.5)]


def expect(opened: Opened, link: str, totals: str, regions: dict[str, str]) -> None:
    """Follow a link, and wait until head and list of regions say what is expected."""
    page = opened.page
    page.evaluate("link => { location.hash = `#${link}` }", link)
    page.wait_for_function(
        "told => document.querySelector('#totals').innerText.replace(/\\s+/g, ' ').startsWith(told)", arg=totals
    )
    for name, value in regions.items():
        page.wait_for_function(
            "([name, value]) => [...document.querySelectorAll('#panel .entry')].some((entry) =>"
            " entry.querySelector('.entry-title').innerText === name &&"
            " entry.querySelector('.entry-value').innerText === value)",
            arg=[name, value],
        )


def test_a_part_counts_on_its_day_and_the_whole_span_counts_once(open_page: Opener) -> None:
    spec = PageSpec(kind="choropleth", lang="en", measure="killed", step="day")
    opened = open_page(make_frame(STRIKE, POINTS, {"policy": "median"}), spec, REGIONS)
    expect(opened, "step=day&length=1&end=2012-05-28", "10 killed in 2 incidents", {"West": "8", "East": "2"})
    expect(opened, "step=day&length=1&end=2012-05-27", "1 killed in 1 incident", {"West": "1", "East": "–"})
    expect(opened, "step=day&length=7&end=2012-05-27", "1 killed in 1 incident", {"West": "1", "East": "–"})
    expect(opened, "step=day&length=10&end=2012-05-30", "10 killed in 2 incidents", {"West": "10", "East": "–"})
    expect(opened, "step=week&length=1&end=2012-05-28", "10 killed in 2 incidents", {"West": "8", "East": "2"})
    expect(opened, "step=month&length=1&end=2012-05-01", "10 killed in 2 incidents", {"West": "10", "East": "–"})
    expect(opened, "step=day&end=", "11 killed in 3 incidents", {"West": "11", "East": "–"})
    expect(
        opened, "step=day&length=1&end=2012-05-28&f.type=protest", "3 killed in 1 incident", {"West": "1", "East": "2"}
    )
    expect(opened, "mode=cumulative&step=day&end=2012-05-28", "10 killed in 2 incidents", {"West": "8", "East": "2"})
    expect(opened, "mode=cumulative&step=day&end=2012-05-30", "10 killed in 2 incidents", {"West": "10", "East": "–"})


@pytest.mark.filterwarnings("ignore:No incident is in the country")  # made up in Peru, on a made-up land
def test_signs_after_many_steps_are_those_of_a_page_that_opens_there(open_page: Opener) -> None:
    """Steps go on from the one before; families whose days a window cuts weigh something else in it."""
    frame = made_up_frame(3000, seed=5)
    parts = np.flatnonzero(frame["part_of"].isna() & frame["first_day"].notna())
    frame.loc[frame.index[parts[1::3]], "part_of"] = frame["code"].to_numpy()[parts[::3]][: len(parts[1::3])]
    spec = PageSpec(kind="timeline", lang="en", measure="killed", view="points")
    opened = open_page(frame, spec)
    links = [f"mode=cumulative&step=year&end={year}-01-01" for year in (1990, 1991, 1996, 1993, 2005)]
    links += [f"step=year&length={length}&end=2005-01-01" for length in (3, 9)]
    walked = {link: picture(opened, link) for link in links}
    for link in links:
        opened.page.evaluate("link => { location.hash = `#${link}` }", link)
        opened.page.reload()
        opened.page.wait_for_selector("html[data-texts]")
        assert picture(opened, link) == walked[link], link


def picture(opened: Opened, link: str) -> str:
    opened.page.evaluate("link => { location.hash = `#${link}` }", link)
    at_rest(opened.page)
    return str(opened.page.evaluate("document.querySelector('.leaflet-points-pane canvas').toDataURL()"))
