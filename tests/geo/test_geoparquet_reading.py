"""GeoParquet as geopandas and pyarrow write it, read a feature at a time; and KML, whose fields fiona does not see."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from typing import TYPE_CHECKING

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.geo import GeoError, GeoFileReadError, MissingCRSError, iter_features
from willay.geo.parquet import is_parquet, parquet_metadata

if TYPE_CHECKING:
    from pathlib import Path


def frame() -> gpd.GeoDataFrame:
    columns = {"name": ["Uno", "Dos", None], "killed": [3, 0, 1], "day": [dt.date(2009, 6, 5), None, None]}
    return gpd.GeoDataFrame(
        columns, geometry=[shapely.Point(-77, -12), shapely.box(-77, -13, -76, -12), None], crs=4326
    )


def with_geo(path: Path, **changes: object) -> None:
    """Change what a file says of its geometry."""
    table = pq.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    geo["columns"]["geometry"] |= changes
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
@pytest.mark.parametrize("epsg", [4326, 32718])
def test_features_come_in_degrees_with_their_columns(tmp_path: Path, version: str, epsg: int) -> None:
    frame().to_crs(epsg).to_parquet(
        tmp_path / "a.parquet", schema_version=version, write_covering_bbox=version == "1.1.0"
    )
    one, two, three = iter_features(tmp_path / "a.parquet")
    assert one.geometry is not None
    assert (one.geometry.x, one.geometry.y) == pytest.approx((-77, -12))
    assert dict(one.properties) == {"name": "Uno", "killed": 3, "day": dt.date(2009, 6, 5)}
    assert two.geometry is not None
    assert two.geometry.equals_exact(frame().geometry[1], 1e-8)
    assert three == (None, {"name": None, "killed": 1, "day": None}, "2")


def test_more_rows_than_are_read_at_once_all_come(tmp_path: Path) -> None:
    many = gpd.GeoDataFrame({"n": range(12_000)}, geometry=[shapely.Point(-77, -12)] * 12_000, crs=4326)
    many.to_parquet(tmp_path / "a.parquet")
    assert [feature.properties["n"] for feature in iter_features(tmp_path / "a.parquet")] == list(range(12_000))


def test_a_file_that_states_no_crs_has_longitude_and_latitude(tmp_path: Path) -> None:
    frame().to_parquet(tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    geo = json.loads(table.schema.metadata[b"geo"])
    del geo["columns"]["geometry"]["crs"]
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "a.parquet")
    assert next(iter_features(tmp_path / "a.parquet")).geometry == shapely.Point(-77, -12)


def test_a_crs_that_is_not_known_must_be_stated(tmp_path: Path) -> None:
    frame().to_crs(32718).to_parquet(tmp_path / "a.parquet")
    with_geo(tmp_path / "a.parquet", crs=None)
    with pytest.raises(MissingCRSError, match="does not state the CRS"):
        next(iter_features(tmp_path / "a.parquet"))
    found = next(iter_features(tmp_path / "a.parquet", crs="EPSG:32718")).geometry
    assert found is not None
    assert found.equals_exact(shapely.Point(-77, -12), 1e-8)


def test_other_encodings_and_plain_tables_are_refused(tmp_path: Path) -> None:
    frame().to_parquet(tmp_path / "a.parquet")
    with_geo(tmp_path / "a.parquet", encoding="point")
    with pytest.raises(GeoFileReadError, match="expected WKB"):
        next(iter_features(tmp_path / "a.parquet"))
    pq.write_table(pa.table({"n": [1]}), tmp_path / "plain.parquet")
    with pytest.raises(GeoFileReadError, match=r"expected GeoParquet.* to CSV first"):
        next(iter_features(tmp_path / "plain.parquet"))


def test_a_file_cut_short_is_told(tmp_path: Path) -> None:
    frame().to_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-20])
    assert is_parquet(tmp_path / "a.parquet")
    with pytest.raises(GeoFileReadError, match="the file is complete"):
        parquet_metadata(tmp_path / "a.parquet")


@given(place=st.floats(0, 1), value=st.integers(0, 255))
def test_a_changed_byte_gives_features_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, place: float, value: int
) -> None:
    path = tmp_path_factory.mktemp("changed") / "a.parquet"
    frame().to_parquet(path)
    content = bytearray(path.read_bytes())
    content[4 + int(place * (len(content) - 5))] = value
    path.write_bytes(content)
    with suppress(GeoError):
        list(iter_features(path))


def test_kml_has_its_extended_data(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Uno</name>'
        "<TimeSpan><begin>2009-06-05</begin><end>2009-06-07</end></TimeSpan>"
        '<ExtendedData><Data name="muertos"><value>3</value></Data></ExtendedData>'
        "<Point><coordinates>-77,-12,100</coordinates></Point></Placemark></Document></kml>"
    )
    (found,) = iter_features(tmp_path / "a.kml")
    assert found.geometry == shapely.Point(-77, -12)
    assert (found.properties["Name"], found.properties["muertos"]) == ("Uno", "3")
    assert str(found.properties["begin"])[:10] == "2009-06-05"


def test_a_geometry_too_broken_to_be_built_is_empty_and_stops_nothing(tmp_path: Path) -> None:
    rings = {"type": "Polygon", "coordinates": [[[-77, -12], [-76, -12]]]}
    features = [
        {"type": "Feature", "properties": {"n": 1}, "geometry": rings},
        {"type": "Feature", "properties": {"n": 2}, "geometry": {"type": "Point", "coordinates": [-77, -12]}},
    ]
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    one, two = iter_features(tmp_path / "a.geojson")
    assert one.geometry is not None
    assert one.geometry.is_empty
    assert two.geometry == shapely.Point(-77, -12)
