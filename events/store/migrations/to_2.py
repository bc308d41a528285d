"""Schema 2: rows of datasets that became incidents; sensitivity; who is to review an incident.

The statements are written out and never change again, whatever becomes of the tables later.
"""

from __future__ import annotations

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
