"""A page of kepler.gl as the example of its repository without a bundler is made, without a base map."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

_PAGE = Path(__file__).with_name("kepler.html")


def kepler_page(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Make a page of points with day and title; kepler.gl finds the layer by the names of the columns."""
    rows = frame[~frame.geometry.isna()]
    table = pd.DataFrame(
        {
            "latitude": rows.geometry.y,
            "longitude": rows.geometry.x,
            "day": rows["first_day"].dt.strftime("%Y-%m-%d"),
            "title": rows["title"],
        }
    )
    page = Template(_PAGE.read_text(encoding="utf-8"))
    path.write_text(page.substitute(rows=table.to_csv(index=False)), encoding="utf-8")
