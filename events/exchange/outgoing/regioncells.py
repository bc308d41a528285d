"""The columns of a table of areas, and their cells as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd


def columns_of(frame: gpd.GeoDataFrame) -> list[str]:
    """Return the names of the columns but that of the geometry, in order."""
    return [str(name) for name in frame.columns if name != frame.geometry.name]


def plain_values(column: pd.Series[Any]) -> list[Any]:
    """Return a column as plain values: None where unknown, days as days, numbers as numbers."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return [None if pd.isna(day) else day.date() for day in column]
    values = column.astype(object)
    return [None if _is_unknown(value) else value for value in values]


def _is_unknown(value: Any) -> bool:  # noqa: ANN401 — a cell of any frame
    return value is None or (not isinstance(value, (list, dict, tuple, str)) and bool(pd.isna(value)))
