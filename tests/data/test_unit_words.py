"""The words for units: a country's own, what several have in common, and neutral ones."""

from __future__ import annotations

import pytest

from willay.data.codebook import codebook
from willay.data.countries import country
from willay.data.region_titles import country_of_set, level_of_set, set_title
from willay.data.unit_words import (
    any_level,
    heading,
    locale,
    named_levels,
    place_examples,
    precision_label,
    precision_labels,
    prevailing,
    unit_word,
)


@pytest.mark.parametrize(
    ("countries", "lang", "word"),
    [
        (["PE"], "en", "department"),
        (["PE"], "es", "departamento"),
        (["PE", "PE"], "en", "department"),
        (["PE", "ZZ"], "en", "administrative unit"),
        (["PE", "ZZ"], "es", "unidad administrativa"),
        ([], "en", "administrative unit"),
        (["ZZ"], "es", "unidad de primer nivel"),
    ],
)
def test_a_heading_has_the_word_that_the_countries_share(countries: list[str], lang: str, word: str) -> None:
    assert unit_word(countries, lang) == word


def test_a_lower_level_and_several_units_have_their_words() -> None:
    assert unit_word(["PE"], "es", number=3, plural=True) == "distritos"
    assert unit_word([], "es", plural=True) == "unidades administrativas"
    assert heading("state or region") == "State or region"


def test_a_precision_is_labelled_by_the_word_of_the_country_of_the_place() -> None:
    assert precision_label("district", "PE", "es") == "distrito"
    assert precision_label("district", "ZZ", "es") == "unidad de tercer nivel"
    assert precision_label("district", None, "en") == "third-level unit"
    assert precision_label("near", "PE", "en") == codebook().place_precision["near"].label("en")
    assert precision_labels("PE", "en") == {"department": "department", "province": "province", "district": "district"}


def test_labels_of_the_codebook_name_no_unit_of_one_country_and_its_codes_are_still_found_by_name() -> None:
    for level in country("PE").levels:
        term = codebook().place_precision[level.precision]
        for lang in ("en", "es"):
            assert level.word(lang) not in term.label(lang)
        assert codebook().place_precision.find(level.word("es")).code == level.precision


def test_units_of_any_level_are_named_the_finest_first() -> None:
    assert any_level("PE", "en") == "district, province or department"
    assert any_level("PE", "es") == "distrito, provincia o departamento"
    assert any_level("ZZ", "es") == "unidad administrativa"
    assert [level.number for level in named_levels("PE")] == [1, 2, 3]
    assert named_levels("ZZ") == ()


def test_examples_of_places_are_of_the_country_alone() -> None:
    assert place_examples("PE")["third"] == "Chungui"
    assert place_examples("ZZ") == {}


def test_spanish_is_that_of_peru_for_peru_alone() -> None:
    assert locale(["PE"], "es") == "es-PE"
    assert locale(["PE", "CO"], "es") == locale(["CO"], "es") == locale([], "es") == "es-419"
    assert locale(["PE"], "en") == "en"


def test_a_set_of_units_has_the_word_of_its_country_as_title() -> None:
    assert set_title("pe-departments", "en") == "Departments"
    assert set_title("pe-adm3", "es") == "Distritos"
    assert set_title("zz-adm1", "es") == "Unidades de primer nivel"
    assert set_title("pe-places", "es") == "Valles y provincias"
    assert set_title("my-areas", "es") == "my-areas"
    level = level_of_set("pe-adm2")
    assert level is not None
    assert (level.number, level_of_set("pe-places")) == (2, None)
    assert (country_of_set("pe-places"), country_of_set("areas")) == ("PE", None)


def test_a_list_is_of_the_countries_with_many_of_its_places() -> None:
    assert prevailing(["PE"] * 40 + ["CL"] * 3) == ("PE",)
    assert prevailing(["PE"] * 40 + ["CL"] * 4) == ("CL", "PE")
    assert prevailing([None, "MM", None]) == ("MM",)
    assert prevailing([None]) == prevailing([]) == ()
    assert prevailing(["UA", "MM", "PE"]) == ("MM", "PE", "UA")
