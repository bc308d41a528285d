"""Canonical JSON: what Python writes, to the byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.events.model.canonical import canonical, in_order

_TEXTS = st.text() | st.sampled_from(["5e3", '":1e5', "\x00\x1f\x7f\u2028", "é\U0001f600", "\ud800"])
_NUMBERS = st.integers(-(1 << 70), 1 << 70) | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=12,
)

_DIGITS = ("1", "9", "1.5", "9.99", "1.7976931348623157", "3.3333333333333335", "9.999999999999998")


@given(_VALUES)
def test_it_is_what_python_writes(value: object) -> None:
    assert canonical(value) == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert in_order(value) == json.dumps(value, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [1e-7, 1e22, -0.0, 0.1]}, '{"a":[1e-07,1e+22,-0.0,0.1],"b":1}'),
        ([1e16], "[1e+16]"),
        ([0.0001, -0.00001], "[0.0001,-1e-05]"),
        (-2.5e-8, "-2.5e-08"),
        ({"ñ": "Ñaupas 5e3"}, '{"ñ":"Ñaupas 5e3"}'),
        ([float("nan")], "[null]"),
    ],
)
def test_doubtful_numbers(value: object, text: str) -> None:
    assert canonical(value) == text


def test_numbers_of_every_size() -> None:
    sizes = [
        [sign * float(f"{digits}e{power}")] for power in range(-324, 308) for digits in _DIGITS for sign in (1, -1)
    ]
    assert [canonical(size) for size in sizes] == [json.dumps(size) for size in sizes]


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"when": object()})
