"""Outlines across the meridian 180: as they come out of projections, as files hold them, as maps draw them."""

from __future__ import annotations

import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from willay.geo import area_km2, geojson_features, iter_features, join_regions, read_layer, simplify_together
from willay.geo.antimeridian import (
    cut_at_antimeridian,
    joined_within_turn,
    jumps,
    within_turn,
    without_jumps,
)
from willay.geo.projected import in_degrees

ROOT = Path(__file__).parents[2]
FIJI_GRID = "EPSG:3460"
GRIDS = ("EPSG:3460", "EPSG:2193", "EPSG:3832", "EPSG:3851", "EPSG:3994")
"""Grids whose area of use crosses the meridian 180: Fiji, New Zealand (three), the Pacific."""


def ring(lon: float, lat: float, radius_m: float, corners: int = 720) -> shapely.Polygon:
    """An area round a point whose longitudes run on beyond 180, made by pyproj and not by willay."""
    turns = np.linspace(0, -360, corners, endpoint=False)
    ones = np.ones(corners)
    lons, lats, _ = Geod(ellps="WGS84").fwd(lon * ones, lat * ones, turns, radius_m * ones)
    return shapely.Polygon(np.column_stack([lon + (np.asarray(lons) - lon + 180) % 360 - 180, lats]))


def wrapped(shape: shapely.Geometry) -> shapely.Geometry:
    """As a program writes it that brings each corner to -180 to 180 for itself."""
    return shapely.transform(shape, lambda points: np.column_stack([(points[:, 0] + 180) % 360 - 180, points[:, 1]]))


def true_km2(shape: shapely.Polygon) -> float:
    """Its area on the ellipsoid, by pyproj, whose longitudes need not be from -180 to 180."""
    lons, lats = shapely.get_coordinates(shape.exterior).T
    holes = sum(
        abs(Geod(ellps="WGS84").polygon_area_perimeter(*shapely.get_coordinates(one).T)[0]) for one in shape.interiors
    )
    return (abs(Geod(ellps="WGS84").polygon_area_perimeter(lons, lats)[0]) - holes) / 1e6


def in_grid(shape: shapely.Geometry, crs: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"key": ["north"]}, geometry=[wrapped(shape)], crs=4326).to_crs(crs)


def written(frame: gpd.GeoDataFrame, path: Path) -> Path:
    frame.to_file(path, engine="pyogrio")
    return path


NORTH = ring(179.6, -16.6, 60_000)
"""As large as Fiji's Northern Division, across the meridian 180."""


@pytest.mark.parametrize("crs", GRIDS)
def test_limits_in_a_grid_across_180_keep_their_area(tmp_path: Path, crs: str) -> None:
    middle = -45.0 if crs in {"EPSG:2193", "EPSG:3851", "EPSG:3994"} else -16.6
    shape = ring(179.6, middle, 60_000)
    path = written(in_grid(shape, crs), tmp_path / "limits.gpkg")
    reading = read_layer(path, geometry="polygon")
    (read,) = reading.frame.geometry
    assert read.geom_type == "MultiPolygon"
    assert read.is_valid
    assert area_km2(read) == pytest.approx(true_km2(shape), rel=1e-3)
    assert sorted(part.bounds[0] > 0 for part in read.geoms) == [False, True]
    assert reading.repaired == 0
    assert reading.notes == ("1 shape lies across the meridian 180 and was cut there: row 0.",)
    (feature,) = iter_features(path)
    assert area_km2(feature.geometry) == pytest.approx(true_km2(shape), rel=1e-3)


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp", "fgb"])
def test_a_file_in_degrees_whose_corners_lie_on_both_sides_is_the_same(tmp_path: Path, suffix: str) -> None:
    frame = gpd.GeoDataFrame({"key": ["a"]}, geometry=[wrapped(NORTH)], crs=4326)
    (read,) = read_layer(written(frame, tmp_path / f"limits.{suffix}"), geometry="polygon").frame.geometry
    assert area_km2(read) == pytest.approx(true_km2(NORTH), rel=1e-3)
    assert read.bounds[::2] == (-180, 180)


def test_holes_stay_in_their_area_on_either_side(tmp_path: Path) -> None:
    lakes = [ring(179.3, -16.6, 9_000, 90), ring(180.0, -16.8, 6_000, 90), ring(180.03, -16.4, 4_000, 90)]
    shape = shapely.Polygon(NORTH.exterior, [lake.exterior for lake in lakes])
    (read,) = read_layer(written(in_grid(shape, FIJI_GRID), tmp_path / "lakes.gpkg")).frame.geometry
    assert area_km2(read) == pytest.approx(true_km2(shape), rel=1e-3)
    for lake in lakes:
        assert not read.contains(wrapped(lake.centroid))


def test_a_broken_outline_across_180_is_repaired_and_then_cut(tmp_path: Path) -> None:
    bowtie = shapely.Polygon([(179, -17), (181, -16), (181, -17), (179, -16)])
    frame = gpd.GeoDataFrame({"key": ["a"]}, geometry=[wrapped(bowtie)], crs=4326)
    reading = read_layer(written(frame, tmp_path / "broken.gpkg"), geometry="polygon")
    assert reading.frame.geometry[0].is_valid
    assert reading.repaired == 1
    assert [note.split()[0] for note in reading.notes] == ["Row", "1"]


def test_several_shapes_are_counted(tmp_path: Path) -> None:
    shapes = [shapely.box(178, n, 182, n + 1) for n in range(10)] + [shapely.box(10, 0, 11, 1)]
    reading = read_layer(written(gpd.GeoDataFrame(geometry=shapes, crs=4326), tmp_path / "many.gpkg"))
    assert reading.notes == (
        "10 shapes lie across the meridian 180 and were cut there: rows 0, 1, 2, 3, 4, 5, 6, 7, ….",
    )


@pytest.mark.parametrize(
    "wide",
    [
        shapely.box(-180, -90, 180, 90),
        shapely.box(-180, -60, 180, 60),
        shapely.Polygon([(-180, -90), (-180, -70), (-60, -65), (60, -66), (180, -70), (180, -90)]),  # Antarctica
        shapely.MultiPolygon([shapely.box(20, 50, 180, 75), shapely.box(-180, 65, -170, 70)]),  # Russia, cut at 180
        shapely.Polygon([(-170, 0), (-60, 40), (60, 40), (170, 0), (60, -40), (-60, -40)]),
    ],
    ids=["world", "belt", "Antarctica", "Russia", "wide"],
)
def test_what_is_truly_wide_stays_as_it_is(tmp_path: Path, wide: shapely.Geometry) -> None:
    assert not jumps(wide)
    assert without_jumps(wide) is wide
    reading = read_layer(written(gpd.GeoDataFrame(geometry=[wide], crs=4326), tmp_path / "wide.gpkg"))
    assert reading.frame.geometry[0].equals(wide)
    assert reading.notes == ()


def test_a_ring_round_a_pole_comes_out_of_its_grid_with_the_pole() -> None:
    turns = np.radians(np.linspace(0, 360, 73)[:-1])
    radius = 2_000_000.0
    cap = shapely.Polygon(np.column_stack([np.cos(turns), np.sin(turns)]) * radius)
    frame = gpd.GeoSeries([cap], crs="EPSG:3031")
    (shape,) = in_degrees(frame)
    assert shape.is_valid
    assert shape.bounds[:2] == (-180, -90)
    equal_area = frame.to_crs("EPSG:6932").area[0] / 1e6
    assert gpd.GeoSeries([shape], crs=4326).to_crs("EPSG:6933").area[0] / 1e6 == pytest.approx(equal_area, rel=5e-3)


def test_lines_across_180_are_cut_there() -> None:
    line = shapely.LineString([(178, -17), (-179, -16)])
    cut = cut_at_antimeridian(without_jumps(line))
    assert [part.bounds for part in cut.geoms] == [
        (178, -17, 180, pytest.approx(-16.333333)),
        (-180, pytest.approx(-16.333333), -179, -16),
    ]
    assert cut.length == pytest.approx(np.hypot(3, 1))
    assert cut.bounds[::2] == (-180, 180)


def test_a_frame_in_a_grid_is_written_joined_and_simplified_as_it_lies() -> None:
    frame = in_grid(NORTH, FIJI_GRID)
    (feature,) = geojson_features(frame)
    assert area_km2(feature.geometry) == pytest.approx(true_km2(NORTH), rel=1e-3)
    hits = join_regions([179.5, -179.95, 0.0], [-16.6, -16.6, -16.6], frame.geometry)
    assert hits.point_index.tolist() == [0, 1]
    lighter = simplify_together(frame, 500)
    assert lighter.area[0] == pytest.approx(frame.area[0], rel=1e-2)
    assert shapely.get_num_coordinates(lighter.geometry[0]) < 720


def test_no_other_code_brings_outlines_to_degrees_corner_by_corner() -> None:
    asked = re.compile(r"""[^'`"]\.to_crs\((4326|CRS|"EPSG:4326"|DEGREES)\)[^'`]""")
    sources = [
        path
        for folder in ("geo", "data", "events", "maps")
        for path in (ROOT / folder).rglob("*.py")
        if "sources" not in path.parts
    ]
    found = {
        str(path.relative_to(ROOT))
        for path in sources
        if any(asked.search(line) for line in path.read_text("utf-8").splitlines(keepends=True) if "tr(" not in line)
    }
    assert found == {"geo/projected.py", "geo/files.py"}


POINTS = st.builds(shapely.Point, st.floats(-180, 180), st.floats(-89, 89))
AREAS = st.builds(
    lambda lon, lat, wide, high: shapely.box(lon, lat, lon + wide, lat + high),
    st.floats(-359, 300), st.floats(-80, 70), st.floats(0.5, 300), st.floats(0.5, 9),
)  # fmt: skip
WESTS = st.integers(-180, 179).map(float)


@given(st.one_of(POINTS, AREAS), WESTS)
def test_another_world_holds_the_same_place(shape: shapely.Geometry, west: float) -> None:
    turned = within_turn(shape, west)
    assert turned.is_valid
    assert turned.bounds[0] >= west
    assert turned.bounds[2] <= west + 360
    assert turned.area == pytest.approx(shape.area, rel=1e-9, abs=1e-9)
    back = cut_at_antimeridian(turned)
    assert back.symmetric_difference(cut_at_antimeridian(shape)).area == pytest.approx(0, abs=1e-9)


@given(st.floats(-1, 1), st.floats(-60, 60), WESTS.filter(lambda west: abs(west) < 150))
def test_a_cut_at_180_is_closed_for_drawing(off: float, lat: float, west: float) -> None:
    whole = shapely.box(178 + off, lat, 182 + off, lat + 3)
    drawn = joined_within_turn(cut_at_antimeridian(whole), west)
    assert drawn.geom_type == "Polygon"
    assert drawn.symmetric_difference(whole).area < 0.01


def test_what_is_broken_is_laid_out_part_by_part() -> None:
    spike = shapely.Polygon([(-69, 53), (-68, 53), (-68, 54), (-68.5, 54), (-68.5, 55), (-68.5, 54), (-69, 54)])
    broken = shapely.MultiPolygon([spike, shapely.box(-67, 53, -66, 54)])
    assert not broken.is_valid
    moved = joined_within_turn(broken, 53)
    assert moved.geom_type == "MultiPolygon"
    assert [part.bounds[0] for part in moved.geoms] == [291, 293]
    bowtie = shapely.Polygon([(52, 0), (54, 2), (54, 0), (52, 2)])
    cut = joined_within_turn(shapely.GeometryCollection([shapely.MultiPolygon([bowtie])]), 53)
    assert cut.is_valid
    assert cut.area == pytest.approx(2)


def test_islands_lakes_and_rivers_are_drawn_without_the_cut() -> None:
    island = shapely.Polygon(shapely.box(178, -18, 182, -15).exterior, [shapely.box(179.5, -17, 180.5, -16).exterior])
    away = shapely.box(170, -18, 171, -17)
    cut = shapely.union_all([cut_at_antimeridian(island), away])
    drawn = joined_within_turn(cut, -5)
    assert sorted(len(part.interiors) for part in drawn.geoms) == [0, 1]
    assert drawn.area == pytest.approx(island.area + away.area)
    river = cut_at_antimeridian(shapely.LineString([(179, -17), (181, -16)]))
    assert joined_within_turn(river, -5).equals(shapely.LineString([(179, -17), (181, -16)]))
    assert joined_within_turn(cut, -180).equals(cut)
