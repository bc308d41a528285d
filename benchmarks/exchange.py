"""Files in and out: UCDP GED into the record beside pandas into SQLite; GeoJSON out of it beside ogr2ogr.

`python -m benchmarks exchange [FILE] [COPIES]` takes a real file of UCDP GED, repeated with new ids; without one it
makes up events in that layout.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.measuring import alone, table
from willay.events.cli.options import clock
from willay.events.exchange.incoming import ReadingOptions, open_reading
from willay.events.exchange.incoming.tabular import open_table
from willay.events.exchange.incoming.ucdp import COLUMNS
from willay.events.founding import create_database

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
        print(f"peak memory of importing {rows:,} rows: {_peak_mb():,.0f} MB")
        print(f"size of the database: {database.stat().st_size / 1e6:,.0f} MB")
        _exports(database, rows)
        ready, rows_made = _ready_made(database, Path(folder, "ready.gpkg"))
        theirs = _timed(lambda: _pandas(events, Path(folder, "pandas.db")))
        for name, seconds in (("ours", ours), ("ready-made rows", ready), ("pandas", theirs)):
            print(f"{name}: {rows / seconds:,.0f} events a second")
        others = {
            "pandas read_csv + to_sql into SQLite": theirs,
            f"the same {rows_made:,} rows, ready-made, into the same tables by sqlite3 alone": ready,
        }
        table(f"Import of {rows:,} events of UCDP GED", ("willay import", ours), others)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
            store.write.import_rows(batch, reading.terms, author="bench")


def _pandas(events: Path, database: Path) -> None:
    frame = pd.read_csv(events, low_memory=False)
    with closing(sqlite3.connect(database)) as file:
        frame.to_sql("ged", file, index=False)
        file.commit()


def _ready_made(database: Path, target: Path) -> tuple[float, int]:
    """Write the rows of a database into an empty one, and return the seconds of the writing and how many there are.

    It is the least that an import into these tables can take, when nothing were read, checked, derived or sealed.
    """
    create_database(target, country="PE", policy=None, clock=clock).close()
    with closing(sqlite3.connect(database)) as full, closing(sqlite3.connect(target, isolation_level=None)) as file:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            file.execute(f"PRAGMA {pragma}")
        seconds, number = 0.0, 0
        file.execute("BEGIN IMMEDIATE")
        file.execute("PRAGMA defer_foreign_keys = ON")
        for name in _FILLED:
            file.execute(f"DELETE FROM {name}")  # noqa: S608 — our own names
            cells = full.execute(f"SELECT * FROM {name}")  # noqa: S608 — our own names
            statement = f"INSERT INTO {name} VALUES ({', '.join('?' for _ in cells.description)})"  # noqa: S608 — our own names
            while rows := cells.fetchmany(_ROWS_AT_ONCE):
                number += len(rows)
                begun = time.perf_counter()
                file.executemany(statement, rows)
                seconds += time.perf_counter() - begun
        begun = time.perf_counter()
        file.execute("COMMIT")
        return seconds + time.perf_counter() - begun, number


_FILLED = (
    "dataset", "source", "actor", "actor_alias", "case_file", "change", "revision", "incident", "place", "claim",
    "link", "import_row", "place_box",
)  # fmt: skip
_ROWS_AT_ONCE = 20_000


def _exports(database: Path, rows: int) -> None:
    """Export as commands in processes of their own, in turns, when what was written before has reached the disk."""
    target = database.with_name("out.geojson")
    commands = {"willay export --flat": [*_WILLAY, "export", str(target), "--flat", "--db", str(database)]}
    if shutil.which("ogr2ogr"):
        commands["ogr2ogr, layer incidents"] = ["ogr2ogr", "-f", "GeoJSON", str(target), str(database), "incidents"]
    taken: dict[str, list[float]] = {name: [] for name in commands}
    peaks = dict.fromkeys(commands, 0.0)
    for name, command in [*commands.items()] * _ROUNDS:
        target.unlink(missing_ok=True)
        os.sync()
        seconds, peak = alone(command)
        taken[name].append(seconds)
        peaks[name] = max(peaks[name], peak)
    for name, each in taken.items():
        print(f"{name}: {', '.join(f'{one:.1f}' for one in each)} s, peak memory {peaks[name]:,.0f} MB")
    middle = {name: median(each) for name, each in taken.items()}
    ours, *others = middle
    table(f"Export of {rows:,} incidents as GeoJSON", (ours, middle[ours]), {name: middle[name] for name in others})


_WILLAY = (sys.executable, "-m", "willay.events.cli")
_ROUNDS = 3
