"""What the page says of rows: incidents and parts of them; whose number each figure is, in list, table and files."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from opened_page import at_rest
from squares import BASE

from willay.events.frame.frame import make_frame
from willay.maps import PageSpec, render
from willay.maps.payload import unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    from opened_page import Opened

    Opener = Callable[..., Opened]

EN = PageSpec(kind="timeline", lang="en", view="points", measure="killed")

SOURCES: dict[str, Any] = {
    "report": {"publisher": "Truth commission", "title": "Final report", "url": "https://example.org/report"},
    "paper": {"publisher": {"en": "A newspaper", "es": "Un diario"}, "title": "Strike ends"},
}


def figures(best: int, source: str, who: str | None = None) -> str:
    """Return a card with one figure, whose number it is, and its document."""
    figure = {"low": best, "best": best, "high": best, "source": source, "basis": "total", "voices": 1}
    return json.dumps({"figures": {"killed": figure | ({"attributed_to": who} if who else {})}, "sources": SOURCES})


@pytest.fixture
def strike() -> gpd.GeoDataFrame:
    """A strike with two parts, one of which died out of the days of the other; a clash; one of unknown day and place.

    STRIKE knows 9 dead and so holds for its parts; SIEGE knows none, and the 4 of its part are added.
    """
    columns = {
        "code": ["STRIKE", "DAY-28", "DAY-27", "OTHER", "UNDATED", "SIEGE", "NIGHT"],
        "title": ["Strike", "Day 28", "Day 27", "Other", "Undated", "Siege", "Night of the siege"],
        "type": ["protest", "protest", "armed-clash", "armed-clash", "protest", "abduction", "abduction"],
        "first_day": ["2012-05-21", "2012-05-28", "2012-05-27", "2012-05-23", None, "2012-06-01", "2012-06-02"],
        "last_day": ["2012-05-30", "2012-05-28", "2012-05-27", "2012-05-23", None, "2012-06-03", "2012-06-02"],
        **{f"killed_{bound}": [9, 2, 6, 7, 1, None, 4] for bound in ("low", "best", "high")},
        "part_of": [None, "STRIKE", "STRIKE", None, None, None, "SIEGE"],
        "place_precision": ["site"] * 4 + ["unknown"] + ["site"] * 2,
        "details": [
            figures(9, "report"), figures(2, "paper", "The union"), figures(6, "report"), figures(7, "paper"), None,
            json.dumps({"figures": {}}), figures(4, "report"),
        ],
    }  # fmt: skip
    points = [shapely.Point(lon, 1) if lon else None for lon in (0.5, 1.5, 0.6, 0.7, None, 1.2, 1.3)]
    return make_frame(columns, points, {"policy": "median"})


def listed(opened: Opened) -> list[str]:
    return [" ".join(one.split()) for one in opened.page.locator("#panel .entries > li").all_inner_texts()]


def in_table(opened: Opened) -> list[str]:
    rows = opened.page.query_selector_all(".table-row")
    places = sorted((row.bounding_box()["y"], row.get_attribute("data-code")) for row in rows)
    return [code for _, code in places]


@pytest.mark.browser
def test_entries_incidents_and_parts_are_said_alike_in_sentence_tab_legend_filters_and_table(
    open_page: Opener, strike: gpd.GeoDataFrame
) -> None:
    opened = open_page(strike, EN)
    at_rest(opened.page)
    told = "7 entries: 4 incidents and 3 parts of them"
    assert opened.text("#remainder") == f"{told}; 1 has no place to draw; 1 has no day."
    assert opened.text("#panel .tabs") == "7 entries"
    opened.page.evaluate("for (const one of document.querySelectorAll('#legends details')) one.open = true")
    assert "Protest 3 (1 part)" in opened.text("#legend-points")
    opened.page.click("#filters-open")
    assert "Armed clash 2 (1 part)" in opened.text("[data-facet=type]")
    opened.page.click("[data-facet=type] input[value=armed-clash]")
    at_rest(opened.page)
    assert opened.text("#remainder") == "2 entries: 1 incident and 1 part of an incident."
    opened.page.click("#filters-open")
    assert "part of Strike" in next(text for text in listed(opened) if text.startswith("Day 27"))
    opened.page.evaluate("location.hash = '#step=day&length=1&end=2012-06-02&mode=window'")
    at_rest(opened.page)
    assert opened.text("#remainder") == (
        "2 entries: 1 incident and 1 part of one of them; 1 more without a day is in no time window."
    )
    opened.page.evaluate("location.hash = '#stage=table'")
    at_rest(opened.page)
    assert opened.text("#table-count") == (
        f"{told}; sorted by days, ascending. Grey numbers are of parts and are not added again."
    )


@pytest.mark.browser
def test_parts_stay_under_their_incident_in_list_and_table_in_any_order(
    open_page: Opener, strike: gpd.GeoDataFrame
) -> None:
    opened = open_page(strike, EN)
    at_rest(opened.page)
    codes = opened.page.eval_on_selector_all("#panel .entry", "all => all.map(one => one.dataset.code)")
    assert codes == ["STRIKE", "DAY-27", "DAY-28", "OTHER", "SIEGE", "NIGHT", "UNDATED"]
    parts = opened.page.eval_on_selector_all(
        "#panel .entries .part .entry", "all => all.map(one => [one.dataset.code, !!one.querySelector('.faint')])"
    )
    assert parts == [["DAY-27", True], ["DAY-28", True], ["NIGHT", False]]  # nobody knows the dead of the whole siege
    opened.page.click("#panel .entry[data-code=DAY-27]")
    opened.page.wait_for_selector("#panel h2:text-is('Day 27')")
    assert opened.text(".card-at") == "2 of 7"
    opened.page.keyboard.press("]")
    opened.page.wait_for_selector("#panel h2:text-is('Day 28')")
    opened.page.evaluate("location.hash = '#stage=table&sort=-killed'")
    at_rest(opened.page)
    assert in_table(opened) == ["STRIKE", "DAY-27", "DAY-28", "OTHER", "UNDATED", "SIEGE", "NIGHT"]
    faint = "all => all.map(one => one.closest('.table-row').dataset.code)"
    assert sorted(opened.page.eval_on_selector_all(".table-row .faint", faint)) == ["DAY-27", "DAY-28"]
    assert opened.page.locator(".table-row .cell.part").count() == 3
    opened.page.click('[data-sort="voice"]')
    at_rest(opened.page)
    assert in_table(opened)[:4] == ["OTHER", "STRIKE", "DAY-28", "DAY-27"]  # a newspaper, the commission, the union
    assert "The union" in opened.text(".table-row[data-code=DAY-28]")


@pytest.mark.browser
def test_list_and_files_say_whose_number_each_figure_is(
    open_page: Opener, strike: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    opened = open_page(strike, EN)
    at_rest(opened.page)
    assert [text.split("number of: ")[-1] for text in listed(opened)[:3]] == [
        "Truth commission", "Truth commission part of the incident above", "The union part of the incident above",
    ]  # fmt: skip
    opened.page.click("#download-open")
    saved = {}
    for form in ("csv", "geojson"):
        with opened.page.expect_download() as waited:
            opened.page.click(f'#download-menu [data-form="{form}"]')
        waited.value.save_as(tmp_path / f"x.{form}")
        saved[form] = (tmp_path / f"x.{form}").read_text("utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(saved["csv"]), strict=True)}
    features = {one["id"]: one["properties"] for one in json.loads(saved["geojson"])["features"]}
    wanted = {
        "STRIKE": ("9", "true", "report", "Truth commission", "Final report", "https://example.org/report"),
        "DAY-28": ("2", "false", "paper", "The union", "Strike ends", ""),
        "OTHER": ("7", "true", "paper", "A newspaper", "Strike ends", ""),
        "NIGHT": ("4", "true", "report", "Truth commission", "Final report", "https://example.org/report"),
        "SIEGE": ("", "", "", "", "", ""),
    }
    names = ("best", "adds", "source", "voice", "source_title", "source_url")
    for code, values in wanted.items():
        assert tuple(rows[code][f"killed_{name}"] for name in names) == values
        assert str(features[code]["killed_voice"] or "") == values[3]
    assert [rows[code]["part_of"] for code in ("DAY-27", "NIGHT", "OTHER")] == ["STRIKE", "SIEGE", ""]
    assert [rows[code]["counted"] for code in ("DAY-27", "OTHER")] == ["false", "true"]
    added = sum(int(row["killed_best"]) for row in rows.values() if row["killed_adds"] == "true")
    assert opened.text("#totals").startswith(f"{added} killed (unknown in 1) in 4 incidents")


@pytest.mark.browser
def test_a_frame_without_sources_says_nothing_of_voices(
    open_page: Opener, strike: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    opened = open_page(strike.assign(details=None), EN)
    at_rest(opened.page)
    assert "number of" not in opened.text("#panel")
    opened.page.click("#download-open")
    with opened.page.expect_download() as waited:
        opened.page.click('#download-menu [data-form="csv"]')
    waited.value.save_as(tmp_path / "x.csv")
    assert "killed_source" not in (tmp_path / "x.csv").read_text("utf-8-sig")


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore:Types that are not in the codebook")
def test_of_300_types_the_legend_names_the_most_frequent_and_opens_the_rest(open_page: Opener) -> None:
    kinds = [f"Kind {number:03d}" for number in range(300)]
    often = ["Kind 250"] * 3 + ["Kind 123"] * 2
    frame = make_frame({"title": "One", "type": kinds + often}, [shapely.Point(0.5, 0.5)] * 305)
    opened = open_page(frame, EN.changed(measure="incidents"))
    at_rest(opened.page)
    opened.page.evaluate("document.querySelector('#legend-signs').open = true")
    rows = "#legend-points .legend-types > ul li"
    assert opened.page.locator(rows).count() == 10
    assert [opened.text(f"{rows} >> nth={at}") for at in (0, 1, 2)] == ["Kind 250 4", "Kind 123 3", "Kind 000 1"]
    assert opened.text(".legend-rest summary") == "and 290 more"
    opened.page.click(".legend-rest summary")
    at_rest(opened.page)  # a browser tells of what has been opened a moment later
    assert opened.page.locator(".legend-rest li").count() == 290
    opened.page.fill("#search", "Kind")  # a settled selection makes the legend again, and leaves it open
    opened.page.fill("#search", "")
    at_rest(opened.page)
    assert opened.page.locator(".legend-rest li").count() == 290


@pytest.mark.browser
def test_a_page_of_no_incidents_says_so_instead_of_blaming_filters(open_page: Opener, strike: gpd.GeoDataFrame) -> None:
    opened = open_page(strike.iloc[:0], EN.changed(measure="incidents"))
    at_rest(opened.page)
    assert "This page holds no incidents." in opened.text("#panel")
    assert opened.text("#remainder") == ""
    opened.page.click("#stage-table")
    at_rest(opened.page)
    assert "This page holds no incidents." in opened.text("#table")


@pytest.mark.browser
def test_terms_of_a_card_say_what_they_mean_by_a_press(open_page: Opener, strike: gpd.GeoDataFrame) -> None:
    opened = open_page(strike, EN)
    opened.page.wait_for_selector("html[data-texts]")
    opened.page.click("#panel .entry[data-code=STRIKE]")
    opened.page.click(".card .hint summary:text-is('a stated total')")
    assert "as a total of all people" in opened.text(".card .hint[open]")


def test_the_voices_of_a_hundred_thousand_figures_take_little_of_a_page(strike: gpd.GeoDataFrame) -> None:
    # Names and documents are written once, each figure is a number; benchmarks.md has what 100,000 take.
    html = render(strike, EN, None, BASE).html()
    block = html.split('data-block="columns">')[1].split("</script>")[0]
    header, arrays = unpack(block)
    assert [voice["who"] for voice in header["voices"]] == [
        "Truth commission", SOURCES["paper"]["publisher"], "The union",
    ]  # fmt: skip
    assert arrays["voice"].dtype.itemsize == 1
    assert "killed_voice" not in arrays  # no other measure has another voice
