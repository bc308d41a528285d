from __future__ import annotations

import pytest

from willay.data.admin import (
    admin_code,
    admin_name,
    admin_names,
    admin_units,
)
from willay.data.errors import UnknownTermError


def test_a_code_gives_the_names_of_every_level_it_reaches() -> None:
    # INEI: 08 Cusco, 0809 La Convención, 080902 Echarate
    assert admin_names("080902") == ("Cusco", "La Convención", "Echarate")
    assert admin_names("0809") == ("Cusco", "La Convención", None)
    assert admin_names("08") == ("Cusco", None, None)


def test_there_are_25_departments_and_196_provinces() -> None:
    levels = [unit.level for unit in admin_units().values()]
    assert levels.count("department") == 25
    assert levels.count("province") == 196


def test_names_give_the_code_without_regard_to_accents_and_case() -> None:
    assert admin_code("cusco", "LA CONVENCION") == "0809"
    assert admin_code("Huánuco") == "10"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Cuzco", "08"), ("CUZCO", "08"), ("Departamento de Puno", "21"), ("Dpto. de Puno", "21"), ("Dpto Puno", "21"),
        ("Región Cusco", "08"), ("Región del Callao", "07"), ("Prov. Const. del Callao", "07"), ("Depto. Junín", "12"),
        ("Provincia Constitucional del Callao", "07"), ("Lima Provincias", "15"), ("Región Lima", "15"),
        ("Gobierno Regional de Puno", "21"), ("Department of Puno", "21"), ("Lima Metropolitana", "1501"),
        ("Lima (Metropolitana)", "1501"),
    ],
)  # fmt: skip
def test_a_department_is_known_as_people_and_offices_write_it(name: str, code: str) -> None:
    assert admin_code(name) == code


def test_a_unit_inside_is_known_with_its_kind_and_a_metropolis_holds_its_districts() -> None:
    assert admin_code("Lima Metropolitana", "Lima") == "1501"
    assert admin_code("Cuzco", "Provincia de La Convención") == "0809"
    assert admin_code("Dpto. de Puno", "Prov. Melgar", "Distrito de Ayaviri") == admin_code("Puno", "Melgar", "Ayaviri")


@pytest.mark.parametrize("name", ["Nacional", "Lima y Callao", "Región", "Departamento de", "Provincia de Puno"])
def test_what_is_no_department_is_not_made_one(name: str) -> None:
    with pytest.raises(UnknownTermError):
        admin_code(name)


def test_a_name_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownTermError, match="Did you mean 'Cusco'"):
        admin_code("Cuscp")
    with pytest.raises(UnknownTermError, match="Did you mean 'La Convención'"):
        admin_code("Cusco", "Convención")


def test_a_code_that_is_not_there_is_refused_with_the_unit_around_it() -> None:
    with pytest.raises(UnknownTermError, match="Did you mean '0809'"):
        admin_name("080999")


@pytest.mark.parametrize("name", ["provincia", "mar", "la", "norte", "nope", "Hua"])
def test_a_name_that_is_like_no_unit_gets_no_suggestion(name: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        admin_code(name)
    assert caught.value.nearest is None


@pytest.mark.parametrize(("name", "nearest"), [("Cajamarka", "Cajamarca"), ("Huanca", "Huancavelica")])
def test_a_name_that_is_mistyped_or_cut_short_is_answered_with_the_unit(name: str, nearest: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        admin_code(name)
    assert caught.value.nearest == nearest
