"""Lighter outlines whose borders still meet."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from willay.geo import (
    GeometryTypeError,
    MissingCRSError,
    SimplificationError,
    round_coordinates,
    simplify_to,
    simplify_together,
)


@pytest.fixture
def neighbours() -> gpd.GeoDataFrame:
    """Four areas of one square that share wavy borders, made by cutting it along waves."""
    along = np.linspace(-76, -72, 200)
    across = shapely.LineString(np.column_stack([along, -12 + 0.02 * np.sin((along + 74) * 40)]))
    down = shapely.LineString(np.column_stack([-74 + 0.02 * np.sin((along + 74) * 40), along + 62]))
    edges = shapely.union_all([shapely.box(-76, -14, -72, -10).exterior, across, down])
    parts = shapely.get_parts(shapely.polygonize([*shapely.get_parts(edges)]))
    return gpd.GeoDataFrame({"name": [f"area {n}" for n in range(len(parts))]}, geometry=parts, crs=4326)


def test_neighbours_keep_one_border(neighbours: gpd.GeoDataFrame) -> None:
    lighter = simplify_together(neighbours, 10_000)
    assert len(lighter) == 4
    assert shapely.coverage_is_valid(np.asarray(lighter.geometry))
    assert (
        shapely.get_num_coordinates(lighter.geometry).sum()
        < 0.2 * shapely.get_num_coordinates(neighbours.geometry).sum()
    )
    assert shapely.union_all(lighter.geometry).area == pytest.approx(16, rel=1e-3)


def test_the_smallest_tolerance_that_leaves_few_enough_corners_is_taken(neighbours: gpd.GeoDataFrame) -> None:
    corners = int(shapely.get_num_coordinates(neighbours.geometry).sum())
    assert simplify_to(neighbours, corners).geometry.equals(neighbours.geometry)
    at_2000 = simplify_together(neighbours, 2_000)
    most = int(shapely.get_num_coordinates(at_2000.geometry).sum())
    assert simplify_to(neighbours, most).geometry.equals(at_2000.geometry)
    assert simplify_to(neighbours, 1).geometry.equals(simplify_together(neighbours, 4_000).geometry)


def test_a_tolerance_of_zero_moves_nothing(neighbours: gpd.GeoDataFrame) -> None:
    same = simplify_together(neighbours, 0)
    assert same.crs == neighbours.crs
    assert list(same["name"]) == list(neighbours["name"])
    assert shapely.equals_exact(same.geometry, neighbours.geometry, normalize=True).all()


def test_corners_that_stay_keep_their_coordinates(neighbours: gpd.GeoDataFrame) -> None:
    corners = {tuple(corner) for corner in shapely.get_coordinates(neighbours.geometry)}
    lighter = shapely.get_coordinates(simplify_together(neighbours, 5_000).geometry)
    assert {tuple(corner) for corner in lighter} <= corners


def test_the_frame_given_is_left_as_it_was(neighbours: gpd.GeoDataFrame) -> None:
    before = neighbours.copy()
    simplify_together(neighbours, 10_000)
    assert before.geometry.geom_equals_exact(neighbours.geometry, 0).all()


def test_missing_and_empty_areas_stay(neighbours: gpd.GeoDataFrame) -> None:
    neighbours.loc[0, "geometry"] = None
    neighbours.loc[1, "geometry"] = shapely.Polygon()
    lighter = simplify_together(neighbours, 5_000)
    assert lighter.geometry.isna().tolist() == [True, False, False, False]
    assert lighter.geometry.is_empty.tolist() == [False, True, False, False]


def test_a_geometry_column_keeps_its_name_and_an_empty_frame_stays_empty(
    neighbours: gpd.GeoDataFrame,
) -> None:
    named = neighbours.rename_geometry("outline")
    lighter = simplify_together(named, 5_000)
    assert list(lighter.columns) == ["name", "outline"]
    assert lighter.geometry.name == "outline"
    assert len(simplify_together(named[:0], 5_000)) == 0


def test_a_frame_as_wide_as_the_world_is_simplified() -> None:
    world = gpd.GeoDataFrame(
        geometry=[shapely.box(-170, -60, 0, 60).segmentize(1), shapely.box(0, -60, 170, 60)], crs=4326
    )
    assert simplify_together(world, 50_000).geometry.is_valid.all()


def test_what_cannot_be_simplified_is_refused(neighbours: gpd.GeoDataFrame) -> None:
    with pytest.raises(MissingCRSError, match="set_crs before simplifying"):
        simplify_together(neighbours.set_crs(None, allow_override=True), 10)
    with pytest.raises(GeometryTypeError, match="got also Point"):
        simplify_together(neighbours.set_geometry(neighbours.representative_point()), 10)
    with pytest.raises(SimplificationError, match="0 metres or more, not -1"):
        simplify_together(neighbours, -1)


def test_an_area_without_extent_is_named() -> None:
    sliver = shapely.Polygon([(0, 0), (1, 1), (1, 1 + 1e-16), (0, 0)])
    frame = gpd.GeoDataFrame(geometry=[shapely.box(2, 2, 3, 3), sliver], index=["good", "sliver"], crs=4326)
    with pytest.raises(SimplificationError, match=r"rows \['sliver'\] have no area"):
        simplify_together(frame, 1_000)


def test_rounding_keeps_an_area_valid() -> None:
    bowtie_when_rounded = shapely.Polygon([(0, 0), (1, 0.04), (2, 0), (2, 1), (1, 0.05), (0, 1)])
    rounded = round_coordinates(bowtie_when_rounded, 1)
    assert rounded.is_valid
    assert np.allclose(shapely.get_coordinates(rounded) * 10, np.round(shapely.get_coordinates(rounded) * 10))


def test_an_area_narrower_than_the_rounding_becomes_empty() -> None:
    assert round_coordinates(shapely.box(0, 0, 0.001, 0.001), 1).is_empty
