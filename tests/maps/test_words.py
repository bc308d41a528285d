"""Days, moments, credits and profiles in words, as Peru's reports write them, in pictures and documents."""

from __future__ import annotations

from datetime import date

import pytest

from willay.maps.messages import credit_words, profile_words
from willay.maps.pictures.words import Words

ES, EN = Words("es", ("PE",)), Words("en", ("PE",))


@pytest.mark.parametrize(
    ("first", "last", "es", "en"),
    [
        ("2012-04-09", "2012-04-09", "9 abr. 2012", "9 Apr 2012"),
        ("2012-04-09", "2012-04-14", "9–14 abr. 2012", "9–14 Apr 2012"),
        ("2012-04-09", "2012-05-14", "9 abr.–14 may. 2012", "9 Apr – 14 May 2012"),
        ("2012-12-30", "2013-01-02", "30 dic. 2012 – 2 ene. 2013", "30 Dec 2012 – 2 Jan 2013"),
    ],
)
def test_a_span_of_days_says_what_its_ends_share_once(first: str, last: str, es: str, en: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert (ES.days(*days), EN.days(*days)) == (es, en)


def test_a_moment_has_the_hours_of_a_day_in_both_languages() -> None:
    assert ES.minute("2026-11-25T17:47:12.000001Z") == "25 nov. 2026, 17:47"
    assert EN.minute("2026-11-25T17:47:12.000001Z") == "25 Nov 2026, 17:47"


def test_a_month_with_its_year() -> None:
    assert ES.month_of_year(date(2012, 9, 1)) == "setiembre de 2012"
    assert EN.month_of_year(date(2012, 9, 1)) == "September 2012"


@pytest.mark.parametrize("countries", [(), ("MM",), ("MM", "PE")])
def test_september_is_written_as_elsewhere_but_for_peru_alone(countries: tuple[str, ...]) -> None:
    words = Words("es", countries)
    assert words.month_of_year(date(2012, 9, 1)) == "septiembre de 2012"
    assert words.day(date(2012, 9, 1)) == "1 sept 2012"
    assert words.day(date(2012, 3, 1)) == "1 mar 2012"


def test_a_profile_has_a_name_in_each_language_and_one_of_ones_own_stays() -> None:
    assert ES.profile("public (version 2)") == "público (versión 2)"
    assert EN.profile("public (version 2)") == "public (version 2)"
    assert ES.profile("mine (version 1, SHA-256 abc)") == "mine (version 1, SHA-256 abc)"
    assert profile_words("mine (version 1)") == {}


def test_a_credit_is_in_the_words_of_the_registry_part_by_part() -> None:
    text = "Made with Natural Earth · LicenseRef-public-domain · Survey of Nowhere"
    assert ES.credit(text) == "Hecho con Natural Earth · dominio público · Survey of Nowhere"
    assert EN.credit(text) == "Made with Natural Earth · public domain · Survey of Nowhere"
    assert ES.credit("Survey of Nowhere") == "Survey of Nowhere"
    assert credit_words("Survey of Nowhere") == {}
