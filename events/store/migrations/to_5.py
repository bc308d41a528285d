"""Schema 5: no place is in a unit finer than it is known to.

Until then a place known only to a country had the department that its point fell in. The tables stay as they are; the
units of places are worked out again after the last upgrade (`UNITS_SINCE`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def upgrade(connection: Connection) -> None:
    """Turn schema 4 into schema 5, within the caller's transaction."""
    _forget_units(connection)


def _forget_units(connection: Connection) -> None:
    """Take out the units of places that are in none, also where the units cannot be worked out again."""
    connection.exec_driver_sql(
        "UPDATE place SET adm1 = NULL, adm2 = NULL, adm3 = NULL WHERE precision IN ('country', 'sea', 'unknown')"
    )
