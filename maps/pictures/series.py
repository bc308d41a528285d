"""A series as a picture: its values by year, a line and a mark for each voice, ranges as whiskers, periods as bars."""

from __future__ import annotations

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

_SIZE_MM: Final = (180.0, 110.0)
_MARGIN: Final = 9.0
_TITLE: Final = Style(12, "bold", INK)
_TICK: Final = Style(6.8, colour=MUTED)
_LOOKS: Final = (
    ("#1f5a8c", "o", "-"), ("#b3541e", "s", "--"), ("#2d7d46", "^", "-."), ("#7a3e8e", "D", ":"),
    ("#8a6d1a", "v", "-"), ("#5b6670", "P", "--"), ("#a3305c", "X", "-."), ("#20807f", "*", ":"),
)  # fmt: skip
"""Colour, mark and dashes of each voice: three signs, so that none hangs on colour alone."""

_BESIDE: Final = 0.12
"""Years by which the marks of voices are moved apart, so that equal values are both seen."""


def series_picture(series: Curves, cited: Sequence[str] = (), lang: str = "en", dpi: int = 200) -> Picture:
    """Draw a series by year.

    A value of one year is a mark, joined to those of the same voice before and after; one of several years is a bar
    over them. A range is a whisker; one without a value between has no mark.

    Args:
        series: What is drawn; at least one curve.
        cited: Its sources in words, each as a line below it.
        lang: The language of the words around it.
        dpi: Dots per inch of a PNG.
    """
    words = Words(lang)
    told = _described(series, cited, words)
    with settings():
        sheet = Sheet(_SIZE_MM, dpi, 1.0)
        width = sheet.width - 2 * _MARGIN
        top = _MARGIN + sheet.write(series.title, (_MARGIN, _MARGIN), _TITLE, width)
        top += sheet.write(series.unit, (_MARGIN, top), TEXT, width) if series.unit else 0
        foot = sheet.height - _MARGIN - _foot_height(sheet, cited, words, width)
        keys = _draw_keys(sheet, series.curves, (_MARGIN, top + 2), width)
        axes = sheet.axes((_MARGIN + 12, top + keys + 5, width - 12, foot - top - keys - 14))
        for place, curve in enumerate(series.curves):
            _draw(axes, curve, place, (place - (len(series.curves) - 1) / 2) * _BESIDE)
        _dress(sheet, axes, series.curves)
        for line in _foot(cited, words):
            foot += sheet.write(line, (_MARGIN, foot), SMALL, width)
    count = sum(len(curve.points) for curve in series.curves)
    return Picture(series.title, told, sheet.figure, rows=count, in_sight=count, dpi=dpi)


def _described(series: Curves, cited: Sequence[str], words: Words) -> str:
    """Return every value in words, for those who do not see the drawing."""
    head = f"{series.title}{f', {series.unit}' if series.unit else ''}."
    each = [
        f"{curve.label}: {'; '.join(f'{_when(point)} {point.words}' for point in curve.points)}."
        for curve in series.curves
    ]
    return " ".join([head, *each, *_foot(cited, words)])


def _when(point: Point) -> str:
    return str(point.first) if point.first == point.last else f"{point.first}–{point.last}"


def _foot(cited: Sequence[str], words: Words) -> list[str]:
    return [words.t("series_sources", named="; ".join(cited))] if cited else []


def _foot_height(sheet: Sheet, cited: Sequence[str], words: Words, width: float) -> float:
    return sum(len(sheet.wrap(line, SMALL, width)) for line in _foot(cited, words)) * sheet.leading(SMALL)


def _look(place: int) -> tuple[str, str, str]:
    return _LOOKS[place % len(_LOOKS)]


def _draw(axes: Axes, curve: Curve, place: int, beside: float) -> None:
    colour, mark, dashes = _look(place)
    years = [(point, point.first + beside) for point in curve.points if point.first == point.last]
    valued = [(at, point.value) for point, at in years if point.value is not None]
    axes.plot(
        [at for at, _ in valued], [value for _, value in valued], color=colour, marker=mark, linestyle=dashes,
        linewidth=1.1, markersize=4.2,
    )  # fmt: skip
    for point, at in years:
        _whisker(axes, point, at, colour)
    for point in curve.points:
        if point.first != point.last:
            _bar(axes, point, colour, mark)


def _whisker(axes: Axes, point: Point, at: float, colour: str) -> None:
    """Draw the range of a value; an end that nobody states is the value itself."""
    ends = [number for number in (point.low, point.value, point.high) if number is not None]
    if point.low is None and point.high is None:
        return
    axes.plot([at, at], [ends[0], ends[-1]], color=colour, linewidth=0.9)
    for end in (point.low, point.high):
        if end is not None:
            axes.plot([at - 0.09, at + 0.09], [end, end], color=colour, linewidth=0.9)


def _bar(axes: Axes, point: Point, colour: str, mark: str) -> None:
    """Draw what is about several years: a line over them, in a band from low to high."""
    first, last = point.first - 0.4, point.last + 0.4
    ends = [number for number in (point.low, point.value, point.high) if number is not None]
    if ends[0] != ends[-1]:
        axes.fill_between([first, last], ends[0], ends[-1], color=colour, alpha=0.18, linewidth=0)
    if point.value is not None:
        axes.plot([first, last], [point.value] * 2, color=colour, linewidth=1.6)
        axes.plot([(first + last) / 2], [point.value], color=colour, marker=mark, markersize=4.2)


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


def _dress(sheet: Sheet, axes: Axes, curves: Sequence[Curve]) -> None:
    points = [point for curve in curves for point in curve.points]
    axes.set_xlim(min(point.first for point in points) - 0.7, max(point.last for point in points) + 0.7)
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
