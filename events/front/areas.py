"""Any table of areas as regions of a map."""

from __future__ import annotations

from typing import Final

import geopandas as gpd

from willay.geo.projected import frame_in_degrees
from willay.geo.translation import tr
from willay.maps.errors import TableError

_SET: Final = "regions"
"""The set of areas that name none."""

_SHOWN: Final = 12


def as_regions(areas: gpd.GeoDataFrame | None, key: str | None, name: str | None) -> gpd.GeoDataFrame | None:
    """Return areas as a table of regions (`set`, `key`, `name`, EPSG:4326); None for None.

    Args:
        areas: The areas, in any CRS; other columns are kept.
        key: The column in which each has a value of its own; None takes `key`.
        name: The column with their names; None takes `name`, or else the key.

    Raises:
        TableError: It is not a GeoDataFrame, has no CRS, or a column is missing; or two areas have one key.
    """
    if areas is None:
        return None
    if not isinstance(areas, gpd.GeoDataFrame):
        raise TableError(tr("Regions must be a GeoDataFrame; got a {kind}.", kind=type(areas).__name__))
    columns = [str(column) for column in areas.columns]
    listed = ", ".join(column for column in columns if column != areas.geometry.name)[:400]
    keys = key or "key"
    for wanted, column in (("key", keys), ("name", name)):
        if column is not None and column not in columns:
            raise TableError(
                tr(
                    "The regions have no column {column!r}. Name the one: {wanted}=…. Columns: {columns}.",
                    column=column,
                    wanted=wanted,
                    columns=listed,
                )
            )
    if areas.crs is None:
        raise TableError(tr("The regions have no CRS. Set it: regions.set_crs('EPSG:4326')."))
    table = frame_in_degrees(areas)
    if table.geometry.name != "geometry":
        table = table.rename_geometry("geometry")
    if key is None and "set" in columns and name is None and "name" in columns:
        return table  # they are regions as a database gives them, in versions
    named = name or ("name" if "name" in columns else keys)
    table = table.assign(set=table["set"] if "set" in columns else _SET, key=table[keys].astype(str), name=table[named])
    unknown = areas[keys].isna()
    doubled = sorted(set(table.loc[table.duplicated(["set", "key"]), "key"]))
    if unknown.any() or doubled:
        shown = ", ".join(doubled[:_SHOWN]) or tr("missing")
        raise TableError(
            tr(
                "The column {column!r} is not a key, because of these values: {shown}. Give a column in which each "
                "region has its own value: key=….",
                column=keys,
                shown=shown,
            )
        )
    return table.assign(name=table["name"].fillna(table["key"]).astype(str))
