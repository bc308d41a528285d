"""Circumstances in which users of other tools have reported faults, each tried on a page. Threads are cited by name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pypdfium2
import pytest
from opened_page import Opened, at_rest, watched
from PIL import Image
from shapely import box
from squares import BASE, frame_of, regions_of
from timelines import settled

from willay.maps import BaseMap, PageSpec, render
from willay.maps.palette import type_style

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser]

UNKNOWN = (None, None, None)


def row(code: str, first: str | None, last: str | None = None, **more: Any) -> dict[str, Any]:
    """Make a row of an incident that is known to the day and to a point, if nothing else is said."""
    usual = {"title": f"Incident {code}", "type": "armed-clash", "at": (0.5, 0.5), "killed": (5, 5, 5), "place": "site"}
    return {"code": code, "days": (first, last or first), **usual, **more}


ROWS = (
    row("OLD-1503", "1503-04-02"),
    row("OLD-1851", "1851-07-28", type="protest"),
    row("OLD-1899", "1899-12-31"),
    row("OLD-1965", "1965-06-05"),
    row("LONG", "2009-11-20", "2010-02-03", at=(0.5, 1.5)),
    row("LAST", "2020-12-31", at=(1.5, 0.5)),
    row("NO-PLACE", "2010-01-15", at=None, place="country"),
    row("NO-DAY", None, at=(0.4, 0.4)),
    *(row(f"MANY-{n}", "2009-06-05", at=(1.5, 1.5), killed=UNKNOWN) for n in range(300)),
)
NAMES = ("La Libertad de los Andes", "Beta", "Gamma", "Delta")
DESK = {"width": 1280, "height": 800}


class Pages:
    """Opens pages in one browser, and remembers what they say on the console."""

    def __init__(self, chromium: Any, folder: Any) -> None:
        self.chromium, self.folder, self.opened = chromium, folder, []

    def open(self, frame: Any, spec: PageSpec, regions: Any = None, base: BaseMap = BASE, **context: Any) -> Opened:
        path = render(frame, spec, regions, base).save(self.folder / f"{len(self.opened)}.html")
        page = watched(self.chromium.new_context(**{"viewport": DESK, **context})).new_page()
        opened = Opened(page, path)
        self.opened.append(opened)
        page.on("console", lambda message: opened.console.append(message.text))
        page.on("pageerror", lambda error: opened.console.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-texts]")
        at_rest(page)
        return opened


@pytest.fixture(scope="module")
def pages(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    made = Pages(chromium, tmp_path_factory.mktemp("pages"))
    yield made
    for opened in made.opened:
        assert opened.console == []
        opened.page.context.close()


@pytest.fixture(scope="module")
def long(pages: Pages) -> Opened:
    """Return a page of 307 incidents from 1503 to 2020, on which most of the circumstances are looked at."""
    return pages.open(frame_of(ROWS), PageSpec(lang="en", measure="killed"), regions_of(NAMES))


def show(opened: Opened, fragment: str) -> None:
    """Bring a page to what a link says."""
    opened.page.evaluate("text => { location.hash = text }", f"#lang=en&{fragment}")
    at_rest(opened.page)


def codes(opened: Opened) -> list[str]:
    """Return the codes that the list names."""
    found: list[str] = opened.page.evaluate(
        "[...document.querySelectorAll('#panel .entry')].map((one) => one.dataset.code)"
    )
    return found


def bars(opened: Opened) -> str:
    """Return the picture of the histogram, as text to be compared."""
    return str(opened.page.evaluate("document.getElementById('bars').toDataURL()"))


def test_folium_1273_and_1205_days_before_1970_are_there(long: Opened) -> None:
    show(long, "step=year&length=1&end=1965-01-01")
    assert codes(long) == ["OLD-1965"]


def test_timedimension_83_and_156_the_nineteenth_century_can_be_gone_through(long: Opened) -> None:
    for code, day in (("OLD-1851", "1851-07-01"), ("OLD-1899", "1899-12-01")):
        show(long, f"step=month&length=1&end={day}")
        assert codes(long) == [code]


def test_folium_1268_five_hundred_years_are_in_order_and_in_steps_that_can_be_gone_through(long: Opened) -> None:
    show(long, "tab=incidents")
    assert codes(long)[:5] == ["OLD-1503", "OLD-1851", "OLD-1899", "OLD-1965", "MANY-0"]
    assert long.page.evaluate("Number(document.getElementById('when').max)") < 600


def test_open_sdg_107_a_step_goes_past_years_without_data_and_says_how_many(long: Opened) -> None:
    show(long, "step=year&length=1&end=1503-01-01")
    long.page.click("#forward")
    at_rest(long.page)
    assert codes(long) == ["OLD-1851"]
    assert "347 empty years skipped" in long.text("#time")


def test_kepler_743_speeds_are_far_apart(long: Opened) -> None:
    found = long.page.evaluate("[...document.getElementById('speed').options].map((one) => Number(one.value))")
    assert max(found) / min(found) >= 64


def test_kepler_151_and_1441_incidents_known_to_the_day_are_played(long: Opened) -> None:
    show(long, "step=year&length=1&end=1503-01-01&speed=16")
    long.page.click("#play")
    settled(long, "#window", "1851|1899|1965|2009|2010|2020")
    long.page.evaluate("document.querySelector('#play.playing')?.click()")
    at_rest(long.page)


def test_kepler_2126_and_1411_no_time_zone_shifts_a_day(pages: Pages) -> None:
    frame = frame_of(ROWS[:6])
    said = []
    for zone in ("UTC", "America/Lima", "Pacific/Apia"):
        opened = pages.open(frame, PageSpec(kind="timeline", lang="en"), timezone_id=zone)
        show(opened, "step=day&length=1&end=2010-02-03")
        said.append((opened.text("#window"), opened.text("#panel"), opened.page.evaluate("location.hash")))
    assert said[0] == said[1] == said[2]
    assert "Feb 3, 2010" in said[0][1]


def test_kepler_273_an_incident_that_lasts_is_in_each_window_of_its_days(long: Opened) -> None:
    for day in ("2009-11-01", "2009-12-01", "2010-01-01", "2010-02-01"):
        show(long, f"step=month&length=1&end={day}&f.type=armed-clash")
        assert "LONG" in codes(long)


def test_kepler_2689_the_histogram_follows_the_filters_and_the_measure(long: Opened) -> None:
    show(long, "")
    whole = bars(long)
    show(long, "f.type=protest")
    filtered = bars(long)
    show(long, "measure=incidents")
    assert len({whole, filtered, bars(long)}) == 3


def test_leaflet_6172_and_1005_both_sides_of_the_antimeridian_are_in_one_view(pages: Pages) -> None:
    west, east = ((179.4, -17.5), "armed-clash"), ((-179.4, -17.5), "protest")
    rows = [row(f"FJ-{kind}", "2006-12-05", at=at, type=kind) for at, kind in (west, east)]
    islands = gpd.GeoDataFrame(geometry=[box(177, -19, 180, -16), box(-180, -19, -178, -16)], crs="EPSG:4326")
    spec = PageSpec(kind="timeline", view="points", lang="en")
    opened = pages.open(frame_of(tuple(rows)), spec, base=BaseMap(country=islands))
    frame = opened.page.locator(".map").bounding_box()
    picture = np.asarray(Image.open(io.BytesIO(opened.page.screenshot(clip=frame))).convert("RGB")).astype(int)
    at = []
    for kind in ("armed-clash", "protest"):
        colour = [int(type_style(kind)[0][n : n + 2], 16) for n in (1, 3, 5)]
        # Signs are seen through: their colour is paler than that of their type.
        columns = np.argwhere(np.abs(picture[:, : int(frame["width"]) - 260] - colour).max(axis=2) < 60)[:, 1]
        assert len(columns)
        at.append(columns.mean())
    assert 0 < at[1] - at[0] < frame["width"]


def test_leaflet_2826_and_5904_the_printed_map_is_whole(long: Opened) -> None:
    show(long, "measure=incidents")
    sheet = pypdfium2.PdfDocument(long.page.pdf(format="A4"))[0].render(scale=1).to_pil().convert("L")
    picture = np.asarray(sheet)[180:340, 45:375]  # a part of the map's box, in points
    assert (picture < 245).mean() > 0.4  # most squares have incidents
    at_rest(long.page)


def test_leaflet_4677_and_8816_one_finger_on_the_map_scrolls_the_page(pages: Pages) -> None:
    phone = {"width": 390, "height": 844}
    opened = pages.open(frame_of(ROWS[:6]), PageSpec(lang="en"), regions_of(NAMES), viewport=phone, has_touch=True)
    moves = opened.page.evaluate("getComputedStyle(document.querySelector('.map')).touchAction")
    assert "pan-y" in moves or moves in {"auto", "manipulation"}


def covered(opened: Opened) -> float:
    """Return how much of the map legends cover."""
    share: float = opened.page.evaluate(
        """(() => {
          const box = document.querySelector('.map').getBoundingClientRect();
          const over = (one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            const width = Math.min(right, box.right) - Math.max(left, box.left);
            const height = Math.min(bottom, box.bottom) - Math.max(top, box.top);
            return Math.max(0, width) * Math.max(0, height);
          };
          const sum = [...document.querySelectorAll('.legend')].reduce((all, one) => all + over(one), 0);
          return sum / (box.width * box.height);
        })()"""
    )
    return share


def test_flashcrow_455_and_field_tm_1590_legends_leave_the_map_of_a_low_window_free(long: Opened) -> None:
    show(long, "")
    for width, height in ((1024, 600), (1366, 650)):
        long.page.set_viewport_size({"width": width, "height": height})
        at_rest(long.page)
        assert covered(long) < 0.25
    phone = {"width": 390, "height": 844}
    long.page.set_viewport_size(phone)
    at_rest(long.page)
    assert covered(long) == 0
    long.page.set_viewport_size(DESK)
    at_rest(long.page)


def test_markercluster_502_and_460_many_at_one_point_are_all_listed(long: Opened) -> None:
    show(long, "")
    x, y = long.page.evaluate(
        "(({ x, y, width, height }) => [x + width / 2, y + height / 2])"
        "(document.querySelector('path[data-region=delta]').getBoundingClientRect())"
    )
    long.page.mouse.click(x, y)
    at_rest(long.page)
    assert "300 incidents here" in long.text("#panel")
    long.page.keyboard.press("Escape")
    at_rest(long.page)


def test_timemap_85_and_136_what_has_only_a_place_or_only_a_day_is_listed(long: Opened) -> None:
    show(long, "f.type=armed-clash&minimum=1")
    assert {"NO-PLACE", "NO-DAY"} <= set(codes(long))


def test_folium_1037_an_incident_without_a_geometry_is_listed_and_said(long: Opened) -> None:
    show(long, "step=month&length=1&end=2010-01-01")
    assert "NO-PLACE" in codes(long)
    assert "1 has no place to draw" in long.text("#remainder")


def test_qgis_52857_and_40777_the_last_step_is_shown(long: Opened) -> None:
    show(long, "step=month&length=1&end=2020-12-01")
    assert codes(long) == ["LAST"]
    assert long.page.get_attribute("#forward", "aria-disabled") == "true"


def test_qgis_44589_both_ends_of_a_span_are_in_it(long: Opened) -> None:
    for day, has in (("2009-11-19", False), ("2009-11-20", True), ("2010-02-03", True), ("2010-02-04", False)):
        show(long, f"step=day&length=1&end={day}")
        assert ("LONG" in codes(long)) is has, day


def test_folium_996_and_ipyleaflet_428_a_missing_value_takes_no_colour_of_a_class(long: Opened) -> None:
    show(long, "")
    assert long.page.get_attribute("path[data-region=delta]", "fill").startswith("url(")
    assert "with incidents, no figure" in long.text("#legend-regions")


def test_folium_1274_a_region_whose_name_has_spaces_has_its_incidents(long: Opened) -> None:
    show(long, "open=region:0")
    assert NAMES[0] in long.text("#panel")
    assert "OLD-1503" in codes(long)
    long.page.keyboard.press("Escape")
    at_rest(long.page)


def test_tilejson_45_a_link_keeps_zoom_and_centre(long: Opened) -> None:
    show(long, "at=0.70000,0.60000,8.5")
    assert "at=0.70000%2C0.60000%2C8.5" in long.page.evaluate("location.hash")


def test_mapboxgl_jupyter_132_rows_of_any_index_keep_their_places(pages: Pages) -> None:
    frame = frame_of(ROWS[:6]).iloc[[5, 0, 4]]  # of an index that neither begins with 0 nor runs
    opened = pages.open(frame, PageSpec(lang="en", measure="killed"), regions_of(NAMES))
    shown = [opened.page.inner_text(f"[data-code='{code}']") for code in ("LAST", "OLD-1503", "LONG")]
    for text, place in zip(shown, ("(1.5, 0.5)", "(0.5, 0.5)", "(0.5, 1.5)"), strict=True):
        assert f"Place {place}" in text
