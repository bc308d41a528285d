"""The base map: land, water, borders and names, drawn from outlines that travel inside the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from willay.geo.translation import tr
from willay.maps.errors import TableError
from willay.maps.shapes import to_grid
from willay.maps.spec import LANGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from willay.maps.shapes import ShapeTable

SMALLEST_RANK: Final = 6
"""The rank of towns and rivers in a table without the column `rank`."""

_AROUND_DEGREES: Final = 5.0
"""Maximum distance of the name of a neighbouring country from the country."""


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What lies under the incidents: tables in EPSG:4326, labels from `name`, or `name_es` and `name_en`.

    Attributes:
        country: The country's own outline.
        divisions: Its first-level units, drawn as thin lines with their names; None draws none.
        neighbours: The land around it; None draws none. The map cannot be moved beyond it.
        lakes: Areas of water; None draws none.
        rivers: Lines of water; a column `rank` (1 is the greatest, up to 9) decides their width and when their
            names show.
        towns: Points; a column `rank` (1 the capital, 2 those of units, up to 7) decides when they show. In the
            order of the table, the first wins where two names would cover each other.
        attribution: Whose outlines they are, for the foot of the page.
        disputed: Borders in dispute, as lines: they are drawn dashed, and the foot states that no judgement is meant.
        notes: What a reader must know of the outlines, such as that limits are outdated; texts by language.

    Example:
        >>> from willay.maps import BaseMap
        >>> BaseMap(attribution="Survey of Nowhere").country is None
        True
    """

    country: gpd.GeoDataFrame | None = None
    divisions: gpd.GeoDataFrame | None = None
    neighbours: gpd.GeoDataFrame | None = None
    lakes: gpd.GeoDataFrame | None = None
    rivers: gpd.GeoDataFrame | None = None
    towns: gpd.GeoDataFrame | None = None
    attribution: str = ""
    disputed: gpd.GeoDataFrame | None = None
    notes: tuple[Mapping[str, str], ...] = ()


def base_columns(base: BaseMap | None, shapes: ShapeTable) -> dict[str, Any]:
    """Return what a base map is made of, with outlines as numbers of a table of shapes.

    Returns:
        Lists by what they are (`neighbours`, `country`, `divisions`, `lakes`, `rivers`), each entry with `name` (a text
        by language; empty where there is none), `shape` and, where it has one, `at` (the cell of its name) and `rank`;
        `disputed`, the same, only where the map has some; and `towns`: `names`, `ranks`, and `at`, cells as x and y in
        turn, each a step from the one before.

    Raises:
        TableError: A table is not in EPSG:4326.
    """
    base = base or BaseMap()
    window = None if base.country is None else _around(_checked(base.country), shapes)
    disputed = {} if base.disputed is None else {"disputed": _outlines(base.disputed, shapes)}
    return disputed | {
        "neighbours": _outlines(base.neighbours, shapes, window),
        "country": _outlines(base.country, shapes),
        "divisions": _outlines(base.divisions, shapes),
        "lakes": _outlines(base.lakes, shapes),
        "rivers": _outlines(base.rivers, shapes),
        "towns": _towns(base.towns, shapes),
    }


def _around(country: gpd.GeoDataFrame, shapes: ShapeTable) -> shapely.Geometry:
    """Return the box in which the lands around a country are named, laid out as the page is."""
    return shapely.box(*shapes.extent(country)).buffer(_AROUND_DEGREES)


def _outlines(
    table: gpd.GeoDataFrame | None, shapes: ShapeTable, window: shapely.Geometry | None = None
) -> list[dict[str, Any]]:
    if table is None:
        return []
    outlines = []
    for row in _checked(table).to_dict("records"):
        geometry = row["geometry"]
        if geometry is None or geometry.is_empty:
            continue
        outline = {"name": _names(row), "shape": shapes.add(geometry)}
        if geometry.geom_type in {"Polygon", "MultiPolygon"}:
            outline["at"] = _label_cell(geometry, shapes, window)
        else:
            outline["rank"] = _rank(row)
        outlines.append(outline)
    return outlines


def _checked(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if table.crs is None or table.crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise TableError(tr("A table of the base map is not in EPSG:4326. Convert it: table.to_crs('EPSG:4326')."))
    return table


def _names(row: dict[Any, Any]) -> dict[str, str]:
    """Return a name by language; `name` stands in where a language has none."""
    found = {}
    for lang in LANGS:
        texts = (row.get(f"name_{lang}"), row.get("name"))
        name = next((text for text in texts if isinstance(text, str) and text), "")
        if name:
            found[lang] = name
    return found


def _label_cell(geometry: shapely.Geometry, shapes: ShapeTable, window: shapely.Geometry | None) -> list[int]:
    """Return the cell inside an area where its name stands: near the country, if it reaches there."""
    geometry = shapes.laid_out(geometry)
    seen = geometry if window is None else shapely.make_valid(geometry).intersection(window)
    parts = [part for part in shapely.get_parts(seen).tolist() if part.geom_type == "Polygon" and not part.is_empty]
    largest = max(parts or shapely.get_parts(geometry).tolist(), key=lambda part: float(part.area))
    return shapes.cell(largest.representative_point())


def _rank(row: dict[Any, Any]) -> int:
    rank = row.get("rank")
    return SMALLEST_RANK if rank is None or pd.isna(rank) else int(rank)


def _towns(table: gpd.GeoDataFrame | None, shapes: ShapeTable) -> dict[str, list[Any]]:
    if table is None:
        return {"names": [], "ranks": [], "at": []}
    kept = _checked(table)
    kept = kept[~kept.geometry.isna() & ~kept.geometry.is_empty]
    lon, lat = (axis.to_numpy(float) for axis in (kept.geometry.x, kept.geometry.y))
    cells = to_grid(lon, lat, shapes.west).reshape(-1, 2)
    return {
        "names": kept["name"].tolist(),
        "ranks": [_rank(row) for row in kept.to_dict("records")],
        "at": np.diff(cells, axis=0, prepend=np.zeros((1, 2), np.int32)).ravel().tolist(),
    }
