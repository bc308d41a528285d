"""Searching: which incidents may name something withheld, read column by column.

Which columns hold texts follows from the declarations of fields: those of a table are called as the fields are.
Whoever needs to be sure looks at the documents of the incidents found (`disclosure.treatment_of`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import func, literal, or_, select

from willay.events.disclosure.showing import texts_of
from willay.events.fields import ACTOR, CASE, CLAIM, INCIDENT, PARTY, PLACE, SOURCE
from willay.events.store.tables import Actor, CaseFile, Claim, Incident, Party, Place, Source, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine import Connection
    from sqlmodel import SQLModel

    from willay.events.disclosure.names import Names
    from willay.events.fields import Fields

_TABLES: Final[Mapping[type[SQLModel], Fields]] = {Incident: INCIDENT, Place: PLACE, Party: PARTY, Claim: CLAIM}


def searched_columns(fields: Fields) -> tuple[str, ...]:
    """Return the fields in whose texts names are searched for."""
    return tuple(
        name for name, field in fields.items() if field.is_exact and field.holds == "text" and field.parts is None
    )


def incidents_naming(connection: Connection, names: Names, codes: Sequence[str] | None = None) -> set[int]:
    """Return the rows of the incidents that have one of some names in any of their texts, as they are now.

    Cost: all texts of the database are read, some 50 µs an incident; where the names are only codes, those of few.

    Args:
        connection: Within a transaction.
        names: What is searched for.
        codes: What the names are, where they are nothing but codes of incidents, such as PE-2012-0001.
    """
    if not names:
        return set()
    stems = None if codes is None else _stems(codes)
    return {fid for model, fields in _TABLES.items() for fid in _naming(connection, model, fields, names, stems)}


def registers_with_codes(connection: Connection, codes: Sequence[str]) -> bool:
    """Say whether any source, actor or case may have the code of an incident in its texts."""
    stems = _stems(codes)
    return any(
        connection.execute(select(literal(1)).where(_has_any(table_of(model), fields, stems)).limit(1)).first()
        for model, fields in ((Source, SOURCE), (Actor, ACTOR), (CaseFile, CASE))
        if stems
    )


def _stems(codes: Iterable[str]) -> list[str]:
    """Return how codes begin: `PE-`."""
    return sorted({f"{code.partition('-')[0]}-" for code in codes})


def _has_any(table: Table, fields: Fields, stems: Iterable[str]) -> ColumnElement[bool]:
    columns = [table.c[name] for name in searched_columns(fields) if name in table.c]
    return or_(*(func.instr(column, stem) > 0 for column in columns for stem in stems))


def _naming(
    connection: Connection, model: type[SQLModel], fields: Fields, names: Names, stems: Iterable[str] | None
) -> Iterator[int]:
    table = table_of(model)
    number = table.c.fid if model is Incident else table.c.incident
    columns = [table.c[name] for name in searched_columns(fields)]
    some = or_(*(column.is_not(None) for column in columns)) if stems is None else _has_any(table, fields, stems)
    for fid, *cells in connection.execute(select(number, *columns).where(some)):
        told = [cell for cell in cells if cell is not None]
        if names.may_be_in(" ".join(map(_unescaped, told))) and any(
            names.found_in(text) for cell in told for text in texts_of(_parsed(cell))
        ):
            yield fid


def _unescaped(cell: str) -> str:
    """Return the texts of a cell, with some signs between them."""
    return " ".join(texts_of(_parsed(cell))) if "\\" in cell else cell


def _parsed(cell: str) -> Any:  # noqa: ANN401 — JSON
    """Return what a cell of JSON text says, or the cell itself where it is none."""
    if cell[:1] not in "[{":
        return cell
    try:
        return orjson.loads(cell)
    except orjson.JSONDecodeError:
        return cell
