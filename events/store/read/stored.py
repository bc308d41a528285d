"""Stored rows: incidents as they are recorded now, read page by page as columns of cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import LargeBinary, Select, case, null, select, type_coerce

from willay.events.frame.columns import COLUMNS, DAY, TEXT, TRUE_OR_FALSE
from willay.events.frame.framing import FRAME_ROW
from willay.events.frame.units import Spot
from willay.events.model.policy import FIGURE_MEASURES
from willay.events.store.dialects import dialect_of, run
from willay.events.store.schema.tables import CLAIM, INCIDENT
from willay.geo.blobs import GeometryReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

_FIGURE: Final = ("low", "best", "high", "source")


@dataclass(frozen=True, slots=True)
class StoredPage:
    """Some incidents as they are recorded.

    Attributes:
        fids: The numbers of their rows.
        columns: Columns of the frame, in Spanish and by the database's own policy.
        packed: Their documents, where these were asked for or a text is given in several languages; else None.
        shapes: Their primary places, geometries or None.
    """

    fids: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    packed: Sequence[bytes | None]
    shapes: NDArray[np.object_]

    def __len__(self) -> int:
        """Return how many incidents there are."""
        return len(self.fids)


_REPEATED: Final = frozenset(column.name for column in COLUMNS if column.dtype in {DAY, TEXT}) - {
    "code",
    "key",
    "title",
}
_MOST_TEXTS: Final = 20_000


class StoredRows:
    """Reads incidents as they are recorded.

    Args:
        connection: Within a transaction.
        documents: Whether the document of every incident is read; else of those that are given in several languages.
    """

    def __init__(self, connection: Connection, *, documents: bool) -> None:
        self._connection, self._documents = connection, documents
        self._geometries = GeometryReader()
        self._untold: frozenset[str] | None = None
        self._texts: dict[str, str] = {}

    def each(self, where: Sequence[ColumnElement[bool]], size: int) -> Iterator[StoredPage]:
        """Yield the incidents that conditions hold for, in order of code, page by page; none is empty."""
        code = INCIDENT.c.code
        last = ""
        while len(page := self._page(self._select([*where, code > last]).order_by(code).limit(size))):
            yield page
            last = page.columns["code"][-1]
            if len(page) < size:
                return
            # Most measures are told of no incident at all: on further pages their cells are not read.
            self._untold = self._untold_measures() if self._untold is None else self._untold

    def first(self, where: Sequence[ColumnElement[bool]], limit: int) -> list[StoredPage]:
        """Return the first incidents in order of first day (undated last) and code, up to a maximum, in pages."""
        incident = INCIDENT.c
        found: list[StoredPage] = []
        for dated in (True, False):
            rest = limit - sum(map(len, found))
            is_dated = incident.first_day.is_not(None) if dated else incident.first_day.is_(None)
            query = self._select([*where, is_dated]).order_by(incident.first_day, incident.code).limit(rest)
            if rest and len(page := self._page(query)):
                found.append(page)
        return found

    def spots(self, fids: Sequence[int]) -> dict[int, list[Spot]]:
        """Return the units of all places of some incidents, by row number, in order of position."""
        statement = "SELECT incident, adm1, adm2, adm3 FROM place WHERE incident IN :fids ORDER BY incident, position"
        _, rows = dialect_of(self._connection).cells(run(self._connection, statement, {"fids": sorted(fids)}))
        return {fid: [Spot(tuple(row[1:])) for row in some] for fid, some in groupby(rows, itemgetter(0))}

    def parties(self, fids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
        """Return the actors of some incidents, by row number, in order of position."""
        statement = (
            "SELECT incident, ref FROM link WHERE kind = 'actor' AND incident IN :fids ORDER BY incident, position"
        )
        rows = run(self._connection, statement, {"fids": sorted(fids)})
        return {fid: [{"actor": row.ref} for row in some] for fid, some in groupby(rows, itemgetter(0))}

    def _select(self, where: Sequence[ColumnElement[bool]]) -> Select[Any]:
        incident = INCIDENT.c
        columns = [incident[name] for name in FRAME_ROW if name not in (self._untold or ())]
        packed = (
            incident.document if self._documents else case((incident.is_translated, incident.document), else_=null())
        )
        geom = type_coerce(incident.geom, LargeBinary).label("geom")
        return select(incident.fid, packed.label("packed"), geom, *columns).where(*where)

    def _page(self, query: Select[Any]) -> StoredPage:
        names, rows = dialect_of(self._connection).cells(self._connection.execute(query))
        by_column = map(list, zip(*rows, strict=True) if rows else repeat((), len(names)))
        columns: dict[str, list[Any]] = dict(zip(names, by_column, strict=True))
        fids, packed = columns.pop("fid"), columns.pop("packed")
        for name in TRUE_OR_FALSE:
            columns[name] = [None if cell is None else bool(cell) for cell in columns[name]]
        self._share_texts(columns)
        return StoredPage(fids, columns, packed, self._geometries.read(columns.pop("geom")))

    def _share_texts(self, columns: dict[str, list[Any]]) -> None:
        """Let equal texts be one object: a driver makes one of each cell, and half of all memory would be such."""
        if len(self._texts) > _MOST_TEXTS:
            self._texts.clear()
        for name in _REPEATED & columns.keys():
            cells = columns[name]
            columns[name] = [*map(self._texts.setdefault, cells, cells)]

    def _untold_measures(self) -> frozenset[str]:
        """Return the columns of measures that no claim is about."""
        told = {*self._connection.execute(select(CLAIM.c.measure).distinct()).scalars()}
        return frozenset(f"{name}_{what}" for name in FIGURE_MEASURES if name not in told for what in _FIGURE)
