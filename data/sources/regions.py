"""The region sets pe-places and pe-emergencies, from places.toml, emergencies.toml and the project's outlines.

Three kinds of outline: unions of INEI's district limits of 2007, generalised to about 1 km (the outlines file); the
departments of Natural Earth; and, for provinces and districts whose limits no licence lets us ship, a working outline:
the hull of the unit's known populated places with a margin, cut at the departments. Such places are INEI's of the
incidents and of the gazetteer, and those of GeoNames that are called as one district alone of their department.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
import yaml

from willay.data.admin import folded
from willay.data.boundaries import country_outline, departments
from willay.geo import geojson_features, write_geojson

PLACES, EMERGENCIES = "pe-places", "pe-emergencies"
MARGIN_DEGREES = 0.075
"""About 8 km, around a hull."""
GRID_DEGREES = 0.0001
LEAST_DEGREES2 = 0.0001
FAR_DEGREES = 0.9
"""A place farther from the middle of its unit's places is a homonym."""
WORKED_OUT = {
    "es": "Contorno de trabajo, sin valor legal: envolvente de los centros poblados conocidos, con un margen de 8 km.",
    "en": "A working outline, not a legal one: the hull of the known populated places, with a margin of 8 km.",
}
DEPARTMENT_DIGITS, DISTRICT_DIGITS = 2, 6


def build(shared: Path, target: Path) -> None:
    """Write zones/pe-places.geojson and zones/pe-emergencies.geojson."""
    here = Path(__file__).parent
    outlines = json.loads((shared / "data" / "zones_outline.geojson").read_text("utf-8"))["features"]
    shapes = {one["properties"]["key"]: shapely.geometry.shape(one["geometry"]) for one in outlines}
    units = departments()
    shapes |= dict(zip(units["key"], units.geometry, strict=True)) | {"PE": country_outline("PE")}
    drawing = _Drawing(shapes, units, _points(target.parent))
    places = tomllib.loads((here / "places.toml").read_text("utf-8"))["place"]
    decrees = tomllib.loads((here / "emergencies.toml").read_text("utf-8"))["emergency"]
    _write(target, PLACES, [_place(one, drawing) for one in places])
    _write(target, EMERGENCIES, _emergencies(decrees, drawing))


def _write(target: Path, name: str, rows: list[dict[str, Any]]) -> None:
    frame = gpd.GeoDataFrame(rows, crs=4326)
    write_geojson(target / f"{name}.geojson", geojson_features(frame), name=name, decimals=4, force=True)


def _place(one: dict[str, Any], drawing: _Drawing) -> dict[str, Any]:
    shape, missing = drawing.shape(one)
    if "north" in one:
        west, _, east, north = shape.bounds
        shape = shapely.intersection(shape, shapely.box(west, one["north"], east, north))
    return {
        "set": PLACES, "key": one["key"], "version": 1,
        **_texts(one), "kind": "place", "valid_from": None, "valid_until": None,
        "decree": None, "citation": None, "url": None, "working_outline": one["working"],
        "outline_note": _note(one.get("note"), missing, worked_out=False), "admin_code": one.get("admin_code"),
        "definition": {"units": one["units"]} if "units" in one else None, "geometry": shape,
    }  # fmt: skip


def _emergencies(decrees: list[dict[str, Any]], drawing: _Drawing) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    rows = []
    for one in sorted(decrees, key=lambda decree: decree["valid_from"]):
        seen[one["key"]] += 1
        shape, missing = drawing.shape(one)
        is_worked_out = "outline" not in one and any(len(unit) > DEPARTMENT_DIGITS for unit in one["units"])
        # Part of a district: who is known by its code alone may be outside, so the outline decides.
        counted = {"units": one["units"]} if "units" in one and one.get("whole", True) else {}
        rows.append({
            "set": EMERGENCIES, "key": one["key"], "version": seen[one["key"]],
            **_texts(one), "kind": "state of emergency",
            "valid_from": one["valid_from"], "valid_until": one["valid_until"],
            "decree": one.get("decree"), "citation": one["citation"], "url": one["url"],
            "working_outline": is_worked_out or one.get("outline", "").startswith("vra"),
            "outline_note": _note(one.get("note"), missing, worked_out=is_worked_out), "admin_code": None,
            "definition": {"id": one["id"], **counted}, "geometry": shape,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["key"], row["version"]))


def _texts(one: dict[str, Any]) -> dict[str, Any]:
    name = one["name"]
    return {"name": name["es"], "name_es": name["es"], "name_en": name["en"], "reason": one["reason"]}


def _note(note: dict[str, str] | None, missing: list[str], *, worked_out: bool) -> dict[str, str] | None:
    parts = [WORKED_OUT] if worked_out else []
    parts += [note] if note else []
    if missing:
        codes = ", ".join(missing)
        parts.append({"es": f"Sin dibujar, por no ubicarse: {codes}.", "en": f"Not drawn, as not located: {codes}."})
    return {lang: " ".join(part[lang] for part in parts) for lang in ("es", "en")} if parts else None


class _Drawing:
    """Makes the outline of a place or decree."""

    def __init__(
        self, shapes: dict[str, shapely.Geometry], units: gpd.GeoDataFrame, points: dict[str, list[shapely.Point]]
    ) -> None:
        self._shapes, self._points = shapes, points
        self._departments: dict[str, shapely.Geometry] = {}
        for code, shape in zip(units["ubigeo"], units.geometry, strict=True):  # 1501 is a part of 15
            own = self._departments.get(code[:DEPARTMENT_DIGITS])
            self._departments[code[:DEPARTMENT_DIGITS]] = shape if own is None else shapely.union(own, shape)

    def shape(self, one: dict[str, Any]) -> tuple[shapely.Geometry, list[str]]:
        """Return the outline, and the units of which nothing could be drawn."""
        if "outline" in one:
            return shapely.make_valid(self._shapes[one["outline"]]), []
        drawn = {unit: self._unit(unit) for unit in one["units"]}
        shape = shapely.union_all([part for part in drawn.values() if part is not None])
        return _tidy(shape.simplify(0.005)), [unit for unit, part in drawn.items() if part is None]

    def _unit(self, unit: str) -> shapely.Geometry | None:
        department = self._departments[unit[:DEPARTMENT_DIGITS]]
        if len(unit) == DEPARTMENT_DIGITS:
            return department
        points = [point for code, own in sorted(self._points.items()) if code.startswith(unit) for point in own]
        if not points:
            return None
        middle = shapely.Point(
            sorted(point.x for point in points)[len(points) // 2], sorted(point.y for point in points)[len(points) // 2]
        )
        near = [point for point in points if point.distance(middle) <= FAR_DEGREES]
        hull = shapely.MultiPoint(near).convex_hull.buffer(MARGIN_DEGREES, quad_segs=4)
        return shapely.intersection(hull, department)


def _tidy(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape on the grid that it is written on, without slivers of under about a square kilometre."""
    parts = shapely.get_parts(shapely.set_precision(shape, GRID_DEGREES))
    return shapely.union_all([part for part in parts if part.area > LEAST_DEGREES2])


def _points(data: Path) -> dict[str, list[shapely.Point]]:
    """Return the known populated places of each district, by its code."""
    units = list(csv.DictReader((data / "admin" / "ubigeo.csv").read_text("utf-8").splitlines()))
    districts = [unit for unit in units if unit["level"] == "district"]
    called = Counter((unit["code"][:DEPARTMENT_DIGITS], folded(unit["name"])) for unit in districts)
    by_name = {
        (unit["code"][:DEPARTMENT_DIGITS], folded(unit["name"])): unit["code"]
        for unit in districts
        if called[unit["code"][:DEPARTMENT_DIGITS], folded(unit["name"])] == 1
    }
    found: dict[str, list[shapely.Point]] = defaultdict(list)
    for row in csv.DictReader((data / "gazetteer" / "pe-places.csv").read_text("utf-8").splitlines()):
        is_inei = len(row["ubigeo"]) == DISTRICT_DIGITS
        code = row["ubigeo"] if is_inei else by_name.get((row["ubigeo"][:DEPARTMENT_DIGITS], folded(row["name"])))
        if code:
            found[code].append(shapely.Point(float(row["lon"]), float(row["lat"])))
    for file in sorted((data / "incidents" / "peru").glob("[12]*.yaml")):
        for incident in yaml.safe_load(file.read_text("utf-8"))["incidents"]:
            for place in incident.get("places", []):
                if place["precision"] == "settlement" and len(place.get("admin_code", "")) == DISTRICT_DIGITS:
                    found[place["admin_code"]].append(shapely.Point(place["lon"], place["lat"]))
    return found
