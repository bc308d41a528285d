"""What holds of every figure, whatever the claims: searched for with Hypothesis."""

from __future__ import annotations

from claims_said import any_claims, groups, in_order, kinds, said
from fuzzing import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.model.policy import POLICIES, Claim, figure
from willay.events.model.values import Count

claims_of_any_kind = st.lists(
    st.builds(
        Claim,
        measure=st.just("killed"),
        group=groups,
        count=st.lists(st.integers(0, 99), min_size=3, max_size=3).map(lambda n: Count(*sorted(n))),
        source=st.sampled_from("abcdef"),
        kind=kinds,
        stated_on=st.sampled_from(["", "2009", "2009-06", "2009-06-05"]),
        scoped=st.booleans(),
    ),
    max_size=8,
)


@given(claims_of_any_kind, st.sampled_from(list(POLICIES)))
def test_a_figure_is_always_some_voices_own_and_within_its_range(claims: list[Claim], policy: str) -> None:
    shown = figure(claims, policy)
    usable = [claim for claim in claims if not claim.scoped]
    assert (shown is None) == (not usable)
    if shown is not None:
        assert shown.source in {claim.source for claim in usable}
        low, best, high = shown.count.low, shown.count.best, shown.count.high
        assert low is not None
        assert best is not None
        assert high is not None
        assert low <= best <= high


@given(claims_of_any_kind)
def test_the_order_of_the_policies_by_number_holds(claims: list[Claim]) -> None:
    best = {name: fig.count.best for name in ("minimum", "median", "maximum") if (fig := figure(claims, name))}
    if best:
        assert best["minimum"] <= best["median"] <= best["maximum"]  # type: ignore[operator]  # all are numbers here


# Totals by sources of their own: the rule can be said in a few lines, and is, apart from the module.
totals = st.lists(
    st.tuples(st.integers(0, 60), st.booleans(), st.sampled_from([kind.code for kind in codebook().source_kinds])),
    min_size=1,
    max_size=7,
)


@settings(max_examples=examples(200), deadline=None)
@given(totals, st.sampled_from(list(POLICIES)))
def test_totals_and_at_leasts_follow_the_rule_as_it_can_be_said_in_three_lines(
    drawn: list[tuple[int, bool, str]], policy: str
) -> None:
    claims = [
        said(f"s{n}", f"{number}+" if is_least else str(number), kind=kind, position=n)
        for n, (number, is_least, kind) in enumerate(drawn)
    ]
    numbers = [number for number, is_least, _ in drawn if not is_least]
    leasts = [number for number, is_least, _ in drawn if is_least]
    shown = figure(claims, policy)
    assert shown is not None
    if not numbers:
        assert shown.count == Count(max(leasts), None, None)
        return
    is_open = max(leasts, default=0) > max(numbers)
    assert (shown.count.low, shown.count.high) == (min(numbers), None if is_open else max(numbers))
    exact = figure([claim for claim in claims if not claim.count.is_at_least], policy)
    assert exact is not None
    assert (shown.count.best, shown.source) == (exact.count.best, exact.source)


@settings(max_examples=examples(200), deadline=None)
@given(any_claims, st.integers(0, 60), st.sampled_from("abcdxyz"), st.sampled_from(list(POLICIES)))
def test_at_least_no_more_than_the_highest_number_stated_never_changes_the_figure(
    claims: list[Claim], number: int, source: str, policy: str
) -> None:
    before = figure(in_order(claims), policy)
    if before is None:
        return
    highest = before.count.low if before.count.high is None else before.count.high
    added = said(source, f"{min(number, highest or 0)}+", kind="official-inquiry", stated_on="2010")
    after = figure(in_order([*claims, added]), policy)
    assert after is not None
    assert after.count == before.count
    if not before.count.is_at_least:  # two voices may say the same "at least"
        assert after.source == before.source


@settings(max_examples=examples(200), deadline=None)
@given(any_claims, st.integers(0, 99), groups, st.sampled_from("abcdxyz"), st.sampled_from(list(POLICIES)))
def test_at_least_never_lowers_a_range_and_never_makes_a_number_of_everyone_less_exact(
    claims: list[Claim], number: int, group: str, source: str, policy: str
) -> None:
    before = figure(in_order(claims), policy)
    after = figure(in_order([*claims, said(source, f"{number}+", group)]), policy)
    if before is None:
        return
    assert after is not None
    assert (after.count.low or 0) >= (before.count.low or 0)
    if before.basis in {"total", "pinned"} and before.count.best is not None:
        assert (after.count.low, after.count.best, after.source) == (before.count.low, before.count.best, before.source)
        assert after.count.high in {before.count.high, None}


@settings(max_examples=examples(200), deadline=None)
@given(any_claims, st.sampled_from(list(POLICIES)))
def test_a_best_number_is_always_one_that_somebody_states_as_such(claims: list[Claim], policy: str) -> None:
    shown = figure(in_order(claims), policy)
    if shown is None or shown.count.best is None:
        return
    voice = ("attributed_to", shown.attributed_to) if shown.attributed_to else ("source", shown.source)
    theirs = [c for c in claims if getattr(c, voice[0]) == voice[1] and not c.scoped and c.count.best is not None]
    assert shown.count.best in {sum(c.count.best or 0 for c in part) for part in subsets(theirs)}


def subsets(claims: list[Claim]) -> list[list[Claim]]:
    found: list[list[Claim]] = [[]]
    for claim in claims:
        found += [[*part, claim] for part in found]
    return found[1:]
