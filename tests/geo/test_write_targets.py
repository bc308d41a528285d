"""The one way by which files are written: whole or not at all, and never over what keeps a history."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from willay.geo import (
    FileInTheWayError,
    FileNameError,
    GeoFileWriteError,
    replacing,
    replacing_bytes,
    replacing_together,
)
from willay.geo.histories import keeps_history
from willay.geo.temporary import draft_beside, remove_abandoned

if TYPE_CHECKING:
    from collections.abc import Callable

WAYS: dict[str, Callable[[Path], AbstractContextManager[Any]]] = {
    "text": lambda path: replacing(path, force=True),
    "bytes": lambda path: replacing_bytes(path, force=True),
    "together": lambda path: replacing_together([path], force=True),
    "a further part": lambda path: replacing_together([path.with_name("first.shp"), path], force=True),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "history.gpkg"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(
            "PRAGMA application_id = 1196444487; CREATE TABLE meta (key, value); CREATE TABLE revision (number);"
        )
    return path


def copied(history: Path) -> Path:
    other = history.with_name("copy.csv")
    other.write_bytes(history.read_bytes())
    return other


def hard_linked(history: Path) -> Path:
    other = history.with_name("hard.csv")
    os.link(history, other)
    return other


def soft_linked(history: Path) -> Path:
    other = history.with_name("soft.csv")
    other.symlink_to(history.name)
    return other


def journal(history: Path) -> Path:
    return history.with_name("history.gpkg-wal")


def damaged(history: Path) -> Path:
    content = bytearray(history.read_bytes())
    content[100:108] = b"\xff" * 8  # the head of the first page, where the tables are listed
    history.write_bytes(content)
    return history


def in_use(history: Path) -> Path:
    with closing(sqlite3.connect(history)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    return history


@every_way
@pytest.mark.parametrize("place", [Path, copied, hard_linked, soft_linked, journal, damaged, in_use])
def test_a_database_that_keeps_a_history_is_never_written_over(
    history: Path, way: Callable[[Path], AbstractContextManager[Any]], place: Callable[[Path], Path]
) -> None:
    target = place(history)
    before = {path: path.read_bytes() for path in history.parent.iterdir()}
    with pytest.raises(FileInTheWayError, match=r"never overwritten.*Choose a different name"), way(target):
        pytest.fail("it was opened for writing")
    assert {path: path.read_bytes() for path in history.parent.iterdir()} == before


@every_way
def test_one_that_is_made_while_a_file_is_written_is_not_written_over(
    history: Path, way: Callable[[Path], AbstractContextManager[Any]]
) -> None:
    target, content = history.with_name("late.csv"), history.read_bytes()
    with pytest.raises(FileInTheWayError, match="never overwritten"), way(target):
        target.write_bytes(content)
    assert target.read_bytes() == content
    assert {path.name for path in history.parent.iterdir()} == {"history.gpkg", "late.csv"}


@every_way
def test_the_disk_has_all_of_a_file_before_it_has_its_name_and_then_the_name(
    way: Callable[[Path], AbstractContextManager[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, content = tmp_path / "a.csv", b"a row, " * 9
    target.write_bytes(b"of yesterday")
    old, synced = target.stat().st_ino, []

    def waited_for(descriptor: int) -> None:
        found = os.stat(descriptor)
        synced.append(
            (found.st_ino, None if stat.S_ISDIR(found.st_mode) else found.st_size, target.stat().st_ino == old)
        )

    monkeypatch.setattr(os, "fsync", waited_for)
    with way(target) as out:
        if isinstance(out, Path):
            (out / target.name).write_bytes(content)
        else:
            out.write(content if way is WAYS["bytes"] else content.decode())
    assert target.read_bytes() == content
    assert synced == [(target.stat().st_ino, len(content), True), (tmp_path.stat().st_ino, None, False)]


def test_other_sqlite_files_are_replaced_by_force(tmp_path: Path) -> None:
    exported = tmp_path / "exported.gpkg"
    with closing(sqlite3.connect(exported)) as made:
        made.executescript("PRAGMA application_id = 1196444487; CREATE TABLE incidents (fid INTEGER PRIMARY KEY);")
    assert not keeps_history(exported)
    with replacing(exported, force=True) as file:
        file.write("new")
    assert exported.read_text() == "new"


def test_a_file_that_is_made_meanwhile_is_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(FileInTheWayError, match="already"), replacing(tmp_path / "a.csv", force=False):
        (tmp_path / "a.csv").write_text("mine")
    assert (tmp_path / "a.csv").read_text() == "mine"


@every_way
@pytest.mark.parametrize("name", ["con.csv", "a\nb.csv", "x:y.csv", "dot."])
def test_a_name_that_is_none_on_some_system_is_refused(
    tmp_path: Path, way: Callable[[Path], AbstractContextManager[Any]], name: str
) -> None:
    with pytest.raises(FileNameError, match="Choose a different name"), way(tmp_path / name):
        pytest.fail("it was opened for writing")
    assert list(tmp_path.iterdir()) == []


@every_way
def test_only_a_file_is_replaced_and_never_a_folder_or_device(
    tmp_path: Path, way: Callable[[Path], AbstractContextManager[Any]]
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, what in (("folder", "a folder"), ("pipe", "a pipe")):
        with pytest.raises(GeoFileWriteError, match=f"cannot be written, because it is {what}"), way(tmp_path / name):
            pytest.fail("it was opened for writing")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "pipe"]


def left_by_a_killed_process(folder: Path) -> list[Path]:
    """What stays of a process that is gone: a draft file and a draft folder."""
    script = (
        "import os, sys; from pathlib import Path; from willay.geo import replacing, replacing_together\n"
        "folder = Path(sys.argv[1])\n"
        "with replacing(folder / 'a.csv', force=False) as file, replacing_together([folder / 'b.shp'], force=False) as "
        "parts:\n    (parts / 'b.shp').write_text('half'); file.write('half'); file.flush(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(folder)], check=False).returncode == 9
    return sorted(folder.iterdir())


def test_what_a_killed_process_left_is_removed_by_the_next_that_writes(tmp_path: Path) -> None:
    left = left_by_a_killed_process(tmp_path)
    assert len(left) == 2
    mine, other = draft_beside(tmp_path / "c.csv"), tmp_path / ".willay-notes"
    mine.write_text("this process is alive")
    other.write_text("not a draft")
    elsewhere = tmp_path / left[0].name.replace(left[0].name.split("-")[2], "0" * 8)
    elsewhere.write_text("another computer's")
    with replacing(tmp_path / "new.csv", force=False) as file:
        file.write("x")
    assert set(tmp_path.iterdir()) == {mine, other, elsewhere, tmp_path / "new.csv"}


def test_a_folder_that_is_not_there_has_nothing_to_remove(tmp_path: Path) -> None:
    remove_abandoned(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []
