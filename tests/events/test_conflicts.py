"""Two edits of one document, field by field. The oracle is written out: what each side changed, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.conflicts import TOGETHER, carried_over, overlaps

FIELDS = ("days", "date_precision", "type", "subtype", "title", "tags", "claims")
documents = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["a", "b", ["a"], {"es": "a"}]))


def changed(base: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """The fields that one side decided on: those that it changed, and those that belong to them."""
    own = {name for name in FIELDS if base.get(name) != other.get(name)}
    return own.union(*(set(FIELDS).intersection(group) for group in TOGETHER if own.intersection(group)))


@given(documents, documents, documents)
def test_a_conflict_is_a_field_that_both_decided_on_differently(
    base: dict[str, Any], yours: dict[str, Any], present: dict[str, Any]
) -> None:
    both = changed(base, yours) & changed(base, present)
    expected = {name for name in both if yours.get(name) != present.get(name)}
    found = overlaps(base, yours, present)
    assert {one.field for one in found} == expected
    assert [one.field for one in found] == sorted(expected)
    for one in found:
        values = base.get(one.field), yours.get(one.field), present.get(one.field)
        assert (one.base, one.yours, one.present) == values
    assert {one.field for one in overlaps(base, present, yours)} == expected


@pytest.mark.parametrize(("one", "other"), [("days", "date_precision"), ("type", "subtype"), ("dataset", "dataset_id")])
def test_two_fields_that_say_one_thing_together_cannot_be_changed_by_one_side_each(one: str, other: str) -> None:
    base = {one: "a", other: "a", "title": "a"}
    yours, present = base | {one: "b"}, base | {other: "b"}
    assert {each.field for each in overlaps(base, yours, present)} == {one, other}
    assert carried_over(base, yours, present) == yours  # never half of each
    assert overlaps(base, yours, base | {"title": "b"}) == ()


@given(documents, documents, documents)
def test_without_a_conflict_what_either_changed_is_kept(
    base: dict[str, Any], yours: dict[str, Any], present: dict[str, Any]
) -> None:
    merged = carried_over(base, yours, present)
    for name in FIELDS:
        ours = name in changed(base, yours)
        assert merged.get(name) == (yours if ours else present).get(name)
        assert (name in merged) == (name in (yours if ours else present))
    if not overlaps(base, yours, present):
        assert merged == carried_over(base, present, yours)


@given(documents, documents)
def test_one_side_alone_never_conflicts(base: dict[str, Any], other: dict[str, Any]) -> None:
    assert overlaps(base, other, base) == overlaps(base, base, other) == overlaps(base, other, other) == ()
    assert carried_over(base, other, base) == other
    assert carried_over(base, base, other) == other
