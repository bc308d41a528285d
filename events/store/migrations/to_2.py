"""Schema 2: rows of datasets that became incidents; sensitivity; who is to review an incident.

The statements are written out and never change again, whatever becomes of the tables later.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_STATEMENTS: Final = (
    "ALTER TABLE source ADD COLUMN sensitivity TEXT",
    "ALTER TABLE actor ADD COLUMN sensitivity TEXT",
    "ALTER TABLE incident ADD COLUMN original TEXT",
    "ALTER TABLE incident ADD COLUMN sensitivity TEXT",
    "ALTER TABLE incident ADD COLUMN assigned_to TEXT",
    "ALTER TABLE place ADD COLUMN sensitivity TEXT",
    "ALTER TABLE revision ADD COLUMN seal TEXT",
    """
    CREATE TABLE import_row (
        dataset TEXT NOT NULL, external_id TEXT NOT NULL, incident INTEGER NOT NULL, digest BLOB NOT NULL,
        PRIMARY KEY (dataset, external_id),
        FOREIGN KEY(dataset) REFERENCES dataset (name), FOREIGN KEY(incident) REFERENCES incident (fid)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_import_row_incident ON import_row (incident)",
    "DROP VIEW incidents",
    "CREATE VIEW incidents AS SELECT * FROM face WHERE status IN ('draft', 'in-review', 'published')",
    "DROP VIEW claims",
    """
    CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published')""",
)


def upgrade(connection: Connection) -> None:
    """Turn schema 1 into schema 2, within the caller's transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    _seal(connection)


def _seal(connection: Connection) -> None:
    """Seal the revisions there are, each over the seal before and all that it says."""
    rows = connection.exec_driver_sql(
        "SELECT number, subject_kind, subject_id, author, recorded_at, action, reason, previous_digest, digest"
        " FROM revision ORDER BY number"
    ).all()
    seal, seals = "", []
    for row in rows:
        said = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
        seal = hashlib.sha256(f"{seal}{said}".encode()).hexdigest()
        seals.append((seal, row[0]))
    if seals:
        connection.exec_driver_sql("UPDATE revision SET seal = ? WHERE number = ?", seals)
