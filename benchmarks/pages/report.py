"""Tables of what was measured: absolute numbers, ratios to this project's page, and whether targets are met."""

from __future__ import annotations

import platform
import re
import subprocess
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.pages.browser import chromium
from benchmarks.pages.contest import OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from benchmarks.pages.contest import Result

COLUMNS: Final = {
    "mb": "file MB", "make_s": "make s", "open_s": "open s", "open_cpu_s": "open, processor s",
    "slow_open_s": "open s, processor 4× slower", "card_ms": "first card ms", "heap_mb": "heap MB",
    "renderer_mb": "renderer MB", "window_ms": "step, a month, ms", "cumulative_ms": "step, cumulative, ms",
    "regions_ms": "step, regions, ms", "clusters_ms": "step, clusters, ms", "density_ms": "step, density, ms",
    "dark_ms": "step, dark, ms", "settled_ms": "step and rest, processor ms", "zoom_ms": "zoom ms", "pan_ms": "pan ms",
}  # fmt: skip
BEGIN, END = "<!-- pages: begin -->", "<!-- pages: end -->"


def machine() -> str:
    """Return what the numbers were measured on, in words."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    cores = Path("/proc/cpuinfo").read_text(encoding="utf-8").count("processor\t:")
    memory = re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"), re.MULTILINE)
    browser = subprocess.run([chromium(), "--version"], check=True, capture_output=True, text=True).stdout.split()
    version = next((word for word in browser if word[0].isdigit()), "unknown")
    return (
        f"{cpu[1].strip() if cpu else platform.machine()}, {cores} cores, {int(memory[1]) / 2**20 if memory else 0:.0f}"
        f" GiB of memory, no GPU; Chromium {version}, headless, 1280×800; Python {platform.python_version()}"
    )


def report(results: Sequence[Result], day: date, repeat: int, rows: int) -> str:
    """Return the tables as Markdown."""
    parts = [
        f"Measured on {day.isoformat()}: {rows:,} made-up incidents, {repeat} rounds in turns, medians (least–most).",
        f"Machine: {machine()}.",
        *_absolute(results),
        *_remarks(results),
        "Ratios, the alternative's number ÷ that of the plain atlas of the same run (above 1: ours is less):",
        *_ratios(results),
        "Targets:",
        "\n".join(f"- {line}" for line in targets(results)),
    ]
    return "\n\n".join(parts) + "\n"


def _shown(results: Sequence[Result]) -> list[str]:
    return [name for name in COLUMNS if any(name in result.runs for result in results)]


def _absolute(results: Sequence[Result]) -> list[str]:
    shown = _shown(results)
    lines = [
        _row(["page", "incidents", *(COLUMNS[name] for name in shown)]),
        _row(["---", *["--:"] * (len(shown) + 1)]),
    ]
    for result in results:
        cells = [_cell(result, name) for name in shown]
        lines.append(_row([result.contestant.name, f"{result.rows:,}", *cells]))
    return ["\n".join(lines)]


def _cell(result: Result, name: str) -> str:
    runs = result.runs.get(name)
    if not runs:
        return "never" if name == "open_s" and result.failed else "–"
    middle, least, most = (
        f"{number:.3g}" if number < 1000 else f"{number:.0f}" for number in (median(runs), min(runs), max(runs))
    )
    return middle if least == most else f"{middle} ({least}–{most})"


def _remarks(results: Sequence[Result]) -> list[str]:
    told = [f"{result.contestant.name}: {result.contestant.remark}." for result in results if result.contestant.remark]
    told += [f"{result.contestant.name}: failed: {result.failed}." for result in results if result.failed]
    told += [
        f"{result.contestant.name}: {result.beside_mb:.3g} MB of cards lie in a file beside the page."
        for result in results
        if result.beside_mb
    ]
    return ["\n".join(f"- {line}" for line in told)] if told else []


def _ratios(results: Sequence[Result]) -> list[str]:
    ours = _named(results, OURS)
    if ours is None:
        return ["Our page was not measured in this run."]
    shown = _shown(results)
    lines = [_row(["page", *(re.sub(r",? (ms|s|MB)$", "", COLUMNS[name]) for name in shown)])]
    lines.append(_row(["---", *["--:"] * len(shown)]))
    for result in results:
        if result.rows == ours.rows and result is not ours:
            pairs = ((result.runs.get(name), ours.runs.get(name)) for name in shown)
            lines.append(_row([result.contestant.name, *(_ratio(theirs, own) for theirs, own in pairs)]))
    return ["\n".join(lines)]


def _ratio(theirs: list[float] | None, ours: list[float] | None) -> str:
    return f"{median(theirs) / median(ours):.2g}×" if theirs and ours else "–"


def targets(results: Sequence[Result]) -> list[str]:
    """Return each target with what came of it, "met" or "not met"; "not measured" where a page is missing."""
    ours, large = _named(results, OURS), _named(results, f"{OURS}, ten times the incidents")
    cluster, cards = _named(results, "folium MarkerCluster"), _named(results, f"{OURS}, with cards")
    opening = _over(_median(cluster, "open_s"), _median(ours, "open_s"))
    growth = _over(_median(large, "open_s"), _median(ours, "open_s"))
    return [
        _judged("page without cards at most 10 MB", _median(ours, "mb"), "{:.2f} MB", at_most=10),
        _judged(
            "page with cards at most 10 MB",
            _median(cards, "mb"),
            "{:.2f} MB",
            at_most=10,
        ),
        _judged("opens at least 15 times faster than MarkerCluster", opening, "{:.1f} times", at_least=15),
        *(
            _judged(f"at least 50 frames a second, {what}", _rate(ours, name), "{:.0f}", at_least=50)
            for name, what in _STEPS
        ),
        _judged("ten times the incidents open in at most twice the time", growth, "{:.2f} times", at_most=2),
        *(
            _judged(
                f"at least 30 frames a second with ten times the incidents, {what}",
                _rate(large, name),
                "{:.0f}",
                at_least=30,
            )
            for name, what in _STEPS
        ),
    ]


_STEPS: Final = (
    ("window_ms", "points of a month"), ("cumulative_ms", "points, cumulative"), ("regions_ms", "regions"),
    ("clusters_ms", "clusters"), ("density_ms", "density"), ("dark_ms", "points of a month, dark"),
)  # fmt: skip


def _judged(
    what: str, number: float | None, form: str, *, at_least: float | None = None, at_most: float | None = None
) -> str:
    if number is None:
        return f"{what}: not measured"
    met = (at_least is None or number >= at_least) and (at_most is None or number <= at_most)
    return f"{what}: {form.format(number)}: {'met' if met else '**not met**'}"


def _named(results: Iterable[Result], name: str) -> Result | None:
    return next((result for result in results if result.contestant.name == name), None)


def _median(result: Result | None, name: str) -> float | None:
    runs = result.runs.get(name) if result else None
    return median(runs) if runs else None


def _rate(result: Result | None, name: str) -> float | None:
    return _over(1000, _median(result, name))


def _over(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_into(path: Path, text: str) -> None:
    """Replace what stands between the two markers of a document.

    Raises:
        ValueError: The document lacks a marker.
    """
    document = path.read_text(encoding="utf-8")
    if BEGIN not in document or END not in document:
        raise ValueError(f"{path.name} lacks {BEGIN} or {END}. Put them where the tables belong.")
    before, after = document.split(BEGIN)[0], document.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
