"""The base map that is shipped for countries: of each of a few, or the world where incidents lie in many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from willay.data.basemap import disputed_lines, divisions, lakes, neighbours, outline, rivers, world
from willay.data.boundaries import COUNTRY_BOXES, country_box
from willay.data.countries import country
from willay.data.settlements import towns
from willay.data.units import units
from willay.events.frame.columns import CRS
from willay.maps.base import BaseMap
from willay.maps.light import light_land, light_units, light_water

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST: Final = 5
"""The most countries whose units, water and towns a base map draws; of more it draws the countries of the world."""

_CREDIT: Final = "Natural Earth; GeoNames (CC BY 4.0)"
_LIGHT_DEGREES: Final = 0.3
"""The root of the area of the triangles that the countries of the world leave out, degrees."""
_AROUND_DEGREES: Final = 25.0
"""The least distance to which land around several countries is drawn; else half the width of each."""
MOST_TOWNS: Final = 1_500
"""Maximum number of towns, the most important ones."""


def shipped_base(countries: Iterable[str]) -> BaseMap | None:
    """Return the base map of some countries (ISO 3166-1 alpha-2), or None where none of them is known.

    Of one to five it has outlines, units, water, towns, and the borders in dispute; of more the countries of the world.
    """
    codes = [code for code in countries if country_box(code)]
    if not codes:
        return None
    if len(codes) > MOST:
        return BaseMap(neighbours=_world(), attribution="Natural Earth", disputed=_disputed(codes))
    homes = [_home(code) for code in codes]
    return BaseMap(
        _joined([home.country for home in homes]),
        _joined([home.divisions for home in homes]),
        homes[0].neighbours if len(homes) == 1 else _around(codes),
        _joined([home.lakes for home in homes], once=True),
        _joined([home.rivers for home in homes], once=True),
        _joined([home.towns for home in homes]),
        attribution=_CREDIT,
        disputed=_disputed(codes),
        notes=tuple(note.words for code in codes for note in country(code).notes),
    )


def shipped_world() -> BaseMap:
    """Return the base map of no country: the countries of the world, with their names."""
    return BaseMap(neighbours=_world(), attribution="Natural Earth")


def _home(code: str) -> BaseMap:
    """Return the base map of one country, without what is in dispute; Peru's is drawn by hand and stays as it is."""
    if code in COUNTRY_BOXES:
        return BaseMap(outline(code), divisions(code), neighbours(code), lakes(code), rivers(code), towns(code))
    own = light_units(units(code))
    borders = gpd.GeoDataFrame(geometry=[shapely.coverage_union_all(own.geometry.to_numpy())], crs=CRS)
    return BaseMap(
        borders,
        own,
        light_land(neighbours(code), borders),
        light_water(lakes(code)),
        light_water(rivers(code)),
        towns(code).head(MOST_TOWNS),
    )


def _joined(parts: Sequence[gpd.GeoDataFrame | None], *, once: bool = False) -> gpd.GeoDataFrame:
    """Return the tables of some countries as one, each row once where the same may be of several."""
    tables = [part for part in parts if part is not None]
    if len(tables) == 1:
        return tables[0]
    joined = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=CRS)
    if once:
        joined = joined[~joined.geometry.to_wkb().duplicated()].reset_index(drop=True)
    return joined.sort_values("rank", kind="stable", ignore_index=True) if "rank" in joined.columns else joined


def _window(code: str) -> shapely.Geometry:
    """Return the box of a country with the land around it, from -180 to 180 degrees."""
    box = country_box(code)
    if box is None or box.crosses_antimeridian:
        return shapely.box(-180, -90, 180, 90)
    more = max(_AROUND_DEGREES, (box.east - box.west) / 2)
    return shapely.box(
        max(-180, box.west - more), max(-90, box.south - more), min(180, box.east + more), min(90, box.north + more)
    )


def _around(codes: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the countries around several; these too, without names, so that no gap opens along their own outlines."""
    near = shapely.union_all([_window(code) for code in codes])
    table = world()
    table = table[table.geometry.intersects(near)].reset_index(drop=True)
    own = table["code"].isin(codes)
    clipped = table.assign(geometry=table.geometry.intersection(near), **{
        name: table[name].where(~own, "") for name in ("name_es", "name_en")
    })  # fmt: skip
    areas = clipped.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) & ~clipped.geometry.is_empty
    return clipped[areas].reset_index(drop=True)


def _world() -> gpd.GeoDataFrame:
    table = world()
    return table.set_geometry(shapely.coverage_simplify(table.geometry.array, _LIGHT_DEGREES), crs=CRS)


def _disputed(codes: Sequence[str]) -> gpd.GeoDataFrame | None:
    """Return the lines in dispute; None where there are none. Peru's own base map, which is drawn by hand, has none."""
    tables = [disputed_lines(code) for code in codes if code not in COUNTRY_BOXES]
    lines = np.concatenate([np.zeros(0, object), *(table.geometry.to_numpy() for table in tables)])
    distinct = {shapely.to_wkb(line): line for line in lines}
    return gpd.GeoDataFrame(geometry=[*distinct.values()], crs=CRS) if distinct else None
