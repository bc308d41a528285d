"""Two made-up first-level units of Myanmar, as a database has them."""

import geopandas as gpd
import shapely

from willay.events.frame.unit_names import UnitNames

UNITS = UnitNames.of_regions(
    gpd.GeoDataFrame(
        {"set": "mm-adm1", "admin_code": ["MM-91", "MM-92"], "name_es": ["Oeste", "Este"], "name_en": ["West", "East"]},
        geometry=[shapely.box(90, 15, 96, 25), shapely.box(96, 15, 102, 25)],
        crs=4326,
    )
)
