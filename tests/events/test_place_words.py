"""Places by the names of units and zones, and hamlets within a district. Expected codes are UBIGEO's (INEI)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.data.boundaries import country_box
from willay.data.errors import AmbiguousPlaceError, UnknownPlaceError
from willay.data.gazetteer import Gazetteer
from willay.events.model.place_entry import read_place
from willay.events.model.place_words import SeveralPlacesError, one_unit, units_called

if TYPE_CHECKING:
    from willay.events.model.drafts import PlaceDraft

PERU = Gazetteer.load()


def read(text: str) -> PlaceDraft:
    zones = {"vraem": ("pe-places/vraem", "VRAEM"), "alto huallaga": ("pe-places/upper-huallaga", "Alto Huallaga")}
    return read_place(text, gazetteer=PERU, box=country_box("PE"), zones=lambda: zones)


@pytest.mark.parametrize(
    ("text", "name", "code", "precision"),
    [
        ("distrito de Chungui", "Chungui", "050505", "district"), ("Distrito Chungui", "Chungui", "050505", "district"),
        ("provincia de Huamanga", "Huamanga", "0501", "province"), ("prov. La Mar", "La Mar", "0505", "province"),
        ("departamento de Ayacucho", "Ayacucho", "05", "department"), ("Huamanga", "Huamanga", "0501", "province"),
        ("La Mar, Ayacucho", "La Mar", "0505", "province"), ("province of Huanta", "Huanta", "0504", "province"),
        ("distrito de Santa Rosa, La Mar", "Santa Rosa", "050507", "district"),
        ("Nuevo Amanecer @ 050505", "Nuevo Amanecer", "050505", "district"),
        ("Nuevo Amanecer, distrito de Chungui", "Nuevo Amanecer", "050505", "district"),
        ("Nuevo Amanecer @ distrito de Chungui", "Nuevo Amanecer", "050505", "district"),
        ("Km 3, provincia de Huanta, Ayacucho", "Km 3", "0504", "province"), ("0504", "Huanta", "0504", "province"),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_its_name_and_is_known_no_better(text: str, name: str, code: str, precision: str) -> None:
    place = read(text)
    assert (place.name, place.admin_code, place.precision, place.lon) == (name, code, precision, None)


@pytest.mark.parametrize(("text", "department"), [("San Miguel, La Mar", "05"), ("Chungui, La Mar, Ayacucho", "05")])
def test_a_town_that_is_alone_in_its_department_is_found_by_its_province(text: str, department: str) -> None:
    place = read(text)
    assert (place.precision, place.admin_code) == ("settlement", department)
    assert place.gazetteer_id


@pytest.mark.parametrize("text", ["Perú", "peru", "República del Perú"])
def test_the_country_itself_is_known_no_better(text: str) -> None:
    place = read(text)
    assert (place.name, place.precision, place.admin_code, place.lon) == (text, "country", None, None)


@pytest.mark.parametrize("text", ["Chile", "PER"])
def test_another_country_and_a_code_are_no_place_in_it(text: str) -> None:
    with pytest.raises(UnknownPlaceError, match="Unknown place"):
        read(text)


@pytest.mark.parametrize("text", ["VRAEM", "vraem", "Alto Huallaga"])
def test_a_zone_is_found_by_its_name(text: str) -> None:
    place = read(text)
    assert place.precision == "area"
    assert place.region in {"pe-places/vraem", "pe-places/upper-huallaga"}
    assert place.name in {"VRAEM", "Alto Huallaga"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Santa Rosa, La Mar, Ayacucho", 3),
        ("Santa Rosa, Melgar", 2),
        ("distrito de Santa Rosa", 10),
        ("San Francisco, distrito de Ayna", 2),
    ],
)
def test_what_may_be_several_is_not_guessed(text: str, number: int) -> None:
    with pytest.raises(SeveralPlacesError, match=r"may mean \d+ places.*Specify which") as caught:
        read(text)
    assert len(caught.value.choices) == number


def test_a_hamlet_that_no_list_has_is_offered_within_the_unit_named_after_it() -> None:
    with pytest.raises(AmbiguousPlaceError, match=r"“Nuevo Amanecer @ 050505”"):
        read("Nuevo Amanecer, Chungui")


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnknownPlaceError, match=r"Unknown district, province or department 'distrito de Xyz'"):
        read("distrito de Xyz")


def test_a_point_with_the_unit_that_somebody_names_has_both() -> None:
    place = read("Huanta, Cusco @ -74.25,-12.94")
    assert (place.name, place.admin_code, place.lon, place.precision) == ("Huanta", "08", -74.25, "site")
    plain = read("Km 41, a la altura del puente @ -74.25,-12.94")
    assert (plain.name, plain.admin_code) == ("Km 41, a la altura del puente", None)


def test_the_middle_of_a_view_is_only_near_the_place() -> None:
    seen = read("https://www.google.com/maps/@-13.17,-74.22,15z")
    assert (seen.precision, seen.radius_m) == ("near", 1220)  # 40,075,017 m / 2**15
    assert read("https://www.openstreetmap.org/#map=8/-13.17/-74.22").radius_m == 156540
    assert read("Puente @ geo:-13.17,-74.22").precision == "site"
    assert read("18L 584000 8543000").precision == "site"


def test_units_are_those_of_their_own_country() -> None:
    with pytest.raises(UnknownPlaceError, match="includes no gazetteer of KE"):
        read_place("Huamanga", gazetteer=Gazetteer(country="KE"), country="KE")


def test_of_units_that_lie_in_one_another_the_widest_is_meant() -> None:
    assert [unit.code for unit in units_called("Huanta", "PE")] == ["0504", "050401"]
    unit = one_unit("Huanta", "PE")
    assert unit is not None
    assert unit.code == "0504"
    assert one_unit("Santa Rosa", "PE") is None


@pytest.mark.parametrize("text", ["ရွာ 77", "หมู่ 4", "गाँव 12", "ភូមិ 3", "قرية 5", "村 8", "Km 41", "Село 5"])
def test_a_name_with_a_number_is_a_name_in_every_script(text: str) -> None:
    """In scripts in which marks stand between letters no two letters follow one another, as they do in a name here."""
    with pytest.raises(UnknownPlaceError, match="Unknown place"):
        read(text)
