"""Cells of sums as columns: what the page's arrays hold of each cell, in the place of an incident.

A page of sums has a row for each cell. `counted`, which is 1 of an incident, is the number of rows behind it, and of
each measure there is how many of them are known, unknown, apart and without an upper end, besides the sums.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from willay.data.region_titles import country_of_set
from willay.events.frame.frame import make_frame
from willay.geo.antimeridian import WORLD_WEST
from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.incidents import NO_DAY, incident_columns
from willay.maps.payload import smallest
from willay.maps.shapes import GRID, to_grid
from willay.maps.summed_rows import NUMBERS

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.shapes import ShapeTable
    from willay.maps.summed_rows import SummedRows

    Array = NDArray[Any]  # Any: each array has a type of its own

_PRECISIONS: Final = {"day": "day", "week": "day", "month": "month", "quarter": "month", "year": "year"}
"""How a period is written: a week counts on its Monday, and a quarter has whole months."""

_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
_OTHER: Final = "other"
_LARGEST: Final = np.iinfo(np.uint32).max
_PLACES: Final = ("place_x", "place_y")


def summed_columns(summed: SummedRows, shapes: ShapeTable, country: str | None) -> IncidentColumns:
    """Turn cells into a page's columns.

    Args:
        summed: What the page is made of.
        shapes: The table of shapes.
        country: The country that all of it lies in; None where it is not of one.

    Raises:
        SpecError: A number of a cell is larger than a page can hold (4,294,967,295).
    """
    types, kinds = _types(summed.cells["type"])
    incidents = incident_columns(_examples(summed, types, country), shapes)
    dictionaries = incidents.dictionaries | {"date_precision": [None, _PRECISIONS[summed.period or "day"]]}
    dictionaries["type"] = [None, *types]
    taken = {name: each[kinds] for name, each in incidents.arrays.items() if len(each) == len(types)}
    kept = {name: each for name, each in incidents.arrays.items() if name not in taken}
    arrays = kept | taken | _time(summed.cells["period"], summed.period) | _numbers(summed)
    arrays["type"] = smallest(kinds + 1)
    arrays["unplaced"] = summed.cells["unplaced"].to_numpy(bool).astype(np.uint8)
    arrays |= dict(zip(_PLACES, _corners(summed, shapes), strict=True))
    for name in ("act", "parent", "country"):
        arrays.pop(name, None)
    dictionaries.pop("country", None)
    return replace(incidents, dictionaries=dictionaries, arrays=arrays, measures=summed.measures)


def _types(column: pd.Series[Any]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the types, sorted, and the number of each cell's; what has none is drawn and named as "other"."""
    numbers, known = pd.factorize(column.astype(object).where(column.notna(), _OTHER), sort=True)
    return [str(code) for code in known] or [_OTHER], numbers.astype(np.int64)


def _examples(summed: SummedRows, types: list[str], country: str | None) -> gpd.GeoDataFrame:
    """Return an incident frame with a row for each type: what rows have in common, such as terms and country."""
    terms = summed.terms
    columns = {
        "code": [f"{number:06d}" for number in range(len(types))],
        "title": "",
        "type": types,
        "dataset": terms.get("name"),
        "licence": terms.get("licence"),
        "attribution": terms.get("attribution"),
        "may_publish": terms.get("may_publish"),
        "country": country,
    }
    return make_frame(columns, [None] * len(types))


def country_of(regions: gpd.GeoDataFrame | None) -> str | None:
    """Return the country of regions, where all of them are of one; else None."""
    if regions is None:
        return None
    stated = regions["country"] if "country" in regions else pd.Series(None, index=regions.index, dtype=object)
    found = {
        code if isinstance(code, str) and code else country_of_set(str(name))
        for code, name in zip(stated, regions["set"], strict=True)
    }
    return found.pop() if len(found) == 1 else None


def _time(periods: pd.Series[Any], period: str | None) -> dict[str, Array]:
    """Return the first day of each cell and how many days later its period ends; a week is its Monday."""
    days = periods.to_numpy("datetime64[D]")
    known = ~np.isnat(days)
    first = np.where(known, days.astype(np.int64), NO_DAY)
    lasted = np.zeros(len(days), np.int64)
    if months := _MONTHS.get(period or "", 0):
        end = (days[known].astype("datetime64[M]") + months).astype("datetime64[D]")
        lasted[known] = (end - days[known]).astype(np.int64) - 1
    return {
        "first": first.astype(np.int32),
        "lasted": smallest(lasted),
        "date_precision": known.astype(np.uint8),
    }


def _numbers(summed: SummedRows) -> dict[str, Array]:
    cells = summed.cells
    found = {"counted": _whole(cells["rows"])}
    for measure in summed.measures:
        columns = {name: f"{measure}_{name}" for name in NUMBERS}
        found |= {column: _whole(cells[column]) for column in columns.values() if column in cells}
        found.setdefault(columns["open"], np.zeros(len(cells), np.uint8))
    return found


def _whole(column: pd.Series[Any]) -> Array:
    numbers = column.to_numpy(np.int64)
    if numbers.max(initial=0) > _LARGEST:
        raise SpecError(
            tr(
                "{column} of a cell is {number}; a page can hold numbers up to {most}. Use shorter periods or smaller "
                "regions.",
                column=str(column.name),
                number=f"{numbers.max():,}",
                most=f"{_LARGEST:,}",
            )
        )
    return smallest(numbers)


def tile_columns(summed: SummedRows, shapes: ShapeTable, types: list[str | None]) -> dict[str, Array]:
    """Return the arrays of density: of each tile cell its time, type, rows and place; and the distinct places.

    Args:
        summed: What the page is made of.
        shapes: The table of shapes, by which the page's world begins.
        types: The page's types, by number.
    """
    if summed.tiles is None:
        return {}
    tiles = summed.tiles
    number = {code: at for at, code in enumerate(types)}
    kinds = tiles["type"].astype(object).where(tiles["type"].notna(), _OTHER)
    spots = tiles["y"].to_numpy(np.int64) * summed.side + tiles["x"].to_numpy(np.int64)
    distinct, place = np.unique(spots, return_inverse=True)
    x, y = _middles(distinct % summed.side, distinct // summed.side, summed.side, shapes.west)
    time = _time(tiles["period"], summed.period)
    found = {
        "first": time["first"],
        "lasted": time["lasted"],
        "type": smallest(kinds.map(lambda code: number.get(code, number.get(_OTHER, 0))).to_numpy(np.int64)),
        "rows": _whole(tiles["rows"]),
        "place": smallest(place.reshape(-1).astype(np.int64)),
        "x": x,
        "y": y,
    }
    return {f"tile_{name}": array for name, array in found.items()}


def _middles(x: Array, y: Array, side: int, west: float) -> tuple[Array, Array]:
    """Return the middles of density cells on the page's grid, whose world may begin elsewhere than at 180° W."""
    cell = GRID // side
    shift = round((west - WORLD_WEST) / 360 * GRID)
    return (((x * cell + cell // 2) - shift) % GRID).astype(np.int32), (y * cell + cell // 2).astype(np.int32)


def _corners(summed: SummedRows, shapes: ShapeTable) -> tuple[Array, Array]:
    """Return two places that show how far a map of the cells reaches; none where nothing of it is known."""
    if summed.regions is not None and len(summed.regions):
        west, south, east, north = shapes.extent(summed.regions)
        if np.isfinite([west, south, east, north]).all():
            cells = to_grid(np.array([west, east]), np.array([north, south]), shapes.west)
            return cells[:, 0], cells[:, 1]
    if summed.tiles is not None and len(summed.tiles):
        columns, lines = (summed.tiles[name].to_numpy(np.int64) for name in ("x", "y"))
        x, y = _middles(columns, lines, summed.side, shapes.west)
        return np.array([x.min(), x.max()], np.int32), np.array([y.min(), y.max()], np.int32)
    return np.zeros(0, np.int32), np.zeros(0, np.int32)
