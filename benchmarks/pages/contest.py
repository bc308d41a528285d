"""Who is measured, with how many incidents, and the numbers that come of it."""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from benchmarks.pages import stock
from benchmarks.pages.browser import PageFailedError, opened
from benchmarks.pages.kepler import kepler_page
from benchmarks.pages.ours import fragment, make_atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from benchmarks.pages.browser import OpenedPage

STEPS: Final = 60
SETTLED: Final = 3
"""Steps after each of which the page is left to rest."""

NUMBERS: Final = (
    "mb", "make_s", "open_s", "open_cpu_s", "slow_open_s", "card_ms", "heap_mb", "renderer_mb", "window_ms",
    "cumulative_ms", "regions_ms", "clusters_ms", "density_ms", "dark_ms", "settled_ms", "zoom_ms", "pan_ms",
)  # fmt: skip
"""What is measured of a page. A page that has no such control lacks the number."""

PARTS: Final = ("open", "moves", "steps")
"""Parts of the measurement: opening, with memory and the first card; zoom and pan; steps in time."""

_VIEWS: Final = (
    ("window_ms", "points", "window"), ("cumulative_ms", "points", "cumulative"), ("regions_ms", "regions", "window"),
    ("clusters_ms", "clusters", "window"), ("density_ms", "density", "window"),
)  # fmt: skip
"""Views whose steps are measured, all as the page has them: marks by figure, labels, and density with weights."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way of making a page.

    Attributes:
        name: Its name in the tables.
        make: Writes the page of a frame to a path.
        kind: How `probe.js` handles it.
        steps: Which of `window_ms` and `cumulative_ms` its slider gives.
        rows: At most so many incidents; None is as many as asked for.
        details: Whether its frame has cards.
        million: Whether it is this project's page of 1,000,000.
        rounds: It is measured in so many rounds only; None is all.
        made_once: Whether its page is made in the first round only, as that takes long.
        remark: What a reader of the table must know.
    """

    name: str
    make: Callable[[gpd.GeoDataFrame, Path], None]
    kind: str
    steps: tuple[str, ...] = ()
    rows: int | None = None
    details: bool = False
    million: bool = False
    rounds: int | None = None
    made_once: bool = False
    remark: str = ""


OURS: Final = "willay atlas"
CONTESTANTS: Final = (
    Contestant(OURS, make_atlas, "willay"),
    Contestant(f"{OURS}, with cards", make_atlas, "willay", details=True),
    Contestant(f"{OURS}, ten times the incidents", make_atlas, "willay", million=True, made_once=True),
    Contestant(
        "folium Marker loop", stock.marker_loop, "markers", rows=10_000, rounds=1,
        remark="10,000 incidents only, and one round",
    ),
    Contestant("folium MarkerCluster", stock.marker_cluster, "clusters", made_once=True),
    Contestant("folium FastMarkerCluster", stock.fast_marker_cluster, "clusters"),
    Contestant(
        "folium TimestampedGeoJson, a month", stock.timestamped_window, "timestamped", ("window_ms",),
        remark="its days are moved 30 years on, which its sorting needs",
    ),
    Contestant(
        "folium TimestampedGeoJson, cumulative", stock.timestamped_cumulative, "timestamped", ("cumulative_ms",),
        remark="its days are moved 30 years on, which its sorting needs",
    ),
    Contestant("folium Timeline", stock.timeline, "timeline", ("window_ms",)),
    Contestant(
        "folium TimeSliderChoropleth", stock.time_slider_choropleth, "choropleth", ("regions_ms",),
        remark="regions by month only, no incidents",
    ),
    Contestant("pydeck ScatterplotLayer, offline", stock.pydeck_page, "deck", remark="WebGL drawn by software"),
    Contestant(
        "kepler.gl", kepler_page, "kepler",
        remark="3.2.6 from npm, without a base map; WebGL drawn by software; its 15 MB of scripts are not in the file",
    ),
)  # fmt: skip


@dataclass(slots=True)
class Result:
    """What was measured of one contestant: a list of runs for each of `NUMBERS`, and why there is none."""

    contestant: Contestant
    rows: int
    runs: dict[str, list[float]] = field(default_factory=dict)
    beside_mb: float = 0.0
    failed: str = ""

    def add(self, name: str, number: float) -> None:
        """Record a run."""
        self.runs.setdefault(name, []).append(number)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a contest is run: playwright, the folders for pages and for stock's files, throttled opens or not."""

    running: Any  # Any: playwright's
    pages: Path
    files: Path
    throttle: int = 1
    parts: tuple[str, ...] = PARTS


def rounds(
    results: list[Result], frame_of: Callable[[int, bool], gpd.GeoDataFrame], repeat: int, setting: Setting
) -> Iterator[int]:
    """Measure all in turns, yielding the number of each round that is over; one that failed is left out of the rest."""
    for number in range(1, repeat + 1):
        for result in results:
            if not result.failed and number <= (result.contestant.rounds or repeat):
                try:
                    _measure(result, frame_of, setting)
                except PageFailedError as error:
                    result.failed = str(error)
                print(".", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        yield number


def _measure(result: Result, frame_of: Callable[[int, bool], gpd.GeoDataFrame], setting: Setting) -> None:
    contestant = result.contestant
    path = setting.pages / f"{contestant.name.replace(' ', '-').replace(',', '')}.html"
    if not path.exists():
        _make(result, frame_of(result.rows, contestant.details), path)
    with opened(setting.running, path, contestant.kind, setting.files) as page:
        _look(result, page, setting.parts)
        if contestant.kind == "willay" and "steps" in setting.parts:
            _step(result, page, path)
    if contestant.kind == "willay" and "steps" in setting.parts:
        at = fragment("points", "window")
        with opened(setting.running, path, contestant.kind, setting.files, fragment=at, dark=True) as page:
            result.add("dark_ms", page.step_ms(STEPS))
    if setting.throttle > 1:
        with opened(setting.running, path, contestant.kind, setting.files, throttle=setting.throttle) as page:
            result.add("slow_open_s", page.open_s)
    if not contestant.made_once:
        path.unlink()
        path.with_suffix(".texts").unlink(missing_ok=True)


def _make(result: Result, frame: gpd.GeoDataFrame, path: Path) -> None:
    gc.collect()
    begun = time.perf_counter()
    result.contestant.make(frame, path)
    result.add("make_s", time.perf_counter() - begun)
    result.add("mb", path.stat().st_size / 1e6)
    beside = path.with_suffix(".texts")
    result.beside_mb = beside.stat().st_size / 1e6 if beside.exists() else 0.0


def _look(result: Result, page: OpenedPage, parts: tuple[str, ...]) -> None:
    """Measure a page that has just been opened."""
    kind = result.contestant.kind
    if "open" in parts:
        result.add("open_s", page.open_s)
        result.add("open_cpu_s", page.cpu_s())
        result.add("heap_mb", page.heap_mb())
        result.add("renderer_mb", page.renderer_mb())
    if "steps" in parts:
        for name in result.contestant.steps:
            result.add(name, page.step_ms(STEPS))
    if "moves" in parts and kind not in {"deck", "kepler"}:  # no Leaflet map
        result.add("zoom_ms", page.zoom_ms(10))
        result.add("pan_ms", page.pan_ms(30))
    if "open" in parts and kind == "willay":
        result.add("card_ms", page.card_ms())


def _step(result: Result, page: OpenedPage, path: Path) -> None:
    """Measure the steps of our page in each view."""
    for name, view, mode in _VIEWS:
        try:
            page.go(path.as_uri() + fragment(view, mode))
        except PlaywrightTimeoutError as error:
            raise PageFailedError(f"{view}: it did not open again") from error
        result.add(name, page.step_ms(STEPS))
        if name == "window_ms":
            result.add("settled_ms", page.settled_ms(SETTLED))
