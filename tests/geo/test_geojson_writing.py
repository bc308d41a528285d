"""GeoJSON that reads back, and is the same bytes each time."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
import tracemalloc
import uuid
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.geo import (
    CoordinateError,
    Feature,
    FileInTheWayError,
    GeoFileReadError,
    GeoFileWriteError,
    MissingCRSError,
    circle,
    geojson_features,
    iter_features,
    write_geojson,
)
from willay.geo.jsonvalues import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POINT = shapely.Point(-73.2, -12.63667)


def loaded(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_the_bytes_are_these(tmp_path: Path) -> None:
    path = tmp_path / "incidents.geojson"
    features = [
        Feature(POINT, {"title": "Kiteni, «ñ»", "killed": 3, "note": None}, "PE-2012-0001"),
        (None, {}, None),
    ]
    assert (
        write_geojson(path, features, name="incidents", metadata={"licence": "CC0-1.0", "as_of": dt.date(2012, 4, 9)})
        == 2
    )
    assert path.read_bytes().decode() == (
        '{"type":"FeatureCollection","name":"incidents","metadata":{"licence":"CC0-1.0","as_of":"2012-04-09"},"features":[\n'
        '{"type":"Feature","id":"PE-2012-0001","geometry":{"type":"Point","coordinates":[-73.2,-12.63667]},'
        '"properties":{"title":"Kiteni, «ñ»","killed":3,"note":null}},\n'
        '{"type":"Feature","geometry":null,"properties":{}}\n'
        "]}\n"
    )


def test_no_features_are_an_empty_collection(tmp_path: Path) -> None:
    assert write_geojson(tmp_path / "none.geojson", []) == 0
    assert loaded(tmp_path / "none.geojson") == {"type": "FeatureCollection", "features": []}


def test_the_same_features_give_the_same_bytes_whatever_the_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(1)
    features = [Feature(shapely.Point(*random.uniform(-80, 80, 2)), {"n": n}, n) for n in range(50)]
    write_geojson(tmp_path / "one.geojson", features)
    write_geojson(tmp_path / "two.geojson", iter(features))
    monkeypatch.setattr("willay.geo.geojson.CHUNK", 7)
    write_geojson(tmp_path / "three.geojson", features)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1


coordinates = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
shapes = st.one_of(
    coordinates.map(shapely.Point),
    st.lists(coordinates, min_size=2, max_size=5).map(shapely.LineString),
    st.lists(coordinates, min_size=3, max_size=6).map(shapely.Polygon),
    st.lists(coordinates, min_size=1, max_size=4).map(shapely.MultiPoint),
    st.none(),
)
values = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text())


@settings(deadline=None)  # it writes files
@given(st.lists(st.tuples(shapes, st.dictionaries(st.text(), values), st.none() | st.integers() | st.text())))
def test_what_is_written_reads_back_rounded(
    tmp_path_factory: pytest.TempPathFactory,
    features: list[tuple[shapely.Geometry | None, dict[str, Any], Any]],
) -> None:
    path = tmp_path_factory.mktemp("geojson") / "any.geojson"
    write_geojson(path, features, decimals=5)
    for (shape, properties, identity), member in zip(features, loaded(path)["features"], strict=True):
        assert member["properties"] == properties
        assert member.get("id") == identity
        if shape is None:
            assert member["geometry"] is None
        else:
            read = shapely.geometry.shape(member["geometry"])
            assert read.geom_type == shape.geom_type
            assert np.allclose(sorted_corners(read), sorted_corners(shape), atol=0.51e-5)


def sorted_corners(shape: shapely.Geometry) -> np.ndarray:
    """All longitudes and all latitudes in order; for polygons but the last corner, which may be another."""
    corners = shapely.get_coordinates(shape)
    return np.sort(corners[:-1] if shape.geom_type == "Polygon" else corners, axis=0)


def test_ogr_reads_what_was_written(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"code": ["a", "b"], "killed": [33, 0], "title": ["Bagua", "Ñ"]},
        geometry=[shapely.Point(-78.53, -5.64), shapely.box(-75, -13, -74, -12)],
        crs=4326,
    )
    path = tmp_path / "two.geojson"
    write_geojson(path, geojson_features(frame, id_column="code"), name="incidents")
    read = pyogrio.read_dataframe(path)
    assert pyogrio.list_layers(path)[0, 0] == "incidents"
    assert read.crs == "EPSG:4326"
    assert read["killed"].tolist() == [33, 0]
    assert read.geometry.geom_equals(frame.geometry).all()
    assert [feature.id for feature in loaded_features(path)] == ["a", "b"]


def loaded_features(path: Path) -> list[Feature]:
    return [Feature(None, member["properties"], member["id"]) for member in loaded(path)["features"]]


def test_features_go_from_any_file_to_geojson_unchanged(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"n": [1, 2]}, geometry=[POINT, None], crs=4326)
    frame.to_file(tmp_path / "in.gpkg", engine="pyogrio")
    assert write_geojson(tmp_path / "out.geojson", iter_features(tmp_path / "in.gpkg")) == 2
    assert [member["properties"] for member in loaded(tmp_path / "out.geojson")["features"]] == [
        {"n": 1},
        {"n": 2},
    ]


def test_outer_rings_go_against_the_clock_and_holes_with_it(tmp_path: Path) -> None:
    shell, hole = shapely.box(0, 0, 9, 9), shapely.box(1, 1, 2, 2)
    for number, step in enumerate((1, -1)):
        area = shapely.Polygon(shell.exterior.coords[::step], [hole.exterior.coords[::step]])
        write_geojson(tmp_path / f"{number}.geojson", [(shapely.MultiPolygon([area]), {}, None)])
        rings = loaded(tmp_path / f"{number}.geojson")["features"][0]["geometry"]["coordinates"][0]
        assert [shapely.LinearRing(ring).is_ccw for ring in rings] == [True, False]


def test_zero_has_no_sign_and_heights_are_left_out(tmp_path: Path) -> None:
    write_geojson(tmp_path / "zero.geojson", [(shapely.Point(-1e-9, -0.0, 12), {}, None)])
    assert '"coordinates":[0.0,0.0]' in (tmp_path / "zero.geojson").read_text(encoding="utf-8")


def test_empty_geometries_are_null_and_collections_are_written(tmp_path: Path) -> None:
    mixed = shapely.GeometryCollection([POINT, shapely.box(0, 0, 1, 1)])
    write_geojson(
        tmp_path / "mixed.geojson",
        [(shapely.Point(), {}, None), (shapely.Polygon(), {}, None), (mixed, {}, None)],
    )
    geometries = [member["geometry"] for member in loaded(tmp_path / "mixed.geojson")["features"]]
    assert geometries[:2] == [None, None]
    assert [part["type"] for part in geometries[2]["geometries"]] == ["Point", "Polygon"]


def test_a_circle_over_the_antimeridian_is_cut(tmp_path: Path) -> None:
    write_geojson(tmp_path / "fiji.geojson", [(circle((179.9, -17), 50_000), {}, None)])
    geometry = loaded(tmp_path / "fiji.geojson")["features"][0]["geometry"]
    assert geometry["type"] == "MultiPolygon"
    lons = [lon for polygon in geometry["coordinates"] for lon, _ in polygon[0]]
    assert (min(lons), max(lons)) == (-180, 180)


@pytest.mark.parametrize(
    "shape",
    [shapely.Point(-73, 91), shapely.Point(500_000, 8_600_000), shapely.LineString([(0, 0), (math.inf, 1)])],
)
def test_coordinates_that_are_no_degrees_are_refused_and_nothing_is_left(
    tmp_path: Path, shape: shapely.Geometry
) -> None:
    with pytest.raises(CoordinateError, match=r"Feature 1 \(counted from 0\) is not on the Earth"):
        write_geojson(tmp_path / "bad.geojson", [(POINT, {}, None), (shape, {}, None)])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "there.geojson"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(FileInTheWayError, match="the file already exists"):
        write_geojson(path, [])
    assert path.read_text(encoding="utf-8") == "precious"
    write_geojson(path, [], force=True)
    assert loaded(path)["features"] == []


def test_a_failure_half_way_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "there.geojson"
    path.write_text("precious", encoding="utf-8")

    def torn() -> Iterator[Feature]:
        yield Feature(POINT, {}, 1)
        raise GeoFileReadError("the source ended")

    with pytest.raises(GeoFileReadError, match="the source ended"):
        write_geojson(path, torn(), force=True)
    with pytest.raises(TypeError, match="A bytes has no standard form in JSON"):
        write_geojson(path, [(None, {"photo": b"\xff"}, None)], force=True)
    assert path.read_text(encoding="utf-8") == "precious"
    assert [entry.name for entry in tmp_path.iterdir()] == ["there.geojson"]


def test_memory_does_not_grow_with_the_number_of_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("willay.geo.geojson.CHUNK", 10)
    write_geojson(tmp_path / "warm.geojson", [Feature(POINT, {}, 0)])
    peaks = []
    for count in (100, 5_000):
        tracemalloc.start()
        write_geojson(tmp_path / f"{count}.geojson", (Feature(POINT, {"text": "x" * 1_000}, n) for n in range(count)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(GeoFileWriteError, match=r"cannot be written .*Check the folder"):
        write_geojson(tmp_path / "nowhere" / "a.geojson", [])
    (tmp_path / "file").touch()
    with pytest.raises(GeoFileWriteError, match="cannot be written"):
        write_geojson(tmp_path / "file" / "a.geojson", [])
    with pytest.raises(GeoFileWriteError, match="cannot be written"):
        write_geojson(tmp_path, [], force=True)


def test_half_a_character_is_written_as_its_escape(tmp_path: Path) -> None:
    write_geojson(tmp_path / "torn.geojson", [(None, {"text": "\ud83d!"}, None)])
    assert loaded(tmp_path / "torn.geojson")["features"][0]["properties"] == {"text": "\ud83d!"}


def test_a_frame_becomes_features_in_degrees() -> None:
    frame = gpd.GeoDataFrame({"n": [1], "code": ["x"]}, geometry=[POINT], crs=4326).to_crs(32718)
    (feature,) = geojson_features(frame, id_column="code")
    assert feature.geometry.equals_exact(POINT, 1e-7)
    assert (feature.properties, feature.id) == ({"n": 1}, "x")
    assert [one.id for one in geojson_features(frame[["geometry"]])] == [None]


def test_a_frame_without_crs_is_refused() -> None:
    with pytest.raises(MissingCRSError, match="Set it with set_crs"):
        geojson_features(gpd.GeoDataFrame(geometry=[POINT]))


class Precision(enum.Enum):
    DAY = "day"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "null"),
        (-math.inf, "null"),
        (pd.NA, "null"),
        (pd.NaT, "null"),
        (np.float64("nan"), "null"),
        (np.int64(3), "3"),
        (np.float32(0.5), "0.5"),
        (np.bool_(True), "true"),  # noqa: FBT003  (numpy's own boolean is the point)
        (np.array([1, 2]), "[1,2]"),
        (pd.Timestamp("2009-06-05T05:30"), '"2009-06-05T05:30:00"'),
        (dt.datetime(2009, 6, 5, 5, 30, tzinfo=dt.UTC), '"2009-06-05T05:30:00+00:00"'),
        (dt.date(2009, 6, 5), '"2009-06-05"'),
        (Precision.DAY, '"day"'),
        (uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        ((1, None), "[1,null]"),
        ({"b", "a"}, '["a","b"]'),
        ({1: {"x": [math.nan]}}, '{"1":{"x":[null]}}'),
        ("</script>ñ\n", '"</script>ñ\\n"'),
    ],
)
def test_values_that_json_lacks_have_one_form(value: object, text: str) -> None:
    assert json_text(value) == text
