"""Actors, cases, phases and indicators in files: what each format has, and what a profile or a past day leaves out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pyogrio
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]

SOURCE = "peru-country-profile"


@pytest.fixture
def peru(two_years: Path) -> Path:
    """What is tried here does not depend on how much there is."""
    return two_years


@pytest.fixture
def told(run: Run, peru: Path) -> Run:
    """A database with a value that has a range, one that is confidential, and a phase."""
    del peru
    words = ("indicator", "add", "Invented area", "--series", "made-up", "--source", SOURCE, "--unit", "ha")
    run(*words, "--year", "2012", "--value", "60400", "--low", "55000", "--high", "65000", "--said-by", "UNODC",
        "--set", "name={es: Área inventada, en: Invented area}")  # fmt: skip
    run(*words, "--year", "2013", "--value", "49800", "--said-by", "Informante", "--set", "sensitivity=confidential")
    run("case", "phase", "add", "conga", "--from", "2011-11-02", "--to", "2012-08", "--phase", "crisis",
        "--title", "Paro inventado", "--source", SOURCE)  # fmt: skip
    return run


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path(path).read_text("utf-8"))))


def coca(table: list[dict[str, str]]) -> dict[str, str]:
    (one,) = (row for row in table if row["series"] == "made-up")
    return one


@pytest.mark.parametrize(
    ("file", "options", "tables"),
    [
        ("out.geojson", (), ["indicators"]),
        ("out.ndjson", (), ["indicators"]),
        ("out.geojson", ("--flat",), []),
        ("out.csv", (), []),
        ("out.csv", ("--tables",), ["actors", "cases", "indicators", "phases"]),
        ("out.parquet", (), []),
    ],
)
def test_tables_are_next_to_the_formats_that_have_them(
    told: Run, file: str, options: tuple[str, ...], tables: list[str]
) -> None:
    assert told("export", file, *options).code == 0
    found = {path.name.split(".")[1] for path in Path.cwd().glob("out.*.csv")} - {"claims", "sources"}
    assert sorted(found) == tables
    if "indicators" in tables:
        one = coca(rows("out.indicators.csv"))
        wanted = {"name": "Invented area", "low": "55000.0", "value": "60400.0", "high": "65000.0", "year": "2012",
                  "by": "UNODC", "source": SOURCE}  # fmt: skip
        assert {name: one[name] for name in wanted} == wanted
        assert "Peru Country Profile, 2015" in one["citation"]
        assert "Informante" not in Path("out.indicators.csv").read_text("utf-8")
    if "phases" in tables:
        (phase,) = (row for row in rows("out.phases.csv") if row["title"] == "Paro inventado")
        assert (phase["case"], phase["until_day"], phase["phase"], phase["from_day"], phase["source"]) == (
            "conga", "2012-08", "crisis", "2011-11-02", SOURCE,
        )  # fmt: skip
        assert "police" in {row["key"] for row in rows("out.actors.csv")}


def test_a_workbook_and_a_geopackage_have_them_inside(told: Run) -> None:
    told("export", "out.xlsx", "--lang", "es")
    book = openpyxl.load_workbook("out.xlsx", read_only=True)
    assert {"actors", "cases", "phases", "indicators"} <= {*book.sheetnames}
    head, *values = book["indicators"].iter_rows(values_only=True)
    (one,) = (dict(zip(head, row, strict=True)) for row in values if row[1] == "made-up")
    assert (one["name"], one["low"], one["value"], one["high"]) == ("Área inventada", 55000, 60400, 65000)
    told("export", "out.gpkg", "--lang", "es")
    table = pyogrio.read_dataframe("out.gpkg", layer="indicators").set_index("series")
    assert table.loc["made-up", ["name", "low", "high", "year"]].tolist() == ["Área inventada", 55000, 65000, 2012]
    assert pyogrio.read_dataframe("out.gpkg", layer="phases")["title"].tolist().count("Paro inventado") == 1
    assert {*pyogrio.list_layers("out.gpkg")[:, 0]} >= {"actors", "cases"}
    for file in ("out.xlsx", "out.gpkg"):
        assert b"Informante" not in Path(file).read_bytes()


def test_a_table_with_hashtags_has_those_of_indicators(told: Run) -> None:
    told("export", "out.hxl.csv")
    head, tags, *_ = csv.reader(io.StringIO(Path("out.hxl.indicators.csv").read_text("utf-8")))
    tagged = dict(zip(head, tags, strict=True))
    assert (tagged["value"], tagged["name"], tagged["year"]) == (
        "#indicator+value+num",
        "#indicator+name",
        "#date+year",
    )
    assert tagged["category"] == ""


def test_what_was_added_later_is_not_in_an_export_of_the_past(told: Run) -> None:
    told("export", "out.geojson", "--as-of", "2000-01-01")
    assert not Path("out.indicators.csv").exists()  # nothing was known: no file


def test_where_there_are_none_there_is_no_table(run: Run) -> None:
    run("init", "new.gpkg")
    run("add", "-y", "--title", "March", "--type", "protest", "--status", "published", "--db", "new.gpkg")
    for file in ("out.geojson", "out.csv", "out.xlsx", "out.gpkg"):
        assert (
            run("export", file, "--tables", "--status", "draft", "--status", "published", "--db", "new.gpkg").code == 0
        )
    assert not [*Path.cwd().glob("out.indicators*"), *Path.cwd().glob("out.phases*"), *Path.cwd().glob("out.cases*")]
    assert "indicators" not in openpyxl.load_workbook("out.xlsx").sheetnames
    assert "indicators" not in pyogrio.list_layers("out.gpkg")[:, 0]


def test_a_table_that_is_in_the_way_stops_the_export_and_nothing_is_written(told: Run) -> None:
    Path("out.indicators.csv").write_text("mine", "utf-8")
    assert told("export", "out.geojson").code != 0
    assert Path("out.indicators.csv").read_text("utf-8") == "mine"
    assert not Path("out.geojson").exists()
    assert told("export", "out.geojson", "--force").code == 0


def test_the_table_of_an_export_is_imported_again_as_the_same(told: Run) -> None:
    told("export", "out.geojson", "--profile", "internal")
    before = told("indicator", "list", "--format", "json", "--profile", "internal").out
    answer = told("indicator", "import", "out.indicators.csv", "--dry-run")
    assert "differs in" in answer.err  # its texts are in one language
    assert told("indicator", "list", "--format", "json", "--profile", "internal").out == before
    assert len(json.loads(before)) == len(rows("out.indicators.csv"))


def test_a_release_has_them_once_and_is_made_again_to_the_byte(told: Run) -> None:
    made = told("release", "make", "r1", "--publisher", "An office", "--title", "Test")
    assert made.code == 0, made.err
    (folder,) = (path.parent for path in Path.cwd().rglob("release.json"))
    names = {path.name for path in (folder / "data").iterdir()}
    assert {"incidents.indicators.csv", "incidents.phases.csv", "incidents.cases.csv", "incidents.actors.csv"} <= names
    assert coca(rows(str(folder / "data" / "incidents.indicators.csv")))["value"] == "60400.0"
    assert "incidents.indicators.csv" in (folder / "datapackage.json").read_text("utf-8")
    assert not [path for path in folder.rglob("*") if path.is_file() and b"Informante" in path.read_bytes()]
    told("indicator", "edit", "made-up-pe-2012-unodc", "--set", "value=60000", "-m", "x")
    assert told("release", "verify", str(folder), "--db", "peru.gpkg").code == 0
