"""demo, init, map, export, and how fast and how quietly commands answer."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio
import pytest
from demos import of_years

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


def test_the_demo_writes_a_database_three_pages_a_profile_and_geojson(demo_folder: Path) -> None:
    names = {"peru.gpkg", "choropleth.html", "timeline.html", "atlas.html", "profile.html", "incidents.geojson"}
    assert {file.name for file in demo_folder.iterdir()} == names


def dump(database: Path) -> list[str]:
    """All that a database holds but the key of its own, which no other may have."""
    with closing(sqlite3.connect(database)) as connection:
        return [line for line in connection.iterdump() if "'disclosure_key'" not in line]


@pytest.mark.slow
def test_a_demo_built_twice_has_the_same_bytes_and_the_same_content(
    run: Callable[..., Result], demo_folder: Path, tmp_path: Path
) -> None:
    assert run("demo", "again").code == 0
    are_the_same(tmp_path / "again", demo_folder)


def test_so_has_a_demo_of_two_years(
    run: Callable[..., Result], two_years_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("willay.events.demo.incident_documents", of_years("2009", "2012", indicators=True))
    assert run("demo", "again").code == 0
    are_the_same(tmp_path / "again", two_years_folder)


def are_the_same(one: Path, other: Path) -> None:
    for name in ("choropleth.html", "timeline.html", "atlas.html", "incidents.geojson"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    assert dump(one / "peru.gpkg") == dump(other / "peru.gpkg")


@pytest.mark.usefixtures("small_demo")
def test_a_second_demo_keeps_the_incidents_that_were_added(run: Callable[..., Result]) -> None:
    assert run("demo", "mine").code == 0
    added = run("add", "--db", "mine/peru.gpkg", "--title", "Mío", "--type", "strike", "--day", "2012-01-01")
    assert added.code == 0, added.err
    assert "already exists and was not changed" in run("demo", "mine").err
    assert "Mío" in run("list", "--db", "mine/peru.gpkg", "--profile", "internal").out
    run("demo", "mine", "--force")
    assert "Mío" not in run("list", "--db", "mine/peru.gpkg", "--profile", "internal").out


def test_gis_programs_read_the_database(demo_folder: Path, run: Callable[..., Result]) -> None:
    database = demo_folder / "peru.gpkg"
    assert {"incidents", "regions"} <= set(pyogrio.list_layers(database)[:, 0])
    incidents = pyogrio.read_dataframe(database, layer="incidents")
    assert len(incidents) == len(json.loads(run("list", "--db", str(database), "-f", "json").out))
    assert len(pyogrio.read_dataframe(database, layer="regions")) == 26 + 14 + 32  # departments, places, decrees
    assert incidents.crs.to_epsg() == 4326
    assert {"code", "title", "killed_best", "first_day"} <= set(incidents.columns)


def test_every_fact_of_the_profile_is_in_the_demo(demo_folder: Path, run: Callable[..., Result]) -> None:
    database = str(demo_folder / "peru.gpkg")
    by_profile = json.loads(run("list", "--db", database, "--source", "peru-country-profile", "-f", "json").out)
    assert {"bagua-2009", "kepashiato-2012", "conga-july-2012", "barrios-altos-1991"} <= {
        row["key"] for row in by_profile
    }
    abroad = [row for row in by_profile if row["country"] == "CL"]
    assert [row["key"] for row in abroad] == ["fujimori-arrest-2005"]
    inside = run("list", "--db", database, "--region", "pe-departments/PE-TAC", "-f", "csv").out
    assert "fujimori-arrest-2005" not in inside


def test_an_empty_database_has_regions_and_refuses_to_be_made_twice(run: Callable[..., Result]) -> None:
    assert "72 regions" in run("init", "new.gpkg").err
    told = run("init", "new.gpkg")
    assert told.code == 5
    assert "already" in told.err
    assert run("list", "--db", "new.gpkg").err.startswith("0 incidents")
    assert run("map", "atlas", "empty.html", "--db", "new.gpkg").code == 0


@pytest.mark.usefixtures("peru")
@pytest.mark.parametrize("kind", ["choropleth", "timeline", "atlas"])
def test_a_page_is_one_file_that_is_not_replaced_unasked(run: Callable[..., Result], kind: str, tmp_path: Path) -> None:
    assert run("map", kind, "map.html", "--lang", "es", "--case", "conga").code == 0
    page = (tmp_path / "map.html").read_text("utf-8")
    assert '<html lang="es"' in page
    assert not re.search(r'<(script|img|iframe|link)[^>]+(src|href)=(?!"data:)', page)
    told = run("map", kind, "map.html")
    assert told.code == 5
    assert run("map", kind, "map.html", "--force").code == 0


@pytest.mark.usefixtures("peru")
def test_an_export_is_rfc_7946_and_not_replaced_unasked(run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("export", "out.geojson", "--from", "2012").code == 0
    document = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    assert all(row["properties"]["first_day"] >= "2012" for row in document["features"])
    assert len(pyogrio.read_dataframe(tmp_path / "out.geojson")) == len(document["features"])
    assert run("export", "out.geojson").code == 5
    assert run("export", "out.docx").code == 3


def test_the_ending_of_the_file_decides_between_page_and_picture(
    run: Callable[..., Result], peru: Path, tmp_path: Path
) -> None:
    starts = {"bagua.png": b"\x89PNG", "bagua.svg": b"<?xml", "bagua.pdf": b"%PDF"}
    for name, start in starts.items():
        told = run("map", "choropleth", name, "--days", "2009", "--dpi", "60", "--size", "a5", "--lang", "es")
        assert told.code == 0, told.err
        assert (tmp_path / name).read_bytes().startswith(start)
    assert run("map", "choropleth", "bagua.png", "--days", "2009").code == 5
    assert run("map", "choropleth", "bagua.docx").code == 3
    assert peru.exists()


@pytest.mark.usefixtures("peru")
def test_pictures_are_made_beside_the_page(run: Callable[..., Result], tmp_path: Path) -> None:
    told = run("map", "atlas", "a.html", "--days", "2012", "--png", "a.png", "--pdf", "a.pdf", "--dpi", "60")
    assert told.code == 0, told.err
    assert {"a.html", "a.png", "a.pdf"} <= {file.name for file in tmp_path.iterdir()}
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!")


@pytest.mark.usefixtures("peru")
def test_a_map_for_each_year_and_too_many_of_them(run: Callable[..., Result], demo_folder: Path) -> None:
    told = run(
        "map", "choropleth", "y.png", "--by", "year", "--days", "2009/2012", "--dpi", "60", "--measure", "killed"
    )
    assert told.code == 0, told.err
    database = str(demo_folder / "peru.gpkg")
    told = run("map", "choropleth", "m.png", "--by", "month", "--days", "2003/2012", "--db", database)
    assert told.code == 3
    assert "draw it by year" in told.err


@pytest.mark.usefixtures("peru")
def test_options_of_pictures_need_a_picture_and_limits_make_fixed_classes(run: Callable[..., Result]) -> None:
    told = run("map", "atlas", "a.html", "--by", "year")
    assert told.code == 2
    assert "--by applies to pictures only" in told.err
    assert run("map", "choropleth", "l.png", "--limits", "1,5,20", "--dpi", "60").code == 0
    assert run("map", "choropleth", "k.png", "--limits", "few").code == 2
    assert run("map", "atlas", "b.html", "--png", "b.pdf").code == 3


def test_help_loads_no_heavy_library() -> None:
    code = """
import sys
from willay.events.cli import main
sys.argv = ["willay", "--help"]
try:
    main()
except SystemExit:
    print(sorted({"folium", "geopandas", "matplotlib", "numpy", "pandas", "pydantic", "sqlalchemy"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "words", [("list",), *(("export", f"a.{end}", "--for-own-use") for end in ("geojson", "csv", "ndjson"))]
)
def test_lists_and_files_of_text_load_no_library_of_tables(peru: Path, words: tuple[str, ...]) -> None:
    code = f"""
import sys
from willay.events.cli import main
sys.argv = ["willay", *{words!r}, "--profile", "internal"]
try:
    main()
except SystemExit as end:
    print(end.code, sorted({{"geopandas", "pandas"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=peru.parent)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_traceback_is_shown_only_when_asked_for(run: Callable[..., Result]) -> None:
    assert "Traceback" not in run("show", "X").err
    with pytest.raises(LookupError, match=r"does not exist\. Create it"):
        run("show", "X", "--debug")


@pytest.mark.usefixtures("peru")
def test_a_map_of_nothing_says_so_in_its_last_line_and_keeps_the_land(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    told = run("map", "atlas", "later.html", "--from", "2030")
    assert told.code == 0
    last = told.err.splitlines()[-1]
    assert last.startswith("Note: 0 incidents match")
    assert " Left out: " in last
    assert "Note:" not in run("map", "atlas", "some.html", "--days", "2009").err
    assert (tmp_path / "later.html").stat().st_size > 400_000  # land, rivers and towns
    last = run("map", "choropleth", "later.png", "--from", "2030", "--dpi", "60").err.splitlines()[-1]
    assert (last[:7], " Left out: " in last) == ("Note: 0", True)


@pytest.mark.usefixtures("peru")
def test_a_map_of_incidents_without_places_says_how_many_can_be_drawn(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    rows = [{"title": f"T{n}", "type": "arrest", "days": f"2025-01-0{n + 1}"} for n in range(3)]
    (tmp_path / "drafts.json").write_text(json.dumps({"incidents": rows}), "utf-8")
    assert run("add", "--from-file", "drafts.json", "--yes").code == 0
    told = run("map", "timeline", "t.html", "--from", "2025", "--status", "draft")
    last = told.err.splitlines()[-1]
    assert last.startswith("Note: 0 of 3 incidents can be drawn")
    assert " Left out: " in last


@pytest.mark.usefixtures("peru")
def test_a_map_leaves_out_the_incidents_of_regions_with_few_and_says_how_many(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    told = run("map", "choropleth", "few.html", "--suppress-below", "5")
    assert told.code == 0
    assert re.search(r"Left out: \d+ incidents in \d+ regions with fewer than 5 incidents\.", told.err)
    assert (tmp_path / "few.html").exists()
    refused = run("map", "choropleth", "few.png", "--suppress-below", "5")
    assert refused.code != 0
    assert "applies to pages only" in refused.err
