from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from squares import ROWS, frame_of, regions_of

from willay.maps.base import BaseMap, base_columns
from willay.maps.errors import TableError
from willay.maps.incidents import incident_columns
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable, to_grid
from willay.maps.shipped import shipped_base


def test_the_shipped_base_has_land_water_borders_and_towns_in_both_languages() -> None:
    columns = base_columns(shipped_base(["XX", "PE"]), ShapeTable())
    assert {outline["name"].get("es") for outline in columns["neighbours"]} >= {"Brasil", "Ecuador"}
    assert {outline["name"].get("en") for outline in columns["rivers"]} >= {"Amazon", "Ucayali"}
    assert {"es": "Lago Titicaca", "en": "Lake Titicaca"} in [outline["name"] for outline in columns["lakes"]]
    assert len(columns["divisions"]) == 26
    towns = columns["towns"]
    assert towns["names"][0] == "Lima"
    assert len(towns["names"]) == len(towns["ranks"]) == len(towns["at"]) / 2
    assert shipped_base(["XX"]) is None


def test_the_places_of_towns_are_steps_that_add_up_to_cells() -> None:
    points = gpd.GeoDataFrame(
        {"name": ["A", "B"], "rank": [1, 3]}, geometry=gpd.points_from_xy([-77.03, -71.97], [-12.04, -13.52]), crs=4326
    )
    towns = base_columns(BaseMap(towns=points), ShapeTable())["towns"]
    cells = np.cumsum(np.array(towns["at"]).reshape(-1, 2), axis=0)
    assert cells.tolist() == to_grid(np.array([-77.03, -71.97]), np.array([-12.04, -13.52])).tolist()
    assert towns["ranks"] == [1, 3]


def test_the_name_of_a_neighbour_stands_near_the_country() -> None:
    country = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 2, 2)], crs=4326)
    around = gpd.GeoDataFrame({"name": ["Far"]}, geometry=[shapely.box(2, 0, 60, 2)], crs=4326)
    (outline,) = base_columns(BaseMap(country=country, neighbours=around), ShapeTable())["neighbours"]
    x, y = outline["at"]
    west, south = to_grid(np.array([2.0]), np.array([0.0]))[0]
    east, north = to_grid(np.array([7.0]), np.array([2.0]))[0]
    assert west < x < east
    assert north < y < south
    assert outline["name"] == {"es": "Far", "en": "Far"}


def test_no_base_is_an_empty_one_and_a_table_in_another_crs_is_refused() -> None:
    assert base_columns(None, ShapeTable()) == base_columns(BaseMap(), ShapeTable())
    lakes = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=3857)
    with pytest.raises(TableError, match="not in EPSG:4326"):
        base_columns(BaseMap(lakes=lakes), ShapeTable())


def test_a_shape_that_is_added_again_keeps_its_number() -> None:
    shapes = ShapeTable()
    first = shapes.add(shapely.box(0, 0, 1, 1))
    assert shapes.add(shapely.box(1, 1, 2, 2)) == first + 1
    assert shapes.add(shapely.box(0, 0, 1, 1)) == first
    assert len(shapes.arrays()["shape_rings"]) == 2


def test_a_note_by_language_reaches_the_page_as_one() -> None:
    note = {"es": "Una nota", "en": "A note"}
    regions = regions_of().assign(outline_note=[json.dumps(note), "Plain", *[None] * 4])
    shapes = ShapeTable()
    sets = region_columns(regions, incident_columns(frame_of(ROWS), shapes), shapes).sets
    (squares,) = [one["regions"] for one in sets if one["key"] == "squares"]
    assert [region.get("outline_note") for region in squares] == [note, "Plain", None, None]
