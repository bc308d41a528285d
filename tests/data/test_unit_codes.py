"""Units of any country: what they consist of and how they are named, by the rule of their country."""

import pytest

from willay.data.admin import admin_units
from willay.data.countries import countries, country
from willay.data.nesting import Nesting
from willay.data.unit_codes import (
    code_form,
    code_written,
    could_be_code,
    first_level,
    first_level_called,
    first_level_names,
    first_level_shapes,
    is_listed,
    parts_of,
    unit_code,
    unit_in_words,
    unit_name,
    unit_names,
    units_of,
)

MYANMAR = Nesting(parents={"MMR001001": "MMR001", "MMR001002": "MMR001"})


def test_a_unit_is_itself_with_what_was_parted_from_it_or_all_that_it_is_made_of() -> None:
    assert parts_of("PE", "08", {"08", "05"}) == ("08",)
    assert parts_of("PE", "15", {"15", "1501"}) == ("15", "1501")
    assert parts_of("PE", "1501", {"15", "1501"}) == ("1501",)
    districts = [code for code in admin_units() if len(code) == 6 and code.startswith("0801")]
    assert parts_of("PE", "0801", set(districts)) == tuple(districts)
    assert parts_of("PE", "0801", set(districts[1:])) == ()
    assert parts_of("PE", "080101", {"08", "0801"}) == ()


def test_a_code_that_begins_as_another_is_no_part_of_it() -> None:
    assert parts_of("KE", "KE-01", {"KE-01", "KE-0101"}) == ("KE-01",)
    assert parts_of("RU", "RU-AL", {"RU-AL", "RU-ALT", "RU-AL.7"}) == ("RU-AL", "RU-AL.7")
    assert parts_of("MM", "MMR001", {"MMR001", "MMR001001", "MMR0019"}, MYANMAR) == ("MMR001", "MMR001001")


def test_of_a_country_that_is_not_listed_nobody_knows_whether_the_parts_are_all() -> None:
    assert parts_of("MM", "MMR001", {"MMR001001", "MMR001002"}, MYANMAR) == ()


def test_a_unit_is_named_with_its_level_and_what_holds_it() -> None:
    assert unit_in_words("PE", "080902") == "district 080902 Echarate (La Convención, Cusco)"
    assert unit_in_words("PE", "0806") == "province 0806 Canchis (Cusco)"
    assert unit_in_words("PE", "08") == "department 08 Cusco"
    assert unit_in_words("KE", "KE-01") == "the unit KE-01"


def test_units_that_are_not_listed_have_the_names_that_a_database_has() -> None:
    names = {"MMR001": "Kachin", "MMR001001": "Myitkyina"}
    assert unit_in_words("XX", "MMR001001", MYANMAR, names) == "second-level unit MMR001001 Myitkyina (Kachin)"


def test_what_is_listed_is_found_by_code_and_by_names() -> None:
    assert unit_names("PE", "0809") == ("Cusco", "La Convención")
    assert unit_names("PE", "0899") == unit_names("KE", "KE-01") == ()
    assert unit_name("PE", "0809") == "La Convención"
    assert unit_code("PE", ["cusco", "la convencion"]) == "0809"
    assert is_listed("PE")
    assert not is_listed(None)
    assert len(units_of("PE")) > 2_000
    assert units_of("KE") == {}


def test_every_first_level_unit_of_the_world_is_of_the_first_level_and_lies_in_no_other() -> None:
    alone = {code: country(code).nesting for code in countries() if not is_listed(code)}
    assert len(alone) > 230
    assert [
        (one, unit) for one, nesting in alone.items() for unit in first_level(one) if nesting.level(unit) != 1
    ] == []
    assert {"RU-AL", "RU-ALT"} <= {*first_level("RU")}
    assert {"ES-C", "ES-CA"} <= {*first_level("ES")}


@pytest.mark.parametrize(
    ("of", "text", "code"),
    [("PE", "Departamento de Ayacucho", "05"), ("PE", "Lima department", "15"), ("PE", "Nowhere", None),
     ("MM", "Kachin state", "MM-11"), ("MX", "México state", "MX-MEX"), ("MX", "Distrito Federal", "MX-CMX"),
     ("ZZ", "Kachin", None)],
)  # fmt: skip
def test_a_first_level_unit_is_found_by_what_a_dataset_calls_it(of: str, text: str, code: str | None) -> None:
    assert first_level_called(of, text) == code


def test_a_unit_has_all_its_names_and_an_outline() -> None:
    assert "Sagaing Division" in first_level_names("MM", "MM-01")
    assert first_level_names("MM", "MM-99") == ()
    assert len(first_level_shapes("MM")) == len(first_level("MM"))
    assert len(first_level_shapes("ZZ")) == 0


@pytest.mark.parametrize(("text", "code"), [("5", "05"), ("505.0", "0505"), ("050505", "050505"), ("99", "99")])
def test_what_a_spreadsheet_does_to_a_code_is_undone(text: str, code: str) -> None:
    assert code_written("PE", text) == code
    assert code_written("MM", "505.0") == "505.0"


def test_how_codes_are_written_is_known_of_listed_countries() -> None:
    assert could_be_code("PE", "050505")
    assert not could_be_code("PE", "MM-11")
    assert could_be_code("MM", "MM-11")
    assert "two, four or six" in code_form("PE")
    assert code_form("MM") == ""
