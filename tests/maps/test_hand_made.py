"""Pages and pictures of frames made or changed by hand: right, or refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from squares import BASE

from willay.events import FrameError, FrameWarning, explode_places, make_frame
from willay.events.exchange.outgoing import write
from willay.maps import PageSpec, PointLayer, RegionLayer, picture, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from opened_page import Opened

    Opener = Callable[..., Opened]

SPEC = PageSpec(lang="en")


@pytest.fixture
def plain() -> gpd.GeoDataFrame:
    """The least that somebody has: titles, days, deaths, points."""
    columns = {"title": ["A", "B"], "first_day": ["2001-02-03", "2001-02-04"], "killed_best": [3, 0]}
    return make_frame(columns, [shapely.Point(0.5, 0.5), shapely.Point(1.5, 0.5)])


def ruined(frame: gpd.GeoDataFrame) -> list[tuple[Any, str]]:
    return [
        (pd.concat([frame, frame]), "also the code of an earlier row"),
        (frame.set_geometry([shapely.Point(1, 95), None], crs="EPSG:4326"), "not on the Earth"),
        (frame.assign(killed_best=[1.5, 0]), "not a whole number"),
        (frame.assign(last_day=frame["first_day"] - pd.Timedelta(days=1)), "before its first day"),
        (pd.DataFrame(frame), "Expected an incident frame .*got a DataFrame"),
        (frame.drop(columns="type"), r"lacks type.*willay\.events\.make_frame"),
        (frame[["code", "geometry"]], r"lacks key, .* more columns"),
    ]


def test_what_is_not_sound_is_refused_by_pages_pictures_and_layers(
    plain: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    for frame, words in ruined(plain):
        for made in (
            lambda given=frame: render(given, SPEC, regions, BASE),
            lambda given=frame: picture(given, SPEC, regions, BASE),
            lambda given=frame: PointLayer(given),
        ):
            with pytest.raises(FrameError, match=words):
                made()


def test_a_row_for_each_place_is_drawn_as_points_and_summed_by_nobody(
    plain: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    places = [{"name": "One", "lon": 0.5, "lat": 0.5}, {"name": "Two", "lon": 1.5, "lat": 1.5}]
    each = explode_places(plain.assign(details=json.dumps({"places": places})))
    assert each["place_name"].tolist() == ["One", "Two"] * 2
    assert PointLayer(each).kind == "points"
    assert write(each, tmp_path / "places.csv").rows == 4
    for made in (
        lambda: render(each, SPEC, regions, BASE),
        lambda: picture(each, SPEC, regions, BASE),
        lambda: RegionLayer(each, regions),
    ):
        with pytest.raises(FrameError, match="one row per place"):
            made()


def test_types_of_ones_own_are_drawn_with_a_warning(plain: gpd.GeoDataFrame) -> None:
    with pytest.warns(FrameWarning, match="drawn like other events: Battle. Known types: .*armed-clash"):
        render(plain.assign(type="Battle"), SPEC, None, BASE)


@pytest.mark.browser
def test_a_page_of_the_least_columns_lists_and_counts_its_incidents(
    open_page: Opener, plain: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    opened = open_page(plain, SPEC, regions)
    assert opened.page.locator("#panel .entry").count() == 2
    listed = opened.text("#panel")
    assert "Place without a name" in listed
    assert "Place unknown" not in listed
    assert "+" not in listed  # nobody said "at least"
    assert "in none of the regions" not in opened.text("#remainder")
    assert opened.text("#totals").startswith("3 killed in 2 incidents")
    assert "Numbers" not in opened.text("#foot .line")
    assert "Other incident" in (opened.page.text_content("#legend-points") or "")


def test_the_page_on_frames_of_ones_own_shows_what_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (Path(__file__).parents[2] / "docs/en/reference/frames.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "frames.md", "exec"), {})  # noqa: S102 — our own example
    assert {file.name for file in tmp_path.iterdir()} == {"mine.html", "mine.png"}


VERBS: dict[str, Callable[[gpd.GeoDataFrame], Any]] = {
    "merge": lambda frame: frame.merge(pd.DataFrame({"code": frame["code"], "more": 1}), on="code"),
    "sjoin": lambda frame: frame.sjoin(gpd.GeoDataFrame({"z": [1]}, geometry=[shapely.box(-9, -9, 9, 9)], crs=4326)),
    "overlay": lambda frame: gpd.overlay(
        frame, gpd.GeoDataFrame({"z": [1]}, geometry=[shapely.box(-9, -9, 9, 9)], crs=4326), keep_geom_type=False
    ),
    "dissolve": lambda frame: frame.dissolve("code").reset_index(),
    "remade": lambda frame: gpd.GeoDataFrame(pd.DataFrame(frame).to_dict("list"), crs=4326).astype(frame.dtypes),
    "concat of two policies": lambda frame: pd.concat([frame, other_policy(frame)]),
    "concat with what states nothing": lambda frame: pd.concat([frame, stateless(other_policy(frame))]),
    "copy": lambda frame: frame.copy(),
    "filter": lambda frame: frame[frame["killed_best"] >= 0],
    "sort": lambda frame: frame.sort_values("title", ascending=False),
    "assign": lambda frame: frame.assign(summary="x"),
    "concat of equals": lambda frame: pd.concat([frame.iloc[:1], frame.iloc[1:]]),
}
STATED = {"policy": "median", "policy_version": 1, "profile": "partner (7)", "as_of": "2020-01-02T00:00:00+00:00",
          "question": "types protest", "attributions": ["Credit to Somebody"]}  # fmt: skip


def other_policy(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    other = frame.assign(code=frame["code"] + "x")
    other.attrs = {**STATED, "policy": "latest"}
    return other


def stateless(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    frame.attrs = {}
    return frame


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_picture_states_of_its_origin_what_its_frame_carries_and_nothing_else(
    plain: gpd.GeoDataFrame, verb: str, lang: str
) -> None:
    plain.attrs = dict(STATED)
    frame = VERBS[verb](plain)
    drawn = picture(frame, PageSpec(kind="timeline", lang=lang), None, BASE)
    said = drawn.description
    is_stated = frame.attrs.get("policy") == "median"
    assert ({"en": "“median”", "es": "«mediana»"}[lang] in said) == is_stated
    assert drawn.keywords == ("policy=median; policy_version=1" if is_stated else "")
    assert (b"policy=median; policy_version=1" in drawn.written(".svg")) == is_stated
    for policy in ("fuente de mayor rango", "ranked", "“latest", "«la más reciente"):
        assert policy not in said
    not_stated = {"en": "do not state the policy", "es": "no indican con qué regla"}[lang]
    assert (not_stated in said) != is_stated
    for text in (
        {"en": "2 Jan 2020, 00:00 (UTC)", "es": "2 ene 2020, 00:00 (UTC)"}[lang],
        "types protest",
        "Credit to Somebody",
    ):
        assert (text in said) == is_stated


@pytest.mark.browser
@pytest.mark.parametrize("verb", ["merge", "concat of two policies", "sort"])
def test_a_page_states_of_its_origin_what_its_frame_carries_and_nothing_else(
    open_page: Opener, plain: gpd.GeoDataFrame, verb: str
) -> None:
    plain.attrs = dict(STATED)
    frame = VERBS[verb](plain)
    is_stated = frame.attrs.get("policy") == "median"
    opened = open_page(frame, SPEC)
    page = opened.page
    said = opened.text("#foot .line")
    page.click("#panel .entry")
    page.wait_for_selector("#panel .card")
    card = opened.text("#panel .card")
    page.click("#about")
    about = opened.text("dialog.about")
    assert ("Numbers: middle one of the sources" in said) == is_stated
    for text in (about, card):
        assert ("“median”" in text) == is_stated, text
        assert "ranked source" not in text
        assert "“latest”" not in text
    assert "ranked source" not in said
    assert ("not stated" in about) != is_stated
    assert ("Jan" in said and "2020" in said) == is_stated
    assert ("Credit to Somebody" in said) == is_stated
    assert ("partner (7)" in about) == is_stated
    assert ("do not state the disclosure profile" in about) != is_stated
    page.click("dialog.about button")
    page.click("#lang-es")
    page.wait_for_selector("html[lang=es]")
    assert ("Cifras" in opened.text("#foot .line")) == is_stated
