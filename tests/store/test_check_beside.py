"""A check in two processes finds what one finds, in the same order, and believes the second only where it may."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from store_examples import filled_file

from willay.events.store import Store
from willay.events.store.audit import beside, check
from willay.geo.translation import english, in_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from willay.events.store.results import Problem

CHANGED = (
    "UPDATE incident SET title = 'changed' WHERE fid IN (SELECT min(fid) FROM incident)",
    "UPDATE incident SET title = 'changed' WHERE fid IN (SELECT max(fid) FROM incident)",
    "UPDATE claim SET best = 77 WHERE best IS NOT NULL",
    "DELETE FROM place WHERE incident = (SELECT min(fid) FROM incident)",
    "DELETE FROM place_box WHERE incident = (SELECT min(incident) FROM place_box)",
    "UPDATE incident SET title = 'changed'",
    "UPDATE case_file SET from_day = '2030-01-01'",
)
"""What somebody might change by other means: in incidents of the one, of the other and of both processes."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_file(tmp_path_factory.mktemp("filled"))


@pytest.fixture
def path(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(beside, "MANY", 2)
    return shutil.copy(filled, tmp_path / "test.gpkg")


def found(path: Path, processes: int) -> tuple[Problem, ...]:
    with Store.open(path) as store:
        return store.file.check(processes=processes)


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each second process was believed."""
    answers: list[bool] = []
    told = beside.Beside.told

    def noted(self: beside.Beside, connection: object) -> object:
        answer = told(self, connection)  # type: ignore[arg-type]  # passed on
        answers.append(answer is not None)
        return answer

    monkeypatch.setattr(beside.Beside, "told", noted)
    return answers


@pytest.mark.parametrize("statement", ["", *CHANGED])
def test_two_processes_find_what_one_finds(path: Path, statement: str, believed: list[bool]) -> None:
    if statement:
        with closing(sqlite3.connect(path)) as file:
            file.execute(statement)
            file.commit()
    alone = found(path, 1)
    assert believed == []
    assert found(path, 2) == alone
    assert believed in ([True], [])  # none is asked where the record itself is broken
    if statement.startswith(("UPDATE incident", "UPDATE claim", "DELETE")):
        assert believed == [True]
        assert any(problem.severity == "error" for problem in alone)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}",
        b'{"seal": "00", "found": {"problems": [], "units": [], "captivity": [], "early": {}}}',
        b'{"seal": "HEAD", "found": {"problems": [{}], "units": [], "captivity": [], "early": {}}}',
    ],
)
def test_a_second_process_that_says_something_else_is_not_believed(
    path: Path, said: bytes, believed: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended early, or saw another record than the first one."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(CHANGED[0])
        file.commit()
    alone = found(path, 1)
    with Store.open(path) as store:
        head = store.file.head()
    assert head is not None
    said = said.replace(b"HEAD", head.seal.encode())
    monkeypatch.setattr(subprocess.Popen, "communicate", answering(said))
    assert found(path, 2) == alone
    assert believed == [False]


def answering(said: bytes) -> Callable[[subprocess.Popen[bytes]], tuple[bytes, bytes]]:
    def communicate(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
        process.kill()
        process.wait()
        process.returncode = 0
        return said, b""

    return communicate


def test_a_process_that_fails_is_not_believed(
    path: Path, believed: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = found(path, 1)
    monkeypatch.setattr(beside, "__name__", "willay.no_such_module")
    assert found(path, 2) == alone
    assert believed == [False]


def test_without_a_second_process_the_first_does_it_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside.sys, "executable", "/no/such/program")
    assert found(path, 2) == found(path, 1)


def test_both_processes_speak_the_language_of_the_reader(path: Path, believed: list[bool]) -> None:
    """And each message keeps its English."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(CHANGED[0])
        file.commit()
    in_english = found(path, 2)
    with in_language("es"):
        alone, both = found(path, 1), found(path, 2)
    assert believed == [True, True]
    assert both == alone
    assert [english(one.message) for one in both] == [one.message for one in in_english]


def test_what_is_told_comes_back_from_json(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(CHANGED[5])
        file.commit()
    with Store.open(path) as store, store._opened.session.reading() as connection:
        told = check.told_up_to(connection, 1 << 40)
        assert told.problems
        assert check.Told.of(json.loads(json.dumps(told.as_json()))) == told
