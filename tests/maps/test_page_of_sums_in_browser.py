"""A page of sums has the numbers of its rows, taken one by one, and those of the page of the same rows as incidents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from opened_page import at_rest
from squares import BASE
from summed import TYPES, added, held_by, incidents_of, made_rows, squares_without_days, sums_of

from willay.events.aggregate import page_of_sums
from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = pytest.mark.browser

MONTHS = ("2009-03", "2009-08", "2010-02", "2010-11")


def head(opened: Opened) -> dict[str, int]:
    """Return the numbers of the sentence in the head."""
    at_rest(opened.page)
    text = opened.text("#totals").replace(",", "")
    told = {"rows": re.search(r"(\d+) (?:rows?|incidents?)", text), "best": re.search(r"(\d+) killed", text)}
    told["unknown"] = re.search(r"unknown in (\d+)", text)
    return {name: int(found[1]) if found else 0 for name, found in told.items()}


def values(opened: Opened) -> dict[str, float]:
    """Return what the list of regions shows, by region."""
    nodes = opened.page.query_selector_all("#panel .entry[data-region]")
    shown = {node.get_attribute("data-region"): node.get_attribute("data-value") for node in nodes}
    return {str(key): float(value) for key, value in shown.items() if value not in (None, "", "null")}


def inside(rows: pd.DataFrame, step: str, end: str, length: int) -> pd.DataFrame:
    """Return the rows with their day in a window of whole steps."""
    last = pd.Period(end, freq={"month": "M", "quarter": "Q", "year": "Y"}[step])
    first = last - (length - 1)
    return rows[rows["day"].between(first.start_time, last.end_time)]


@pytest.fixture
def rows() -> pd.DataFrame:
    return made_rows(1500, 3)


@pytest.fixture
def opened(open_made: Opener, rows: pd.DataFrame, tmp_path: Path) -> Opened:
    return open_made(page_of_sums(sums_of(rows, tmp_path), PageSpec(kind="atlas", lang="en"), BASE))


def check(opened: Opened, state: str, rows: pd.DataFrame) -> None:
    """Hold the head and the list of regions to the rows that a state of the page selects."""
    opened.page.evaluate(f"location.hash = '#tab=regions&{state}'")
    told, expected = head(opened), added(rows)
    assert {name: expected[name] for name in told} == told, state
    bound = "high" if "bound=high" in state else "low" if "bound=low" in state else "best"
    what = "rows" if "measure=incidents" in state else bound
    regions = squares_without_days()
    for key, region in zip(regions["key"], regions.geometry, strict=True):
        held = rows[held_by(rows, region)]
        known = len(held) if what == "rows" else len(held) - added(held)["unknown"]
        assert values(opened).get(key, 0) == (added(held)[what] if known else 0), (state, key)


def test_the_whole_period_has_the_numbers_of_all_rows(opened: Opened, rows: pd.DataFrame) -> None:
    for state in ("", "measure=incidents", "bound=high"):
        opened.page.evaluate(f"location.hash = '#tab=regions&{state}'")
        at_rest(opened.page)
        regions = squares_without_days()
        what = "rows" if state == "measure=incidents" else "high" if state else "best"
        for key, region in zip(regions["key"], regions.geometry, strict=True):
            assert values(opened)[key] == added(rows[held_by(rows, region)])[what], (state, key)
        told = head(opened)
        assert told["rows"] == len(rows), "a row on a border is counted once"
        assert told["unknown"] == added(rows)["unknown"]


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
def test_windows_have_the_numbers_of_their_rows(opened: Opened, rows: pd.DataFrame, step: str) -> None:
    for end, length in zip(MONTHS, (1, 2, 5, 2), strict=True):
        window = inside(rows, step, end, length)
        first = pd.Period(end, freq={"month": "M", "quarter": "Q", "year": "Y"}[step]).start_time.date()
        if step == "year" and length > 2:
            continue
        check(opened, f"step={step}&end={first}&length={length}", window)
        check(opened, f"measure=incidents&step={step}&end={first}&length={length}", window)


def test_filters_of_types_and_regions_have_the_numbers_of_their_rows(opened: Opened, rows: pd.DataFrame) -> None:
    kinds = rows[rows["type"].isin(TYPES[:2])]
    check(opened, f"f.type={','.join(TYPES[:2])}&measure=incidents", kinds)
    check(opened, f"f.type={TYPES[0]}&step=month&end=2009-08-01&length=3&bound=best", inside(
        rows[rows["type"] == TYPES[0]], "month", "2009-08", 3
    ))  # fmt: skip
    regions = squares_without_days()
    chosen = regions.iloc[:2]
    both = held_by(rows, chosen.geometry.iloc[0]) | held_by(rows, chosen.geometry.iloc[1])
    codes = ",".join(f"{row.set}%252F{row.key}" for row in chosen.itertuples())
    opened.page.evaluate(f"location.hash = '#f.region={codes}'")
    assert head(opened)["rows"] == int(both.sum()), "a row on the border of both is counted once"


def test_a_page_of_the_same_rows_as_incidents_has_the_same_numbers(
    open_made: Opener, rows: pd.DataFrame, opened: Opened
) -> None:
    single = open_made(render(incidents_of(rows), PageSpec(kind="atlas", lang="en"), squares_without_days(), BASE))
    for state in (
        "",
        "bound=low",
        "bound=high",
        "measure=incidents",
        "step=month&end=2009-08-01&length=2",
        "step=year&end=2010-01-01&length=1&rate=area",
        f"f.type={TYPES[2]}&step=quarter&end=2010-01-01&length=3",
        "rate=change&step=quarter&end=2010-01-01&length=2",
    ):
        for page in (opened, single):
            page.page.evaluate(f"location.hash = '#tab=regions&overlay=0&{state}'")
            at_rest(page.page)
        assert values(opened) == values(single), state
        assert head(opened) == head(single), state
        told = [re.sub(r"incident|row", "", page.text("#totals")) for page in (opened, single)]
        assert len({re.split(r", [A-Z][a-z]{2} ", text)[0] for text in told}) == 1, (state, told)  # days are coarser


def test_bars_add_up_what_the_head_says(opened: Opened, rows: pd.DataFrame) -> None:
    box = opened.page.locator("#brush").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2)
    tip = opened.text(".bars-tip")
    month = pd.Period(re.match(r"\w+ \d{4}", tip)[0], freq="M")  # type: ignore[index]  # the tip begins with it
    held = inside(rows, "month", str(month), 1)
    assert f"{added(held)['best']} killed" in tip
    assert f"{len(held)} rows" in tip
    for kind, count in held.assign(best=held["killed_best"].fillna(held["killed_low"])).groupby("type")["best"]:
        assert str(int(count.sum())) in tip, kind


def test_density_counts_the_rows_of_a_square(open_made: Opener, tmp_path: Path) -> None:
    rows = made_rows(300, 5).assign(lon=0.5, lat=0.5)
    sums = sums_of(rows, tmp_path, tiles=5)
    opened = open_made(page_of_sums(sums, PageSpec(kind="atlas", lang="en", view="density"), BASE))
    opened.page.evaluate(f"location.hash = '#f.type={TYPES[0]}&step=year&end=2009-01-01&at=0.5,0.5,9'")
    at_rest(opened.page)
    box = opened.page.locator("#frame .leaflet-container").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    at_rest(opened.page)
    held = inside(rows[rows["type"] == TYPES[0]], "year", "2009", 1)
    assert f"{len(held)} rows in this square" in opened.text("#frame")
    assert "Density shows rows" in opened.text("#legends")


def test_the_head_and_the_foot_say_what_the_page_is(open_made: Opener, rows: pd.DataFrame, tmp_path: Path) -> None:
    page = page_of_sums(sums_of(rows, tmp_path), PageSpec(kind="choropleth", lang="es"), BASE)
    opened = open_made(page)
    assert opened.text("#question") == "Sumas de 1,500 filas; los incidentes uno por uno no están en esta página"
    assert "Sumas de 1,500 filas" in opened.text("#foot .line")
    opened.page.click("#lang-en")
    at_rest(opened.page)
    assert opened.text("#question") == "Sums of 1,500 rows; single events are not in this page"
    opened.page.click("#about")
    about = opened.text("dialog.about")
    unplaced, undated = int(rows["lon"].isna().sum()), int(rows["day"].isna().sum())
    held = [held_by(rows, region) for region in squares_without_days().geometry]
    outside = int((~pd.concat(held, axis=1).any(axis=1) & rows["lon"].notna()).sum())
    for told in (
        f"{outside} rows are in no region",
        f"{unplaced} rows have no place",
        f"{undated} rows have no day",
        f"{sum(map(sum, held)) - (len(rows) - outside - unplaced)} times a row is counted in one more region",
        "a row counts in the month of its first day",
        "Nobody",
        "made-up",
    ):
        assert told in about, told
    for gone in ("#stage-table", "#download-open", "#search:visible", "[data-view=points]", "[data-tab=incidents]"):
        assert opened.page.query_selector(gone) is None, gone


def test_a_region_opens_without_a_list_of_incidents(opened: Opened, rows: pd.DataFrame) -> None:
    key, region = next(zip(squares_without_days()["key"], squares_without_days().geometry, strict=True))
    opened.page.click(f"#panel .entry[data-region='{key}']")
    at_rest(opened.page)
    card = opened.text("#panel").replace(",", "")
    assert str(added(rows[held_by(rows, region)])["best"]) in card
    assert "incident" not in card.lower()


def test_options_of_filters_count_rows_and_paper_says_what_is_in_no_region(opened: Opened, rows: pd.DataFrame) -> None:
    opened.page.evaluate("location.hash = '#step=year&end=2009-01-01'")
    at_rest(opened.page)
    opened.page.click("#filters-open")
    held = inside(rows, "year", "2009", 1)
    for kind, count in held["type"].value_counts().items():
        assert opened.text(f".option:has(input[value={kind}]) .count") == str(count), kind
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    outside = held["lon"].notna()
    for region in squares_without_days().geometry:
        outside &= ~held_by(held, region)
    sheet = " ".join(opened.page.text_content("#sheet").split())
    assert f"{int(outside.sum())} rows are in none of the regions shown" in sheet
    assert f"{int(held['lon'].isna().sum())} rows have no place" in sheet


def test_no_word_of_the_page_speaks_of_incidents(opened: Opened) -> None:
    opened.page.evaluate("location.hash = '#mapView=density&step=month&end=2009-08-01'")
    at_rest(opened.page)
    opened.page.click("#filters-open")
    said = opened.page.evaluate(
        """[...document.querySelectorAll("body *:not(script):not(style)")].flatMap((each) => [
          ...[...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
          ...["title", "aria-label", "placeholder", "aria-description"].map((name) => each.getAttribute(name) ?? ""),
        ]).filter((text) => /incident/i.test(text) && !/script/.test(text))"""
    )
    assert said == []


def test_steps_that_are_finer_than_the_sums_cannot_be_chosen(opened: Opened) -> None:
    options: list[Any] = opened.page.eval_on_selector_all("#step option", "all => all.map(({ value }) => value)")
    assert options == ["month", "quarter", "year"]
    opened.page.evaluate("location.hash = '#step=day&end=2009-08-15'")
    at_rest(opened.page)
    assert opened.page.input_value("#step") == "month"
