"""Searching: which incidents, sources, actors or cases may name something withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from sqlalchemy import literal, or_, select, text

from willay.events.disclosure.declarations import ACTOR, CASE, SOURCE
from willay.events.disclosure.showing import texts_of
from willay.events.store.dialects import dialect_of
from willay.events.store.schema import tables
from willay.events.store.schema.packing import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection

    from willay.events.disclosure.declarations import Fields
    from willay.events.disclosure.names import Names


def searched_columns(fields: Fields) -> tuple[str, ...]:
    """Return the fields in whose texts names are searched for."""
    return tuple(name for name, field in fields.items() if field.is_exact and field.is_searched and field.parts is None)


def incidents_naming(connection: Connection, names: Names, codes: Sequence[str] | None = None) -> set[int]:
    """Return the rows of the incidents whose documents may have one of some names, as they are now.

    Whoever needs to be sure looks at the texts of the documents found (`disclosure.treatment_of`).

    Cost: all documents are read, some 50 µs each; where the names are only codes, those of the few that may have one.

    Args:
        connection: Within a transaction.
        names: What is searched for.
        codes: What the names are, where they are nothing but codes of incidents, such as PE-2012-0001.
    """
    if not names or (codes is not None and not codes):
        return set()
    where = "" if codes is None else " WHERE names_codes = 1"
    rows = connection.execute(text(f"SELECT fid, document FROM incident{where}"))  # noqa: S608 — constant text
    return {fid for fid, packed in rows if names.may_be_in(_unescaped(unpack(packed)))}


def registers_with_codes(connection: Connection, codes: Sequence[str]) -> bool:
    """Return whether any source, actor or case may have the code of an incident in its texts."""
    stems = _stems(codes)
    return any(
        connection.execute(select(literal(1)).where(_has_any(connection, table, fields, stems)).limit(1)).first()
        for table, fields in ((tables.SOURCE, SOURCE), (tables.ACTOR, ACTOR), (tables.CASE_FILE, CASE))
        if stems
    )


def _stems(codes: Iterable[str]) -> list[str]:
    """Return how codes begin: `PE-`."""
    return sorted({f"{code.partition('-')[0]}-" for code in codes})


def _has_any(connection: Connection, table: Table, fields: Fields, stems: Iterable[str]) -> ColumnElement[bool]:
    dialect = dialect_of(connection)
    columns = [table.c[name] for name in searched_columns(fields) if name in table.c]
    return or_(*(dialect.contains(column, stem) for column in columns for stem in stems))


def _unescaped(document: str) -> str:
    """Return a document as text in which no sign stands for another."""
    return " ".join(texts_of(orjson.loads(document))) if "\\" in document else document
