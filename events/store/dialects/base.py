"""What the store asks of a database in addition to the SQL that all of them share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection, CursorResult


class Dialect(ABC):
    """The SQL of one database."""

    @abstractmethod
    def listed(self, parameter: str) -> str:
        """Return SQL that stands after `IN`, for a list that is bound as one parameter, however long.

        Args:
            parameter: The name of the parameter; `as_list` makes its value.
        """

    @abstractmethod
    def as_list(self, values: Iterable[Any]) -> Any:  # noqa: ANN401 — what the driver takes
        """Return the value of a parameter for `listed`."""

    @abstractmethod
    def among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """Return the condition that a column has one of some values, however many."""

    @abstractmethod
    def member(self, column: str, name: str) -> str:
        """Return SQL for a member of the JSON object in a column, as text."""

    @abstractmethod
    def each_value(self, column: str) -> str:
        """Return SQL for a table with a row for each member of the JSON object in a column; `value` is the value."""

    @abstractmethod
    def contains(self, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
        """Return the condition that a column has a text in it, in the same upper and lower case."""

    @abstractmethod
    def cells(self, result: CursorResult[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return the names of the columns and all rows of a result, with cells as the driver gives them.

        Days are ISO text, truth values 0 and 1, geometries and documents bytes. It takes a third of the time of
        SQLAlchemy's own rows.
        """

    @abstractmethod
    def each_row(self, result: CursorResult[Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a result one after another, with cells as in `cells`, where all would be much memory."""

    @abstractmethod
    def insert(
        self, connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Insert many rows.

        Args:
            connection: Within a transaction that writes.
            table: The table.
            names: The columns.
            rows: The cells of each row, in the order of the names, as the driver takes them.
        """

    @abstractmethod
    def insert_boxes(self, connection: Connection, boxes: Sequence[Sequence[float]]) -> None:
        """Insert boxes of primary places: row number, west, east, south and north."""

    @abstractmethod
    def make_boxes(self, connection: Connection) -> None:
        """Make the index of the boxes of primary places: `place_box` (incident, west, east, south, north)."""

    @abstractmethod
    def has_tables(self, connection: Connection, names: Collection[str]) -> bool:
        """Return whether a database has some tables."""

    @abstractmethod
    def highest_number(self, connection: Connection) -> int:
        """Return the highest number that a revision was ever given, 0 before the first: also of one that is gone."""

    @abstractmethod
    def damage(self, connection: Connection) -> Iterator[tuple[str, str]]:
        """Yield where a database is damaged, and what is wrong there; nothing for one that is sound."""
