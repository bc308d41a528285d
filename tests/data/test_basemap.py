"""What a map shows around any country: land without gaps, water, borders in dispute, towns by rank."""

from __future__ import annotations

import pytest
import shapely

from willay.data import basemap, boundaries
from willay.data.basemap import disputed_lines, divisions, lakes, neighbours, outline, rivers, world
from willay.data.countries import countries
from willay.data.settlements import RANKS, towns
from willay.data.units import units


def test_peru_keeps_its_own_files() -> None:
    assert neighbours("PE").equals(boundaries.neighbours())
    assert rivers("PE").equals(boundaries.rivers())
    assert lakes("PE").equals(boundaries.lakes())
    assert divisions("PE").equals(boundaries.departments())


@pytest.mark.parametrize("code", ["MM", "UA", "CO", "FJ", "RU", "US", "NZ", "KI", "VA", "AQ"])
def test_land_around_a_country_is_within_the_degrees_and_without_the_country(code: str) -> None:
    land = neighbours(code)
    west, south, east, north = land.total_bounds if len(land) else (0, 0, 0, 0)
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert code not in set(land["code"])
    assert land.geometry.is_valid.all()
    assert set(land.geometry.geom_type) <= {"Polygon", "MultiPolygon"}


def test_fijis_neighbours_are_on_both_sides_of_the_meridian_180() -> None:
    assert {"TO", "WS", "VU", "NZ"} <= set(neighbours("FJ")["code"])


@pytest.mark.parametrize(("code", "inland"), [("MM", (98.0, 21.0)), ("UA", (24.0, 49.5)), ("CO", (-72.0, 4.0))])
def test_no_sea_shows_between_a_country_and_its_neighbours(code: str, inland: tuple[float, float]) -> None:
    land = shapely.union_all([*neighbours(code).geometry, *outline(code).geometry], grid_size=1e-4)
    around = shapely.Point(inland).buffer(3.0)
    holes = [
        shapely.Polygon(ring)
        for part in shapely.get_parts(land).tolist()
        for ring in part.interiors
        if shapely.Polygon(ring).intersects(around)
    ]
    assert sum(hole.area for hole in holes) < 0.02  # square degrees, about 240 km²


def test_units_of_a_page_have_few_corners_and_still_meet() -> None:
    for code, most in (("RU", 25_000), ("US", 25_000), ("CA", 25_000), ("CO", 25_000)):
        drawn = divisions(code)
        assert shapely.get_num_coordinates(drawn.geometry.array).sum() <= most
        assert shapely.coverage_is_valid(drawn.geometry.array)
        assert len(drawn) == len(units(code))


def test_what_one_caller_changes_no_other_sees() -> None:
    divisions("CO")["name_en"] = "changed"
    assert "changed" not in set(divisions("CO")["name_en"])


def test_the_line_around_crimea_is_dashed_with_both_sides_named() -> None:
    lines = disputed_lines("UA")
    line = lines[(lines["left"] == "UA") & (lines["right_en"] == "Crimea and Sevastopol")].iloc[0]
    assert (line["kind"], line["left_es"], line["right_es"]) == ("control", "Ucrania", "Crimea y Sebastopol")
    assert line.geometry.intersects(shapely.box(33, 45.9, 35, 46.3))  # the isthmus of Perekop


@pytest.mark.parametrize(
    ("code", "sides"), [("IN", {"IN", "PK"}), ("KR", {"KP", "KR"}), ("GY", {"GY", "VE"}), ("SD", {"SD", "SS"})]
)
def test_disputed_borders_are_found_from_both_sides(code: str, sides: set[str]) -> None:
    lines = disputed_lines(code)
    assert any({one, two} == sides for one, two in zip(lines["left"], lines["right"], strict=True))


def test_every_country_is_drawn_once_on_the_map_of_the_world() -> None:
    drawn = world()
    assert tuple(drawn["code"]) == countries()
    assert drawn.loc[drawn["code"] == "UA", "name_es"].item() == "Ucrania"


def test_great_rivers_and_lakes_are_there() -> None:
    assert {"Orinoco", "Magdalena"} <= set(rivers("CO")["name"])
    assert not any("?" in name for name in basemap.rivers("RU")["name"])
    assert lakes("UG").geometry.intersects(shapely.Point(33, -1)).any()  # Lake Victoria


@pytest.mark.parametrize(
    ("code", "capital"), [("MM", "Nay Pyi Taw"), ("CO", "Bogotá"), ("UA", "Kyiv"), ("ZA", "Pretoria"), ("NG", "Abuja")]
)
def test_the_capital_comes_first_among_the_towns(code: str, capital: str) -> None:
    frame = towns(code)
    assert frame["name"].iloc[0] == capital
    assert (frame["rank"] == 1).sum() == 1
    assert set(frame["rank"]) <= set(range(1, RANKS + 1))
    assert (frame["rank"] == 2).sum() >= 5
