"""The benchmark of many rows: `python -m benchmarks big --help`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shapely

from benchmarks.big.made_up_rows import regions, write_rows
from benchmarks.big.watching import Run, watched

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINES: Final = Path(__file__).with_name("engines.py")
NAMES: Final = {
    "willay": "`willay aggregate`",
    "willay-2": "`willay aggregate --workers 2`",
    "geopandas": "`geopandas.sjoin`, file by file",
    "sedonadb": "SedonaDB",
    "duckdb-spatial": "DuckDB spatial",
}
_BILLION: Final = 1000


def main(words: Sequence[str]) -> None:
    """Measure and print the tables, each row as soon as it is measured."""
    told = _arguments(words)
    folder = told.folder
    for kind, repeated in (("different", False), ("repeated", True)):
        write_rows(folder / kind, max(told.rows, *told.growth), repeated=repeated)
    areas = folder / "regions.parquet"
    table = regions()
    table.to_parquet(areas)
    plain = table[["key"]].assign(wkb=shapely.to_wkb(table.geometry.to_numpy()))
    plain.to_parquet(f"{areas}.wkb")
    pythons = dict(one.split("=", 1) for one in told.python)
    for kind in told.kinds:
        print(f"\n{told.rows} million rows, points {kind}, 2,000 regions\n", flush=True)
        _head("engine")
        for name in told.engines:
            _row(f"{NAMES[name]}", _run(name, pythons.get(name, sys.executable), folder / kind, areas, told.rows))
        print(f"\nGrowth, points {kind}, one process\n", flush=True)
        _head("million rows")
        taken = {}
        for millions in told.growth:
            taken[millions] = _run("willay", sys.executable, folder / kind, areas, millions)
            _row(str(millions), taken[millions])
        _reckoned(taken)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks big", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("big-rows"), help="where the rows go (20 MB a million)")
    parser.add_argument("--rows", type=int, default=20, help="millions of rows, all engines")
    parser.add_argument("--growth", type=int, nargs="*", default=[1, 5, 10, 20, 40], help="millions, ours alone")
    parser.add_argument("--kinds", nargs="*", default=["different", "repeated"], choices=["different", "repeated"])
    parser.add_argument("--engines", nargs="*", default=[*NAMES], choices=[*NAMES])
    parser.add_argument(
        "--python", nargs="*", default=[], metavar="ENGINE=PATH", help="the Python of an environment with that engine"
    )
    return parser.parse_args(words)


def _run(name: str, python: str, folder: Path, areas: Path, millions: int) -> Run:
    return watched([python, str(ENGINES), name, str(folder), str(areas), str(millions)])


def _head(first: str) -> None:
    print(f"| {first} | release | wall clock | processor | peak memory | cells | rows in them |")
    print("|---|---|---:|---:|---:|---:|---:|", flush=True)


def _row(name: str, run: Run) -> None:
    if run.answer is None:
        print(f"| {name} | | failed: {run.failure[-200:]} | | | | |", flush=True)
        return
    told = run.answer
    print(
        f"| {name} | {told['release']} | {run.wall_s:.0f} s | {run.processor_s:.0f} s | {run.peak_mb:,.0f} MB "
        f"| {told['cells']:,} | {told['rows']:,} |",
        flush=True,
    )


def _reckoned(taken: dict[int, Run]) -> None:
    """Print what a billion rows would take, reckoned from the two largest runs: not measured."""
    if len(taken) > 1:
        less, more = sorted(taken)[-2:]
        each = (taken[more].processor_s - taken[less].processor_s) / (more - less)
        hours = (taken[more].processor_s + each * (_BILLION - more)) / 3600
        print(
            f"\nReckoned, not measured: {each:.2f} s of processor a million more; a billion rows {hours:.1f} h.",
            flush=True,
        )
