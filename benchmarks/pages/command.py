"""The command `python -m benchmarks pages`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks.made_up import made_up_frame
from benchmarks.pages.browser import chromium, opened, stop_profile
from benchmarks.pages.contest import CONTESTANTS, OURS, PARTS, STEPS, Contestant, Result, Setting, rounds
from benchmarks.pages.files import fetch_packages
from benchmarks.pages.ours import fragment, make_atlas
from benchmarks.pages.report import report, write_into


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the tables, and write them where asked."""
    asked = _parsed(arguments)
    files = asked.files.expanduser()
    files.mkdir(parents=True, exist_ok=True)
    chromium()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        setting = Setting(running, Path(folder), files, asked.throttle, tuple(asked.parts))
        if asked.profile:
            _profile(asked.rows, setting)
            return
        fetch_packages(files)
        results = [_result(contestant, asked.rows) for contestant in _chosen(asked.only, asked.without)]
        frame_of = lru_cache(maxsize=4)(lambda rows, details: made_up_frame(rows, details=details))
        for number in rounds(results, frame_of, asked.repeat, setting):
            _say_round(number, results)
    told = report(results, datetime.now(UTC).date(), asked.repeat, asked.rows)
    print(told)
    if asked.raw:
        asked.raw.write_text(json.dumps({r.contestant.name: r.runs for r in results}, indent=1), encoding="utf-8")
    if asked.write:
        write_into(asked.write, told)


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks pages", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="how many incidents (one page has ten times as many)")
    parser.add_argument("--repeat", type=int, default=3, help="how many rounds")
    parser.add_argument("--only", nargs="+", default=[], help="measure those whose name has one of these words; ours")
    parser.add_argument("--without", nargs="+", default=[], help="leave out those whose name has one of these words")
    parser.add_argument("--parts", nargs="+", default=PARTS, choices=PARTS, help="what to measure of each page")
    parser.add_argument("--throttle", type=int, default=1, help="open once more with a processor so many times slower")
    parser.add_argument("--profile", action="store_true", help="tell where the time of our page goes, and end")
    parser.add_argument(
        "--files", type=Path, default=Path("~/.cache/willay-bench"), help="where npm's packages are kept"
    )
    parser.add_argument("--write", type=Path, help="a document to write the tables into, between its markers")
    parser.add_argument("--raw", type=Path, help="a file to write the numbers of all runs to, as JSON")
    return parser.parse_args(arguments)


def _chosen(words: list[str], without: list[str]) -> list[Contestant]:
    words = [OURS if word == "ours" else word for word in words]
    chosen = [each for each in CONTESTANTS if not words or any(word.lower() in each.name.lower() for word in words)]
    chosen = [each for each in chosen if not any(word.lower() in each.name.lower() for word in without)]
    if not chosen:
        sys.exit(f"No page's name has {' or '.join(words)}. There are: {'; '.join(each.name for each in CONTESTANTS)}.")
    return chosen


def _result(contestant: Contestant, rows: int) -> Result:
    rows = min(rows, contestant.rows or rows) * (10 if contestant.million else 1)
    missing = contestant.kind == "deck" and find_spec("pydeck") is None
    return Result(contestant, rows, failed="pydeck is not installed (pip install 'willay[bench]')" if missing else "")


def _say_round(number: int, results: list[Result]) -> None:
    told = (f"{r.contestant.name} {median(r.runs['open_s']):.2f} s" for r in results if r.runs.get("open_s"))
    print(f"Round {number}: opened in {', '.join(told)}", file=sys.stderr)


def _profile(rows: int, setting: Setting) -> None:
    """Print where the time of opening our page and of its steps goes."""
    path = setting.pages / "ours.html"
    make_atlas(made_up_frame(rows), path)
    with opened(setting.running, path, "willay", setting.files, profiled=True) as page:
        print(f"open {page.open_s * 1000:.0f} ms; marks {page.marks()}; {path.stat().st_size / 1e6:.2f} MB")
        _print_profile("opening, own ms", stop_profile(page.session))
    for view in ("points", "regions", "clusters", "density"):
        for mode in ("window", "cumulative"):
            with opened(setting.running, path, "willay", setting.files, fragment=fragment(view, mode)) as page:
                print(f"{view}, {mode}: step {page.step_ms(STEPS):.1f} ms")
                _print_profile(f"{STEPS} steps", page.profile(f"benchmark.steps('willay', {STEPS})"))


def _print_profile(title: str, profile: list[tuple[float, str]]) -> None:
    print(f"  {title}: " + "; ".join(f"{ms:.0f} {name}" for ms, name in profile[:16]))
