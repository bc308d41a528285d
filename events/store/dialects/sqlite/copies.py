"""Copies of a database: one whole state, without what was deleted, verified, and put in place whole or not at all.

SQLite keeps what was deleted in pages that it may use again. A copy is written again, row by row (VACUUM INTO), so that
none of them is in it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from threading import get_ident
from typing import TYPE_CHECKING, Final

from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store.dialects.sqlite.engine import cause_in_words, require_file
from willay.events.store.files.replacement import companions, put_in_place, with_companions
from willay.geo import check_file_name
from willay.geo.inputs import named
from willay.geo.temporary import draft_beside, remove_abandoned
from willay.geo.translation import tr
from willay.geo.writing import flush_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY_SECONDS: Final = 30
_QUICK_BYTES: Final = 1 << 26
"""What is copied within a second or two."""


def copy_database(source: Path, target: Path, *, force: bool = False) -> None:
    """Copy a database to another file while others may read and write it; the copy is one whole state.

    The copy is written next to the target, checked page by page, flushed to the disk, and then takes the target's
    place, where it is checked again.

    Args:
        source: A database file, which may be in use.
        target: The copy. Of a link, what it points to is replaced.
        force: Replace a file that is there, and the journals that lie next to it.

    Raises:
        FileNameError: No file can have the target's name on every system.
        RefusedError: The target is there, or is the source.
        DatabaseError: The source cannot be read, or the copy cannot be written; there is no half copy.
    """
    check_file_name(target)
    place = target.resolve()
    _check_room(place, source, force=force)
    with draft_of(place) as draft:
        write_copy(source, draft)
        put_in_place(draft, place, verify)


@dataclass(frozen=True, slots=True)
class MemoryCopy:
    """A copy of a database in memory.

    Attributes:
        content: The bytes of its file.
        incidents: How many incidents it holds, without the retracted.
    """

    content: bytes
    incidents: int


def copy_in_memory(source: Path) -> MemoryCopy:
    """Copy a database into memory: nothing of it is written to any file.

    Raises:
        DatabaseError: The source cannot be read, is damaged, or does not fit into memory.
    """
    name = f"file:willay-copy-{get_ident()}?mode=memory&cache=shared"
    with (
        _failing_clearly(tr("{source} cannot be copied", source=source)),
        closing(sqlite3.connect(name, uri=True)) as held,
    ):
        with _shared(source) as connection:
            connection.execute("PRAGMA temp_store = MEMORY").close()
            connection.execute("VACUUM INTO ?", (name,)).close()
        _require_sound(held)
        incidents = int(held.execute("SELECT count(*) FROM incidents").fetchone()[0])
        return MemoryCopy(held.serialize(), incidents)


def write_copy(source: Path, draft: Path, *, shared: bool = True) -> None:
    """Write one whole state of a database to a new file, check it, and wait until it is on the disk.

    Args:
        source: The database.
        draft: The new file.
        shared: Whether others may be writing to the source; else not a byte of it changes.

    Raises:
        DatabaseError: The source cannot be read, or the copy cannot be written or is damaged.
    """
    with _failing_clearly(tr("{source} cannot be copied", source=source)):
        with _shared(source) if shared else _read_only(source) as connection:
            connection.execute("VACUUM INTO ?", (str(draft),)).close()
        verify(draft)
        _flush(draft)


def verify(path: Path) -> None:
    """Make sure that a file is an undamaged database that nothing waits to be played into.

    Raises:
        DatabaseError: It is not.
    """
    if left := [journal.name for journal in companions(path) if journal.exists()]:
        raise DatabaseError(
            tr(
                "{path} is next to a journal of a different database: {left}. Move that to another folder.",
                path=path,
                left=", ".join(left),
            )
        )
    with _failing_clearly(tr("{path} cannot be checked", path=path)), _read_only(path) as copy:
        _require_sound(copy)


def _check_room(place: Path, source: Path, *, force: bool) -> None:
    """Make sure that a copy of a database may be put in a place.

    Raises:
        RefusedError: Something is there and `force` was not given, or it is the database itself, or not a file.
        DatabaseError: The folder is missing.
    """
    if not place.parent.is_dir():
        raise DatabaseError(
            tr(
                "The folder {parent} for the copy does not exist. Create it, or choose a different folder.",
                parent=named(place.parent),
            )
        )
    if place.exists() and place.samefile(source):
        raise RefusedError(tr("{place} is the database itself. Choose a different name for the copy.", place=place))
    require_file(place)
    if (there := with_companions(place)) and not force:
        raise RefusedError(
            tr("The file {path} already exists. Choose a different name, or replace it: --force.", path=there[0])
        )


@contextmanager
def draft_of(place: Path) -> Iterator[Path]:
    """Name the file in which a copy is made; it is gone in the end, one way or another."""
    remove_abandoned(place.parent)
    draft = draft_beside(place)
    try:
        yield draft
    finally:
        for leftover in (draft, *companions(draft)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


@contextmanager
def _read_only(source: Path) -> Iterator[sqlite3.Connection]:
    with closing(
        sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
    ) as connection:
        yield connection


@contextmanager
def _shared(source: Path) -> Iterator[sqlite3.Connection]:
    """Open a database so that nobody waits long to write to it while it is read.

    Others wait for the copy of a small one, which is not changed in any byte. A large one is put into write-ahead mode
    for the time, as any writer does, so that they need not wait.
    """
    if source.stat().st_size < _QUICK_BYTES:
        with _read_only(source) as connection:
            yield connection
        return
    uri = f"{source.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
        with suppress(sqlite3.OperationalError):  # it may not be written, so nobody waits
            connection.execute("PRAGMA journal_mode = WAL").close()
        yield connection
        with suppress(sqlite3.OperationalError):  # somebody else has it open, and will do the same in the end
            connection.execute("PRAGMA journal_mode = DELETE").close()


def earlier_copies(path: Path) -> list[Path]:
    """Return the copies of a database next to it that willay made before an upgrade, or before it was replaced."""
    stem = escape(path.stem)
    patterns = (f"{stem}.schema-*.backup*{path.suffix}", f"{stem}.before-*{path.suffix}")
    return sorted(copy for pattern in patterns for copy in path.parent.glob(pattern))


def _flush(draft: Path) -> None:
    flush_file(draft)


@contextmanager
def _failing_clearly(what: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError:
        raise
    except (sqlite3.Error, OSError, MemoryError) as error:
        raise DatabaseError(
            tr(
                "{what}: {reason}. Check the folder and the disk.",
                what=what,
                reason=cause_in_words(error) if str(error) else tr("not enough memory"),
            )
        ) from error


def _require_sound(connection: sqlite3.Connection) -> None:
    answer = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != ("ok",):
        raise DatabaseError(
            tr("The copy is damaged ({answer}); so the original may be. Run: willay check", answer=answer[0])
        )
