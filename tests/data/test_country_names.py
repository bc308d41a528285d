"""What countries are called, in the order of speech, and that each name means its country."""

import pycountry
import pytest

from willay.data.countries import country_code, country_name


@pytest.mark.parametrize(
    ("code", "english", "spanish"),
    [
        ("CD", "Democratic Republic of the Congo", "República Democrática del Congo"),
        ("PS", "State of Palestine", "Estado de Palestina"),
        ("FM", "Federated States of Micronesia", "Estados Federados de Micronesia"),
        ("VG", "British Virgin Islands", "Islas Vírgenes, Británicas"),
        ("BQ", "Bonaire, Sint Eustatius and Saba", "Islas BES (Caribe Neerlandés)"),
        ("PE", "Peru", "Perú"),
    ],
)
def test_names_are_in_the_order_of_speech(code: str, english: str, spanish: str) -> None:
    """By the short names of ISO 3166-1, which are turned round to be sorted; the Spanish ones by pycountry."""
    assert country_name(code, "en") == english
    assert country_name(code, "es") == spanish


def test_every_country_is_found_by_what_it_is_called() -> None:
    codes = [country.alpha_2 for country in pycountry.countries]
    assert [code for code in codes for lang in ("en", "es") if country_code(country_name(code, lang)) != code] == []
