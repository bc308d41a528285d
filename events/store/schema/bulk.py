"""Rows in bulk: many written, deleted or asked for with one statement, in parts that the database takes well."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete

from willay.events.store.dialects import dialect_of
from willay.events.store.schema.geometry_column import GeometryBlob
from willay.geo.blobs import encode_geometries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection

CHUNK: Final = 5_000
"""Rows handed to SQLite at once."""

DELETED_AT_ONCE: Final = 500
"""Rows deleted with one statement."""


def chunks(rows: Sequence[Any], size: int = CHUNK) -> Iterable[Sequence[Any]]:
    """Cut a list into parts of a size that the database takes well."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, many at once.

    The cells go to the driver as they are, which spares half the time of SQLAlchemy's own way; geometries are encoded.

    Args:
        connection: Within a transaction.
        table: Which table.
        rows: All with the columns of the first, in any order.
    """
    if not rows:
        return
    names = tuple(rows[0])
    shapes = [column.name for column in table.c if isinstance(column.type, GeometryBlob)]
    cells_of = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    for part in chunks(rows):
        made: Iterable[Mapping[str, Any]] = part
        if shapes:
            blobs = zip(*(encode_geometries([row[name] for row in part]) for name in shapes), strict=True)
            made = [{**row, **dict(zip(shapes, own, strict=True))} for row, own in zip(part, blobs, strict=True)]
        dialect_of(connection).insert(connection, table, names, map(cells_of, made))


def insert_cells(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose cells are in the order of some columns; geometries are encoded already."""
    for part in chunks(rows):
        dialect_of(connection).insert(connection, table, names, part)


def delete_rows(connection: Connection, column: ColumnElement[int], values: Sequence[int]) -> None:
    """Delete the rows of a table whose column has one of the values."""
    for part in chunks(values, DELETED_AT_ONCE):
        connection.execute(delete(column.table).where(column.in_(list(part))))
