from __future__ import annotations

import mapclassify
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.maps.classes import breaks
from willay.maps.spec import SCHEMES

COUNTS = st.lists(st.integers(0, 500), max_size=200)


@given(COUNTS, st.sampled_from(SCHEMES), st.integers(2, 9))
def test_classes_hold_every_value_above_zero_and_rise(counts: list[int], scheme: str, classes: int) -> None:
    limits = breaks(np.array(counts, np.int64), scheme, classes)
    positive = [count for count in counts if count > 0]
    assert limits == sorted(set(limits))
    assert len(limits) <= classes
    assert bool(limits) == bool(positive)
    if positive:
        assert limits[-1] == max(positive)
        assert limits[0] >= min(positive)


def test_few_distinct_values_have_a_class_each() -> None:
    assert breaks(np.array([0, 3, 3, 7, 1, -1]), "quantiles", 5) == [1, 3, 7]


def test_equal_intervals_are_the_floors_of_mapclassify() -> None:
    values = np.arange(1, 101)
    expected = [int(limit) for limit in mapclassify.EqualInterval(values, k=5).bins]
    thinned = breaks(values, "equal-interval", 5)
    assert expected == [20, 40, 60, 80, 100]
    assert thinned == expected


def test_natural_breaks_find_the_gaps() -> None:
    values = np.array([1, 2, 3, 50, 51, 52, 53, 200, 201])
    assert breaks(values, "natural-breaks", 3) == [3, 53, 201]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_value_above_zero_makes_no_class(scheme: str) -> None:
    assert breaks(np.array([0, 0, -1]), scheme, 5) == []
