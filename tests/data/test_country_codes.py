"""Country codes of other systems: expected values are those of the systems' publications."""

from __future__ import annotations

import csv
from pathlib import Path

import pycountry
import pytest

from willay.data.country_codes import CODE_SYSTEMS, country_of
from willay.data.errors import UnknownTermError

TABLE = Path(__file__).parent.parent.parent / "data" / "country_codes" / "codes.csv"


@pytest.mark.parametrize(
    ("system", "code", "country"),
    [
        ("iso2", "pe", "PE"),
        ("iso3", "PER", "PE"),
        ("iso-numeric", "604", "PE"),
        ("iso-numeric", "8", "AL"),
        ("m49", "008", "AL"),
        ("gw", "135", "PE"),
        ("gw", "135.0", "PE"),
        ("gw", "2", "US"),
        ("gw", "260", "DE"),
        ("gw", "678", "YE"),
        ("gw", "816", "VN"),
        ("gw", "972", "TO"),
        ("cow", "255", "DE"),
        ("cow", "679", "YE"),
        ("cow", "955", "TO"),
        ("cow", "135", "PE"),
        ("fips", "CI", "CL"),
        ("fips", "CH", "CN"),
        ("fips", "SP", "ES"),
        ("fips", "GZ", "PS"),
        ("fips", "kv", "XK"),
        ("iso2", "XK", "XK"),
    ],
)
def test_a_code_is_read_in_its_system(system: str, code: str, country: str) -> None:
    assert country_of(system, code) == country


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("iso-numeric", "135"),
        ("gw", "604"),
        ("gw", "315"),
        ("cow", "315"),
        ("fips", "ES1"),
        ("gw", ""),
        ("iso3", "604"),
        ("gw", "PE"),
        ("fips", "NT"),
    ],
)
def test_a_code_that_means_no_country_of_today_in_its_system_is_none(system: str, code: str) -> None:
    assert country_of(system, code) is None


def test_systems_disagree_where_their_publications_do() -> None:
    assert (country_of("fips", "AU"), country_of("iso2", "AU")) == ("AT", "AU")
    assert (country_of("gw", "970"), country_of("cow", "970")) == ("KI", "NR")


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(UnknownTermError, match="iana"):
        country_of("iana", "pe")


def test_every_code_is_of_a_country_that_iso_3166_has_now() -> None:
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    assert {row["system"] for row in rows} <= {*CODE_SYSTEMS}
    known = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    assert {row["country"] for row in rows} <= known
    assert len({(row["system"], row["code"]) for row in rows}) == len(rows)


def test_the_members_of_the_united_nations_have_a_number_in_both_lists_of_states() -> None:
    """The lists have all sovereign states of more than a few people; the Holy See and Palestine are in neither."""
    rows = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
    for system in ("gw", "cow"):
        assert len({row["country"] for row in rows if row["system"] == system}) == 195
