"""The base map: land, borders and names, drawn from outlines that travel inside the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np

from willay.data.boundaries import country_box, country_outline, departments, neighbours
from willay.events.frame import CRS
from willay.maps.errors import TableError
from willay.maps.shapes import to_grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.maps.shapes import ShapeTable


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What lies under the incidents: tables in EPSG:4326, labels from `name`, or `name_es` and `name_en`.

    Attributes:
        country: The country's own outline.
        divisions: Its first-level units, drawn as thin lines with their names; None draws none.
        neighbours: The land around it; None draws none.
        attribution: Whose outlines they are, for the foot of the page.
    """

    country: gpd.GeoDataFrame | None = None
    divisions: gpd.GeoDataFrame | None = None
    neighbours: gpd.GeoDataFrame | None = None
    attribution: str = ""


def base_columns(base: BaseMap | None, shapes: ShapeTable, lang: str) -> dict[str, list[dict[str, Any]]]:
    """Return the outlines of a base map by what they are, each with its name and shape.

    Raises:
        TableError: A table is not in EPSG:4326.
    """
    tables = {
        "neighbours": base.neighbours if base else None,
        "country": base.country if base else None,
        "divisions": base.divisions if base else None,
    }
    return {what: _outlines(table, shapes, lang) for what, table in tables.items()}


def _outlines(table: gpd.GeoDataFrame | None, shapes: ShapeTable, lang: str) -> list[dict[str, Any]]:
    if table is None:
        return []
    if table.crs is None or table.crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise TableError("A table of the base map is not in EPSG:4326. Change it: table.to_crs('EPSG:4326').")
    outlines = []
    for row in table.to_dict("records"):
        geometry = row["geometry"]
        if geometry is None or geometry.is_empty:
            continue
        label = max(geometry.geoms, key=lambda part: part.area) if hasattr(geometry, "geoms") else geometry
        at = label.representative_point()
        cell = to_grid(np.array([at.x]), np.array([at.y]))[0]
        names = (row.get(f"name_{lang}"), row.get("name"))
        name = next((text for text in names if isinstance(text, str) and text), "")
        outlines.append({"name": name, "shape": shapes.add(geometry), "at": [int(cell[0]), int(cell[1])]})
    return outlines


def shipped_base(countries: Iterable[str]) -> BaseMap | None:
    """Return the base map of the first country (ISO 3166-1 alpha-2) that outlines are shipped of, or None."""
    code = next((code for code in countries if country_box(code)), None)
    if code is None:
        return None
    outline = gpd.GeoDataFrame(geometry=[country_outline(code)], crs=CRS)
    return BaseMap(outline, departments(), neighbours(), attribution="Natural Earth")
