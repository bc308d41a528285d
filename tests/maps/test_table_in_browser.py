"""The table and the downloads, against pandas, Python's csv and geopandas.

Each test ends with nothing said on the console and nothing asked of a network (conftest).
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from opened_page import at_rest

from willay.events.exchange.incoming import guess_format, open_reading
from willay.events.frame.columns import TERMS
from willay.events.frame.frame import make_frame
from willay.maps import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from opened_page import Opened

    Opener = Callable[..., Opened]

pytestmark = [pytest.mark.browser]

EN = PageSpec(lang="en", measure="killed", acts=True)
MANY = 100_000
SOME_AND_MANY = pytest.mark.parametrize("count", [5_000, pytest.param(MANY, marks=pytest.mark.slow)])
GRID_DEGREES = 4e-6  # half a cell of the page's grid and half of the last decimal
STRANGE = (
    '=HYPERLINK("http://evil.example","click")',
    "+1-800", "-2+3", "@SUM(A1:A9)", " =1+1", "\u200f=cmd|' /C calc'!A0", "\uff1d1",
    'A "quoted", title; with 1,5', "Right-to-left \u202eevil\u202c mark", "long " * 2000 + "end",
    "Plain ñandú 🦙",
)  # fmt: skip


def frame_with(count: int, **columns: Any) -> gpd.GeoDataFrame:
    """Make incidents day by day, of which every 50th has no day and every 40th no place."""
    numbers = np.arange(count)
    days = np.datetime64("1980-01-01") + numbers * 16000 // count
    days = days.astype("datetime64[s]")
    days[numbers % 50 == 49] = np.datetime64("NaT")
    killed = np.where(numbers % 9 == 0, np.nan, (numbers * 7) % 23)
    filled: dict[str, Any] = {
        "code": np.array([f"XM-{n:06d}" for n in numbers], object),
        "title": np.array([f"Event {(n * 7919) % count}" for n in numbers], object),
        "type": np.array(["protest", "armed-clash", "abduction"], object)[numbers % 3],
        "first_day": days,
        "last_day": days,
        "date_precision": np.array(["day"] * count, object),
        "place_name": np.array([f"Place {n % 977}" for n in numbers], object),
        "place_precision": np.where(numbers % 40 == 39, "unknown", "settlement"),
        "adm1": np.array([f"Unit {n % 25}" for n in numbers], object),
        "country": np.array(["XX"] * count, object),
        "counted": np.ones(count, bool),
        "status": np.array(["published"] * count, object),
        "dataset": np.array(["made-up"] * count, object),
        "licence": np.array(["CC0-1.0"] * count, object),
        "actors": np.array([f"Actor {n % 5}; Crowd" for n in numbers], object),
        "source_count": numbers % 4,
        "source_kinds": np.array(["press"] * count, object),
        "killed_low": killed,
        "killed_best": killed,
        "killed_high": np.where(numbers % 5 == 0, killed + 3, killed),
        "recorded_at": np.array(["2026-11-23T08:00:00Z"] * count, object),
        **columns,
    }
    points = shapely.points(0.1 + (numbers % 180) / 100, 0.1 + (numbers % 170) / 100).astype(object)
    points[numbers % 40 == 39] = None
    return make_frame(filled, points, {"policy": "ranked-source", "policy_version": 1, "lang": "en"})


def in_order(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.sort_values(["first_day", "code"], na_position="last", kind="stable").reset_index(drop=True)


def to_table(opened: Opened) -> None:
    opened.page.wait_for_selector("html[data-texts]")
    opened.page.click("#stage-table")
    opened.page.wait_for_selector(".table-row")


def in_view(opened: Opened) -> list[str]:
    """Return the codes of the rows that can be seen, from the top down."""
    pane = opened.page.locator(".table-pane").bounding_box()
    top, bottom = pane["y"] - 2, pane["y"] + pane["height"] + 2
    rows = opened.page.query_selector_all(".table-row")
    boxes = [(row.bounding_box(), row.get_attribute("data-code")) for row in rows]
    return [
        code
        for box, code in sorted(boxes, key=lambda b: b[0]["y"])
        if box["y"] > top and box["y"] + box["height"] < bottom
    ]


def sort_by(opened: Opened, key: str) -> None:
    opened.page.click(f'[data-sort="{key}"]')
    at_rest(opened.page)


def saved(opened: Opened, form: str, folder: Path, within: str = "#table") -> Path:
    """Press a download's button and return the file that the browser has written."""
    with opened.page.expect_download(timeout=60_000) as waited:
        opened.page.click(f'{within} [data-form="{form}"]')
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@SOME_AND_MANY
def test_rows_scroll_to_the_last_with_few_in_the_document(open_page: Opener, count: int) -> None:
    frame = frame_with(count)
    opened = open_page(frame, EN)
    to_table(opened)
    expected = in_order(frame)["code"].tolist()
    assert in_view(opened)[:3] == expected[:3]
    assert opened.page.get_attribute("#table-grid", "aria-rowcount") == str(count + 1)
    opened.page.evaluate("document.getElementById('table-grid').scrollTop = 1e9")
    at_rest(opened.page)
    assert in_view(opened)[-1] == expected[-1]
    assert opened.page.get_attribute(".table-row >> nth=-1", "aria-rowindex") == str(count + 1)
    assert "Date unknown" in opened.text(".table-row >> nth=-1")
    assert opened.page.locator(".table-row").count() < 60
    opened.page.evaluate("document.getElementById('table-grid').scrollTop /= 2")
    at_rest(opened.page)
    middle = expected.index(in_view(opened)[0])
    assert abs(middle - count / 2) < max(count / 50, 20)
    opened.page.mouse.move(*[opened.page.locator(".table-pane").bounding_box()[k] + 60 for k in ("x", "y")])
    opened.page.mouse.wheel(0, 440)  # ten rows of 44 pixels, though the bar stands for more rows than pixels
    at_rest(opened.page)
    assert expected.index(in_view(opened)[0]) == middle + 10


def test_sorting_puts_rows_as_pandas_does_with_the_unknown_last_both_ways(open_page: Opener) -> None:
    frame = frame_with(600)
    opened = open_page(frame, EN)
    to_table(opened)
    ordered = in_order(frame)

    def top() -> list[str]:
        return in_view(opened)[:4]

    sort_by(opened, "killed")
    by_killed = ordered.sort_values("killed_best", ascending=False, na_position="last", kind="stable")
    assert top() == by_killed["code"].tolist()[:4]
    assert opened.page.get_attribute('[role="columnheader"]:has([data-sort="killed"])', "aria-sort") == "descending"
    sort_by(opened, "killed")
    rising = ordered.sort_values("killed_best", na_position="last", kind="stable")
    assert top() == rising["code"].tolist()[:4]
    opened.page.evaluate("document.getElementById('table-grid').scrollTop = 1e9")
    at_rest(opened.page)
    assert in_view(opened)[-1] == rising["code"].tolist()[-1]
    assert opened.text(".table-row >> nth=-1").split().count("unknown") >= 1
    sort_by(opened, "title")
    assert top() == ordered.sort_values("title", kind="stable")["code"].tolist()[:4]
    sort_by(opened, "days")
    sort_by(opened, "days")
    dated = ordered[ordered["first_day"].notna()]
    assert top() == dated["code"].tolist()[::-1][:4]
    assert "sorted by days, descending" in opened.text("#table-count")


def test_the_table_is_read_by_keyboard_alone(open_page: Opener) -> None:
    frame = frame_with(500)
    opened = open_page(frame, EN)
    to_table(opened)
    codes = in_order(frame)["code"].tolist()
    opened.page.focus("#table-grid")

    def active() -> str:
        named = opened.page.get_attribute("#table-grid", "aria-activedescendant")
        return str(opened.page.get_attribute(f"#{named}", "data-code"))

    assert active() == codes[0]
    for key, expected in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 499), ("Home", 0)):
        opened.page.keyboard.press(key)
        assert active() == codes[expected], key
        assert codes[expected] in in_view(opened), key
    opened.page.keyboard.press("PageDown")
    page = codes.index(active())
    assert 3 < page < 40
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector(".table-row[aria-selected=true]")
    assert opened.page.get_attribute(".table-row[aria-selected=true]", "data-code") == codes[page]
    opened.page.focus('[data-sort="title"]')
    opened.page.keyboard.press("Enter")
    at_rest(opened.page)
    assert opened.page.evaluate("document.activeElement.dataset.sort") == "title"


def test_the_table_follows_the_filters_and_says_when_nothing_is_left(open_page: Opener) -> None:
    opened = open_page(frame_with(300), EN)
    to_table(opened)
    opened.page.fill("#search", "XM-000007")
    at_rest(opened.page)
    assert in_view(opened) == ["XM-000007"]
    assert opened.text("#table-count").startswith("1 incident; sorted by")
    opened.page.fill("#search", "no such thing")
    at_rest(opened.page)
    assert in_view(opened) == []
    assert "No incident matches the filters." in opened.text("#table")
    assert "?" not in opened.text("#totals")


def test_columns_keep_their_widths_while_rows_scroll_and_fit_a_phone(open_page: Opener) -> None:
    opened = open_page(frame_with(400), EN, viewport={"width": 390, "height": 844})
    to_table(opened)
    edges = "cells => cells.map(c => c.getBoundingClientRect().left)"
    first = opened.page.eval_on_selector_all(".table-row >> nth=0 >> .cell", edges)
    assert len(first) == 3
    opened.page.evaluate("document.getElementById('table-grid').scrollTop = 7000")
    at_rest(opened.page)
    assert opened.page.eval_on_selector_all(".table-row >> nth=5 >> .cell", edges) == first
    assert opened.page.evaluate("document.documentElement.scrollWidth <= 390")


def test_the_csv_holds_the_selection_in_the_tables_order(open_page: Opener, tmp_path: Path) -> None:
    frame = frame_with(700)
    opened = open_page(frame, EN)
    to_table(opened)
    sort_by(opened, "code")
    sort_by(opened, "code")
    rows = read_csv(saved(opened, "csv", tmp_path))
    expected = frame.sort_values("code", ascending=False).reset_index(drop=True)
    text = ["code", "title", "type", "place_name", "place_precision", "adm1", "actors", "status", "dataset", "licence"]
    for column in (*text, "source_kinds", "date_precision"):
        assert [row[column] for row in rows] == expected[column].fillna("").tolist(), column
    for column in ("killed_low", "killed_best", "killed_high", "source_count"):
        told = [int(row[column]) if row[column] else None for row in rows]
        assert told == expected[column].astype(object).where(expected[column].notna(), None).tolist(), column
    days = expected["first_day"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert [row["first_day"] for row in rows] == days
    points = [(float(row["lon"]), float(row["lat"])) if row["lon"] else None for row in rows]
    assert [point is None for point in points] == expected.geometry.isna().tolist()
    placed = expected[expected.geometry.notna()]
    told = np.array([point for point in points if point])
    assert np.abs(told - np.column_stack([placed.geometry.x, placed.geometry.y])).max() < GRID_DEGREES


def test_the_csv_of_strange_texts_is_read_back_and_runs_no_formula(open_page: Opener, tmp_path: Path) -> None:
    frame = frame_with(len(STRANGE), title=np.array(STRANGE, object))
    opened = open_page(frame, EN)
    to_table(opened)
    rows = {row["code"]: row["title"] for row in read_csv(saved(opened, "csv", tmp_path))}
    for n, title in enumerate(STRANGE):
        shown = " ".join(title.split())  # a title is one line
        formula = shown.lstrip("\u200f ")[0] in "=+-@\uff1d"
        assert rows[f"XM-{n:06d}"] == ("'" if formula else "") + shown


def test_the_geojson_is_read_by_geopandas_and_equals_the_frame(open_page: Opener, tmp_path: Path) -> None:
    frame = frame_with(700)
    opened = open_page(frame, EN)
    opened.page.wait_for_selector("html[data-texts]")
    opened.page.click("#download-open")
    path = saved(opened, "geojson", tmp_path, "#download-menu")
    assert path.suffix == ".geojson"
    data = json.loads(path.read_text("utf-8"))
    assert data["willay"]["licences"] == ["CC0-1.0"]
    assert data["willay"]["selection"] == ["Whole period"]
    read = gpd.read_file(path)
    expected = in_order(frame)
    assert read.crs == "EPSG:4326"
    for column in ("code", "title", "type", "place_name", "actors"):
        assert read[column].tolist() == expected[column].tolist(), column
    assert read["killed_best"].astype("Int32").equals(expected["killed_best"])
    assert read.geometry.isna().tolist() == expected.geometry.isna().tolist()
    ours, theirs = (table.geometry.dropna().array for table in (read, expected))
    assert shapely.distance(np.asarray(ours), np.asarray(theirs)).max() < 2 * GRID_DEGREES


@pytest.fixture
def borrowed() -> gpd.GeoDataFrame:
    """Two rows of one dataset that may not be passed on, one of another that may, and one of none."""
    frame = frame_with(
        4,
        dataset=["borrowed", "borrowed", "open", None],
        dataset_version=["3", "3", None, None],
        licence=["No redistribution", "No redistribution", "CC-BY-4.0", None],
        attribution=["The lender", "The lender", "The giver", None],
        may_publish=[False, False, True, None],
        sensitivity=["confidential", None, "restricted", None],
    )
    frame.attrs |= {"profile": "internal (version 1)", "left_out": 2, "coarsened": 1, "attributions": ["The giver"]}
    return frame


def test_what_protects_a_row_is_in_both_downloads(
    open_page: Opener, tmp_path: Path, borrowed: gpd.GeoDataFrame
) -> None:
    opened = open_page(borrowed, EN)
    to_table(opened)
    rows = {row["code"]: row for row in read_csv(saved(opened, "csv", tmp_path))}
    path = saved(opened, "geojson", tmp_path)
    data = json.loads(path.read_text("utf-8"))
    features = {one["id"]: one["properties"] for one in data["features"]}
    for row in borrowed.to_dict("records"):
        told = {name: None if pd.isna(row[name]) else row[name] for name in TERMS}
        assert {name: features[row["code"]][name] for name in TERMS} == told
        text = {name: str(value).lower() if isinstance(value, bool) else value or "" for name, value in told.items()}
        assert {name: rows[row["code"]][name] for name in TERMS} == text
    said = data["metadata"]
    assert (said["for_own_use_only"], said["profile"]) == (True, "internal (version 1)")
    assert (said["left_out"], said["coarsened"]) == (2, 1)
    assert [(one["name"], one["may_publish"]) for one in said["datasets"]] == [("borrowed", False), ("open", True)]


def test_a_download_is_imported_on_the_terms_that_it_states(
    open_page: Opener, tmp_path: Path, borrowed: gpd.GeoDataFrame
) -> None:
    opened = open_page(borrowed, EN)
    to_table(opened)
    for form in ("csv", "geojson"):
        path = saved(opened, form, tmp_path)
        batches = list(open_reading(path, guess_format(path)).batches)
        rows = {row.external_id: row for batch in batches for row in batch.rows}
        named = {code: row.dataset for code, row in rows.items()}
        assert named == dict(zip(borrowed["code"], ["borrowed", "borrowed", "open", None], strict=True))
        levels = {code: (row.draft or {}).get("sensitivity") for code, row in rows.items()}
        assert levels == dict(zip(borrowed["code"], ["confidential", None, "restricted", None], strict=True))
        stated = {terms.name: terms.may_publish for batch in batches for terms in batch.datasets}
        assert (stated["borrowed"], stated["open"]) == (False, True)


def test_an_area_is_given_as_its_outline_not_as_a_point(open_page: Opener, tmp_path: Path) -> None:
    ring = shapely.box(0, 0, 1, 1).difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    frame = frame_with(3, place_precision=np.array(["district", "settlement", "settlement"], object))
    frame.geometry = [ring, *frame.geometry[1:]]
    opened = open_page(frame, EN)
    to_table(opened)
    read = gpd.read_file(saved(opened, "geojson", tmp_path)).set_index("code")
    shape = read.geometry["XM-000000"]
    assert shape.is_valid
    assert shape.symmetric_difference(ring).area < 1e-3
    assert shapely.get_num_interior_rings(shapely.get_geometry(shape, 0)) == 1
    assert read["drawn_as"].tolist() == ["area", "point", "point"]


@SOME_AND_MANY
def test_all_rows_are_written_while_the_page_still_answers(open_page: Opener, tmp_path: Path, count: int) -> None:
    opened = open_page(frame_with(count), EN)
    to_table(opened)
    opened.page.evaluate(
        """() => { window.longest = 0; let last = performance.now();
        const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last);
        last = now; setTimeout(beat, 10); }; beat(); }"""
    )
    path = saved(opened, "csv", tmp_path)
    assert len(read_csv(path)) == count
    assert opened.page.evaluate("window.longest") < 1000  # never frozen; a wide limit, as machines differ
