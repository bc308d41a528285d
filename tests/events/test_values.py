from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.errors import CountError, DayError
from willay.events.model.values import Count, DayInterval, DaySpan, local, parse_day

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
numbers = st.one_of(st.none(), st.integers(0, 100_000))


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2009-06-05", date(2009, 6, 5), date(2009, 6, 5), "day"),
        ("2009-06-05/2009-06-06", date(2009, 6, 5), date(2009, 6, 6), "day"),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), "month"),
        ("1991", date(1991, 1, 1), date(1991, 12, 31), "year"),
        ("1980/1995", date(1980, 1, 1), date(1995, 12, 31), "period"),
    ],
)
def test_a_span_is_read_with_the_precision_its_writing_shows(
    text: str, first: date, last: date, precision: str
) -> None:
    assert DaySpan.parse(text) == DaySpan(first, last, precision)


@given(days, days)
def test_a_span_written_as_text_reads_back_as_the_same_days(one: date, other: date) -> None:
    span = DaySpan(min(one, other), max(one, other))
    again = DaySpan.parse(str(span))
    assert (again.first, again.last) == (span.first, span.last)


@pytest.mark.parametrize("text", ["0099", "0099-06", "0001-01", "0999-12-31", "0099-06-05/0101-01-01"])
def test_years_of_few_digits_are_written_as_they_are_read(text: str) -> None:
    assert str(DaySpan.parse(text)) == text


@pytest.mark.parametrize("text", ["5/6/2009", "2009-13", "2009-02-30", "june 2009", "", "2009-06-05/"])
def test_what_is_no_day_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(DayError, match="Write 2012-04-09"):
        DaySpan.parse(text)


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(DayError, match="2009-06-05, is before the first, 2009-06-06"):
        DaySpan.parse("2009-06-06/2009-06-05")


def test_an_interval_may_be_open_on_either_side() -> None:
    assert DayInterval.parse("2012/..") == DayInterval(date(2012, 1, 1), None)
    assert DayInterval.parse("../2012-04") == DayInterval(None, date(2012, 4, 30))


@given(days, days, days)
def test_an_interval_holds_just_the_days_between_its_ends(one: date, other: date, day: date) -> None:
    interval = DayInterval(min(one, other), max(one, other))
    assert (day in interval) == (min(one, other) <= day <= max(one, other))
    assert interval.meets(day, day) == (day in interval)


def test_a_month_ends_on_its_last_day() -> None:
    assert parse_day("2100-02") == (date(2100, 2, 1), date(2100, 2, 28))  # 2100 is no leap year


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5", Count(5, 5, 5)),
        ("0", Count(0, 0, 0)),
        ("25-30", Count(25, None, 30)),
        ("20-26-30", Count(20, 26, 30)),
        ("30+", Count(30, None, None)),
        ("?", Count()),
    ],
)
def test_counts_are_read_as_people_write_them(text: str, count: Count) -> None:
    assert Count.parse(text) == count
    assert str(count) == text


@given(numbers, numbers, numbers)
def test_a_count_never_falls_from_low_to_high(low: int | None, best: int | None, high: int | None) -> None:
    stated = [number for number in (low, best, high) if number is not None]
    if stated == sorted(stated):
        count = Count(low, best, high)
        assert count.floor == (stated[0] if stated else None)
        assert count.ceiling == (stated[-1] if stated else None)
    else:
        with pytest.raises(CountError, match="Expected low ≤ best ≤ high"):
            Count(low, best, high)


@pytest.mark.parametrize("text", ["many", "-3", "3.5", "5-3", "1-2-3-4", "3-5+"])
def test_what_is_no_count_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(CountError, match=r"Write 5|Expected low ≤ best ≤ high"):
        Count.parse(text)


def test_unknown_is_not_zero() -> None:
    assert Count.parse("?").point is None
    assert Count.parse("0").point == 0


def test_at_least_thirty_is_reckoned_as_thirty_and_a_bare_range_as_no_number() -> None:
    assert Count.parse("30+").point == 30
    assert Count.parse("25-30").point is None


def test_a_text_is_given_in_the_language_asked_for_or_the_next_best() -> None:
    assert local({"es": "muertos", "en": "killed"}, "es") == "muertos"
    assert local({"es": "muertos"}, "en") == "muertos"
    assert local({"qu": "wañuq"}, "en") == "wañuq"
    assert local(None, "en") == ""
