"""GIS files with what goes wrong in them, and our own exports in them."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyogrio
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.events.exchange.incoming import gis
from willay.events.exchange.incoming.gis import read_gis
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.frame.frame import make_frame
from willay.events.model.drafts import IncidentDraft, draft
from willay.events.model.errors import RefusedError
from willay.events.store import Store

if TYPE_CHECKING:
    from willay.events.model.foreign import ForeignRow, Reading

LIMA = shapely.Point(-77.03, -12.05)


def rows_of(reading: Reading) -> list[ForeignRow]:
    return [row for batch in reading.batches for row in batch.rows]


def layer(shapes: list[Any], **columns: Any) -> gpd.GeoDataFrame:
    usual = {"tipo": ["protest"] * len(shapes), "fecha": ["2009-06-05"] * len(shapes)}
    return gpd.GeoDataFrame({**usual, **columns}, geometry=shapes, crs=4326)


def place_of(row: ForeignRow) -> dict[str, Any]:
    assert row.draft is not None, row.faults
    found: dict[str, Any] = row.draft["places"][0]
    return found


def test_the_geometry_tells_the_place_and_not_columns_of_the_same_name(tmp_path: Path) -> None:
    layer([LIMA], lat=["-1"], lon=["-70"]).to_file(tmp_path / "a.gpkg", engine="pyogrio")
    (row,) = rows_of(read_gis(tmp_path / "a.gpkg"))
    assert (place_of(row)["lon"], place_of(row)["lat"]) == (-77.03, -12.05)
    assert row.raw["lat (2)"] == "-1"


def test_a_geometry_that_cannot_be_measured_puts_its_own_row_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer([LIMA, shapely.Point(-76, -11), LIMA], titulo=["A", "B", "C"]).to_file(tmp_path / "a.gpkg", engine="pyogrio")
    usual = gis._point

    def point(shape: shapely.Geometry | None) -> tuple[str, str, int | None]:
        if isinstance(shape, shapely.Point) and shape.x == -76:
            raise shapely.errors.GEOSException("made up")
        return usual(shape)

    monkeypatch.setattr(gis, "_point", point)
    rows = rows_of(read_gis(tmp_path / "a.gpkg", ReadingOptions(country="PE")))
    assert [bool(row.faults) for row in rows] == [False, True, False]
    assert rows[1].faults[0].field == "lat"


def test_a_wide_area_is_no_place_that_stands_for_a_district(tmp_path: Path) -> None:
    shapes = [shapely.box(-77, -13, -75, -11), shapely.LineString([(-77, -12), (-76.99, -12)]), LIMA]
    layer(shapes, radius_m=[None, None, 40.0]).to_file(tmp_path / "a.fgb", engine="pyogrio", SPATIAL_INDEX="NO")
    wide, line, point = rows_of(read_gis(tmp_path / "a.fgb"))
    assert place_of(wide)["precision"] == "area"
    assert place_of(wide)["radius_m"] == pytest.approx(155_000, rel=0.02)  # half the diagonal of two degrees here
    assert (place_of(line)["precision"], place_of(line)["radius_m"]) == ("near", pytest.approx(1_089, abs=3))
    assert place_of(point)["radius_m"] == 40
    assert [row.flags[0].value if row.flags else "" for row in (wide, line, point)] == ["Polygon", "LineString", ""]
    assert all(draft(IncidentDraft, row.draft or {}) for row in (wide, line, point))


def test_a_multipoint_of_one_point_is_that_point(tmp_path: Path) -> None:
    layer([shapely.MultiPoint([LIMA])]).to_file(tmp_path / "a.gpkg", engine="pyogrio")
    (row,) = rows_of(read_gis(tmp_path / "a.gpkg"))
    assert "radius_m" not in place_of(row)
    assert not row.flags


def test_features_without_geometry_stay_and_are_told(tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "properties": {"tipo": "protest", "fecha": "2009-06-05"}, "geometry": geometry}
        for geometry in (None, {"type": "Polygon", "coordinates": [[[-77, -12], [-76, -12]]]})
    ]
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    rows = rows_of(read_gis(tmp_path / "a.geojson"))
    assert [row.draft is not None and "places" not in row.draft for row in rows] == [True, True]
    assert [row.flags[-1].reason for row in rows] == [
        "no geometry; the place is taken from the columns only",
        "an empty or invalid geometry; the place is taken from the columns only",
    ]


def test_a_point_that_its_crs_cannot_place_is_a_fault_of_its_row(tmp_path: Path) -> None:
    frame = layer([shapely.Point(500_000, 8_660_000), shapely.Point(1e30, 1e30)]).set_crs(32718, allow_override=True)
    frame.to_file(tmp_path / "a.gpkg", engine="pyogrio")
    good, bad = rows_of(read_gis(tmp_path / "a.gpkg"))
    assert place_of(good)["lon"] == pytest.approx(-75, abs=1e-6)  # the middle of zone 18
    assert [fault.field for fault in bad.faults] == ["lat"]


def test_a_shapefile_without_its_prj_needs_a_crs(tmp_path: Path) -> None:
    layer([LIMA]).to_crs(32718).to_file(tmp_path / "a.shp", engine="pyogrio")
    (tmp_path / "a.prj").unlink()
    with pytest.raises(RefusedError, match=r"does not state the CRS.*--crs EPSG:32718"):
        read_gis(tmp_path / "a.shp")
    (row,) = rows_of(read_gis(tmp_path / "a.shp", ReadingOptions(country="PE", crs="EPSG:32718")))
    assert place_of(row)["lat"] == pytest.approx(-12.05, abs=1e-6)


def test_a_file_with_several_layers_asks_which(tmp_path: Path) -> None:
    for name in ("one", "two"):
        layer([LIMA]).to_file(tmp_path / "a.gpkg", layer=name, engine="pyogrio")
    with pytest.raises(RefusedError, match=r"2 layers; specify which to read: one, two\. \(--layer NAME\)"):
        read_gis(tmp_path / "a.gpkg")
    assert len(rows_of(read_gis(tmp_path / "a.gpkg", ReadingOptions(country="PE", layer="two")))) == 1


def test_a_layer_without_features_is_refused(tmp_path: Path) -> None:
    layer([LIMA]).iloc[:0].to_file(tmp_path / "a.gpkg", engine="pyogrio")
    with pytest.raises(RefusedError, match="has no features"):
        read_gis(tmp_path / "a.gpkg")


def test_blank_fields_of_kml_do_not_hide_the_columns_that_tell(tmp_path: Path) -> None:
    layer([LIMA], titulo=["Marcha"]).to_file(tmp_path / "a.kml", driver="LIBKML", engine="pyogrio")
    reading = read_gis(tmp_path / "a.kml")
    assert not {"begin", "end", "tessellate", "icon", "description"} & set(reading.columns)
    assert (rows_of(reading)[0].draft or {})["days"] == "2009-06-05"


def test_a_database_of_ours_is_sent_another_way(tmp_path: Path) -> None:
    with Store.create(tmp_path / "db.gpkg", country="PE"):
        pass
    with pytest.raises(RefusedError, match=r"is a willay database.*willay import db\.gpkg --input-format database"):
        read_gis(tmp_path / "db.gpkg")


def own_frame() -> gpd.GeoDataFrame:
    states = [
        {"id": f"id-{n}", "code": f"PE-{n}", "draft": {"title": {"es": "Ñ\x00"}, "type": "protest", "status": "draft"}}
        for n in range(3)
    ]
    columns = {"code": [state["code"] for state in states], "type": ["protest"] * 3}
    frame = make_frame(columns, [LIMA, shapely.box(-77, -13, -76, -12), None], {"as_of": "2020-01-01"})
    frame["draft"] = [json.dumps(state) for state in states]
    return frame


@pytest.mark.parametrize("ending", ["gpkg", "parquet"])
def test_our_own_export_comes_back_with_its_terms_and_who_is_who(tmp_path: Path, ending: str) -> None:
    options = WritingOptions(own_use=True, metadata={"licence": "CC-BY-4.0", "attributions": ["A", "B"]})
    reading = read_gis(write(own_frame(), tmp_path / f"a.{ending}", None, options).path)
    assert (reading.terms.version, reading.terms.licence) == ("2020-01-01", "CC-BY-4.0")
    assert (reading.terms.attribution, reading.terms.may_publish) == ("A; B", False)
    assert "changes in other columns are ignored" in reading.notes[-1]
    rows = rows_of(reading)
    assert [(row.identity.id, row.identity.code) for row in rows if row.identity] == [
        (f"id-{n}", f"PE-{n}") for n in range(3)
    ]
    assert [(row.draft or {})["title"] for row in rows] == [{"es": "Ñ\x00"}] * 3


def test_rows_that_somebody_added_to_our_export_are_told(tmp_path: Path) -> None:
    path = write(own_frame(), tmp_path / "a.gpkg").path
    added = gpd.GeoDataFrame({"code": ["NEW"], "type": ["riot"]}, geometry=[LIMA], crs=4326)
    pyogrio.write_dataframe(added, path, layer="incidents", append=True)
    rows = rows_of(read_gis(path))
    assert [bool(row.faults) for row in rows] == [False, False, False, True]
    assert rows[-1].external_id == "NEW"


PROTESTS = ReadingOptions(country="PE", assign={"default.type": "protest"})
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.tuples(st.floats(-180, 180), st.floats(-90, 90))),
            st.dictionaries(
                st.sampled_from(["tipo", "fecha", "muertos", "x"]), st.one_of(TEXTS, st.integers(), st.none())
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_feature_ends_as_a_row_or_the_file_is_refused(features: list[tuple[Any, dict[str, Any]]]) -> None:
    listed = [
        {"type": "Feature", "properties": said, "geometry": at and {"type": "Point", "coordinates": at}}
        for at, said in features
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}))
        try:
            rows = rows_of(read_gis(path, PROTESTS))
        except RefusedError as error:
            assert str(error)  # noqa: PT017 — a column may mean two things, which is said
            return
    assert [row.number for row in rows] == list(range(1, len(features) + 1))
    assert all(row.draft or row.faults for row in rows)


def test_a_column_of_texts_and_numbers_mixed_is_read(tmp_path: Path) -> None:
    features = [{"type": "Feature", "properties": {"tipo": "riot", "x": x}, "geometry": None} for x in ("", 0, "a")]
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert [row.raw["x"] for row in rows_of(read_gis(tmp_path / "a.geojson"))] == ["", "0", "a"]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("originals")
    frame = layer(
        [LIMA, shapely.box(-77.1, -12.1, -77, -12), None], titulo=["Uno", "ñ", None], muertos=[3.0, None, 1.5]
    )
    frame.to_file(folder / "a.gpkg", engine="pyogrio")
    frame.to_file(folder / "a.geojson", engine="pyogrio")
    frame.to_file(folder / "a.fgb", engine="pyogrio", SPATIAL_INDEX="NO")
    frame.to_file(folder / "a.kml", driver="LIBKML", engine="pyogrio")
    frame.to_parquet(folder / "a.parquet")
    frame.iloc[[0, 2]].to_file(folder / "s.shp", engine="pyogrio")
    return folder


@settings(max_examples=examples(60), deadline=None)
@given(
    name=st.sampled_from(["a.gpkg", "a.geojson", "a.fgb", "a.kml", "a.parquet", "s.shp", "s.dbf", "s.shx"]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20),
    kept=st.one_of(st.just(1.0), st.floats(0.01, 1)),
)
def test_damaged_files_are_read_or_refused_in_words(
    originals: Path, name: str, changes: list[tuple[float, int]], kept: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for part in originals.glob(f"{name[0]}.*"):
            (Path(folder) / part.name).write_bytes(part.read_bytes())
        content = bytearray((originals / name).read_bytes())
        for place, value in changes:
            content[int(place * len(content))] = value
        (Path(folder) / name).write_bytes(content[: max(1, int(kept * len(content)))])
        with suppress(RefusedError):
            rows = rows_of(read_gis(Path(folder) / ("s.shp" if name[0] == "s" else name), PROTESTS))
            assert all(row.draft or row.faults for row in rows)
