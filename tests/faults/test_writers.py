"""Many writers on one file lose nothing, and wait for one another."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import worker

from willay.events.store import Store


@pytest.mark.parametrize(("writers", "seconds"), [pytest.param(4, 6), pytest.param(20, 60, marks=pytest.mark.slow)])
def test_many_writers_lose_nothing_and_never_complain(database: Path, writers: int, seconds: float) -> None:
    commands = [[sys.executable, worker.__file__, "add", str(database), f"w{number}"] for number in range(writers)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for command in commands
    ]
    time.sleep(seconds)
    heard: list[str] = []
    for process in processes:
        process.terminate()
    for process in processes:
        out, err = process.communicate()
        heard += out.split()
        assert "locked" not in err
    assert len(heard) >= writers
    with Store.open(database) as store:
        assert [problem for problem in store.check() if problem.severity == "error"] == []
        assert set(heard) <= set(store.select(details=False)["key"].dropna())
    assert Path(database).exists()
