from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.maps.classes import THINNED, breaks, classify
from willay.maps.limits import equal_intervals, natural_breaks, quantiles
from willay.maps.spec import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Finder: TypeAlias = Callable[[Sequence[int], int], Sequence[float]]

FOUND = tuple(scheme for scheme in SCHEMES if scheme != "fixed")
COUNTS = st.lists(st.integers(0, 500), max_size=200)
RATES = st.lists(st.floats(0, 1e5, allow_subnormal=False), max_size=60)


@given(COUNTS, st.sampled_from(FOUND), st.integers(2, 9))
def test_classes_hold_every_value_above_zero_and_rise(counts: list[int], scheme: str, classes: int) -> None:
    limits = breaks(np.array(counts, np.int64), scheme, classes)
    positive = [count for count in counts if count > 0]
    assert limits == sorted(set(limits))
    assert len(limits) <= classes
    assert bool(limits) == bool(positive)
    if positive:
        assert limits[-1] == max(positive)
        assert limits[0] >= min(positive)


@given(RATES, st.sampled_from(FOUND), st.integers(2, 9))
def test_a_rate_lies_in_the_range_that_its_class_is_called(rates: list[float], scheme: str, classes: int) -> None:
    found = classify(np.array(rates, float), scheme, classes)
    ranges = found.ranges()
    assert len(ranges) == len(found) <= classes
    half = 0.5 * 10**-found.decimals * (1 + 1e-9)
    for rate in (rate for rate in rates if rate > 0):
        low, high = ranges[found.rank(rate)]
        assert high is not None
        assert rate >= low - half or rate < 2 * half  # what is too small to be written stands with the smallest
        assert rate <= high + half * (1 + 1e-6 * rate)


LIMITS = {natural_breaks: "FisherJenks", quantiles: "Quantiles", equal_intervals: "EqualInterval"}


def of_mapclassify(name: str, values: NDArray[np.int64], classes: int) -> list[float]:
    """Limits of classes as mapclassify finds them; it loads SciPy, for which other tests need not wait."""
    import mapclassify  # noqa: PLC0415 — as above

    return list(getattr(mapclassify, name)(values, k=classes).bins)


@pytest.mark.filterwarnings("ignore:Numba not installed", "ignore:Not enough unique values")
@pytest.mark.parametrize("found", LIMITS)
@given(
    st.one_of(
        st.lists(st.integers(1, 40), min_size=3, max_size=THINNED),
        st.lists(st.integers(1, 500), min_size=3, max_size=THINNED),
        st.lists(st.integers(1, 10**7), min_size=3, max_size=30),
    ).filter(lambda values: len(set(values)) > 2),
    st.integers(2, 9),
)
def test_limits_are_those_of_mapclassify(found: Finder, values: list[int], classes: int) -> None:
    rising, classes = sorted(values), min(classes, len(set(values)))
    expected = of_mapclassify(LIMITS[found], np.array(rising), classes)
    assert sorted({math.floor(limit) for limit in found(rising, classes)}) == sorted({math.floor(x) for x in expected})


def test_few_distinct_values_have_a_class_each() -> None:
    assert breaks(np.array([0, 3, 3, 7, 1, -1]), "quantiles", 5) == [1, 3, 7]


def test_equal_intervals_are_the_floors_of_mapclassify() -> None:
    values = np.arange(1, 101)
    expected = [int(limit) for limit in of_mapclassify("EqualInterval", values, 5)]
    assert expected == [20, 40, 60, 80, 100]
    assert breaks(values, "equal-interval", 5) == expected


def test_quantiles_take_every_value_and_natural_breaks_evenly_spaced_ones() -> None:
    values = np.array([*[1] * 5000, *range(2, 4002)])
    assert breaks(values, "quantiles", 2) == [1, 4001]  # the median of 9,000 values is 1
    assert len(breaks(values, "natural-breaks", 5)) == 5
    assert len(values) > THINNED


def test_natural_breaks_find_the_gaps() -> None:
    values = np.array([1, 2, 3, 50, 51, 52, 53, 200, 201])
    assert breaks(values, "natural-breaks", 3) == [3, 53, 201]


def test_rates_have_as_many_decimals_as_show_two_figures_of_their_median() -> None:
    assert classify(np.array([0.31, 0.52, 9.8]), "quantiles", 5).limits == (0.31, 0.52, 9.8)
    assert classify(np.array([3.14159, 2.5, 120.0]), "quantiles", 5).limits == (2.5, 3.1, 120.0)
    assert breaks(np.array([31.4, 52.6, 980.2]), "quantiles", 5) == [31, 53, 980]


def test_what_is_above_zero_is_never_classed_as_zero() -> None:
    found = classify(np.array([0.00001, 5.0, 6.0, 7.0]), "equal-interval", 2)
    assert found.rank(0.00001) == 0
    assert found.ranges()[0][0] == 0.1


def test_fixed_limits_are_kept_and_what_lies_above_has_a_class() -> None:
    found = classify(np.array([1, 5, 90]), "fixed", 5, [10, 5])
    assert found.limits == (5, 10)
    assert found.ranges() == [(1, 5), (6, 10), (11, None)]
    assert [found.rank(value) for value in (1, 5, 6, 10, 11, 90)] == [0, 0, 1, 1, 2, 2]
    assert classify(np.array([0.5, 2.5]), "fixed", 5, [0.25, 1]).limits == (0.25, 1.0)


@pytest.mark.parametrize("scheme", FOUND)
def test_no_value_above_zero_makes_no_class(scheme: str) -> None:
    assert breaks(np.array([0, 0, -1]), scheme, 5) == []
    assert breaks(np.array([np.nan, 0.0]), scheme, 5) == []
