"""Every window from 1024×600 up: each control can be clicked, legends leave the map to be seen, no part is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from squares import ROWS, frame_of

from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

SIZES = [
    (3840, 2160), (1440, 900), (1536, 730), (1366, 768), (1366, 650), (1280, 720), (1280, 600), (1100, 640),
    (1024, 768), (1024, 600),
]  # fmt: skip

MEASURE = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const box = (element) => element.getBoundingClientRect();
  const isShown = (element) => {
    if (element.closest('[hidden], dialog:not([open]), .panel-body, .bars-frame, .skip')) return false;
    const own = element.tagName === 'SUMMARY' ? element.parentElement.parentElement : element;
    if (own.closest('details:not([open])')) return false;
    return getComputedStyle(element).visibility !== 'hidden' && box(element).width > 1;
  };
  const controls = [...document.querySelectorAll('button, select, input, summary, a[href]')].filter(isShown);
  const covered = controls.filter((element) => {
    element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const { x, y, width, height } = box(element);
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    return !hit || !(element === hit || element.contains(hit) || hit.closest('label')?.contains(element));
  });
  window.scrollTo(0, 0);
  const frame = box(document.querySelector('.map'));
  const over = (legend) =>
    Math.max(0, Math.min(legend.right, frame.right) - Math.max(legend.left, frame.left)) *
    Math.max(0, Math.min(legend.bottom, frame.bottom) - Math.max(legend.top, frame.top));
  const legends = [...document.querySelectorAll('.legend')].filter((legend) => !legend.hidden).map(box);
  const foot = box(document.querySelector('#foot'));
  const parts = [...document.querySelectorAll('.stage > *, .side, .map, .legend')].filter(isShown);
  return {
    controls: controls.length,
    covered: covered.map((element) => element.id || element.textContent),
    share: legends.reduce((sum, legend) => sum + over(legend), 0) / (frame.width * frame.height),
    under: parts.filter((part) => box(part).bottom > foot.top + 1.5).map((part) => part.className),
    map: Math.round(frame.height),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""


def many() -> gpd.GeoDataFrame:
    """Return so many incidents that their list is higher than any window."""
    return frame_of(tuple({**ROWS[n % 7], "code": f"XX-{n}", "part_of": None, "counted": True} for n in range(70)))


def measured(opened: Opened, size: tuple[int, int]) -> dict[str, Any]:
    opened.page.set_viewport_size({"width": size[0], "height": size[1]})
    found: dict[str, Any] = opened.page.evaluate(MEASURE)
    return found


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_every_control_is_in_reach_and_the_map_is_seen(
    open_page: Opener, regions: gpd.GeoDataFrame, kind: str, lang: str
) -> None:
    opened = open_page(many(), PageSpec(kind=kind, lang=lang), regions)
    opened.page.evaluate("location.hash = '#set=zones'")  # a set with limits of validity has one choice more
    for size in SIZES:
        found = measured(opened, size)
        assert found["controls"] >= 20, (size, found)
        assert found["covered"] == [], (size, found)
        assert found["under"] == [], (size, found)
        assert found["share"] <= 1 / 6, (size, found)
        assert found["map"] >= 298, (size, found)
        assert found["wide"] <= 0, (size, found)


@pytest.mark.parametrize("view", ["regions", "points", "clusters", "density"])
def test_legends_of_every_view_leave_the_map_to_be_seen(
    open_page: Opener, regions: gpd.GeoDataFrame, view: str
) -> None:
    opened = open_page(many(), PageSpec(lang="es", view=view), regions)
    for size in SIZES:
        assert measured(opened, size)["share"] <= 1 / 6, size


def test_a_large_window_shows_the_classes_and_what_a_reader_opens_stays_open(
    open_page: Opener, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(many(), PageSpec(lang="en"), regions, viewport={"width": 1920, "height": 1080})
    page = opened.page
    assert page.locator("#legend").get_attribute("open") is not None
    assert page.locator("#legend-signs").get_attribute("open") is not None
    measured(opened, (1024, 600))
    assert page.locator("#legend-signs").get_attribute("open") is None
    page.click("#legend-signs > summary")
    measured(opened, (1024, 620))
    assert page.locator("#legend-signs").get_attribute("open") is not None
    page.emulate_media(media="print")
    assert page.is_visible("#legend-points")


def test_the_table_scrolls_by_itself(open_page: Opener, regions: gpd.GeoDataFrame) -> None:
    opened = open_page(many(), PageSpec(lang="en"), regions)
    opened.page.click("#stage-table")
    opened.page.wait_for_selector(".table-row")
    for size in SIZES:
        found = measured(opened, size)
        assert (found["covered"], found["under"]) == ([], []), (size, found)
        assert opened.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 120
