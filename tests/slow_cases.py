"""The cases that `make test-slow` alone runs, as `tests/slow.toml` lists them, each with what the default suite keeps.

`slow.toml` names tests as pytest does. Of a test with many cases, `keep` names those that stay in the default suite, by
their ids; without it, all cases move. A case that is no longer there stops the run, and a test looks for the names of
tests: nothing is left out by mistake.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

LIST: Final = Path(__file__).with_name("slow.toml")


@dataclass(frozen=True, slots=True)
class Moved:
    """A test that is slow, all of it or all but some cases, why, and what is in the default suite in its place."""

    test: str
    why: str
    instead: str
    keep: tuple[str, ...] = ()


def moved() -> dict[str, Moved]:
    """Return what has moved, by the name of its test."""
    entries = tomllib.loads(LIST.read_text("utf-8"))["moved"]
    found = {entry["test"]: Moved(**{**entry, "keep": tuple(entry.get("keep", ()))}) for entry in entries}
    assert len(found) == len(entries), "a test is listed twice"
    return found


def mark_slow(items: Iterable[pytest.Item]) -> None:
    """Mark what has moved.

    Raises:
        pytest.UsageError: A case that is kept is not among those of its test.
    """
    cases: dict[str, dict[str, pytest.Item]] = defaultdict(dict)
    for item in items:
        name, _, case = item.nodeid.partition("[")
        cases[name][case.removesuffix("]")] = item
    for name, one in moved().items():
        gone = set(one.keep) - set(cases[name])
        if gone and len(cases[name]) > 1:
            raise pytest.UsageError(f"{LIST.name}: {name} has no case {sorted(gone)} of {sorted(cases[name])}")
        for case, item in cases[name].items():
            if case not in one.keep:
                item.add_marker(pytest.mark.slow)
