"""The base maps that are shipped: one country, a few, many; borders in dispute; what a page of any of them weighs."""

from __future__ import annotations

import re
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from squares import ROWS, frame_of

from willay.data.basemap import divisions
from willay.data.units import units
from willay.maps import PageSpec, render
from willay.maps.base import BaseMap, base_columns
from willay.maps.country_words import worded_countries
from willay.maps.light import light_land, light_units, light_water
from willay.maps.payload import unpack
from willay.maps.shapes import ShapeTable
from willay.maps.shipped import MOST_TOWNS, shipped_base
from willay.maps.world import home_countries


def corners(table: gpd.GeoDataFrame | None) -> int:
    return 0 if table is None else int(shapely.get_num_coordinates(table.geometry.array).sum())


def shipped(*codes: str) -> BaseMap:
    base = shipped_base(codes)
    assert base is not None
    return base


def test_perus_base_map_is_drawn_by_hand_and_stays_as_it_is() -> None:
    base = shipped("PE")
    assert base.disputed is None
    assert base.notes == ()
    assert base.divisions is not None
    assert base.divisions.geometry.to_wkb().tolist() == divisions("PE").geometry.to_wkb().tolist()
    assert "disputed" not in base_columns(base, ShapeTable())


def test_a_country_has_its_units_water_towns_disputed_borders_and_notes() -> None:
    base = shipped("UA")
    columns = base_columns(base, ShapeTable())
    assert len(columns["divisions"]) == 27
    assert {names["name"].get("es") for names in columns["neighbours"]} >= {"Polonia", "Rumanía"}
    assert columns["disputed"]
    assert columns["rivers"]
    assert "Kyiv" in columns["towns"]["names"]
    assert any("UA-43" in note["en"] or "Crimea" in note["en"] for note in base.notes)


@pytest.mark.parametrize("code", ["UA", "IN", "CA", "MM"])
def test_a_base_map_has_few_enough_corners_for_a_page_of_less_than_a_megabyte(code: str) -> None:
    base = shipped(code)
    assert corners(base.divisions) <= 25_000
    assert corners(base.country) <= 12_000
    assert corners(base.neighbours) <= 7_000
    assert max(corners(base.rivers), corners(base.lakes)) <= 6_000
    assert base.towns is not None
    assert len(base.towns) <= MOST_TOWNS


def test_a_few_countries_are_drawn_together_and_lie_in_nobodys_neighbour_by_name() -> None:
    base = shipped("CO", "VE", "EC")
    columns = base_columns(base, ShapeTable())
    assert len(columns["country"]) == 3
    assert len(columns["divisions"]) == sum(len(units(code)) for code in ("CO", "VE", "EC"))
    named = {names["name"].get("en", "") for names in columns["neighbours"]}
    assert {"Peru", "Brazil", "Panama"} <= named
    assert not named & {"Colombia", "Ecuador", "Venezuela, Bolivarian Republic of", "Venezuela"}
    assert base.rivers is not None
    assert not base.rivers.geometry.to_wkb().duplicated().any()


def test_more_than_five_countries_are_the_countries_of_the_world() -> None:
    base = shipped("CO", "VE", "EC", "MM", "UA", "SD")
    assert base.divisions is base.country is None
    assert base.neighbours is not None
    assert len(base.neighbours) > 200
    assert corners(base.neighbours) < 40_000


def test_unknown_countries_are_passed_over() -> None:
    assert shipped_base(["XX", "ZZ"]) is None
    assert len(base_columns(shipped("XX", "FJ"), ShapeTable())["divisions"]) == 5


def test_units_that_are_light_stay_and_heavy_ones_still_meet() -> None:
    light = units("MM")
    assert light_units(light).geometry.to_wkb().tolist() == light.geometry.to_wkb().tolist()
    heavy = light_units(units("CA"))
    assert corners(heavy) < corners(units("CA")) / 5
    assert shapely.coverage_is_valid(heavy.geometry.to_numpy(), gap_width=0.0)
    assert heavy["code"].tolist() == units("CA")["code"].tolist()


def test_light_water_has_lines_within_a_tolerance_and_light_land_the_country_under_it() -> None:
    lon = np.linspace(0, 10, 20_000)
    river = gpd.GeoDataFrame(geometry=[shapely.LineString(np.column_stack([lon, np.sin(lon)]))], crs=4326)
    drawn = light_water(river)
    assert corners(drawn) < 3_500
    assert drawn.geometry[0].hausdorff_distance(river.geometry[0]) < 0.01
    angle = np.linspace(0, 2 * np.pi, 20_000)
    disc = shapely.Polygon(np.column_stack([np.cos(angle), np.sin(angle)]))
    own = gpd.GeoDataFrame(geometry=[disc], crs=4326)
    around = gpd.GeoDataFrame({"name_en": ["Around"]}, geometry=[shapely.box(-3, -3, 3, 3).difference(disc)], crs=4326)
    land = light_land(around, own)
    assert land["name_en"].tolist() == ["", "Around"]
    assert corners(land) <= 6_000
    assert shapely.union_all(land.geometry.to_numpy()).symmetric_difference(shapely.box(-3, -3, 3, 3)).area < 1e-6
    small = around.set_geometry([shapely.box(1, 0, 2, 1)], crs=4326)
    assert light_land(small, own) is small


def test_one_incident_abroad_does_not_change_the_country_that_a_map_is_of() -> None:
    frame = pd.DataFrame({"country": ["PE"] * 40 + ["CL"] + [None]})
    assert home_countries(frame) == ["PE"]
    assert [one.code for one in worded_countries(frame)] == ["PE"]
    assert [one.code for one in worded_countries(frame, every=True)] == ["CL", "PE"]


def test_a_map_of_two_countries_is_of_both() -> None:
    assert home_countries(pd.DataFrame({"country": ["PE"] * 40 + ["EC"] * 4})) == ["EC", "PE"]


def test_a_table_without_countries_is_of_none() -> None:
    assert home_countries(pd.DataFrame({"title": ["x"]})) == []


def header_of(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    text = render(frame, PageSpec(kind="timeline", lang="en")).html()
    block = re.search(r'data-block="core">([A-Za-z0-9+/=]+)<', text)
    assert block is not None
    return dict(unpack(block[1])[0])


@pytest.mark.filterwarnings("ignore:No incident is in the country")  # they are in the Gulf of Guinea
def test_a_place_abroad_changes_neither_the_land_nor_the_words_of_a_page_and_has_words_of_its_own() -> None:
    many = frame_of(tuple({**ROWS[0], "code": f"XX-{number}"} for number in range(40)))
    alone, abroad = (header_of(many.assign(country=["PE"] * 39 + [code])) for code in ("PE", "UA"))
    assert abroad["messages"] == alone["messages"]
    assert abroad["base"] == alone["base"]
    assert abroad["locales"] == {"en": "en", "es": "es-PE"}
    assert abroad["labels"]["es"]["place_precision"]["department"] == "departamento"
    assert abroad["labels"]["es"]["units"]["UA"]["department"] == "óblast"
    assert abroad["labels"]["es"].keys() - alone["labels"]["es"].keys() == {"units"}
    assert len(header_of(many.assign(country=["PE"] * 20 + ["UA"] * 20))["base"]["country"]) == 2
