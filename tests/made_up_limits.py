"""Made-up official limits, places and people of a country, as offices publish them: nothing in them is real.

Three states of four districts each, in Myanmar's place on the map, with codes in the manner of p-codes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

STATES = {"MMR001": "Amber", "MMR002": "Birch", "MMR003": "Cedar"}
OWN_SCRIPT = {"MMR001": "ပယင်း", "MMR002": "ဘုဇပတ်", "MMR003": "သစ်ကတိုး"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a layer: its properties and its outline, in degrees."""

    properties: dict[str, Any]
    shape: shapely.Geometry


def states() -> list[Unit]:
    return [
        Unit({"ADM1_PCODE": code, "ADM1_EN": name, "ADM1_MY": OWN_SCRIPT[code]}, shapely.box(95 + i, 20, 96 + i, 22))
        for i, (code, name) in enumerate(STATES.items())
    ]


def districts() -> list[Unit]:
    """Districts whose codes begin with their state's; each state is a square of two by two."""
    return [
        Unit(
            {"ADM2_PCODE": f"{code}D{n + 1:03d}", "ADM2_EN": f"{name} {'NESW'[n]}"},
            shapely.box(95 + i + (n % 2) / 2, 20 + n // 2, 95.5 + i + (n % 2) / 2, 21 + n // 2),
        )
        for i, (code, name) in enumerate(STATES.items())
        for n in range(4)
    ]


def changed(units: list[Unit], row: int, change: Callable[[Unit], Unit]) -> list[Unit]:
    return [change(unit) if place == row else unit for place, unit in enumerate(units)]


def with_code(code: str | None) -> Callable[[Unit], Unit]:
    return lambda unit: Unit({**unit.properties, "ADM2_PCODE": code}, unit.shape)


def with_shape(shape: shapely.Geometry) -> Callable[[Unit], Unit]:
    return lambda unit: Unit(unit.properties, shape)


def write_layer(path: Path, units: list[Unit]) -> Path:
    features = [
        {"type": "Feature", "properties": unit.properties, "geometry": shapely.geometry.mapping(unit.shape)}
        for unit in units
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
    return path


def geonames_row(number: int, at: tuple[float, float], cells: Mapping[int, str] | None = None) -> str:
    """A row of a GeoNames country dump: 19 cells with tabs between, as its readme lists them."""
    row = [
        str(number), f"Village {number}", f"Village {number}", f"ရွာ {number},Ywa {number}",
        f"{at[1]:.5f}", f"{at[0]:.5f}", "P", "PPL", "MM", "", "01", "", "", "", str(number % 900),
        "", "100", "Asia/Yangon", "2020-01-01",
    ]  # fmt: skip
    for place, cell in (cells or {}).items():
        row[place] = cell
    return "\t".join(row)


def write_dump(path: Path, number: int = 60) -> Path:
    """Villages on a grid over the states; the last are a hill, a village of another country, and one out at sea."""
    rows = [
        geonames_row(n, (95.05 + 2.9 * n / number, 20.1 + 1.8 * ((n * 7) % number) / number)) for n in range(number)
    ]
    rows.append(geonames_row(9001, (95.2, 20.2), {6: "T"}))
    rows.append(geonames_row(9002, (95.2, 20.2), {8: "TH"}))
    rows.append(geonames_row(9003, (90.0, 15.0)))
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def write_all(folder: Path) -> dict[str, Path]:
    """The files of the country: adm1, adm2, places and people."""
    folder.mkdir(parents=True, exist_ok=True)
    people = folder / "census.csv"
    people.write_text("ADM1_PCODE,population_2014,population_2019\nMMR001,1000,1100\nMMR002,2000,\n", "utf-8")
    return {
        "units": write_layer(folder / "adm1.geojson", states()),
        "units_2": write_layer(folder / "adm2.geojson", districts()),
        "places": write_dump(folder / "MM.txt"),
        "people": people,
    }
