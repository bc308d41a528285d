"""Schema 7: what one act recorded is one change, with a Merkle root and a seal of its office; attachments.

Each revision there was becomes a change of its own with the same number and its seal, which is over what it was over
before; it belongs to no office. Digests become bytes. What holds them (`revision`) is written again with the same
numbers. The file gets the id of an office, which no other has. Sources list attachments,
as incidents do in their documents, and a table has their contents. The statements are written out and never change
again.
"""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection

_MADE: Final = (
    "CREATE TABLE office (number INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (number), UNIQUE (id))",
    """
    CREATE TABLE change (
        number INTEGER NOT NULL, office INTEGER, office_number INTEGER, author TEXT NOT NULL,
        recorded_at TEXT NOT NULL, arrived_at TEXT NOT NULL, reason TEXT NOT NULL, subjects INTEGER NOT NULL, root BLOB,
        office_seal BLOB, seal BLOB,
        PRIMARY KEY (number), UNIQUE (office, office_number), FOREIGN KEY(office) REFERENCES office (number)
    )""",
    "CREATE INDEX change_arrival ON change (arrived_at)",
    "DROP INDEX revision_subject",
    "DROP INDEX revision_moment",
    "DROP INDEX revision_sensitivity",
    "DROP INDEX revision_origin",
    "ALTER TABLE revision RENAME TO revision_6",
    """
    CREATE TABLE revision (
        number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL, subject_kind TEXT NOT NULL,
        subject_id TEXT NOT NULL, action TEXT NOT NULL, previous_digest BLOB, digest BLOB NOT NULL, masked_digest BLOB,
        origin TEXT, document TEXT,
        FOREIGN KEY(change) REFERENCES change (number)
    )""",
    "CREATE INDEX revision_subject ON revision (subject_id)",
    "CREATE INDEX revision_change ON revision (change)",
    "CREATE INDEX revision_sensitivity ON revision (number) WHERE document LIKE '%\"sensitivity\":%'",
    "CREATE INDEX revision_origin ON revision (subject_id) WHERE origin IS NOT NULL",
)
_ATTACHMENTS: Final = (
    "ALTER TABLE source ADD COLUMN attachments TEXT",
    "CREATE TABLE attachment_content (sha256 TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (sha256))",
)
_VIEW: Final = """
    CREATE VIEW revisions AS SELECT
        revision.number, change, subject_kind, subject_id, author, recorded_at, arrived_at, action, reason,
        previous_digest, digest, masked_digest, origin, document
    FROM revision JOIN change ON change.number = revision.change"""
_READ: Final = (
    "SELECT number, author, recorded_at, reason, seal, subject_kind, subject_id, action, previous_digest, digest,"
    " masked_digest, origin, document FROM revision_6 ORDER BY number"
)
_CHANGE: Final = (
    "INSERT INTO change (number, author, recorded_at, arrived_at, reason, subjects, seal) VALUES (?, ?, ?, ?, ?, 1, ?)"
)
_REVISION: Final = "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE: Final = 5_000
_OFFICE_BYTES: Final = 16


def upgrade(connection: Connection) -> None:
    """Turn schema 6 into schema 7, within the caller's transaction."""
    given = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'revision'").scalar()
    for statement in (*_MADE, *_ATTACHMENTS):
        connection.exec_driver_sql(statement)
    office = base64.b32encode(secrets.token_bytes(_OFFICE_BYTES)).decode().rstrip("=").lower()
    connection.exec_driver_sql("INSERT INTO office VALUES (1, ?)", (office,))
    for rows in _parts(connection):
        changes = [(row[0], row[1], row[2], row[2], row[3], _bytes(row[4]) or b"") for row in rows]
        connection.exec_driver_sql(_CHANGE, changes)
        revisions = [
            (row[0], row[0], *row[5:8], _bytes(row[8]), _bytes(row[9]), _bytes(row[10]), row[11], row[12])
            for row in rows
        ]
        connection.exec_driver_sql(_REVISION, revisions)
    connection.exec_driver_sql("DROP TABLE revision_6")
    connection.exec_driver_sql(_VIEW)
    if given is not None:  # numbers that were given are never given again
        connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'revision'")
        connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('revision', ?)", (given,))


def _parts(connection: Connection) -> Iterator[Sequence[Any]]:
    rows = connection.exec_driver_sql(_READ)
    while part := rows.fetchmany(_AT_ONCE):
        yield part


def _bytes(digest: str | None) -> bytes | None:
    """Return the bytes of a hexadecimal digest; of what somebody put in its place, other bytes, which fit nothing."""
    if digest is None:
        return None
    try:
        return bytes.fromhex(digest)
    except (ValueError, TypeError):
        return str(digest).encode()
