"""The choropleth against other tools: classes against mapclassify, values against `region_values`, looks by hand."""

from __future__ import annotations

import itertools
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from opened_page import at_rest, watched
from squares import frame_of, regions_of

from willay.maps import PageSpec
from willay.maps.assets import gather
from willay.maps.classes import classify
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.spec import SCHEMES
from willay.maps.sums import GUARD, region_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

SPEC = PageSpec(kind="choropleth", lang="en", measure="killed")
PEOPLE = (json.dumps({"1993": 40_000, "2007": 100_000}), json.dumps({"2007": 9_000}), None, "250000")
"""Of Alpha, Beta, Gamma and Delta; nobody knows how many live in Gamma."""


def populated() -> gpd.GeoDataFrame:
    table = regions_of()
    return table.assign(population=[*PEOPLE, None, None])


def at(opened: Opened, fragment: str) -> None:
    """Bring the page to a state, and wait until it rests."""
    opened.page.evaluate(f"location.hash = '#{fragment}'")
    at_rest(opened.page)


def values(opened: Opened) -> dict[str, float | str]:
    """Return what each region drawn shows: its value, or the word for why there is none."""
    paths = opened.page.query_selector_all("path[data-region]")
    told = {path.get_attribute("data-region"): path.get_attribute("data-value") for path in paths}
    return {key: float(value) if value.lstrip("-")[0].isdigit() else value for key, value in told.items()}


def names(opened: Opened) -> dict[str, str]:
    paths = opened.page.query_selector_all("path[data-region]")
    return {path.get_attribute("data-region"): path.get_attribute("aria-label") for path in paths}


def legend(opened: Opened) -> dict[str, str]:
    items = opened.page.query_selector_all("#legend-regions li")
    return {item.query_selector(".what").inner_text(): item.query_selector(".count").inner_text() for item in items}


def expected(frame: gpd.GeoDataFrame, spec: PageSpec, window: tuple[Any, Any] | None = None) -> dict[str, float | str]:
    shapes = ShapeTable()
    incidents = incident_columns(frame, shapes)
    found = region_values(incidents, region_columns(populated(), incidents, shapes), spec, window)
    return {each.region["key"]: each.look if each.value is None else each.value for each in found}


def test_classes_of_the_page_equal_those_of_mapclassify(chromium: Any) -> None:
    script = files("willay.maps") / "static" / "regions" / "classes.js"
    source = gather({"classes.js": script.read_text("utf-8")}, "classes.js")
    chance = np.random.default_rng(20_090_605)
    draws: list[Callable[[int], Any]] = [
        lambda n: chance.integers(0, 50, n),
        lambda n: np.floor(chance.pareto(1, n) * 5).astype(int),
        lambda n: chance.pareto(1.2, n) * chance.choice([0.001, 1, 100]),
        lambda n: chance.gamma(2, 30, n),
    ]
    cases = []
    for number in range(240):
        drawn = draws[number % 4](int(chance.integers(1, 300)))
        typed = np.unique(np.round(chance.gamma(2, 10, 4), 2)).tolist()
        whole = drawn.dtype.kind == "i"
        cases += [(drawn.tolist(), scheme, int(chance.integers(2, 10)), whole, typed) for scheme in SCHEMES]
    page = watched(chromium.new_context()).new_page()
    found = page.evaluate(
        "(cases) => {" + source + "return cases.map(([values, scheme, classes, whole, typed]) => {"
        "const positive = Float64Array.from(values.filter((value) => value > 0));"
        "return scheme === 'fixed' ? fixedLimits(typed, positive, whole) : limitsOf(positive, scheme, classes, whole);"
        "})}",
        cases,
    )
    page.close()
    for (drawn, scheme, classes, whole, typed), shown in zip(cases, found, strict=True):
        wanted = classify(np.array(drawn, int if whole else float), scheme, classes, typed)
        units = [round(limit * 10**wanted.decimals) for limit in wanted.limits]
        assert shown == {"limits": units, "decimals": wanted.decimals}, (scheme, classes, drawn)


def test_values_of_the_page_equal_those_for_pictures(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, SPEC, populated())
    window = (pd.Timestamp("2009-01-01"), pd.Timestamp("2009-12-31"))
    for rate, bound in itertools.product(("count", "people", "area"), ("low", "best", "high")):
        spec, chosen = SPEC.changed(rate=rate, bound=bound), f"rate={rate}&bound={bound}"
        at(opened, chosen)
        assert values(opened) == pytest.approx(expected(frame, spec)), chosen
        at(opened, f"{chosen}&step=year&end=2009-01-01&length=1")
        assert values(opened) == pytest.approx(expected(frame, spec, window)), chosen


@pytest.mark.parametrize(("rate", "bound"), [("people", "low"), ("area", "high")])
def test_a_page_that_opens_with_a_rate_and_a_bound_has_their_values(
    open_page: Opener, frame: gpd.GeoDataFrame, rate: str, bound: str
) -> None:
    spec = SPEC.changed(rate=rate, bound=bound)
    assert values(open_page(frame, spec, populated())) == pytest.approx(expected(frame, spec))


def test_a_rate_names_its_census_and_an_unknown_population_is_no_zero(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    killed_in_gamma = ({**_row("XX-8", "2009-06-07"), "at": (0.5, 1.5), "killed": (4, 4, 4)},)
    opened = open_page(_with(frame, killed_in_gamma), SPEC.changed(rate="people"), populated())
    at_rest(opened.page)
    assert values(opened) == {"alpha": pytest.approx(34.0), "beta": 0, "gamma": "no-people", "delta": "none"}
    assert names(opened)["gamma"] == "Gamma: killed: 4 · no population known · 2 incidents · unknown in 1 incident"
    assert "census of 2007" in opened.text("#legend-regions")
    assert legend(opened)["no population known"] == "1"


def test_a_rate_from_little_is_hatched_and_says_why(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, SPEC.changed(rate="people"), populated())
    at_rest(opened.page)
    said = names(opened)
    assert "little data: fewer than 5 incidents with a figure" in said["alpha"]  # two incidents, 34 killed
    assert "cases" not in said["alpha"]
    assert "fewer than 20 cases, fewer than 10,000 people living there" in said["beta"]
    assert opened.page.locator("path[data-region=alpha]").get_attribute("fill").startswith("url(#fill-class-")
    assert "little data" in opened.text("#legend-regions .marks")
    assert GUARD == {"incidents": 5, "counted": 20, "people": 10_000}


def test_a_rate_from_enough_is_plain(open_page: Opener) -> None:
    rows = tuple({**_row(f"XX-{n}", f"2009-06-{n + 1:02}"), "killed": (5, 5, 5)} for n in range(6))
    opened = open_page(frame_of(rows), SPEC.changed(rate="people"), populated())
    at_rest(opened.page)
    assert names(opened)["alpha"] == (
        "Alpha: 30 killed per 100,000 people, in the time shown (30) · 100,000 people (census of 2007) · 6 incidents"
    )
    assert opened.page.locator("path[data-region=alpha]").get_attribute("fill").startswith("#")


def test_a_change_is_a_difference_from_the_window_before(open_page: Opener) -> None:
    rows = tuple(
        {**_row(f"XX-{n}", f"{year}-06-{n + 1:02}"), "at": where}
        for n, (year, where) in enumerate(
            [(2007, (0.5, 0.5)), *[(2008, (0.5, 0.5))] * 6, *[(2009, (0.5, 0.5))] * 2, *[(2009, (1.5, 0.5))] * 7]
        )
    )
    spec = SPEC.changed(measure="incidents", rate="change")
    opened = open_page(frame_of(rows), spec, populated())
    assert "A change needs a time window" in opened.text("#legend-regions")  # counts, until there is a window
    at(opened, "step=year&end=2009-01-01&length=1")
    assert values(opened) == {"alpha": -4, "beta": 7, "gamma": "none", "delta": "none"}
    assert names(opened)["alpha"] == "Alpha: incidents: \u22124 (6 before, 2 now) · 2 incidents"
    assert legend(opened)["no change"] == "0"
    fills = {path.get_attribute("data-region"): path.get_attribute("fill") for path in _paths(opened)}
    assert fills["alpha"].endswith("-fall)")  # a fall has its own sign, since in grey both sides look alike
    assert fills["beta"] in {"#fee0b6", "#f1a340", "#b35806"}  # ColorBrewer's PuOr of seven
    at(opened, "step=year&end=2007-01-01&length=1")
    assert set(values(opened).values()) == {"early"}
    at(opened, "mode=cumulative&step=year&end=2009-01-01")
    assert "A cumulative window has no earlier window" in opened.text("#legend-regions")


def test_an_act_of_the_state_is_no_unknown_number_of_dead(open_page: Opener) -> None:
    rows = (
        {**_row("XX-1", "2009-06-05"), "type": "state-measure", "killed": (None, None, None)},
        {**_row("XX-2", "2009-06-05"), "at": (1.5, 0.5), "killed": (None, None, None)},
        {**_row("XX-3", "2009-06-05"), "at": (1.5, 1.5)},
    )
    opened = open_page(frame_of(rows), SPEC, populated())
    at_rest(opened.page)
    assert values(opened) == {"alpha": "apart", "beta": "unknown", "gamma": "none", "delta": 1}
    assert "unknown in 1)" in opened.text("#totals")
    fills = {path.get_attribute("data-region"): path.get_attribute("fill") for path in _paths(opened)}
    assert fills == {
        "alpha": "url(#fill-blank)", "beta": "url(#fill-hatched)",
        "gamma": "url(#fill-dotted)", "delta": fills["delta"],
    }  # fmt: skip
    at(opened, "measure=incidents")
    assert values(opened) == {"alpha": "apart", "beta": 1, "gamma": "none", "delta": 1}
    at(opened, "measure=incidents&acts=1")
    assert values(opened) == {"alpha": 1, "beta": 1, "gamma": "none", "delta": 1}


def test_the_colours_of_the_map_are_those_of_the_legend(open_page: Opener) -> None:
    rows = tuple({**_row(f"XX-{n}", "2009-06-05"), "at": (0.5 + n % 2, 0.5 + n // 2 % 2)} for n in (0, 0, 0, 1, 1, 2))
    rows = tuple({**row, "code": f"XX-{n}"} for n, row in enumerate(rows))
    opened = open_page(frame_of(rows), SPEC.changed(measure="incidents"), populated())
    at_rest(opened.page)
    swatches = opened.page.evaluate(
        "[...document.querySelectorAll('#legend-regions .swatch.class')].map((box) => box.style.backgroundColor)"
    )
    fills = {path.get_attribute("data-region"): path.get_attribute("fill") for path in _paths(opened)}
    shown = ["rgb({}, {}, {})".format(*bytes.fromhex(fills[key][1:])) for key in ("alpha", "beta", "gamma")]
    assert shown == swatches[:3]
    light = [sum(int(part) for part in colour[4:-1].split(",")) for colour in swatches]
    assert light == sorted(light)  # the largest first, the darkest first: readable in grey


def test_classes_stay_while_the_window_moves(open_page: Opener) -> None:
    rows = tuple(_row(f"XX-{n}", f"{2000 + n % 5}-06-01") for n in range(1, 16))
    opened = open_page(frame_of(rows), SPEC.changed(measure="incidents", classes=3), populated())
    ranges = []
    for year in (2000, 2002, 2004):
        at(opened, f"step=year&end={year}-01-01&length=1")
        ranges.append([*legend(opened)])
    assert ranges[0] == ranges[1] == ranges[2]
    at(opened, "step=year&end=2004-01-01&length=3")
    assert [*legend(opened)] != ranges[0]


def test_method_classes_and_limits_are_the_readers_choice(open_page: Opener) -> None:
    rows = tuple({**_row(f"XX-{n}", "2009-06-05"), "killed": (n, n, n)} for n in range(1, 4))
    rows += tuple({**_row(f"YY-{n}", "2009-06-05"), "at": (1.5, 0.5), "killed": (50, 50, 50)} for n in range(2))
    rows += ({**_row("ZZ-1", "2009-06-05"), "at": (0.5, 1.5), "killed": (9, 9, 9)},)
    opened = open_page(frame_of(rows), SPEC, populated())
    page = opened.page
    page.click("#legend .method summary")
    page.select_option("#classes", "2")
    at_rest(page)
    assert [*legend(opened)][:2] == ["10\u2013100", "1\u20139"]
    page.select_option("#scheme", "fixed")
    assert page.input_value("#fixed-limits") == "9 100"
    page.fill("#fixed-limits", "5, 8 20")
    at_rest(page)
    assert [*legend(opened)][:4] == ["21 and more", "9\u201320", "6\u20138", "1\u20135"]
    assert list(legend(opened).values())[:4] == ["1", "1", "1", "0"]
    page.fill("#fixed-limits", "many")
    at_rest(page)
    assert page.get_attribute("#fixed-limits", "aria-invalid") == "true"
    assert "Limits entered by the reader" in opened.text("#legend .method")


def test_versions_are_told_apart_and_marked_where_they_do_not_cover_the_window(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, SPEC.changed(region_set="zones", measure="incidents"), populated())
    at(opened, "set=zones&step=year&end=2009-01-01&length=1")
    said = [path.get_attribute("aria-label") for path in _paths(opened)]
    assert said == ["Zone (until Dec 2009): 1 incident · working outline"]
    at(opened, "set=zones&step=year&end=2010-01-01&length=2")
    later = [path.get_attribute("aria-label") for path in _paths(opened) if "since" in path.get_attribute("aria-label")]
    assert len(later) == 1
    assert "Valid since Jan 1, 2010; 365 days of the time shown are outside" in later[0]
    assert _paths(opened)[0].get_attribute("stroke-dasharray") == "10 3 2 3"
    assert "not valid on all days of the time shown" in opened.text("#legend-regions .marks")


def test_regions_are_one_stop_for_the_keyboard_and_arrows_move_among_them(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, SPEC, populated())
    page = opened.page
    assert page.locator("path[data-region][tabindex='0']").count() == 1
    page.focus("path[data-region][tabindex='0']")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.region") == "alpha"  # the most killed
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.region") == "beta"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.region") == "delta"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.region") == "gamma"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Gamma: killed: unknown")
    assert page.locator("path[data-region][tabindex='0']").count() == 1


def test_two_hundred_regions_have_one_stop_and_the_legend_counts_them(open_page: Opener) -> None:
    cells = [
        {"set": "cells", "key": f"c{n}", "name": f"Cell {n}",
         "geometry": shapely.box(n % 20 / 10, n // 20 / 5, n % 20 / 10 + 0.1, n // 20 / 5 + 0.2)}
        for n in range(200)
    ]  # fmt: skip
    rows = tuple({**_row(f"XX-{n}", "2009-06-05"), "at": (0.05, 0.1)} for n in range(3))
    table = gpd.GeoDataFrame(cells, geometry="geometry", crs="EPSG:4326")
    opened = open_page(frame_of(rows), SPEC.changed(measure="incidents"), table)
    assert opened.page.locator("path[data-region][tabindex='0']").count() == 1
    assert legend(opened) == {"1\u20133": "1", "no incident recorded": "199"}


def test_the_list_of_regions_says_what_the_map_says(open_page: Opener, frame: gpd.GeoDataFrame) -> None:
    opened = open_page(frame, SPEC.changed(rate="people"), populated())
    at(opened, "tab=regions")
    entries = opened.page.query_selector_all("#panel .entry[data-id]")
    assert [entry.get_attribute("data-region") for entry in entries] == ["alpha", "beta", "gamma", "delta"]
    assert [entry.query_selector(".entry-value").inner_text() for entry in entries] == ["34", "0", "?", "\u2013"]
    assert "100,000 people (census of 2007)" in entries[0].inner_text()
    assert "killed: 34 (low\u2013high 31\u201355)" in entries[0].inner_text()
    assert entries[0].get_attribute("aria-label") == names(opened)["alpha"]


def test_the_detail_of_a_region_has_rates_people_area_and_the_window_before(
    open_page: Opener, frame: gpd.GeoDataFrame
) -> None:
    opened = open_page(frame, SPEC, populated())
    at(opened, "step=year&end=2010-01-01&length=1&open=region:2")
    opened.page.wait_for_selector("#panel-title")
    told = opened.text("#panel")
    assert "Gamma" in opened.text("#panel-title")
    assert "In the window before unknown" in told  # the siege began in 2009
    assert "Population no population known" in told
    at(opened, "step=year&end=2009-01-01&length=1&open=region:0")
    told = opened.text("#panel")
    assert "killed 33 (low\u2013high 30\u201354)" in told
    assert "killed per 100,000 people 33" in told
    assert "Population 100,000 people (census of 2007)" in told
    assert re.search(r"Area 12,30\d km²", told)


def _row(code: str, day: str) -> dict[str, Any]:
    return {
        "code": code, "title": f"Clash {code}", "type": "armed-clash", "days": (day, day), "at": (0.5, 0.5),
        "killed": (1, 1, 1), "place": "settlement",
    }  # fmt: skip


def _with(frame: gpd.GeoDataFrame, rows: tuple[dict[str, Any], ...]) -> gpd.GeoDataFrame:
    joined = pd.concat([frame, frame_of(rows)], ignore_index=True)
    return gpd.GeoDataFrame(
        joined.astype(frame.drop(columns="geometry").dtypes.to_dict()), geometry="geometry", crs=4326
    )


def _paths(opened: Opened) -> list[Any]:
    return list(opened.page.query_selector_all("path[data-region]"))
