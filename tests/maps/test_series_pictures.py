"""A series as a picture: where its values, ranges and periods are drawn, and its words."""

from __future__ import annotations

from datetime import date

import pytest

from willay.events.model.series import Curve, Curves, Point
from willay.maps.pictures import series_picture

CASES = {
    "years": ([(2011, 2011), (2012, 2012), (2013, 2013)], [2011, 2012, 2013], []),
    "a period": ([(2005, 2010), (2012, 2012)], [2012], [(2004.6, 2010.4)]),
}


def point(
    first: date, last: date, value: float | None = 5, low: float | None = None, high: float | None = None
) -> Point:
    return Point(first, last, f"{first}–{last}", value, low, high, f"{value}")


def of_years(first: int, last: int) -> Point:
    return point(date(first, 1, 1), date(last, 12, 31))


def drawn(*points: Point) -> tuple[list[list[float]], list[list[float]]]:
    """Where marks and lines are on the axis of a picture of one voice."""
    made = series_picture(Curves("Coca", "ha", (Curve("UNODC", points),)))
    axes = made.figure.axes[1]
    lines = [[float(x) for x in line.get_xdata()] for line in axes.get_lines()]
    marked = [line for line, one in zip(lines, axes.get_lines(), strict=True) if one.get_marker() not in ("None", "")]
    return marked, [line for line in lines if line not in marked]


@pytest.mark.parametrize(("spans", "marks", "bars"), CASES.values(), ids=CASES)
def test_a_year_is_a_mark_and_several_years_are_a_bar(
    spans: list[tuple[int, int]], marks: list[int], bars: list[tuple[float, float]]
) -> None:
    marked, lines = drawn(*(of_years(*span) for span in spans))
    assert marked[0] == pytest.approx(marks)
    assert [line for line in lines if line[0] != line[1]] == [pytest.approx(bar) for bar in bars]


def test_months_are_marks_between_the_beginnings_of_years_and_a_year_among_them_is_a_bar() -> None:
    january, december = point(date(2012, 1, 1), date(2012, 1, 31)), point(date(2012, 12, 1), date(2012, 12, 31))
    marked, lines = drawn(january, december, of_years(2012, 2012))
    assert marked[0] == pytest.approx([2012 + 15.5 / 366, 2012 + 350.5 / 366])
    assert [2012.0, 2013.0] in lines


def test_a_range_is_a_whisker_from_low_to_high_whatever_is_between() -> None:
    whole = point(date(2012, 1, 1), date(2012, 12, 31), 5, 3, 8)
    bare = point(date(2013, 1, 1), date(2013, 12, 31), None, 2, 4)
    made = series_picture(Curves("Coca", "ha", (Curve("UNODC", (whole, bare)),)))
    axes = made.figure.axes[1]
    upright = {tuple(line.get_ydata()) for line in axes.get_lines() if len({*line.get_xdata()}) == 1 and
               len(line.get_xdata()) > 1}  # fmt: skip
    assert upright == {(3, 8), (2, 4)}
    marked = [line for line in axes.get_lines() if line.get_marker() not in ("None", "")]
    assert [list(line.get_ydata()) for line in marked] == [[5]]


def test_values_are_drawn_from_zero_and_the_picture_is_told_in_words() -> None:
    made = series_picture(Curves("Coca", "ha", (Curve("UNODC", (of_years(2011, 2011),)),)), ["A report, 2012"], "es")
    assert made.figure.axes[1].get_ylim()[0] == 0
    assert made.description == "Coca, ha. UNODC: 2011-01-01–2011-12-31 5. Fuentes: A report, 2012."
    assert b"A report, 2012" in made.written(".svg")
    assert made.written(".png") == made.written(".png")


def test_each_voice_has_a_mark_and_a_dash_of_its_own() -> None:
    curves = tuple(Curve(name, (of_years(2011, 2011), of_years(2012, 2012))) for name in "ABCDEFGH")
    axes = series_picture(Curves("Coca", "ha", curves)).figure.axes[1]
    assert len({(line.get_marker(), line.get_color()) for line in axes.get_lines()}) == len(curves)
    assert len({line.get_marker() for line in axes.get_lines()}) == len(curves)
