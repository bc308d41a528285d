"""What every format promises: the same bytes, nothing overwritten, never half a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from willay.events.exchange.outgoing import WRITERS, WritingOptions, format_of, write
from willay.events.model.errors import FrameError, RefusedError
from willay.geo import FileInTheWayError, GeoFileWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd

    Make = Callable[..., gpd.GeoDataFrame]

OURS = ("geojson", "ndjson", "csv", "xlsx", "hxl")
each_format = pytest.mark.parametrize("name", OURS)


@each_format
def test_the_same_frames_give_the_same_bytes_however_they_are_cut(make: Make, tmp_path: Path, name: str) -> None:
    one = write(make(), tmp_path / "one", name)
    two = write([make(4), make(6, first=5)], tmp_path / "two", name)
    assert (one.rows, two.rows) == (10, 10)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@each_format
def test_a_file_that_is_there_is_replaced_only_by_force(make: Make, tmp_path: Path, name: str) -> None:
    path = tmp_path / "there"
    path.write_text("mine")
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        write(make(), path, name)
    assert path.read_text() == "mine"
    write(make(), path, name, WritingOptions(force=True))
    assert path.read_bytes() != b"mine"


@each_format
def test_a_crash_in_the_middle_leaves_the_old_file_and_nothing_beside_it(make: Make, tmp_path: Path, name: str) -> None:
    path = tmp_path / "old"
    path.write_text("old")

    def crashing() -> Iterator[gpd.GeoDataFrame]:
        yield make()
        raise MemoryError("the power went")

    with pytest.raises(MemoryError, match="power"):
        write(crashing(), path, name, WritingOptions(force=True))
    assert [file.name for file in tmp_path.iterdir()] == ["old"]
    assert path.read_text() == "old"


@each_format
def test_no_incidents_make_a_file_all_the_same(make: Make, tmp_path: Path, name: str) -> None:
    assert write([], tmp_path / "none", name).rows == 0
    assert write(make(0), tmp_path / "blank", name).rows == 0
    assert (tmp_path / "none").exists()


@each_format
def test_a_table_that_is_no_incident_frame_is_refused(make: Make, tmp_path: Path, name: str) -> None:
    with pytest.raises(FrameError, match="lacks code"):
        write(make().drop(columns=["code"]), tmp_path / "x", name)
    assert not (tmp_path / "x").exists()


@each_format
def test_a_folder_that_is_missing_is_told(make: Make, tmp_path: Path, name: str) -> None:
    with pytest.raises(GeoFileWriteError, match="cannot be written"):
        write(make(), tmp_path / "no" / "such" / "x", name)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.geojson", "geojson"), ("A.GEOJSON", "geojson"), ("a.json", "geojson"), ("a.geojsonl", "ndjson"),
        ("a.csv", "csv"), ("a.hxl.csv", "hxl"), ("a.xlsx", "xlsx"), ("a.gpkg", "geopackage"), ("a.fgb", "flatgeobuf"),
        ("a.parquet", "geoparquet"), ("a.shp", "shapefile"), ("a.shp.zip", "shapefile"), ("a.kml", "kml"),
    ],
)  # fmt: skip
def test_the_ending_of_the_name_tells_the_format(file: str, name: str) -> None:
    assert format_of(Path(file)).name == name


def test_a_format_that_is_named_comes_before_the_ending() -> None:
    assert format_of(Path("a.csv"), "acled").name == "acled"
    with pytest.raises(RefusedError, match=r"Unknown output format .*Available formats: geojson"):
        format_of(Path("a.csv"), "excel")


def test_an_unknown_ending_is_refused_with_those_there_are() -> None:
    with pytest.raises(RefusedError, match=r"Use one of these endings: \.geojson, \.geojsonl, \.gpkg"):
        format_of(Path("a.docx"))


def test_no_two_formats_share_an_ending() -> None:
    endings = [suffix for one in WRITERS.values() for suffix in one.suffixes]
    assert len(endings) == len(set(endings))
