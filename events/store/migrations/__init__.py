"""Migrations: from the schema of a file that an earlier willay made to today's, one number at a time.

Each module `to_N` has a function `upgrade(connection)` that turns schema N-1 into N within the caller's transaction.
A database is copied next to itself before it is changed (`NAME.schema-1.backup.gpkg`), so that nothing can be lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from willay.events.model.errors import DatabaseError
from willay.events.store.dialects.sqlite.copies import copy_database
from willay.events.store.files.replacement import with_companions
from willay.events.store.migrations import to_2, to_3, to_4, to_5, to_6, to_7, to_8
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection

UPGRADES: Final[Mapping[int, Callable[[Connection], None]]] = {
    2: to_2.upgrade,
    3: to_3.upgrade,
    4: to_4.upgrade,
    5: to_5.upgrade,
    6: to_6.upgrade,
    7: to_7.upgrade,
    8: to_8.upgrade,
}
"""What turns the schema before into each; the highest is the present one."""

WRITTEN_SINCE: Final = 8
"""The schema since which an incident's columns follow from its document; those of earlier files are written again."""


def backup_name(path: Path, version: int) -> Path:
    """Return the name of the copy that is made before a schema is changed; a number is added where it is taken."""
    wanted = path.with_name(f"{path.stem}.schema-{version}.backup{path.suffix}")
    number = 2
    while with_companions(wanted):
        wanted = path.with_name(f"{path.stem}.schema-{version}.backup-{number}{path.suffix}")
        number += 1
    return wanted


def back_up(path: Path, version: int) -> Path:
    """Copy a database next to itself before its schema is changed; return the copy.

    Raises:
        DatabaseError: The folder cannot be written, or the disk is full. The database was not changed.
    """
    copy = backup_name(path, version)
    try:
        copy_database(path, copy)
    except DatabaseError as error:
        raise DatabaseError(
            tr(
                "{path} was made by an earlier willay (schema {version}) and must be brought up to date, "
                "but it could not be copied to {name} first: {error} Nothing was changed. Copy the file "
                "to a folder you may write to.",
                path=path,
                version=version,
                name=copy.name,
                error=error,
            )
        ) from error
    return copy


def upgrade(connection: Connection, version: int, program: str) -> None:
    """Bring the tables from a schema to the present one.

    Args:
        connection: Within a transaction that writes.
        version: The schema that the file has.
        program: The version of willay that does it; an older one reports that it needs this one.
    """
    for number in sorted(UPGRADES):
        if number > version:
            UPGRADES[number](connection)
            statement = text("UPDATE meta SET value = :value WHERE key = :key")
            told = {"schema_version": str(number), "willay_version": program}
            connection.execute(statement, [{"key": key, "value": value} for key, value in told.items()])
