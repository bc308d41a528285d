"""Who is measured, with how many incidents, and the numbers that come of it."""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from benchmarks.pages import stock
from benchmarks.pages.browser import PageFailedError, opened
from benchmarks.pages.ours import fragment, make_atlas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

STEPS: Final = 60
NUMBERS: Final = (
    "mb", "make_s", "open_s", "slow_open_s", "heap_mb", "renderer_mb", "window_ms", "cumulative_ms", "regions_ms",
    "zoom_ms", "pan_ms",
)  # fmt: skip
"""What is measured of a page. A page that has no such control lacks the number."""


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
        remark: What a reader of the table must know.
    """

    name: str
    make: Callable[[gpd.GeoDataFrame, Path], None]
    kind: str
    steps: tuple[str, ...] = ()
    rows: int | None = None
    details: bool = False
    million: bool = False
    remark: str = ""


OURS: Final = "willay atlas"
CONTESTANTS: Final = (
    Contestant(OURS, make_atlas, "willay"),
    Contestant(f"{OURS}, with cards", make_atlas, "willay", details=True),
    Contestant(f"{OURS}, ten times the incidents", make_atlas, "willay", million=True),
    Contestant("folium Marker loop", stock.marker_loop, "markers", rows=10_000, remark="10,000 incidents only"),
    Contestant("folium MarkerCluster", stock.marker_cluster, "clusters"),
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
)  # fmt: skip

NOT_MEASURED: Final = {
    "kepler.gl": "the page that keplergl 0.4.0 writes imports React and others from a module server on the network, "
    "which no package of a registry can stand in for as it is: it does not open offline",
}


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


def rounds(
    results: list[Result], frame_of: Callable[[int, bool], gpd.GeoDataFrame], repeat: int, setting: Setting
) -> Iterator[int]:
    """Measure all in turns, yielding the number of each round that is over; one that failed is left out of the rest."""
    for number in range(1, repeat + 1):
        for result in results:
            if not result.failed:
                frame = frame_of(result.rows, result.contestant.details)
                try:
                    _measure(result, frame, setting)
                except PageFailedError as error:
                    result.failed = str(error)
                print(".", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        yield number


def _measure(result: Result, frame: gpd.GeoDataFrame, setting: Setting) -> None:
    contestant = result.contestant
    path = setting.pages / f"{contestant.name.replace(' ', '-').replace(',', '')}.html"
    gc.collect()
    begun = time.perf_counter()
    contestant.make(frame, path)
    result.add("make_s", time.perf_counter() - begun)
    result.add("mb", path.stat().st_size / 1e6)
    beside = path.with_suffix(".texts")
    result.beside_mb = beside.stat().st_size / 1e6 if beside.exists() else 0.0
    _open(result, path, setting)
    if setting.throttle > 1:
        with opened(setting.running, path, contestant.kind, setting.files, throttle=setting.throttle) as page:
            result.add("slow_open_s", page.open_s)
    path.unlink()
    beside.unlink(missing_ok=True)


def _open(result: Result, path: Path, setting: Setting) -> None:
    kind = result.contestant.kind
    with opened(setting.running, path, kind, setting.files) as page:
        result.add("open_s", page.open_s)
        result.add("heap_mb", page.heap_mb())
        result.add("renderer_mb", page.renderer_mb())
        for name in result.contestant.steps:
            result.add(name, page.step_ms(STEPS))
        if kind != "deck":  # no Leaflet map
            result.add("zoom_ms", page.zoom_ms(10))
            result.add("pan_ms", page.pan_ms(30))
    if kind == "willay":
        for name, view, mode in (
            ("window_ms", "points", "window"),
            ("cumulative_ms", "points", "cumulative"),
            ("regions_ms", "regions", "window"),
        ):
            with opened(setting.running, path, kind, setting.files, fragment=fragment(view, mode)) as page:
                result.add(name, page.step_ms(STEPS))
