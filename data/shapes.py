"""Reading the GeoJSON files shipped in `data/` as frames, without a GIS driver."""

from __future__ import annotations

import json
from importlib.resources import files

import geopandas as gpd
import shapely


def shipped_shapes(path: str) -> gpd.GeoDataFrame:
    """Return a shipped GeoJSON file as a frame: its properties as columns, EPSG:4326, rows in the file's order.

    Args:
        path: Below `data/`, such as `boundaries/peru.geojson`.
    """
    text = (files("willay.data") / path).read_text("utf-8")
    features = json.loads(text)["features"]
    rows = [feature["properties"] for feature in features]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
