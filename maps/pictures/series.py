"""A series as a picture: its values in time, a line and a mark for each voice, ranges as whiskers, periods as bars.

Where all values are of whole years, a year is one place on the axis, and a value of several years a bar over them.
Where some are of shorter times, the axis is of days, a tick is the beginning of its year, and a value of more than a
month and a half is a bar over its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from matplotlib.ticker import FuncFormatter, MaxNLocator

from willay.events.model.series import grouped
from willay.maps.pictures.drawing import Picture, settings
from willay.maps.pictures.sheet import HEAD, INK, MUTED, SMALL, TEXT, Sheet, Style
from willay.maps.pictures.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from willay.events.model.series import Curve, Curves, Point

_WIDTH_MM: Final = 180.0
_HEIGHT_MM: Final = 104.0
"""The height without the sources below, which may be many."""

_MARGIN: Final = 9.0
_TITLE: Final = Style(12, "bold", INK)
_TICK: Final = Style(6.8, colour=MUTED)
_LOOKS: Final = (
    ("#1f5a8c", "o", "-"), ("#b3541e", "s", "--"), ("#2d7d46", "^", "-."), ("#7a3e8e", "D", ":"),
    ("#8a6d1a", "v", "-"), ("#5b6670", "P", "--"), ("#a3305c", "X", "-."), ("#20807f", "*", ":"),
)  # fmt: skip
"""Colour, mark and dashes of each voice: three signs, so that none hangs on colour alone."""

_YEAR_DAYS: Final = 364
"""The days between the first and the last day of a year; a time with fewer is shorter."""

_MARK_DAYS: Final = 45
"""The longest time, in days, that is a mark on an axis of days."""

_HALF_BAR: Final = 0.4
"""Years that a bar reaches beyond the places of its first and last year."""

_BESIDE: Final = 0.12
"""Years by which the marks of voices are moved apart, so that equal values are both seen."""


def series_picture(series: Curves, cited: Sequence[str] = (), lang: str = "en", dpi: int = 200) -> Picture:
    """Draw a series.

    A value is a mark, joined to those of the same voice before and after; one of a longer time is a bar over it. A
    range is a whisker; one without a value between has no mark.

    Args:
        series: What is drawn; at least one curve.
        cited: Its sources in words, each as a line below it.
        lang: The language of the words around it.
        dpi: Dots per inch of a PNG.
    """
    words = Words(lang)
    told = _described(series, cited, words)
    with settings():
        width = _WIDTH_MM - 2 * _MARGIN
        below = _foot_height(Sheet((_WIDTH_MM, _HEIGHT_MM), dpi, 1.0), cited, words, width)
        sheet = Sheet((_WIDTH_MM, _HEIGHT_MM + below), dpi, 1.0)
        top = _MARGIN + sheet.write(series.title, (_MARGIN, _MARGIN), _TITLE, width)
        top += sheet.write(series.unit, (_MARGIN, top), TEXT, width) if series.unit else 0
        foot = sheet.height - _MARGIN - below
        keys = _draw_keys(sheet, series.curves, (_MARGIN, top + 2), width)
        axes = sheet.axes((_MARGIN + 12, top + keys + 5, width - 12, foot - top - keys - 14))
        scale = _Scale.of(series.curves)
        for place, curve in enumerate(series.curves):
            _draw(axes, curve, place, scale, (place - (len(series.curves) - 1) / 2) * _BESIDE)
        _dress(sheet, axes, series.curves, scale)
        for line in _foot(cited, words):
            foot += sheet.write(line, (_MARGIN, foot), SMALL, width)
    count = sum(len(curve.points) for curve in series.curves)
    return Picture(series.title, told, sheet.figure, rows=count, in_sight=count, dpi=dpi)


def _described(series: Curves, cited: Sequence[str], words: Words) -> str:
    """Return every value in words, for those who do not see the drawing."""
    head = f"{series.title}{f', {series.unit}' if series.unit else ''}."
    each = [
        f"{curve.label}: {'; '.join(f'{point.time} {point.words}' for point in curve.points)}."
        for curve in series.curves
    ]
    return " ".join([head, *each, *_foot(cited, words)])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days are on the axis, in years.

    Attributes:
        by_day: Whether the axis is of days; else each year is one place.
    """

    by_day: bool

    @classmethod
    def of(cls, curves: Sequence[Curve]) -> _Scale:
        lengths = [(point.last - point.first).days for curve in curves for point in curve.points]
        return cls(min(lengths) < _YEAR_DAYS)

    def is_bar(self, point: Point) -> bool:
        """Return whether a value is of so long a time that it is drawn over it."""
        if self.by_day:
            return (point.last - point.first).days > _MARK_DAYS
        return point.first.year != point.last.year

    def span(self, point: Point) -> tuple[float, float]:
        """Return where the time of a value begins and ends."""
        if self.by_day:
            return _decimal(point.first), _decimal(point.last + timedelta(days=1))
        return point.first.year - _HALF_BAR, point.last.year + _HALF_BAR

    def at(self, point: Point) -> float:
        """Return the middle of the time of a value."""
        return sum(self.span(point)) / 2


def _decimal(day: date) -> float:
    start, end = date(day.year, 1, 1).toordinal(), date(day.year, 12, 31).toordinal()
    return day.year + (day.toordinal() - start) / (end - start + 1)


def _foot(cited: Sequence[str], words: Words) -> list[str]:
    return [words.t("series_sources", named="; ".join(cited))] if cited else []


def _foot_height(sheet: Sheet, cited: Sequence[str], words: Words, width: float) -> float:
    return sum(len(sheet.wrap(line, SMALL, width)) for line in _foot(cited, words)) * sheet.leading(SMALL)


def _look(place: int) -> tuple[str, str, str]:
    return _LOOKS[place % len(_LOOKS)]


def _draw(axes: Axes, curve: Curve, place: int, scale: _Scale, beside: float) -> None:
    colour, mark, dashes = _look(place)
    moved = 0.0 if scale.by_day else beside
    marked = [(point, scale.at(point) + moved) for point in curve.points if not scale.is_bar(point)]
    valued = [(at, point.value) for point, at in marked if point.value is not None]
    axes.plot(
        [at for at, _ in valued], [value for _, value in valued], color=colour, marker=mark, linestyle=dashes,
        linewidth=1.1, markersize=4.2,
    )  # fmt: skip
    for point, at in marked:
        _whisker(axes, point, at, colour)
    for point in curve.points:
        if scale.is_bar(point):
            _bar(axes, point, scale.span(point), (colour, mark))


def _whisker(axes: Axes, point: Point, at: float, colour: str) -> None:
    """Draw the range of a value; an end that nobody states is the value itself."""
    ends = [number for number in (point.low, point.value, point.high) if number is not None]
    if point.low is None and point.high is None:
        return
    axes.plot([at, at], [ends[0], ends[-1]], color=colour, linewidth=0.9)
    for end in (point.low, point.high):
        if end is not None:
            axes.plot([at - 0.09, at + 0.09], [end, end], color=colour, linewidth=0.9)


def _bar(axes: Axes, point: Point, span: tuple[float, float], look: tuple[str, str]) -> None:
    """Draw a value of a longer time: a line over it, in a band from low to high."""
    colour, mark = look
    ends = [number for number in (point.low, point.value, point.high) if number is not None]
    if ends[0] != ends[-1]:
        axes.fill_between(span, ends[0], ends[-1], color=colour, alpha=0.18, linewidth=0)
    if point.value is not None:
        axes.plot(span, [point.value] * 2, color=colour, linewidth=1.6)
        axes.plot([sum(span) / 2], [point.value], color=colour, marker=mark, markersize=4.2)


def _draw_keys(sheet: Sheet, curves: Sequence[Curve], at: tuple[float, float], width: float) -> float:
    """Write whose lines these are, side by side as far as they fit; return the height in millimetres."""
    x, y = at
    row = sheet.leading(HEAD) * 1.15
    for place, curve in enumerate(curves):
        colour, mark, dashes = _look(place)
        label = sheet.wrap(curve.label, TEXT, width - 12)[0] if curve.label else ""
        room = 11 + sheet.measure(label, TEXT) + 5
        if x > at[0] and x + room > at[0] + width:
            x, y = at[0], y + row
        middle = y + sheet.leading(TEXT) / 2
        sheet.paper.plot([x, x + 8], [middle] * 2, color=colour, linestyle=dashes, linewidth=1.1)
        sheet.paper.plot([x + 4], [middle], color=colour, marker=mark, markersize=4.2)
        sheet.line(label, (x + 10, y), TEXT)
        x += room
    return y + row - at[1]


def _dress(sheet: Sheet, axes: Axes, curves: Sequence[Curve], scale: _Scale) -> None:
    points = [point for curve in curves for point in curve.points]
    spans = [scale.span(point) for point in points]
    axes.set_xlim(min(first for first, _ in spans) - 0.3, max(last for _, last in spans) + 0.3)
    numbers = [number for point in points for number in (point.low, point.value, point.high) if number is not None]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    room = (high - low or 1) * 0.06
    axes.set_ylim(low - (room if low < 0 else 0), high + room)
    axes.set_facecolor("white")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color="#8d8a83", linewidth=0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(_number))
    axes.grid(axis="y", color="#e4e2dc", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="both", length=2, width=0.5, color="#8d8a83", pad=2)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(**sheet.font(_TICK))


def _number(value: float, _: Any) -> str:  # noqa: ANN401 — the place of the tick, which is not used
    return grouped(round(value, 10))
