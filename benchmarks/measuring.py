"""How the benchmarks measure: medians of several runs, and a small table."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the median of several runs, in seconds."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def alone(command: Sequence[str]) -> tuple[float, float]:
    """Run a command, and return its seconds from start to end and the most memory that it held, MB.

    A small process of its own starts it: what a process is started from counts as its memory.

    Raises:
        CalledProcessError: It failed.
    """
    told = subprocess.run([sys.executable, "-c", _ALONE, *command], check=True, capture_output=True, text=True).stdout
    taken, peak = told.split()[-2:]
    return float(taken), float(peak) / 1024


_ALONE = """
import resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def table(title: str, ours: tuple[str, float], others: dict[str, float]) -> None:
    """Print our seconds, and each alternative's with how many times ours they are."""
    print(title)
    print(f"  {ours[0]:<52} {ours[1]:8.3f} s")
    for name, taken in others.items():
        print(f"  {name:<52} {taken:8.3f} s   {taken / ours[1]:6.1f} x ours")
