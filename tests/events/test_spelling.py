"""Members of texts by name are written as canonical JSON writes them, and masked as `masked` masks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model import spelling
from willay.events.model.canonical import canonical, in_order, plain_in_order
from willay.events.model.masking import masked
from willay.events.model.spelling import OfTexts, are_texts, masked_piece_of, piece_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(["%s", "100 %", '"', "\\", ""])
NAMED = st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=5)


@given(TEXTS, NAMED)
def test_a_member_is_written_as_canonical_json(name: str, texts: dict[str, str]) -> None:
    assert f"{{{piece_of(name, texts)}}}" == canonical({name: texts})


@given(TEXTS, NAMED)
def test_a_masked_member_is_written_as_canonical_json(name: str, texts: dict[str, str]) -> None:
    assert f"{{{masked_piece_of(name, texts)}}}" == canonical({name: masked(texts)})


@pytest.mark.parametrize("value", [{}, [], "a", None, {"a": 1}, {"a": "b", "c": None}, {"a": True}, {"a": {"b": "c"}}])
def test_only_objects_of_texts_are_taken_for_such(value: object) -> None:
    """Numbers that are equal may be written otherwise, so none may be remembered for another."""
    assert not are_texts(value)


def test_no_more_is_remembered_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "_MOST", 3)
    lengths = OfTexts(len)
    for number in range(20):
        assert lengths["x" * number] == number
        assert len(lengths) <= 3


@given(st.lists(TEXTS | st.none() | st.integers(), max_size=6))
def test_texts_and_whole_numbers_are_written_in_order(values: list[str | int | None]) -> None:
    """Of any size: numbers beyond 64 bits as well."""
    assert plain_in_order(values) == in_order(values)
