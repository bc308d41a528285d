"""Whatever format is registered, what protects a row is in it, and what the file says of itself is in it or beside it.

The files are read by others: csv, openpyxl, pyogrio, pyarrow, json and an XML parser. A format that is registered and
not read here fails.
"""

from __future__ import annotations

import csv
import json
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from willay.events.exchange.incoming import open_reading
from willay.events.exchange.incoming.about import about_file, is_for_own_use
from willay.events.exchange.outgoing import WRITERS, WritingOptions, write
from willay.events.exchange.outgoing.about import About
from willay.events.frame.cells import cells_of_frame
from willay.events.frame.columns import TERMS
from willay.events.frame.frame import make_frame
from willay.events.model.errors import RefusedError
from willay.events.model.foreign import DatasetTerms, Reading

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

KML = "{http://www.opengis.net/kml/2.2}"
ROWS = (
    ("borrowed", "3", "No redistribution; ask first", "The lender, 2020", False, "confidential"),
    ("open", None, "CC-BY-4.0", "The giver", True, None),
)
"""What protects each of two rows, in the order of `TERMS`."""

DATASETS = [
    {
        "name": "borrowed",
        "version": "3",
        "licence": "No redistribution; ask first",
        "attribution": "The lender, 2020",
        "may_publish": False,
    },
    {"name": "open", "licence": "CC-BY-4.0", "attribution": "The giver", "may_publish": True},
]
"""The same, by dataset."""

ORIGIN: dict[str, Any] = {
    "policy": "median", "profile": "internal (version 1)", "left_out": 12, "coarsened": 3, "datasets": DATASETS,
}  # fmt: skip
each_writer = pytest.mark.parametrize("name", WRITERS)


def frame(origin: dict[str, Any] | None = None, rows: Any = ROWS) -> gpd.GeoDataFrame:
    count = len(rows)
    columns = {
        "code": [f"PE-2012-{number:04}" for number in range(1, count + 1)],
        "title": ["A clash"] * count,
        "type": ["armed-clash"] * count,
        "first_day": ["2012-03-04"] * count,
        "last_day": ["2012-03-04"] * count,
        "date_precision": ["day"] * count,
        "place_name": ["Kiteni"] * count,
        "place_precision": ["settlement"] * count,
        "country": ["PE"] * count,
        "killed_low": [2] * count,
        "killed_best": [2] * count,
        "killed_high": [2] * count,
        "status": ["published"] * count,
        **dict(zip(TERMS, zip(*rows, strict=True), strict=True)),
    }
    return make_frame(columns, [shapely.Point(-73, -12.5)] * count, ORIGIN if origin is None else origin)  # type: ignore[arg-type]  # of its keys


def written(folder: Path, name: str, **options: Any) -> Path:
    form = WRITERS[name]
    path = folder / f"a{form.suffixes[0] if form.suffixes else '.csv'}"
    return write(frame(), path, name, WritingOptions(own_use=True, **options)).path


def said_by(path: Path) -> dict[str, Any]:
    """What a file says of itself, as the import finds it out."""
    layers = {".gpkg", ".fgb", ".parquet"}  # whose reader asks the layer
    opened = open_reading(path, "gis") if path.suffix in layers else Reading(DatasetTerms("x"), (), iter(()))
    return about_file(path, opened)


def _csv(path: Path, hashtags: int = 0) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)][hashtags:]


def _geojson(path: Path) -> list[dict[str, Any]]:
    return [feature["properties"] for feature in json.loads(path.read_text("utf-8"))["features"]]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line)["properties"] for line in path.read_text("utf-8").splitlines()]


def _workbook(path: Path) -> list[dict[str, Any]]:
    head, *body = openpyxl.load_workbook(path)["incidents"].values
    return [dict(zip(head, row, strict=True)) for row in body]


def _layer(path: Path) -> list[dict[str, Any]]:
    layer = "incidents" if path.suffix == ".gpkg" else None
    table = pyogrio.read_dataframe(path, layer=layer).drop(columns="geometry")
    return table.rename(columns=lambda name: next((term for term in TERMS if term[:10] == name), name)).to_dict(
        "records"
    )


def _parquet(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


def _kml(path: Path) -> list[dict[str, Any]]:
    root = ET.parse(path)  # noqa: S314 — we wrote it
    return [
        {str(cell.get("name")): cell.text for cell in mark.iter(f"{KML}SimpleData")}
        for mark in root.iter(f"{KML}Placemark")
    ]


READ = {
    "geojson": _geojson, "ndjson": _lines, "geopackage": _layer, "flatgeobuf": _layer, "geoparquet": _parquet,
    "shapefile": _layer, "kml": _kml, "csv": _csv, "xlsx": _workbook, "hxl": lambda path: _csv(path, 1),
    "acled": _csv, "ucdp": _csv,
}  # fmt: skip


def plain(cell: Any) -> Any:
    """A cell as the test compares it: unknown is None, and truth is itself, however the format writes them."""
    words = {"false": False, "true": True, "0": False, "1": True, "": None}
    if cell is None or cell != cell:  # noqa: PLR0124 — NaN
        return None
    return words.get(cell, cell) if isinstance(cell, str) else bool(cell)


@each_writer
def test_what_protects_a_row_is_in_every_format_that_is_registered(tmp_path: Path, name: str) -> None:
    rows = READ[name](written(tmp_path, name))
    assert [tuple(plain(row.get(term)) for term in TERMS) for row in rows] == list(ROWS)


@each_writer
def test_what_a_file_says_of_itself_is_in_it_or_beside_it(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    said = said_by(path)
    assert (int(said["left_out"]), int(said["coarsened"])) == (12, 3)
    assert said["datasets"] == DATASETS
    assert said["profile"] == "internal (version 1)"
    assert is_for_own_use(said)


@each_writer
def test_rows_that_may_not_be_passed_on_are_written_for_own_use_only(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"a{WRITERS[name].suffixes[0] if WRITERS[name].suffixes else '.csv'}"
    with pytest.raises(RefusedError, match=r"1 of borrowed.*without=\"borrowed\".*own_use=True"):
        write(frame(), path, name)
    assert not list(tmp_path.iterdir())
    assert write(frame(rows=ROWS[1:]), path, name).rows == 1


@pytest.mark.parametrize("name", ["csv", "hxl", "acled", "ucdp", "shapefile"])
def test_a_companion_is_in_the_way_like_any_file_and_only_there_when_it_is_needed(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    beside = path.with_name(f"{path.name}.about.json")
    assert json.loads(beside.read_text("utf-8"))["left_out"] == 12
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / beside.name).write_text("mine")
    with pytest.raises(Exception, match="the file already exists"):
        written(tmp_path / "b", name)
    assert [file.name for file in (tmp_path / "b").iterdir()] == [beside.name]
    (tmp_path / "c").mkdir()
    made = write(frame({}, ROWS[1:]), tmp_path / "c" / path.name, name)
    assert not (tmp_path / "c" / beside.name).exists()
    assert all(file.exists() for file in made.beside)


def test_an_archive_holds_its_companion(tmp_path: Path) -> None:
    path = write(frame(), tmp_path / "a.shp.zip", None, WritingOptions(own_use=True)).path
    assert [file.name for file in tmp_path.iterdir()] == ["a.shp.zip"]
    with zipfile.ZipFile(path) as archive:
        assert json.loads(archive.read("a.shp.about.json"))["left_out"] == 12
    assert said_by(path)["left_out"] == 12


@pytest.mark.parametrize("name", ["geojson", "ndjson", "kml", "csv", "geopackage", "geoparquet", "flatgeobuf", "xlsx"])
def test_a_file_of_several_pages_says_what_the_first_of_them_does(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"a{WRITERS[name].suffixes[0]}"
    made = write([frame({**ORIGIN, "left_out": 123_456})] * 3, path, name, WritingOptions(own_use=True))
    assert made.about["left_out"] == int(said_by(path)["left_out"]) == 123_456


def test_a_file_without_an_origin_names_the_datasets_of_its_rows() -> None:
    about = About(WritingOptions())
    list(about.over([cells_of_frame(frame({}))]))
    assert about.description() == {"datasets": DATASETS}


def test_a_file_whose_datasets_may_all_be_passed_on_is_not_for_own_use_only() -> None:
    options = WritingOptions(own_use=True)
    assert options.about({"datasets": DATASETS})["for_own_use_only"] is True
    assert "for_own_use_only" not in options.about({"datasets": DATASETS[1:]})
    assert options.about({})["for_own_use_only"] is True


def test_the_tables_beside_a_table_protect_their_rows_too(tmp_path: Path) -> None:
    made = frame(rows=ROWS[:1])
    claim = {"measure": "killed", "group": "all", "best": 2, "source": "mute"}
    card = {"claims": [claim], "sources": {"mute": {"kind": "party", "sensitivity": "confidential"}}}
    made["details"] = json.dumps(card)
    write(made, tmp_path / "a.csv", None, WritingOptions(own_use=True, tables=True))
    (claims,), (source,) = _csv(tmp_path / "a.claims.csv"), _csv(tmp_path / "a.sources.csv")
    assert tuple(plain(claims[term]) for term in TERMS) == ROWS[0]
    assert source["sensitivity"] == "confidential"
    gpkg = write(made, tmp_path / "a.gpkg", None, WritingOptions(own_use=True)).path
    (row,) = pyogrio.read_dataframe(gpkg, layer="claims").to_dict("records")
    assert tuple(plain(row[term]) for term in TERMS) == ROWS[0]
