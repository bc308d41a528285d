"""Expected words are in `figure_cases.json`, written by hand; the pages' twin is tested on the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.figure_words import brief_figure, brief_range, full_figure, full_range
from willay.events.model.values import Count

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent.parent / "figure_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_a_figure_is_written_as_the_table_of_cases_says(case: dict[str, Any]) -> None:
    count = Count(case.get("low"), case.get("best"), case.get("high"))
    is_open = case.get("open")
    assert brief_figure(count, is_open=is_open) == case["brief"]
    assert {lang: full_figure(count, lang, is_open=is_open) for lang in ("en", "es")} == {
        "en": case["en"],
        "es": case["es"],
    }


def test_a_range_says_when_it_is_open() -> None:
    assert (brief_range(279, 341, is_open=True), brief_range(279, 341, is_open=False)) == ("279–341+", "279–341")
    assert full_range(279, 341, "es", is_open=True) == "279–341 o más"
    assert full_range(5, 5, "en", is_open=True) == "5 or more"


numbers = st.one_of(st.none(), st.integers(0, 5))


def in_order(stated: tuple[int | None, ...]) -> Count:
    known = iter(sorted(number for number in stated if number is not None))
    return Count(*(None if number is None else next(known) for number in stated))


counts = st.tuples(numbers, numbers, numbers).map(in_order)


@given(counts, counts)
def test_two_figures_that_mean_different_things_are_never_written_alike(first: Count, second: Count) -> None:
    assert (brief_figure(first) == brief_figure(second)) == (meaning(first) == meaning(second))
    assert (full_figure(first, "en") == full_figure(second, "en")) == (meaning(first) == meaning(second))


def meaning(count: Count) -> tuple[object, ...]:
    """What a count says: its ends and its number, those that it leaves out put in."""
    if count.floor is None:
        return ("unknown",)
    if count.low is not None and count.high is None:
        return (count.low, count.best, "and more")
    low = count.low if count.low is not None else 0 if count.best is None else count.best
    high = count.best if count.high is None else count.high
    if count.best is None and high == 0:
        return ("none mentioned",)
    best = count.best if low != high else low
    return (low, best, high)
