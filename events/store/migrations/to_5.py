"""Schema 5: the key of the ids and codes that stand for others, and an index of what is not published.

The statements are written out and never change again, whatever becomes of the tables later.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_KEY_BYTES: Final = 32


def upgrade(connection: Connection) -> None:
    """Turn schema 4 into schema 5, within the caller's transaction."""
    _disclosure(connection)


def _disclosure(connection: Connection) -> None:
    """Add what disclosure needs: a key that no other database has, and the index by which drafts are counted."""
    connection.exec_driver_sql(
        "INSERT INTO meta (key, value) VALUES ('disclosure_key', ?)", (secrets.token_hex(_KEY_BYTES),)
    )
    connection.exec_driver_sql("CREATE INDEX incident_not_published ON incident (status) WHERE status <> 'published'")
