"""Names on a picture's map, the most important first; what would cover another is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from willay.maps.pictures.outlines import mercator
from willay.maps.pictures.sheet import Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from willay.maps.base import BaseMap
    from willay.maps.pictures.land import View
    from willay.maps.pictures.scale import Look
    from willay.maps.pictures.sheet import Sheet
    from willay.maps.pictures.words import Words

REGION: Final = Style(6.4, "bold", "#16202b")
FAINT: Final = Style(6.2, colour="#47535f")
VALUE: Final = Style(6.4, colour="#16202b")
LAND: Final = Style(6.6, "bold", "#8c877d")
CAPITAL: Final = Style(6.8, "bold", "#141d26")
TOWN: Final = Style(6.0, colour="#2b3640")
CAPITAL_RANK: Final = 1
TOWN_RANK: Final = 2
CLEAR_MM: Final = 0.8
"""Space between two names on a line."""

OVERHANG: Final = 1.15
"""Maximum width of a name, relative to its region."""

_SHIFTS: Final = (0, 1, -1, 1.8, -1.8)
"""Lines by which a name may be above or below the middle of its region."""

_HALO: Final = (1, 1, 1, 0.88)
_SHORT: Final = 7
_INITIAL: Final = 3

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Namer:
    """Writes names on one map, in millimetres of the sheet, and remembers what is covered.

    Attributes:
        sheet: The sheet, which measures texts.
        axes: The map; its limits are `view`.
        view: What the map shows, in metres of EPSG:3857.
        width: Width of the map in millimetres.
        taken: Boxes that no name may cover: left, bottom, right, top in millimetres from the map's lower left.
    """

    sheet: Sheet
    axes: Axes
    view: View
    width: float
    taken: list[Box] = field(default_factory=list)

    def mm(self, x: float, y: float) -> tuple[float, float]:
        """Return millimetres from the map's lower left corner for metres of EPSG:3857."""
        scale = self.width / (self.view[2] - self.view[0])
        return (x - self.view[0]) * scale, (y - self.view[1]) * scale

    def has_room(self, box: Box) -> bool:
        """Return whether a box lies on the map and covers nothing."""
        height = self.mm(0, self.view[3])[1]
        inside = box[0] >= 1 and box[1] >= 1 and box[2] <= self.width - 1 and box[3] <= height - 1
        return inside and not any(
            box[0] - CLEAR_MM < other[2] and box[2] + CLEAR_MM > other[0] and box[1] < other[3] and box[3] > other[1]
            for other in self.taken
        )

    def write(self, lines: list[tuple[str, Style]], at: tuple[float, float], align: str = "center") -> bool:
        """Write lines about a point (EPSG:3857), if there is room for them; return whether there was."""
        x, y = self.mm(*at)
        widths = [self.sheet.measure(text, style) for text, style in lines]
        heights = [self.sheet.leading(style) * 0.92 for _, style in lines]
        wide, high = max(widths), sum(heights)
        left = {"center": x - wide / 2, "left": x, "right": x - wide}[align]
        box = (left, y - high / 2, left + wide, y + high / 2)
        if not self.has_room(box):
            return False
        self.taken.append(box)
        metre = (self.view[2] - self.view[0]) / self.width
        top = box[3]
        for (text, style), height in zip(lines, heights, strict=True):
            middle = top - height / 2
            top -= height
            self.axes.text(
                at[0], self.view[1] + middle * metre, text, ha=align, va="center_baseline", parse_math=False, zorder=7,
                path_effects=[withStroke(linewidth=1.6 * self.sheet.text_scale, foreground=_HALO)],
                clip_on=True, **self.sheet.font(style),
            )  # fmt: skip
        return True


def write_regions(namer: Namer, looks: list[Look], shapes: dict[int, Any], words: Words, decimals: int) -> None:
    """Write the names and values of regions, the largest value first, as short as the region is narrow."""

    def weight(look: Look) -> tuple[float, int]:
        value = look.shown.value
        return (-1.0 if value is None else abs(value), look.shown.rows)

    for look in sorted(looks, key=weight, reverse=True):
        shape = shapes.get(look.shown.region["id"])
        if shape is None or shape.is_empty:
            continue
        at = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
        width = (shape.bounds[2] - shape.bounds[0]) * namer.width / (namer.view[2] - namer.view[0])
        step = namer.sheet.leading(REGION) * (namer.view[2] - namer.view[0]) / namer.width
        forms = _forms(namer.sheet, look, words, decimals, width * OVERHANG)
        places = ((lines, (float(at[0]), float(at[1] + shift * step))) for lines in forms for shift in _SHIFTS)
        any(namer.write(lines, place) for lines, place in places)


def _forms(sheet: Sheet, look: Look, words: Words, decimals: int, width: float) -> list[list[tuple[str, Style]]]:
    """Return what may be written in a region, the fullest first."""
    name = words.local(look.shown.region["name"])
    is_known = look.state != "none"
    style = REGION if is_known else FAINT
    value = short_value(look, words, decimals) if is_known else ""
    names = [text for text in dict.fromkeys((name, short_name(name))) if sheet.measure(text, style) <= width]
    forms = [[(text, style), *([(value, VALUE)] if value else [])] for text in names]
    return [*forms, *([[(value, VALUE)]] if value and sheet.measure(value, VALUE) <= width else [])]


def short_value(look: Look, words: Words, decimals: int) -> str:
    """Return a region's value as it is written on the map: as the page does."""
    value = look.shown.value
    if value is None:
        return {"unknown": "?", "no-people": "?"}.get(look.shown.look, "–")
    least = 10.0**-decimals
    if 0 < value < least / 2:
        return f"<{words.n(least, decimals)}"
    text = words.n(abs(value), decimals) + ("+" if look.shown.is_least else "")
    if look.rank is not None and look.rank < 0:
        return f"\u2212{text}"
    return text


def short_name(name: str) -> str:
    """Cut a name to what fits a small map: "M. de Dios", "Cajam."; the whole where it is short."""
    parts = name.split(" ")
    if len(parts) > 1:
        return " ".join(f"{part[0]}." if len(part) > _INITIAL else part for part in parts[:-1]) + f" {parts[-1]}"
    return f"{name[:5]}." if len(name) > _SHORT else name


def write_towns(namer: Namer, base: BaseMap, last_rank: int, west: float) -> None:
    """Write towns with their dots, up to a rank, in the order of the table; `west` as `mercator`."""
    if base.towns is None or not len(base.towns):
        return
    table = base.towns.reset_index(drop=True)
    points = mercator(table.geometry, west)
    metre = (namer.view[2] - namer.view[0]) / namer.width
    ranks = table["rank"] if "rank" in table.columns else pd.Series(last_rank + 1, index=table.index)
    for number in np.flatnonzero((ranks <= last_rank).to_numpy(bool)):
        point = points[number]
        if point.is_empty:
            continue
        style = CAPITAL if ranks[number] == CAPITAL_RANK else TOWN
        gap = namer.sheet.mm(1.0) * metre
        for side, align in ((gap, "left"), (-gap, "right")):
            if namer.write([(table["name"][number], style)], (point.x + side, point.y), align):
                radius = namer.sheet.mm(0.45 if style is CAPITAL else 0.33) * metre
                namer.axes.add_patch(
                    Circle(
                        (point.x, point.y), radius, facecolor=style.colour, edgecolor="white", linewidth=0.3, zorder=6
                    )
                )
                break


def write_lands(namer: Namer, base: BaseMap, neighbours: list[Any], words: Words) -> None:
    """Write the names of the lands around, within what the map shows of them."""
    if base.neighbours is None:
        return
    for row, shape in zip(base.neighbours.to_dict("records"), neighbours, strict=True):
        name = next((row[key] for key in (f"name_{words.lang}", "name") if isinstance(row.get(key), str)), "")
        seen = shapely.clip_by_rect(shapely.make_valid(shape), *namer.view)
        if not name or seen.is_empty:
            continue
        largest = max(shapely.get_parts(seen), key=shapely.area)
        at = shapely.point_on_surface(largest)
        text = name.upper()
        width = (largest.bounds[2] - largest.bounds[0]) * namer.width / (namer.view[2] - namer.view[0])
        if namer.sheet.measure(text, LAND) <= width:
            namer.write([(text, LAND)], (at.x, at.y))
