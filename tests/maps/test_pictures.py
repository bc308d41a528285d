from __future__ import annotations

import io
import math
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex
from matplotlib.image import imread
from pyproj import Geod
from squares import BASE, HOSTILE, ROWS, frame_of, regions_of

import willay.maps
from willay.geo import FileInTheWayError
from willay.maps import PageSpec, PictureSpec, SpecError, picture, render
from willay.maps.messages import labels, messages
from willay.maps.palette import TYPE_STYLES, class_colours
from willay.maps.pictures.land import scale_bar, view_of
from willay.maps.pictures.names import short_value
from willay.maps.pictures.outlines import mercator, path_of
from willay.maps.pictures.sheet import SMALL, Sheet
from willay.maps.pictures.signs import sign_path
from willay.maps.pictures.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    from willay.maps import Picture

KILLED = PageSpec(kind="choropleth", lang="en", measure="killed")
SMALL_SHEET = PictureSpec(size="a5", dpi=60)
BY_YEAR = PictureSpec(size="a5", dpi=60, by="year")
LATER = (*ROWS, {**ROWS[0], "code": "XX-8", "days": ("2011-05-01", "2011-05-01"), "killed": (2, 2, 2)})


def drawn(spec: PageSpec = KILLED, sheet: PictureSpec = SMALL_SHEET, rows: Any = ROWS) -> Picture:
    return picture(frame_of(rows), spec, regions_of(), BASE, sheet)


def fills(made: Picture) -> dict[str, str]:
    """The colour of each region's patch, by the number of its row in the table."""
    patches = [patch for axes in made.figure.axes for patch in axes.patches if patch.get_gid()]
    return {str(patch.get_gid()).removeprefix("region-"): to_hex(patch.get_facecolor()) for patch in patches}


def test_regions_have_the_colours_of_the_pages_palette() -> None:
    made = drawn()
    # Alpha: 33 + 1 (the part of 10 is in its whole, a district is in no square), Beta: 0, Gamma: not known.
    colours = class_colours(1)
    assert fills(made) == {"0": colours[1], "1": colours[0], "2": "#ffffff", "3": "#ffffff"}
    assert [look.kind for look in made.looks[0]] == ["class", "class", "hatched", "dotted"]
    assert [look.shown.value for look in made.looks[0]] == [34, 0, None, None]


def test_a_png_shows_that_colour_inside_the_region() -> None:
    made = drawn(sheet=PictureSpec(size="a5", dpi=100))
    pixels = (imread(io.BytesIO(made.written(".png")))[:, :, :3] * 255).round().astype(int)
    assert (pixels.shape[1], pixels.shape[0]) == (582, 826)  # 148 and 210 mm at 100 dots an inch
    wanted = [int(class_colours(1)[1][at : at + 2], 16) for at in (1, 3, 5)]
    share = (pixels == wanted).all(axis=2).mean()
    assert share > 0.03


def test_the_legend_says_what_the_page_says() -> None:
    words = messages("en")
    made = drawn()
    told = {row.text: row.count for row in made.legend[0].rows}
    assert told == {"1–34": 1, "0": 1, words["unknown_figure"]: 1, words["no_incident_known"]: 1}
    assert made.legend[0].head == f"{labels('en')['measures']['killed'].capitalize()} · {words['bound_best']}"


def test_signs_have_form_and_colour_of_their_type_and_counts() -> None:
    made = drawn(PageSpec(kind="timeline", lang="es"))
    types = {row.text: (row.colour, row.sign, row.count) for row in made.legend[0].rows}
    expected = {"armed-clash": 3, "protest": 2, "abduction": 1, "state-measure": 1}
    assert types == {labels("es")["types"][code]: (*TYPE_STYLES[code], count) for code, count in expected.items()}
    kinds = [row.kind for row in made.legend[1].rows]
    assert kinds == ["ring", "nominal"]  # "near" Gamma; somewhere in a district


@pytest.mark.parametrize("sign", sorted({sign for _, sign in TYPE_STYLES.values()}))
def test_signs_are_about_as_large_as_each_other(sign: str) -> None:
    corners = sign_path(sign).vertices
    assert 0.8 < np.abs(corners).max() < 1.3


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_the_same_input_gives_the_same_bytes(ending: str) -> None:
    spec = PageSpec(kind="atlas", measure="killed")
    first = drawn(spec)
    assert first.written(ending) == first.written(ending) == drawn(spec).written(ending)


def test_a_picture_is_the_same_whatever_the_readers_settings_are() -> None:
    import matplotlib as mpl  # noqa: PLC0415 — only here are its settings changed

    usual = drawn().written(".png")
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "hatch.linewidth": 7, "axes.facecolor": "black"}):
        before = dict(mpl.rcParams)
        assert drawn().written(".png") == usual
        assert dict(mpl.rcParams) == before


def test_the_ending_names_the_format_and_others_are_refused(tmp_path: Path) -> None:
    made = drawn()
    starts = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF", ".PNG": b"\x89PNG"}
    for ending, start in starts.items():
        assert made.save(tmp_path / f"map-{len(ending)}{ending}", force=True).read_bytes().startswith(start)
    for name in ("map.jpg", "map", "map.html"):
        with pytest.raises(SpecError, match=r"must end in one of \.png, \.svg, \.pdf"):
            made.save(tmp_path / name)


def test_a_file_in_the_way_is_replaced_only_when_asked_for(tmp_path: Path) -> None:
    made, target = drawn(), tmp_path / "map.png"
    target.write_text("mine")
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        made.save(target)
    assert target.read_text() == "mine"
    made.save(target, force=True)
    assert [file.name for file in tmp_path.iterdir()] == ["map.png"]


def test_every_year_has_a_panel_the_empty_ones_too_with_the_same_classes() -> None:
    made = drawn(sheet=BY_YEAR, rows=LATER)
    assert [panel.title for panel in made.panels] == ["2009", "2010", "2011", "2012"]
    alpha = [panel[0].shown.value for panel in made.looks]
    assert alpha == [33, None, 2, None]  # 2010: only the siege in Gamma; the clash of an unknown day is in no year
    colours = class_colours(2)
    assert [panel[0].colour for panel in made.looks] == [colours[2], None, colours[1], None]
    assert [row.text for row in made.legend[0].rows][:3] == ["3–33", "1–2", "0"]
    assert all(row.count is None for row in made.legend[0].rows)


def test_panels_add_up_where_the_window_is_cumulative() -> None:
    spec = PageSpec(kind="choropleth", lang="en", measure="killed", window="cumulative")
    made = drawn(spec, BY_YEAR, LATER)
    assert [panel[0].shown.value for panel in made.looks] == [33, 33, 35, 35]
    assert made.panels[-1].title == "until 2012"


def test_a_change_is_counted_from_the_panel_before() -> None:
    spec = PageSpec(kind="choropleth", lang="en", measure="incidents", rate="change")
    made = drawn(spec, BY_YEAR)
    assert made.looks[0][0].state == "early"
    assert made.looks[1][0].shown.value == -1
    assert (made.looks[1][0].rank or 0) < 0
    alone = drawn(spec)
    assert messages("en")["picture_change_needs_panels"] in alone.legend[0].notes


def test_too_many_panels_are_refused_with_a_way_out() -> None:
    for by, first, way_out in (
        ("month", "2003", "draw it by year, or select fewer days"),
        ("year", "1950", ": select fewer days"),
    ):
        old = {**ROWS[0], "code": "XX-0", "days": (f"{first}-01-01", f"{first}-01-01")}
        with pytest.raises(SpecError, match=way_out):
            drawn(sheet=PictureSpec(by=by), rows=(old, *ROWS))


def test_a_page_is_the_same_after_a_picture_was_drawn() -> None:
    frame, regions = frame_of(ROWS), regions_of()
    before = render(frame, KILLED, regions, BASE).html()
    picture(frame, KILLED, regions, BASE, SMALL_SHEET)
    assert render(frame, KILLED, regions, BASE).html() == before


def test_the_description_travels_inside_the_file() -> None:
    made = drawn()
    assert "Alpha 34" in made.description
    assert made.description.encode("latin-1", "ignore")[:40] in made.written(".png")
    document = ET.fromstring(made.written(".svg"))  # noqa: S314 — our own file
    svg = "{http://www.w3.org/2000/svg}"
    assert [document.findtext(f"{svg}title"), document.findtext(f"{svg}desc")] == [made.title, made.description]


def test_hostile_titles_are_text() -> None:
    spec = PageSpec(kind="choropleth", lang="en", title=f"{HOSTILE} $\\frac{{1}}{{0}}$ \U0001f525")
    made = drawn(spec)
    document = ET.fromstring(made.written(".svg"))  # noqa: S314 — our own file
    assert "<script" not in made.written(".svg").decode()
    assert document.findtext("{http://www.w3.org/2000/svg}title") == spec.title
    made.written(".png")


def test_letters_stay_letters_in_svg_and_pdf() -> None:
    made = drawn()
    assert re.search(r"<text [^>]*>(?:Killed|killed)", made.written(".svg").decode())
    assert b"/FontFile2" in made.written(".pdf")  # TrueType


@pytest.mark.parametrize("given", [{"size": "a3"}, {"by": "week"}, {"dpi": 10}, {"width_mm": 5.0}])
def test_sheets_that_cannot_be_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match=r"Choose one of|Give "):
        PictureSpec(**given)


def test_a_region_set_or_measure_that_is_not_there_is_refused() -> None:
    with pytest.raises(SpecError, match="Unknown region set 'moon'"):
        drawn(PageSpec(kind="choropleth", region_set="moon"))
    with pytest.raises(SpecError, match="None of these incidents has a figure for 'injured'"):
        drawn(PageSpec(kind="choropleth", measure="injured"))
    with pytest.raises(SpecError, match="needs regions"):
        picture(frame_of(ROWS), KILLED, None, BASE, SMALL_SHEET)


@pytest.mark.parametrize("kind", ["atlas", "timeline", "choropleth"])
def test_no_incident_at_all_makes_a_picture_too(kind: str) -> None:
    made = picture(frame_of(ROWS).iloc[:0], PageSpec(kind=kind, lang="en"), regions_of(), BASE, SMALL_SHEET)
    assert made.rows == 0
    made.written(".png")


def test_the_scale_bar_is_true_at_the_maps_middle() -> None:
    south = shapely.box(-80, -18, -70, -2)
    import geopandas as gpd  # noqa: PLC0415 — only here

    view = view_of([mercator(gpd.GeoSeries([south], crs="EPSG:4326"))], 0.7)
    length, reach = scale_bar(view)
    middle = math.degrees(math.atan(math.sinh((view[1] + view[3]) / 2 / 6_378_137)))
    degrees = math.degrees(reach / 6_378_137)
    assert Geod(ellps="WGS84").inv(-75, middle, -75 + degrees, middle)[2] == pytest.approx(length, rel=1e-3)
    assert str(length).strip("0") in {"1", "2", "5"}


def test_holes_stay_open() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    path = path_of(ring)
    assert path is not None
    turns = [shapely.LinearRing(corners).is_ccw for corners in path.to_polygons()]
    assert turns == [True, False]  # what goes round in the other direction is left out by every drawing library


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    sheet = Sheet((100, 100), 100, 1)
    text = "The longest incomprehensibilities " + "x" * 90 + " and short words after it"
    lines = sheet.wrap(text, SMALL, 30)
    assert all(sheet.measure(line, SMALL) <= 30 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_undated_incidents_are_told_of_where_no_panel_holds_them() -> None:
    spec = PageSpec(kind="choropleth", lang="en", measure="killed")
    made = drawn(spec, BY_YEAR)
    assert "1 without a date is not in any panel." in made.written(".svg").decode().replace("\n", " ")


def test_a_picture_says_for_whom_it_was_made_how_much_is_not_in_it_and_what_may_not_be_passed_on() -> None:
    frame = frame_of(ROWS)
    frame["dataset"], frame["licence"], frame["may_publish"] = "borrowed", "No redistribution", False
    frame.attrs |= {"profile": "public (version 1)", "left_out": 1234, "coarsened": 5}
    told = words_of(picture(frame, KILLED, regions_of(), BASE, PictureSpec(size="a4", dpi=60)))
    assert "borrowed · No redistribution · may not be passed on" in told
    assert "Disclosure profile: public (version 1). Incidents left out: 1,234." in told
    assert "Disclosure profile" not in words_of(drawn())
    assert "do not state the disclosure profile" in words_of(drawn())


def words_of(made: Picture) -> str:
    """The words that are written on a picture, lines joined."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", made.written(".svg").decode())
    return " ".join(" ".join(texts).split())


def test_a_picture_loads_no_browser_library_and_a_page_no_drawing_library() -> None:
    code = "import sys, willay.maps; willay.maps.{}; print(sorted({{'matplotlib', 'folium'}} & set(sys.modules)))"
    for name, expected in (("picture", "['matplotlib']"), ("render", "['folium']"), ("PageSpec", "[]")):
        done = subprocess.run([sys.executable, "-c", code.format(name)], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected
    assert pd.Series(willay.maps.__all__).is_unique


def test_an_open_end_is_told_in_the_lead_the_description_and_the_labels() -> None:
    # Low 67 + 2, best 69 + 3, stated at most 69 + 4; an "at least" counts, and has no most either.
    rows = (
        {**ROWS[0], "code": "XX-1", "killed": (67, 69, None)},
        {**ROWS[0], "code": "XX-2", "killed": (2, 3, 4), "at": (1.5, 0.5)},
    )
    made = drawn(rows=rows)
    assert "72 killed (69–73 or more) in 2 incidents" in made.description
    assert "Alpha 69, Beta 3" in made.description
    high = drawn(KILLED.changed(bound="high"), rows=rows)
    assert "Alpha 69+, Beta 4" in high.description
    assert [short_value(look, Words("en"), 0) for look in high.looks[0][:2]] == ["69+", "4"]
    spanish = drawn(KILLED.changed(lang="es"), rows=({**ROWS[0], "killed": (30, None, None)},))
    assert "30 muertos (30 o más" in spanish.description
