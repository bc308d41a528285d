"""What is left to `make test-slow` is there, says why, and has something in the default suite that stands for it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from slow_cases import mark_slow, moved

TOP = Path(__file__).parents[1]


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((TOP / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def is_there(name: str) -> bool:
    file, _, function = name.partition("::")
    return (TOP / file).is_file() and (not function or function in functions_of(file))


def test_each_that_moved_is_there_and_says_why() -> None:
    assert [one.test for one in moved().values() if not is_there(one.test)] == []
    assert [one.test for one in moved().values() if not (one.why.endswith(".") and one.instead.endswith("."))] == []


def test_each_has_cases_that_stay_or_names_a_test_of_the_default_suite() -> None:
    every = moved()
    for one in every.values():
        named = re.findall(r"tests/[\w/]+\.py(?:::\w+)?", one.instead)
        assert one.keep or named, one.test
        for name in named:
            assert is_there(name), (one.test, name)
            assert name not in every or every[name].keep, f"{name} has moved as well"


class Case:
    """As much of a test's case as is looked at."""

    def __init__(self, nodeid: str) -> None:
        self.nodeid, self.marks = nodeid, list[str]()

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.marks.append(mark.name)


def test_cases_that_are_not_kept_are_slow_and_one_that_is_gone_stops_the_run() -> None:
    name, one = next((name, one) for name, one in moved().items() if one.keep)
    kept, other = Case(f"{name}[{one.keep[0]}]"), Case(f"{name}[another]")
    rest = [Case(f"{name}[{case}]") for case in one.keep[1:]]
    mark_slow([kept, other, *rest])  # type: ignore[list-item]  # all that it looks at
    assert (kept.marks, other.marks) == ([], ["slow"])
    with pytest.raises(pytest.UsageError, match="has no case"):
        mark_slow([other, Case(f"{name}[a third]")])  # type: ignore[list-item]  # as above
