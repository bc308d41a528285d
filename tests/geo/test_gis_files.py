"""Reading GIS files, whole and one feature at a time."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from willay.geo import (
    ArchiveError,
    CoordinateError,
    GeoFileReadError,
    GeometryTypeError,
    LayerError,
    MissingCRSError,
    check_archive,
    iter_features,
    layer_names,
    read_layer,
)

BOWTIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
SQUARES = gpd.GeoDataFrame(
    {"name": ["Ñuñoa", "Áncash"], "n": [1, 2]},
    geometry=[shapely.box(-75, -13, -74, -12), shapely.box(-73, -13, -72, -12)],
    crs=4326,
)

WHOLE_NUMBERS = {"TARGET_ARCGIS_VERSION": "ARCGIS_PRO_3_2_OR_LATER"}  # older file geodatabases have none of 64 bits


def written(frame: gpd.GeoDataFrame, path: Path, **options: object) -> Path:
    frame.to_file(path, engine="pyogrio", **options)
    return path


def zipped(path: Path, **members: Path | str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content.read_bytes() if isinstance(content, Path) else content)
    return path


def shapefile_parts(folder: Path, stem: str, inside: str = "") -> dict[str, Path | str | bytes]:
    return {f"{inside}{part.name}": part for part in sorted(folder.glob(f"{stem}.*"))}


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp", "fgb"])
def test_a_layer_reads_the_same_from_each_format(tmp_path: Path, suffix: str) -> None:
    reading = read_layer(written(SQUARES, tmp_path / f"squares.{suffix}"), geometry="polygon")
    frame = reading.frame.sort_values("n", ignore_index=True)
    assert frame.crs == "EPSG:4326"
    assert frame["name"].tolist() == ["Ñuñoa", "Áncash"]
    assert frame.geometry.geom_equals(SQUARES.geometry).all()
    assert reading.repaired == 0
    assert reading.notes == ()


def test_another_crs_is_transformed(tmp_path: Path) -> None:
    path = written(SQUARES.to_crs(32718), tmp_path / "utm.gpkg")
    assert read_layer(path).frame.geometry.geom_equals_exact(SQUARES.geometry, 1e-7).all()
    assert [
        feature.geometry.equals_exact(square, 1e-7)
        for feature, square in zip(iter_features(path), SQUARES.geometry, strict=True)
    ]


def test_a_shapefile_without_prj_needs_its_crs_stated(tmp_path: Path) -> None:
    path = written(SQUARES.to_crs(32718), tmp_path / "utm.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(MissingCRSError, match=r"does not state the CRS.*EPSG:32718 for UTM zone 18 south"):
        read_layer(path)
    with pytest.raises(MissingCRSError, match="does not state the CRS"):
        iter_features(path)
    stated = read_layer(path, crs="EPSG:32718")
    assert stated.frame.normalize().geom_equals_exact(SQUARES.normalize(), 1e-6).all()
    assert (
        next(iter_features(path, crs="EPSG:32718"))
        .geometry.normalize()
        .equals_exact(SQUARES.geometry[0].normalize(), 1e-6)
    )


def test_a_crs_that_is_none_is_refused(tmp_path: Path) -> None:
    path = written(SQUARES, tmp_path / "squares.shp")
    path.with_suffix(".prj").unlink()
    for read in (read_layer, iter_features):
        with pytest.raises(MissingCRSError, match="'utm, I think' is unknown to PROJ"):
            read(path, crs="utm, I think")


def test_metres_called_degrees_are_refused(tmp_path: Path) -> None:
    path = written(SQUARES.to_crs(32718), tmp_path / "utm.shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(CoordinateError, match=r"row 0.*not on Earth, read as WGS 84.*degrees stated for metres"):
        read_layer(path, crs="EPSG:4326")


def test_a_stated_crs_does_not_override_the_files_own(tmp_path: Path) -> None:
    reading = read_layer(written(SQUARES, tmp_path / "squares.gpkg"), crs="EPSG:32718")
    assert reading.frame.geometry.geom_equals(SQUARES.geometry).all()
    assert reading.notes == ("The file states its CRS (WGS 84); 'EPSG:32718' was ignored.",)


def test_broken_missing_and_empty_geometry_is_noted_row_by_row(tmp_path: Path) -> None:
    shapes = [SQUARES.geometry[0], BOWTIE, None, shapely.Polygon()]
    frame = gpd.GeoDataFrame({"n": range(4)}, geometry=shapes, crs=4326)
    reading = read_layer(written(frame, tmp_path / "broken.gpkg"), geometry="polygon")
    assert reading.repaired == 1
    assert reading.frame["n"].tolist() == [0, 1, 2, 3]
    assert reading.frame.geometry.is_valid.tolist() == [True, True, False, True]
    assert reading.frame.geometry[1].area == pytest.approx(0.5)
    assert len(reading.notes) == 3
    assert reading.notes[0].startswith("Row 1: broken geometry (Self-intersection")
    assert reading.notes[1:] == ("Row 2: no geometry.", "Row 3: an empty geometry.")


def test_a_ring_that_is_not_closed_is_closed_and_noted(tmp_path: Path) -> None:
    ring = [[0, 0], [2, 0], [2, 2], [0, 2]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path = tmp_path / "open.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    reading = read_layer(path)
    assert reading.frame.geometry[0].equals(shapely.box(0, 0, 2, 2))
    assert reading.repaired == 1


def test_heights_are_left_out_with_a_note(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(-73, -12, 2_900)], crs=4326)
    path = written(frame, tmp_path / "summit.gpkg")
    reading = read_layer(path, geometry="point")
    assert reading.frame.geometry[0] == shapely.Point(-73, -12)
    assert reading.notes == ("Heights (or measures) were ignored.",)
    assert not next(iter_features(path)).geometry.has_z


def test_longitudes_beyond_180_are_brought_back_with_a_note(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.box(178, -20, 182, -15)], crs=4326)
    reading = read_layer(written(frame, tmp_path / "fiji.gpkg"))
    assert reading.frame.total_bounds.tolist() == [-180, -20, 180, -15]
    assert reading.notes == ("1 shape lies across the meridian 180 and was cut there: row 0.",)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("point", shapely.MultiPoint([(0, 0), (1, 1)])),
        ("line", shapely.LineString([(0, 0), (1, 1)])),
        ("polygon", shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])),
    ],
)
def test_the_kind_of_geometry_is_held_to(tmp_path: Path, kind: str, shape: shapely.Geometry) -> None:
    path = written(gpd.GeoDataFrame(geometry=[shape], crs=4326), tmp_path / "one.gpkg")
    for wanted in ("point", "line", "polygon"):
        if wanted == kind:
            assert len(read_layer(path, geometry=wanted).frame) == 1
        else:
            with pytest.raises(
                GeometryTypeError, match=rf"expected only {wanted}s; got {shape.geom_type} in 1 of 1 rows"
            ):
                read_layer(path, geometry=wanted)


def test_a_layer_without_rows_is_read(tmp_path: Path) -> None:
    path = written(SQUARES[:0], tmp_path / "empty.gpkg", geometry_type="Polygon")
    reading = read_layer(path, geometry="polygon")
    assert (len(reading.frame), reading.repaired, reading.notes) == (0, 0, ())
    assert list(reading.frame.columns) == ["name", "n", "geometry"]
    assert list(iter_features(path)) == []


def test_layers_are_listed_and_have_to_be_chosen(tmp_path: Path) -> None:
    path = written(SQUARES, tmp_path / "two.gpkg", layer="departments")
    written(SQUARES.set_geometry(SQUARES.representative_point()), path, layer="towns")
    assert layer_names(path) == ("departments", "towns")
    with pytest.raises(LayerError, match="there are 2 layers; specify which to read: departments, towns"):
        read_layer(path)
    with pytest.raises(LayerError, match=r"unknown layer 'departmints'\. Did you mean 'departments'\?") as caught:
        read_layer(path, layer="departmints")
    assert caught.value.layers == ("departments", "towns")
    assert len(read_layer(path, layer="towns", geometry="point").frame) == 2
    assert len(list(iter_features(path, layer="departments"))) == 2


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    for read in (read_layer, iter_features, layer_names):
        with pytest.raises(GeoFileReadError, match=r"nowhere\.gpkg: the file does not exist"):
            read(tmp_path / "nowhere.gpkg")


@pytest.mark.parametrize(("name", "content"), [("a.gpkg", b"not a database"), ("a.geojson", b"{"), ("a.txt", b"")])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GeoFileReadError, match="expected a GIS file"):
        read_layer(tmp_path / name)


def test_a_file_that_points_to_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pointer.gml"
    path.write_text("<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>", encoding="utf-8")
    for asked in (path, zipped(tmp_path / "pointer.zip", **{"pointer.gml": path})):
        with pytest.raises(GeoFileReadError, match="this one refers to other files"):
            read_layer(asked)


def test_a_table_without_geometry_has_no_layer(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name,n\nLima,1\n", encoding="utf-8")
    with pytest.raises(LayerError, match="no layer with geometry"):
        read_layer(path)


def test_features_come_one_by_one_with_id_and_properties(tmp_path: Path) -> None:
    features = iter_features(written(SQUARES, tmp_path / "squares.gpkg"))
    first = next(features)
    assert (first.id, dict(first.properties)) == ("1", {"name": "Ñuñoa", "n": 1})
    assert first.geometry.equals(SQUARES.geometry[0])
    assert [feature.properties["n"] for feature in features] == [2]


def test_a_feature_without_geometry_is_kept(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[None], crs=4326)
    path = written(frame, tmp_path / "none.gpkg", geometry_type="Point")
    assert [feature.geometry for feature in iter_features(path)] == [None]


@pytest.mark.parametrize("inside", ["", "limits/2023/"])
def test_a_zipped_shapefile_is_read_wherever_it_lies_in_the_archive(tmp_path: Path, inside: str) -> None:
    written(SQUARES, tmp_path / "squares.shp")
    path = zipped(tmp_path / "limits.zip", **shapefile_parts(tmp_path, "squares", inside), **{"about.json": "{}"})
    assert read_layer(path).frame.geometry.geom_equals(SQUARES.geometry).all()
    assert len(list(iter_features(path))) == 2
    assert layer_names(path) == ("squares",)


def test_a_file_geodatabase_is_read_as_a_folder_and_zipped(tmp_path: Path) -> None:
    folder = written(SQUARES, tmp_path / "limits.gdb", driver="OpenFileGDB", layer="departments", **WHOLE_NUMBERS)
    members = {f"deep/limits.gdb/{part.name}": part for part in sorted(folder.iterdir())}
    for path in (folder, zipped(tmp_path / "limits.zip", **members)):
        assert layer_names(path) == ("departments",)
        assert len(read_layer(path, geometry="polygon").frame) == 2
        assert len(list(iter_features(path))) == 2


def test_a_kml_file_is_read_as_it_is_and_packed_as_kmz(tmp_path: Path) -> None:
    path = tmp_path / "zone.kml"
    corners = "-74,-13,0 -73,-13,0 -73,-12,0 -74,-13,0"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Zone</name><Placemark><name>VRAEM</name>'
        f"<Polygon><outerBoundaryIs><LinearRing><coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs>"
        "</Polygon></Placemark></Document></kml>",
        encoding="utf-8",
    )
    for asked in (path, zipped(tmp_path / "zone.kmz", **{"doc.kml": path})):
        (shape,) = read_layer(asked, geometry="polygon").frame.geometry
        assert shape.equals(shapely.Polygon([(-74, -13), (-73, -13), (-73, -12)]))
        assert [feature.geometry.equals(shape) for feature in iter_features(asked)] == [True]


def test_a_damaged_member_of_an_archive_is_said_to_be(tmp_path: Path) -> None:
    path = zipped(tmp_path / "torn.zip", **{"a.geojson": "{" + " " * 500 + "}"})
    data = bytearray(path.read_bytes())
    data[data.index(b"a.geojson") + 9] ^= 0xFF  # the first byte of the packed data
    path.write_bytes(data)
    with pytest.raises(GeoFileReadError, match=r"torn\.zip: cannot be read .*the file is complete"):
        read_layer(path)


def test_several_shapefiles_in_an_archive_are_its_layers(tmp_path: Path) -> None:
    written(SQUARES, tmp_path / "one.shp")
    written(SQUARES[:1], tmp_path / "two.shp")
    path = zipped(tmp_path / "both.zip", **shapefile_parts(tmp_path, "one"), **shapefile_parts(tmp_path, "two"))
    assert sorted(layer_names(path)) == ["one", "two"]
    assert len(read_layer(path, layer="two").frame) == 1


def test_an_archive_of_unlike_files_or_of_none_is_refused(tmp_path: Path) -> None:
    geojson = written(SQUARES, tmp_path / "a.geojson")
    with pytest.raises(LayerError, match=r"several GIS files in this archive \(a\.geojson, b\.geojson\)"):
        read_layer(zipped(tmp_path / "two.zip", **{"a.geojson": geojson, "b.geojson": geojson}))
    with pytest.raises(LayerError, match=r"no GIS file in this archive \(readme\.txt\)"):
        read_layer(zipped(tmp_path / "none.zip", **{"readme.txt": "nothing here"}))


@pytest.mark.parametrize("name", ["../evil.shp", "a/../../evil.shp", "/etc/evil.shp", "C:\\evil.shp", "..\\evil.shp"])
def test_an_archive_that_reaches_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "evil.zip", **{name: "x"})
    for read in (read_layer, iter_features, layer_names, check_archive):
        with pytest.raises(ArchiveError, match="would be written outside its folder"):
            read(path)


def test_an_archive_that_would_grow_two_hundred_times_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", **{"bomb.shp": bytes(20 * 1024**2)})
    with pytest.raises(ArchiveError, match=r"would grow to [\d,]+ times its size; the maximum is 200"):
        read_layer(path)


def test_a_small_archive_may_compress_well(tmp_path: Path) -> None:
    assert check_archive(zipped(tmp_path / "blank.zip", **{"blank.dbf": bytes(1024**2)})) == ("blank.dbf",)


def test_an_archive_that_claims_more_than_two_gibibytes_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "big.zip", **{"big.shp": "x"})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")  # the central directory: 4 bytes at 24 are the unpacked size
    path.write_bytes(data[: start + 24] + (2**31 + 1).to_bytes(4, "little") + data[start + 28 :])
    with pytest.raises(ArchiveError, match="would grow to 2,147,483,649 bytes"):
        read_layer(path)


def test_an_archive_of_too_many_members_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "many.zip", **{f"{n}.txt": "" for n in range(10_001)})
    with pytest.raises(ArchiveError, match="it has 10,001 members"):
        check_archive(path)


def test_a_torn_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.zip"
    path.write_bytes(b"PK\x03\x04 torn")
    with pytest.raises(ArchiveError, match="expected a zip file"):
        check_archive(path)
    with pytest.raises(GeoFileReadError, match="expected a GIS file"):
        read_layer(path)


def test_the_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = written(SQUARES, tmp_path / "squares.gpkg")
    path.chmod(stat.S_IRUSR)
    before = path.read_bytes()
    read_layer(path)
    list(iter_features(path))
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["squares.gpkg"]
