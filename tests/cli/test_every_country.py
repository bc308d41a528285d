"""A database can be begun for every country; `make world-test` tries all of them, the other tests a dozen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pseudoterminal import screen

from willay.data.countries import countries, country
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

SAMPLE = ("CO", "MM", "UA", "FJ", "NZ", "RU", "MX", "SO", "SD", "XK", "VA", "AQ")
"""Large and small ones, ones that cross 180°, disputed ones, one at the pole, one outside ISO 3166-1."""

REST = [pytest.param(code, marks=pytest.mark.slow) for code in countries() if code not in SAMPLE]


@pytest.mark.parametrize("code", [*SAMPLE, *REST])
def test_a_database_of_a_country_has_its_units_and_no_problems(
    code: str, run: Callable[..., Result], tmp_path: Path
) -> None:
    made = run("init", "new.gpkg", "--country", code)
    assert made.code == 0, made.err
    with Store.open(tmp_path / "new.gpkg") as store:
        assert store.country == code
        regions = store.regions.select(profile=None)
    units = regions[regions["set"] == country(code).set_name]
    assert len(units) == len(country(code).units())
    assert units["admin_code"].notna().all()
    assert units["admin_code"].is_unique
    assert units["key"].is_unique
    assert (units["licence"] == "LicenseRef-public-domain").all()
    assert run("check", "--db", "new.gpkg").code == 0


def test_several_countries_are_begun_in_one_database_the_first_is_its_own(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    assert run("init", "new.gpkg", "--country", "Colombia,VE,ec").code == 0
    with Store.open(tmp_path / "new.gpkg") as store:
        assert store.country == "CO"
        assert set(store.regions.select(profile=None)["set"]) == {"co-adm1", "ve-adm1", "ec-adm1"}


def test_outdated_limits_are_said_when_a_database_is_made_and_stay_with_its_regions(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    assert "8 provinces" in run("init", "new.gpkg", "--country", "Kenya").err
    with Store.open(tmp_path / "new.gpkg") as store:
        notes = store.regions.select(profile=None)["outline_note"]
    assert notes.map(lambda note: "47 condados" in json.loads(note)["es"]).all()


def test_without_a_country_a_pipe_takes_peru_and_says_so(run: Callable[..., Result]) -> None:
    told = run("init", "new.gpkg")
    assert "Country: Peru (PE). For another: --country CODE" in told.err


def test_a_person_is_asked_for_the_country_until_it_is_known(tmp_path: Path) -> None:
    file = tmp_path / "new.gpkg"
    told, code = screen(
        "init", str(file), columns=200, answers=[("Which country", "Narnia"), ("Which country", "Fiyi")]
    )
    assert code == 0, told
    assert "Unknown country 'Narnia'" in told
    assert "with 5 regions" in told


def test_a_place_of_the_databases_country_is_found_and_has_its_unit(run: Callable[..., Result]) -> None:
    for code, name, unit in (("MM", "Myitkyina", "MM-11"), ("UA", "Київ", "UA-30"), ("FJ", "Labasa", "FJ-N")):
        file = f"{code}.gpkg"
        assert run("init", file, "--country", code).code == 0
        added = run(
            "add", "--db", file, "--title", "Protest", "--type", "protest", "--day", "2021-02-08", "--place", name,
            "--source", "https://example.org/a", "--author", "ana", "--yes",
        )  # fmt: skip
        assert added.code == 0, added.err
        row = json.loads(run("list", "--db", file, "--status", "draft", "-f", "json", "--profile", "internal").out)[0]
        assert row["country"] == code
        assert row["admin_code"] == unit
        language = "es" if "es" in country(code).languages else "en"
        assert row["adm1"] == country(code).unit_name(unit, language)  # of the region that every set has


def test_places_are_those_of_the_country_named_else_of_the_database(run: Callable[..., Result]) -> None:
    assert "MM-11" in run("places", "Myitkyina", "--country", "Myanmar", "-f", "json").out
    assert run("init", "ua.gpkg", "--country", "UA").code == 0
    found = json.loads(run("places", "Херсон", "--db", "ua.gpkg", "-f", "json").out)
    assert [(found[0]["name"], found[0]["code"], found[0]["admin1"])] == [("Kherson", "UA-65", "Kherson")]
    assert json.loads(run("places", "Kepashiato", "-f", "json").out)[0]["admin1"] == "Cusco"  # no database: Peru's
