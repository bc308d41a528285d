from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from squares import BASE, HOSTILE, ROWS, frame_of, regions_of

import willay.maps
from willay.data.codebook import codebook
from willay.events.model.errors import FrameError
from willay.events.model.policy import FIGURE_MEASURES
from willay.geo import FileInTheWayError
from willay.maps import PageSpec, ScriptError, SpecError, TableError, render
from willay.maps.assets import gather, leaflet_script, leaflet_style, page_script
from willay.maps.incidents import incident_columns
from willay.maps.messages import messages
from willay.maps.palette import TYPE_STYLES
from willay.maps.payload import unpack
from willay.maps.shapes import ShapeTable

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

ATTRIBUTES = {"src", "href", "srcset", "data", "action", "poster"}


class Reader(HTMLParser):
    """Collects the elements of a page and the addresses in its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self.blocks: dict[str, str] = {}
        self.block: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        known = dict(attrs)
        self.addresses += [value for name, value in attrs if name in ATTRIBUTES]
        self.block = known.get("data-block")

    def handle_data(self, data: str) -> None:
        if self.block:
            self.blocks[self.block] = data
        self.block = None


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


def core(
    frame: gpd.GeoDataFrame, spec: PageSpec, regions: gpd.GeoDataFrame | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    blocks = read(render(frame, spec, regions, BASE).html()).blocks
    (header, first), (_, later) = unpack(blocks["core"]), unpack(blocks["columns"])
    assert header["later"] == sorted(later)
    return header, first | later


def test_an_incident_whose_last_day_is_unknown_ends_on_its_first(frame: gpd.GeoDataFrame) -> None:
    """Days of ROWS: `lasted` is how many days later an incident ended; XX-3 was a siege until February."""
    known = incident_columns(frame, ShapeTable()).arrays["lasted"].tolist()
    assert known == [1, 0, 0, 75, 30, 0, 0]
    unknown = incident_columns(frame.assign(last_day=pd.NaT), ShapeTable()).arrays["lasted"].tolist()
    assert unknown == [0] * 7


def test_the_public_names_are_sorted_and_there() -> None:
    assert willay.maps.__all__ == sorted(willay.maps.__all__)
    assert all(hasattr(willay.maps, name) for name in willay.maps.__all__)


@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_the_same_input_gives_the_same_bytes(kind: str, frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    spec = PageSpec(kind=kind, lang="en")
    assert render(frame, spec, regions, BASE).html() == render(frame_of(ROWS), spec, regions_of(), BASE).html()


@pytest.mark.filterwarnings("ignore:No incident is in the country")  # the made-up one is in the Gulf of Guinea
def test_the_outline_of_the_incidents_country_is_drawn_where_one_is_shipped(frame: gpd.GeoDataFrame) -> None:
    for country, outlines, attribution in (("PE", 1, True), ("XX", 0, False)):
        page = render(frame.assign(country=country), PageSpec(lang="en")).html()
        header, _ = unpack(read(page).blocks["core"])
        assert len(header["base"]["country"]) == outlines
        assert any("Natural Earth" in credit for credit in header["origin"]["credits"]) == attribution


def test_a_page_can_be_written_twice(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    page = render(frame, PageSpec(lang="en"), regions, BASE)
    assert page.html() == page.html()


def test_a_set_has_its_own_title_or_the_word_for_its_units_or_its_name(
    frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    def titles(table: gpd.GeoDataFrame, lang: str) -> list[str]:
        header, _ = core(frame, PageSpec(lang="en"), table)
        return [held["name"][lang] for held in header["regions"]]

    assert titles(regions, "en") == ["squares", "zones"]
    units = regions.assign(set=regions["set"].replace({"squares": "pe-departments", "zones": "zz-adm1"}))
    assert titles(units, "en") == ["Departments", "First-level units"]
    assert titles(units, "es") == ["Departamentos", "Unidades de primer nivel"]
    own = regions["set"].map({"squares": '{"en": "Our squares", "es": "Nuestros cuadrados"}', "zones": "Red zones"})
    assert titles(regions.assign(set_title=own), "es") == ["Nuestros cuadrados", "Red zones"]


def test_the_order_of_the_rows_does_not_matter(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    spec = PageSpec(lang="en")
    assert render(frame.iloc[::-1], spec, regions, BASE).html() == render(frame, spec, regions, BASE).html()


def test_the_page_names_no_address_and_forbids_fetching(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    text = render(frame, PageSpec(lang="en"), regions, BASE).html()
    assert [address for address in read(text).addresses if not address.startswith(("data:", "#"))] == []
    assert "default-src 'none'" in text.replace("&#39;", "'")
    assert "sourceMappingURL" not in text


def test_a_background_from_the_network_is_allowed_only_when_asked_for(frame: gpd.GeoDataFrame) -> None:
    text = render(frame, PageSpec(tiles="https://{s}.tiles.example/{z}/{x}/{y}.png"), None, BASE).html()
    assert "img-src data: blob: https://*.tiles.example;" in text
    with pytest.raises(SpecError, match="https:// address"):
        PageSpec(tiles="http://tiles.example/{z}/{x}/{y}.png")


def test_texts_of_incidents_never_reach_the_document_as_markup(hostile_frame: gpd.GeoDataFrame) -> None:
    plain = read(render(frame_of(ROWS[:1]), PageSpec(lang="en"), None, BASE).html())
    page = render(hostile_frame, PageSpec(lang="en"), None, BASE).html()
    assert read(page).elements == plain.elements
    assert "alert(" not in page


def test_a_hostile_title_of_the_page_is_escaped(frame: gpd.GeoDataFrame) -> None:
    page = render(frame, PageSpec(lang="en", title=HOSTILE), None, BASE).html()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{7*7}}" in page


def test_rows_are_in_order_of_their_first_day_and_undated_ones_last(frame: gpd.GeoDataFrame) -> None:
    header, arrays = core(frame, PageSpec(lang="en"))
    days = [None if day == np.iinfo(np.int32).min else np.datetime64(int(day), "D") for day in arrays["first"]]
    assert [str(day) for day in days] == [
        "2009-06-05", "2009-06-05", "2009-06-05", "2009-11-20", "2011-03-01", "2012-01-01", "None",
    ]  # fmt: skip
    assert header["measures"] == ["killed"]
    assert list(arrays["killed_best"]) == [34, 1, 11, 0, 3, 0, 2]  # one higher than they are; 0 is unknown


def test_imprecise_places_are_rings_and_a_country_is_not_drawn(frame: gpd.GeoDataFrame) -> None:
    _, arrays = core(frame, PageSpec(lang="en"))
    assert list(arrays["drawn"]) == [1, 1, 1, 2, 3, 0, 1]
    facts = codebook().place_precision
    assert list(arrays["radius_m"])[3:5] == [
        facts["near"].facts["radius_m"],
        facts["district"].facts["nominal_m"],
    ]


def test_coordinates_come_back_within_a_metre(frame: gpd.GeoDataFrame) -> None:
    _, arrays = core(frame, PageSpec(lang="en"))
    place = arrays["place"][1]
    lon = arrays["place_x"][place] / 2**26 * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * arrays["place_y"][place] / 2**26))))
    assert (lon, lat) == pytest.approx((1.5, 0.5), abs=1e-5)


def test_a_version_of_a_region_holds_only_incidents_of_its_days(
    frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame
) -> None:
    header, arrays = core(frame, PageSpec(lang="en"), regions)
    zones = next(held for held in header["regions"] if held["key"] == "zones")["regions"]
    held = {region["id"]: set() for region in zones}
    for row, region in zip(arrays["member_row"], arrays["member_region"], strict=True):
        held.get(int(region), set()).add(int(row))
    assert list(held.values()) == [{0, 2}, {3}]
    assert [held["key"] for held in header["regions"]] == ["squares", "zones"]
    assert all(region["working"] for region in zones)


def test_both_languages_have_the_same_words() -> None:
    es, en = messages("es"), messages("en")
    assert set(es) == set(en)
    for key, text in en.items():
        holes = [set(re.findall(r"\{(\w+)\}", str(words))) for words in (text, es[key])]
        assert holes[0] == holes[1], key


def test_every_message_that_the_scripts_ask_for_is_there() -> None:
    asked = set(re.findall(r"""\bt\(\s*["'](\w+)["']""", page_script()))
    assert asked
    asked |= {
        word
        for pair in re.findall(r"""\bt\([^()"']*(?:\([^()]*\))? \? ["'](\w+)["'] : ["'](\w+)["']""", page_script())
        for word in pair
    }
    assert {"unnamed", "unplaced"} <= asked
    assert asked - set(messages("en")) == set()
    assert {f"basis_{word}" for word in ("total", "sum", "group", "pinned")} <= set(messages("en"))


def test_every_type_of_the_codebook_has_a_look_of_its_own() -> None:
    assert set(TYPE_STYLES) == set(codebook().types.codes())
    assert len(set(TYPE_STYLES.values())) == len(TYPE_STYLES)


def test_a_file_that_is_there_is_replaced_only_by_force(frame: gpd.GeoDataFrame, tmp_path: Path) -> None:
    page = render(frame, PageSpec(lang="en"), None, BASE)
    path = page.save(tmp_path / "page.html")
    first = path.read_bytes()
    with pytest.raises(FileInTheWayError, match="force=True"):
        page.save(path)
    assert page.save(path, force=True).read_bytes() == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(frame: gpd.GeoDataFrame) -> None:
    shown = render(frame, PageSpec(lang="en"), None, BASE)._repr_html_()
    assert read(shown).elements == ["iframe"]


def test_an_empty_frame_still_makes_a_page(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    assert "<html" in render(frame.iloc[:0], PageSpec(lang="en", measure="killed"), regions, BASE).html()


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"kind": "globe"}, "kind is 'globe'. Choose one of: choropleth, timeline, atlas"),
        ({"lang": "qu"}, "lang is 'qu'"),
        ({"measure": "tanks"}, "incidents, killed"),
        ({"bound": "middle"}, "low, best, high"),
        ({"scheme": "jenks"}, "natural-breaks, quantiles, equal-interval"),
        ({"classes": 40}, "classes is '40'"),
    ],
)
def test_a_page_that_cannot_be_is_refused_with_the_choices(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(SpecError, match=match):
        PageSpec(**wrong)


def test_changing_a_spec_leaves_what_is_not_given() -> None:
    spec = PageSpec(classes=7).changed(scheme="quantiles", classes=None)
    assert (spec.scheme, spec.classes) == ("quantiles", 7)
    assert PageSpec(measure=FIGURE_MEASURES[0]).measure == "killed"


def test_what_the_data_do_not_have_is_refused(frame: gpd.GeoDataFrame, regions: gpd.GeoDataFrame) -> None:
    with pytest.raises(SpecError, match="needs regions"):
        render(frame, PageSpec(kind="choropleth"), None, BASE)
    with pytest.raises(SpecError, match="Region sets of the page: squares, zones"):
        render(frame, PageSpec(region_set="provinces"), regions, BASE)
    with pytest.raises(SpecError, match="incidents, killed"):
        render(frame, PageSpec(measure="abducted"), regions, BASE)
    with pytest.raises(TableError, match="lacks key"):
        render(frame, PageSpec(), regions.drop(columns="key"), BASE)
    with pytest.raises(TableError, match="EPSG:4326"):
        render(frame, PageSpec(), regions.to_crs(3857), BASE)
    with pytest.raises(FrameError, match="XX-1: its details are not valid JSON"):
        render(frame_of(({**ROWS[0], "details": "{"},)), PageSpec(), None, BASE)


def test_modules_are_written_once_after_those_they_need() -> None:
    sources = {
        "main.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
        "b.js": 'import { c } from "./c.js";\nexport function b() { return c; }\n',
        "c.js": "export const c = 1;\n",
        "unused.js": "export const d = 1;\n",
    }
    text = gather(sources, "main.js")
    assert [line for line in text.splitlines() if line] == [
        "// ---- c.js", "const { c } = (() => {", "const c = 1;", "return { c };", "})();",
        "// ---- b.js", "const { b } = (() => {", "function b() { return c; }", "return { b };", "})();",
        "// ---- main.js", "(() => {", "b(c);", "return {  };", "})();",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "match"),
    [
        ('import { a } from "./main.js";\n', "main.js → other.js → main.js"),
        ('import { x } from "./gone.js";\n', "other.js imports gone.js, which does not exist"),
        ("export const a = 2;\n", "main.js and other.js both export 'a'"),
    ],
)
def test_modules_that_do_not_fit_together_are_refused(other: str, match: str) -> None:
    with pytest.raises(ScriptError, match=match):
        gather({"main.js": 'import { b } from "./other.js";\nexport const a = 1;\n', "other.js": other}, "main.js")


def test_scripts_and_styles_cannot_end_their_element() -> None:
    for text in (leaflet_script(), leaflet_style(), page_script()):
        assert not re.search(r"</(script|style)", text, re.IGNORECASE)
    assert "url(images/" not in leaflet_style()


def test_a_frame_that_has_lost_its_attributes_still_gives_the_credits_of_its_rows() -> None:
    """As `merge` and others of pandas lose them."""
    frame = frame_of(ROWS)
    frame["dataset"], frame["licence"], frame["attribution"] = "lent", "CC-BY-4.0", "The lender"
    frame["may_publish"] = False
    frame.attrs.clear()
    header, _ = core(frame, PageSpec())
    assert header["origin"]["attributions"] == ["The lender"]
    assert header["origin"]["datasets"] == [
        {"name": "lent", "licence": "CC-BY-4.0", "attribution": "The lender", "may_publish": False}
    ]
