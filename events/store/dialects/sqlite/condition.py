"""The condition of a database file, found without changing a byte of it or of anything next to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from willay.events.store.files.replacement import companions
from willay.events.store.schema.ids import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 100
_WRITE_VERSION_AT: Final = 18
_IS_WAL: Final = 2
_TOLD: Final = ("country", "created_at", "fields", "schema_version", "willay_version")


@dataclass(frozen=True, slots=True)
class FileCondition:
    """What can be said of a database file from outside.

    Attributes:
        size: Bytes.
        is_writable: Whether this user may write the file and into its folder.
        mode: The rights of the file as an octal number, such as 0o644.
        free: Bytes that are free on its disk.
        is_sqlite: Whether it begins as an SQLite file does.
        is_logged: Whether it says that it is written ahead into a log (WAL).
        journals: Sizes of the journals that lie next to it, by name.
        meta: What the database says of itself, but for what is secret; empty where that cannot be read.
        latest: When the latest change arrived; None where that cannot be read.
        damage: What SQLite's quick check found, or why it could not look; None if the file is sound.
    """

    size: int
    is_writable: bool
    mode: int
    free: int
    is_sqlite: bool
    is_logged: bool
    journals: Mapping[str, int] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    latest: datetime | None = None
    damage: str | None = None


def condition_of(path: Path) -> FileCondition:
    """Return the condition of a file, which is there.

    A file with journals next to it is read as it is, without them, and not checked: opening it would play them in.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    stated = path.stat()
    is_sqlite = len(head) == _HEADER_BYTES and head.startswith(_MAGIC)
    is_logged = is_sqlite and head[_WRITE_VERSION_AT] == _IS_WAL
    journals = {one.name: one.stat().st_size for one in companions(path) if one.exists()}
    meta, latest, damage = _inside(path, as_it_is=is_logged or bool(journals)) if is_sqlite else ({}, None, None)
    return FileCondition(
        size=stated.st_size,
        is_writable=os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK),
        mode=stated.st_mode & 0o777,
        free=shutil.disk_usage(path.resolve().parent).free,
        is_sqlite=is_sqlite,
        is_logged=is_logged,
        journals=journals,
        meta=meta,
        latest=latest,
        damage=damage,
    )


def _inside(path: Path, *, as_it_is: bool) -> tuple[dict[str, str], datetime | None, str | None]:
    """Return what a database says of itself, its latest change, and what is damaged."""
    meta: dict[str, str] = {}
    latest = damage = None
    uri = f"{path.resolve().as_uri()}?{'immutable=1' if as_it_is else 'mode=ro'}"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=1)) as connection:
            if not as_it_is:
                found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
                damage = None if found == "ok" else found
            listed = ", ".join("?" * len(_TOLD))  # not all of them: the key of disclosure is a secret
            meta = dict(connection.execute(f"SELECT key, value FROM meta WHERE key IN ({listed})", _TOLD).fetchall())  # noqa: S608 — question marks
            moment = connection.execute("SELECT max(arrived_at) FROM change").fetchone()[0]
            latest = None if moment is None else moment_of(str(moment))
    except (sqlite3.Error, ValueError) as error:
        damage = damage or (None if meta or as_it_is else str(error))
    return meta, latest, damage
