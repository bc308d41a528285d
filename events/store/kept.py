"""What is kept beside the record, read back: figures, and whole incident frames without cards.

`derived` writes it. It is the answer wherever the database's own policy, the present and all that is recorded are asked
for: nothing need be joined and derived again then.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import LargeBinary, select, type_coerce

from willay.events.framing import FIGURE_TYPES, actor_names_of, says_otherwise, told_columns
from willay.events.policy import FIGURE_MEASURES
from willay.events.store.derived import FACE_LANGUAGE
from willay.events.store.derived_tables import Face, FigureRow
from willay.events.store.reader import list_frame
from willay.events.store.tables import Incident, Party, table_of
from willay.geo.blobs import GeometryReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection


_FIGURE: Final = ("low", "best", "high", "source")


def kept_figures(connection: Connection, where: Sequence[ColumnElement[bool]]) -> pd.DataFrame:
    """Read the figures of the incidents that conditions hold for, as `figure_table` makes them.

    Args:
        connection: Within a transaction.
        where: Conditions on the table `incident`.
    """
    figure = table_of(FigureRow)
    fids = select(table_of(Incident).c.fid).where(*where)
    columns = _columns(connection, select(figure).where(figure.c.incident.in_(fids)))
    return pd.DataFrame({name: pd.Series(column, dtype="object") for name, column in columns.items()}).astype(
        FIGURE_TYPES
    )


class KeptPages:
    """Reads incident frames without cards, part by part, as columns of cells.

    Args:
        connection: Within a transaction.
        actors: All actors, as `IncidentTables` holds them.
        lang: The language of texts. Those in another than the one kept are read from the record.
    """

    def __init__(self, connection: Connection, actors: pd.DataFrame, lang: str) -> None:
        self._connection, self._actors, self._lang = connection, actors, lang
        self._is_translated = lang != FACE_LANGUAGE
        self._renames = self._is_translated and says_otherwise(actors["name"], FACE_LANGUAGE, lang)
        self._geometries = GeometryReader()
        # Most measures are told of no incident at all: their cells are not read.
        told = {*connection.execute(select(table_of(FigureRow).c.measure).distinct()).scalars()}
        untold = {f"{measure}_{what}" for measure in FIGURE_MEASURES if measure not in told for what in _FIGURE}
        elsewhere = {"title", "summary"} if self._is_translated else set()
        self._columns = [
            column for column in table_of(Face).c if column.name not in {"geom", "counted", *untold, *elsewhere}
        ]

    def each(
        self, where: Sequence[ColumnElement[bool]], size: int
    ) -> Iterator[tuple[dict[str, Sequence[Any]], NDArray[np.object_]]]:
        """Yield the incidents that conditions on the table `incident` hold for, in order of code.

        Args:
            where: The conditions; those of `filters.narrowing` are all that a query asks of an incident's own columns.
            size: How many are read at once.

        Yields:
            The columns of the frame but `counted`, `licence`, `details` and those of measures that nothing tells; and
            the geometries. There is at least one incident.
        """
        code = table_of(Incident).c.code
        last = ""
        while (columns := self._read([*where, code > last], size))["code"]:
            last = columns["code"][-1]
            fids = columns.pop("fid")
            if self._is_translated:
                said = {"title": columns.pop("titles"), "summary": columns.pop("summaries")}
                columns |= told_columns(said, self._lang)
            if self._renames:
                scope = [*where, code >= columns["code"][0], code <= last]
                parties = list_frame(self._connection, "parties", Party, scope, ("incident", "position", "actor"))
                columns["actors"] = actor_names_of(parties, self._actors, fids, self._lang)
            yield columns, self._geometries.read(columns.pop("geom"))

    def _read(self, where: Sequence[ColumnElement[bool]], size: int) -> dict[str, Sequence[Any]]:
        face, incident = table_of(Face), table_of(Incident)
        texts = [incident.c.title.label("titles"), incident.c.summary.label("summaries")] if self._is_translated else []
        query = (
            select(*self._columns, type_coerce(face.c.geom, LargeBinary).label("geom"), *texts)
            .select_from(incident.join(face, face.c.fid == incident.c.fid))
            .where(*where)
            .order_by(incident.c.code)
            .limit(size)
        )
        return _columns(self._connection, query)


def _columns(connection: Connection, query: Select[Any]) -> dict[str, Sequence[Any]]:
    """Return the rows of a query by column, cells as SQLite gives them."""
    result = connection.execute(query)
    names = [*result.keys()]
    rows = result.cursor.fetchall()
    result.close()
    return dict(zip(names, zip(*rows, strict=True) if rows else repeat((), len(names)), strict=True))
