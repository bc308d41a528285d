"""A page with incidents in many scripts: list, search, card, table and download have each text as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely
from opened_page import at_rest
from scripts import WRITTEN

from willay.events import make_frame
from willay.maps import PageSpec
from willay.maps.shipped import shipped_base

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(open_page: Callable[..., Opened]) -> Opened:
    columns = {
        "title": [one.title for one in WRITTEN],
        "type": ["protest"] * len(WRITTEN),
        "first_day": [f"2012-05-{day:02}" for day in range(1, len(WRITTEN) + 1)],
        "country": [one.country for one in WRITTEN],
        "place_name": [one.place for one in WRITTEN],
        "place_precision": ["department" if one.script == "Burmese" else "settlement" for one in WRITTEN],
    }
    frame = make_frame(columns, [shapely.Point(one.lon, one.lat) for one in WRITTEN])
    base = shipped_base(sorted(one.country for one in WRITTEN))
    return open_page(frame, PageSpec(kind="atlas", lang="en"), base=base)


def test_the_list_has_every_title_and_place_and_the_search_finds_them(opened: Opened) -> None:
    panel = opened.text("#panel")
    assert [one.title for one in WRITTEN if one.title not in panel] == []
    assert [one.place for one in WRITTEN if one.place not in panel] == []
    for one in WRITTEN:
        opened.page.fill("input[type=search]", one.place)
        at_rest(opened.page)
        assert one.title in opened.text("#panel"), one.script
        assert len([other for other in WRITTEN if other.title in opened.text("#panel")]) == 1, one.script


def test_a_card_has_the_word_of_the_places_country_for_its_unit(opened: Opened) -> None:
    (burmese,) = (one for one in WRITTEN if one.script == "Burmese")
    opened.page.get_by_text(burmese.title, exact=True).first.click()
    at_rest(opened.page)
    card = opened.text("#panel")
    assert f"{burmese.place} — state or region" in card


def test_the_table_has_a_heading_for_units_of_many_countries(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 1600, "height": 900})
    opened.page.get_by_role("button", name="Table", exact=True).click()
    at_rest(opened.page)
    table = opened.text("#table")
    assert "Administrative unit" in table
    assert [one.title for one in WRITTEN if one.title not in table] == []
