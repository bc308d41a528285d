"""A database of a country pack says everything in the pack's words, finds its places, and discloses by its levels."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from made_up_limits import write_all

from willay.data.countries import country
from willay.events.frame.query import IncidentQuery
from willay.events.store import Store
from willay.maps.header import page_header
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

FOREIGN = (
    "department",
    "province",
    "district",
    "first-level",
    "departamento",
    "provincia",
    "distrito",
    "state or region",
)
"""Words for units that this country does not have; `District` alone is no word of its levels either."""


@pytest.fixture
def office(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of a pack, which commands use, with three drafts: by name, by coordinates, and restricted."""
    write_all(tmp_path)
    words = (
        "--word", "shire,shires", "--word", "2:parish,parishes", "--word-es", "comarca,comarcas",
        "--word-es", "2:parroquia,parroquias",
    )  # fmt: skip
    files = ("--units", "adm1.geojson", "--units-2", "adm2.geojson", "--places", "MM.txt", "--people", "census.csv")
    assert run("country", "make", "MM", "mm.pack", *files, *words, "--people-attribution", "Census Office").code == 0
    (tmp_path / "office").mkdir()
    assert run("init", "office/mm.gpkg", "--country", "mm.pack").code == 0
    monkeypatch.setenv("WILLAY_DB", str(tmp_path / "office" / "mm.gpkg"))
    for day, place, more in (
        ("2021-03-05", "Village 12", ()),
        ("2021-03-06", "97.2,21.5", ()),
        ("2021-03-07", "ရွာ 40", ("--sensitivity", "restricted")),
    ):
        told = run(
            "add", "-t", f"March {day}", "--type", "protest", "--day", day, "--place", place, "-s", day, "-y", *more
        )
        assert told.code == 0, told.err
    return tmp_path / "office" / "mm.gpkg"


@pytest.mark.usefixtures("office")
def test_places_are_found_by_their_names_in_every_script(run: Run) -> None:
    found = json.loads(run("places", "ရွာ 40", "--format", "json").out)
    first = (found[0]["name"], found[0]["admin1"], found[0]["source"])
    assert first == ("Village 40", "Birch", "GeoNames")  # at 95.05 + 2.9 × 40 / 60 = 96.98° E
    assert run("places", "Village 40", "--format", "csv").out.splitlines()[1].startswith("Village 40,Birch")
    assert "Shire" in run("places", "Village 40").out
    inside = json.loads(run("places", "Village 4, Amber", "--format", "json").out)
    assert inside[0]["admin1"] == "Amber"


def test_places_are_those_of_the_pack_that_the_database_recorded(run: Run, office: Path, tmp_path: Path) -> None:
    beside = office.with_name("mm.pack")
    beside.write_bytes(b"another")
    told = run("places", "Village 40")
    assert "The places of this database are in mm.pack, which is not next to it" in told.err
    assert "Village 40" not in told.out
    assert run("country", "add", "mm.pack").code == 0  # the one that was made is in this folder
    assert "Village 40" in run("places", "Village 40").out
    assert (tmp_path / "settings" / "countries" / "MM.pack").is_file()


@pytest.mark.usefixtures("office")
def test_lists_cards_and_previews_have_the_words_of_the_pack(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {
        "list": run("list", "--status", "draft", "--profile", "internal").out,
        "card": run("show", "MM-2021-0001").out,
        "public": run("list", "--status", "draft", "--profile", "public").out,
    }
    assert told["list"].splitlines()[0].split("\t")[3] == "Shire"
    assert "Amber" in told["card"]
    unit = run("add", "-t", "x", "--type", "protest", "--day", "2021", "--place", "Village 12", "--place-precision",
               "province", "-s", "r", "--dry-run", "-y")  # fmt: skip
    assert "(parish)" in unit.err
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    told["lista"] = run("list", "--status", "draft", "--profile", "internal", "--lang", "es").out
    assert "Comarca" in told["lista"].splitlines()[0]
    lines = "\n".join((*told.values(), unit.err)).casefold()
    assert [word for word in FOREIGN if word in lines] == []


def test_pages_have_the_words_of_the_pack(office: Path) -> None:
    with Store.open(office) as store:
        frame = store.read.select(IncidentQuery.parse(status=["draft"]))
        regions = store.regions.select()
    table = ShapeTable()
    incidents = incident_columns(frame, table)
    areas = region_columns(regions, incidents, table)
    header = page_header(incidents, areas, PageSpec(kind="choropleth", lang="es"))
    assert [one["name"] for one in areas.sets] == [
        {"es": "Comarcas", "en": "Shires"},
        {"es": "Parroquias", "en": "Parishes"},
    ]
    assert (header["messages"]["en"]["column_adm1"], header["messages"]["es"]["column_adm1"]) == ("Shire", "Comarca")
    assert header["labels"]["es"]["place_precision"]["department"] == "comarca"
    assert header["labels"]["en"]["place_precision"]["province"] == "parish"
    first = areas.sets[0]["regions"][0]
    assert first["population"] == [[2014, 1000], [2019, 1100]]
    assert first["population_source"] == "Census Office"


@pytest.mark.usefixtures("office")
def test_hxl_has_the_codes_of_both_levels(run: Run, tmp_path: Path) -> None:
    assert run("export", "x.hxl.csv", "--status", "draft", "--profile", "internal").code == 0
    _, tags, first, *_ = csv.reader((tmp_path / "x.hxl.csv").read_text("utf-8").splitlines())
    row = dict(zip(tags, first, strict=True))
    assert (row["#adm1+code"], row["#adm2+code"]) == ("MMR001", row["#adm2+code"])
    assert row["#adm2+code"].startswith("MMR001D")
    assert (row["#adm1+name"], row["#adm2+name"].split()[0]) == ("Amber", "Amber")


@pytest.mark.usefixtures("office")
def test_what_is_restricted_leaves_by_the_first_level_of_the_pack(run: Run) -> None:
    rows = json.loads(run("list", "--status", "draft", "--profile", "public", "--format", "json").out)
    (coarse,) = [row for row in rows if row["first_day"] != row["last_day"]]
    assert (coarse["place_name"], coarse["admin_code"], coarse["place_precision"]) == ("Birch", "MMR002", "department")
    assert coarse["adm2"] is None


def test_the_database_alone_has_the_words_on_another_machine(
    run: Run, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(office, tmp_path / "elsewhere" / "copy.gpkg")
    monkeypatch.setenv("WILLAY_DB", str(tmp_path / "elsewhere" / "copy.gpkg"))
    told = run("list", "--status", "draft", "--profile", "internal")
    assert told.out.splitlines()[0].split("\t")[3] == "Shire"
    with Store.open(tmp_path / "elsewhere" / "copy.gpkg") as store:
        known = store.regions.known_country()
        assert known.levels[1].word("es", plural=True) == "parroquias"
        assert store.regions.nestings().of("MM").chain("MMR001D002") == ("MMR001", "MMR001D002")


def test_no_module_remembers_a_pack(office: Path) -> None:
    with Store.open(office) as store:
        packs = [one.facts for one in store.regions.packs()]
        assert country("MM", packs).levels[0].word("en") == "shire"
    assert country("MM").levels[0].word("en") != "shire"


def test_units_that_ended_hold_no_incident_and_are_on_no_page(run: Run, office: Path, tmp_path: Path) -> None:
    """The database begins with the shipped units; the pack's take the place of all of them."""
    assert run("init", "other.gpkg", "--country", "MM").code == 0
    (tmp_path / "here").mkdir()
    assert run("country", "add", "mm.pack", "--db", "other.gpkg").code == 0
    told = run("add", "-t", "x", "--type", "protest", "--day", "2021-03-06", "--place", "97.2,21.5", "-s", "r", "-y",
               "--db", "other.gpkg")  # fmt: skip
    assert "Cedar" in told.err
    assert "Shan" not in told.err
    with Store.open(tmp_path / "other.gpkg") as store:
        frame = store.read.select(IncidentQuery.parse(status=["draft"]))
        regions = store.regions.select()
        assert frame["adm1"].tolist() == ["Cedar"]
        table = ShapeTable()
        areas = region_columns(regions, incident_columns(frame, table), table)
    assert [len(one["regions"]) for one in areas.sets] == [3, 12]
    assert office.is_file()
