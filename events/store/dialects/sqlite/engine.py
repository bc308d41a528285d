"""Connections: how a file is opened, written safely, and left alone; what differs between SQLite and a server.

A SQLite file is read as it is, in any journal mode. The first write turns on write-ahead logging, so that readers and
a writer do not wait for each other; closing turns it off again and leaves one file that can be mailed.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, create_engine, event
from sqlalchemy.exc import DatabaseError as SqlDatabaseError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from willay.events.model.advice import command
from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store.dialects.sqlite.geopackage import APPLICATION_ID
from willay.geo.inputs import kind_of, named
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

BUSY_SECONDS: Final = 30
"""How long a write waits for another process that is writing."""

_MAGIC: Final = b"SQLite format 3\0"
_HEADER_BYTES: Final = 72
_APPLICATION_ID_AT: Final = 68


def make_engine(path: Path) -> Engine:
    """Make the engine of a file; nothing is opened yet."""
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 — the driver's connection
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    pragmas = ("foreign_keys = ON", "synchronous = FULL", f"busy_timeout = {BUSY_SECONDS * 1000}", "secure_delete = ON")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(connection: Connection, path: Path) -> Iterator[Connection]:
    """Read one state of the database, whatever others write meanwhile.

    Raises:
        DatabaseError: The file is damaged or locked.
    """
    with clear_errors(path), connection.begin():
        yield connection


@contextmanager
def writing(connection: Connection, path: Path, *, log: bool = True) -> Iterator[Connection]:
    """Write all or nothing.

    Args:
        connection: Outside a transaction.
        path: The file, for messages.
        log: Write ahead into a log next to the file. Not while the file is made, so that its first bytes show from the
            beginning what it is.

    Raises:
        DatabaseError: The file cannot be written, is damaged or locked.
    """
    with clear_errors(path):
        if log:
            _driver_pragma(connection, "journal_mode = WAL")
        connection.execution_options(writes=True)
        try:
            with connection.begin():
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                yield connection
        finally:
            connection.execution_options(writes=False)


_GIVE_UP_MS: Final = 500
"""How long who closes a file waits for others that close it at the same time, milliseconds."""


def leave_alone(connection: Connection) -> None:
    """Bring everything into the one file, so that no journal stays next to it; not while another process uses it."""
    if _driver_pragma(connection, "journal_mode") != "wal":
        return
    try:
        _driver_pragma(connection, f"busy_timeout = {_GIVE_UP_MS}")  # whoever closes last does it
        _driver_pragma(connection, "wal_checkpoint(TRUNCATE)")
        _driver_pragma(connection, "journal_mode = DELETE")
    except Exception as error:  # the driver's own classes, which differ
        if "locked" not in str(error):
            raise


def rewrite(connection: Connection, path: Path) -> None:
    """Write a file again, page by page, without free pages, and cut its log to nothing.

    Args:
        connection: Outside a transaction.
        path: The file, for messages.

    Raises:
        DatabaseError: The file cannot be written, or another program is using it.
    """
    try:
        with clear_errors(path):
            connection.connection.cursor().execute("VACUUM").close()
            is_busy = _driver_pragma(connection, "wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:
        message = tr(
            "What was deleted is out of the record, but may be in free pages of the file still: {reason} Then run the "
            "same command again.",
            reason=error,
        )
        raise DatabaseError(message) from error
    if is_busy:
        raise DatabaseError(
            tr(
                "{path}: another program is reading it, so its log file still contains what was deleted. "
                "Close that program, and run the same command again.",
                path=path,
            )
        )


def _driver_pragma(connection: Connection, pragma: str) -> Any:  # noqa: ANN401 — what SQLite answers
    """Run a pragma outside any transaction, where the journal mode can be changed."""
    cursor = connection.connection.cursor()
    try:
        row = cursor.execute(f"PRAGMA {pragma}").fetchone()
        return row and row[0]
    finally:
        cursor.close()


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Turn the driver's errors into ones that say what to do.

    Raises:
        DatabaseError: Whatever the driver raised.
    """
    import sqlite3  # noqa: PLC0415 — the driver of this dialect only

    try:
        yield
    except (DBAPIError, SqlDatabaseError, sqlite3.Error) as error:
        cause = getattr(error, "orig", None) or error
        raise DatabaseError(f"{path}: {cause_in_words(cause)}. {_advice(cause)}") from error


_CAUSES: Final = (
    mark("attempt to write a readonly database"),
    mark("database disk image is malformed"),
    mark("database is locked"),
    mark("database or disk is full"),
    mark("database table is locked"),
    mark("disk I/O error"),
    mark("file is not a database"),
    mark("unable to open database file"),
)
"""What SQLite says of an error that people meet."""


def cause_in_words(cause: BaseException) -> str:
    """Return what SQLite says of an error, in the language of now where it is one of those that people meet."""
    said = str(cause)
    return tr(said) if said in _CAUSES else said


def _advice(error: BaseException) -> str:
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED":
        return tr(
            "The file was replaced by another file while it was open, as a restore does. What was "
            "written since then is in the replaced file, which was renamed. Open the database again."
        )
    cause = str(error)
    if "locked" in cause or "busy" in cause:
        return tr("Another program is writing to it; close that program, or try again.")
    if "readonly" in cause:
        return tr("The file or its folder may not be written; copy it to where you may write.")
    return tr("Run 'willay check' on it; if it is damaged, go back to a backup.")


def require_file(place: Path) -> None:
    """Make sure that there is nothing else than a file where a database is to be.

    Raises:
        RefusedError: There is a folder, a device, or the like.
    """
    if place.exists() and not place.is_file():
        raise RefusedError(
            tr(
                "{place} is {kind}. Give the name of a file, such as peru.gpkg.",
                place=named(place),
                kind=kind_of(place),
            )
        )


def check_file(path: Path) -> None:
    """See from its first bytes that a file is a GeoPackage, without opening it as a database.

    Raises:
        DatabaseError: There is none, or it is something else.
    """
    if not path.exists():
        raise DatabaseError(
            tr(
                "The file {path} does not exist. Create a database with: {command}",
                path=path,
                command=command("init", path),
            )
        )
    if not path.is_file():
        raise DatabaseError(
            tr(
                "{path} is {kind}; a database was expected, such as peru.gpkg.",
                path=named(path),
                kind=kind_of(path),
            )
        )
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if not head.startswith(_MAGIC):
        raise DatabaseError(
            tr("{path} is not a willay database (not an SQLite file). Nothing was changed in it.", path=path)
        )
    if int.from_bytes(head[_APPLICATION_ID_AT:_HEADER_BYTES], "big") != APPLICATION_ID:
        raise DatabaseError(
            tr(
                "{path} is not a willay database (an SQLite file, but not a GeoPackage). Nothing was changed in it.",
                path=path,
            )
        )
