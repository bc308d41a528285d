"""Made-up countries where real ones lie across the meridian 180: islands of a few strokes, invented incidents.

Outlines are written with longitudes that run on beyond 180, and cut there, as files have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.affinity import translate

from willay.events.frame.frame import make_frame
from willay.maps import BaseMap

Island = tuple[float, float, float, float]
"""Longitude (it may be beyond 180), latitude, and half its width and height, degrees."""


@dataclass(frozen=True)
class Country:
    """A country across the meridian 180.

    Attributes:
        units: Its islands by the name of the unit that they belong to.
        mark: Longitude (from -180) and latitude of an incident east of the meridian 180.
        lands: Lands around it, which are not its own.
    """

    units: dict[str, tuple[Island, ...]]
    mark: tuple[float, float]
    lands: tuple[Island, ...] = ((134, -25, 19, 12), (5, 20, 30, 25), (-60, -10, 18, 25))


COUNTRIES: Final = {
    "FJ": Country(
        {
            "Western": ((178.0, -17.8, 0.65, 0.45), (177.1, -12.5, 0.1, 0.06)),
            "Northern": ((179.3, -16.6, 0.6, 0.25), (180.02, -16.85, 0.14, 0.2)),
            "Eastern": ((181.2, -18.5, 0.1, 0.15), (181.0, -17.3, 0.1, 0.1)),
        },
        (-178.8, -18.5),
    ),
    "NZ": Country(
        {
            "South": ((170.5, -44.0, 2.0, 3.0),),
            "North": ((176.0, -39.0, 2.0, 2.5), (180.0, -37.5, 0.5, 0.3)),
            "Chatham": ((183.5, -44.0, 0.3, 0.2),),
        },
        (-176.5, -44.0),
    ),
    "RU": Country(
        {
            "West": ((59.0, 60.0, 32.0, 12.0),),
            "East": ((139.0, 62.0, 48.0, 11.0),),
            "Wrangel": ((180.0, 72.0, 2.0, 0.5),),
        },
        (-175.0, 62.0),
    ),
    "KI": Country(
        {
            "Gilbert": ((173.0, 1.0, 0.5, 1.5), (180.1, -2.0, 0.5, 0.4)),
            "Phoenix": ((188.2, -4.0, 0.5, 0.4),),
            "Line": ((202.5, 1.9, 0.4, 0.3),),
        },
        (-171.8, -4.0),
    ),
    "US": Country(
        {
            "Mainland": ((264.0, 38.0, 28.0, 11.0),),
            "Alaska": ((207.0, 64.0, 14.0, 6.0),),
            "Aleutians": ((180.0, 52.0, 1.4, 0.4), (173.0, 52.9, 0.7, 0.3), (192.0, 54.0, 3.0, 0.5)),
        },
        (-175.0, 52.9),
    ),
}
"""By the code of the country that lies there."""


def island(lon: float, lat: float, wide: float, high: float) -> shapely.Polygon:
    """An outline with bays, whose longitudes run on beyond 180."""
    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    reach = 1 - 0.06 * (1 - np.cos(turns * 9))
    return shapely.Polygon(np.column_stack([lon + wide * reach * np.cos(turns), lat + high * reach * np.sin(turns)]))


def as_files_have_it(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape cut at the meridian 180, by hand."""
    pieces = [translate(shape & shapely.box(west, -90, west + 360, 90), xoff=-180 - west) for west in (-180, 180)]
    return shapely.union_all(pieces)


def box_of(code: str) -> tuple[float, float, float, float]:
    """West, south, east and north of a country's islands, the east beyond 180: their narrowest box."""
    islands = [island(*one) for unit in COUNTRIES[code].units.values() for one in unit]
    west, south, east, north = shapely.total_bounds(islands).tolist()
    return west, south, east, north


def on_180(code: str) -> Island:
    """The island of a country on which the meridian 180 lies."""
    islands = [one for unit in COUNTRIES[code].units.values() for one in unit]
    return next(one for one in islands if abs(one[0] - 180) < one[2] / 2)


def regions_in(code: str) -> gpd.GeoDataFrame:
    units = COUNTRIES[code].units
    shapes = [as_files_have_it(shapely.union_all([island(*one) for one in islands])) for islands in units.values()]
    rows = {"set": ["units"] * len(units), "key": [name.lower() for name in units], "name": list(units)}
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326)


def base_of(code: str) -> BaseMap:
    regions = regions_in(code)
    lands = [as_files_have_it(island(*one)) for one in COUNTRIES[code].lands]
    middle = COUNTRIES[code].mark[1]
    river = shapely.LineString([(176, middle + 2), (180.5, middle + 1.2), (183, middle + 2)])
    towns = [shapely.Point(COUNTRIES[code].mark), regions.geometry[0].representative_point()]
    return BaseMap(
        country=gpd.GeoDataFrame(geometry=[regions.union_all()], crs=4326),
        divisions=regions,
        neighbours=gpd.GeoDataFrame({"name": [f"Land {n}" for n in range(len(lands))]}, geometry=lands, crs=4326),
        rivers=gpd.GeoDataFrame({"name": ["Stream"], "rank": [1]}, geometry=[as_files_have_it(river)], crs=4326),
        towns=gpd.GeoDataFrame({"name": ["Port East", "Port West"], "rank": [1, 2]}, geometry=towns, crs=4326),
        attribution="Made up",
    )


def incidents_in(code: str, count: int = 40) -> gpd.GeoDataFrame:
    """Incidents on the islands, then one at `mark`, one within 20 km of a point near 180, one in an area across it."""
    rng = np.random.default_rng(7)
    country = COUNTRIES[code]
    lands = [one for islands in country.units.values() for one in islands]
    places: list[Any] = []
    for number in range(count):
        lon, lat, wide, high = lands[number % len(lands)]
        at = lon + wide * 0.6 * rng.uniform(-1, 1), lat + high * 0.6 * rng.uniform(-1, 1)
        places.append(shapely.Point((at[0] + 180) % 360 - 180, at[1]))
    area = as_files_have_it(AREAS[code])
    shapes = [*places, shapely.Point(country.mark), shapely.Point(179.95, country.mark[1] + 1), area]
    total = len(shapes)
    days = pd.date_range("2020-01-03", periods=total, freq="17D")
    columns: dict[str, Any] = {
        "code": [f"{code}-{n}" for n in range(1, total + 1)],
        "title": [f"Made-up incident {n}" for n in range(1, total - 2)] + ["Marked", "Near", "In an area"],
        "type": [("protest", "armed-clash", "riot")[n % 3] for n in range(total)],
        "first_day": days, "last_day": days,
        "place_precision": ["settlement"] * (total - 2) + ["near", "area"],
        "radius_m": [None] * (total - 2) + [20_000.0, None],
        "country": [code] * total,
    }  # fmt: skip
    return make_frame(columns, shapes)


def _area(lon: float, lat: float, wide: float, high: float) -> shapely.Polygon:
    hole = shapely.box(lon - wide / 4, lat - high / 3, lon + wide / 4, lat + high / 3)
    return shapely.Polygon(island(lon, lat, wide, high).exterior, [hole.exterior])


AREAS: Final = {code: _area(180.1, country.mark[1] - 0.6, 0.9, 0.4) for code, country in COUNTRIES.items()}
"""An area with a hole across the meridian 180, by country."""
