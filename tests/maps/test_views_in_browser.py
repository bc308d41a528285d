"""The four views of one selection: what each draws, what the pointer and the keyboard find in it.

The made-up country fills the map evenly, so that its middle, 1° east and 1° north, is the middle of the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import shapely
from opened_page import at_rest
from squares import HOSTILE, ROWS, frame_of

from willay.events.frame.frame import make_frame
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

TIMELINE = PageSpec(kind="timeline", lang="en", measure="incidents")
ATLAS = PageSpec(kind="atlas", lang="en", measure="incidents")
MIDDLE = (1.0, 1.0)


def row(code: str, at: tuple[float, float], place: str = "settlement", **more: Any) -> dict[str, Any]:
    return {**ROWS[0], "code": code, "title": f"Incident {code}", "at": at, "place": place, **more}


def area_of(shape: shapely.Polygon) -> gpd.GeoDataFrame:
    """Return a frame of one incident known to an area."""
    columns = {"code": ["XX-1"], "title": ["Incident XX-1"], "type": ["protest"], "place_precision": ["district"]}
    return make_frame(columns, [shape])


def choose(opened: Opened, view: str) -> None:
    opened.page.click(f'[data-view="{view}"]')


def middle(opened: Opened) -> tuple[float, float]:
    """Return where the middle of the map is on the screen, once the map rests."""
    at_rest(opened.page)
    box = opened.page.locator(".map").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def click_middle(opened: Opened, right: float = 0, down: float = 0) -> None:
    x, y = middle(opened)
    opened.page.mouse.click(x + right, y + down)


def pixels(opened: Opened, view: str, above: int = 0) -> int:
    """Return how many pixels of a view's canvas are more opaque than a number (0–255)."""
    at_rest(opened.page)
    count = """([pane, above]) => {
      const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 3 && value > above).length;
    }"""
    return int(opened.page.evaluate(count, [view, above]))


def told(opened: Opened) -> str:
    return opened.text(".map .tip") if opened.page.locator(".map .tip:visible").count() else ""


def opened_code(opened: Opened) -> str:
    """Return the code of the incident whose card is open, from the page's address."""
    at_rest(opened.page)
    return str(opened.page.evaluate("new URLSearchParams(location.hash.slice(1)).get('open') ?? ''"))


@pytest.mark.parametrize(
    ("kind", "start"),
    [("choropleth", ("regions", False)), ("atlas", ("regions", True)), ("timeline", ("points", None))],
)
def test_each_kind_of_page_starts_with_its_view(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, kind: str, start: tuple[str, bool | None]
) -> None:
    opened = open_page(frame, PageSpec(kind=kind, lang="en"), regions)
    toggle = opened.page.locator("#overlay")
    view = opened.page.get_attribute("[data-view][aria-checked=true]", "data-view")
    assert (view, toggle.is_checked() if toggle.count() else None) == start


def test_a_page_without_regions_offers_no_view_of_them(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, ATLAS)
    views = [each.get_attribute("data-view") for each in opened.page.query_selector_all("[data-view]")]
    assert views == ["points", "clusters", "density"]


def test_switching_keeps_time_filters_and_place(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, ATLAS, regions)
    opened.page.click(".leaflet-control-zoom-in")
    opened.page.focus("#time-controls button")
    opened.page.keyboard.press("End")
    at_rest(opened.page)
    state = "location.hash.replace(/&?mapView=[a-z]*/, '').replace(/^#&/, '#')"
    before, totals = opened.page.evaluate(state), opened.text("#totals")
    assert "at=" in before
    assert "end=" in before
    for view in ("points", "clusters", "density", "regions"):
        choose(opened, view)
        at_rest(opened.page)
        assert opened.page.evaluate(state) == before
        assert opened.text("#totals") == totals


def test_only_the_view_that_is_chosen_is_drawn(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, ATLAS, regions)
    for view in ("points", "clusters", "density"):
        choose(opened, view)
        drawn = {each: pixels(opened, each) > 0 for each in ("points", "clusters", "density")}
        assert drawn == {each: each == view for each in drawn}
        assert opened.page.locator("path[data-region]").count() == 0
    choose(opened, "regions")
    opened.page.wait_for_selector("path[data-region]")
    assert opened.page.locator("path[data-region]").count() == 4
    assert pixels(opened, "points") > 0
    opened.page.uncheck("#overlay")
    assert pixels(opened, "points") == 0


def test_the_switch_is_one_stop_of_the_keyboard_and_arrows_choose(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, ATLAS, regions)
    assert opened.page.locator("[data-view][tabindex='0']").count() == 1
    opened.page.focus('[data-view="regions"]')
    for key, view in (
        ("ArrowRight", "points"),
        ("End", "density"),
        ("ArrowRight", "regions"),
        ("ArrowLeft", "density"),
    ):
        opened.page.keyboard.press(key)
        opened.page.wait_for_selector(f'[data-view="{view}"][aria-checked="true"]:focus')
    assert opened.page.get_attribute(".view-switch", "aria-label") == "View"


@pytest.mark.parametrize("place", ["near", "district"])
def test_what_is_known_only_nearly_is_never_a_pin(open_page: Opener, place: str) -> None:
    exact = open_page(frame_of((row("XX-1", MIDDLE),)), TIMELINE)
    pin = pixels(exact, "points")
    assert exact.page.locator(".legend-places").count() == 0
    opened = open_page(frame_of((row("XX-1", MIDDLE, place),)), TIMELINE)
    assert pixels(opened, "points") > pin * 1.5  # as large a sign, its edge broken or doubled, and how far it reaches
    edge = {"near": "within the ring around it", "district": "somewhere in the outlined area"}[place]
    assert edge in opened.text(".legend-places")
    choose(opened, "clusters")
    assert pixels(opened, "clusters", above=215) > 0  # a ring with its number
    choose(opened, "density")
    assert pixels(opened, "density") > 0
    assert "1 located only to a wider area is spread evenly over it in the density" in opened.text("#remainder")
    assert "is spread evenly over it" in opened.text(".legend-density")


def test_a_click_on_a_sign_inside_a_ring_lists_both_the_sign_first(open_page: Opener) -> None:
    opened = open_page(frame_of((row("XX-1", MIDDLE, "near"), row("XX-2", MIDDLE))), TIMELINE)
    click_middle(opened)
    opened.page.wait_for_selector("#panel >> text=2 incidents here")
    listed = opened.text("#panel")
    assert listed.index("Incident XX-2") < listed.index("Incident XX-1")


def test_a_click_inside_an_area_opens_what_is_known_only_to_it(open_page: Opener) -> None:
    corner = shapely.Polygon([(0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (1.1, 1.5), (1.1, 0.9), (0.5, 0.9)])
    opened = open_page(area_of(corner), TIMELINE)
    click_middle(opened, right=-200, down=-100)  # in the corner that the outline leaves out
    assert opened_code(opened) == ""
    click_middle(opened, down=30)
    assert opened_code(opened) == "XX-1"


def test_places_that_several_share_have_a_count_and_list_all(open_page: Opener) -> None:
    opened = open_page(frame_of(tuple(row(f"XX-{n}", MIDDLE) for n in range(1, 4))), TIMELINE)
    x, y = middle(opened)
    opened.page.mouse.move(x, y)
    assert told(opened) == "3 incidents here"
    click_middle(opened)
    opened.page.wait_for_selector("#panel >> text=3 incidents here")


def test_a_cluster_tells_its_types_and_a_click_zooms_until_its_incidents_part(open_page: Opener) -> None:
    rows = (
        row("XX-1", (0.99, 1.0)), row("XX-2", (1.01, 1.0), type="protest"), row("XX-3", (1.0, 1.0), "near"),
    )  # fmt: skip
    opened = open_page(frame_of(rows), TIMELINE)
    choose(opened, "clusters")
    x, y = middle(opened)
    opened.page.mouse.move(x, y)
    assert told(opened) == "3 incidents here Armed clash: 2 Protest: 1 of which 1 located only to a wider area"
    scale = opened.text(".leaflet-control-scale")
    click_middle(opened)
    at_rest(opened.page)
    assert opened.text(".leaflet-control-scale") != scale
    assert "3 incidents here" not in opened.text("#panel")
    x, y = middle(opened)
    opened.page.mouse.move(x + 3, y + 3)
    assert told(opened) != "3 incidents here Armed clash: 2 Protest: 1 of which 1 located only to a wider area"


def test_a_cluster_that_cannot_part_lists_its_incidents(open_page: Opener) -> None:
    opened = open_page(frame_of(tuple(row(f"XX-{n}", MIDDLE) for n in range(1, 4))), TIMELINE)
    choose(opened, "clusters")
    scale = opened.text(".leaflet-control-scale")
    click_middle(opened)
    opened.page.wait_for_selector("#panel >> text=3 incidents here")
    assert opened.text(".leaflet-control-scale") == scale


def test_density_does_not_bleed_over_the_coast(open_page: Opener) -> None:
    inland, coast = (frame_of(tuple(row(f"XX-{n}", at) for n in range(9))) for at in (MIDDLE, (2.0, 1.0)))
    painted = []
    for frame in (inland, coast):
        opened = open_page(frame, TIMELINE)
        choose(opened, "density")
        painted.append(pixels(opened, "density"))
    assert 0 < painted[1] < painted[0]
    assert opened.text(".legend-density .ramp-ends") == "1 10"  # nine incidents at one place, rounded up


def test_density_lists_what_lies_under_the_pointer(open_page: Opener) -> None:
    opened = open_page(frame_of(tuple(row(f"XX-{n}", MIDDLE) for n in range(1, 4))), TIMELINE)
    choose(opened, "density")
    click_middle(opened)
    opened.page.wait_for_selector("#panel >> text=3 incidents here")


def test_n_and_p_walk_the_incidents_from_west_to_east_while_the_map_has_the_focus(open_page: Opener) -> None:
    rows = (row("XX-1", (1.5, 1.0)), row("XX-2", (0.5, 1.0)), row("XX-3", MIDDLE, "near"))
    opened = open_page(frame_of(rows), TIMELINE)
    at_rest(opened.page)
    opened.page.keyboard.press("n")
    assert told(opened) == ""  # nothing, as long as the focus is elsewhere
    assert "N and P" in opened.page.get_attribute(".map", "aria-description")
    opened.page.focus(".map")
    walked = []
    for key in ("n", "n", "n", "n", "p"):
        opened.page.keyboard.press(key)
        walked.append(told(opened).split(" N next")[0])
    west, middle_one, east = "Incident XX-2", "Incident XX-3", "Incident XX-1"
    assert walked == [west, middle_one, east, west, east]
    assert opened.text(".map [role=status]") == f"{east}. 3 of 3"
    opened.page.keyboard.press("Escape")
    assert told(opened) == ""
    opened.page.keyboard.press("n")
    opened.page.keyboard.press("Enter")
    assert opened_code(opened) == "XX-2"


def test_thousands_of_places_are_drawn_small_and_can_still_be_picked(open_page: Opener) -> None:
    spread = tuple(row(f"XX-{n}", (0.1 + (n % 60) * 0.03, 0.1 + (n // 60) * 0.06)) for n in range(1800))
    opened = open_page(frame_of((*spread, row("YY-1", (1.95, 1.95)))), TIMELINE)
    assert pixels(opened, "points", above=215) > 10_000
    click_middle(opened)
    opened.page.wait_for_selector("#panel h2, #panel-title")


def test_a_hostile_title_is_a_text_in_the_tip(open_page: Opener) -> None:
    opened = open_page(frame_of((row("XX-1", MIDDLE, title=HOSTILE),)), TIMELINE)
    opened.page.wait_for_selector("html[data-texts]")
    x, y = middle(opened)
    opened.page.mouse.move(x, y)
    assert opened.page.text_content(".map .tip") == HOSTILE
    assert opened.page.locator(".map .tip img, .map .tip script").count() == 0


def test_on_a_phone_the_switch_is_not_clipped(
    open_page: Opener, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, ATLAS, regions, viewport={"width": 390, "height": 844})
    for button in opened.page.query_selector_all("[data-view]"):
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["height"] >= 24
        assert button.evaluate("(b) => b.scrollWidth <= b.clientWidth + 1")
