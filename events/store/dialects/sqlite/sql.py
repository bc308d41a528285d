"""The SQL of SQLite."""

from __future__ import annotations

from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from willay.events.model.canonical import canonical
from willay.events.store.dialects.base import Dialect
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection, CursorResult
    from sqlalchemy.engine import Dialect as Compiler

_BOXES: Final = "CREATE VIRTUAL TABLE place_box USING rtree (incident, west, east, south, north)"
_HIGHEST: Final = (
    "SELECT max(coalesce(max(number), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'revision'), 0))"
    " FROM revision"
)


class Sqlite(Dialect):
    """SQLite 3.38 or later, with its functions for JSON and its R*Tree; lists travel as JSON arrays."""

    def listed(self, parameter: str) -> str:
        """Return the rows of a JSON array."""
        return f"(SELECT value FROM json_each(:{parameter}))"  # noqa: S608 — our own names

    def as_list(self, values: Iterable[Any]) -> str:
        """Return a JSON array."""
        return canonical([*values])

    def among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """Compare with the rows of a JSON array: SQLite takes no more than 32,766 parameters."""
        listed = func.json_each(self.as_list(values)).table_valued("value")
        return column.in_(select(listed.c.value))

    def member(self, column: str, name: str) -> str:
        """Return `json_extract`."""
        return f"json_extract({column}, '$.{name}')"

    def each_value(self, column: str) -> str:
        """Return `json_each`."""
        return f"json_each({column})"

    def contains(self, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
        """Return `instr`: LIKE does not distinguish upper and lower case."""
        return func.instr(column, text) > 0

    def cells(self, result: CursorResult[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Take the rows from the driver's cursor."""
        names, rows = [*result.keys()], result.cursor.fetchall()
        result.close()
        return names, [*rows]

    def each_row(self, result: CursorResult[Any]) -> Iterator[tuple[Any, ...]]:
        """Take the rows from the driver's cursor."""
        with closing(result):
            cursor: Iterable[tuple[Any, ...]] = result.cursor  # type: ignore[assignment]  # every driver of SQLite iterates
            yield from cursor

    def insert(
        self, connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Hand the cells to the driver as they are, which spares half the time of SQLAlchemy's own way."""
        connection.exec_driver_sql(_insertion(table, names, connection.dialect), [*map(tuple, rows)])

    def insert_boxes(self, connection: Connection, boxes: Sequence[Sequence[float]]) -> None:
        """Insert into the R*Tree."""
        if boxes:
            connection.exec_driver_sql("INSERT INTO place_box VALUES (?, ?, ?, ?, ?)", [*map(tuple, boxes)])

    def make_boxes(self, connection: Connection) -> None:
        """Make an R*Tree."""
        connection.exec_driver_sql(_BOXES)

    def has_tables(self, connection: Connection, names: Collection[str]) -> bool:
        """Look into the schema."""
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        return {*names} <= {*tables}

    def highest_number(self, connection: Connection) -> int:
        """Ask the sequence of the table, which AUTOINCREMENT never takes back."""
        return int(connection.execute(text(_HIGHEST)).scalar_one())

    def damage(self, connection: Connection) -> Iterator[tuple[str, str]]:
        """Run SQLite's own checks: of pages and indexes, of references, of sequences and of the R*Tree."""
        for answer in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if answer != "ok":
                yield "file", f"{answer}."
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            if row[1] is None:  # a table without row numbers
                told = tr("A row refers to a row of {table} that does not exist.", table=row[2])
            else:
                told = tr("Row {row} refers to a row of {table} that does not exist.", row=row[1], table=row[2])
            yield str(row[0]), told
        sequences = connection.execute(text("SELECT count(*), sum(name = 'revision') FROM sqlite_sequence")).one()
        if tuple(sequences) not in {(0, None), (1, 1)}:
            yield "revision", tr("SQLite's list of the numbers that it gave does not belong to this record.")
        if (state := connection.execute(text("SELECT rtreecheck('place_box')")).scalar()) != "ok":
            yield "place_box", tr("The index of boxes is damaged: {state}.", state=str(state)[:80])


@lru_cache
def _insertion(table: Table, names: tuple[str, ...], compiler: Compiler) -> str:
    """Return the statement that inserts rows whose cells are in the order of some columns."""
    quoted = compiler.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in names)
    marks = ", ".join("?" for _ in names)
    return f"INSERT INTO {quoted.format_table(table)} ({columns}) VALUES ({marks})"  # noqa: S608 — our own names
