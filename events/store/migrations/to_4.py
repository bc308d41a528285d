"""Schema 4: what few incidents have (a whole, a level of sensitivity) is found by indexes that hold these few alone.

The statements are written out and never change again, whatever becomes of the tables later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_STATEMENTS: Final = (
    "DROP INDEX ix_incident_part_of",
    "CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL",
    "CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL",
    "CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL",
    "CREATE INDEX revision_sensitivity ON revision (number) WHERE instr(document, '\"sensitivity\":') > 0",
)


def upgrade(connection: Connection) -> None:
    """Turn schema 3 into schema 4, within the caller's transaction."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
