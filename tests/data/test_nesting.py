"""Codes of units nest by a rule, never by how their text begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from willay.data.countries import country
from willay.data.nesting import Nesting

PERU = country("PE").nesting
ELSEWHERE = country("RU").nesting


def test_digits_nest_by_their_number() -> None:
    assert PERU.chain("050505") == ("05", "0505", "050505")
    assert [PERU.level(code) for code in ("05", "0505", "050505", "5", "")] == [1, 2, 3, 0, 0]
    assert [PERU.cut("050505", level) for level in (0, 1, 2, 3)] == ["", "05", "0505", "050505"]
    assert PERU.cut("05", 3) == "05"


@pytest.mark.parametrize(("shorter", "longer"), [("RU-AL", "RU-ALT"), ("KH-1", "KH-10"), ("ES-C", "ES-CA")])
def test_a_code_that_begins_as_another_is_not_in_it(shorter: str, longer: str) -> None:
    assert not ELSEWHERE.holds(shorter, longer)
    assert ELSEWHERE.level(longer) == 1


def test_a_full_stop_separates_levels() -> None:
    assert ELSEWHERE.chain("MM-06.003.01") == ("MM-06", "MM-06.003", "MM-06.003.01")


def test_named_parents_come_before_the_rule() -> None:
    nesting = Nesting((2,), {"MMR001001": "MMR001", "07": "X"})
    assert nesting.cut("MMR001001", 1) == "MMR001"
    assert nesting.chain("07") == ("X", "07")


def test_parents_in_a_circle_end() -> None:
    assert Nesting(parents={"A": "B", "B": "A"}).level("A") == 2


def test_the_letters_of_a_country_are_no_unit() -> None:
    assert ELSEWHERE.chain("MM.17") == ("MM.17",)
    assert ELSEWHERE.chain("MM.17.2") == ("MM.17", "MM.17.2")


@given(st.lists(st.text("ABC-123", min_size=3), min_size=1, max_size=3), st.integers(1, 3))
def test_cutting_gives_a_unit_that_holds_the_code(parts: list[str], level: int) -> None:
    code = ".".join(parts)
    assert ELSEWHERE.holds(ELSEWHERE.cut(code, level), code)
    assert ELSEWHERE.level(ELSEWHERE.cut(code, level)) == min(level, len(parts))
