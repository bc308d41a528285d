"""One map of a picture: land, regions, signs, names and the bar of distance, in its box on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from matplotlib.patches import Rectangle

from willay.maps.pictures.land import Land, View, draw_land, scale_bar
from willay.maps.pictures.names import CAPITAL_RANK, TOWN_RANK, Namer, write_lands, write_regions, write_towns
from willay.maps.pictures.regions import draw_regions
from willay.maps.pictures.sheet import HEAD, INK, POINT_MM, SMALL, Sheet, Style
from willay.maps.pictures.signs import HALF_PT, draw_signs, marks_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from willay.maps.pictures.composing import Content
    from willay.maps.pictures.scale import Look
    from willay.maps.pictures.words import Words

MOST_COUNTS: Final = 200
"""Maximum number of places with a count next to the sign; those with the most incidents."""

KEPT_CLEAR: Final = 300
"""Maximum number of signs that names avoid."""
_COUNT: Final = Style(5.4, "bold", "#ffffff")
_BAR_TEXT: Final = Style(6.2, colour=INK)
_KILOMETRE: Final = 1000


def draw_map(
    sheet: Sheet,
    content: Content,
    number: int,
    box: tuple[float, float, float, float],
    ground: tuple[View, Land, dict[int, Any]],
) -> None:
    """Draw the panel of a number in a box (left, top, width, height in millimetres), on a ground made for its view."""
    view, land, shapes = ground
    panel, looks = content.panels[number], content.looks[number]
    is_single = len(content.panels) == 1
    scale = sheet.text_scale if is_single else sheet.text_scale * float(np.clip(box[2] / sheet.mm(70), 0.35, 1))
    axes = _map_axes(sheet, box, view)
    draw_land(axes, land, scale)
    if content.scale is not None:
        draw_regions(axes, looks, shapes, scale)
    namer = Namer(sheet, axes, view, box[2])
    if is_single or number == 0:
        _draw_scale_bar(sheet, namer, content.words, _bar_on_left(land, view))
    if content.signs:
        marks = marks_of(content.incidents, panel.rows, content.places)
        draw_signs(axes, content.incidents, marks, content.rows, scale, bare=content.scale is not None)
        if is_single:
            _keep_clear(sheet, namer, [(x, y) for x, y, _, _ in marks.points])
            _write_counts(sheet, namer, [(x, y, count) for x, y, _, count in marks.points if count > 1])
    if is_single:
        _write_names(namer, content, looks, shapes, land)
    else:
        _write_panel_head(sheet, content, number, box)


def _map_axes(sheet: Sheet, box: tuple[float, float, float, float], view: View) -> Axes:
    axes = sheet.axes(box)
    axes.set_xlim(view[0], view[2])
    axes.set_ylim(view[1], view[3])
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor("white")
    for spine in axes.spines.values():
        spine.set(color="#b9b3a7", linewidth=0.6)
    return axes


def _write_names(namer: Namer, content: Content, looks: list[Look], shapes: dict[int, Any], land: Land) -> None:
    if content.scale is not None:
        write_regions(namer, looks, shapes, content.words, content.scale.classes.decimals)
        write_towns(namer, content.base, CAPITAL_RANK, content.west)
    else:
        write_towns(namer, content.base, TOWN_RANK, content.west)
    write_lands(namer, content.base, land.neighbours, content.words)


def _write_panel_head(sheet: Sheet, content: Content, number: int, box: tuple[float, float, float, float]) -> None:
    """Write a panel's time above it, and at its end how many incidents it holds."""
    panel = content.panels[number]
    left, top, width, _ = box
    style = HEAD
    while sheet.measure(panel.title, style) > width and style.size > 4:  # noqa: PLR2004 — points that can still be read
        style = Style(style.size * 0.92, style.weight)
    sheet.line(panel.title, (left, top - sheet.leading(style)), style)
    rows = int(content.incidents.arrays["counted"][panel.rows].sum())
    told = content.words.t("n_incidents", n=rows)
    if sheet.measure(f"{panel.title}  ", style) + sheet.measure(told, SMALL) > width:
        told = content.words.n(rows)
    if sheet.measure(f"{panel.title}  ", style) + sheet.measure(told, SMALL) <= width:
        sheet.line(told, (left + width, top - sheet.leading(SMALL)), SMALL, "right")


def _keep_clear(sheet: Sheet, namer: Namer, points: list[tuple[float, float]]) -> None:
    """Let names keep clear of signs, as long as these are few enough to leave room for any."""
    half = sheet.mm(HALF_PT * POINT_MM * 0.9)
    if len(points) <= KEPT_CLEAR:
        at = [namer.mm(x, y) for x, y in points]
        namer.taken += [(x - half, y - half, x + half, y + half) for x, y in at]


def _write_counts(sheet: Sheet, namer: Namer, counts: list[tuple[float, float, int]]) -> None:
    """Write next to signs how many incidents share the place, the largest first, where there is room."""
    reach = sheet.mm(HALF_PT * 0.36)
    metre = (namer.view[2] - namer.view[0]) / namer.width
    written: list[tuple[float, float, float, float]] = []
    for x, y, count in sorted(counts, key=lambda each: -each[2])[:MOST_COUNTS]:
        text = f"{count:,}"
        wide = sheet.measure(text, _COUNT) / 2 + sheet.mm(0.7)
        at = namer.mm(x, y)
        middle = (at[0] + reach + wide, at[1] + reach * 1.3)
        high = sheet.mm(1.25)
        box = (middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high)
        if any(box[0] < each[2] and box[2] > each[0] and box[1] < each[3] and box[3] > each[1] for each in written):
            continue
        written.append(box)
        namer.taken.append(box)
        cx, cy = namer.view[0] + middle[0] * metre, namer.view[1] + middle[1] * metre
        namer.axes.text(
            cx, cy, text, ha="center", va="center_baseline", zorder=6, clip_on=True,
            bbox={"boxstyle": "round,pad=0.22,rounding_size=0.6", "facecolor": INK, "edgecolor": "none"},
            **sheet.font(_COUNT),
        )  # fmt: skip


def _bar_on_left(land: Land, view: View) -> bool:
    """Return whether the lower left corner of a view shows less of the country than the lower right one."""
    wide, high = (view[2] - view[0]) * 0.32, (view[3] - view[1]) * 0.12
    left = shapely.box(view[0], view[1], view[0] + wide, view[1] + high)
    right = shapely.box(view[2] - wide, view[1], view[2], view[1] + high)
    covered = [
        sum(shapely.area(shapely.intersection(shape, corner)) for shape in land.country) for corner in (left, right)
    ]
    return bool(covered[0] < covered[1])


def _draw_scale_bar(sheet: Sheet, namer: Namer, words: Words, on_left: bool) -> None:  # noqa: FBT001
    """Draw a bar of a round length, true at the map's middle latitude, in a lower corner."""
    length, reach = scale_bar(namer.view)
    metre = (namer.view[2] - namer.view[0]) / namer.width
    text = f"{words.n(length // _KILOMETRE)} km" if length >= _KILOMETRE else f"{words.n(length)} m"
    south = namer.view[1] + sheet.mm(3) * metre
    east = namer.view[0] + sheet.mm(3) * metre + reach if on_left else namer.view[2] - sheet.mm(3) * metre
    high = sheet.mm(0.9) * metre
    for part, colour in ((0, INK), (1, "white")):
        namer.axes.add_patch(
            Rectangle((east - reach + part * reach / 2, south), reach / 2, high, facecolor=colour, edgecolor=INK,
                      linewidth=0.6 * sheet.text_scale, zorder=7)
        )  # fmt: skip
    namer.axes.text(
        east - reach / 2, south + high + sheet.mm(0.7) * metre, text, ha="center", va="bottom", zorder=7,
        **sheet.font(_BAR_TEXT),
    )  # fmt: skip
    wide = max(reach / metre, sheet.measure(text, _BAR_TEXT))
    middle = namer.mm(east - reach / 2, south)[0]
    namer.taken.append((middle - wide / 2 - 1, 0, middle + wide / 2 + 1, sheet.mm(5.5) + sheet.leading(_BAR_TEXT)))
