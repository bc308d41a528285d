"""Files in and out: UCDP GED into the record beside pandas into SQLite; GeoJSON out of it beside ogr2ogr.

`python -m benchmarks exchange [FILE] [COPIES]` takes a real file of UCDP GED, repeated with new ids; without one it
makes up events in that layout.
"""

from __future__ import annotations

import csv
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.measuring import table
from willay.events.cli.demo import create_database
from willay.events.cli.options import clock
from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.incoming.ucdp import COLUMNS
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 20_000
_ID_STEP = 10_000_000


def main(words: tuple[str, ...] = ()) -> None:
    """Measure both ways on one database."""
    given = [*words, *sys.argv[2:]]
    source = Path(given[0]) if given else None
    copies = int(given[1]) if len(given) > 1 else 1
    with tempfile.TemporaryDirectory() as folder:
        events = Path(folder, "ged.csv")
        rows = _write_events(events, source, copies)
        database = Path(folder, "full.gpkg")
        ours = _timed(lambda: _import(events, database))
        theirs = _timed(lambda: _pandas(events, Path(folder, "pandas.db")))
        print(f"{rows:,} rows: ours {rows / ours:,.0f} rows a second, pandas {rows / theirs:,.0f}")
        table("Import of UCDP GED", ("willay import", ours), {"pandas read_csv + to_sql into SQLite": theirs})
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  peak memory of this process so far: {peak:,.0f} MB, pandas' table included")
        out = _timed(lambda: _export(database, Path(folder, "ours.geojson")))
        others = {}
        if shutil.which("ogr2ogr"):
            others["ogr2ogr -f GeoJSON, layer incidents"] = _timed(lambda: _ogr(database, Path(folder, "ogr.geojson")))
        table(f"Export of {rows:,} incidents as GeoJSON", ("willay export, without claims", out), others)


def _timed(action: object) -> float:
    begun = time.perf_counter()
    action()  # type: ignore[operator]  # a function without arguments
    return time.perf_counter() - begun


def _write_events(path: Path, source: Path | None, copies: int) -> int:
    columns, rows = (COLUMNS, list(_made_up())) if source is None else _real(source)
    at = columns.index("id")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        for copy in range(copies):
            for row in rows:
                number = int(float(row[at])) + copy * _ID_STEP
                out.writerow([*row[:at], str(number), *row[at + 1 :]])
    return len(rows) * copies


def _real(source: Path) -> tuple[tuple[str, ...], list[list[str]]]:
    read = open_table(source)
    return read.columns, list(read.rows)


def _made_up() -> Iterator[list[str]]:
    for number in range(ROWS):
        cells = dict.fromkeys(COLUMNS, "")
        day = f"{1990 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}"
        cells |= {
            "id": str(number + 1), "relid": f"MADE-UP-{number}", "type_of_violence": str(1 + number % 3),
            "conflict_new_id": str(number % 50), "conflict_name": f"Conflict {number % 50}",
            "dyad_name": f"Side {number % 40} - Side {number % 41}", "side_a": f"Side {number % 40}",
            "side_a_new_id": str(number % 40), "side_b": f"Side {number % 41}", "side_b_new_id": str(100 + number % 41),
            "source_office": "Paper", "source_date": day, "source_headline": f"Headline {number // 2}",
            "where_prec": str(1 + number % 6), "where_coordinates": f"Place {number % 3000}", "country": "Mexico",
            "latitude": f"{15 + number % 900 / 100:.4f}", "longitude": f"{-105 + number % 1100 / 100:.4f}",
            "date_prec": "1", "date_start": day, "date_end": day, "deaths_a": str(number % 3),
            "deaths_b": str(number % 4), "deaths_civilians": "0", "deaths_unknown": "1",
            "best": str(1 + number % 3 + number % 4), "high": str(9 + number % 4), "low": "1", "event_clarity": "1",
        }  # fmt: skip
        yield list(cells.values())


def _import(events: Path, database: Path) -> None:
    with create_database(database, country="PE", policy=None, clock=clock) as store:
        reading = open_reading(events, "ucdp-ged", ReadingOptions())
        for batch in reading.batches:
            store.take_in(batch, reading.terms, author="bench")


def _pandas(events: Path, database: Path) -> None:
    frame = pd.read_csv(events, low_memory=False)
    with closing(sqlite3.connect(database)) as file:
        frame.to_sql("ged", file, index=False)
        file.commit()


def _export(database: Path, target: Path) -> None:
    with Store.open(database) as store:
        write(store.pages(details=False), target, "geojson", WritingOptions())


def _ogr(database: Path, target: Path) -> None:
    subprocess.run(["ogr2ogr", "-f", "GeoJSON", str(target), str(database), "incidents"], check=True)
