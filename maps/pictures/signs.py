"""Incidents on a picture's map: the signs of their types at points, rings and areas for places known less exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from matplotlib.collections import PathCollection
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from willay.maps.incidents import DRAWN
from willay.maps.palette import type_style
from willay.maps.pictures.land import PX
from willay.maps.pictures.outlines import path_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns

RIM: Final = "#1c2733"
SIDES: Final = {"triangle": (3, -90), "triangle-down": (3, 90), "diamond": (4, -90), "pentagon": (5, -90)}
HALF_PT: Final = 3.1
"""Half the height of a sign, in points, on an A4 sheet."""

_ARM: Final = 0.38
_CROSS: Final = (
    (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM), (1, _ARM), (_ARM, _ARM),
    (_ARM, 1), (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM), (-1, -_ARM), (-_ARM, -_ARM),
)  # fmt: skip
_LEAST_SHARE: Final = 0.008
"""Minimum radius of a ring, relative to the width of the map; smaller rings are invisible."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn of some rows: rows at one place, known equally well, share a mark.

    Attributes:
        points: For each place: x and y in EPSG:3857, the latest row there, and how many there are.
        wide: For each ring or area: the latest row that has it, and the kind (a name of `DRAWN`).
    """

    points: list[tuple[float, float, int, int]]
    wide: list[tuple[int, str]]


def marks_of(incidents: IncidentColumns, rows: NDArray[np.int64], places: NDArray[np.float64]) -> Marks:
    """Return the marks of rows; `places` has each row's x and y in EPSG:3857."""
    arrays = incidents.arrays
    points: dict[int, tuple[int, int]] = {}
    wide: dict[tuple[Any, ...], tuple[int, str]] = {}
    for row in rows.tolist():
        kind = DRAWN[arrays["drawn"][row]]
        if kind == "point":
            place = int(arrays["place"][row])
            points[place] = (row, points.get(place, (0, 0))[1] + 1)
        elif kind == "area":
            wide[(kind, int(arrays["shape"][row]))] = (row, kind)
        elif kind != "none":
            wide[(kind, int(arrays["place"][row]), float(arrays["radius_m"][row]))] = (row, kind)
    at = [(float(places[row, 0]), float(places[row, 1]), row, count) for row, count in points.values()]
    return Marks(sorted(at, key=lambda mark: mark[2]), list(wide.values()))


def draw_signs(
    axes: Axes, incidents: IncidentColumns, marks: Marks, shapes: NDArray[Any], scale: float, *, bare: bool
) -> None:
    """Draw marks, wide ones first.

    Args:
        axes: The map, its limits set.
        incidents: The rows.
        marks: What to draw.
        shapes: Each row's geometry in EPSG:3857.
        scale: How much larger than on an A4 sheet.
        bare: Leave rings and areas unfilled, so that they do not tint the classes of regions below them.
    """
    types = incidents.frame["type"].to_numpy(object)
    for row, kind in marks.wide:
        patch = _wide_patch(shapes[row], kind, float(incidents.arrays["radius_m"][row]), axes.get_xlim())
        if patch is None:
            continue
        colour = type_style(types[row])[0]
        patch.set_facecolor((colour, 0.0 if bare else 0.09))
        patch.set_edgecolor((colour, 0.8))
        patch.set_linewidth(1.3 * PX * scale)
        patch.set_linestyle((0, (4, 3)) if kind == "nominal" else "-")
        patch.set_zorder(4)
        axes.add_patch(patch)
    styles = [type_style(types[row]) for _, _, row, _ in marks.points]
    if styles:
        offsets = np.array([(x, y) for x, y, _, _ in marks.points])
        for part in sign_collections(styles, offsets, HALF_PT * scale, 4.5):
            part.set_offset_transform(axes.transData)
            axes.add_collection(part, autolim=False)


def _wide_patch(shape: Any, kind: str, radius_m: float, limits: tuple[float, float]) -> Any:  # noqa: ANN401 — shapely, patch
    if kind == "area":
        path = path_of(shape)
        return None if path is None else PathPatch(path)
    x, y = (float(each) for each in shapely.get_coordinates(shape)[0])
    stretch = float(np.cosh(y / 6_378_137.0))  # metres of EPSG:3857 for a metre on the ground, at this latitude
    return Circle((x, y), max(radius_m * stretch, (limits[1] - limits[0]) * _LEAST_SHARE))


def sign_collections(
    styles: list[tuple[str, str]], offsets: NDArray[np.float64], half_pt: float, order: float
) -> list[PathCollection]:
    """Return signs with their white rim, `half_pt` points from middle to top, in the order given."""
    paths = [sign_path(sign) for _, sign in styles]
    colours = [colour for colour, _ in styles]
    common: dict[str, Any] = {
        "sizes": [half_pt**2],
        "offsets": offsets,
        "joinstyle": "round",
        "transform": IdentityTransform(),
    }
    rim = PathCollection(paths, facecolors="white", edgecolors="white", linewidths=half_pt * 0.55, **common)
    sign = PathCollection(paths, facecolors=colours, edgecolors=RIM, linewidths=half_pt * 0.16, **common)
    rim.set_zorder(order)
    sign.set_zorder(order + 0.1)
    return [rim, sign]


def sign_path(sign: str) -> Path:
    """Return a sign of half height 1 about 0, 0, as `static/map/glyphs.js` traces it (y grows upwards here)."""
    if sign == "circle":
        return Path.unit_circle()
    if sign == "square":
        return _closed(np.array([(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)]))
    if sign == "bar":
        return _closed(np.array([(-1.2, -0.55), (1.2, -0.55), (1.2, 0.55), (-1.2, 0.55)]))
    if sign == "star":
        turns = np.radians(-90 + 36 * np.arange(10))
        reach = np.where(np.arange(10) % 2, 0.5, 1.0) * 1.25
        return _closed(np.column_stack([np.cos(turns), -np.sin(turns)]) * reach[:, None])
    if sign in {"plus", "cross"}:
        turn = np.sqrt(0.5) if sign == "cross" else 0.0
        corners = np.array(_CROSS) * 1.1
        rotated = corners @ np.array([[turn, turn], [-turn, turn]]) if turn else corners
        return _closed(rotated)
    sides, start = SIDES[sign]
    turns = np.radians(start + 360 / sides * np.arange(sides))
    return _closed(np.column_stack([np.cos(turns), -np.sin(turns)]) * 1.2)


def _closed(corners: NDArray[np.float64]) -> Path:
    return Path(np.vstack([corners, corners[:1]]), closed=True)
