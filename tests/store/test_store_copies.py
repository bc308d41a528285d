"""Copies: one whole state, nothing that was deleted, and no moment at which an encrypted one lies open."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pyrage
import pytest

from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store import Store
from willay.events.store.dialects.sqlite import copies
from willay.events.store.files.encryption import decrypted
from willay.geo import FileInTheWayError, FileNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = b"the witness of the ravine"


def with_deleted(store: Store) -> Path:
    """A database in whose unused pages a value lingers that was deleted, as SQLite leaves it unless told otherwise."""
    store.close()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as file:
        file.execute("PRAGMA secure_delete = OFF")
        file.execute("CREATE TABLE t (words)")
        file.executemany("INSERT INTO t VALUES (?)", [(f"{SECRET.decode()} {n} {'x' * 500}",) for n in range(500)])
        file.execute("DROP TABLE t")
    assert SECRET in store.path.read_bytes()
    return store.path


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, with their row numbers."""
    with closing(sqlite3.connect(path)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'")
        return {name: file.execute(f'SELECT rowid, * FROM "{name}"').fetchall() for (name,) in tables.fetchall()}  # noqa: S608 — our own names


def test_a_copy_has_every_row_under_its_number_and_nothing_that_was_deleted(store: Store, tmp_path: Path) -> None:
    source = with_deleted(store)
    with Store.open(source) as again:
        again.file.copy_to(tmp_path / "copy.gpkg")
    assert SECRET not in (tmp_path / "copy.gpkg").read_bytes()
    with closing(sqlite3.connect(tmp_path / "copy.gpkg")) as copy:
        assert copy.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert rows(tmp_path / "copy.gpkg") == rows(source)
    with Store.open(tmp_path / "copy.gpkg") as copied:
        assert copied.file.check() == ()
    head, original = (path.read_bytes()[60:72] for path in (tmp_path / "copy.gpkg", source))
    assert head == original  # the version and the application id of a GeoPackage


def test_an_encrypted_copy_has_nothing_that_was_deleted_either(store: Store, tmp_path: Path) -> None:
    source, identity = with_deleted(store), pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(str(identity))
    with Store.open(source) as again:
        assert again.file.copy_encrypted(tmp_path / "c.age", [str(identity.to_public())]) == 4
    content = decrypted(tmp_path / "c.age", tmp_path / "key")
    assert content.startswith(b"SQLite format 3\0")
    assert SECRET not in content
    (tmp_path / "opened.gpkg").write_bytes(content)
    assert rows(tmp_path / "opened.gpkg") == rows(source)


def test_copying_a_small_database_does_not_change_a_byte_of_it(store: Store, tmp_path: Path) -> None:
    store.close()
    before = store.path.read_bytes()
    with Store.open(store.path) as again:
        again.file.copy_to(tmp_path / "copy.gpkg")
    assert store.path.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"test.gpkg", "copy.gpkg"}


class Interrupting(sqlite3.Connection):
    """A connection that lets something happen in the midst of a copy."""

    happens: Any = None

    def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
        if statement.startswith("VACUUM INTO"):
            self.set_progress_handler(self.interrupt, 100)
        return super().execute(statement, *given)

    def interrupt(self) -> int:
        happens, Interrupting.happens = Interrupting.happens, None
        if happens is not None:
            happens()
        return 0


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Interrupting]]:
    """Every database counts as a large one, and something can happen while it is copied."""
    monkeypatch.setattr(copies, "_QUICK_BYTES", 0)
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda *given, **named: connect(*given, **{"factory": Interrupting, **named})
    )
    yield Interrupting
    Interrupting.happens = None


def test_others_write_while_a_large_database_is_copied_and_the_copy_is_as_before(
    store: Store, tmp_path: Path, large: type[Interrupting]
) -> None:
    store.close()
    script = (
        "import sys; from willay.events.store import Store\n"
        "with Store.open(sys.argv[1]) as store: store.write.edit('bridge', {'tags': ['now']}, author='ana', reason='x')"
    )
    wrote: list[int] = []

    def happens() -> None:
        ran = subprocess.run([sys.executable, "-c", script, str(store.path)], check=False)
        wrote.append(ran.returncode)

    large.happens = staticmethod(happens)
    with Store.open(store.path) as again:
        again.file.copy_to(tmp_path / "copy.gpkg")
    assert wrote == [0]
    with Store.open(store.path) as now, Store.open(tmp_path / "copy.gpkg") as copied:
        assert now.read.draft("bridge").draft.tags == ("now",)
        assert copied.read.draft("bridge").draft.tags != ("now",)
        assert copied.file.check() == ()
    assert {path.name for path in tmp_path.iterdir()} == {"test.gpkg", "copy.gpkg"}


def test_a_copy_is_never_made_over_the_database_itself(store: Store, tmp_path: Path) -> None:
    hard, soft = tmp_path / "hard.gpkg", tmp_path / "soft.gpkg"
    os.link(store.path, hard)
    soft.symlink_to(store.path)
    for target in (store.path, hard, soft):
        with pytest.raises(RefusedError, match="is the database itself"):
            store.file.copy_to(target, force=True)
    assert store.file.check() == ()


def test_the_target_of_a_copy_is_a_file_with_a_name(store: Store, tmp_path: Path) -> None:
    store.write.edit("bridge", {"tags": ["oil"]}, author="ana", reason="x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(RefusedError, match="is a folder"):
        store.file.copy_to(tmp_path / "folder", force=True)
    for name in ("file:copy.gpkg?mode=memory", ":memory:", "nul.gpkg", "copy.gpkg "):
        with pytest.raises(FileNameError):
            store.file.copy_to(Path(name))
    assert {path.name for path in tmp_path.iterdir()} == {"test.gpkg", "test.gpkg-wal", "test.gpkg-shm", "folder"}


def test_an_encrypted_copy_replaces_a_file_by_force_and_never_a_database(store: Store, tmp_path: Path) -> None:
    key = [str(pyrage.x25519.Identity.generate().to_public())]
    (tmp_path / "old.age").write_bytes(b"old")
    with pytest.raises(FileInTheWayError, match="already"):
        store.file.copy_encrypted(tmp_path / "old.age", key)
    store.file.copy_encrypted(tmp_path / "old.age", key, force=True)
    assert (tmp_path / "old.age").read_bytes().startswith(b"age-encryption.org")
    store.file.copy_to(tmp_path / "other.age")
    with pytest.raises(FileInTheWayError, match="never overwritten"):
        store.file.copy_encrypted(tmp_path / "other.age", key, force=True)
    with pytest.raises(RefusedError, match="is not a public key of age"):
        store.file.copy_encrypted(tmp_path / "new.age", ["age1x"])
    assert not (tmp_path / "new.age").exists()


WATCHED = """
import os, sys
from pathlib import Path
store_path, target, key, *folders = sys.argv[1:]
from willay.events.store import Store
LAYERS = ("posix", "_io", "io", "sqlite3", "_sqlite3", "pyrage")
busy, found, looked = False, set(), 0

def watch(frame, event, about):
    global busy, looked
    if busy or event != "c_return":
        return
    home = getattr(about, "__module__", None) or type(getattr(about, "__self__", None)).__module__
    if home not in LAYERS:
        return
    busy, looked = True, looked + 1
    for folder in folders:
        for root, _, names in os.walk(folder):
            for name in names:
                path = Path(root, name)
                if path == Path(store_path) or path.name.startswith(Path(store_path).name + "-"):
                    continue
                try:
                    content = path.read_bytes()
                except OSError:
                    continue
                if b"SQLite format 3" in content or b"Secuestro en el puente" in content:
                    found.add(name)
    busy = False

with Store.open(store_path) as store:
    sys.setprofile(watch)
    store.file.copy_encrypted(Path(target), [key])
    sys.setprofile(None)
assert looked > 20, looked
print(sorted(found))
"""


def test_at_no_moment_does_an_encrypted_copy_lie_unencrypted_in_any_file(store: Store, tmp_path: Path) -> None:
    """A process that is killed leaves what is there at some moment: so this holds for one that is killed, too."""
    store.close()
    assert b"Secuestro en el puente" in store.path.read_bytes()
    for name in ("target", "temporary"):
        (tmp_path / name).mkdir()
    key = str(pyrage.x25519.Identity.generate().to_public())
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, str(store.path), str(tmp_path / "target" / "c.age"), key, str(tmp_path)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary"), "SQLITE_TMPDIR": str(tmp_path / "temporary")},
    )  # fmt: skip
    assert (ran.stderr, ran.stdout) == ("", "[]\n")
    assert (tmp_path / "target" / "c.age").read_bytes().startswith(b"age-encryption.org")
    assert list((tmp_path / "temporary").iterdir()) == []


class Asked(sqlite3.Connection):
    """A connection that is asked, when it copies, where it puts what it cannot hold in its cache: 2 is memory."""

    found: ClassVar[list[int]] = []

    def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
        if statement.startswith("VACUUM INTO"):
            self.found.extend(super().execute("PRAGMA temp_store").fetchone())
        return super().execute(statement, *given)


def test_an_encrypted_copy_of_a_database_of_any_size_needs_no_temporary_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **{"factory": Asked, **named}))
    monkeypatch.setattr(Asked, "found", [])
    store.close()
    copies.copy_in_memory(store.path)
    assert Asked.found == [2]


def test_a_damaged_database_is_not_copied(store: Store, tmp_path: Path) -> None:
    store.close()
    content = bytearray(store.path.read_bytes())
    content[8 * 4096 : 40 * 4096] = b"\xaa" * 32 * 4096
    store.path.write_bytes(content)
    for copy in (
        lambda: copies.copy_database(store.path, tmp_path / "c.gpkg"),
        lambda: copies.copy_in_memory(store.path),
    ):
        with pytest.raises(DatabaseError, match=r"test\.gpkg cannot be copied|is damaged"):
            copy()
    assert [path.name for path in tmp_path.iterdir()] == ["test.gpkg"]
