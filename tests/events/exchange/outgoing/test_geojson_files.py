"""GeoJSON and newline-delimited GeoJSON: the standard's shape, opened by others, read back whole."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import pytest
import shapely

from willay.events.exchange.incoming.willay import is_willay, read_willay
from willay.events.exchange.outgoing import Registers, WritingOptions, write
from willay.events.exchange.outgoing.geojson import geojson_text
from willay.events.frame.frame import make_frame
from willay.geo import CoordinateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    Make = Callable[..., gpd.GeoDataFrame]

SOURCE = {"key": "a-paper", "kind": "press", "publisher": "A Paper"}


def document(frame: gpd.GeoDataFrame, **options: Any) -> dict[str, Any]:
    return dict(json.loads(geojson_text(frame, WritingOptions(**options))))


def placed(*shapes: shapely.Geometry | None) -> gpd.GeoDataFrame:
    return make_frame({"code": [f"PE-{number}" for number in range(len(shapes))]}, list(shapes))


def test_a_collection_has_no_crs_and_says_what_it_is(make: Make) -> None:
    written = document(make(), metadata={"licence": "CC-BY-4.0"}, own_use=True)
    assert list(written) == ["type", "name", "metadata", "features", "bbox"]
    assert written["metadata"] == {
        "policy": "median", "attributions": ["=A Dataset, CC BY 4.0"], "licence": "CC-BY-4.0", "for_own_use_only": True,
    }  # fmt: skip


def test_points_have_seven_decimals_and_areas_counter_clockwise_rings(make: Make) -> None:
    features = document(make(3))["features"]
    assert [feature["geometry"] and feature["geometry"]["type"] for feature in features] == ["Polygon", None, "Point"]
    assert features[2]["geometry"]["coordinates"] == [-73.1234568, -12.5]
    assert shapely.LinearRing(features[0]["geometry"]["coordinates"][0]).is_ccw


def test_the_bbox_holds_all_that_is_placed(make: Make) -> None:
    assert document(make())["bbox"] == [-75, -13, -73.1234568, -12]
    assert "bbox" not in document(placed(None))


def test_a_shape_over_the_antimeridian_is_cut_there() -> None:
    (feature,) = document(placed(shapely.box(179, 0, 181, 1)))["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    lons = np.array([corner[0] for part in feature["geometry"]["coordinates"] for corner in part[0]])
    assert np.abs(lons).max() == 180


def test_the_bbox_crosses_180_where_that_is_narrower() -> None:
    fiji = placed(shapely.Point(177, -17), shapely.box(179, -20, 181, -19), shapely.Point(-178.5, -16), None)
    assert document(fiji)["bbox"] == [177, -20, -178.5, -16]  # RFC 7946, section 5.2
    across = placed(*(shapely.Point(lon, 0) for lon in (-170, -60, 20, 100, 170)))
    assert document(across)["bbox"] == [-60, 0, -170, 0]  # the widest gap, of 110 degrees, is from -170 to -60
    usual = placed(shapely.Point(-70, -3), shapely.Point(20, 4))
    assert document(usual)["bbox"] == [-70, -3, 20, 4]


@pytest.mark.parametrize("shape", [shapely.Point(-12, 95), shapely.box(0, 80, 1, 91)])
def test_a_place_that_is_not_on_the_earth_is_told_by_its_code(shape: shapely.Geometry) -> None:
    with pytest.raises(CoordinateError, match="PE-1: its place is not on the Earth"):
        geojson_text(placed(None, None).set_geometry([None, shape], crs="EPSG:4326"))


def test_unknown_is_null_and_none_is_zero(make: Make) -> None:
    one, two = (feature["properties"] for feature in document(make(2))["features"])
    assert (one["killed_low"], one["first_day"], one["counted"]) == (0, "2009-06-05", True)
    assert (two["killed_low"], two["first_day"], two["injured_best"]) == (None, None, None)


def test_claims_stand_with_the_sources_they_cite(make: Make) -> None:
    one, two = (feature["properties"] for feature in document(make(2))["features"])
    assert one["claims"][0]["best"] == 3
    assert one["sources"]["a-paper"]["publisher"] == "=A Paper"
    assert "claims" not in two


def test_texts_come_through_as_they_are(make: Make) -> None:
    frame = make()
    assert [row["properties"]["title"] for row in document(frame)["features"]] == frame["title"].tolist()


def test_a_lone_surrogate_and_a_huge_number_are_still_json() -> None:
    frame = make_frame(
        {"code": ["A"], "details": ['{"claims":[{"best":99999999999999999999999}],"sources":{}}']}, [None]
    )
    frame.attrs["question"] = "\udc80 ñ"
    written = document(frame)
    assert written["metadata"]["question"] == "\udc80 ñ"
    assert written["features"][0]["properties"]["claims"] == [{"best": 1e23}]


@pytest.mark.parametrize(("name", "driver"), [("a.geojson", "GeoJSON"), ("a.geojsonl", "GeoJSONSeq")])
def test_gdal_opens_it(make: Make, tmp_path: Path, name: str, driver: str) -> None:
    path = write(make(drafts=True), tmp_path / name).path
    assert pyogrio.read_info(path)["driver"] == driver
    read = pyogrio.read_dataframe(path)
    assert (len(read), read.crs.to_epsg()) == (10, 4326)
    assert read["code"].tolist() == make()["code"].tolist()
    assert set(read.geom_type.dropna()) == {"Point", "Polygon"}


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo (gdal-bin) is not installed")
@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl"])
def test_ogrinfo_opens_it_without_a_warning(make: Make, tmp_path: Path, name: str) -> None:
    path = write(make(drafts=True), tmp_path / name).path
    told = subprocess.run(["ogrinfo", "-so", "-al", str(path)], capture_output=True, text=True, check=True)
    assert "Feature Count: 10" in told.stdout
    assert told.stderr == ""


@pytest.mark.parametrize("name", ["a.geojson", "a.geojsonl"])
def test_what_is_written_with_drafts_reads_back_whole(make: Make, tmp_path: Path, name: str) -> None:
    frame = make(drafts=True)
    path = write(frame, tmp_path / name, None, WritingOptions(registers=Registers(sources={"a-paper": SOURCE}))).path
    assert is_willay(path)
    (batch,) = read_willay(path).batches
    states = [json.loads(text) for text in frame["draft"]]
    assert [row.draft for row in batch.rows] == [state["draft"] for state in states]
    assert [row.external_id for row in batch.rows] == [state["id"] for state in states]
    assert [row.raw["code"] for row in batch.rows] == frame["code"].tolist()
    assert batch.sources == (SOURCE,)
    assert not any(row.faults for row in batch.rows)
