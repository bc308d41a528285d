"""Schema 5: a claim may take back or add to another; no place is in a unit finer than it is known to.

Figures keep an "at least" apart from a number. Until then a place known only to a country had the department that its
point fell in. The statements are written out and never change again, whatever becomes of the tables later. What is
derived is derived anew after the last upgrade (`DERIVED_SINCE`, `UNITS_SINCE`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_LINKED_CLAIMS: Final = (
    "ALTER TABLE claim ADD COLUMN label TEXT",
    "ALTER TABLE claim ADD COLUMN supersedes TEXT",
    "ALTER TABLE claim ADD COLUMN adds BOOLEAN",
    "DROP VIEW claims",
    """
    CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned,
        claim.label, claim.supersedes, claim.adds
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published')""",
    "DROP VIEW incidents",
    """
    CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_low, detained_best, detained_high, missing_low,
        missing_best, missing_high, abducted_low, abducted_best, abducted_high, released_low, released_best,
        released_high, actors, source_count, source_kinds, tags, status, confidence, cases, part_of, counted, dataset,
        revision, recorded_at, geom
    FROM face WHERE status IN ('draft', 'in-review', 'published')""",
)


def upgrade(connection: Connection) -> None:
    """Turn schema 4 into schema 5, within the caller's transaction."""
    link_claims(connection)
    forget_units(connection)


def link_claims(connection: Connection) -> None:
    """Let claims refer to each other, and let the layers show both ends of every figure."""
    for statement in _LINKED_CLAIMS:
        connection.exec_driver_sql(statement)


def forget_units(connection: Connection) -> None:
    """Take out the units of places that are in none, also where the units cannot be worked out again."""
    connection.exec_driver_sql(
        "UPDATE place SET adm1 = NULL, adm2 = NULL, adm3 = NULL WHERE precision IN ('country', 'sea', 'unknown')"
    )
