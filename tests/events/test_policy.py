"""Expected figures are reckoned by hand from the claims, by the rule at the head of willay.events.model.policy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from claims_said import said

from willay.events.model.errors import QueryError
from willay.events.model.policy import POLICIES, captivity_balance, figure, figures
from willay.events.model.values import Count

# The dead of 5 and 6 June 2009 as the sources in data/incidents give them: the ombudsman's 33 with its groups,
# the ministry's 24 police and 9 civilians, a radio's 32, the country profile's 54, and estimates by group.
BAGUA = [
    said("defensoria", "23", "police", kind="ombudsman", stated_on="2009-07"),
    said("defensoria", "10", "civilians", kind="ombudsman", stated_on="2009-07"),
    said("defensoria", "33", kind="ombudsman", stated_on="2009-07"),
    said("ministry", "24", "police", kind="party", stated_on="2009-06"),
    said("ministry", "9", "civilians", kind="party", stated_on="2009-06"),
    said("radio", "32", kind="press", stated_on="2015"),
    said("profile", "54", kind="secondary", stated_on="2015-12"),
    said("cedib", "20", "police", kind="research", stated_on="2009-06-15"),
    said("cedib", "40", "civilians", kind="party", attributed_to="indigenous organisations", stated_on="2009-06-15"),
    said("dplf", "11", "police", kind="human-rights", stated_on="2017", scoped=True),
]


@pytest.mark.parametrize(
    ("policy", "best", "source"),
    [
        ("ranked-source", 33, "defensoria"),
        ("latest", 54, "profile"),
        ("maximum", 54, "profile"),
        ("minimum", 32, "radio"),
        ("median", 33, "defensoria"),
    ],
)
def test_each_policy_gives_one_of_the_figures_and_whose_it_is(policy: str, best: int, source: str) -> None:
    shown = figure(BAGUA, policy)
    assert shown is not None
    assert (shown.count.best, shown.source) == (best, source)


def test_the_range_runs_over_the_full_voices_and_no_partial_one_lowers_it() -> None:
    shown = figure(BAGUA)
    assert shown is not None
    assert (shown.count.low, shown.count.high) == (32, 54)  # not 20: that voice speaks of the police alone


def test_a_source_that_gives_groups_and_a_total_is_one_voice_at_its_total() -> None:
    shown = figure([said("a", "5", "police"), said("a", "4", "civilians"), said("a", "10")])
    assert shown is not None
    assert (shown.count, shown.basis, shown.voices) == (Count(10, 10, 10), "total", 1)


def test_groups_without_a_total_are_added_once_each() -> None:
    shown = figure([said("a", "5", "police"), said("a", "8", "security-forces"), said("a", "4", "civilians")])
    assert shown is not None
    assert (shown.count.best, shown.basis) == (12, "sum")  # the police are among the security forces


def test_a_group_that_overlaps_others_is_never_added() -> None:
    shown = figure([said("a", "71", "workers"), said("a", "7", "foreigners")])
    assert shown is not None
    assert shown.count.best == 71


def test_two_people_quoted_by_one_paper_are_two_voices() -> None:
    shown = figure([said("paper", "3", attributed_to="minister"), said("paper", "6", attributed_to="mayor")])
    assert shown is not None
    assert (shown.voices, shown.count.low, shown.count.high) == (2, 3, 6)


def test_a_claim_about_a_part_is_kept_and_not_counted() -> None:
    assert figure([said("a", "9", scoped=True)]) is None


def test_a_pinned_claim_comes_before_every_policy() -> None:
    claims = [said("a", "36", kind="party", pinned="official count at the end"), said("b", "40", kind="press")]
    for policy in POLICIES:
        shown = figure(claims, policy)
        assert shown is not None
        assert (shown.count, shown.basis, shown.reason) == (Count(36, 36, 40), "pinned", "official count at the end")


def test_a_range_without_a_number_widens_the_range_and_gives_no_best() -> None:
    alone = figure([said("bbc", "7-43")])
    assert alone is not None
    assert (alone.count, alone.source) == (Count(7, None, 43), None)
    beside = figure([said("bbc", "7-43"), said("a", "36")])
    assert beside is not None
    assert beside.count == Count(7, 36, 43)


def test_a_zero_that_means_not_mentioned_is_never_a_figure_of_zero() -> None:
    shown = figure([said("dataset", "0", zero_is_unknown=True)])
    assert shown is not None
    assert shown.count.best is None


def test_a_stated_zero_is_zero() -> None:
    shown = figure([said("a", "0")])
    assert shown is not None
    assert shown.count == Count(0, 0, 0)


def test_a_measure_without_a_claim_is_absent() -> None:
    assert figures([]) == {}


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(QueryError, match="ranked-source, latest, median, minimum, maximum"):
        figures(BAGUA, "average")


def test_hostages_that_are_not_accounted_for_are_told() -> None:
    taken = figures(
        [said("a", "36", measure="abducted"), said("a", "30", measure="released"), said("a", "2", measure="escaped")]
    )
    assert captivity_balance(taken) == "36 abducted, but 30 released + 2 escaped = 32: a difference of 4"
    assert captivity_balance(figures([said("a", "36", measure="abducted")])) is None


def test_a_voice_that_names_one_group_is_not_full_where_another_names_more() -> None:
    # Uchuraccay 1983: eight journalists by one account; a guide and a community member besides, ten in all.
    claims = [said("cvr", "8", "journalists", kind="official-inquiry"), said("b", "1", "peasants"), said("b", "10")]
    shown = figure(claims)
    assert shown is not None
    assert (shown.count.best, shown.count.low) == (10, 10)


@pytest.mark.parametrize("policy", ["ranked-source", "minimum", "latest"])
def test_one_group_alone_is_never_everyone_where_somebody_states_a_total(policy: str) -> None:
    # Peru, December 2022 to February 2023: the ombudsman's 49, and a paper that counts the police officer alone.
    claims = [said("ombudsman", "49", kind="ombudsman"), said("paper", "1", "police", kind="court", stated_on="2024")]
    shown = figure(claims, policy)
    assert shown is not None
    assert (shown.count, shown.source) == (Count(49, 49, 49), "ombudsman")
    breakdown = figure([*claims, said("radio", "30", "civilians"), said("radio", "2", "police")], "minimum")
    assert breakdown is not None
    assert breakdown.count == Count(32, 32, 49)  # a breakdown by groups is about everyone


def test_a_later_number_of_one_group_does_not_take_back_a_total() -> None:
    claims = [said("a", "49", stated_on="2023-01-12"), said("a", "1", "police", stated_on="2023-01-19")]
    shown = figure(claims)
    assert shown is not None
    assert (shown.count.best, shown.basis) == (49, "total")


def test_a_wider_group_gives_way_to_what_is_inside_it_where_that_is_more() -> None:
    # Juliaca, 9 January 2023: 9 civilians on the afternoon, 17 protesters and a police officer three days later.
    claims = [
        said("a", "9", "civilians", stated_on="2023-01-09"),
        said("a", "17", "protesters", stated_on="2023-01-12"),
        said("a", "1", "police", stated_on="2023-01-12"),
    ]
    shown = figure(claims)
    assert shown is not None
    assert (shown.count.best, shown.basis) == (18, "sum")
    fewer = figure([replace(claims[0], count=Count(20, 20, 20)), *claims[1:]])
    assert fewer is not None
    assert fewer.count.best == 21  # the protesters are among the civilians
    shared = figure([said("a", "72", "civilians"), said("a", "51", "residents"), said("a", "30", "children")])
    assert shared is not None
    assert shared.count.best == 72  # children are residents, too


def test_where_nobody_speaks_of_everyone_the_range_reaches_the_sum_of_the_groups() -> None:
    shown = figure([said("a", "4", "police"), said("b", "2", "armed-group")])
    assert shown is not None
    assert shown.count == Count(4, 4, 6)


def test_one_body_quoted_twice_is_one_voice_with_its_last_word() -> None:
    first = said("efe", "1", "military", attributed_to="Joint Command", stated_on="2009-04-10")
    later = said("inforegion", "13", "military", attributed_to="Joint command", stated_on="2009-04-11")
    shown = figure([first, later])
    assert shown is not None
    assert (shown.count, shown.source, shown.voices) == (Count(13, 13, 13), "inforegion", 1)


def test_a_total_that_a_voice_has_corrected_since_no_longer_holds() -> None:
    body = {"attributed_to": "Joint Command"}
    claims = [
        said("a", "19", stated_on="2008-10-10", **body),
        said("a", "12", "military", stated_on="2008-10-10", **body),
        said("b", "2", "civilians", stated_on="2008-10-11", **body),
    ]
    shown = figure(claims)
    assert shown is not None
    assert (shown.count.best, shown.basis) == (14, "sum")
