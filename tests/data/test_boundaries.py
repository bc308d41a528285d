from __future__ import annotations

import itertools

import pytest
import shapely

from willay.data.boundaries import (
    COUNTRY_BOXES,
    country_box,
    country_outline,
    departments,
    lakes,
    neighbours,
    rivers,
    stated_area_km2,
)
from willay.data.errors import UnknownTermError
from willay.data.gazetteer import Gazetteer
from willay.geo import area_km2, join_regions

# Places and the department that INEI puts them in.
KNOWN = {
    "Amazonas": (-78.531145, -5.638851),  # Bagua
    "Cusco": (-73.204434, -12.636861),  # Kepashiato
    "Cajamarca": (-78.14312, -6.866948),  # Celendín
    "Puno": (-70.133434, -15.483984),  # Juliaca
    "Madre de Dios": (-69.176803, -12.593675),  # Puerto Maldonado
    "Lima Province": (-77.030829, -12.064932),  # La Victoria
    "Loreto": (-73.25, -3.75),  # Iquitos
}


def test_peru_has_26_first_level_units_with_both_codes() -> None:
    units = departments()
    assert len(units) == 26
    assert units["iso"].is_unique
    assert units["ubigeo"].is_unique
    assert units["iso"].str.fullmatch(r"PE-[A-Z]{3}").all()


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_place_lies_in_its_unit(name: str) -> None:
    units = departments()
    lon, lat = KNOWN[name]
    hits = join_regions([lon], [lat], units.geometry)
    assert units["name"].iloc[hits.region_index].tolist() == [name]


def test_the_units_share_their_borders_exactly() -> None:
    assert shapely.coverage_is_valid(departments().geometry.array)


def test_the_outline_is_the_union_of_the_units_and_about_as_large_as_the_country() -> None:
    outline = country_outline("PE")
    assert outline.equals(shapely.coverage_union_all(departments().geometry.array))
    assert area_km2(outline) == pytest.approx(1_285_216, rel=0.02)  # km², INEI


def test_the_box_holds_the_country() -> None:
    box = country_box("PE")
    assert box is not None
    assert box.as_polygon().contains(country_outline("PE"))
    assert country_box("XX") is None
    assert set(COUNTRY_BOXES) == {"PE"}


def test_the_neighbours_do_not_overlap_peru() -> None:
    around = neighbours()
    assert {"Ecuador", "Colombia", "Brazil", "Bolivia", "Chile"} <= set(around["name_en"])
    inner = shapely.buffer(country_outline("PE"), -0.01)
    assert not shapely.intersects(around.geometry.array, inner).any()


def test_no_gap_that_would_look_like_sea_lies_between_peru_and_its_neighbours() -> None:
    outline = country_outline("PE")
    around = shapely.union_all(shapely.intersection(neighbours().geometry.array, outline.envelope.buffer(1)))
    land = shapely.union_all([around, outline])
    closed = land.buffer(0.02, join_style="mitre").buffer(-0.02, join_style="mitre")
    gaps = shapely.get_parts(closed.difference(land))
    between = gaps[(shapely.distance(gaps, outline) < 0.001) & (shapely.distance(gaps, around) < 0.001)]
    assert sum(map(area_km2, between)) < 5


def test_every_outline_is_a_valid_area() -> None:
    for frame in (departments(), neighbours()):
        assert frame.geometry.is_valid.all()
        assert set(frame.geom_type) <= {"Polygon", "MultiPolygon"}


def test_the_lima_region_keeps_no_scrap_of_lima_province() -> None:
    units = departments().set_index("key")
    assert units.loc["PE-LIM"].geometry.geom_type == "Polygon"


def test_a_country_without_an_outline_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="willay includes no outline of the country 'XX'"):
        country_outline("XX")


def test_what_one_caller_changes_no_other_sees() -> None:
    departments()["name"] = "changed"
    assert "Cusco" in set(departments()["name"])


def test_settlements_lie_in_the_department_of_their_code() -> None:
    units = departments()
    places = [place for place in Gazetteer.load() if place.id.startswith("inei:")]
    assert len(places) > 10
    hits = join_regions([p.lon for p in places], [p.lat for p in places], units.geometry)
    codes = units["ubigeo"].iloc[hits.region_index].str[:2].tolist()
    assert codes == [places[point].code[:2] for point in hits.point_index]


def test_the_land_around_reaches_further_than_a_wide_screen_shows() -> None:
    west, south, east, north = neighbours().total_bounds
    assert (west, south) < (-110, -55)  # Peru's middle is at 75° W, 9° S
    assert east > -35
    assert north > 30
    assert set(neighbours()["name_es"]) >= {"Brasil", "Ecuador", "Bolivia", "Chile", "Colombia", "Argentina"}


# Towns on the banks, and the department of those whose name is not the only one.
BANKS = (
    ("Iquitos", "Amazonas"), ("Juanjuí", "Huallaga"), ("Tingo María", "Huallaga"), ("Yurimaguas", "Huallaga"),
    ("Nauta, Loreto", "Marañón"), ("Pucallpa", "Ucayali"), ("Atalaya", "Ucayali"), ("Pichari", "Apurímac"),
    ("San Francisco, Ayacucho", "Apurímac"), ("Puerto Maldonado", "Madre de Dios"),
)  # fmt: skip


@pytest.mark.parametrize(("town", "river"), BANKS)
def test_a_river_passes_the_towns_on_its_banks(town: str, river: str) -> None:
    place = Gazetteer.load().resolve(town)
    line = rivers().drop_duplicates("name").set_index("name").geometry[river]
    assert line.distance(shapely.Point(place.lon, place.lat)) < 0.05  # about 5 km: the lines are generalised


def test_the_rivers_of_the_vraem_meet_in_their_order() -> None:
    lines = (
        rivers().drop_duplicates("name").set_index("name").geometry
    )  # the great Tambo comes before the one of Moquegua
    parts = [lines[name] for name in ("Apurímac", "Ene", "Tambo", "Ucayali")]
    assert all(upper.touches(lower) for upper, lower in itertools.pairwise(parts))
    assert [part.centroid.y for part in parts] == sorted(part.centroid.y for part in parts)


def test_lake_titicaca_is_as_large_as_it_is() -> None:
    lake = lakes().iloc[lakes()["name"].tolist().index("Lago Titicaca")]
    assert area_km2(lake.geometry) == pytest.approx(8372, rel=0.1)  # km², Bolivia's and Peru's binational authority
    assert lake.name_en == "Lake Titicaca"
    assert departments().set_index("key").loc["PE-PUN"].geometry.intersects(lake.geometry)


def test_what_an_outline_does_not_show_is_told_in_both_languages_and_its_area_stated() -> None:
    units = departments().set_index("key")
    assert area_km2(units.geometry["PE-CAL"]) < 60
    assert stated_area_km2("pe-departments", "PE-CAL") == 146.98  # INEI
    assert stated_area_km2("pe-departments", "PE-CUS") is None
    notes = units["outline_note"].dropna()
    assert set(notes.index) == {"PE-CAL", "PE-LIM", "PE-LMA"}
    assert all(set(note) == {"es", "en"} for note in notes)
