"""Series: which indicators are asked for, in which order, and what is drawn of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from willay.events.model.drafts import IndicatorDraft, draft
from willay.events.model.series import SeriesQuery, curves, selected, span_of, time_in_words, value_in_words


def made(**given: Any) -> IndicatorDraft:
    plain = {
        "series": "coca",
        "name": {"en": "Coca", "es": "Coca"},
        "area": "PE",
        "by": "UNODC",
        "source": "s",
        **given,
    }
    return draft(IndicatorDraft, {name: value for name, value in plain.items() if value is not None})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": 69280, "low": 61007, "high": 77552}, "69,280 (61,007–77,552)"),
        ({"value": 13, "qualifier": "at-least"}, "at least 13"),
        ({"value": 125, "out_of": 144, "kind": "rank"}, "125 of 144"),
        ({"low": 3}, "3–?"),
        ({"high": 3.5, "qualifier": "about"}, "about ?–3.5"),
        ({"text": {"en": "Lima"}}, "Lima"),
        ({"value": 0}, "0"),
        ({"value": 1234567.25}, "1,234,567.25"),
        ({"value": 1e15}, "1,000,000,000,000,000"),
        ({"value": -1500}, "-1,500"),
        ({"value": 0.00001}, "0.00001"),
    ],
)
def test_a_value_in_words(given: dict[str, Any], words: str) -> None:
    assert value_in_words(made(**given)) == words


def test_a_value_in_spanish() -> None:
    assert value_in_words(made(value=125, out_of=144, qualifier="about"), "es") == "alrededor de 125 de 144"


@pytest.mark.parametrize(
    ("given", "words", "span"),
    [
        ({"year": 2012}, "2012", (date(2012, 1, 1), date(2012, 12, 31))),
        ({"from_day": "1980", "until_day": "2000-06"}, "1980–2000-06", (date(1980, 1, 1), date(2000, 6, 30))),
        ({"from_day": "2012-02", "until_day": "2012-02"}, "2012-02", (date(2012, 2, 1), date(2012, 2, 29))),
        ({"from_day": "2012"}, "2012–…", (date(2012, 1, 1), date.max)),
        ({"until_day": "2012"}, "…–2012", (date.min, date(2012, 12, 31))),
        ({}, "", None),
    ],
)
def test_a_time_in_words_and_days(given: dict[str, Any], words: str, span: tuple[date, date] | None) -> None:
    one = made(value=1, **given)
    assert (time_in_words(one), span_of(one)) == (words, span)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2012, 12, 31), date(2012, 12, 31), [1, 3]),
        (date(2013, 1, 1), None, [2, 3]),
        (None, date(2012, 12, 30), [1]),
        (date(2014, 1, 1), None, []),
        (None, None, [1, 2, 3, 4]),
    ],
)
def test_a_time_finds_what_has_any_part_of_it(first: date | None, last: date | None, found: list[int]) -> None:
    every = [made(value=1, year=2012), made(value=2, year=2013), made(value=4),
             made(value=3, from_day="2012-12-31", until_day="2013-01-01")]  # fmt: skip
    assert sorted(one.value or 0 for one in selected(every, SeriesQuery(first=first, last=last))) == found


def test_values_that_contradict_each_other_follow_each_other() -> None:
    every = [made(value=1, year=2013), made(value=2, year=2012, by="X"), made(value=3, year=2013, by="X"),
             made(value=4, year=2012), made(value=5, year=2012, area="15")]  # fmt: skip
    assert [one.value for one in selected(reversed(every), SeriesQuery())] == [5, 4, 2, 1, 3]


@pytest.mark.parametrize(("asked", "found"), [("PE", 1), ("peru", 1), ("Perú", 1), ("pe", 1), ("15", 2), ("CL", 0)])
def test_a_country_is_asked_for_by_code_or_name(asked: str, found: int) -> None:
    every = [made(value=1), made(value=2, area="15")]
    assert [one.value for one in selected(every, SeriesQuery(area=asked))] == ([found] if found else [])


def test_a_curve_is_what_one_voice_states_of_one_area_and_part() -> None:
    legal = {"dimension": "use", "category": {"en": "Legal"}}
    every = [made(value=1, year=2012), made(value=2, year=2011), made(value=3, year=2012, by="X"),
             made(value=4, year=2012, **legal), made(value=5, year=2012, kind="target"),
             made(text="many", year=2012), made(value=6), made(value=7, from_day="2012")]  # fmt: skip
    drawn = curves(every)
    assert drawn.title == "Coca (PE)"
    assert {curve.label: [point.value for point in curve.points] for curve in drawn.curves} == {
        "UNODC": [2, 1], "X": [3], "UNODC, Legal": [4], "UNODC, target": [5],
    }  # fmt: skip
    assert not curves([made(text="many", year=2012), made(value=6)])


def test_areas_are_named_where_there_are_several() -> None:
    drawn = curves([made(value=1, year=2012), made(value=2, year=2012, area="15")])
    assert (drawn.title, sorted(curve.label for curve in drawn.curves)) == ("Coca", ["UNODC, 15", "UNODC, PE"])
