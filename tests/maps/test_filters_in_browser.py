"""The filters: their counts, chips, words and keyboard, against counts made with pandas.

Each test ends with nothing said on the console and nothing asked of a network (conftest).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
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

EN = PageSpec(lang="en", measure="killed", acts=True)
KINDS = ("armed-clash", "protest", "abduction")


def varied(count: int = 240, actors: int = 90) -> gpd.GeoDataFrame:
    """Make incidents whose columns run through their values at different paces, so that filters cross."""
    numbers = range(count)
    days = [pd.Timestamp("2009-01-01") + pd.Timedelta(days=n) for n in numbers]
    columns: dict[str, list[Any]] = {
        "code": [f"XX-{n:04d}" for n in numbers],
        "title": [f"Event {n}" for n in numbers],
        "type": [KINDS[n % 3] for n in numbers],
        "first_day": days,
        "last_day": days,
        "date_precision": ["day"] * count,
        "place_name": [f"Place {n % 7}" for n in numbers],
        "place_precision": [("site", "settlement")[n % 2] for n in numbers],
        "country": ["XX"] * count,
        "counted": [True] * count,
        "actors": [f"Actor {n % actors:03d}; Everyone" for n in numbers],
        "cases": ["case-a" if n % 5 == 0 else None for n in numbers],
        "source_kinds": ["press" if n % 4 else "press; court" for n in numbers],
        "status": [("published", "draft")[n % 10 == 0] for n in numbers],
        "dataset": [("one", "two")[n % 2] for n in numbers],
        "source_count": [n % 4 for n in numbers],
        **{f"killed_{bound}": [n % 6 for n in numbers] for bound in ("low", "best", "high")},
    }
    points = [shapely.Point(0.25 + (n % 16) / 10, 0.5 + (n % 2)) for n in numbers]
    return make_frame(columns, points, {"policy": "ranked-source", "policy_version": 1})


def counts(opened: Opened, facet: str) -> dict[str, int]:
    """Return the counts beside the options of an open facet, by code."""
    read = "all => all.map(each => [each.querySelector('input').value, each.querySelector('.count').innerText])"
    options = opened.page.eval_on_selector_all(f'.facet[data-facet="{facet}"] .option', read)
    return {code: int(count) for code, count in options}


def tick(opened: Opened, facet: str, code: str) -> None:
    opened.page.click(f'.facet[data-facet="{facet}"] input[value="{code}"]')
    at_rest(opened.page)  # the counts come when the selection has rested


def unfold(opened: Opened, facet: str) -> None:
    if not opened.page.is_visible("#filter-sections"):
        opened.page.click("#filters-open")
    if opened.page.get_attribute(f'.facet[data-facet="{facet}"]', "open") is None:
        opened.page.click(f'.facet[data-facet="{facet}"] summary')
    at_rest(opened.page)


def total(opened: Opened) -> str:
    return opened.text("#totals .incidents .total-number")


def chips(opened: Opened) -> list[str]:
    return [" ".join(chip.inner_text().split()) for chip in opened.page.query_selector_all(".chip .chip-text")]


def test_the_counts_beside_options_are_of_what_all_other_filters_let_through(
    open_page: Opener, regions: gpd.GeoDataFrame
) -> None:
    frame = varied()
    opened = open_page(frame, EN, regions)
    unfold(opened, "type")
    assert counts(opened, "type") == frame["type"].value_counts().to_dict()
    unfold(opened, "dataset")
    tick(opened, "dataset", "one")
    of_one = frame[frame["dataset"] == "one"]
    assert counts(opened, "type") == of_one["type"].value_counts().to_dict()
    assert counts(opened, "dataset") == frame["dataset"].value_counts().to_dict()  # its own choice does not count
    tick(opened, "type", "protest")
    both = of_one[of_one["type"] == "protest"]
    assert total(opened) == str(len(both))
    assert counts(opened, "dataset") == frame[frame["type"] == "protest"]["dataset"].value_counts().to_dict()


def test_each_filter_alone_selects_what_pandas_selects(open_page: Opener, regions: gpd.GeoDataFrame) -> None:
    frame = varied()
    opened = open_page(frame, EN, regions)
    chosen = {
        "kind": ("court", frame["source_kinds"].str.contains("court")),
        "precision": ("site", frame["place_precision"] == "site"),
        "status": ("draft", frame["status"] == "draft"),
        "case": ("case-a", frame["cases"] == "case-a"),
        "region": ("squares/alpha", frame.geometry.within(shapely.box(0, 0, 1, 1))),
    }
    for facet, (code, passes) in chosen.items():
        unfold(opened, facet)
        tick(opened, facet, code)
        assert total(opened) == str(int(passes.sum())), facet
        tick(opened, facet, code)
        assert total(opened) == str(len(frame)), facet
    opened.page.fill("#minimum", "4")
    at_rest(opened.page)
    assert total(opened) == str(int((frame["killed_best"] >= 4).sum()))
    opened.page.fill("#minimum", "")
    opened.page.fill("#search", "event 23")
    at_rest(opened.page)
    assert total(opened) == str(int((frame["title"].str.contains("23") | frame["actors"].str.contains("23")).sum()))


def test_chips_tell_what_is_active_and_take_it_away_by_keyboard(open_page: Opener, regions: gpd.GeoDataFrame) -> None:
    opened = open_page(varied(), EN, regions)
    assert not opened.page.is_visible(".chips")
    unfold(opened, "type")
    tick(opened, "type", "protest")
    tick(opened, "type", "abduction")
    opened.page.fill("#minimum", "2")
    at_rest(opened.page)
    assert chips(opened) == ["Protest", "Abduction, holding or hostage-taking", "killed: at least 2"]
    assert opened.text(".filter-count") == "3"
    opened.page.focus(".chip >> nth=0")
    assert opened.page.get_attribute(".chip >> nth=0", "aria-label") == "Remove filter: Type: Protest"
    opened.page.keyboard.press("Enter")
    at_rest(opened.page)
    assert chips(opened) == ["Abduction, holding or hostage-taking", "killed: at least 2"]
    assert opened.page.evaluate("document.activeElement.className") == "chip"  # the next one
    assert not opened.page.is_checked('.facet[data-facet="type"] input[value="protest"]')
    opened.page.focus("#filters-clear")
    opened.page.keyboard.press("Enter")
    at_rest(opened.page)
    assert total(opened) == "240"
    assert chips(opened) == []
    assert opened.page.input_value("#minimum") == ""
    assert opened.page.evaluate("document.activeElement.id") == "filters-open"


def test_of_many_options_the_first_are_drawn_and_the_rest_found_by_name(
    open_page: Opener, regions: gpd.GeoDataFrame
) -> None:
    frame = varied(400, actors=200)
    opened = open_page(frame, EN, regions)
    unfold(opened, "actor")
    drawn = counts(opened, "actor")
    assert len(drawn) == 50
    assert next(iter(drawn.items())) == ("Everyone", 400)  # the most frequent first
    assert opened.text('.facet[data-facet="actor"] .facet-more') == "and 151 more"
    opened.page.click('.facet[data-facet="actor"] .facet-more button')
    assert len(counts(opened, "actor")) == 201
    assert opened.page.evaluate("document.activeElement.value") == opened.page.locator(
        '.facet[data-facet="actor"] .option input'
    ).nth(50).get_attribute("value")
    opened.page.fill('.facet[data-facet="actor"] .facet-search', "ÁCTOR 19")
    assert list(counts(opened, "actor")) == [f"Actor {n}" for n in range(190, 200)]
    tick(opened, "actor", "Actor 199")
    assert total(opened) == "2"
    opened.page.fill('.facet[data-facet="actor"] .facet-search', "nobody of that name")
    assert opened.text('.facet[data-facet="actor"] .facet-more') == "No option with this name."


def test_options_that_would_find_nothing_stay_and_keep_their_places_while_the_reader_chooses(
    open_page: Opener, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(varied(), EN, regions)
    unfold(opened, "case")
    unfold(opened, "type")
    before = list(counts(opened, "type"))
    opened.page.focus('.facet[data-facet="type"] input >> nth=2')
    opened.page.fill("#search", "XX-0001")  # one protest
    at_rest(opened.page)
    opened.page.focus('.facet[data-facet="type"] input >> nth=2')
    opened.page.keyboard.press("Space")
    at_rest(opened.page)
    found = counts(opened, "type")
    assert sorted(found) == sorted(before)
    assert found == {"protest": 1, "armed-clash": 0, "abduction": 0}
    assert opened.page.locator('.facet[data-facet="type"] .option.none').count() == 2
    order = list(found)
    opened.page.keyboard.press("Space")
    at_rest(opened.page)
    assert list(counts(opened, "type")) == order


def test_the_panel_opens_over_the_list_and_closes_with_escape_without_moving_the_map(
    open_page: Opener, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(varied(), EN, regions)
    before = opened.page.locator("#frame").bounding_box()
    opened.page.focus("#filters-open")
    opened.page.keyboard.press("Enter")
    assert opened.page.is_visible("#filter-sections")
    assert opened.page.get_attribute("#filters-open", "aria-expanded") == "true"
    assert opened.page.locator("#frame").bounding_box() == before
    opened.page.keyboard.press("Escape")
    assert not opened.page.is_visible("#filter-sections")
    assert opened.page.evaluate("document.activeElement.id") == "filters-open"


def test_filters_survive_a_change_of_language_and_speak_it(open_page: Opener, regions: gpd.GeoDataFrame) -> None:
    opened = open_page(varied(), EN, regions)
    unfold(opened, "type")
    tick(opened, "type", "protest")
    opened.page.click("#lang-es")
    at_rest(opened.page)
    assert chips(opened) == ["Protesta"]
    assert total(opened) == "80"
    assert opened.text("#filters-clear") == "Quitar todos"


def test_names_that_try_to_be_markup_are_shown_as_they_are(
    open_page: Opener, hostile_frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    parties = {"parties": [{"key": "q", "name": {"en": "\u202egnp.exe"}}]}
    other = {**ROWS[1], "code": "XX-9", "details": json.dumps(parties)}
    two = frame_of((other,))
    frame = pd.concat([hostile_frame, two], ignore_index=True)
    frame.attrs.update(hostile_frame.attrs)
    opened = open_page(frame, EN, regions)
    unfold(opened, "actor")
    shown = [o.inner_text() for o in opened.page.query_selector_all('.facet[data-facet="actor"] .what')]
    assert sorted(shown) == sorted([HOSTILE, "\u202egnp.exe"])
    tick(opened, "actor", "p")
    assert chips(opened) == [" ".join(HOSTILE.split())]
