"""Databases that keep a history: files that grow over years, and that nothing which is written once may replace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

HISTORY_TABLES: Final = ("meta", "revision")
"""The tables that distinguish such a database from a GeoPackage exported from it."""

JOURNALS: Final = ("-wal", "-shm", "-journal")
"""The endings that SQLite adds to the name of a database for its auxiliary files."""

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 72
_GEOPACKAGE: Final = b"GPKG"


def keeps_history(path: Path) -> bool:
    """Return whether a file is a database that keeps a history, or a damaged one that may have been, by its content.

    It follows links, and neither waits for others who use the file nor changes anything.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except OSError:
        return False
    return head.startswith(_MAGIC) and _has_tables(path, unreadable=head.endswith(_GEOPACKAGE))


def history_of(path: Path) -> Path | None:
    """Return the database with a history that a path is, or is the journal of; None where it is neither."""
    owners = [path.with_name(path.name.removesuffix(end)) for end in JOURNALS if path.name.endswith(end)]
    return next((owner for owner in (path, *owners) if owner.is_file() and keeps_history(owner)), None)


def _has_tables(path: Path, *, unreadable: bool) -> bool:
    marks = ", ".join("?" for _ in HISTORY_TABLES)
    asked = f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ({marks})"  # noqa: S608 — marks only
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as file:
            return bool(file.execute(asked, HISTORY_TABLES).fetchone()[0] == len(HISTORY_TABLES))
    except sqlite3.Error:
        return unreadable
