"""The same sums by each engine, each run alone in a process of its own: `python engines.py NAME FOLDER REGIONS FILES`.

It stands alone, so that engines that want other versions of libraries can be run from environments of their own. Each
prints its release, its number of cells and the rows in them.
"""

# ruff: noqa: PLC0415, S608 — each engine imports only what it needs; the paths are those of the benchmark itself
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

JOINED: Final = """
    select r.key as key, year(p.day) as year, p.type as type, count(*) as n, sum(p.killed) as killed
    from {rows} p join {regions} r on ST_Intersects(r.geometry, {point})
    group by r.key, year(p.day), p.type
"""


def willay(files: list[str], regions: str, workers: int = 1) -> tuple[str, int, int]:
    """Sum by `willay aggregate`, with 2 GB."""
    import geopandas as gpd

    from willay.events.aggregate import Power, Question, aggregate

    question = Question(by=("region", "year", "type"), measures=("killed",))
    sums = aggregate(files, question, gpd.read_parquet(regions), power=Power(workers=workers))
    held = sums.cells[sums.cells["region"] >= 0]
    return "this release", len(held), int(held["rows"].sum())


def geopandas(files: list[str], regions: str) -> tuple[str, int, int]:
    """Sum by `geopandas.sjoin`, a file at a time."""
    import geopandas as gpd
    import pandas as pd

    areas = gpd.read_parquet(regions)[["key", "geometry"]]
    parts = []
    for file in files:
        table = pd.read_parquet(file)
        points = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")
        joined = gpd.sjoin(points, areas, predicate="intersects")
        keys = [joined["key"], pd.to_datetime(joined["day"]).dt.year.rename("year"), joined["type"]]
        parts.append(joined.groupby(keys)["killed"].agg(["size", "sum"]))
    sums = pd.concat(parts).groupby(level=[0, 1, 2]).sum()
    return gpd.__version__, len(sums), int(sums["size"].sum())


def sedonadb(files: list[str], regions: str) -> tuple[str, int, int]:
    """Sum by SedonaDB."""
    from importlib.metadata import version

    import sedonadb as engines  # type: ignore[import-not-found]  # installed for this alone

    engine: Any = engines.connect()
    engine.read_parquet(files).to_view("p")
    engine.read_parquet(regions).to_view("r")
    asked = JOINED.format(rows="p", regions="r", point="ST_SetSRID(ST_Point(p.lon, p.lat), 4326)")
    asked = asked.replace("year(p.day)", "date_part('year', p.day)")
    found = engine.sql(f"select count(*) as cells, sum(n) as rows from ({asked}) t").to_pandas().iloc[0]
    return version("sedonadb"), int(found["cells"]), int(found["rows"])


def duckdb_spatial(files: list[str], regions: str) -> tuple[str, int, int]:
    """Sum by DuckDB's extension for shapes, which the package of that name brings."""
    import duckdb
    import duckdb_extension_spatial as extension  # type: ignore[import-not-found]  # installed for this alone

    (binary,) = Path(extension.__file__).parent.rglob("spatial.duckdb_extension")
    with duckdb.connect(config={"memory_limit": "1500MB"}) as engine:
        engine.execute(f"load '{binary}'")
        asked = JOINED.format(rows=f"read_parquet({files!r})", regions="r", point="ST_Point(p.lon, p.lat)")
        shapes = f"select key, ST_GeomFromWKB(wkb) as geometry from read_parquet('{regions}.wkb')"
        engine.execute(f"create table r as {shapes}")
        row = engine.execute(f"select count(*), sum(n) from ({asked})").fetchone() or (0, 0)
    return duckdb.__version__, int(row[0]), int(row[1])


def main(name: str, folder: str, regions: str, count: str) -> None:
    """Sum the first files of a folder."""
    files = [str(path) for path in sorted(Path(folder).glob("*.parquet"))[: int(count)]]
    engines = {
        "willay": willay,
        "willay-2": lambda files, regions: willay(files, regions, workers=2),
        "geopandas": geopandas,
        "sedonadb": sedonadb,
        "duckdb-spatial": duckdb_spatial,
    }
    release, cells, rows = engines[name](files, regions)
    print(json.dumps({"release": release, "cells": cells, "rows": rows}))


if __name__ == "__main__":
    main(*sys.argv[1:])
