"""The bars of time: what they add up to, what the band under them shows, what the axis is called, which step suits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from opened_page import at_rest
from squares import ROWS, frame_of
from timelines import choose, settled, timeline, window_is

from benchmarks.made_up import made_up_frame
from willay.maps.incidents import incident_columns
from willay.maps.shapes import ShapeTable
from willay.maps.steps import usual_step
from willay.maps.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]


def row(n: int, first: str, last: str | None = None, precision: str = "day", **more: Any) -> dict[str, Any]:
    return {**ROWS[1], "code": f"T-{n}", "days": (first, last or first), "precision": precision, **more}


YEARLY = row(9, "2010-01-01", "2010-12-31", "year", killed=(3, 4, 6))
MIXED = (
    row(0, "2009-12-30", killed=(1, 1, 1)),
    row(1, "2010-02-01", "2010-02-28", "month", killed=(2, 2, 9)),
    YEARLY,
    {**YEARLY, "code": "T-8", "killed": (None, None, None)},
    row(2, "2010-11-05", killed=(None, None, None)),
    row(3, "2013-05-01", killed=(5, 6, 7)),
)

BARS = """([unit, measure, bound]) => {
  const model = window.asked;
  const bars = model.bars(unit, { measure, bound });
  const steps = Array.from({ length: bars.count }, (_, step) => step);
  const groups = Array.from({ length: bars.groups }, (_, group) => group);
  return {
    sums: steps.map((step) => groups.reduce((sum, group) => sum + bars.at(group, step), 0)),
    coarse: steps.map((step) => bars.at(bars.groups - 1, step)),
    unknown: steps.map((step) => bars.unknown(step)),
  };
}"""


def with_model(opened: Opened) -> None:
    """Open the page again, with its model where a test can ask it."""
    text = opened.path.read_text("utf-8")
    assert text.count("const model = modelOf(data);") == 1
    opened.path.write_text(text.replace("const model = modelOf", "const model = window.asked = modelOf"), "utf-8")
    opened.page.reload()
    opened.page.wait_for_selector("html[data-texts]")
    at_rest(opened.page)


def bars_of(opened: Opened, unit: str, measure: str, bound: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = opened.page.evaluate(BARS, [unit, measure, bound])
    return found


@pytest.mark.filterwarnings("ignore:No incident is in the country")
def test_bars_and_band_add_up_to_the_figures_of_each_step(open_page: Opener) -> None:
    frame = made_up_frame(1500, seed=5)
    incidents = incident_columns(frame, ShapeTable())
    rows = np.arange(len(incidents.frame))
    opened = open_page(frame, timeline(measure="incidents"))
    with_model(opened)
    first, last = frame["first_day"].min(), frame["last_day"].max()
    for unit, freq in (("month", "M"), ("quarter", "Q"), ("year", "Y")):
        periods = pd.period_range(first, last, freq=freq)
        windows = [(each.start_time.date(), each.end_time.date()) for each in periods]
        for measure, bound in (("incidents", "best"), ("killed", "best"), ("killed", "high")):
            sums = Sums(incidents, measure)
            expected = [sums.over(window, rows) for window in windows]
            found = bars_of(opened, unit, measure, bound)
            amounts = [each.rows if measure == "incidents" else getattr(each, bound) or 0 for each in expected]
            assert found["sums"] == amounts, (unit, measure, bound)
            assert found["unknown"] == [0 if measure == "incidents" else each.unknown for each in expected]


def test_bars_follow_the_filters(open_page: Opener) -> None:
    opened = open_page(frame_of(ROWS), timeline(step="year"))
    with_model(opened)
    assert bars_of(opened, "year", "incidents", "best")["sums"] == [3, 1, 1, 1]
    opened.page.evaluate("location.hash = '#f.type=protest'")
    at_rest(opened.page)
    assert bars_of(opened, "year", "incidents", "best")["sums"] == [1, 0, 1, 0]
    assert bars_of(opened, "year", "killed", "best")["sums"] == [0, 0, 2, 0]


def test_what_is_known_to_a_year_is_a_band_under_months_and_no_bar(open_page: Opener) -> None:
    opened = open_page(frame_of(MIXED), timeline(step="month", measure="incidents"))
    with_model(opened)
    months = bars_of(opened, "month", "incidents", "best")
    assert months["coarse"] == [0, *[2] * 12, *[0] * 29]  # 2010, after December 2009; to May 2013
    assert months["sums"][2] == 3  # with February, which is a bar of its month
    assert bars_of(opened, "year", "incidents", "best")["coarse"] == [0] * 5
    assert sum(bars_of(opened, "week", "incidents", "best")["coarse"]) > 2 * 52  # February too
    assert bars_of(opened, "month", "killed", "best")["coarse"][1:13] == [4] * 12
    assert opened.text(".axis-key") == "2 incidents not known to the month"
    assert opened.text("#axis-title") == "Incidents per month"
    choose(opened, step="year")
    settled(opened, ".axis-key", "^$")
    opened.page.evaluate("location.hash = '#step=month&length=3&end=2010-11-01'")
    window_is(opened, "September – November 2010")
    settled(opened, "#totals", "^3 incidents")  # they count in each window that they may lie in
    settled(opened, "#time-note", "^2 of them may lie outside these days: their dates are known only approximately$")


TITLES = {
    "measure=incidents": "Incidents per month",
    "measure=killed": "People killed per month, best figure",
    "measure=killed&bound=high&step=year": "People killed per year, high figure",
    "measure=killed&bound=low&lang=es": "Muertos por mes, cifra mínima",
    "measure=incidents&lang=es&step=week": "Incidentes por semana",
}


def test_the_axis_has_a_title_with_its_unit(open_page: Opener) -> None:
    opened = open_page(frame_of(MIXED), timeline(step="month", measure="incidents"))
    for state, words in TITLES.items():
        opened.page.evaluate(f"location.hash = '#{state}'")
        settled(opened, "#axis-title", f"^{words}$")


def test_a_bar_says_its_range_and_what_is_unknown(open_page: Opener) -> None:
    opened = open_page(frame_of(MIXED), timeline(step="year", measure="killed"))
    at_rest(opened.page)
    box = opened.page.locator("#brush").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] * 1.5 / 5, box["y"] + 20)
    said = r"^2010 6 killed · 5–15 · unknown in 2 incidents · 4 incidents Protest 6$"
    settled(opened, ".bars-tip", said)
    choose(opened, step="quarter")
    at_rest(opened.page)
    opened.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 22)
    settled(opened, ".bars-tip", "2 known only to 2010$")


SPANS: tuple[tuple[str, tuple[dict[str, Any], ...]], ...] = (
    ("day", tuple(row(n, "2009-06-05") for n in range(200))),
    ("day", (row(0, "2009-06-05"), row(1, "2009-08-05"))),
    ("week", (row(0, "2009-06-05"), row(1, "2010-06-04"))),
    ("month", (row(0, "2009-06-05"), row(1, "2009-06-01", "2009-06-30", "month"), row(2, "2009-01-01", "2009-12-31",
     "year"))),
    ("month", (row(0, "1968-01-05"), row(1, "2012-06-04"))),
    ("quarter", (row(0, "1850-01-05"), row(1, "1950-06-04"))),
    ("year", (row(0, "1500-01-05"), row(1, "1821-07-28"), row(2, "2020-06-04"))),
    ("year", (row(0, "2001-01-01", "2001-12-31", "year"), row(1, "2003-01-01", "2003-12-31", "year"))),
    ("month", ({**ROWS[5], "code": "none"},)),
)  # fmt: skip


@pytest.mark.parametrize(("step", "rows"), SPANS)
def test_the_step_suits_the_time_in_the_page_and_in_pictures(
    open_page: Opener, step: str, rows: tuple[dict[str, Any], ...]
) -> None:
    frame = frame_of(rows)
    assert usual_step(frame) == step
    opened = open_page(frame, timeline())
    if opened.page.is_visible("#time"):
        assert opened.page.input_value("#step") == step
        assert int(opened.page.get_attribute("#when", "max")) < 620


def test_a_step_that_is_asked_for_is_that_of_any_time_that_has_several(open_page: Opener) -> None:
    for _, rows in (SPANS[0], SPANS[4]):  # a day, which has one bar whatever the step is, and 44 years
        opened = open_page(frame_of(rows), timeline(step="quarter"))
        assert opened.page.locator("#step option:checked").all_inner_texts() in (["by quarter"], [])
