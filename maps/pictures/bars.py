"""The histogram strip: incidents through time, or the sums of a figure, stacked by type.

A row whose day is known more coarsely than a bar is in a hatched band below the axis, over all days that it may lie in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from willay.maps.incidents import NO_DAY
from willay.maps.palette import type_style
from willay.maps.pictures.panels import day_number, known_days, spans
from willay.maps.pictures.sheet import INK, MUTED, Style
from willay.maps.steps import usual_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from willay.maps.incidents import IncidentColumns
    from willay.maps.pictures.sheet import Sheet
    from willay.maps.pictures.words import Words
    from willay.maps.sums import Sums

UNITS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.3, "year": 365.25}
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
MOST_BARS: Final = 160
TICK: Final = Style(6.4, colour=MUTED)
_LABEL_MM: Final = 11.0
_BAND_MM: Final = 2.2
_COARSE: Final[dict[str, Any]] = {"facecolor": "white", "edgecolor": "#5f6b78", "hatch": "//////", "linewidth": 0.3}
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


@dataclass(frozen=True, slots=True)
class Bars:
    """What bars show.

    Attributes:
        edges: The first day of each bar, since 1970-01-01, and that after the last one.
        typed: Sums by type and bar of the rows whose days are known to a bar.
        coarse: Sums by bar of the rows whose days are known more coarsely than a bar: they may lie in any of several.
        spans: From which to which bar each of these rows may lie.
        unknown: By bar, the incidents whose figure is not known.
    """

    edges: list[int]
    typed: NDArray[np.float64]
    coarse: NDArray[np.float64]
    spans: tuple[tuple[int, int], ...]
    unknown: NDArray[np.int64]


def bars_of(incidents: IncidentColumns, edges: list[int], sums: Sums, bound: str = "best") -> Bars:
    """Return what rows add up to by type and bar; a row counts in each bar that it has a day in, a window of its own.

    Args:
        incidents: The rows.
        edges: The first day of each bar, and that after the last one.
        sums: What is summed of these rows.
        bound: Which number of a figure.
    """
    first, last = spans(incidents)
    dated = first != NO_DAY
    types = incidents.arrays["type"].astype(np.int64)
    exact = incidents.frame["date_precision"].isin(["day"]).to_numpy(bool) | incidents.frame[
        "date_precision"
    ].isna().to_numpy(bool)
    low, high = (np.searchsorted(edges, days, "right") - 1 for days in (first, last))
    is_coarse = dated & (high > low) & ~exact
    count = len(edges) - 1
    typed = np.zeros((len(incidents.dictionaries["type"]), count))
    coarse, unknown = np.zeros(count), np.zeros(count, np.int64)
    for bar in range(count):
        now = sums.moment((edges[bar], edges[bar + 1] - 1))
        rows = now.inside & now.adds & now.is_known
        amounts = np.where(rows, np.nan_to_num(now.values[bound]), 0)
        coarse[bar] = amounts[is_coarse].sum()
        typed[:, bar] = np.bincount(types[~is_coarse], amounts[~is_coarse], len(typed))
        unknown[bar] = int((now.inside & now.counted & ~now.is_known & now.applies).sum())
    shown = is_coarse & sums.moment(None).inside
    pairs = sorted({(int(low[row]), int(high[row])) for row in np.flatnonzero(shown)})
    return Bars(edges, typed, coarse, tuple(pairs), unknown)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the strip shows.

    Attributes:
        step: The step of time; None chooses one.
        measure: `incidents` or a measure.
        bound: Which number of a figure.
        sums: What is summed of the rows.
    """

    step: str | None
    measure: str
    bound: str
    sums: Sums


def draw_bars(
    sheet: Sheet, incidents: IncidentColumns, shown: Shown, box: tuple[float, float, float, float], words: Words
) -> None:
    """Draw the strip in a box of left, top, width and height in millimetres; nothing where no day is known."""
    days = known_days(incidents)
    if days is None:
        return
    unit = bar_unit(shown.step or usual_step(incidents.frame), days)
    bars = bars_of(incidents, bar_edges(unit, days), shown.sums, shown.bound)
    left, top, width, height = box
    head = sheet.leading(TICK) * 1.25
    sheet.line(axis_words(words, shown.measure, shown.bound, unit), (left, top), Style(6.8, "bold", INK))
    if bars.coarse.any():
        _draw_key(sheet, words.t(f"band_below_{unit}"), (left + width, top))
    band = sheet.mm(_BAND_MM) if bars.coarse.any() else 0
    axes = sheet.axes((left + sheet.mm(7), top + head, width - sheet.mm(7), height - head - sheet.mm(4) - band))
    lefts, widths = np.array(bars.edges[:-1]), np.diff(bars.edges)
    ground = np.zeros(len(lefts))
    codes = incidents.dictionaries["type"]
    gap = 0.86 if len(lefts) <= MOST_BARS / 2 else 0.94
    for group in np.argsort(-bars.typed.sum(axis=1), kind="stable"):
        if bars.typed[group].any():
            colour = type_style(str(codes[group]))[0]
            axes.bar(lefts, bars.typed[group], widths * gap, bottom=ground, align="edge", facecolor=colour, linewidth=0)
            ground += bars.typed[group]
    _dress(sheet, axes, bars.edges, int(ground.max()))
    if band:
        _draw_band(axes, bars, sheet.mm(_BAND_MM) / axes.get_position().height / sheet.height)


def axis_words(words: Words, measure: str, bound: str, unit: str) -> str:
    """Return what the height of bars is: "Incidents per month", "People killed per month, best figure"."""
    per = words.t(f"per_{unit}")
    if measure == "incidents":
        return words.t("axis_incidents", per=per)
    named = f"axis_{measure}"
    what = words.t(named) if words.has(named) else words.t("axis_people", what=words.label("measures", measure))
    return words.t("axis_figure", what=what[0].upper() + what[1:], per=per, bound=words.t(f"axis_{bound}"))


def _draw_key(sheet: Sheet, text: str, at: tuple[float, float]) -> None:
    """Write what the band is, to the left of a place, with its hatching before it."""
    width, height = sheet.measure(text, TICK), sheet.leading(TICK)
    sheet.line(text, (at[0] - width, at[1]), TICK)
    box = (at[0] - width - sheet.mm(6), at[1] + height * 0.2)
    sheet.paper.add_patch(Rectangle(box, sheet.mm(4.5), height * 0.6, **_COARSE))


def _draw_band(axes: Any, bars: Bars, share: float) -> None:  # noqa: ANN401 — Matplotlib's axes
    """Draw the rows that are known more coarsely than a bar, as a band below the axis; `share` of its height high."""
    cuts = sorted({bar for first, last in bars.spans for bar in (first, last + 1)})
    low, high = axes.get_ylim()[0], axes.get_ylim()[1]
    for first, after in pairwise(cuts):
        if not bars.coarse[first]:
            continue
        start, end = bars.edges[first], bars.edges[after]
        size = (high - low) * share
        axes.add_patch(Rectangle((start, -size * 0.92), end - start, size * 0.72, clip_on=False, **_COARSE))
    axes.tick_params(axis="x", pad=1.5 + _BAND_MM * 72 / 25.4)


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
