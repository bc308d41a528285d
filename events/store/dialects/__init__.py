"""What differs between the databases that can hold a record. No other module of the store has SQL of one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.store.dialects.sqlite.sql import Sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection, CursorResult

    from willay.events.store.dialects.base import Dialect

_DIALECTS: Final[Mapping[str, Dialect]] = {"sqlite": Sqlite()}
"""The dialects by the name that SQLAlchemy has for their database."""


def dialect_of(connection: Connection) -> Dialect:
    """Return the dialect of a connection; other databases are refused when they are opened (`place_of`)."""
    return _DIALECTS[connection.dialect.name]


def run(
    connection: Connection, statement: str, values: Mapping[str, Any] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Run SQL that all dialects share; a parameter after `IN` may be a list, however long.

    Args:
        connection: Within a transaction.
        statement: The SQL, with parameters as `:name`.
        values: The values of the parameters; lists, tuples and sets where the SQL says `IN :name`.
    """
    dialect, bound = dialect_of(connection), {}
    for name, value in (values or {}).items():
        if isinstance(value, (list, tuple, set, frozenset)):
            statement = re.sub(rf":{name}\b", dialect.listed(name), statement)
            bound[name] = dialect.as_list(value)
        else:
            bound[name] = value
    return connection.execute(text(statement), bound)
