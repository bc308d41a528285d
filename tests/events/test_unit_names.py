"""Which unit a name means, by the units that a database has."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from willay.events.frame.unit_names import UnitNames

WEST, EAST = shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4, 2)


def regions(*rows: tuple[str, str, str, shapely.Geometry], definition: str | None = None) -> gpd.GeoDataFrame:
    """Return regions of sets with codes, Spanish names and shapes."""
    table = pd.DataFrame([row[:3] for row in rows], columns=["set", "admin_code", "name_es"])
    table = table.assign(name_en=None, definition=definition)
    return gpd.GeoDataFrame(table, geometry=[row[3] for row in rows], crs=4326)


NOWHERE = UnitNames.of_regions(regions(("xx-adm1", "XX-W", "Óeste", WEST), ("xx-adm1", "XX-E", "Este", EAST)))


def place(precision: str, **more: Any) -> dict[str, Any]:
    return {"precision": precision, "country": "XX", **more}


@pytest.mark.parametrize("name", ["Óeste", "oeste", "  OESTE "])
def test_a_unit_is_meant_by_its_name_without_regard_to_accents_and_case(name: str) -> None:
    assert NOWHERE.meant("XX", name) == "XX-W"
    assert NOWHERE.meant("YY", name) is None


def test_a_name_that_two_units_have_means_neither() -> None:
    twins = UnitNames.of_regions(regions(("s", "XX-1", "Centro", WEST), ("s", "XX-2", "Centro", EAST)))
    assert twins.meant("XX", "Centro") is None


def test_units_of_official_codes_are_known_by_their_level() -> None:
    pack = regions(("s", "NWH01", "Oeste", WEST), definition='{"parent":""}').assign(country="XX")
    assert UnitNames.of_regions(pack).meant("XX", "Oeste") == "NWH01"


def test_units_of_a_pack_are_meant_by_their_aliases_and_without_words_for_kinds() -> None:
    told = regions(("s", "NWH01", "Oeste", WEST), definition='{"parent":"","aliases":["Occident","Kandua"]}')
    pack = UnitNames.of_regions(told.assign(country="XX"))
    for name in ("Oeste", "provincia de Oeste", "KANDUA", "Kandua county"):
        assert pack.meant("XX", name) == "NWH01"
    assert pack.name("XX", "NWH01") == "Oeste"
    assert pack.name("XX", "NWH02") == "NWH02"


def test_the_units_that_a_pack_has_replaced_for_all_time_are_not_meant() -> None:
    rows = regions(("mm-adm1", "MM-11", "Kachin", WEST), ("mm-states", "MMR001", "Kachin", WEST))
    rows = rows.assign(country="MM", definition=[None, '{"parent":""}'], valid_until=["1700-01-01", None])
    replaced = UnitNames.of_regions(rows)
    assert replaced.meant("MM", "Kachin") == "MMR001"
    assert replaced.meant("MM", "Kachin State") == "MMR001"
    assert replaced.meant("MM", "Качин") in {"MMR001", None}  # what the shipped names lead to, never the ended code


@pytest.mark.parametrize(
    ("where", "code"),
    [(place("department"), "XX-W"), (place("province"), "XX-W"), (place("area"), "XX-W"),
     (place("settlement", lon=1.0, lat=1.0), "XX-W"), (place("settlement"), "XX-W"),
     (place("country"), None), (place("sea"), None), (place("unknown", lon=1.0, lat=1.0), None)],
)  # fmt: skip
def test_a_place_gets_the_code_of_the_unit_that_is_named_where_it_is_known_to_one(
    where: dict[str, Any], code: str | None
) -> None:
    assert NOWHERE.code_for(where, "Oeste") == (code, "")


def test_a_name_is_believed_and_a_point_that_lies_elsewhere_is_told() -> None:
    code, remark = NOWHERE.code_for(place("settlement", lon=3.0, lat=1.0), "Oeste")
    assert (code, remark) == ("XX-W", "the point lies outside this unit; both are stored as given")
    assert NOWHERE.code_for(place("settlement", lon=2.04, lat=1.0), "Oeste") == ("XX-W", "")  # drawn roughly
    assert NOWHERE.code_for(place("department", lon=3.0, lat=1.0), "Oeste") == ("XX-W", "")  # stands for the unit


def test_a_name_that_no_unit_has_is_told_where_units_are_known() -> None:
    code, remark = NOWHERE.code_for(place("settlement"), "Norte")
    assert code is None
    assert "first-level unit of XX" in remark
    assert NOWHERE.code_for({**place("settlement"), "country": "YY"}, "Norte") == (None, "")
    assert NOWHERE.code_for(place("settlement"), "") == (None, "")


def test_in_a_unit_that_a_set_has_parted_a_point_tells_better_than_the_name() -> None:
    parted = UnitNames.of_regions(
        regions(("s", "15", "Lima", WEST), ("s", "1501", "Lima Metropolitana", EAST)).assign(country="PE")
    )
    known = {"precision": "settlement", "country": "PE"}
    assert parted.code_for({**known, "lon": 3.0, "lat": 1.0}, "Lima") == (None, "")
    assert parted.code_for(known, "Lima") == ("15", "")
