"""Stories: what a view may be, files of stories, and links that do not fit the page."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from squares import BASE

from willay.maps import PageSpec, SpecError, Story, View, read_story, render
from willay.maps.fragments import NAMES

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

BOTH = {"en": "The dead.", "es": "Los muertos."}


def made(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, *fragments: str) -> Any:
    return render(frame, PageSpec(views=tuple(View(each, "Words.") for each in fragments)), regions, BASE)


@pytest.mark.parametrize(
    "link",
    ["measure=killed", "#measure=killed", "file:///a/b.html#measure=killed", " https://x.org/a?b=1#measure=killed "],
)
def test_of_a_link_the_part_after_the_sign_counts(link: str) -> None:
    assert View(link, "Words.").fragment == "measure=killed"


@pytest.mark.parametrize("link", ["", "#", "https://x.org/a.html"])
def test_a_link_without_that_part_is_the_page_as_it_opens(link: str) -> None:
    assert View(link, "Words.").fragment == ""


@pytest.mark.parametrize(
    ("caption", "match"),
    [
        ("", "caption is empty"),
        ({}, "caption is empty"),
        ({"en": " "}, "caption is empty"),
        ({"qu": "Willay"}, r"language 'qu'\. Choose one of: en, es"),
        ("x" * 501, "501 characters; at most 500"),
    ],
)
def test_captions_that_no_page_can_show_are_refused(caption: Any, match: str) -> None:
    with pytest.raises(SpecError, match=match):
        View("", caption)


def test_a_note_is_checked_as_a_caption_is_and_a_story_has_an_end() -> None:
    assert PageSpec(note=" A note. ").note == "A note."
    with pytest.raises(SpecError, match="note has 1001 characters"):
        PageSpec(note="x" * 1001)
    with pytest.raises(SpecError, match="11 views; a reader follows up to 10"):
        PageSpec(views=(View("", "Words."),) * 11)
    with pytest.raises(SpecError, match=r"has no caption\. Write the link, a vertical bar and the caption"):
        View.parse("measure=killed")


def test_what_fits_the_page_is_accepted(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    fits = (
        "measure=killed&bound=low&rate=area&scheme=quantiles&classes=4&set=zones&stage=table&tab=regions",
        "f.type=protest%2Carmed-clash&f.region=squares%2Falpha&mapView=clusters&step=year&end=2009-12-31&length=2",
        "open=XX-3&at=0.5,1.5,8.5&lang=es&mode=cumulative&end=&minimum=3&search=march&limits=1,5,20&overlay=0",
        "open=region:0&sort=-killed&speed=2&band=&limitsDay=2010-05-01&story=2&embed=0&minimum=",
    )
    assert made(frame, regions, *fits).rows == len(frame)


@pytest.mark.parametrize(
    ("fragment", "match"),
    [
        (
            "measure=injured",
            r"View 2 .*measure=injured\. 'injured' is not on the page\. Choose one of: incidents, killed",
        ),
        ("mesure=killed", "mesure=killed. The page has no setting of this name"),
        ("set=provinces", "Choose one of: squares, zones"),
        ("f.type=riot", "'riot' is not on the page"),
        ("f.type=protest,riot", "'riot' is not on the page"),
        ("f.region=alpha", "Choose one of: squares/alpha"),
        ("open=XX-99", "no such incident or region"),
        ("open=region:99", "no such incident or region"),
        ("end=june", "Write a day as 2009-06-05"),
        ("end=2009-02-30", "Write a day as 2009-06-05"),
        ("limitsDay=", "Write a day as 2009-06-05"),
        ("length=0", "Write a number from 1 to"),
        ("speed=fast", "Write a number from 0.25 to"),
        ("limits=1,x", "Write numbers separated by commas"),
        ("at=1,2", "Write longitude, latitude and zoom"),
        ("at=1,91,3", "Write longitude, latitude and zoom"),
        ("band=conga", "'conga' is not on the page. Choose one of: none"),
    ],
)
def test_what_does_not_fit_the_page_is_refused_with_what_to_do(
    frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame, fragment: str, match: str
) -> None:
    with pytest.raises(SpecError, match=match) as refused:
        made(frame, regions, "", fragment)
    assert str(refused.value).endswith("show what the view is to show, and copy its link.")


def test_the_settings_of_a_link_are_those_that_the_page_reads_and_writes() -> None:
    """Both lists are written by hand, each in its language: a new setting of the page must be in both."""
    script = (files("willay.maps") / "static" / "state" / "permalink.js").read_text("utf-8")
    reader = script[script.index("export function readFragment") :]
    plain = re.findall(
        r"^  (\w+): (?:\[|UNITS)", script[script.index("const PLAIN") : script.index("};")], re.MULTILINE
    )
    known = re.findall(
        r"^    (\w+): (?!\()", reader[reader.index("const known") : reader.index("const read")], re.MULTILINE
    )
    read = re.findall(r"^    (\w+): \(", reader[reader.index("const read") :], re.MULTILINE)
    apart = re.findall(r'name === "(\w+)"', reader)
    facets = {name for name in NAMES if name.startswith("f.")}
    assert {*plain, *known, *read, *apart} == NAMES - facets


@pytest.mark.parametrize("ending", [".toml", ".yaml", ".json"])
def test_a_story_is_read_from_a_file(tmp_path: Path, ending: str) -> None:
    told = {"title": "A year", "note": {"en": "Note.", "es": "Nota."}, "views": [
        {"link": "https://x.org/a.html#measure=killed", "caption": BOTH}, {"caption": "All."}]}  # fmt: skip
    toml = (
        'title = "A year"\n[note]\nen = "Note."\nes = "Nota."\n[[views]]\nlink = "#measure=killed"\n'
        'caption = {en = "The dead.", es = "Los muertos."}\n[[views]]\ncaption = "All."\n'
    )
    file = tmp_path / f"story{ending}"
    file.write_text(toml if ending == ".toml" else json.dumps(told), "utf-8")
    views = (View("measure=killed", BOTH), View("", "All."))
    assert read_story(file) == Story("A year", {"en": "Note.", "es": "Nota."}, views)


@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("s.txt", "title: A", "must end in .toml, .yaml or .json"),
        ("s.yaml", "- 1", "is not a story"),
        ("s.yaml", "titel: A", "unknown key 'titel'. Known keys: title, note, views"),
        ("s.yaml", "views: [{link: a, text: b}]", "view 1: unknown key 'text'. Known keys: link, caption"),
        ("s.yaml", "views: [a]", "view 1: write a link and a caption"),
        ("s.yaml", "views: 3", "views must be a list"),
        ("s.yaml", "views: [{link: 3, caption: b}]", "view 1: the link must be a text"),
        ("s.yaml", "title: [a]", "the title must be one text"),
        ("s.toml", "title = ", "is not TOML"),
    ],
)
def test_a_file_that_holds_no_story_is_refused(tmp_path: Path, name: str, text: str, match: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SpecError, match=match):
        read_story(tmp_path / name)
