"""Conflict zones: named areas with validity, and the legal definitions that they rest on.

The shipped outlines are generalised, and some are working outlines, which every map must state. Whoever has official
district limits can have the polygons rebuilt exactly from the definitions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from willay.data.errors import MissingDistrictsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

SET: Final = "pe-conflict-zones"


@dataclass(frozen=True, slots=True)
class ZoneDefinition:
    """What a decree or a report names as a zone.

    Attributes:
        id: The definition's own key.
        zone: The zone's name.
        kind: State of emergency, or another kind of zone.
        first_day: ISO day from which it holds, inclusive; None where the source does not print it in full.
        last_day: ISO day to which it holds, inclusive; None likewise.
        decree: Number of the decree; None where it was not read.
        citation: Where it was read.
        url: The page.
        provinces: UBIGEO codes of whole provinces.
        districts: UBIGEO codes of single districts.
        complete: Whether the source gives the whole list.
    """

    id: str
    zone: str
    kind: str
    first_day: str | None
    last_day: str | None
    decree: str | None
    citation: str
    url: str | None
    provinces: tuple[str, ...]
    districts: tuple[str, ...]
    complete: bool


@cache
def definitions() -> Mapping[str, ZoneDefinition]:
    """Return every definition by its id."""
    text = (files("willay.data") / "zones" / "definitions.json").read_text("utf-8")
    return {
        row["id"]: ZoneDefinition(
            **{**row, "provinces": tuple(row["provinces"]), "districts": tuple(row["districts"])}
        )
        for row in json.loads(text)["definitions"]
    }


def zones() -> gpd.GeoDataFrame:
    """Return the versions of the zones, with their outlines.

    Columns: set, key, version, name, name_es, name_en, kind, valid_from (ISO day, inclusive, None = always),
    valid_until (exclusive, None = open), reason, replaces, decree, citation, url, working_outline, outline_note,
    admin_code, definition (list of ids), districts_2007 (list of UBIGEO codes), geometry (EPSG:4326).
    """
    from willay.data.shapes import shipped_shapes  # noqa: PLC0415 — geopandas, which definitions do not need

    return shipped_shapes(f"zones/{SET}.geojson")


def rebuild_zones(districts: gpd.GeoDataFrame, *, code: str = "ubigeo") -> gpd.GeoDataFrame:
    """Return the zones whose definitions are complete, rebuilt exactly from official district limits.

    A province is the union of the districts whose codes begin with its own. A rebuilt version is no working outline
    any more. Versions without a complete definition are not returned: their shipped outline stays as it is.

    Args:
        districts: District polygons with a column of six-digit codes, in any CRS.
        code: That column's name.

    Returns:
        Rows as `zones()` gives them, EPSG:4326.

    Raises:
        MissingDistrictsError: A code that a definition names is not among the districts; nothing is rebuilt.
    """
    shipped = zones()
    limits = districts.to_crs(4326)
    codes = [str(value) for value in limits[code]]
    named = {f"{row.key} {row.version}": _codes(row.definition) for row in shipped.itertuples() if _complete(row.definition)}
    _refuse_missing(named, codes)
    rows = shipped[[f"{row.key} {row.version}" in named for row in shipped.itertuples()]].copy()
    shapes = [_union(limits, codes, named[f"{row.key} {row.version}"]) for row in rows.itertuples()]
    rows["working_outline"] = False
    rows["outline_note"] = "Rebuilt from the district limits given."
    rebuilt: gpd.GeoDataFrame = rows.set_geometry(shapes, crs=4326)
    return rebuilt


def _complete(ids: Sequence[str]) -> bool:
    """Say whether the first definition of a version, the one its outline rests on, has its whole list."""
    return bool(ids) and definitions()[ids[0]].complete


def _codes(ids: Sequence[str]) -> tuple[str, ...]:
    first = definitions()[ids[0]]
    return (*first.provinces, *first.districts)


def _refuse_missing(named: Mapping[str, Sequence[str]], codes: Sequence[str]) -> None:
    """Refuse limits that lack what is named, before anything is built.

    Raises:
        MissingDistrictsError: Something is missing.
    """
    missing = {
        zone: tuple(unit for unit in units if not any(code.startswith(unit) for code in codes))
        for zone, units in named.items()
    }
    if found := {zone: units for zone, units in missing.items() if units}:
        raise MissingDistrictsError(found)


def _union(limits: gpd.GeoDataFrame, codes: Sequence[str], units: Sequence[str]) -> object:
    """Return the union of the districts that lie in any of the units, a province's code being a prefix."""
    held = [any(code.startswith(unit) for unit in units) for code in codes]
    return limits.geometry[held].union_all()
