"""Incidents as columns: what the page's arrays and dictionaries hold of each row of the incident frame.

Rows are sorted by first day, undated ones last, then by code. A row's place is a number in a table of
distinct places, since many incidents share one; its texts are numbers in dictionaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from willay.data.codebook import codebook
from willay.events.frame import check_frame, summable
from willay.events.policy import FIGURE_MEASURES
from willay.maps.payload import UNKNOWN, smallest
from willay.maps.shapes import ShapeTable, to_grid

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own

DRAWN: Final = ("none", "point", "ring", "nominal", "area")
"""How a row is drawn: not at all, as a point, a ring of a known or of a nominal radius, or its shape."""

DICTIONARIES: Final = (
    "type", "subtype", "date_precision", "place_precision", "place_name", "adm1", "actors", "status",
    "part_of",
)  # fmt: skip
"""Columns of the frame that travel as dictionaries."""

NO_DAY: Final = np.iinfo(np.int32).min
"""Stands for a missing day."""


@dataclass(frozen=True, slots=True)
class IncidentColumns:
    """The columns of a page.

    Attributes:
        frame: The rows in the page's order, index 0 up.
        origin_index: The index that each of these rows had in the frame given.
        dictionaries: Distinct texts by column; the first is None where a row may lack one.
        arrays: The numbers, by name.
        measures: The measures that any row has a figure of.
    """

    frame: gpd.GeoDataFrame
    origin_index: pd.Index[Any]
    dictionaries: dict[str, list[str | None]]
    arrays: dict[str, Array]
    measures: tuple[str, ...]


def incident_columns(frame: gpd.GeoDataFrame, shapes: ShapeTable) -> IncidentColumns:
    """Turn an incident frame into a page's columns, adding the shapes of areas to a table.

    Raises:
        FrameError: The table is no incident frame.
    """
    rows = check_frame(frame).sort_values(["first_day", "code"], na_position="last", kind="stable")
    index = rows.index
    rows = rows.reset_index(drop=True)
    dictionaries: dict[str, list[str | None]] = {}
    arrays: dict[str, Array] = {"first": _days(rows["first_day"]), "last": _days(rows["last_day"])}
    arrays["last"] = np.where(arrays["last"] == NO_DAY, arrays["first"], arrays["last"]).astype(np.int32)
    for name in DICTIONARIES:
        dictionaries[name], arrays[name] = _dictionary(rows[name])
    arrays["counted"] = rows["counted"].to_numpy(bool).astype(np.uint8)
    measures = tuple(m for m in FIGURE_MEASURES if rows[[f"{m}_low", f"{m}_best", f"{m}_high"]].notna().any(axis=None))
    for measure in measures:
        arrays[f"{measure}_adds"] = summable(rows, measure).to_numpy(bool).astype(np.uint8)
        for bound in ("low", "best", "high"):
            column = rows[f"{measure}_{bound}"]
            arrays[f"{measure}_{bound}"] = column.fillna(UNKNOWN).to_numpy(np.int32)
    arrays |= _places(rows, shapes)
    return IncidentColumns(rows, index, dictionaries, arrays, measures)


def texts(rows: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return the texts of every row that lists and search need, by column."""
    return {name: [_text(value) for value in rows[name]] for name in ("code", "title")}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _days(column: pd.Series[Any]) -> NDArray[np.int32]:
    """Return days since 1970-01-01."""
    days = column.to_numpy("datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype(np.int64)).astype(np.int32)


def _dictionary(column: pd.Series[Any]) -> tuple[list[str | None], Array]:
    """Return the distinct texts, None first and then sorted, and each row's number in them."""
    numbers, known = pd.factorize(column, sort=True)
    return [None, *(str(name) for name in known)], smallest(np.asarray(numbers) + 1)


def _places(rows: gpd.GeoDataFrame, shapes: ShapeTable) -> dict[str, Array]:
    """Return how and where each row is drawn."""
    geometry = rows.geometry
    drawn, radius = _drawn(rows)
    placed = np.flatnonzero(drawn != DRAWN.index("none"))
    points = shapely.point_on_surface(np.asarray(geometry.array[placed], object))
    flat = shapely.get_type_id(np.asarray(geometry.array[placed], object)) == shapely.GeometryType.POINT
    points[flat] = np.asarray(geometry.array[placed], object)[flat]
    cells = to_grid(shapely.get_x(points), shapely.get_y(points)).reshape(-1, 2)
    distinct, numbers = np.unique(cells, axis=0, return_inverse=True)
    place = np.full(len(rows), len(distinct), np.int64)
    place[placed] = numbers.reshape(-1)
    shape = np.zeros(len(rows), np.int64)
    for row in np.flatnonzero(drawn == DRAWN.index("area")):
        shape[row] = shapes.add(geometry.iloc[row]) + 1
    return {
        "drawn": drawn,
        "radius_m": radius,
        "place": smallest(place),
        "place_x": distinct[:, 0].astype(np.int32),
        "place_y": distinct[:, 1].astype(np.int32),
        "shape": smallest(shape),
    }


def _drawn(rows: gpd.GeoDataFrame) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return how each row is drawn (number in `DRAWN`) and its radius in metres, 0 where it has none."""
    terms = codebook().place_precision
    drawn = np.zeros(len(rows), np.uint8)
    radius = np.zeros(len(rows), np.float32)
    known = zip(rows.geometry, rows["place_precision"], rows["radius_m"], strict=True)
    for row, (geometry, precision, radius_m) in enumerate(known):
        if geometry is None or geometry.is_empty:
            continue
        facts = terms[precision].facts if isinstance(precision, str) and precision in terms else {"drawn": "point"}
        drawn[row], radius[row] = _look(geometry, facts, radius_m)
    return drawn, radius


def _look(geometry: shapely.Geometry, facts: Any, radius_m: float) -> tuple[int, float]:  # noqa: ANN401 — TOML values
    if facts["drawn"] == "none":
        return DRAWN.index("none"), 0
    if geometry.geom_type != "Point":
        return DRAWN.index("area"), 0
    if facts["drawn"] == "point":
        return DRAWN.index("point"), 0
    if np.isfinite(radius_m):
        return DRAWN.index("ring"), radius_m
    if "radius_m" in facts:
        return DRAWN.index("ring"), facts["radius_m"]
    return (DRAWN.index("nominal"), facts["nominal_m"]) if "nominal_m" in facts else (DRAWN.index("none"), 0)
