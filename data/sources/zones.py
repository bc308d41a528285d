"""The region set pe-conflict-zones and its legal definitions, from the project's fact files and zones.toml.

The outlines were computed from INEI's district limits of 2007 and generalised to about 1 km; the definitions
name districts and provinces by UBIGEO, so that exact polygons can be rebuilt when a user has official limits.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from willay.data.boundaries import departments
from willay.geo import geojson_features, write_geojson

SET = "pe-conflict-zones"
OWN_WORDS = ("besides", "note", "citation")
KINDS = {
    "state of emergency": "estado de emergencia",
    "state of emergency lifted/rescoped": "estado de emergencia levantado o modificado",
    "development/pacification zone": "zona de intervención",
}
KINDS_EN = {
    "state of emergency lifted/rescoped": "state of emergency lifted or changed",
    "development/pacification zone": "zone of intervention",
}
"""Not "pacification", which is one side's word."""
ZONES = {"Upper Huallaga": "Alto Huallaga", "Amazonia (Bagua)": "Amazonía (Bagua)", "Peru": "Perú"}
FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def build(shared: Path, target: Path) -> None:
    """Write zones/definitions.json and zones/pe-conflict-zones.geojson."""
    raw = json.loads((shared / "data" / "zone_definitions.json").read_text("utf-8"))["zones"]
    table = tomllib.loads((Path(__file__).parent / "zones.toml").read_text("utf-8"))
    definitions = [_definition(zone, {name: table[name].get(zone["id"]) for name in OWN_WORDS}) for zone in raw]
    text = json.dumps({"definitions": definitions}, ensure_ascii=False, indent=1)
    (target / "definitions.json").write_text(text + "\n", "utf-8")
    outlines = json.loads((shared / "data" / "zones_outline.geojson").read_text("utf-8"))
    rows = _versions(table["version"], {one["id"]: one for one in definitions}, outlines["features"])
    frame = gpd.GeoDataFrame(rows, crs=4326)
    write_geojson(target / f"{SET}.geojson", geojson_features(frame), name=SET, decimals=4, force=True)


def _definition(zone: dict[str, Any], own: dict[str, str | None]) -> dict[str, Any]:
    """Restate a definition: units by code; days only where they are known in full."""
    kind = zone["kind"].split(" (")[0]
    return {
        "id": zone["id"],
        "zone": {"es": ZONES.get(zone["zone"], zone["zone"]), "en": zone["zone"]},
        "kind": {"es": KINDS[kind], "en": KINDS_EN.get(kind, kind)},
        "first_day": _full_day(zone["valid_from"]),
        "last_day": _full_day(zone["valid_to"]),
        "decree": _decree(zone["decree"]),
        "citation": own["citation"] or zone["source"],
        "url": zone["url"],
        "provinces": [unit["ubigeo"] for unit in zone["provinces"]],
        "districts": [unit["ubigeo"] for unit in zone["districts"]],
        "complete": zone["complete_list_in_source"] and bool(zone["provinces"] or zone["districts"]),
        "besides": own["besides"],
        "note": own["note"],
    }


def _full_day(text: str | None) -> str | None:
    return text if text and FULL_DAY.fullmatch(text) else None


def _decree(text: str | None) -> str | None:
    return None if not text or text.startswith("(") else text


def _versions(
    table: list[dict[str, Any]], definitions: dict[str, Any], outlines: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    shapes = {one["properties"]["key"]: shapely.geometry.shape(one["geometry"]) for one in outlines}
    districts = {one["properties"]["key"]: one["properties"]["districts_2007"] for one in outlines}
    units = departments()
    shapes |= dict(zip(units["key"], units.geometry, strict=True))
    seen: dict[str, int] = {}
    rows = []
    for one in table:
        seen[one["key"]] = seen.get(one["key"], 0) + 1
        cited = [definitions[name] for name in one["definition"]]
        rows.append(_version(one, seen[one["key"]], cited, districts.get(one["outline"], []), shapes[one["outline"]]))
    return rows


def _version(
    one: dict[str, Any],
    number: int,
    cited: list[dict[str, Any]],
    districts: list[str],
    shape: shapely.Geometry,
) -> dict[str, Any]:
    first = cited[0] if cited else {}
    return {
        "set": SET,
        "key": one["key"],
        "version": number,
        "name": one["name"]["es"],
        "name_es": one["name"]["es"],
        "name_en": one["name"]["en"],
        "kind": one["kind"],
        "valid_from": one.get("valid_from"),
        "valid_until": one.get("valid_until"),
        "reason": one["reason"],
        "replaces": one.get("replaces"),
        "decree": first.get("decree"),
        "citation": first.get("citation"),
        "url": first.get("url"),
        "working_outline": one.get("working", False),
        "outline_note": one["note"],
        "admin_code": one.get("admin_code"),
        "definition": one["definition"],
        "districts_2007": districts,
        "geometry": shapely.make_valid(shape),
    }
