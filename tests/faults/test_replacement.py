"""A file takes the place of a database, and the process dies at any point: the old one or the new one is there."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import interrupted
import pytest
import worker

from willay.events.model.drafts import Bundle, draft
from willay.events.model.errors import EventsError
from willay.events.store import Store
from willay.events.store.restoring import restore_database
from willay.geo.temporary import remove_abandoned

if TYPE_CHECKING:
    from collections.abc import Callable

CRASHING = """
import os, sys
from willay.events.model.drafts import Bundle, draft
from willay.events.store import Store
sys.path.insert(0, sys.argv[2])
import worker
store = Store.open(sys.argv[1])
for number in range(5):
    store.write.add(draft(Bundle, {"incidents": [worker.incident(number, key=f"late-{number}")]}), author="ana")
os._exit(9)
"""


def made(path: Path, *keys: str) -> Path:
    """A database with incidents; one of the same keys is made once, and then copied."""
    path.write_bytes(_database(keys))
    return path


@cache
def _database(keys: tuple[str, ...]) -> bytes:
    incidents = [worker.incident(number, key=key) for number, key in enumerate(keys)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "w.gpkg"
        with Store.create(path, country="PE") as store:
            store.write.add(draft(Bundle, {"sources": [worker.SOURCE], "incidents": incidents}), author="ana")
        return path.read_bytes()


def once(state: Callable[[Path], None]) -> Callable[[Path], None]:
    """Make what is in a folder once, and then copy it: some of it is what a process leaves that was killed."""

    @cache
    def files() -> dict[str, bytes]:
        with TemporaryDirectory() as folder:
            state(Path(folder))
            return {path.name: path.read_bytes() for path in Path(folder).iterdir()}

    @wraps(state)
    def copied(folder: Path) -> None:
        for name, content in files().items():
            (folder / name).write_bytes(content)

    return copied


def crashed(path: Path) -> Path:
    """A database whose last writer was killed: five incidents are only in its write-ahead log."""
    made(path, "old")
    ran = subprocess.run([sys.executable, "-c", CRASHING, str(path), str(Path(worker.__file__).parent)], check=False)
    assert ran.returncode == 9
    assert path.with_name("w.gpkg-wal").stat().st_size
    return path


def holds(path: Path) -> set[str] | str:
    """The keys of what a database holds, or the words in which it is refused; nothing in it is wrong."""
    try:
        with Store.open(path) as store:
            assert interrupted.record_only(store) == ()
            with store._session.reading() as connection:
                return set(connection.exec_driver_sql("SELECT key FROM incident").scalars())
    except EventsError as error:
        return str(error).replace(str(path.parent), "")


def seen_by_others(folder: Path) -> set[str] | str | None:
    """The keys that a program sees which knows nothing of us, or its error; None where it finds no database."""
    copy = shutil.copytree(folder, folder.with_name(f"{folder.name}-copy")) / "w.gpkg"
    if not copy.exists():
        return None
    try:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA integrity_check").fetchall()
            return {key for (key,) in connection.execute("SELECT key FROM incident")}
    except sqlite3.Error as error:
        return str(error)
    finally:
        shutil.rmtree(copy.parent)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    chance = random.Random(1)
    for page in range(8, 40):
        content[page * 4096 : (page + 1) * 4096] = chance.randbytes(4096)
    path.write_bytes(content)


def closed(folder: Path) -> None:
    made(folder / "w.gpkg", "old")


@once
def with_a_log(folder: Path) -> None:
    crashed(folder / "w.gpkg")


@once
def damaged_with_a_log(folder: Path) -> None:
    damage(crashed(folder / "w.gpkg"))


@once
def removed_but_for_its_log(folder: Path) -> None:
    crashed(folder / "w.gpkg").unlink()


def of_another_kind(folder: Path) -> None:
    (folder / "w.gpkg").write_bytes(b"\xff\xd8\xff\xe0 a picture" * 999)


@once
def with_a_rollback_journal(folder: Path) -> None:
    """A database whose writer was killed while it changed pages in the file itself, with the old ones in a journal."""
    path = made(folder / "w.gpkg", "old")
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN')\n"
        "c.execute('UPDATE change SET reason = hex(zeroblob(9999))')\n"
        "c.execute('UPDATE incident SET title = hex(zeroblob(99999))'); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    assert path.with_name("w.gpkg-journal").exists()


BEFORE = [closed, with_a_log, damaged_with_a_log, removed_but_for_its_log, of_another_kind, with_a_rollback_journal]
FEW = [(closed, "restore"), (with_a_log, "restore"), (with_a_log, "restore_unsound"), (with_a_log, "back_up")]
ALL = [(state, what) for state in BEFORE for what in interrupted.DOING]
RUNS = [*FEW, *(pytest.param(*run, marks=pytest.mark.slow) for run in ALL if run not in FEW)]


@pytest.fixture
def template(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "template"
    folder.mkdir()
    request.param(folder)
    made(folder / "backup.gpkg", "new", "newer")
    return folder


@pytest.mark.parametrize(("template", "what"), RUNS, indirect=["template"])
def test_whenever_the_process_dies_the_old_one_or_the_new_one_is_there(
    template: Path, tmp_path: Path, what: str
) -> None:
    before = shutil.copytree(template, tmp_path / "before")
    others = seen_by_others(before)
    old = holds(before / "w.gpkg")
    runs = tmp_path / "runs"
    runs.mkdir()
    command = [sys.executable, interrupted.__file__, what, str(template), str(runs)]
    assert subprocess.run(command, check=False).returncode == 0
    folders = sorted(runs.iterdir())
    assert len(folders) > 10
    found = []
    for folder in folders:
        remove_abandoned(folder)  # as the next process does that writes anything there
        assert seen_by_others(folder) in (None, others, {"new", "newer"}), folder.name
        now = holds(folder / "w.gpkg")
        assert now in (old, {"new", "newer"}), folder.name
        found.append(now == {"new", "newer"})
        kept = folder / "w.before-restore-1.gpkg"
        if now != old and kept.exists():
            assert holds(kept) == (old if isinstance(old, set) else holds(kept))
        if any(path.name.startswith(".") for path in folder.iterdir()):
            restore_database(folder / "backup.gpkg", folder / "w.gpkg", force=True)
            assert holds(folder / "w.gpkg") == {"new", "newer"}
            assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []
    if what == "restore_unsound":
        assert not found[-1]
    else:
        assert found == sorted(found), "once the new one is there it stays"
        assert found[-1]
    assert holds(template / "backup.gpkg") == {"new", "newer"}
