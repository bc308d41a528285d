"""How the benchmarks measure: medians of several runs, and a small table."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the median of several runs, in seconds."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def table(title: str, ours: tuple[str, float], others: dict[str, float]) -> None:
    """Print our seconds, and each alternative's with how many times ours they are."""
    print(title)
    print(f"  {ours[0]:<52} {ours[1]:8.3f} s")
    for name, taken in others.items():
        print(f"  {name:<52} {taken:8.3f} s   {taken / ours[1]:6.1f} x ours")
