"""Where a map opens: on the regions asked for; a button shows the whole, and zooming ends with the base map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from opened_page import at_rest

from willay.maps import PageSpec, SpecError, render
from willay.maps.focus import cells_in_focus, regions_in_focus, set_in_focus
from willay.maps.regions import checked
from willay.maps.shapes import ShapeTable, to_degrees

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

MAP = """
Object.defineProperty(window, "L", { configurable: true, set(leaflet) {
  Object.defineProperty(window, "L", { value: leaflet, writable: true });
  leaflet.Map.addInitHook(function () { window.theMap = this; });
} });
"""
BOUNDS = "(() => { const b = theMap.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()"


def test_regions_are_found_by_key_and_by_set_and_key(regions: gpd.GeoDataFrame) -> None:
    table = checked(regions)
    first = table.iloc[0]
    for name in (first["key"], f"{first['set']}/{first['key']}"):
        found = regions_in_focus(table, (name,))
        assert found is not None
        assert set(found["key"]) == {first["key"]}
    assert regions_in_focus(table, ()) is None


def test_a_region_that_is_not_there_is_refused_with_those_that_are(regions: gpd.GeoDataFrame) -> None:
    with pytest.raises(SpecError, match=r"Unknown region 'atlantis' in focus\. Regions that were given: .+/"):
        regions_in_focus(checked(regions), ("atlantis",))
    with pytest.raises(SpecError, match="Pass a table of regions"):
        regions_in_focus(None, ("atlantis",))


def test_the_box_of_the_regions_in_focus_is_theirs(regions: gpd.GeoDataFrame) -> None:
    table = checked(regions)
    focus = regions_in_focus(table, (str(table.iloc[0]["key"]),))
    assert focus is not None
    cells = cells_in_focus(focus, ShapeTable())
    assert cells is not None
    corners = to_degrees(np.array(cells).reshape(2, 2)).ravel()
    west, south, east, north = focus.total_bounds
    assert corners == pytest.approx([west, north, east, south], abs=1e-4)


def test_the_first_of_the_sets_with_the_regions_in_focus_is_shown(regions: gpd.GeoDataFrame) -> None:
    sets = list(dict.fromkeys(regions["set"]))
    focus = regions[regions["set"] == sets[-1]]
    assert set_in_focus(focus, sets) == sets[-1]
    assert set_in_focus(regions, sets) == sets[0]
    assert set_in_focus(None, sets) is None


def test_a_timeline_opens_on_regions_that_it_does_not_show(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    key = f"{regions.iloc[0]['set']}/{regions.iloc[0]['key']}"
    assert render(frame, PageSpec(kind="timeline", focus=(key,)), regions).rows == len(frame)


@pytest.mark.browser
def test_a_map_opens_on_its_region_and_the_home_button_shows_the_whole(
    open_page: Callable[..., Opened], frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    wanted = regions.iloc[0]
    seen = open_page(frame, PageSpec(lang="en", focus=(f"{wanted['set']}/{wanted['key']}",)), regions, script=MAP)
    west, south, east, north = wanted.geometry.bounds
    whole_west, _, whole_east, _ = regions.total_bounds
    left, bottom, right, top = seen.page.evaluate(BOUNDS)
    assert left < west < east < right
    assert bottom < south < north < top
    opened_at: Any = seen.page.evaluate("theMap.getZoom()")
    seen.page.get_by_role("button", name="Show the whole map").click()
    at_rest(seen.page)
    left, _, right, _ = seen.page.evaluate(BOUNDS)
    assert left < whole_west < whole_east < right
    home = seen.page.evaluate("theMap.getZoom()")
    assert home < opened_at
    seen.page.evaluate("theMap.setZoom(30, { animate: false })")
    assert home + 2 < seen.page.evaluate("theMap.getZoom()") <= home + 6.5, "no farther than the base map shows"
