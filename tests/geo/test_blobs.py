"""GeoPackage geometry blobs, against OGR and the specification."""

from __future__ import annotations

import sqlite3
import struct
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from willay.geo import BlobError, decode_geometries, decode_geometry, encode_geometries, encode_geometry

if TYPE_CHECKING:
    from pathlib import Path

coordinates = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
points = coordinates.map(shapely.Point)
lines = st.lists(coordinates, min_size=2, max_size=5).map(shapely.LineString)
polygons = st.lists(coordinates, min_size=3, max_size=6).map(shapely.Polygon)
heights = st.tuples(*[st.floats(-90, 90)] * 3).map(shapely.Point)
empties = st.sampled_from([shapely.Point(), shapely.Polygon(), shapely.MultiPoint()])
geometries = st.one_of(
    points,
    lines,
    polygons,
    heights,
    empties,
    st.lists(polygons, min_size=1, max_size=3).map(shapely.MultiPolygon),
)


@given(geometries)
def test_what_is_encoded_decodes_to_the_same(geometry: shapely.Geometry) -> None:
    blob = encode_geometry(geometry)
    assert shapely.equals_identical(decode_geometry(blob), geometry) or geometry.is_empty
    assert decode_geometry(blob).geom_type == geometry.geom_type
    assert decode_geometry(blob).is_empty == geometry.is_empty
    assert encode_geometry(decode_geometry(blob)) == blob


@given(st.lists(st.none() | geometries, max_size=8))
def test_many_blobs_decode_like_one_by_one(shapes: list[shapely.Geometry | None]) -> None:
    decoded = decode_geometries(encode_geometries(shapes))
    assert decoded.shape == (len(shapes),)
    assert [None if shape is None else shape.wkb for shape in decoded] == [
        None if shape is None else shape.wkb for shape in shapes
    ]


def test_a_point_has_the_bytes_of_the_specification() -> None:
    # Clause 2.1.3: 'GP', version 0, flags (little-endian, no envelope), srs_id; then ISO WKB.
    expected = b"GP" + bytes([0, 0b00000001]) + struct.pack("<i", 4326) + struct.pack("<bIdd", 1, 1, -73.2, -12.5)
    assert encode_geometry(shapely.Point(-73.2, -12.5)) == expected


def test_an_area_has_its_envelope_in_the_order_of_the_specification() -> None:
    blob = encode_geometry(shapely.box(-75, -13, -73, -11), srs_id=32718)
    assert blob[:4] == b"GP" + bytes([0, 0b00000011])
    assert struct.unpack("<i4d", blob[4:40]) == (32718, -75, -73, -13, -11)  # minx, maxx, miny, maxy


def test_an_empty_geometry_has_the_empty_flag_and_no_envelope() -> None:
    assert encode_geometry(shapely.Polygon())[3] == 0b00010001


def test_heights_are_written_as_iso_wkb() -> None:
    assert struct.unpack("<I", encode_geometry(shapely.Point(1, 2, 3))[9:13]) == (1001,)


def test_big_endian_headers_and_wider_envelopes_are_read() -> None:
    point = shapely.Point(1, 2, 3)
    wkb = shapely.to_wkb(point, byte_order=0, flavor="iso")
    for kind, numbers in ((0, 0), (1, 4), (2, 6), (3, 6), (4, 8)):
        blob = b"GP\0" + bytes([kind << 1]) + struct.pack(f">i{numbers}d", 4326, *range(numbers)) + wkb
        assert shapely.equals_identical(decode_geometry(blob), point)


def test_blobs_that_ogr_wrote_are_read_and_ogr_reads_ours(tmp_path: Path) -> None:
    shapes = [
        shapely.Point(-73, -12),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.box(0, 0, 1, 2),
        shapely.MultiPolygon([shapely.box(5, 5, 6, 6), shapely.box(7, 7, 8, 8)]),
        None,
    ]
    path = tmp_path / "shapes.gpkg"
    gpd.GeoDataFrame({"n": range(5)}, geometry=shapes, crs=4326).to_file(path, layer="shapes", engine="pyogrio")
    with sqlite3.connect(path) as database:
        blobs = [row[0] for row in database.execute("SELECT geom FROM shapes ORDER BY n")]
    database.close()
    assert [blob is None for blob in blobs] == [False, False, False, False, True]
    assert all(
        shapely.equals_identical(*pair) for pair in zip(decode_geometries(blobs), shapes, strict=True) if pair[1]
    )
    assert [blob == ours for blob, ours in zip(blobs, encode_geometries(shapes), strict=True)] == [True] * 5


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"GP",
        b"GP\0\1",
        b"XX\0\1" + bytes(25),
        b"GP\1\1" + bytes(25),
        b"GP\0\x21" + bytes(25),
        b"GP\0\x0b" + bytes(60),
    ],
)
def test_bytes_that_are_no_geometry_are_refused(blob: bytes) -> None:
    with pytest.raises(BlobError, match="Expected a GeoPackage geometry"):
        decode_geometry(blob)
    with pytest.raises(BlobError, match="in row 1; got"):
        decode_geometries([encode_geometry(shapely.Point(0, 0)), blob])


def test_a_torn_blob_is_refused() -> None:
    with pytest.raises(BlobError, match="may be damaged"):
        decode_geometry(encode_geometry(shapely.box(0, 0, 1, 1))[:-5])


def test_a_missing_geometry_is_no_blob() -> None:
    assert encode_geometries([None, shapely.Point(1, 2)])[0] is None
    with pytest.raises(BlobError, match="Store NULL for an unknown place"):
        encode_geometry(None)


def test_no_blobs_are_no_geometries() -> None:
    assert decode_geometries([]).tolist() == []
    assert decode_geometries([None, None]).tolist() == [None, None]
    assert decode_geometries(np.array([None], dtype=object)).tolist() == [None]
