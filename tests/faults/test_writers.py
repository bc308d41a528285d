"""Many writers on one file: each change is saved, and nobody is refused for having waited."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import worker

from willay.events.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WRITING = """
import sys
from pathlib import Path
from itertools import islice
sys.path.insert(0, str(Path(sys.argv[1]).parent))
import worker
from willay.events.store import Store
print("ready", flush=True)
sys.stdin.readline()
for text in islice(worker.DOING[sys.argv[2]](Path(sys.argv[3]), sys.argv[4]), int(sys.argv[5])):
    print(text, flush=True)
"""


def together(what: str, database: Path, names: list[str], times: int) -> list[list[str]]:
    """Let processes do something as often as said, all from one moment on; what each of them acknowledged."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITING, worker.__file__, what, str(database), name, str(times)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in names
    ]  # fmt: skip
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate() for process in started]
    assert [(process.returncode, said[1]) for process, said in zip(started, answers, strict=True)] == [(0, "")] * len(
        names
    )
    return [said[0].split("\n")[:-1] for said in answers]


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
