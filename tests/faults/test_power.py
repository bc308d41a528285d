"""The simulated power cut finds what is known to be lost: its own test, on scripts of a few lines."""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from power import Disk, Names, cuts, losses, write_files
from recording import Recorder, contents_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("strace")

REPLACING = """
import os
with open("draft", "wb") as file:
    file.write(b"new " * 1000)
    file.flush()
    {}
os.rename("draft", "target")
{}
print("done", flush=True)
"""
SYNC = "os.fsync(file.fileno())"
SYNC_FOLDER = "os.fsync(os.open('.', os.O_RDONLY))"
OLD, NEW = b"old", b"new " * 1000


def left(script: str, folder: Path, names: Names, *, said: str) -> Iterator[dict[str, bytes]]:
    """Run a script in a folder, and yield the files after each power cut before which it had said something."""
    recorder = Recorder(folder.resolve())
    before = Disk(dict(recorder.names), dict(enumerate(contents_of(folder).values())))
    steps = recorder.run((sys.executable, "-c", script), trace=folder.parent / "trace.txt")
    assert before.after(steps).files() == contents_of(folder)
    for cut in cuts(before, steps, names):
        if said in cut.said:
            for _, arrived in losses(cut.pending, random.Random(1), thorough=True):
                yield cut.durable.after(arrived).files()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "here"
    write_files({"target": OLD}, made)
    return made


def targets(script: str, folder: Path, names: Names = Names.WITH_FOLDER, *, said: str = "") -> set[bytes]:
    return {files["target"] for files in left(script, folder, names, said=said)}


def test_a_file_that_takes_a_place_without_a_sync_may_be_empty_or_half(folder: Path) -> None:
    found = targets(REPLACING.format("", ""), folder)
    assert {OLD, NEW, b""} < found
    assert NEW[:1536] in found
    assert bytes(1536) + NEW[1536:] in found


def test_with_a_sync_it_is_the_old_one_or_the_new_one(folder: Path) -> None:
    assert targets(REPLACING.format(SYNC, ""), folder) == {OLD, NEW}


def test_without_a_sync_of_the_folder_the_old_one_may_be_there_after_all_was_reported(folder: Path) -> None:
    assert targets(REPLACING.format(SYNC, ""), folder, said="done") == {OLD, NEW}


def test_with_a_sync_of_the_folder_the_new_one_is_there(folder: Path) -> None:
    assert targets(REPLACING.format(SYNC, SYNC_FOLDER), folder, said="done") == {NEW}


def test_a_later_sync_of_another_file_brings_a_name_to_the_disk_only_where_there_is_one_journal(folder: Path) -> None:
    script = REPLACING.format(SYNC, "other = open('other', 'wb'); os.fsync(other.fileno())")
    assert targets(script, folder, Names.WITH_ANYTHING, said="done") == {NEW}
    write_files({"target": OLD}, again := folder.with_name("again"))
    assert targets(script, again, Names.WITH_FOLDER, said="done") == {OLD, NEW}


CHANGING = """
import sqlite3
connection = sqlite3.connect("x.db", isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL").fetchone()
connection.execute("PRAGMA synchronous = {}")
connection.execute("INSERT INTO t VALUES (2)")
print("done", flush=True)
"""


@pytest.mark.parametrize(("synchronous", "held"), [("OFF", {1, 2}), ("NORMAL", {1, 2}), ("FULL", {2})])
def test_what_sqlite_has_committed_is_there_only_where_it_waits_at_every_commit(
    tmp_path: Path, synchronous: str, held: set[int]
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "x.db")) as connection:
        connection.executescript("CREATE TABLE t (n); INSERT INTO t VALUES (1)")
    found = set()
    for number, files in enumerate(left(CHANGING.format(synchronous), folder, Names.WITH_FOLDER, said="done")):
        write_files(files, cut := tmp_path / f"cut-{number}")
        with closing(sqlite3.connect(cut / "x.db")) as connection:
            found.add(last_of(connection))
    assert found - {0} == held


def last_of(connection: sqlite3.Connection) -> int:
    """Return the last number in the table; 0 where the file is damaged."""
    try:
        return connection.execute("SELECT max(n) FROM t").fetchone()[0]
    except sqlite3.DatabaseError:
        return 0
