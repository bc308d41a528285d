"""What is shown (incidents, killed, …) in every view: sizes of signs and clusters, density, bars."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from PIL import Image

from willay.events.frame.frame import make_frame
from willay.maps import PageSpec
from willay.maps.palette import type_style

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

COLOUR = type_style("armed-clash")[0]  # a circle
EAST = {"MANY": 0.3, "FEW": 0.8, "NOBODY": 1.3, "UNKNOWN": 1.8}  # longitudes, on one parallel
FRAME: dict[str, Any] = {
    "code": [*EAST, "PARENT", "PART"],
    "title": [*EAST, "PARENT", "PART"],
    "type": ["armed-clash"] * 4 + ["protest"] * 2,
    "first_day": ["2012-01-05", "2012-02-05", "2012-03-05", "2012-04-05", "2012-05-01", "2012-05-10"],
    "last_day": ["2012-01-05", "2012-02-05", "2012-03-05", "2012-04-05", "2012-05-20", "2012-05-10"],
    "killed_low": [90, 4, 0, None, 9, 6],
    "killed_best": [100, 4, 0, None, 9, 6],
    "killed_high": [120, 4, 0, None, 9, 6],
    "part_of": [None] * 5 + ["PARENT"],
    "place_precision": "site",
    "country": "XX",
}
POINTS = [*(shapely.Point(lon, 1.6) for lon in EAST.values()), shapely.Point(0.5, 0.4), shapely.Point(1.5, 0.4)]


def frame() -> gpd.GeoDataFrame:
    return make_frame(FRAME, POINTS, {"policy": "median"})


LISTEN = """() => {
  const pen = CanvasRenderingContext2D.prototype;
  window.drawn = { circles: [], texts: [] };
  let last = null;
  const pictures = new WeakMap(); // the circle of each canvas that is drawn as a picture
  for (const [name, hear] of [
    ['arc', ([x, y, radius]) => (last = { x: Math.round(x), radius })],
    ['beginPath', () => (last = null)],
    ['fill', (_, { canvas, fillStyle: colour }) => {
      if (!last) return;
      if (canvas.closest('.leaflet-pane')) window.drawn.circles.push({ ...last, colour });
      else if (!pictures.has(canvas)) pictures.set(canvas, { radius: last.radius, colour });
    }],
    ['drawImage', ([image, x, , side], { canvas }) => {
      if (!canvas.closest('.leaflet-pane') || !pictures.has(image)) return;
      window.drawn.circles.push({ x: Math.round(x + side / 2), ...pictures.get(image) });
    }],
    ['fillText', ([text]) => window.drawn.texts.push(text)],
  ]) {
    const own = pen[name];
    pen[name] = function (...given) {
      hear(given, this);
      return own.apply(this, given);
    };
  }
}"""

FOLLOW = """async (link) => {
  window.drawn.circles.length = window.drawn.texts.length = 0;
  location.hash = `#${link}`;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let n = 0; n < 3; n++) await frame();
  return window.drawn;
}"""


def drawn(opened: Opened, link: str) -> dict[str, Any]:
    """Follow a link within the page; return the circles that are filled and the texts that are written for it."""
    if not opened.page.evaluate("Boolean(window.drawn)"):
        opened.page.evaluate(LISTEN)
    found: dict[str, Any] = opened.page.evaluate(FOLLOW, link)
    return found


def picture(opened: Opened) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(opened.page.locator("#frame").screenshot())).convert("RGB"))


def circles(found: dict[str, Any]) -> dict[str, tuple[float, str]]:
    """Return radius and fill of the circle of each of the four places, from west to east."""
    own = {each["x"]: each for each in found["circles"]}
    ordered = [own[x] for x in sorted(own)]
    assert len(ordered) == 4, ordered
    return {name: (each["radius"], each["colour"]) for name, each in zip(EAST, ordered, strict=True)}


def test_points_have_the_area_of_the_figure_and_what_is_unknown_is_hollow(open_page: Opener) -> None:
    opened = open_page(
        frame(), PageSpec(kind="timeline", lang="en", measure="incidents"), viewport={"width": 1440, "height": 900}
    )
    before = picture(opened)
    shown = circles(drawn(opened, "measure=killed"))
    assert shown["MANY"][0] / shown["FEW"][0] == pytest.approx(5)  # √(100 ÷ 4)
    assert shown["NOBODY"][0] < shown["FEW"][0]
    assert shown["UNKNOWN"][1] == "#ffffff"
    assert {colour for name, (_, colour) in shown.items() if name != "UNKNOWN"} == {COLOUR}
    assert (picture(opened) != before).any(axis=2).mean() > 0.001
    legend = opened.text(".legend-sizes")
    assert legend.startswith("Killed · best")
    assert "100" in legend
    assert "number unknown" in legend
    assert "no number of its own" in legend  # the part, which its parent incident counts for
    low = circles(drawn(opened, "measure=killed&bound=high"))
    assert low["MANY"][0] / low["FEW"][0] == pytest.approx(30**0.5)  # √(120 ÷ 4)


def test_a_part_is_sized_where_its_parent_is_not_counted_for_it(open_page: Opener) -> None:
    details = {**FRAME, "type": ["protest"] * 4 + ["armed-clash"] * 2}
    made = make_frame(details, POINTS, {"policy": "median"})
    opened = open_page(
        made, PageSpec(kind="timeline", lang="en", measure="incidents"), viewport={"width": 1440, "height": 900}
    )
    whole = sorted(drawn(opened, "measure=killed")["circles"], key=lambda each: each["x"])
    assert [each["colour"] for each in whole] == [COLOUR, "#ffffff"]
    day = sorted(
        drawn(opened, "measure=killed&step=day&length=1&end=2012-05-10")["circles"], key=lambda each: each["x"]
    )
    assert [each["colour"] for each in day] == [COLOUR, COLOUR]
    assert (day[1]["radius"] / day[0]["radius"]) ** 2 == pytest.approx(6 / 3)  # 6 of the 9 on that day, 3 on any


def test_clusters_say_the_figure(open_page: Opener) -> None:
    opened = open_page(frame(), PageSpec(kind="timeline", lang="en", measure="incidents", view="clusters"))
    texts = drawn(opened, "mapView=clusters&measure=killed")["texts"]
    numbers = [int(text) for text in texts if text.isdigit() and not text.startswith("20")]
    assert sum(numbers) >= 113  # 100 + 4 + 0 + 9, and the scale of the bars
    assert "?" in texts or "104" in texts
    assert "is the sum of the figure" in opened.text("#legend-points")
    plain = drawn(opened, "mapView=clusters&measure=incidents")["texts"]
    assert "100" not in plain
    assert "104" not in plain


def test_density_adds_up_the_figure(open_page: Opener) -> None:
    opened = open_page(frame(), PageSpec(kind="timeline", lang="en", measure="incidents", view="density"))
    assert opened.text(".ramp-ends").split() == ["1", "1"]
    before = picture(opened)
    drawn(opened, "mapView=density&measure=killed")
    opened.page.wait_for_function("() => document.querySelector('.ramp-ends').textContent === '1100'")
    assert opened.text(".legend-density h2").lower() == "killed · best"
    assert (picture(opened) != before).any()


def test_bars_add_up_the_figure_of_each_step(open_page: Opener) -> None:
    opened = open_page(frame(), PageSpec(kind="timeline", lang="en", measure="incidents"))
    assert "100" not in drawn(opened, "step=month")["texts"]
    assert "100" in drawn(opened, "step=month&measure=killed")["texts"]  # the scale beside the bars
    assert "People killed per month, best figure" in opened.text("#time")
    box = opened.page.locator("#brush").bounding_box()
    told = {}
    for month in range(5):
        opened.page.mouse.move(box["x"] + box["width"] * (month + 0.5) / 5, box["y"] + box["height"] / 2)
        opened.page.wait_for_selector(".bars-tip:not([hidden])")
        name, sums = opened.page.inner_text(".bars-tip strong"), opened.page.inner_text(".bars-tip > span")
        told[name] = sums
    figures = [sums.partition(" · ")[0] for sums in told.values()]
    assert figures == ["100 killed", "4 killed", "0 killed", "unknown in 1 incident", "9 killed"], told
    opened.page.mouse.move(0, 0)
    drawn(opened, "step=day&measure=killed&length=1&end=2012-05-10")
    assert opened.text("#totals").startswith("9 killed in 1 incident,")


def test_the_figure_shown_is_in_a_link_and_a_page_may_open_with_it(open_page: Opener) -> None:
    opened = open_page(frame(), PageSpec(kind="timeline", lang="es", measure="killed"))
    opened.page.wait_for_selector(".legend-sizes", state="attached")
    assert opened.text(".legend-sizes").lower().startswith("muertos")
