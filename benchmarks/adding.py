"""Adding one incident to a database of 100,000, whole process, beside adding it to an empty one."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.made_up import made_up_bundle
from benchmarks.measuring import seconds, table
from willay.events.cli.options import clock
from willay.events.founding import create_database

COUNT = 100_000
ONE = ("--title", "One more", "--type", "strike", "--day", "2012-01-01", "--place", "Kiteni", "--author", "bench")


def main() -> None:
    """Measure `willay add` against the same command on an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder, "full.gpkg"), Path(folder, "empty.gpkg")
        bundle = made_up_bundle(COUNT)
        begun = time.perf_counter()
        with create_database(full, country="PE", policy=None, clock=clock) as store:
            store.write.add(bundle, author="bench", reason="made up")
        print(f"Adding: {COUNT:,} incidents in one transaction {time.perf_counter() - begun:.1f} s")
        create_database(empty, country="PE", policy=None, clock=clock).close()
        ours = seconds(lambda: _add(full), runs=5)
        others = {"willay add, empty database": seconds(lambda: _add(empty), runs=5)}
        table("Adding: one incident, whole process", (f"willay add, {COUNT:,} incidents", ours), others)


def _add(database: Path) -> None:
    command = [sys.executable, "-m", "willay.events.cli", "add", *ONE, "--db", str(database)]
    subprocess.run(command, check=True, capture_output=True)
