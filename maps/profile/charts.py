"""The drawings of a profile: years, spans of time and a map, by the same means as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from matplotlib.ticker import FuncFormatter, MaxNLocator

from willay.maps.palette import TYPE_STYLES, type_style
from willay.maps.pictures.drawing import Picture, settings
from willay.maps.pictures.land import draw_land, land_of, view_of
from willay.maps.pictures.outlines import mercator
from willay.maps.pictures.sheet import INK, MUTED, Sheet, Style
from willay.maps.pictures.signs import draw_signs, marks_of, sign_collections
from willay.maps.world import world_west

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from willay.maps.base import BaseMap
    from willay.maps.incidents import IncidentColumns

WIDTH_MM: Final = 172.0
"""Width between the margins of an A4 page."""

DPI: Final = 200
ACCENT: Final = "#0b5563"
_TICK: Final = Style(6.6, colour=MUTED)
_LABEL: Final = Style(6.8, colour=INK)
_GRAIN_MM: Final = 0.05
_MOST_MARKS: Final = 400
_LEAST_SHARE: Final = 0.004
"""Minimum width of a stretch of time, relative to the whole: a day in forty years is seen, too."""

_MAP_MM: Final = 165.0
_LEGEND_MM: Final = 4.6
_LEGEND_COLUMNS: Final = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A value at a place on an axis, with how far it may be off; None where that is not stated."""

    at: float
    low: float | None
    value: float
    high: float | None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in a row of a chart.

    Attributes:
        first: Its first day.
        last: Its last day, inclusive; None where it has not ended.
        colour: Its colour.
        is_coarse: Whether its days are known only by month or year, so that it is hatched.
    """

    first: date
    last: date | None
    colour: str
    is_coarse: bool = False


def years_chart(bars: Sequence[Bar], title: str, said: str) -> Picture:
    """Draw a bar for each year, with the range of what sources state; an arrow where it has no upper end."""
    with settings():
        sheet, axes = _sheet(58)
        at = [bar.at for bar in bars]
        axes.bar(at, [bar.value for bar in bars], 0.78, color="#9fbcc3", linewidth=0)
        for bar in bars:
            _whisker(axes, bar)
        _dress(sheet, axes)
        axes.set_xlim(min(at, default=0) - 0.8, max(at, default=1) + 0.8)
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
        _write_ticks(sheet, axes)
    return Picture(title, said, sheet.figure, dpi=DPI)


def spans_chart(
    rows: Sequence[tuple[str, Sequence[Stretch], Sequence[date]]], until: date, title: str, said: str
) -> Picture:
    """Draw a row of stretches of time for each name, with a mark for each day of an incident.

    Args:
        rows: Name, stretches, and days of incidents.
        until: The day up to which a stretch without an end is drawn.
        title: The chart's title.
        said: What it shows, for those who do not see it.
    """
    with settings():
        sheet = Sheet((WIDTH_MM, 10 + 5.4 * len(rows)), DPI, 1.0)
        wide = min(64.0, max((sheet.measure(name, _LABEL) for name, _, _ in rows), default=0) + 3)
        axes = sheet.axes((wide, 2, WIDTH_MM - wide - 2, sheet.height - 8))
        thinnest = _span(rows, until) * _LEAST_SHARE
        for number, (name, stretches, days) in enumerate(rows):
            y = len(rows) - 1 - number
            for one in stretches:
                last = one.last or until
                hatch: dict[str, Any] = {"hatch": "//////", "alpha": 0.75} if one.is_coarse else {}
                width = max((last - one.first).days + 1, thinnest)
                axes.barh(y, width, 0.62, left=one.first.toordinal(), color=one.colour, edgecolor="white",
                          linewidth=0.3, **hatch)  # fmt: skip
                if one.last is None:
                    axes.plot([until.toordinal()], [y], marker=">", color=one.colour, markersize=4, clip_on=False)
            marked = _marked(days)
            axes.plot(marked, [y] * len(marked), "|", color=INK, markersize=6.5, mew=0.7)
            top = 2 + (sheet.height - 8) * (number + 0.5) / len(rows) - sheet.leading(_LABEL) / 2
            sheet.line(_fitting(sheet, name, wide - 3), (0, top), _LABEL)
        _dress(sheet, axes, "x")
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(_YearLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(_year))
        _write_ticks(sheet, axes)
    return Picture(title, said, sheet.figure, dpi=DPI)


def map_chart(incidents: IncidentColumns, base: BaseMap, names: Mapping[str, str], title: str, said: str) -> Picture:
    """Draw the incidents on the land, by the signs of their types; wide places as rings and areas.

    Args:
        incidents: The incidents.
        base: The land.
        names: What their types are called, by code, for the legend.
        title: The map's title.
        said: What it shows, for those who do not see it.
    """
    west = world_west(base, incidents.frame)
    rows = mercator(incidents.frame.geometry, west)
    outline = base.country if base.country is not None else base.divisions
    land_shapes = np.array([], object) if outline is None else mercator(outline.geometry, west)
    homes = [each for each in (land_shapes, rows) if len(each) and not shapely.is_empty(each).all()]
    kinds = sorted({str(kind) for kind in incidents.frame["type"]}, key=list(TYPE_STYLES).index)
    with settings():
        below = _LEGEND_MM * -(-len(kinds) // _LEGEND_COLUMNS) + 2
        sheet = Sheet((WIDTH_MM, _MAP_MM + below), DPI, 1.0)
        view = view_of(homes, WIDTH_MM / _MAP_MM)
        axes = sheet.axes((0, 0, WIDTH_MM, _MAP_MM))
        axes.set_xlim(view[0], view[2])
        axes.set_ylim(view[1], view[3])
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        draw_land(axes, land_of(base, view, (view[2] - view[0]) / WIDTH_MM * _GRAIN_MM, west), 1.0)
        places = np.full((len(rows), 2), np.nan)
        placed = np.flatnonzero(~shapely.is_empty(rows)) if len(rows) else np.array([], np.int64)
        if len(placed):
            places[placed] = shapely.get_coordinates(shapely.point_on_surface(rows[placed]))
        marks = marks_of(incidents, np.arange(len(rows)), places)
        draw_signs(axes, incidents, marks, rows, 0.85, bare=True)
        _write_types(sheet, kinds, names)
    return Picture(title, said, sheet.figure, len(rows), dpi=DPI)


def _write_types(sheet: Sheet, kinds: Sequence[str], names: Mapping[str, str]) -> None:
    """Write the signs of the types of incidents with their names, in columns below the map."""
    for number, kind in enumerate(kinds):
        left = 2 + WIDTH_MM / _LEGEND_COLUMNS * (number % _LEGEND_COLUMNS)
        top = _MAP_MM + 1.5 + _LEGEND_MM * (number // _LEGEND_COLUMNS)
        offset = np.array([(left + 1.5, top + sheet.leading(_LABEL) / 2)])
        for part in sign_collections([type_style(kind)], offset, 2.6, 6):
            part.set_offset_transform(sheet.paper.transData)
            sheet.paper.add_collection(part, autolim=False)
        sheet.line(_fitting(sheet, names.get(kind, kind), WIDTH_MM / _LEGEND_COLUMNS - 6), (left + 5, top), _LABEL)


def _span(rows: Sequence[tuple[str, Sequence[Stretch], Sequence[date]]], until: date) -> int:
    """Return how many days a chart of stretches shows."""
    firsts = [one.first for _, stretches, _ in rows for one in stretches] + [day for _, _, days in rows for day in days]
    return max((until - min(firsts, default=until)).days, 1)


def _marked(days: Sequence[date]) -> list[int]:
    """Return the days that are marked, each once; of many, the first of each month, which lie as close to the eye."""
    once = {*days}
    return sorted({day.toordinal() if len(once) <= _MOST_MARKS else day.replace(day=1).toordinal() for day in once})


def _sheet(height_mm: float) -> tuple[Sheet, Axes]:
    sheet = Sheet((WIDTH_MM, height_mm), DPI, 1.0)
    return sheet, sheet.axes((13, 3, WIDTH_MM - 15, height_mm - 9))


def _whisker(axes: Axes, bar: Bar) -> None:
    low, high = bar.low, bar.high
    if low is not None and high is not None and (low, high) != (bar.value, bar.value):
        axes.plot([bar.at] * 2, [low, high], color=INK, linewidth=0.9)
    if bar.is_open:
        axes.plot([bar.at], [max(bar.value, high or 0)], marker=6, color=INK, markersize=4)


def _dress(sheet: Sheet, axes: Axes, grid: str = "y") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color="#8d8a83", linewidth=0.6)
    axes.grid(axis="y" if grid == "y" else "x", color="#e4e2dc", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.tick_params(axis="both", length=2, width=0.5, color="#8d8a83", pad=1.5)
    axes.tick_params(axis="y", length=0)
    axes.set_facecolor("white")
    sheet.figure.set_facecolor("white")


def _write_ticks(sheet: Sheet, axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_tick_params(labelsize=_TICK.size, labelcolor=MUTED)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(**sheet.font(_TICK))


class _YearLocator(MaxNLocator):
    """Ticks at the beginnings of years, at most a dozen."""

    def __init__(self) -> None:
        super().__init__(nbins=12, integer=True)

    def tick_values(self, vmin: float, vmax: float) -> Any:  # noqa: ANN401 — Matplotlib's array
        """Return the days (proleptic ordinals) on which the years shown begin."""
        first, last = (date.fromordinal(max(1, int(day))).year for day in (vmin, vmax))
        step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if (last - first) / n <= 12), 100)  # noqa: PLR2004 — ticks
        years = [year for year in range(first, last + 2) if year % step == 0 and year]
        return np.array([float(date(year, 1, 1).toordinal()) for year in years])


def _year(value: float, _: int | None) -> str:
    return str(date.fromordinal(max(1, int(value))).year)


def _fitting(sheet: Sheet, name: str, width: float) -> str:
    """Return a name, cut where it is too long for its place; the table below the chart has it whole."""
    if sheet.measure(name, _LABEL) <= width:
        return name
    while len(name) > 1 and sheet.measure(f"{name}…", _LABEL) > width:
        name = name[:-1]
    return f"{name.rstrip()}…"
