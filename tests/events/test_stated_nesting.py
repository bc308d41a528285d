"""How the codes of a database's units nest: by the rule of each country, and by the parents that regions state."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from willay.data.countries import country
from willay.data.nesting import Nesting
from willay.events.frame.membership import members
from willay.events.frame.nesting import (
    Nestings,
    countries_of,
    country_of_code,
    nesting_of,
    recorded_names,
    stated,
    with_parents,
)

BOX = shapely.box(0, 0, 2, 2)


def regions(*rows: tuple[str, str | None, Any]) -> gpd.GeoDataFrame:
    """Return regions of sets with codes and definitions, all of one shape."""
    table = pd.DataFrame(rows, columns=["set", "admin_code", "definition"])
    table = table.assign(key=[f"k{n}" for n in range(len(rows))], valid_from=pd.NaT, valid_until=pd.NaT)
    return gpd.GeoDataFrame(table, geometry=[BOX] * len(rows), crs=4326)


PACK = regions(
    ("states", "MMR001", '{"parent":""}'),
    ("states", "MMR0010", None),
    ("townships", "MMR001001", '{"parent":"MMR001"}'),
    ("townships", "MMR001002", {"parent": "MMR001"}),
    ("zones", None, '{"units":["MMR001"]}'),
)


def test_the_parents_that_regions_state_come_before_the_rule_of_the_country() -> None:
    assert nesting_of("MM", PACK).chain("MMR001001") == ("MMR001", "MMR001001")
    assert nesting_of("MM", PACK).chain("MM-06.003") == ("MM-06", "MM-06.003")
    assert nesting_of("PE", PACK).chain("050505") == ("05", "0505", "050505")
    assert nesting_of("MM").chain("MMR001001") == ("MMR001001",)
    assert nesting_of(None).chain("050505") == ("050505",)


def test_a_part_of_the_regions_knows_what_all_of_them_state() -> None:
    states = with_parents(PACK.copy())
    states = states[states["set"] == "states"].reset_index(drop=True)
    assert nesting_of("MM", states).holds("MMR001", "MMR001001")


@pytest.mark.parametrize(
    ("country", "code", "level"),
    [("PE", "05", 1), ("PE", "050505", 3), ("PE", "123", 0), ("RU", "RU-ALT", 1), ("MM", "MM-06.003", 2),
     ("MM", "MMR001", 1), ("MM", "MMR001002", 2), ("MM", "MMR009", 0), ("MM", "MM.17", 1), ("EC", "0505", 0),
     (None, "SECTOR-7", 0)],
)  # fmt: skip
def test_a_level_is_told_by_a_rule_or_by_a_region_and_never_guessed(country: str | None, code: str, level: int) -> None:
    assert Nestings.of_regions(PACK).level(country, code) == level


def test_levels_of_many_are_those_of_each() -> None:
    codes = ["05", None, "MMR001001", float("nan"), "05"]
    found = Nestings.of_regions(PACK).levels(["PE", "PE", "MM", "MM", None], codes)
    assert found.tolist() == [1, 0, 2, 0, 0]


def test_an_entry_of_a_definition_is_read_from_json_or_a_mapping() -> None:
    assert stated('{"parent":"A"}', "parent") == stated({"parent": "A"}, "parent") == "A"
    for nothing in (None, float("nan"), "a law of 2003", '["parent"]', '{"units":["05"]}', ["parent"]):
        assert stated(nothing, "parent") is None


def test_a_code_names_its_country_or_none() -> None:
    assert [country_of_code(code) for code in ("MM-06", "MM-06.003", "MM.17", "0505", "MMR001")] == [
        "MM", "MM", "MM", None, None,
    ]  # fmt: skip
    assert countries_of(PACK).tolist() == [""] * 5
    assert countries_of(PACK.assign(country="MM")).tolist() == ["MM"] * 4 + [""]


def held(code: str, precision: str, table: gpd.GeoDataFrame, country: str = "MM") -> list[int]:
    place = {"first_day": pd.NaT, "last_day": pd.NaT, "place_precision": precision, "country": country,
             "admin_code": code, "region": None}  # fmt: skip
    frame = gpd.GeoDataFrame(pd.DataFrame([place]), geometry=gpd.GeoSeries([None], crs=4326), crs=4326)
    return members(frame, table)["region"].tolist()


def test_regions_hold_what_lies_in_them_by_stated_parents() -> None:
    assert held("MMR001001", "settlement", PACK) == [0, 2, 4]
    assert held("MMR001001", "department", PACK) == [0, 4]
    assert held("MMR0010", "settlement", PACK) == [1]


@pytest.mark.parametrize(
    ("codes", "code"),
    [(("RU-AL", "RU-ALT"), "RU-ALT"), (("KH-1", "KH-10", "KH-11"), "KH-11"), (("ES-C", "ES-CA"), "ES-C")],
)
def test_every_code_is_held_by_its_own_region_though_another_begins_alike(codes: tuple[str, ...], code: str) -> None:
    table = regions(*(("units", one, None) for one in codes))
    for one in codes:
        assert held(one, "department", table, code[:2]) == [codes.index(one)]


def test_each_distinct_code_of_many_places_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    chain = Nesting.chain
    monkeypatch.setattr(Nesting, "chain", lambda self, code: asked.append(code) or chain(self, code))
    count = 20_000
    place = pd.DataFrame({"place_precision": ["settlement"] * count, "country": "PE", "region": None})
    place["admin_code"] = np.where(np.arange(count) % 2, "050505", "080902")
    place[["first_day", "last_day"]] = pd.NaT
    frame = gpd.GeoDataFrame(place, geometry=gpd.GeoSeries([None] * count, crs=4326), crs=4326)
    assert len(members(frame, regions(("units", "05", None), ("units", "08", None)))) == count
    assert len(asked) < 100


@pytest.mark.parametrize(("code", "name"), [("UA", "Kyiv"), ("CO", "Bogotá"), ("RU", "Moscow")])
def test_a_place_is_recorded_in_a_language_of_its_country_or_in_english(code: str, name: str) -> None:
    """Whoever writes it and in whatever language: Spanish where Spanish is spoken, else English."""
    units = country(code).units()
    named = units.rename(columns={"code": "admin_code"}).assign(country=code)
    row = {"UA": "UA-30", "CO": "CO-DC", "RU": "RU-MOW"}[code]
    names = dict(zip(named["admin_code"], recorded_names(named), strict=True))
    assert name in names[row]
    assert set(names.values()) <= {*units["name_es" if code == "CO" else "name_en"]}
