"""Schema 3: `face` keeps the whole incident frame without cards, so that long lists are read from it.

The statements are written out and never change again, whatever becomes of the tables later. The new table is empty:
what is derived is derived again after the last upgrade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_STATEMENTS: Final = (
    "DROP VIEW incidents",
    "DROP TABLE face",
    """
    CREATE TABLE face (
        fid INTEGER NOT NULL, code TEXT NOT NULL, "key" TEXT, title TEXT NOT NULL, summary TEXT, type TEXT NOT NULL,
        subtype TEXT, first_day DATE, last_day DATE, date_precision TEXT, place_name TEXT, place_precision TEXT,
        radius_m DOUBLE, country TEXT, admin_code TEXT, adm1 TEXT, adm2 TEXT, adm3 TEXT, region TEXT,
        place_count INTEGER NOT NULL,
        killed_low INTEGER, killed_best INTEGER, killed_high INTEGER, killed_source TEXT,
        injured_low INTEGER, injured_best INTEGER, injured_high INTEGER, injured_source TEXT,
        detained_low INTEGER, detained_best INTEGER, detained_high INTEGER, detained_source TEXT,
        missing_low INTEGER, missing_best INTEGER, missing_high INTEGER, missing_source TEXT,
        abducted_low INTEGER, abducted_best INTEGER, abducted_high INTEGER, abducted_source TEXT,
        released_low INTEGER, released_best INTEGER, released_high INTEGER, released_source TEXT,
        escaped_low INTEGER, escaped_best INTEGER, escaped_high INTEGER, escaped_source TEXT,
        rescued_low INTEGER, rescued_best INTEGER, rescued_high INTEGER, rescued_source TEXT,
        displaced_low INTEGER, displaced_best INTEGER, displaced_high INTEGER, displaced_source TEXT,
        actors TEXT, source_count INTEGER NOT NULL, source_kinds TEXT, cases TEXT, tags TEXT, part_of TEXT,
        counted BOOLEAN NOT NULL, status TEXT NOT NULL, confidence TEXT, dataset TEXT, revision INTEGER NOT NULL,
        recorded_at TEXT NOT NULL, geom GEOMETRY,
        PRIMARY KEY (fid), FOREIGN KEY(fid) REFERENCES incident (fid)
    )""",
    "CREATE INDEX face_uncounted ON face (code) WHERE counted = 0",
    """
    CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_best, missing_best, abducted_low,
        abducted_best, abducted_high, released_best, actors, source_count, source_kinds, tags, status, confidence,
        cases, part_of, counted, dataset, revision, recorded_at, geom
    FROM face WHERE status IN ('draft', 'in-review', 'published')""",
)


def upgrade(connection: Connection) -> None:
    """Turn schema 2 into schema 3, within the caller's transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
