"""The atlas of this project, as the benchmark makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.made_up import made_up_regions
from willay.maps import PageSpec, render

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

VIEWS = ("points", "regions", "clusters", "density")
FROM = "2018-01-01"
"""Where the slider's steps begin: late, so that a cumulative step has most of the incidents to show."""


def make_atlas(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make the atlas of a frame: all views, filters, table, and the cards that it has."""
    render(frame, PageSpec(lang="en", view="points"), made_up_regions()).save(path, force=True)


def fragment(view: str, mode: str) -> str:
    """Return the permalink's fragment that opens the atlas in a view, a month or all until then being shown."""
    return f"#mapView={view}&overlay=0&mode={mode}&step=month&end={FROM}"
