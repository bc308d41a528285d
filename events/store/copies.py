"""Copies of a database: made while others read and write it, verified, and put in place whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from glob import escape
from typing import TYPE_CHECKING, Final

from willay.events.errors import DatabaseError, RefusedError

if TYPE_CHECKING:
    from pathlib import Path

_PAGES: Final = 4_096
"""Pages copied at once; between two portions others may write."""


def copy_database(source: Path, target: Path, *, force: bool = False) -> None:
    """Copy a database to a new file, by SQLite's online backup; the copy is one whole state.

    The copy is written beside the target, checked page by page, flushed to the disk and then renamed.

    Args:
        source: A database file, which may be in use.
        target: The copy.
        force: Replace a file that is there.

    Raises:
        RefusedError: The target is there, or is the source.
        DatabaseError: The source cannot be read, or the copy cannot be written; there is no half copy.
    """
    _require_room(source, target, force=force)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _copy_pages(source, draft)
        _verify(draft)
        _flush(draft)
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise DatabaseError(
            f"{source} cannot be copied to {target}: {error}. Check the folder and the disk."
        ) from error
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def restore_database(backup: Path, target: Path, *, force: bool = False) -> Path | None:
    """Put a copy of a backup in the place of a database; a database that is there is kept beside it.

    Args:
        backup: The backup, which stays.
        target: Where the database is to be.
        force: Do so even if there is one.

    Returns:
        What the database that was there is called now, or None where there was none.

    Raises:
        RefusedError: There is a database, and `force` was not given.
        DatabaseError: The copy cannot be written; what was there is as before.
    """
    if not target.exists():
        copy_database(backup, target)
        return None
    if not force:
        raise RefusedError(f"There is a database {target} already. To put the backup in its place: --force.")
    kept = _free_name(target)
    copy_database(target, kept)
    copy_database(backup, target, force=True)
    return kept


def copies_beside(path: Path) -> list[Path]:
    """Return the copies of a database that willay made beside it: before an upgrade, and before a backup came back."""
    stem = escape(path.stem)
    patterns = (f"{stem}.schema-*.backup*{path.suffix}", f"{stem}.before-restore-*{path.suffix}")
    return sorted(copy for pattern in patterns for copy in path.parent.glob(pattern))


def _free_name(path: Path) -> Path:
    number = 1
    while (name := path.with_name(f"{path.stem}.before-restore-{number}{path.suffix}")).exists():
        number += 1
    return name


def _require_room(source: Path, target: Path, *, force: bool) -> None:
    if target.exists() and target.samefile(source):
        raise RefusedError(f"{target} is the database itself. Give the copy another name.")
    if target.exists() and not force:
        raise RefusedError(f"There is a file {target} already. Give another name, or have it replaced: --force.")


def _copy_pages(source: Path, draft: Path) -> None:
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=30)) as old, closing(sqlite3.connect(draft)) as new:
        old.backup(new, pages=_PAGES)
        new.execute("PRAGMA journal_mode = DELETE").close()


def _verify(draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as copy:
        answer = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != ("ok",):
        raise DatabaseError(f"The copy is damaged ({answer[0]}); so the original may be. Run: willay check")


def _flush(draft: Path) -> None:
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
