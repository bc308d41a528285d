"""A command with all its processes watched: wall clock, processor time, and the most memory that all held at once."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psutil  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from collections.abc import Sequence

_EACH_S: Final = 0.1
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took.

    Attributes:
        wall_s: From start to end, seconds.
        processor_s: Processor time of all its processes, seconds.
        peak_mb: The most memory that all its processes held at once, MB; what they share counts in each.
        answer: What it printed last; None where it failed.
        failure: Why it failed, the last lines of what it reported.
    """

    wall_s: float
    processor_s: float
    peak_mb: float
    answer: dict[str, Any] | None  # Any: JSON
    failure: str = ""


def watched(command: Sequence[str]) -> Run:
    """Run a command to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": ""}
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, _held(process.pid))
        time.sleep(_EACH_S)
    out, err = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    answer = json.loads(out.splitlines()[-1]) if process.returncode == 0 else None
    failure = "" if answer else " ".join(err.strip().splitlines()[-_LINES:])
    return Run(time.perf_counter() - begun, used, peak / 1e6, answer, failure)


def _held(pid: int) -> int:
    """Return the bytes in memory of a process and all that it has begun."""
    held = 0
    try:
        whole = psutil.Process(pid)
        for one in (whole, *whole.children(recursive=True)):
            held += one.memory_info().rss
    except psutil.Error:
        pass  # it has ended meanwhile
    return held
