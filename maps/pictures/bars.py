"""The histogram strip: incidents through time, stacked by type; hatched where the day is known only coarsely."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from willay.maps.incidents import NO_DAY
from willay.maps.palette import type_style
from willay.maps.pictures.panels import day_number, known_days, spans
from willay.maps.pictures.sheet import INK, MUTED, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.sheet import Sheet
    from willay.maps.pictures.words import Words

UNITS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.3, "year": 365.25}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
MOST_BARS: Final = 160
TICK: Final = Style(6.4, colour=MUTED)
_LABEL_MM: Final = 11.0
_YEARS: Final = (1, 2, 5, 10, 20, 50, 100)


def bar_unit(step: str, days: tuple[date, date]) -> str:
    """Return the shortest unit, not shorter than a step, that makes no more bars than can be seen."""
    span = day_number(days[1]) - day_number(days[0]) + 1
    names = list(UNITS)
    return next((name for name in names[names.index(step) :] if span / UNITS[name] <= MOST_BARS), "year")


def bar_edges(unit: str, days: tuple[date, date]) -> list[int]:
    """Return the first day of each bar, since 1970-01-01, and that after the last one."""
    first, last = days
    if unit in {"day", "week"}:
        start = first - timedelta(days=first.weekday() if unit == "week" else 0)
        length = int(UNITS[unit])
        return list(range(day_number(start), day_number(last) + length + 1, length))
    months = _MONTHS[unit]
    at = first.year * 12 + (first.month - 1) // months * months
    edges: list[int] = []
    while not edges or edges[-1] <= day_number(last):
        edges.append(day_number(date(at // 12, at % 12 + 1, 1)))
        at += months
    return edges


def bar_counts(incidents: IncidentColumns, edges: list[int]) -> NDArray[np.int64]:
    """Return counts by type (the last row: days known more coarsely than a bar) and bar.

    An incident counts in each bar that it has a day in; parts of others do not count.
    """
    first, last = spans(incidents)
    types = incidents.arrays["type"].astype(np.int64)
    exact = incidents.frame["date_precision"].isin(["day"]).to_numpy(bool) | incidents.frame[
        "date_precision"
    ].isna().to_numpy(bool)
    counts = np.zeros((len(incidents.dictionaries["type"]) + 1, len(edges) - 1), np.int64)
    for row in np.flatnonzero((first != NO_DAY) & (incidents.arrays["counted"] > 0)).tolist():
        low, high = (bisect_right(edges, int(day[row])) - 1 for day in (first, last))
        group = -1 if high > low and not exact[row] else int(types[row])
        counts[group, low : high + 1] += 1
    return counts


def draw_bars(
    sheet: Sheet, incidents: IncidentColumns, step: str, box: tuple[float, float, float, float], words: Words
) -> None:
    """Draw the strip in a box of left, top, width and height in millimetres; nothing where no day is known."""
    days = known_days(incidents)
    if days is None:
        return
    unit = bar_unit(step, days)
    edges = bar_edges(unit, days)
    counts = bar_counts(incidents, edges)
    left, top, width, height = box
    head = sheet.leading(TICK) * 1.25
    sheet.line(_heading(words, unit), (left, top), Style(6.8, "bold", INK))
    axes = sheet.axes((left + sheet.mm(7), top + head, width - sheet.mm(7), height - head - sheet.mm(4)))
    lefts, widths = np.array(edges[:-1]), np.diff(edges)
    ground = np.zeros(len(lefts))
    codes = incidents.dictionaries["type"]
    gap = 0.86 if len(lefts) <= MOST_BARS / 2 else 0.94
    for group in [*np.argsort(-counts[:-1].sum(axis=1), kind="stable"), len(counts) - 1]:
        if not counts[group].any():
            continue
        if group == len(counts) - 1:
            look: dict[str, Any] = {"facecolor": "white", "edgecolor": "#5f6b78", "hatch": "//////", "linewidth": 0.3}
        else:
            look = {"facecolor": type_style(str(codes[group]))[0], "linewidth": 0}
        axes.bar(lefts, counts[group], widths * gap, bottom=ground, align="edge", **look)
        ground += counts[group]
    _dress(sheet, axes, edges, int(ground.max()))


def _heading(words: Words, unit: str) -> str:
    return f"{words.t('foot_time')} · {words.t('measure_incidents')} {words.t(f'by_{unit}')}"


def _dress(sheet: Sheet, axes: Any, edges: list[int], highest: int) -> None:  # noqa: ANN401 — Matplotlib's axes
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, max(1, highest) * 1.06)
    axes.set_facecolor("white")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color="#8d8a83", linewidth=0.6)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
    axes.grid(axis="y", color="#e4e2dc", linewidth=0.5)
    axes.set_axisbelow(True)
    ticks = _year_ticks(edges, axes.get_position().width * sheet.width / sheet.mm(_LABEL_MM))
    axes.set_xticks([day for day, _ in ticks], [text for _, text in ticks])
    axes.tick_params(axis="both", length=2, width=0.5, color="#8d8a83", pad=1.5)
    axes.tick_params(axis="y", length=0)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(**sheet.font(TICK))
        label.set_parse_math(False)


def _year_ticks(edges: list[int], most: float) -> list[tuple[int, str]]:
    years = [(date(1970, 1, 1) + timedelta(days=edge)).year for edge in (edges[0], edges[-1])]
    every = next((step for step in _YEARS if (years[1] - years[0]) / step <= most), _YEARS[-1])
    starts = [(day_number(date(year, 1, 1)), str(year)) for year in range(years[0], years[1] + 1) if year % every == 0]
    shown = [(day, text) for day, text in starts if edges[0] <= day < edges[-1]]
    return shown or [(edges[0], (date(1970, 1, 1) + timedelta(days=edges[0])).isoformat())]
