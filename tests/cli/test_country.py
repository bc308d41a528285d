"""`willay country list` and `willay country show`: what is included for each country, and what is known to be wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from willay.data.countries import countries, country

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]


def test_every_country_is_listed_with_its_word_units_and_places(run: Run) -> None:
    rows = json.loads(run("country", "list", "--format", "json").out)
    assert sorted(row["code"] for row in rows) == sorted(countries())
    assert [row["name"] for row in rows][:3] == ["Afghanistan", "Åland Islands", "Albania"]
    known = {row["code"]: row for row in rows}
    assert (known["PE"]["units"], known["PE"]["word"]) == (26, "departments")
    assert (known["MM"]["units"], known["MM"]["word"]) == (14, "states and regions")
    assert all(row["units"] > 0 for row in rows)
    assert known["UA"]["places"] > 5000


@pytest.mark.parametrize(
    ("text", "codes"), [("KE", {"KE"}), ("atlantis", set()), ("Ucrania", {"UA"}), ("guinea", {"GN", "GQ", "GW", "PG"})]
)
def test_a_text_is_a_code_or_a_part_of_a_name_in_either_language(run: Run, text: str, codes: set[str]) -> None:
    told = run("country", "list", text, "--format", "json")
    if codes:
        assert codes <= {row["code"] for row in json.loads(told.out)}
    else:
        assert told.code == 4
        assert "willay country list" in told.err


def test_outdated_limits_are_in_the_list_and_in_full_with_their_source(run: Run) -> None:
    (row,) = [row for row in json.loads(run("country", "list", "kenya", "--format", "json").out) if row["code"] == "KE"]
    assert row["limits_until"] == 2013
    assert "47 counties" in row["notes"][0]
    shown = run("country", "show", "KE").out
    assert "The limits are those until 2013." in shown
    assert "8 provinces" in shown
    assert "https://www.iso.org" in shown
    spanish = run("country", "show", "Kenia", "--lang", "es").out
    assert "Los límites son los vigentes hasta 2013." in spanish
    assert "47 condados" in spanish


def test_disputes_are_shown_with_who_claims_and_who_administers(run: Run) -> None:
    shown = run("country", "show", "UA").out
    assert "In dispute: Crimea and Sevastopol (claimed by Ukraine, Russian Federation; administered by Russian" in shown
    assert "Level 1: oblasts (27 included)" in shown
    assert "Region sets: ua-adm1" in shown
    spanish = run("country", "show", "UA", "--lang", "es").out
    assert "En disputa: Crimea y Sebastopol (reclamado por: Ucrania, Federación Rusa" in spanish


def test_a_program_reads_all_of_it(run: Run) -> None:
    found = json.loads(run("country", "show", "Perú", "--json").out)
    assert found["sets"] == ["pe-departments", "pe-places", "pe-emergencies"]
    assert [level["word"] for level in found["levels"]] == ["department", "province", "district"]
    assert found["populations"]["2020"] == country("PE").populations[2020]
    assert {term["part"] for term in found["terms"]} == {"units", "places", "population"}
    assert all(term["licence"] for term in found["terms"])


def test_an_unknown_country_is_an_error_that_names_the_nearest(run: Run) -> None:
    told = run("country", "show", "Ukrane")
    assert told.code == 3
    assert "UA" in told.err
