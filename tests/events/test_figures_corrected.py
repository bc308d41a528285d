"""Claims that a voice has corrected, and those that add up; expected figures are reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from claims_said import in_order, said

from willay.events.model.policy import Claim, captivity_balance, figure, figures
from willay.events.model.values import Count

# Tintay Puncu 2008 as the sources in data/incidents give it: the Joint Command corrected its 19 (12 soldiers and 7
# civilians) to 12 and 2; the minister's 16 stands beside it.
JOINT_COMMAND = {"attributed_to": "Joint Command", "kind": "party"}

TINTAYPUNCO = [
    said("publico", "16", attributed_to="Minister", kind="party", stated_on="2008-10-10"),
    said("latercera", "19", stated_on="2008-10-10", label="c2", **JOINT_COMMAND),
    said("publico", "12", "military", stated_on="2008-10-10", **JOINT_COMMAND),
    said("publico", "7", "civilians", stated_on="2008-10-10", label="c4", **JOINT_COMMAND),
    said("lostiempos", "2", "civilians", stated_on="2008-10", supersedes=("c2", "c4"), **JOINT_COMMAND),
]


def test_a_count_that_its_own_voice_has_corrected_leaves_figure_and_range() -> None:
    corrected = figure(in_order(TINTAYPUNCO))
    assert corrected is not None
    assert corrected.count == Count(14, 16, 16)
    as_if_not = figure(in_order([replace(claim, supersedes=()) for claim in TINTAYPUNCO]))
    assert as_if_not is not None
    assert as_if_not.count == Count(16, 16, 19)


def test_a_chain_of_corrections_leaves_its_last_word() -> None:
    claims = [
        said("a", "3", label="c1"), said("a", "5", label="c2", supersedes=("c1",)), said("a", "4", supersedes=("c2",)),
    ]  # fmt: skip
    shown = figure(in_order(claims), "maximum")
    assert shown is not None
    assert shown.count == Count(4, 4, 4)


def test_a_superseded_pin_no_longer_holds() -> None:
    shown = figure(in_order([said("a", "36", label="c1", pinned="official"), said("a", "40", supersedes=("c1",))]))
    assert shown is not None
    assert (shown.count, shown.basis) == (Count(40, 40, 40), "total")


def released(number: str, **rest: Any) -> Claim:
    return said("radio", number, measure="released", **rest)


def test_hostages_released_in_parts_add_up_where_they_are_told_to() -> None:
    parts = figure(in_order([released("4"), released("3", adds=True)]))
    assert parts is not None
    assert (parts.count, parts.voices) == (Count(7, 7, 7), 1)
    again = figure(in_order([released("4"), released("3")]))
    assert again is not None
    assert again.count == Count(3, 3, 3)  # the last word


def test_a_later_number_of_all_holds_the_parts_before_it() -> None:
    shown = figure(in_order([released("4"), released("3", adds=True), released("9", stated_on="2012")]))
    assert shown is not None
    assert shown.count == Count(9, 9, 9)
    more = figure(in_order([released("4"), released("9", stated_on="2012"), released("3", adds=True)]))
    assert more is not None
    assert more.count == Count(12, 12, 12)


def test_what_corrects_the_first_part_keeps_the_second_and_what_corrects_an_addition_is_one() -> None:
    first = [released("4", label="c1"), released("3", adds=True), released("5", supersedes=("c1",))]
    second = [released("4"), released("3", adds=True, label="c2"), released("2", supersedes=("c2",))]
    for claims, number in ((first, 8), (second, 6)):
        shown = figure(in_order(claims))
        assert shown is not None
        assert shown.count == Count(number, number, number)


def test_parts_keep_their_open_ends_in_the_sum() -> None:
    least = figure(in_order([released("4"), released("3+", adds=True)]))
    assert least is not None
    assert least.count == Count(7, None, None)
    base = figure(in_order([released("4+"), released("3", adds=True)]))
    assert base is not None
    assert base.count == Count(7, None, None)
    spread = figure(in_order([released("4-6"), released("3", adds=True)]))
    assert spread is not None
    assert spread.count == Count(7, None, 9)


def test_parts_of_one_voice_are_not_added_to_anothers() -> None:
    claims = [released("4"), released("3", adds=True), said("paper", "6", measure="released")]
    shown = figure(in_order(claims), "maximum")
    assert shown is not None
    assert shown.count == Count(6, 7, 7)


def test_the_balance_of_a_captivity_uses_parts_that_add_up() -> None:
    taken = [said("radio", "7", measure="abducted"), released("4"), released("3", adds=True)]
    assert captivity_balance(figures(in_order(taken))) is None
    last_word = captivity_balance(figures(in_order([replace(claim, adds=False) for claim in taken])))
    assert last_word == "7 abducted, but 3 released = 3: a difference of 4"
