"""What "at least" and "up to" do to a figure and its range; expected figures are reckoned by hand."""

from __future__ import annotations

import pytest
from claims_said import said

from willay.events.model.policy import POLICIES, figure
from willay.events.model.values import Count


def test_at_least_is_kept_through_a_sum_and_gone_where_another_voice_states_more() -> None:
    alone = figure([said("a", "30+", "civilians"), said("a", "15", "police")])
    assert alone is not None
    assert alone.count == Count(45, None, None)  # "at least 45", and no number as such
    contradicted = figure([said("a", "40+"), said("b", "54")])
    assert contradicted is not None
    assert contradicted.count == Count(54, 54, 54)


# The dead of four incidents as the sources in data/incidents give them; the expected figures are those of the rule.
TARATA = [said("cvr", "25", kind="official-inquiry"), said("paper", "13+", kind="press", stated_on="1992-07-17")]

CONGA = [said("hrw", "5", kind="human-rights"), said("amnesty", "4+", kind="human-rights", stated_on="2012-07-05")]

LUCANAMARCA = [
    said("cvr", "69", kind="official-inquiry"),
    said("cvr-table", "67", kind="official-inquiry"),
    said("paper", "80+", kind="press"),
]


@pytest.mark.parametrize("policy", POLICIES)
def test_at_least_less_than_what_is_stated_changes_nothing(policy: str) -> None:
    for claims, number in ((TARATA, 25), (CONGA, 5)):
        shown = figure(claims, policy)
        assert shown is not None
        assert shown.count == Count(number, number, number)


def test_at_least_more_than_what_is_stated_opens_the_upper_end_alone() -> None:
    shown = figure(LUCANAMARCA)
    assert shown is not None
    assert (shown.count, shown.source) == (Count(67, 69, None), "cvr")


@pytest.mark.parametrize("policy", POLICIES)
def test_where_all_say_at_least_the_figure_is_the_highest_of_them_and_no_number_as_such(policy: str) -> None:
    shown = figure([said("a", "30+", kind="official-inquiry"), said("b", "40+", kind="press")], policy)
    assert shown is not None
    assert (shown.count, shown.source) == (Count(40, None, None), "b")


def test_at_least_of_everyone_is_the_figure_where_the_number_is_of_one_group() -> None:
    shown = figure([said("ministry", "3", "police", kind="official-inquiry"), said("paper", "20+", kind="press")])
    assert shown is not None
    assert (shown.count, shown.source, shown.basis) == (Count(20, None, None), "paper", "total")
    within = figure([said("ministry", "30", "police"), said("paper", "20+")])
    assert within is not None
    assert within.count == Count(30, 30, 30)


def test_a_sum_of_groups_stays_the_figure_and_another_voices_at_least_opens_its_end() -> None:
    shown = figure([said("a", "23", "police"), said("a", "10", "civilians"), said("b", "50+")])
    assert shown is not None
    assert shown.count == Count(33, 33, None)


def test_a_voice_that_says_more_of_everyone_than_its_groups_add_up_to_says_at_least() -> None:
    own = figure([said("a", "10", "police"), said("a", "15", "civilians"), said("a", "30+")])
    assert own is not None
    assert own.count == Count(30, None, None)
    less = figure([said("a", "10", "police"), said("a", "15", "civilians"), said("a", "20+")])
    assert less is not None
    assert less.count == Count(25, 25, 25)


def test_at_least_of_a_voice_that_numbers_everyone_itself_leaves_its_number_the_figure() -> None:
    later = figure([said("a", "34", stated_on="2009-06-05"), said("a", "40+", stated_on="2009-06-07")])
    earlier = figure([said("a", "40+", stated_on="2009-06-05"), said("a", "34", stated_on="2009-06-07")])
    for shown in (later, earlier):
        assert shown is not None
        assert (shown.count, shown.basis) == (Count(34, 34, None), "total")


def test_at_least_of_people_whom_nobody_counts_opens_the_upper_end() -> None:
    shown = figure([said("a", "15", "police"), said("b", "10+", "civilians")])
    assert shown is not None
    assert shown.count == Count(15, 15, None)  # 25 or more in all, by nobody's own number


def test_at_least_beside_a_bare_range_is_held_to_the_ranges_ends() -> None:
    within = figure([said("bbc", "7-43"), said("a", "36+")])
    assert within is not None
    assert within.count == Count(7, None, 43)
    above = figure([said("bbc", "7-43"), said("a", "50+")])
    assert above is not None
    assert above.count == Count(7, None, None)


def test_at_least_is_the_figure_beside_a_zero_that_means_not_mentioned() -> None:
    shown = figure([said("dataset", "0", zero_is_unknown=True), said("a", "3+")])
    assert shown is not None
    assert (shown.count, shown.source) == (Count(3, None, None), "a")


def test_a_pinned_at_least_is_the_figure_whatever_is_stated() -> None:
    shown = figure([said("a", "36+", pinned="the mission's own list"), said("b", "40"), said("c", "20")])
    assert shown is not None
    assert (shown.count, shown.basis) == (Count(36, None, None), "pinned")


def test_a_pinned_number_stays_exact_and_a_higher_at_least_opens_its_end() -> None:
    shown = figure([said("a", "36", pinned="official count at the end"), said("b", "50+")])
    assert shown is not None
    assert shown.count == Count(36, 36, None)


def test_up_to_fifteen_is_none_to_fifteen_and_lowers_no_number() -> None:
    alone = figure([said("a", "?", count=Count(high=15))])
    assert alone is not None
    assert (alone.count, alone.source) == (Count(0, None, 15), None)
    beside = figure([said("a", "?", count=Count(high=15)), said("b", "10")])
    assert beside is not None
    assert beside.count == Count(10, 10, 15)
    summed = figure([said("a", "?", "police", count=Count(high=15)), said("a", "3", "civilians")])
    assert summed is not None
    assert summed.count == Count(3, None, 18)


def test_a_number_with_an_open_end_of_its_own_stays_so_where_it_is_the_highest() -> None:
    own = Count(67, 69, None)  # as a table of ours tells a figure whose end another voice had opened
    alone = figure([said("table", "?", count=own)])
    assert alone is not None
    assert alone.count == own
    beside = figure([said("table", "?", count=own), said("b", "75")])
    assert beside is not None
    assert beside.count == Count(67, 69, 75)
    summed = figure([said("a", "?", "police", count=own), said("a", "3", "civilians")])
    assert summed is not None
    assert summed.count == Count(70, 72, None)
