"""A grid under regions finds what is found without it: on borders, in holes, overlaps and gaps, for any outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.geo import CoordinateError, GeometryTypeError, RegionGrid, join_regions

if TYPE_CHECKING:
    from numpy.typing import NDArray


def made_up_regions(rng: np.random.Generator, size: int) -> list[Any]:
    """Return squares of a coverage, and rings, blots and broken outlines over it."""
    regions: list[Any] = [shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(2)]
    for _ in range(size):
        points = rng.uniform(-0.5, 3.5, (int(rng.integers(3, 9)), 2)).round(2)
        regions.append(shapely.Polygon(points))  # it may cross itself
        blot = shapely.Point(points[0]).buffer(rng.uniform(0.01, 1))
        regions += [blot, blot.difference(blot.buffer(-0.05)), shapely.MultiPolygon([blot, shapely.box(0, 0, 0.1, 2)])]
    return [*regions, None, shapely.Polygon()]


def points_about(rng: np.random.Generator, regions: list[Any], side: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return points anywhere, on corners and in the middle of borders, and where squares of the grid meet."""
    corners = shapely.get_coordinates(regions)
    middles = (corners[1:] + corners[:-1]) / 2
    west, south, east, north = shapely.total_bounds(np.array(regions, object))
    meets = np.column_stack([np.linspace(west, east, side + 1), np.linspace(south, north, side + 1)])
    every = np.concatenate([rng.uniform(-1, 4, (300, 2)), corners, middles, meets, [[np.nan, 1], [1, np.nan]]])
    return every[:, 0], every[:, 1]


@given(seed=st.integers(0, 10**6), size=st.integers(0, 6), side=st.sampled_from([1, 2, 7, 32, 200]))
@settings(max_examples=examples(40), deadline=None)
def test_hits_are_those_without_a_grid(seed: int, size: int, side: int) -> None:
    rng = np.random.default_rng(seed)
    regions = made_up_regions(rng, size)
    lon, lat = points_about(rng, regions, side)
    found, expected = RegionGrid(regions, side).join(lon, lat), join_regions(lon, lat, regions)
    assert found.point_index.tolist() == expected.point_index.tolist()
    assert found.region_index.tolist() == expected.region_index.tolist()


@pytest.mark.parametrize("regions", [[], [None], [shapely.Polygon()]])
def test_no_region_holds_nothing(regions: list[Any]) -> None:
    assert len(RegionGrid(regions, 4).join([1.0], [2.0]).point_index) == 0


def test_only_points_near_borders_are_compared_with_outlines(monkeypatch: pytest.MonkeyPatch) -> None:
    grid = RegionGrid([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], 100)
    compared: list[int] = []
    real = shapely.intersects_xy

    def counted(areas: Any, *points: Any) -> Any:
        compared.append(len(points[0]))
        return real(areas, *points)

    monkeypatch.setattr(shapely, "intersects_xy", counted)
    lon, lat = np.random.default_rng(1).uniform(0.05, 0.95, (2, 1000))
    assert len(grid.join(lon, lat).point_index) == 1000
    assert sum(compared) == 0
    grid.join([1.0], [0.5])
    assert sum(compared) == 2, "a point on the border, with both regions"


def test_what_is_refused_without_a_grid_is_refused_with_it() -> None:
    with pytest.raises(GeometryTypeError):
        RegionGrid([shapely.Point(0, 0)])
    with pytest.raises(CoordinateError):
        RegionGrid([shapely.box(0, 0, 1, 1)], 4).join([1.0], [1.0, 2.0])
