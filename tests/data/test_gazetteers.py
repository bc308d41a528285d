"""Places of any country: by name in any script, in their unit, from packs and from users' files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from willay.data.admin import folded
from willay.data.countries import country
from willay.data.errors import AmbiguousPlaceError, GazetteerError, UnknownPlaceError
from willay.data.gazetteer import Gazetteer
from willay.data.packs import shipped_pack
from willay.geo.translation import in_language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("code", "typed", "name", "unit"),
    [
        ("MM", "Myitkyina", "Myitkyina", "MM-11"), ("UA", "Київ", "Kyiv", "UA-30"),
        ("UA", "Херсон", "Kherson", "UA-65"), ("SY", "حلب", "Aleppo", "SY-HL"),
        ("ET", "መቀሌ", "Mek'ele", "ET-TI"), ("IN", "दिल्ली", "Delhi", "IN-DL"),
        ("CN", "北京", "Beijing", "CN-BJ"), ("CO", "Bogota", "Bogotá", "CO-DC"), ("RU", "Грозный", "Grozny", "RU-CE"),
        ("SS", "Juba", "Juba", "SS-EC"), ("UA", "Севастополь", "Sevastopol", "UA-40"),
    ],
)  # fmt: skip
def test_a_place_is_found_in_its_own_script_and_has_its_unit(code: str, typed: str, name: str, unit: str) -> None:
    found = country(code).gazetteer().search(typed, limit=3)[0]
    assert (found.name, found.code) == (name, unit)
    assert found.admin1
    assert found.source == "GeoNames"


def test_a_unit_after_the_comma_tells_places_of_one_name_apart() -> None:
    mexico = country("MX").gazetteer()
    with pytest.raises(AmbiguousPlaceError, match="places have the name 'San Juan'"):
        mexico.resolve("San Juan")
    for context in ("Michoacán", "MX-MIC", "estado de Michoacán", "Michoacán state"):
        assert mexico.search(f"Morelos, {context}", limit=1)[0].code == "MX-MIC", context


def test_units_are_named_in_the_language_of_the_reader() -> None:
    with in_language("es"):
        assert country("UA").gazetteer().resolve("Irpin").admin1 == "Óblast de Kiev"
    assert country("UA").gazetteer().resolve("Irpin").admin1 == "Kyiv Oblast"


def test_a_country_without_places_says_what_to_do() -> None:
    assert len(country("AQ").gazetteer()) == 0
    with pytest.raises(UnknownPlaceError, match="willay includes no gazetteer of AQ"):
        country("AQ").gazetteer().resolve("Vostok")


def test_other_names_are_in_the_pack_as_names_are_compared() -> None:
    pack = shipped_pack("UA")
    assert pack is not None
    columns = pack.section("places")
    columns.texts()
    assert all(name.casefold() == folded(name) for names in columns.texts() for name in names.split("|"))


HEAD = "id,name,lon,lat"


@pytest.mark.parametrize(
    ("head", "row", "of", "found"),
    [
        (HEAD, "1,Loikaw,97.2,19.7", "MM", ("", "", None)),
        (f"{HEAD},code", "1,Loikaw,97.2,19.7,MM-12", "MM", ("MM-12", "Kayah", None)),
        (f"{HEAD},code,admin1,admin2", "1,Loikaw,97.2,19.7,M2001,Kayah,Loikaw", "MM", ("M2001", "Kayah", "Loikaw")),
        (f"{HEAD},ubigeo", "1,Lluta,-72.0,-16.0,0401", None, ("0401", "Arequipa", "Arequipa")),
        (f"{HEAD},ubigeo,department,province", "1,Lluta,-72.0,-16.0,0401,x,y", "PE", ("0401", "Arequipa", "Arequipa")),
        (f"{HEAD},department", "1,Loikaw,97.2,19.7,Kayah", "MM", ("", "Kayah", None)),
    ],
)  # fmt: skip
def test_a_users_file_has_any_code_or_none_and_earlier_columns_are_read(
    tmp_path: Path, head: str, row: str, of: str | None, found: tuple[str, str, str | None]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{head}\n{row}\n", "utf-8")
    place = next(iter(Gazetteer.load(file, of)))
    assert (place.code, place.admin1, place.admin2) == found


def test_a_code_of_peru_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEAD},code\n1,a,-75,-12,99\n", "utf-8")
    with pytest.raises(GazetteerError, match=r"mine\.csv:2: Unknown UBIGEO code '99'"):
        Gazetteer.load(file, "PE")
