"""Joining: incidents whose parts are decided (`deciding`) become rows of the tables, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.values import local
from willay.events.store.dialects import dialect_of
from willay.events.store.record.revisions import Change
from willay.events.store.record.rows import LANGUAGE, LIST_COLUMNS
from willay.events.store.schema.bulk import insert_cells
from willay.events.store.schema.packing import pack
from willay.events.store.schema.tables import INCIDENT, OF_AN_INCIDENT
from willay.events.store.write.decided import LISTS

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from willay.events.store.write.decided import Joined

OWN_COLUMNS: Final = (
    "fid", "id", "code", "revision", "recorded_at", "counted", "title", "is_translated", "names_codes", "dataset",
    "source_count", "source_kinds", "document",
)  # fmt: skip
"""The columns of `incident` that every row has for itself; the others are those of its parts."""


@dataclass(slots=True)
class JoinedEntry:
    """A new incident that is joined from parts, about to be written.

    Attributes:
        fid: Its row number.
        id, code: Its id and code.
        row: The row that it is made of.
        action: What is done.
        text: Its document.
    """

    fid: int
    id: str
    code: str
    row: Joined
    action: str
    text: str

    @property
    def change(self) -> Change:
        """What the record is to hold."""
        masked = self.row.masked_text(self.id, self.code)
        return Change(self.id, {}, self.action, text=self.text, masked_text=masked)

    @property
    def dataset(self) -> str | None:
        """The dataset that it names."""
        return self.row.dataset


class JoinedRows:
    """Collects the rows of joined incidents, and writes them.

    Args:
        recorded_at: When they are recorded, as it is stored.
    """

    def __init__(self, recorded_at: str) -> None:
        self._recorded_at = recorded_at
        self._incidents: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        self._lists: tuple[list[tuple[Any, ...]], ...] = ([], [], [], [])

    def add(self, one: JoinedEntry, revision: int) -> None:
        """Add an incident, whose revision has a number."""
        row, fid, lists = one.row, one.fid, self._lists
        cited, cells = row.sources
        mine: list[Any] = [
            fid, one.id, one.code, revision, self._recorded_at, True, local(row.title, LANGUAGE), len(row.title) > 1,
            row.names_codes, row.dataset, cells["source_count"], cells["source_kinds"], pack(one.text),
        ]  # fmt: skip
        for part in row.parts:
            mine += part.cells
            for place, each in part.lists:
                lists[place].append((fid, *each))
        lists[_LINK].extend([(fid, "source", place, key, None) for place, key in enumerate(cited)])
        self._incidents.setdefault(row.shape.names, []).append(tuple(mine))

    def write(self, connection: Connection) -> None:
        """Write all rows; the wholes of parts are not looked at."""
        for names, rows in self._incidents.items():
            insert_cells(connection, INCIDENT, (*OWN_COLUMNS, *names), rows)
        *lists, boxes = self._lists
        for name, rows in zip(LISTS, lists, strict=True):
            if rows:
                insert_cells(connection, OF_AN_INCIDENT[name], LIST_COLUMNS[name], rows)
        dialect_of(connection).insert_boxes(connection, boxes)


_LINK: Final = LISTS.index("link")
