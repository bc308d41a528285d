"""What is drawn on the map: signs by the figure, moved apart, named where large, and names that give way to them."""

from __future__ import annotations

from itertools import combinations
from math import atanh, hypot, pi, radians, sin
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from opened_page import at_rest
from squares import regions_of

from willay.events.frame.frame import make_frame
from willay.maps import BaseMap, PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

LISTEN = """
Object.defineProperty(window, "L", { configurable: true, set(leaflet) {
  Object.defineProperty(window, "L", { value: leaflet, writable: true });
  leaflet.Map.addInitHook(function () { window.theMap = this; });
} });
window.seen = {};
{
  const pen = CanvasRenderingContext2D.prototype;
  const paneOf = ({ canvas }) => /leaflet-(\\w+)-pane/.exec(canvas.closest?.(".leaflet-pane")?.className)?.[1];
  const { clearRect, arc, beginPath, fill, fillText, drawImage } = pen;
  let last = null;
  const pictures = new WeakMap(); // the circle on a canvas that is drawn as a picture
  pen.clearRect = function (...box) {
    const pane = paneOf(this);
    if (pane) window.seen[pane] = { circles: [], texts: [], cleared: (window.seen[pane]?.cleared ?? 0) + 1 };
    return clearRect.apply(this, box);
  };
  pen.beginPath = function () { last = null; return beginPath.call(this); };
  pen.arc = function (x, y, radius, ...rest) { last = { x, y, radius }; return arc.call(this, x, y, radius, ...rest); };
  pen.fill = function (...given) {
    const pane = paneOf(this);
    if (last && last.radius > 1.5) {
      if (pane) window.seen[pane]?.circles.push({ ...last, colour: this.fillStyle });
      else if (!pictures.has(this.canvas)) pictures.set(this.canvas, { radius: last.radius, colour: this.fillStyle });
    }
    return fill.apply(this, given);
  };
  pen.drawImage = function (image, x, y, side, ...rest) {
    const pane = paneOf(this);
    const circle = pictures.get(image);
    if (pane && circle) window.seen[pane]?.circles.push({ x: x + side / 2, y: y + side / 2, ...circle });
    return drawImage.call(this, image, x, y, side, ...rest);
  };
  pen.fillText = function (text, x, y) {
    const width = this.measureText(text).width;
    const left = { left: x, right: x - width }[this.textAlign] ?? x - width / 2;
    window.seen[paneOf(this)]?.texts.push({ text, box: [left, y - 4, left + width, y + 4] });
    return fillText.call(this, text, x, y);
  };
}
"""
"""Keeps the page's map, and the circles that are filled and the texts that are written on its canvases."""

MIDDLE = (1.0, 1.0)
PLACES: dict[str, tuple[float, float, Any]] = {  # longitude, latitude, killed
    "Largest": (0.3, 1.6, 100), "Mid one": (1.0, 1.0, 50), "Mid two": (1.001, 1.001, 40), "Mid three": (1.0, 1.002, 25),
    "Mid four": (0.999, 1.0, 20), "Mid five": (1.001, 0.999, None), "Small": (1.7, 1.7, 1), "Zero": (0.5, 0.5, 0),
}  # fmt: skip
TOWNS = BaseMap(
    country=gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 2, 2)], crs="EPSG:4326"),
    attribution="Made up",
    towns=gpd.GeoDataFrame(
        {"name": ["Centre", "Northwest"], "rank": [1, 2]},
        geometry=[shapely.Point(MIDDLE), shapely.Point(0.3, 1.6)],
        crs="EPSG:4326",
    ),
)


def frame() -> gpd.GeoDataFrame:
    """Incidents of one type, which is a circle; the last is a part whose incident has no place on the map."""
    names = [*PLACES, "Off", "Part"]
    killed = [count for _, _, count in PLACES.values()] + [80, 45]
    points = [shapely.Point(lon, lat) for lon, lat, _ in PLACES.values()] + [None, shapely.Point(1.5, 0.4)]
    columns = {
        "code": [f"XX-{number}" for number in range(len(names))],
        "title": [f"What happened at {name}" for name in names],
        "type": ["armed-clash"] * len(names),
        "first_day": ["2012-02-05"] * (len(names) - 2) + ["2012-01-05"] * 2,
        "last_day": ["2012-02-05"] * (len(names) - 2) + ["2012-01-05"] * 2,
        "place_name": [f"{name}, District" for name in names],
        "place_precision": ["site"] * (len(names) - 2) + ["country", "site"],
        "part_of": [None] * (len(names) - 1) + ["XX-8"],
        "country": "XX",
        **{f"killed_{bound}": killed for bound in ("low", "best", "high")},
    }
    return make_frame(columns, points, {"policy": "median"})


def seen(opened: Opened, pane: str) -> dict[str, Any]:
    at_rest(opened.page)
    found: dict[str, Any] = opened.page.evaluate(
        "pane => window.seen[pane] ?? { circles: [], texts: [], cleared: 0 }", pane
    )
    return found


def signs(opened: Opened, pane: str = "points") -> list[tuple[float, float, float]]:
    """Return x, y and radius of the signs of a canvas, in the order in which they are drawn."""
    circles = seen(opened, pane)["circles"]
    return [(each["x"], each["y"], each["radius"]) for each in circles if not each["colour"].startswith("rgba")]


def texts(opened: Opened, pane: str) -> list[str]:
    return [each["text"] for each in seen(opened, pane)["texts"]]


def names_over(opened: Opened, circles: list[tuple[float, float, float]]) -> list[str]:
    """Return the names and labels that lie over any circle."""
    written = seen(opened, "names")["texts"] + seen(opened, "labels")["texts"]
    found = []
    for each in written:
        left, top, right, bottom = each["box"]
        for x, y, radius in circles:
            if hypot(x - min(max(x, left), right), y - min(max(y, top), bottom)) < radius:
                found.append(each["text"])
    return found


def test_signs_are_apart_and_named_and_found_where_they_are_drawn(open_page: Opener) -> None:
    spec = PageSpec(kind="timeline", lang="en", measure="killed")
    opened = open_page(frame(), spec, base=TOWNS, script=LISTEN, viewport={"width": 1440, "height": 900})
    drawn = signs(opened)
    assert len(drawn) == 9
    for (x, y, radius), (other_x, other_y, other) in combinations(drawn, 2):
        assert hypot(x - other_x, y - other_y) >= 1.5 * min(radius, other) - 0.01
    largest = sorted((radius for _, _, radius in drawn), reverse=True)[:3]
    assert [(radius / largest[0]) ** 2 for radius in largest] == pytest.approx([1, 0.5, 0.45])
    assert [radius for _, _, radius in drawn] == sorted((radius for _, _, radius in drawn), reverse=True)
    assert texts(opened, "labels") == ["Largest 100", "Mid one 50", "Part 45", "Mid two 40", "Mid three 25"]
    assert {"Centre", "Northwest"} <= set(texts(opened, "names"))
    assert names_over(opened, drawn) == []
    assert "moved aside to be seen" in opened.text(".legend-places")
    box = opened.page.evaluate("document.querySelector('.leaflet-points-pane canvas').getBoundingClientRect().toJSON()")
    x, y, _ = drawn[3]  # the third of those in the middle, which has been moved
    opened.page.mouse.move(box["x"] + x, box["y"] + y)
    opened.page.wait_for_selector(".map .tip:visible")
    assert opened.text(".map .tip") == "What happened at Mid two killed: 40"
    opened.page.mouse.click(box["x"] + x, box["y"] + y)
    opened.page.wait_for_selector("#panel >> text=What happened at Mid two")
    opened.page.keyboard.press("Escape")
    cleared = seen(opened, "labels")["cleared"]
    opened.page.evaluate("location.hash = '#step=month&length=1&end=2012-02-01'")
    assert signs(opened)[:2] == drawn[:2]  # they keep their places as time moves
    assert texts(opened, "labels")[2] == "Mid two 40"  # the part is of another month
    assert seen(opened, "labels")["cleared"] >= cleared + 2  # taken away, and written again at rest
    opened.page.evaluate("location.hash = '#measure=incidents'")
    assert texts(opened, "labels") == []  # all are equal
    assert opened.page.locator(".legend-sizes").count() == 0


def test_names_and_numbers_of_regions_give_way_to_signs(open_page: Opener) -> None:
    spec = PageSpec(kind="atlas", lang="en", measure="killed")
    opened = open_page(frame(), spec, regions_of(), base=TOWNS, script=LISTEN)
    assert "Alpha" in texts(opened, "names")  # an incident lies in its middle
    assert names_over(opened, signs(opened)) == []
    assert len(texts(opened, "labels")) == 3
    opened.page.click("#overlay")
    assert len(texts(opened, "labels")) == 0


def test_clusters_are_as_large_as_their_sum_and_names_give_way(open_page: Opener) -> None:
    spec = PageSpec(kind="timeline", lang="en", measure="killed", view="clusters")
    opened = open_page(frame(), spec, base=TOWNS, script=LISTEN)
    rings = {}
    for circle in seen(opened, "clusters")["circles"]:
        place = (round(circle["x"]), round(circle["y"]))
        rings[place] = max(rings.get(place, 0), circle["radius"] - 1.5)
    numbers = [int(text) for text in texts(opened, "clusters")]
    assert sum(numbers) == 281  # 100 + 50 + 40 + 25 + 20 + 1 + 0, and 45 of the part
    assert {100, 135, 45} <= set(numbers)
    large = sorted(rings.values(), reverse=True)[:2]
    assert (large[0] / large[1]) ** 2 == pytest.approx(135 / 100)
    assert names_over(opened, [(x, y, radius) for (x, y), radius in rings.items()]) == []
    assert "up to" in opened.text(".legend-clusters")


def measures_of_the_state() -> gpd.GeoDataFrame:
    """Three clashes and two measures of the state at a place, two measures at another, and one at a third."""
    places = [(0.5, 0.5)] * 5 + [(1.5, 1.5)] * 2 + [(0.3, 1.7)]
    columns = {
        "code": [f"XX-{number}" for number in range(8)],
        "title": "One",
        "type": ["armed-clash"] * 3 + ["state-measure"] * 5,
        "place_precision": "site",
        "country": "XX",
    }
    return make_frame(columns, [shapely.Point(at) for at in places], {"policy": "median"})


def test_acts_of_the_state_are_not_counted_by_clusters_and_density_unless_asked_for(open_page: Opener) -> None:
    spec = PageSpec(kind="timeline", lang="en", measure="incidents", view="clusters")
    opened = open_page(measures_of_the_state(), spec, base=TOWNS, script=LISTEN)
    weight = "Object.values(theMap._layers).find(({ grid }) => grid).grid.weights.reduce((a, b) => a + b, 0)"
    found = {}
    for acts in ("0", "1"):
        opened.page.evaluate("acts => { location.hash = `#mapView=clusters&acts=${acts}` }", acts)
        numbers = sorted(texts(opened, "clusters"))
        opened.page.evaluate("acts => { location.hash = `#mapView=density&acts=${acts}` }", acts)
        at_rest(opened.page)
        found[acts] = (numbers, round(opened.page.evaluate(weight)))
    assert found == {"0": (["0", "3"], 3), "1": (["2", "5"], 8)}


CELLS = 1 << 26
"""Cells along a side of the world, as in the payload."""

RING_M = 40_000
DONUT = shapely.box(0.2, 0.2, 0.9, 0.8).difference(shapely.box(0.4, 0.4, 0.6, 0.6))


def cell_of(lon: float, lat: float) -> tuple[float, float]:
    return (lon + 180) / 360 * CELLS, (1 - atanh(sin(radians(lat))) / pi) / 2 * CELLS


def spread(view: dict[str, float], shapes: list[Any], killed: list[int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return what lies in each cell of a grid: points in theirs, rings and areas evenly over those they cover."""
    down, across, small = int(view["down"]), int(view["across"]), view["small"]
    grid = np.zeros((down, across))
    rows, columns = np.mgrid[0:down, 0:across]
    for shape, count in zip(shapes, killed, strict=True):
        if isinstance(shape, shapely.Polygon):
            drawn = shapely.transform(
                shape, lambda at: np.array([cell_of(*each) for each in at]) * small - [view["west"], view["north"]]
            )
            covered = shapely.contains_xy(drawn, columns + 0.5, rows + 0.5)
        else:
            point, radius_m = shape
            x, y = cell_of(*point)
            column, row = int(x * small - view["west"]), int(y * small - view["north"])
            metres = 40_075_016.686 / CELLS / np.cosh(pi * (1 - 2 * y / CELLS))
            radius = round(radius_m / metres * small * 2) / 2
            covered = (columns - column) ** 2 + (rows - row) ** 2 <= radius**2
        grid[covered] += count / covered.sum()
    return grid


def test_density_spreads_what_is_known_to_an_area_and_its_sums_are_exact(open_page: Opener) -> None:
    shapes: list[Any] = [((1.5, 1.5), 0), ((1.5, 1.5), 0), ((1.0, 1.0), RING_M), DONUT]
    killed = [7, 5, 300, 1000]
    columns = {
        "code": ["A", "B", "C", "D"],
        "title": ["A", "B", "C", "D"],
        "type": ["armed-clash"] * 4,
        "place_precision": ["site", "site", "near", "district"],
        "radius_m": [None, None, RING_M, None],
        "country": "XX",
        **{f"killed_{bound}": killed for bound in ("low", "best", "high")},
    }
    places = [each if isinstance(each, shapely.Polygon) else shapely.Point(each[0]) for each in shapes]
    made = make_frame(columns, places, {"policy": "median"})
    opened = open_page(made, PageSpec(kind="timeline", lang="en", measure="killed", view="density"), script=LISTEN)
    at_rest(opened.page)
    view = opened.page.evaluate("""() => {
      const layer = Object.values(theMap._layers).find(({ grid }) => grid);
      const { west, north, across, down, small, weights } = layer.grid;
      return { west, north, across, down, small, weights: [...weights] };
    }""")
    weights = np.array(view["weights"]).reshape(int(view["down"]), int(view["across"]))
    assert weights.sum() == pytest.approx(sum(killed))
    wanted = spread(view, shapes, killed)
    assert np.abs(weights - wanted).sum() < 0.02 * sum(killed)  # cells whose middle is all but on an edge
    assert "2 located only to a wider area are spread evenly over it" in opened.text("#remainder")
    assert "Their killed: 1,300" in opened.text("#remainder")


def test_the_first_view_holds_areas_whole(open_page: Opener) -> None:
    area = shapely.box(-70, -15, -60, 1).union(shapely.box(-58, 2, -57, 3))
    columns = {"code": ["A"], "title": ["A"], "type": ["protest"], "place_precision": ["district"]}
    opened = open_page(
        make_frame(columns, [area], {"policy": "median"}),
        PageSpec(kind="timeline", lang="en"),
        base=BaseMap(attribution="Made up"),
        script=LISTEN,
    )
    west, south, east, north = map(float, opened.page.evaluate("theMap.getBounds().toBBoxString()").split(","))
    assert west < -70
    assert east > -57
    assert south < -15
    assert north > 3
    assert east - west < 60
