"""Which of 2,000 polygons hold which of 1,000,000 points, beside geopandas.sjoin."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from benchmarks.measuring import seconds, table
from willay.geo import join_regions

POINTS, COLUMNS, ROWS = 1_000_000, 50, 40


def main() -> None:
    """Measure on made-up points and a made-up tiling of wavy cells with 200 vertices each."""
    chance = np.random.default_rng(20090605)
    lons, lats = chance.uniform(-81, -69, POINTS), chance.uniform(-18, 0, POINTS)
    regions = gpd.GeoDataFrame(geometry=list(_cells()), crs="EPSG:4326")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lons, lats), crs="EPSG:4326")
    hits = join_regions(lons, lats, regions.geometry)
    theirs = gpd.sjoin(points, regions, predicate="covered_by")
    assert len(hits.point_index) == len(theirs), "both must find the same pairs"
    ours = seconds(lambda: join_regions(lons, lats, regions.geometry))
    others = {
        "geopandas.sjoin, predicate covered_by": seconds(lambda: gpd.sjoin(points, regions, predicate="covered_by"))
    }
    table(f"Joining: {POINTS:,} points x {ROWS * COLUMNS:,} polygons", ("willay.geo.join_regions", ours), others)


def _cells() -> list[shapely.Polygon]:
    width, height = 12 / COLUMNS, 18 / ROWS
    turn = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    wave = 0.42 + 0.06 * np.sin(9 * turn)
    ring = np.column_stack([wave * np.cos(turn) * width, wave * np.sin(turn) * height])
    return [
        shapely.Polygon(ring + np.array([-81 + (column + 0.5) * width, -18 + (row + 0.5) * height]))
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
