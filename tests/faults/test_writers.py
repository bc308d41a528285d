"""Many writers on one file lose nothing, and wait for one another."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import worker

from willay.events.store import Store

LONGEST_START = 120
"""Seconds in which every writer has written something, on any machine."""


@pytest.mark.parametrize(("writers", "seconds"), [pytest.param(4, 6), pytest.param(20, 60, marks=pytest.mark.slow)])
def test_many_writers_lose_nothing_and_never_complain(
    database: Path, tmp_path: Path, writers: int, seconds: float
) -> None:
    logs = [tmp_path / f"w{number}.log" for number in range(writers)]
    processes = []
    for log in logs:
        command = [sys.executable, worker.__file__, "add", str(database), log.stem]
        with log.open("w") as said:
            processes.append(subprocess.Popen(command, stdout=said, stderr=subprocess.PIPE, text=True))
    time.sleep(seconds)
    latest = time.monotonic() + LONGEST_START
    while not all(log.stat().st_size for log in logs) and time.monotonic() < latest:
        time.sleep(0.2)  # a busy machine is slow to begin so many
    for process in processes:
        process.terminate()
    for process in processes:
        assert "Error" not in process.communicate()[1]
    told = [log.read_text().split() for log in logs]
    assert all(told)
    heard = {key for each in told for key in each}
    with Store.open(database) as store:
        assert [problem for problem in store.check() if problem.severity == "error"] == []
        assert heard <= set(store.select(details=False, profile=None)["key"].dropna())
    assert Path(database).exists()
