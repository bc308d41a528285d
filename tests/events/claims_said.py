"""Claims as tests of figures write them, and claims of any kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from willay.data.codebook import codebook
from willay.events.model.policy import Claim
from willay.events.model.values import Count


def said(source: str, number: str, group: str = "all", **rest: Any) -> Claim:
    count = rest.pop("count", None) or Count.parse(number)
    return Claim(rest.pop("measure", "killed"), group, count, source, **rest)


groups = st.sampled_from([group.code for group in codebook().groups])

kinds = st.sampled_from([kind.code for kind in codebook().source_kinds])

counts = st.one_of(
    st.integers(0, 60).map(lambda n: Count(n, n, n)),
    st.integers(0, 60).map(lambda n: Count(None, n, None)),
    st.lists(st.integers(0, 60), min_size=2, max_size=2).map(lambda n: Count(min(n), None, max(n))),
    st.lists(st.integers(0, 60), min_size=3, max_size=3).map(lambda n: Count(*sorted(n))),
    st.integers(0, 60).map(lambda n: Count(high=n)),
    st.integers(0, 60).map(lambda n: Count(low=n)),
)

any_claims = st.lists(
    st.builds(
        Claim,
        measure=st.just("killed"),
        group=groups,
        count=counts,
        source=st.sampled_from("abcd"),
        attributed_to=st.sampled_from([None, None, "Mayor"]),
        kind=kinds,
        stated_on=st.sampled_from(["", "2009", "2009-06-05"]),
        scoped=st.sampled_from([False, False, False, True]),
        pinned=st.sampled_from([None, None, None, None, "reason"]),
    ),
    min_size=1,
    max_size=7,
)


def in_order(claims: list[Claim]) -> list[Claim]:
    return [replace(claim, position=place) for place, claim in enumerate(claims)]
