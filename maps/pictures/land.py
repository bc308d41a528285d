"""The land under a picture's incidents: sea, land, borders, water; and the scale bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely
from matplotlib.patches import PathPatch
from pyproj import Transformer

from willay.geo import distance_m
from willay.maps.base import SMALLEST_RANK
from willay.maps.pictures.outlines import MERCATOR, mercator, path_of, within_view

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from willay.maps.base import BaseMap

COLOURS: Final = {
    "sea": "#d3e1e9", "coast": "#8fa6b2", "neighbour": "#ecebe6", "frontier": "#bdb8ae", "country": "#fbfaf6",
    "border": "#6f6a61", "division": "#cbc6bb", "lake": "#c3d8e3", "river": "#8db2c6",
}  # fmt: skip
"""As in `static/map/layer-base.js`."""

PX: Final = 0.75
"""Size of a page pixel in points."""

WIDE_RANK: Final = 5
"""Rivers of this rank and above are drawn on the map of a country."""

_RIVER_WIDTH: Final = {0: 1.6, 1: 1.6, 2: 1.6, 3: 1.2, 4: 1.2, 5: 1.2, 6: 0.9, 7: 0.9}
_UNIT: Final = 0.14
_BARS: Final = (1, 2, 5)

View = tuple[float, float, float, float]
"""West, south, east and north in metres of EPSG:3857."""


@dataclass(frozen=True, slots=True)
class Land:
    """The outlines of a base map in EPSG:3857, kept to a view."""

    neighbours: list[Any]
    country: list[Any]
    divisions: list[Any]
    lakes: list[Any]
    rivers: list[tuple[Any, int]]
    disputed: list[Any]


def land_of(base: BaseMap, view: View, grain: float, west: float) -> Land:
    """Return the base map's outlines within a view, without corners finer than `grain` metres; `west` as `mercator`."""

    def kept(table: gpd.GeoDataFrame | None) -> list[Any]:
        return [] if table is None else [within_view(shape, view, grain) for shape in mercator(table.geometry, west)]

    ranks = [] if base.rivers is None else _ranks(base.rivers)
    return Land(
        kept(base.neighbours),
        kept(base.country),
        kept(base.divisions),
        kept(base.lakes),
        list(zip(kept(base.rivers), ranks, strict=True)),
        kept(base.disputed),
    )


def _ranks(table: gpd.GeoDataFrame) -> list[int]:
    if "rank" not in table.columns:
        return [SMALLEST_RANK] * len(table)
    return [SMALLEST_RANK if pd.isna(rank) else int(rank) for rank in table["rank"]]


def draw_land(axes: Axes, land: Land, scale: float) -> None:
    """Draw what lies below the regions; `scale` widens lines with the sheet's texts."""
    if land.neighbours:
        axes.set_facecolor(COLOURS["sea"])

    def paint(shapes: list[Any], order: float, fill: str | None, line: str | None, width: float = 0) -> None:
        for shape in shapes:
            draw_shape(axes, shape, fill=fill, line=line, width=width * PX * scale, order=order)

    paint([*land.neighbours, *land.country], 1, None, COLOURS["coast"], 2.4)
    paint(land.neighbours, 1.1, COLOURS["neighbour"], COLOURS["frontier"], 0.7)
    paint(land.country, 1.2, COLOURS["country"], None)
    paint(land.divisions, 1.3, None, COLOURS["division"], 0.8)
    paint(land.country, 3.2, None, COLOURS["border"], 1.3)
    paint(land.disputed, 3.25, None, COLOURS["neighbour"], 2.6)
    for shape in land.disputed:
        draw_shape(axes, shape, fill=None, line=COLOURS["border"], width=1.3 * PX * scale, order=3.26, dash=(3, 3))
    for shape, rank in land.rivers:
        if rank <= WIDE_RANK:
            width = _RIVER_WIDTH.get(rank, 0.7) * 0.8 * PX * scale
            draw_shape(axes, shape, fill=None, line=COLOURS["river"], width=width, order=3.3)
    paint(land.lakes, 3.4, COLOURS["lake"], COLOURS["river"], 0.8)


def draw_shape(
    axes: Axes,
    shape: Any,  # noqa: ANN401 — shapely
    *,
    fill: str | None,
    line: str | None,
    width: float,
    order: float,
    dash: tuple[float, float] | None = None,
) -> None:
    """Draw an outline or a line on a map; `width` in points, `dash` in widths: of a dash and the gap after it."""
    path = path_of(shape)
    if path is not None:
        axes.add_patch(
            PathPatch(
                path, facecolor=fill or "none", edgecolor=line or "none", linewidth=width, joinstyle="round",
                capstyle="butt" if dash else "round", linestyle=(0, dash) if dash else "solid", zorder=order,
            )
        )  # fmt: skip


def view_of(shapes: list[NDArray[Any]], aspect: float) -> View:
    """Return the view that holds all of some shapes (EPSG:3857) with a margin, `aspect` times as wide as high.

    Without any shape it is the whole world.
    """
    boxes = [shapely.total_bounds(each) for each in shapes if len(each) and not np.isnan(shapely.total_bounds(each)[0])]
    if not boxes:
        boxes = [np.array([-2.0e7, -2.0e7, 2.0e7, 2.0e7])]
    stacked = np.array(boxes)
    west, south = stacked[:, :2].min(axis=0)
    east, north = stacked[:, 2:].max(axis=0)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    width = max(east - west, (north - south) * aspect, 20_000.0) * 1.05
    height = max(north - south, (east - west) / aspect, 20_000.0 / aspect) * 1.05
    width, height = max(width, height * aspect), max(height, width / aspect)
    return middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2


def scale_bar(view: View, share: float = 0.28) -> tuple[int, float]:
    """Return a round length in metres, and how long it is on the map in metres of EPSG:3857.

    It is the geodesic length along the map's middle latitude, at most `share` of the view's width: a Mercator map
    has another scale at every latitude.
    """
    west, south, east, north = view
    to_degrees = Transformer.from_crs(MERCATOR, "EPSG:4326", always_xy=True)
    middle = (south + north) / 2
    reach = (east - west) / 100
    centre = (west + east) / 2
    a, b = (to_degrees.transform(x, middle) for x in (centre - reach / 2, centre + reach / 2))
    true = distance_m(a, b) / reach
    most = (east - west) * share * true
    power = 10 ** int(np.floor(np.log10(most)))
    length = max(step * power for step in _BARS if step * power <= most)
    return int(length), length / true
