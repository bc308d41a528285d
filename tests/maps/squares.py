"""A made-up country of four squares of one degree, with incidents in it."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from willay.events.frame.frame import make_frame
from willay.maps import BaseMap

HOSTILE = "<script>alert(1)</script></script><img src=x onerror=alert(2)>${alert(3)}{{7*7}}{% raw %}`\"'&amp;"

ROWS: tuple[dict[str, Any], ...] = (
    {"code": "XX-1", "title": "Ambush at Alpha", "type": "armed-clash", "days": ("2009-06-05", "2009-06-06"),
     "at": (0.5, 0.5), "killed": (30, 33, 54), "place": "settlement"},
    {"code": "XX-2", "title": "March in Beta", "type": "protest", "days": ("2009-06-05", "2009-06-05"),
     "at": (1.5, 0.5), "killed": (0, 0, 0), "place": "site"},
    {"code": "XX-3", "title": "Siege of Gamma", "type": "abduction", "days": ("2009-11-20", "2010-02-03"),
     "at": (0.5, 1.5), "killed": (None, None, None), "place": "near"},
    {"code": "XX-4", "title": "A part of the ambush", "type": "armed-clash", "days": ("2009-06-05",
    "2009-06-05"),
     "at": (0.5, 0.5), "killed": (10, 10, 10), "place": "settlement", "counted": False, "part_of": "XX-1"},
    {"code": "XX-5", "title": "Strike somewhere in the district", "type": "protest", "days": ("2011-03-01",
    "2011-03-31"),
     "precision": "month", "at": (0.4, 0.6), "killed": (2, 2, 2), "place": "district"},
    {"code": "XX-6", "title": "Clash of an unknown day", "type": "armed-clash", "days": (None, None),
     "at": (0.5, 0.5), "killed": (1, 1, 1), "place": "settlement"},
    {"code": "XX-7", "title": "Decree for the whole country", "type": "state-measure", "days": ("2012-01-01",
    "2012-01-01"),
     "at": None, "killed": (None, None, None), "place": "country"},
)  # fmt: skip


def frame_of(rows: tuple[dict[str, Any], ...]) -> gpd.GeoDataFrame:
    """Make an incident frame of the short rows above."""
    columns: dict[str, list[Any]] = {
        "code": [row["code"] for row in rows],
        "title": [row["title"] for row in rows],
        "type": [row["type"] for row in rows],
        "first_day": [row["days"][0] and pd.Timestamp(row["days"][0]) for row in rows],
        "last_day": [row["days"][1] and pd.Timestamp(row["days"][1]) for row in rows],
        "date_precision": [row.get("precision", "day") for row in rows],
        "place_name": [row["at"] and f"Place {row['at']}" for row in rows],
        "place_precision": [row["place"] for row in rows],
        "country": ["XX"] * len(rows),
        "counted": [row.get("counted", True) for row in rows],
        "part_of": [row.get("part_of") for row in rows],
        "details": [row.get("details") for row in rows],
    }
    for number, bound in enumerate(("low", "best", "high")):
        columns[f"killed_{bound}"] = [row["killed"][number] for row in rows]
    shapes = [shapely.Point(row["at"]) if row["at"] else None for row in rows]
    return make_frame(columns, shapes, {"policy": "ranked-source", "policy_version": 1})


def regions_of(names: tuple[str, ...] = ("Alpha", "Beta", "Gamma", "Delta")) -> gpd.GeoDataFrame:
    """Make a set of squares of one degree, two by two, and a set of one zone in two versions."""
    squares = [
        {
            "set": "squares",
            "key": name.lower(),
            "name": name,
            "geometry": shapely.box(n % 2, n // 2, n % 2 + 1, n // 2 + 1),
        }
        for n, name in enumerate(names)
    ]
    zone = {
        "set": "zones",
        "key": "zone",
        "name": "Zone",
        "working_outline": True,
        "outline_note": "Drawn by hand.",
    }
    days = (pd.Timestamp("2009-01-01"), pd.Timestamp("2010-01-01"))
    versions = [
        {**zone, "valid_until": days[1], "decree": "Decree 1", "geometry": shapely.box(0, 0, 1, 1)},
        {**zone, "valid_from": days[1], "decree": "Decree 2", "geometry": shapely.box(0, 0, 1, 2)},
    ]
    table = gpd.GeoDataFrame([*squares, *versions], geometry="geometry", crs="EPSG:4326")
    return table.astype({"valid_from": "datetime64[s]", "valid_until": "datetime64[s]"})


BASE = BaseMap(country=gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 2, 2)], crs="EPSG:4326"), attribution="Made up")
