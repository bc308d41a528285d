"""Many writers on one file: each change is saved, and nobody is refused for having waited."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import worker

from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WRITING = """
import json
import sys
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(sys.argv[1]).parent))
import worker

what, path, names, times = sys.argv[2], Path(sys.argv[3]), json.loads(sys.argv[4]), int(sys.argv[5])


def write(name):
    start.wait()
    return [*islice(worker.DOING[what](path, name), times)]


processes = get_context("fork")
start = processes.Barrier(len(names))
with processes.Pool(len(names)) as pool:
    print(json.dumps(pool.map(write, names, chunksize=1)))
"""
"""Loads the libraries once, and then parts into a process for each writer, which begin together."""


def together(what: str, database: Path, names: list[str], times: int) -> list[list[str]]:
    """Let processes do something as often as said, all from one moment on; what each of them acknowledged."""
    words = [sys.executable, "-c", WRITING, worker.__file__, what, str(database), json.dumps(names), str(times)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    told: list[list[str]] = json.loads(ran.stdout)
    return told


MANY = pytest.mark.parametrize(("writers", "times"), [(4, 5), pytest.param(20, 10, marks=pytest.mark.slow)])


@MANY
def test_all_that_many_writers_add_is_saved_and_none_is_refused(database: Path, writers: int, times: int) -> None:
    told = together("add", database, [f"w{number}" for number in range(writers)], times)
    expected = {f"w{number}-{time}" for number in range(writers) for time in range(times)}
    assert {key for each in told for key in each} == expected
    with Store.open(database) as store:
        assert [problem for problem in store.file.check() if problem.severity == "error"] == []
        frame = store.read.select(details=False, profile=None)
        assert set(frame["key"]) == expected | {"first"}
        assert frame["code"].is_unique
        with store._session.reading() as connection:
            moments = connection.exec_driver_sql("SELECT arrived_at FROM revisions ORDER BY number").scalars().all()
    assert list(moments) == sorted(moments)


@MANY
def test_all_that_many_writers_change_in_one_incident_is_in_its_history(
    database: Path, writers: int, times: int
) -> None:
    told = together("edit", database, [f"w{number}" for number in range(writers)], times)
    assert sum(map(len, told)) == writers * times
    with Store.open(database) as store:
        rows = store.read.history("first")
        assert len(rows) == writers * times + 1
        assert [row.recorded_at for row in rows] == sorted({row.recorded_at for row in rows})
        assert [problem for problem in store.file.check() if problem.severity == "error"] == []
