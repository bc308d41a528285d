from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.admin import admin_units, folded
from willay.data.errors import AmbiguousPlaceError, GazetteerError, UnknownPlaceError
from willay.data.gazetteer import Gazetteer
from willay.geo.distance import distance_m

PERU = Gazetteer.load()
NAMES = sorted({place.name for place in PERU})
HEAD = "id,name,lon,lat,ubigeo\n"


def test_two_bambamarcas_are_both_shown_the_larger_first() -> None:
    found = [place for place in PERU.search("Bambamarca") if place.score == 100]
    assert [place.admin1 for place in found] == ["Cajamarca", "La Libertad"]


def test_what_lies_in_the_unit_named_comes_first() -> None:
    assert PERU.search("bambamarca, la libertad")[0].admin1 == "La Libertad"
    assert PERU.search("Bambamarca", within="13")[0].admin1 == "La Libertad"


def test_an_ambiguous_name_is_refused_with_every_candidate() -> None:
    with pytest.raises(AmbiguousPlaceError, match=r"Cajamarca.*La Libertad") as caught:
        PERU.resolve("Bambamarca")
    assert len(caught.value.candidates) == 2


@pytest.mark.parametrize(
    ("typed", "name"), [("KEPASHIATO", "Kepashiato"), ("celendin", "Celendín"), ("Kepashiatto", "Kepashiato")]
)
def test_accents_case_and_a_slip_do_not_matter(typed: str, name: str) -> None:
    assert PERU.search(typed)[0].name == name


def test_settlements_of_the_incidents_that_geonames_lacks_are_there() -> None:
    for name in ("Kepashiato", "Kiteni", "Chuanquiri", "Imacita", "Sanabamba", "Uchuraccay"):
        assert PERU.resolve(name).name == name


def test_a_place_is_found_by_its_other_name() -> None:
    assert PERU.resolve("Espinar").name == "Yauri"  # the town of Espinar


def test_an_unknown_name_is_refused_with_the_nearest_and_another_way() -> None:
    with pytest.raises(UnknownPlaceError, match=r"Near: Kepashiato, Cusco.*Alternatively, give coordinates"):
        PERU.resolve("Kepashiatto")


# Towns beside a border, which generalised outlines put on its wrong side, and the department they are in.
BESIDE_A_BORDER = {
    "Mazuko": "Madre de Dios",
    "Cascas": "La Libertad",
    "Sayapullo": "La Libertad",
    "Mantaro": "Cusco",
    "Callao": "Callao",
}


@pytest.mark.parametrize("name", BESIDE_A_BORDER)
def test_a_town_beside_a_border_is_in_its_own_department(name: str) -> None:
    assert PERU.search(name)[0].admin1 == BESIDE_A_BORDER[name]


def settled() -> dict[str, dict[str, Any]]:
    """How each place was settled whose department has no district of its name."""
    listed = tomllib.loads((Path(__file__).parents[2] / "data" / "sources" / "namesakes.toml").read_text("utf-8"))
    return {place["id"]: place for place in listed["place"]}


def districts_called(name: str) -> list[str]:
    return [unit.code for unit in admin_units().values() if unit.level == "district" and folded(unit.name) == name]


def test_kimbiri_and_nuevo_progreso_are_where_their_districts_are() -> None:
    # Capitals of districts by INEI: 080907 Kimbiri (La Convención, Cusco), 221002 Nuevo Progreso (Tocache, San Martín).
    assert PERU.resolve("Kimbiri, Cusco").code == "080907"
    assert PERU.resolve("Kimbiri, La Convención").code == "080907"
    assert PERU.resolve("Nuevo Progreso, Tocache").admin1 == "San Martín"


def test_a_place_with_a_districts_name_is_in_its_department_or_settled_as_a_namesake() -> None:
    known = settled()
    for place in PERU:
        codes = districts_called(folded(place.name))
        if codes and not any(code[:2] == place.code[:2] for code in codes):
            assert known[place.id]["settled"] == "namesake", place
            assert known[place.id]["stated"] == place.code
    moved = {key: place["district"] for key, place in known.items() if place["settled"] == "moved"}
    assert {place.id: place.code for place in PERU if place.id in moved} == moved
    assert len(known) == 125


def test_a_namesake_is_too_far_from_the_district_of_its_name_to_be_its_capital() -> None:
    at = {place.id: (place.lon, place.lat) for place in PERU}
    for key, place in settled().items():
        far = distance_m(at[key], tuple(place["capital"])) if "capital" in place else None
        if place["settled"] == "moved":
            assert far is not None
            assert far < 1_000
        else:
            assert place["outline_km"] > 10 or (far is not None and far > 10_000), place["name"]


def test_bellavista_of_jaen_is_in_cajamarca() -> None:
    assert PERU.resolve("Bellavista, Cajamarca").code == "06"


def test_beginnings_come_before_near_misses() -> None:
    found = PERU.search("Huancav", limit=20)
    assert found[0].name == "Huancavelica"
    assert [place.why for place in found] == sorted(place.why for place in found)  # beginning, then similar


def test_a_quechua_name_is_found_too() -> None:
    assert PERU.search("Wamanqa")[0].name == "Ayacucho"
    assert PERU.search("Wamanqa")[0].why == "other name"


@given(st.sampled_from(NAMES))
def test_every_place_is_found_by_its_own_name(name: str) -> None:
    assert name in {place.name for place in PERU.search(name, limit=400) if place.score == 100}


@given(st.text(max_size=30))
def test_no_text_breaks_a_search(text: str) -> None:
    assert len(PERU.search(text, limit=3)) <= 3


def test_a_user_may_bring_a_bigger_gazetteer(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = "".join(f"x:{n},Sanabamba,-74.{n},-12.3,0504\n" for n in range(4))
    file.write_text("id,name,lon,lat,ubigeo\n" + rows, "utf-8")
    mine = Gazetteer.load(file)
    with pytest.raises(AmbiguousPlaceError, match=r"4 places have the name 'Sanabamba'.*Huanta"):
        mine.resolve("Sanabamba")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\n1,a\n", "lacks the column 'lon'"),
        ("id;name;lon;lat;ubigeo\n1;a;-75;-12;05\n", "separated by commas"),
        (f"{HEAD}1,a,west,2,05\n", r"mine\.csv:2: lon must be degrees.*'west'"),
        (f"{HEAD}1,a,-75,-12,05\n2,b,-75,nan,05\n", r"mine\.csv:3: lat must be degrees.*'nan'"),
        (f"{HEAD}1,a,-75,-120,05\n", r"mine\.csv:2: lat must be degrees from -90 to 90"),
        (f"{HEAD}1,a,-75\n", r"mine\.csv:2: lat is empty"),
        (f"{HEAD}1,,-75,-12,05\n", r"mine\.csv:2: name is empty"),
        (f"{HEAD}1,a,-75,-12,99\n", r"mine\.csv:2: Unknown UBIGEO code '99'"),
    ],
)
def test_a_gazetteer_that_cannot_be_read_says_where(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(GazetteerError, match=message):
        Gazetteer.load(file)


def test_a_gazetteer_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes(f"{HEAD}1,Celendín,-78,-6,06\n".encode("latin-1"))
    with pytest.raises(GazetteerError, match=r"not UTF-8.*CSV UTF-8"):
        Gazetteer.load(file)


def test_a_name_with_a_line_break_is_one_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f'{HEAD}1,"Alto\nPerú",-75,-12,05\n2,La\u2028Mar,-74,-13,05\n', "utf-8")
    assert [place.name for place in Gazetteer.load(file)] == ["Alto\nPerú", "La\u2028Mar"]


def test_a_cell_without_end_is_reported_with_its_row(tmp_path: Path) -> None:
    usual = csv.field_size_limit(1 << 17)
    file = tmp_path / "mine.csv"
    file.write_text(f'{HEAD}1,a,-75,-12,05\n2,"{"b" * (1 << 18)}', "utf-8")
    try:
        with pytest.raises(GazetteerError, match=r"mine\.csv:3: field larger than .*unclosed quotation mark"):
            Gazetteer.load(file)
    finally:
        csv.field_size_limit(usual)
