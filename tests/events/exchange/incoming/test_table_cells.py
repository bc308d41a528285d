"""Cells of tables: days, counts and coordinates as people write them. Expected values are worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.exchange.incoming.cell_texts import CellError
from willay.events.exchange.incoming.table.count_cells import COMMA, POINT, NumberEvidence, number, read_count
from willay.events.exchange.incoming.table.dates import DAY_FIRST, MONTH_FIRST, DateEvidence, header_style, read_days
from willay.events.exchange.incoming.table.points import LAT_LON, LON_LAT, read_pair, read_point
from willay.events.model.values import Count, DaySpan
from willay.geo import BBox

if TYPE_CHECKING:
    from random import Random

PERU = BBox(-81.4, -18.4, -68.6, 0.0)


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2009-06-05", "2009-06-05"),
        ("2009-06-05T14:30:00", "2009-06-05"),
        ("2009/6/5", "2009-06-05"),
        ("20090605", "2009-06-05"),
        ("05/06/2009", "2009-06-05"),
        ("5.6.2009", "2009-06-05"),
        ("05-06-09", "2009-06-05"),
        ("05/06/83 14:30", "1983-06-05"),
        ("5 de junio de 2009", "2009-06-05"),
        ("Viernes, 5 de junio del 2009", "2009-06-05"),
        ("1º de mayo de 2009", "2009-05-01"),
        ("June 5th, 2009", "2009-06-05"),
        ("5-jun-2009", "2009-06-05"),
        ("jun-2009", "2009-06"),
        ("setiembre de 1992", "1992-09"),
        ("06/2009", "2009-06"),
        ("2009-06", "2009-06"),
        ("2009-06-00", "2009-06"),
        ("00/06/2009", "2009-06"),
        ("2009", "2009"),
        ("39969", "2009-06-05"),  # LibreOffice: DATEVALUE("2009-06-05")
        ("39969.0", "2009-06-05"),
        ("2009-06-05/2009-06-07", "2009-06-05/2009-06-07"),
        ("05/06/2009 - 07/06/2009", "2009-06-05/2009-06-07"),
        ("5 al 7 de junio de 2009", "2009-06-05/2009-06-07"),
        ("5-7 de junio de 2009", "2009-06-05/2009-06-07"),
        ("del 28 de mayo al 3 de junio de 2009", "2009-05-28/2009-06-03"),
        ("entre el 30 de diciembre de 2008 y el 2 de enero de 2009", "2008-12-30/2009-01-02"),
        ("mayo a junio de 2009", "2009-05/2009-06"),
        ("1980/1995", "1980/1995"),
        ("s/d", None),
        ("?", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(cell: str, days: str | None) -> None:
    assert read_days(cell, DAY_FIRST) == days


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("31/06/2009", "does not exist in the calendar"),
        ("2009-02-30", "does not exist in the calendar"),
        ("ayer", "expected a date"),
        ("5 de junio", "expected a date"),
        ("jun-09", "four digits"),
        ("06/28/2009", "not day-first"),
        ("2009-06-07/2009-06-05", "before the first"),
        ("7", "expected a date"),
    ],
)
def test_what_is_no_day_is_said(cell: str, message: str) -> None:
    with pytest.raises(CellError, match=message):
        read_days(cell, DAY_FIRST)


def test_the_same_cell_is_another_day_in_the_other_style() -> None:
    assert read_days("05/06/2009", MONTH_FIRST) == "2009-05-06"
    with pytest.raises(CellError, match="day-first or month-first"):
        read_days("05/06/2009", None)
    assert read_days("05/05/2009", None) == "2009-05-05"


def test_one_cell_of_a_column_can_tell_its_style_and_two_can_contradict_each_other() -> None:
    column = DateEvidence()
    column.add("05/06/2009")
    assert column.style is None
    assert "'05/06/2009' can be day-first or month-first" in str(column.trouble("Fecha"))
    column.add("28/06/2009")
    assert (column.style, column.trouble("Fecha")) == (DAY_FIRST, None)
    column.add("06/28/2009")
    assert "--map dates=day-first" in str(column.trouble("Fecha"))


def test_the_name_of_a_column_can_tell_its_style() -> None:
    assert header_style("Fecha (dd/mm/aaaa)") == DAY_FIRST
    assert header_style("Date mm/dd/yyyy") == MONTH_FIRST
    assert header_style("Fecha") is None


@given(st.lists(st.tuples(st.dates(), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d/%m/%y"]))), st.randoms())
def test_the_style_of_a_column_never_depends_on_the_order_of_its_rows(
    rows: list[tuple[date, str]], random: Random
) -> None:
    cells = [day.strftime(form) for day, form in rows]
    shuffled = list(cells)
    random.shuffle(shuffled)
    heard = [DateEvidence(), DateEvidence()]
    for evidence, column in zip(heard, (cells, shuffled), strict=True):
        for cell in column:
            evidence.add(cell)
    assert heard[0] == heard[1]
    assert heard[0].trouble("Fecha") == heard[1].trouble("Fecha")


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from([DAY_FIRST, MONTH_FIRST]))
def test_a_day_written_in_a_style_reads_back_in_it(day: date, style: str) -> None:
    written = f"{day.day}/{day.month}/{day.year}" if style == DAY_FIRST else f"{day.month}/{day.day}/{day.year}"
    assert read_days(written, style) == str(day)


@given(st.text(max_size=40), st.sampled_from([DAY_FIRST, MONTH_FIRST, None]))
def test_any_text_is_days_or_a_cell_error(text: str, style: str | None) -> None:
    try:
        days = read_days(text, style)
    except CellError:
        return
    assert days is None or DaySpan.parse(days)


@pytest.mark.parametrize(
    ("cell", "count", "words"),
    [
        ("3", Count(3, 3, 3), None),
        ("3.0", Count(3, 3, 3), None),
        ("3-5", Count(3, None, 5), None),
        ("3 – 5", Count(3, None, 5), None),
        ("20-26-30", Count(20, 26, 30), None),
        ("30+", Count(low=30), None),
        ("?", None, None),
        ("s/d", None, None),
        ("0", Count(0, 0, 0), None),
        ("ninguno", Count(0, 0, 0), None),
        ("Dos", Count(2, 2, 2), None),
        ("más de 30", Count(low=30), "más de 30"),  # as the shipped incidents write it
        ("al menos 20", Count(low=20), "al menos 20"),
        ("at least three", Count(low=3), "at least three"),
        ("Hasta 15", Count(high=15), "Hasta 15"),
        ("unos 30", Count(best=30), "unos 30"),
        ("entre 3 y 5", Count(3, None, 5), "entre 3 y 5"),
        ("3 o 5", Count(3, None, 5), "3 o 5"),
        ("1 200", Count(1200, 1200, 1200), None),
    ],
)
def test_counts_are_read_as_people_write_them(cell: str, count: Count | None, words: str | None) -> None:
    said = read_count(cell, POINT)
    assert (said.count, said.words, said.vague) == (count, words, False)


@pytest.mark.parametrize("cell", ["varios", "Varios heridos", "several", "decenas"])
def test_a_word_that_means_some_is_no_number(cell: str) -> None:
    assert read_count(cell, None).vague


@pytest.mark.parametrize("cell", ["-3", "2.5", "5-3", "muchísimos x", "3 y pico", "9" * 40, "5-3-1"])
def test_what_is_no_count_is_said(cell: str) -> None:
    with pytest.raises(CellError):
        read_count(cell, POINT)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["12,5", "1,234"], COMMA),
        (["1.5", "1,234"], POINT),
        (["1,234,567"], POINT),
        (["1.234,5"], COMMA),
        (["0,123"], COMMA),
        (["1,234"], POINT),  # people are counted whole
        (["1,000"], None),
        (["1,234", "1.234"], None),
        (["1.5", "1,5"], None),
        (["7", "12"], None),
    ],
)
def test_a_whole_column_tells_the_sign_of_its_decimals(cells: list[str], style: str | None) -> None:
    column = NumberEvidence()
    for cell in cells:
        column.add(cell)
    assert column.style(whole=True) == style
    assert bool(column.trouble("Muertos", whole=True)) == (style is None and cells != ["7", "12"])


def test_numbers_follow_the_style_of_their_column() -> None:
    assert number("1.234,5", COMMA) == 1234.5
    assert number("1,234.5", POINT) == 1234.5
    assert number("1.234", COMMA) == 1234
    assert number("1.234", POINT) == 1.234
    with pytest.raises(CellError, match="expected a number"):
        number("1.23.4", COMMA)


@given(st.text(max_size=30), st.sampled_from([COMMA, POINT, None]))
def test_any_text_is_a_count_or_a_cell_error(text: str, style: str | None) -> None:
    try:
        read_count(text, style)
    except CellError:
        return


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("-12.6369", "-73.2044"),
        ("-12,6369", "-73,2044"),
        ("−12.6369", "−73.2044"),  # noqa: RUF001
        ("12°38'12.84\"S", "73°12'15.84\"W"),
        ("12°38'12,84\" S", "73° 12' 15,84\" O"),
        ("-12°38'12.84\"", "-73°12'15.84\""),
        ("12.6369 S", "73.2044 O"),
    ],
)
def test_latitude_and_longitude_are_read_as_people_write_them(lat: str, lon: str) -> None:
    point = read_point(lat, lon)
    assert (point.lon, point.lat) == (pytest.approx(-73.2044), pytest.approx(-12.6369))


def test_metres_are_no_degrees() -> None:
    with pytest.raises(CellError, match="UTM coordinates in metres"):
        read_point("8600000", "260000")


def test_a_pair_follows_the_order_of_its_column() -> None:
    assert read_pair("-12.5, -73.2", LAT_LON, PERU) == (-73.2, -12.5)
    assert read_pair("-73.2 -12.5", LON_LAT, PERU) == (-73.2, -12.5)
    assert read_pair("12°30'S 73°12'W", None, PERU) == (-73.2, -12.5)
    assert read_pair("-12,5; -73,2", LAT_LON, PERU) == (-73.2, -12.5)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_texts_are_a_point_or_a_cell_error(lat: str, lon: str) -> None:
    for attempt in (lambda: read_point(lat, lon), lambda: read_pair(lat, None, PERU)):
        try:
            point = attempt()
        except CellError:
            continue
        assert abs(point.lon) <= 180
        assert abs(point.lat) <= 90
