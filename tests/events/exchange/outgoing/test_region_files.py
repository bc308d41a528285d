"""Regions with figures as files, read back by GDAL and pyarrow."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from willay.events.exchange.incoming.about import about_file, about_layer, is_for_own_use
from willay.events.exchange.outgoing import WritingOptions
from willay.events.exchange.outgoing.regions import write_regions
from willay.events.model.errors import FrameError, RefusedError
from willay.events.model.foreign import DatasetTerms, Reading
from willay.geo import CoordinateError, FileInTheWayError, GeoFileWriteError
from willay.geo.layers import layer_metadata
from willay.geo.parquet import parquet_metadata

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = ("geojson", "gpkg", "fgb", "parquet", "shp", "kml")
each_ending = pytest.mark.parametrize("ending", ENDINGS)


def figures() -> gpd.GeoDataFrame:
    """Return two regions; the second one's figures are not known, and its name is hostile."""
    columns = {
        "key": ["cusco", "amazonas"],
        "name": ["Cusco ñ", '<b>="A" & \x00\x1f</b>'],
        "valid_from": pd.to_datetime(["1995-01-01", None]),
        "first_day": pd.to_datetime(["2009-01-01", "2009-01-01"]),
        "last_day": pd.to_datetime(["2009-12-31", "2009-12-31"]),
        "area_km2": [71986.5, None],
        "incidents": pd.array([12, 0], dtype="Int64"),
        "killed_best": pd.array([0, None], dtype="Int64"),
        "killed_guard": ["counted", None],
    }
    shapes = [shapely.box(-73, -14, -71, -12), shapely.box(-79, -7, -77, -3)]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=4326)
    frame.attrs["policy"] = "median"
    return frame


def read(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_parquet(path) if path.suffix == ".parquet" else pyogrio.read_dataframe(path)


def plain(cell: object) -> object:
    return None if pd.isna(cell) else str(cell)[:10] if isinstance(cell, pd.Timestamp) else cell


@each_ending
def test_figures_come_back_and_unknown_is_not_0(tmp_path: Path, ending: str) -> None:
    written = write_regions(figures(), tmp_path / f"a.{ending}")
    back = read(written.path).rename(columns={"killed_bes": "killed_best"}).set_index("key").loc[["cusco", "amazonas"]]
    assert written.rows == 2
    assert [plain(cell) for cell in back["incidents"]] == [12, 0]
    assert [plain(cell) for cell in back["killed_best"]] == [0, None]
    assert [plain(cell) for cell in back["area_km2"]] == [71986.5, None]
    assert back.geometry.iloc[0].normalize().equals(shapely.box(-73, -14, -71, -12).normalize())


@each_ending
def test_the_same_regions_give_the_same_bytes(tmp_path: Path, ending: str) -> None:
    one, two = (write_regions(figures(), tmp_path / name / f"a.{ending}") for name in made_folders(tmp_path))
    for first, second in zip((one.path, *one.beside), (two.path, *two.beside), strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def made_folders(tmp_path: Path) -> list[str]:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    return ["one", "two"]


@pytest.mark.parametrize("ending", ["gpkg", "shp"])
def test_days_are_dates(tmp_path: Path, ending: str) -> None:
    info = pyogrio.read_info(write_regions(figures(), tmp_path / f"a.{ending}").path)
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert {types[name] for name in ("valid_from", "first_day", "last_day")} == {"OFTDate"}


def test_kml_is_xml_with_time_spans_and_hostile_text_is_text(tmp_path: Path) -> None:
    root = ET.parse(write_regions(figures(), tmp_path / "a.kml").path)  # noqa: S314 — we wrote it
    kml = "{http://www.opengis.net/kml/2.2}"
    marks = list(root.iter(f"{kml}Placemark"))
    assert [mark.findtext(f"{kml}name") for mark in marks] == ["Cusco ñ", '<b>="A" & </b>']
    assert [one.text for one in marks[0].iterfind(f"{kml}TimeSpan/*")] == ["2009-01-01", "2009-12-31"]


def test_geoparquet_says_that_it_is_1_1_with_a_box_for_each_row(tmp_path: Path) -> None:
    path = write_regions(figures(), tmp_path / "a.parquet").path
    schema = pq.read_schema(path)
    geo = schema.metadata[b"geo"].decode()
    assert '"version":"1.1.0"' in geo
    assert '"covering":{"bbox":{"xmin":["bbox","xmin"]' in geo
    assert pq.read_table(path, columns=["bbox"])["bbox"][0].as_py() == {
        "xmin": -73,
        "ymin": -14,
        "xmax": -71,
        "ymax": -12,
    }
    assert schema.metadata[b"willay"] == b'{"policy":"median"}'
    assert len(gpd.read_parquet(path, bbox=(-74, -13, -72, -12.5))) == 1


def test_a_shapefile_tells_what_it_cut(tmp_path: Path) -> None:
    frame = figures().assign(killed_unknown=1, note=["ñ" * 200, "short"])
    written = write_regions(frame, tmp_path / "a.shp")
    assert any("killed_unknown is killed_unk" in loss for loss in written.losses)
    assert "Texts: 1 were longer than 254 bytes and were truncated." in written.losses
    assert pyogrio.read_dataframe(written.path)["note"][0] == "ñ" * 127
    assert {file.name for file in written.beside} == {"a.shx", "a.dbf", "a.prj", "a.cpg"}


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs gdal-bin")
@pytest.mark.parametrize("ending", ["geojson", "gpkg", "fgb", "shp", "kml"])
def test_ogrinfo_opens_it(tmp_path: Path, ending: str) -> None:
    path = write_regions(figures(), tmp_path / f"a.{ending}").path
    said = subprocess.run(["ogrinfo", "-al", "-so", str(path)], capture_output=True, text=True, check=True)
    assert "Feature Count: 2" in said.stdout
    assert "ERROR" not in said.stderr


@each_ending
def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text("mine")
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        write_regions(figures(), path)
    assert path.read_text() == "mine"
    assert write_regions(figures(), path, None, WritingOptions(force=True)).rows == 2
    assert len(read(path)) == 2


@each_ending
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text("old")
    frame = figures().set_geometry([shapely.box(0, 0, 1, 1), shapely.box(500_000, 8_000_000, 500_001, 8_000_001)])
    with pytest.raises(CoordinateError, match="not on the Earth"):
        write_regions(frame, path, None, WritingOptions(force=True))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(path.name, "old")]


@each_ending
def test_no_regions_make_a_file_all_the_same(tmp_path: Path, ending: str) -> None:
    assert write_regions(figures().iloc[:0], tmp_path / f"a.{ending}").rows == 0


def test_metres_are_refused_and_so_is_a_format_without_layers(tmp_path: Path) -> None:
    with pytest.raises(FrameError, match=r"to_crs\('EPSG:4326'\)"):
        write_regions(figures().to_crs(32718), tmp_path / "a.gpkg")
    with pytest.raises(RefusedError, match=r"cannot be written as \.xlsx"):
        write_regions(figures(), tmp_path / "a.xlsx")
    with pytest.raises(GeoFileWriteError, match="cannot be written"):
        write_regions(figures(), tmp_path / "no" / "such" / "a.gpkg")


@each_ending
def test_what_sums_are_made_of_is_in_every_file_and_sums_of_barred_rows_are_for_own_use(
    tmp_path: Path, ending: str
) -> None:
    frame = figures().assign(dataset="borrowed", licence="Ask first", may_publish=False)
    frame.attrs |= {"profile": "public (version 1)", "left_out": 4, "datasets": [{"name": "borrowed"}]}
    with pytest.raises(RefusedError, match="do not allow passing on these sums: borrowed"):
        write_regions(frame, tmp_path / f"a.{ending}")
    written = write_regions(frame, tmp_path / f"a.{ending}", None, WritingOptions(own_use=True))
    back = read(written.path).rename(columns={"may_publis": "may_publish"})
    assert [(row["dataset"], row["licence"], bool(row["may_publish"])) for row in back.to_dict("records")] == [
        ("borrowed", "Ask first", False)
    ] * 2
    companion = tmp_path / f"a.{ending}.about.json"
    assert companion.exists() == (ending in {"shp", "kml"}) == (companion in written.beside)
    said = about_file(written.path, Reading(DatasetTerms("x"), (), iter(())))
    if ending in {"gpkg", "fgb", "parquet"}:
        layer = parquet_metadata(written.path) if ending == "parquet" else layer_metadata(written.path)
        said = about_layer(layer)
    assert (int(said["left_out"]), is_for_own_use(said)) == (4, True)
