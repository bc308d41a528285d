"""How many people live in the areas of a region set, by census."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SETS: Final[Mapping[str, str]] = MappingProxyType({"pe-departments": "populations/pe-departments.toml"})
"""The population file of each region set, relative to `data/`."""


@dataclass(frozen=True, slots=True)
class Census:
    """People counted in the areas of a region set.

    Attributes:
        year: When they were counted.
        source: Who counted, and in which census.
        total: People counted in the whole country, as the source states it; the areas add up to it.
        people: People counted, by the area's key.
        read_in: Where the numbers were read.

    Example:
        >>> from willay.data import censuses
        >>> census = max(censuses("pe-departments"), key=lambda one: one.year)
        >>> census.year, census.total == sum(census.people.values())
        (2017, True)
    """

    year: int
    source: str
    total: int
    people: Mapping[str, int]
    read_in: tuple[str, ...]


@cache
def censuses(set_name: str) -> tuple[Census, ...]:
    """Return the censuses of a region set's areas, the earliest first; none where none is shipped.

    The numbers are of people counted, without any estimate of those missed.

    Example:
        >>> from willay.data import censuses
        >>> [census.year for census in censuses("pe-departments")][-1]
        2017
    """
    if set_name not in SETS:
        return ()
    rows: list[dict[str, Any]] = tomllib.loads((files("willay.data") / SETS[set_name]).read_text("utf-8"))["census"]
    found = [
        Census(
            row["year"], row["source"], row["total"], MappingProxyType(row["people"]), tuple(row["read_in"])
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda census: census.year))


def population_text(set_name: str, key: str) -> str | None:
    """Return the people of an area by year as JSON, such as `{"1993": 67008, "2007": 109555}`, or None.

    Args:
        set_name: The region set, such as `pe-departments`.
        key: The area's key, such as `PE-MDD`.

    Example:
        >>> import json
        >>> from willay.data import population_text
        >>> sorted(json.loads(population_text("pe-departments", "PE-CUS")))[-1]
        '2017'
    """
    counted = {str(census.year): census.people[key] for census in censuses(set_name) if key in census.people}
    return json.dumps(counted) if counted else None


def population_source(set_name: str) -> str | None:
    """Return whom to credit for the populations of a region set, or None where none are shipped.

    Example:
        >>> from willay.data import population_source
        >>> population_source("pe-departments") is None, population_source("nowhere") is None
        (False, True)
    """
    return "; ".join(census.source for census in censuses(set_name)) or None


@cache
def country_populations(country: str) -> Mapping[int, int]:
    """Return the people of a country by year, as UN World Population Prospects 2024 has them; none for others.

    Every fifth year from 1950; those to 2020 are estimates, from 2025 on projections (medium variant).

    Args:
        country: ISO 3166-1 alpha-2.
    """
    return _country_populations().get(country, MappingProxyType({}))


@cache
def _country_populations() -> Mapping[str, Mapping[int, int]]:
    rows = csv.reader((files("willay.data") / "world" / "population.csv").read_text("utf-8").splitlines())
    years = [int(year) for year in next(rows)[1:]]
    return {
        row[0]: MappingProxyType({year: int(people) for year, people in zip(years, row[1:], strict=True) if people})
        for row in rows
    }
