"""KML, GeoPackage, FlatGeobuf, Shapefile and GeoParquet, read back by GDAL and by others' readers."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.exchange.outgoing.flat_pages import FLAT
from willay.events.exchange.outgoing.gis import arrow_batches
from willay.events.exchange.outgoing.gis.names import short_names
from willay.events.frame.frame import cells, make_frame
from willay.events.model.errors import FrameError
from willay.geo import CoordinateError, FileInTheWayError, GeoFileWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Make = Callable[..., gpd.GeoDataFrame]

KML = "{http://www.opengis.net/kml/2.2}"


def placemarks(path: Path) -> list[ET.Element]:
    return list(ET.parse(path).iter(f"{KML}Placemark"))  # noqa: S314 — we wrote it


def data_of(placemark: ET.Element) -> dict[str, str]:
    return {str(one.get("name")): one.text or "" for one in placemark.iter(f"{KML}SimpleData")}


def test_kml_has_spans_styles_and_columns(make: Make, tmp_path: Path) -> None:
    frame = make()
    marks = placemarks(write(frame, tmp_path / "a.kml").path)
    assert [data_of(mark)["code"] for mark in marks] == frame["code"].tolist()
    first, second = marks[:2]
    assert [one.text for one in first.findall(f"{KML}TimeSpan/*")] == ["2009-06-05", "2009-06-07"]
    assert second.find(f"{KML}TimeSpan") is None
    assert {mark.findtext(f"{KML}styleUrl") for mark in marks} == {"#protest"}
    assert (data_of(first)["killed_low"], "killed_low" in data_of(second)) == ("0", False)
    assert marks[2].findtext(f"{KML}Point/{KML}coordinates") == "-73.1234568,-12.5"


def test_hostile_text_in_kml_is_text(make: Make, tmp_path: Path) -> None:
    frame = make()
    written = write(frame, tmp_path / "a.kml")
    names = [mark.findtext(f"{KML}name") for mark in placemarks(written.path)]
    assert names == [title.replace("\x00", "").replace("\x1f", "") for title in frame["title"]]
    assert not list(ET.parse(written.path).iter(f"{KML}description"))  # noqa: S314 — we wrote it
    assert "Characters: 4 characters not allowed in XML were left out." in written.losses  # in name and column


def test_kml_has_a_style_of_its_own_for_each_type(make: Make, tmp_path: Path) -> None:
    frame = make(2)
    frame["type"] = ["riot", "no-such-type"]
    path = write(frame, tmp_path / "a.kml").path
    styles = [style.get("id") for style in ET.parse(path).iter(f"{KML}Style")]  # noqa: S314 — we wrote it
    assert tuple(styles) == codebook().types.codes()
    assert [mark.findtext(f"{KML}styleUrl") for mark in placemarks(path)] == ["#riot", "#other"]


def test_kmz_is_the_same_zipped(make: Make, tmp_path: Path) -> None:
    write(make(), tmp_path / "a.kml")
    with zipfile.ZipFile(write(make(), tmp_path / "a.kmz").path) as archive:
        assert archive.read("doc.kml") == (tmp_path / "a.kml").read_bytes()


FORMATS = {"geopackage": "gpkg", "flatgeobuf": "fgb", "geoparquet": "parquet", "shapefile": "shp", "kml": "kml"}
each_format = pytest.mark.parametrize("ending", FORMATS.values(), ids=FORMATS)


def read(path: Path) -> gpd.GeoDataFrame:
    """Read by GDAL, or by pyarrow what GDAL's wheels lack: GeoParquet."""
    layer = "incidents" if path.suffix == ".gpkg" else None
    found = gpd.read_parquet(path) if path.suffix == ".parquet" else pyogrio.read_dataframe(path, layer=layer)
    return found.sort_values("code", ignore_index=True)


def plain_frame(make: Make) -> gpd.GeoDataFrame:
    """Return incidents whose texts every format can hold."""
    frame = make()
    frame["title"] = [f'Bloqueo ñ «{number}», "<b>"' for number in range(len(frame))]
    frame["radius_m"] = [250.5 if number % 2 else None for number in range(len(frame))]
    return frame


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "parquet"])
def test_every_column_comes_back_as_it_was(make: Make, tmp_path: Path, ending: str) -> None:
    frame = plain_frame(make)
    back = read(write(frame, tmp_path / f"a.{ending}").path)
    for name in FLAT:
        found = [None if pd.isna(value) else value for value in back[name]]
        if name in {"first_day", "last_day"}:
            found = [None if day is None else str(day)[:10] for day in found]
        assert found == cells(frame, name), name
    assert back.crs == "EPSG:4326" or back.crs.to_authority() == ("OGC", "CRS84")


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "parquet"])
def test_points_areas_and_unplaced_incidents_come_back(make: Make, tmp_path: Path, ending: str) -> None:
    back = read(write(make(3), tmp_path / f"a.{ending}").path).geometry
    assert back[0].equals(shapely.box(-75, -13, -74, -12))
    assert back[1] is None
    assert back[2].equals(shapely.Point(-73.1234568, -12.5))


def test_days_are_dates_in_a_geopackage_and_in_geoparquet(make: Make, tmp_path: Path) -> None:
    info = pyogrio.read_info(write(make(), tmp_path / "a.gpkg").path, layer="incidents")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert (types["first_day"], types["last_day"]) == ("OFTDate", "OFTDate")
    schema = pq.read_schema(write(make(), tmp_path / "a.parquet").path)
    assert schema.field("first_day").type == pa.date32()


def test_a_geopackage_has_claims_and_sources_as_tables(make: Make, tmp_path: Path) -> None:
    path = write(make(), tmp_path / "a.gpkg").path
    claims, sources = (pyogrio.read_dataframe(path, layer=name) for name in ("claims", "sources"))
    assert claims["incident"].tolist() == [f"PE-2009-{number:04d}" for number in (1, 3, 5, 7, 9)]
    assert claims[["measure", "low", "best", "source"]].iloc[0].tolist() == ["killed", 3, 3, "a-paper"]
    assert sources[["key", "publisher", "title"]].to_numpy().tolist() == [["a-paper", "=A Paper", "-Title"]]


def test_a_geopackage_without_cards_has_no_such_tables(make: Make, tmp_path: Path) -> None:
    frame = make()
    frame["details"] = None
    layers = pyogrio.list_layers(write(frame, tmp_path / "a.gpkg").path)
    assert layers[:, 0].tolist() == ["incidents", "layer_styles"]


def test_a_geopackage_says_where_it_comes_from(make: Make, tmp_path: Path) -> None:
    path = write(make(), tmp_path / "a.gpkg", None, WritingOptions(own_use=True)).path
    told = pyogrio.read_info(path, layer="incidents")["layer_metadata"]
    assert told["attributions"] == '["=A Dataset, CC BY 4.0"]'
    assert told["for_own_use_only"] == "true"


def test_qgis_finds_a_style_with_a_colour_for_each_type(make: Make, tmp_path: Path) -> None:
    path = write(make(), tmp_path / "a.gpkg", None, WritingOptions(lang="es")).path
    style = pyogrio.read_dataframe(path, layer="layer_styles").iloc[0]
    assert (style["f_table_name"], style["f_geometry_column"], style["useAsDefault"]) == ("incidents", "geom", True)
    qml = ET.fromstring(style["styleQML"])  # noqa: S314 — we wrote it
    values = {one.get("value"): (one.get("label"), one.get("symbol")) for one in qml.iter("category")}
    assert values["riot"][0] == "Disturbio o violencia de una multitud"
    assert list(values) == [*codebook().types.codes(), ""]
    colours = {
        str(one.get("name")): one.find(".//Option[@name='color']").get("value")  # type: ignore[union-attr]  # it is there
        for one in qml.iter("symbol")
    }
    assert colours[str(values["riot"][1])] == "255,178,0,255"


def test_a_flatgeobuf_has_an_index_where_all_are_placed(make: Make, tmp_path: Path) -> None:
    placed = write(make(10).dropna(subset="geometry"), tmp_path / "a.fgb")
    assert not any("index" in loss for loss in placed.losses)
    assert pyogrio.read_info(placed.path)["capabilities"]["fast_spatial_filter"]
    assert (
        "Spatial index: not written, because 3 incidents have no place." in write(make(10), tmp_path / "b.fgb").losses
    )


def test_geoparquet_has_boxes_row_by_row_and_says_what_it_holds(make: Make, tmp_path: Path) -> None:
    path = write(make(3), tmp_path / "a.parquet").path
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    column = geo["columns"]["geometry"]
    assert (geo["version"], geo["primary_column"], column["encoding"]) == ("1.1.0", "geometry", "WKB")
    assert column["geometry_types"] == ["Point", "Polygon"]
    assert column["bbox"] == [-75.0, -13.0, -73.1234568, -12.0]
    assert len(gpd.read_parquet(path, bbox=(-73.5, -12.6, -73, -12.4))) == 1
    assert pq.read_table(path)["bbox"].to_pylist()[1] is None


def test_geoparquet_has_a_row_group_a_page(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_batches, "PAGE", 4)
    file = pq.ParquetFile(write(make(), tmp_path / "a.parquet").path)
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [4, 4, 2]


def test_points_and_areas_are_two_shapefiles(make: Make, tmp_path: Path) -> None:
    written = write(make(), tmp_path / "a.shp")
    points, areas = read(tmp_path / "a.shp"), read(tmp_path / "a_areas.shp")
    assert (written.rows, len(points), len(areas)) == (10, 6, 4)
    assert set(points.geom_type.dropna()) == {"Point"}
    assert set(areas.geom_type) == {"Polygon"}
    parts = ("shx", "dbf", "prj", "cpg")
    names = [*(f"a.{part}" for part in parts), *(f"a_areas.{part}" for part in ("shp", *parts))]
    assert sorted(file.name for file in written.beside) == sorted(names)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["a.shp", *names])


def test_no_old_areas_and_indexes_stand_beside_a_new_shapefile(make: Make, tmp_path: Path) -> None:
    write(make(), tmp_path / "a.shp")
    (tmp_path / "a.qix").write_text("an index")
    write(make(1, first=3), tmp_path / "a.shp", None, WritingOptions(force=True))
    assert len(read(tmp_path / "a_areas.shp")) == 0
    assert not (tmp_path / "a.qix").exists()


def test_an_old_part_of_a_shapefile_is_in_the_way(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a_areas.dbf").write_text("mine")
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        write(make(), tmp_path / "a.shp")
    assert [file.name for file in tmp_path.iterdir()] == ["a_areas.dbf"]


def test_values_of_a_shapefile_come_back_but_for_its_limits(make: Make, tmp_path: Path) -> None:
    frame = plain_frame(make)
    frame.loc[0, "title"] = "ñ" * 200
    written = write(frame, tmp_path / "a.shp")
    back = pd.concat([read(tmp_path / "a.shp"), read(tmp_path / "a_areas.shp")]).sort_values("code")
    assert back["title"].tolist() == ["ñ" * 127, *frame["title"].tolist()[1:]]
    assert "Texts: 1 were longer than 254 bytes and were truncated." in written.losses
    names = short_names(FLAT)
    for name in ("killed_low", "killed_best", "radius_m", "counted", "revision"):
        assert [None if pd.isna(value) else value for value in back[names[name]]] == cells(frame, name), name


@pytest.mark.parametrize("ending", ["shp", "shx"])
def test_the_box_of_a_shapefile_holds_its_geometries_and_not_0_0(make: Make, tmp_path: Path, ending: str) -> None:
    """Layout of the header: ESRI Shapefile Technical Description, 1998."""
    write(make(), tmp_path / "a.shp")
    at = -73.1234568, -12.5  # the one point; others are areas or have no place
    for name, box in (("a", (*at, *at)), ("a_areas", (-75.0, -13.0, -74.0, -12.0))):
        header = (tmp_path / f"{name}.{ending}").read_bytes()[:100]
        assert struct.unpack("<4d", header[36:68]) == box
    write(make(1, first=2), tmp_path / "b.shp")  # nothing has a place
    assert pyogrio.read_info(tmp_path / "b.shp")["features"] == 1


@given(st.lists(st.text("ab_", min_size=1, max_size=20), unique=True, max_size=60))
def test_short_names_are_short_and_no_two_the_same(names: list[str]) -> None:
    short = short_names(names)
    assert list(short) == names
    assert len(set(short.values())) == len(names)
    assert all(len(name) <= 10 for name in short.values())


def test_a_zipped_shapefile_is_the_same(make: Make, tmp_path: Path) -> None:
    write(make(), tmp_path / "a.shp")
    written = write(make(), tmp_path / "a.shp.zip")
    with zipfile.ZipFile(written.path) as archive:
        assert len(archive.namelist()) == 10
        assert all(archive.read(name) == (tmp_path / name).read_bytes() for name in archive.namelist())
    assert written.beside == ()


@each_format
def test_two_writings_give_the_same_bytes_however_the_frames_are_cut(make: Make, tmp_path: Path, ending: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = write(make(), tmp_path / "one" / f"a.{ending}")
    two = write([make(4), make(6, first=5)], tmp_path / "two" / f"a.{ending}")
    assert (one.rows, two.rows) == (10, 10)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


@each_format
def test_the_clock_is_not_in_the_bytes(make: Make, tmp_path: Path, ending: str) -> None:
    write(make(), tmp_path / f"a.{ending}")
    year = str(datetime.now(UTC).year).encode()
    assert all(year not in file.read_bytes() for file in tmp_path.iterdir())


@each_format
def test_a_crash_in_the_middle_leaves_the_old_file(make: Make, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"old.{ending}"
    path.write_text("old")

    def crashing() -> Iterator[gpd.GeoDataFrame]:
        yield make()
        raise MemoryError("the power went")

    with pytest.raises(MemoryError, match="power"):
        write(crashing(), path, None, WritingOptions(force=True))
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "old"


@each_format
def test_a_file_that_is_there_is_replaced_only_by_force(make: Make, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"there.{ending}"
    path.write_text("mine")
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        write(make(), path)
    assert path.read_text() == "mine"
    write(make(), path, None, WritingOptions(force=True))
    assert path.read_bytes() != b"mine"


@each_format
def test_no_incidents_make_a_file_all_the_same(make: Make, tmp_path: Path, ending: str) -> None:
    assert write([], tmp_path / f"none.{ending}").rows == 0
    assert write(make(0), tmp_path / f"blank.{ending}").rows == 0
    assert (tmp_path / f"none.{ending}").exists()


@each_format
def test_what_cannot_be_written_is_refused(make: Make, tmp_path: Path, ending: str) -> None:
    with pytest.raises(FrameError, match="lacks code"):
        write(make().drop(columns=["code"]), tmp_path / f"x.{ending}")
    with pytest.raises(GeoFileWriteError, match="cannot be written"):
        write(make(), tmp_path / "no" / "such" / f"x.{ending}")
    stray = make_frame({"code": ["A"]}, [None]).set_geometry([shapely.Point(-12, 190)], crs="EPSG:4326")
    with pytest.raises(CoordinateError, match="A: its place is not on the Earth"):
        write(stray, tmp_path / f"x.{ending}")
    assert not list(tmp_path.iterdir())


@each_format
def test_a_lone_surrogate_does_not_stop_the_writing(tmp_path: Path, ending: str) -> None:
    frame = make_frame({"code": ["A"]}, [shapely.Point(1, 2)])
    frame["title"] = pd.Series(["x\ud800y"], dtype=object)
    assert write(frame, tmp_path / f"a.{ending}").rows == 1


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "shp", "kml"])
def test_ogrinfo_opens_it(make: Make, tmp_path: Path, ending: str) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo is not installed")
    path = write(make(), tmp_path / f"a.{ending}").path
    told = subprocess.run([ogrinfo, "-ro", "-al", "-so", path], capture_output=True, text=True, check=True)
    assert f"Feature Count: {6 if ending == 'shp' else 10}" in told.stdout
    assert "ERROR" not in told.stderr
