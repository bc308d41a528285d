from __future__ import annotations

import json

import pytest

from willay.data.boundaries import departments
from willay.data.populations import censuses, population_source, population_text
from willay.data.shipped_regions import region_sets

TOTALS = {1993: 22_048_356, 2007: 27_412_157, 2017: 29_381_884}
"""People counted in all Peru, as INEI states them: https://www.deperu.com/abc/en-datos-estadisticos-peruanos_6603."""


@pytest.mark.parametrize("year", TOTALS)
def test_the_departments_of_a_census_add_up_to_the_country(year: int) -> None:
    census = {one.year: one for one in censuses("pe-departments")}[year]
    assert census.total == TOTALS[year]
    assert sum(census.people.values()) == TOTALS[year]
    assert census.source.startswith("INEI, Censos Nacionales")
    assert census.read_in


def test_every_unit_with_an_outline_was_counted_in_every_census() -> None:
    keys = set(departments()["key"])
    assert [set(census.people) for census in censuses("pe-departments")] == [keys] * 3


@pytest.mark.parametrize(
    ("key", "people"),
    [
        ("PE-LMA", {"1993": 5_706_127, "2007": 7_605_742, "2017": 8_574_974}),
        ("PE-LIM", {"1993": 680_181, "2007": 839_469, "2017": 910_431}),
        ("PE-CAL", {"1993": 639_729, "2007": 876_877, "2017": 994_494}),
        ("PE-MDD", {"1993": 67_008, "2007": 109_555, "2017": 141_070}),
    ],
)
def test_an_areas_people_are_told_by_year(key: str, people: dict[str, int]) -> None:
    text = population_text("pe-departments", key)
    assert text is not None
    assert json.loads(text) == people


def test_areas_that_nobody_counted_have_no_population() -> None:
    assert population_text("pe-conflict-zones", "vraem") is None
    assert population_text("pe-departments", "PE-XXX") is None
    assert population_source("pe-conflict-zones") is None
    assert censuses("elsewhere") == ()


def test_the_shipped_frames_carry_the_people_of_the_units() -> None:
    units, *others = region_sets("PE")
    assert units.frame["population"].notna().all()
    assert [one.name for one in others] == ["pe-places", "pe-emergencies"]
    assert all("population" not in one.frame for one in others)
