"""Regions as a page carries them: names, validity, outlines, area, people, and which incidents each one holds."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.data.region_titles import level_of_set, set_title
from willay.events.frame.membership import members
from willay.events.frame.units import ever_valid
from willay.geo.distance import area_km2
from willay.geo.errors import SimplificationError
from willay.geo.translation import tr
from willay.maps.errors import TableError
from willay.maps.light import light_units
from willay.maps.payload import smallest
from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.shapes import ShapeTable

NEEDED: Final = ("set", "key", "name", "geometry")
"""The columns that a table of regions must have; the others may be missing."""

_MEMBERSHIP: Final = ("valid_from", "valid_until", "admin_code")
_TEXTS: Final = (
    "key", "kind", "admin_code", "outline_note", "reason", "decree", "citation", "url", "population_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegionColumns:
    """The regions of a page.

    Attributes:
        sets: The sets, those valid at all times first, else in the order given, each with its regions' texts (names
            by language), days, shapes, `area_km2`, and `population` as [[year, people], …], the earliest first, the
            year None where it is not known.
        arrays: `member_row` and `member_region`: pairs of a row and a region of any set, sorted by region,
            then row.
        credit: Attribution and licence texts, distinct, in order.
    """

    sets: list[dict[str, Any]]
    arrays: dict[str, NDArray[Any]]
    credit: list[str]


def region_columns(regions: gpd.GeoDataFrame | None, incidents: IncidentColumns, shapes: ShapeTable) -> RegionColumns:
    """Turn a table of regions into a page's columns, adding their outlines to a table of shapes.

    Of the columns that may be missing: `area_km2` is else measured on the ellipsoid; `population` is a number, or
    JSON text with people by year such as `{"2007": 109555}`; without it nothing is said per head. `set_title` is what
    its set is called, a text or JSON by language; `suppressed`, whether its incidents are left out.

    Raises:
        TableError: The table lacks a column, is not in EPSG:4326, or has a population that cannot be read.
    """
    if regions is None or regions.empty:
        empty = np.zeros(0, np.uint8)
        return RegionColumns([], {"member_row": empty, "member_region": empty}, [])
    table = checked(regions)
    table = table[ever_valid(table)].reset_index(drop=True)
    return RegionColumns(_sets(table, shapes), _membership(table, incidents), _credit(table))


def summed_region_columns(regions: gpd.GeoDataFrame, held: pd.Series[Any], shapes: ShapeTable) -> RegionColumns:
    """Turn a table of regions into a page's columns, whose cells say themselves which regions hold their rows.

    Args:
        regions: The regions; see `region_columns`.
        held: For each cell, the positions of regions that hold its rows, with spaces between; empty for none.
        shapes: The table of shapes.

    Raises:
        TableError: The table lacks a column, is not in EPSG:4326, or has a population that cannot be read.
    """
    table = checked(regions).reset_index(drop=True)
    parts = held.astype(str).reset_index(drop=True).str.split(" ").explode()
    parts = parts[parts != ""]
    rows, region = parts.index.to_numpy(np.int64), parts.to_numpy(np.int64)
    order = np.lexsort((rows, region))
    arrays = {"member_row": smallest(rows[order]), "member_region": smallest(region[order])}
    return RegionColumns(_sets(table, shapes), arrays, _credit(table))


def _sets(table: gpd.GeoDataFrame, shapes: ShapeTable) -> list[dict[str, Any]]:
    """Return the sets of a table of regions; a region's id is its position."""
    sets: dict[str, dict[str, Any]] = {}
    outlines = _as_drawn(table)
    for number, row in enumerate(table.to_dict("records")):
        held = sets.setdefault(row["set"], {"key": row["set"], "name": _set_name(row), "regions": []})
        held["regions"].append(_region(row, number, outlines[number], shapes))
    return sorted(sets.values(), key=_limited)  # a stable sort: sets that cover all times come first


def _as_drawn(table: gpd.GeoDataFrame) -> list[Any]:
    """Return the outline of each region as it is drawn: of first-level units as the base map draws them."""
    drawn = table.geometry.to_numpy().copy()
    for name in dict.fromkeys(table["set"]):
        level = level_of_set(name)
        if level is not None and level.number == 1:
            there = (table["set"] == name) & ~table.geometry.isna() & ~table.geometry.is_empty
            with suppress(SimplificationError):  # what cannot be drawn lighter is drawn as it is
                drawn[there] = light_units(table[there]).geometry.to_numpy()
    return list(drawn)


def _set_name(row: dict[Hashable, Any]) -> dict[str, str]:
    """Return the words for a region's set by language: its title, else what the data call it, else its key."""
    stated = _text(row.get("set_title"))
    if isinstance(stated, str):
        return dict.fromkeys(LANGS, stated)
    return {lang: (stated or {}).get(lang) or set_title(row["set"], lang) for lang in LANGS}


def _limited(held: dict[str, Any]) -> bool:
    """Return whether any region of a set is valid for a time only."""
    return any("valid_from" in region or "valid_until" in region for region in held["regions"])


def checked(regions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a table of regions with all columns that membership needs, None where they were missing.

    Raises:
        TableError: The table lacks a column that it must have, or is not in EPSG:4326.
    """
    if missing := [name for name in NEEDED if name not in regions.columns]:
        raise TableError(
            tr(
                "The table of regions lacks {missing}. Required columns: {needed}.",
                missing=", ".join(missing),
                needed=", ".join(NEEDED),
            )
        )
    if regions.crs is None or regions.crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise TableError(tr("The table of regions is not in EPSG:4326. Convert it: regions.to_crs('EPSG:4326')."))
    return regions.assign(**{name: None for name in _MEMBERSHIP if name not in regions.columns})


def _region(row: dict[Hashable, Any], number: int, drawn: Any, shapes: ShapeTable) -> dict[str, Any]:  # noqa: ANN401 — shapely
    region: dict[str, Any] = {name: text for name in _TEXTS if (text := _text(row.get(name)))}
    region |= {"id": number, "name": {lang: _name(row, lang) for lang in LANGS}}
    region |= {name: day for name in ("valid_from", "valid_until") if (day := _day(row.get(name))) is not None}
    if row.get("working_outline") is True or row.get("working_outline") == 1:
        region["working"] = True
    if row.get("suppressed") is True:
        region["suppressed"] = True
    if people := _population(row):
        region["population"] = people
    geometry = row["geometry"]
    if geometry is not None and not geometry.is_empty:
        label = shapes.laid_out(geometry).representative_point()
        region |= {"shape": shapes.add(drawn), "at": shapes.cell(label)}
        if area := _area(row):
            region["area_km2"] = area
    return region


def _text(value: Any) -> str | dict[str, str] | None:  # noqa: ANN401 — a cell of any frame
    """Return a text, or a text by language, which a store keeps as JSON; None where there is none."""
    if isinstance(value, str) and value.startswith('{"'):
        value = json.loads(value)
    return value if value and isinstance(value, str | dict) else None


def _name(row: dict[Hashable, Any], lang: str) -> str:
    names = [row.get(f"name_{lang}"), row["name"]]
    return next((name for name in names if isinstance(name, str) and name), str(row["key"]))


def _area(row: dict[Hashable, Any]) -> float:
    """Return square kilometres, to a tenth: as stated in the table, else measured on the ellipsoid."""
    stated = row.get("area_km2")
    return round(float(stated if isinstance(stated, int | float) and stated > 0 else area_km2(row["geometry"])), 1)


def _population(row: dict[Hashable, Any]) -> list[list[int | None]]:
    """Return [year, people] of every census known, the earliest first; [[None, people]] where no year is reported."""
    stated = row.get("population")
    if stated is None or (not isinstance(stated, str) and pd.isna(stated)) or stated == "":
        return []
    try:
        known = json.loads(stated) if isinstance(stated, str) else stated
        if isinstance(known, dict):
            return [[int(year), int(people)] for year, people in sorted(known.items(), key=lambda of: int(of[0]))]
        return [[None, int(known)]]
    except (TypeError, ValueError):
        message = tr(
            '{region} has the population {stated!r}. Give a number, or people by year: {{"2007": 109555}}.',
            region=f"{row['set']}/{row['key']}",
            stated=str(stated)[:80],
        )
        raise TableError(message) from None


def _day(value: Any) -> int | None:  # noqa: ANN401 — a Timestamp, a text or nothing
    moment = pd.to_datetime(value)
    return None if pd.isna(moment) else (moment - pd.Timestamp(0)).days


def _membership(table: gpd.GeoDataFrame, incidents: IncidentColumns) -> dict[str, NDArray[Any]]:
    pairs = members(incidents.frame, table).sort_values(["region", "incident"])
    return {
        "member_row": smallest(pairs["incident"].to_numpy(np.int64)),
        "member_region": smallest(pairs["region"].to_numpy(np.int64)),
    }


def _credit(table: gpd.GeoDataFrame) -> list[str]:
    told: dict[str, None] = {}
    for row in table.to_dict("records"):
        words = [row.get(name) for name in ("attribution", "licence", "population_source")]
        text = " · ".join(word for word in words if isinstance(word, str) and word)
        if text:
            told[text] = None
    return list(told)
