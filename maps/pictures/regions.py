"""Regions on a picture's map: the page's fills, the empty and the large below the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from matplotlib.patches import PathPatch, Rectangle

from willay.maps.pictures.land import PX
from willay.maps.pictures.outlines import path_of
from willay.maps.pictures.sheet import EDGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

    from willay.maps.pictures.scale import Look

PATTERN_INK: Final = "#7d8893"
PARTIAL: Final = "#8a3d00"
_DARK: Final = (20 / 255, 20 / 255, 20 / 255, 0.62)
_LIGHT: Final = (1, 1, 1, 0.75)
_HATCHES: Final = {"hatched": "////", "dotted": "..", "crossed": "xxx"}
_LINES: Final = {"hatched": 1.2, "dotted": 0.5, "crossed": 0.8}
_WORKING: Final = (0, (5, 3))
_PARTIALLY: Final = (0, (8, 2, 2, 2))
_BRIGHT: Final = 110


def draw_regions(axes: Axes, looks: list[Look], shapes: dict[int, Any], scale: float) -> None:
    """Draw regions; `shapes` are their outlines in EPSG:3857 by region id."""
    held = [look for look in looks if look.shown.region["id"] in shapes]
    order = sorted(held, key=lambda look: (look.state != "none", -shapely.area(shapes[look.shown.region["id"]])))
    for number, look in enumerate(order):
        path = path_of(shapes[look.shown.region["id"]])
        if path is None:
            continue
        patch = PathPatch(path, zorder=2 + number / (len(order) + 1), joinstyle="round", capstyle="butt")
        patch.set_gid(f"region-{look.shown.region['id']}")
        fill_patch(patch, look.kind, look.colour, few=bool(look.shown.reasons), fall=(look.rank or 0) < 0)
        line_patch(patch, working=bool(look.shown.region.get("working")), outside=look.outside > 0, scale=scale)
        axes.add_patch(patch)


def fill_patch(patch: Patch, kind: str, colour: str | None, *, few: bool = False, fall: bool = False) -> None:
    """Give a patch the fill of a look."""
    patch.set_facecolor(colour or "#ffffff")
    hatch = _HATCHES.get(kind, ("---" if fall else "") + ("////" if few else ""))
    if not hatch:
        return
    patch.set_hatch(hatch)
    patch.set_hatchcolor(ink_on(colour) if colour else PATTERN_INK)
    patch.set_hatch_linewidth(_LINES.get(kind, 0.9) * PX)


def line_patch(patch: Patch, *, working: bool, outside: bool, scale: float) -> None:
    """Give a patch the outline of a region: dashed where it is a working outline, or not valid on all days."""
    patch.set_edgecolor(PARTIAL if outside else EDGE)
    patch.set_linewidth((1.6 if outside else 0.9) * PX * scale)
    patch.set_linestyle(_PARTIALLY if outside else _WORKING if working else "-")


def ink_on(colour: str) -> tuple[float, float, float, float]:
    """Return the colour of lines that show on a colour: dark on light ones, light on dark ones."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return _DARK if 0.299 * red + 0.587 * green + 0.114 * blue > _BRIGHT else _LIGHT


def swatch(axes: Axes, box: tuple[float, float, float, float], scale: float) -> Rectangle:
    """Draw an empty box of a legend, at left, top, width and height, and return it."""
    left, top, width, height = box
    patch = Rectangle((left, top), width, height, facecolor="white", edgecolor=EDGE, linewidth=0.9 * PX * scale)
    axes.add_patch(patch)
    return patch
