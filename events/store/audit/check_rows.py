"""Rows examined: every column of a table against what the record gives; and what imports remember."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, select, text, type_coerce

from willay.events.model.drafts import ActorDraft, CaseDraft, SourceDraft
from willay.events.model.foreign import DatasetTerms
from willay.events.store.dialects import dialect_of
from willay.events.store.record import register_rows
from willay.events.store.record.memory import mark_of
from willay.events.store.record.region_sets import region_id, region_state
from willay.events.store.record.states import alias_rows, field_cells, indicator_row, phase_rows
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.schema.tables import (
    ACTOR,
    ACTOR_ALIAS,
    CASE_FILE,
    DATASET,
    INDICATOR,
    PHASE,
    REGION,
    SOURCE,
)
from willay.geo.blobs import decode_geometry, encode_geometry
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select, Table
    from sqlalchemy.engine import Connection


def register_problems(connection: Connection) -> Iterator[Problem]:
    """Compare the tables of sources, actors, cases, datasets, indicators and regions with what is recorded."""
    for table, expected in _register_rows(connection).items():
        yield from differences(connection, table, expected)
    yield from _region_problems(connection)


def _register_rows(connection: Connection) -> dict[Table, list[dict[str, Any]]]:
    actors, cases = register_rows.actor_states(connection), register_rows.case_states(connection)
    return {
        SOURCE: [field_cells(SourceDraft, state) for state in register_rows.source_states(connection)],
        ACTOR: [field_cells(ActorDraft, state) for state in actors],
        ACTOR_ALIAS: [row for state in actors for row in alias_rows(state)],
        CASE_FILE: [field_cells(CaseDraft, state) for state in cases],
        PHASE: [row for state in cases for row in phase_rows(state)],
        DATASET: [field_cells(DatasetTerms, state) for _, state in register_rows.dataset_states(connection)],
        INDICATOR: _indicator_rows(connection),
    }


def _indicator_rows(connection: Connection) -> list[dict[str, Any]]:
    """Return the rows of indicators, which are numbered in the order in which they were recorded first."""
    first = "SELECT subject_id FROM revision WHERE subject_kind = 'indicator' GROUP BY subject_id ORDER BY min(number)"
    numbers = {key: place for place, key in enumerate(connection.execute(text(first)).scalars(), start=1)}
    states = register_rows.indicator_states(connection)
    return [indicator_row(state, numbers.get(key, 0), key) for key, state in states]


def _region_problems(connection: Connection) -> Iterator[Problem]:
    """Compare regions with their states; they are numbered in the order in which they were recorded first."""
    first = "SELECT subject_id FROM revision WHERE subject_kind = 'region' GROUP BY subject_id ORDER BY min(number)"
    numbers = {name: place for place, name in enumerate(connection.execute(text(first)).scalars(), start=1)}
    expected = []
    for region in connection.execute(_raw(REGION)).mappings():
        row: dict[str, Any] = dict(region)
        shape = decode_geometry(row["geometry"])
        state = region_state({**row, "geometry": shape})
        made = {"fid": numbers.get(region_id(row)), "geometry": encode_geometry(shape)}
        expected.append({**dict.fromkeys(row), **state, **made})
    yield from differences(connection, REGION, expected, lambda row: f"{row['set_name']}/{row['key']}")


def memory_problems(connection: Connection) -> Iterator[Problem]:
    """Examine what imports remember: each row by its own mark, and that each imported incident has one."""
    columns = "dataset, external_id, incident, digest, revision, said, theirs, mark"
    rows = connection.execute(text(f"SELECT {columns} FROM import_row ORDER BY 1, 2"))  # noqa: S608 — constant names
    for row in dialect_of(connection).each_row(rows):
        if not _is_marked(row):
            message = tr(
                "What the last import remembers of row {row!r} was changed. {go_back}",
                row=str(row[1])[:80],
                go_back=tr(GO_BACK),
            )
            yield Problem(ERROR, str(row[0]), message)
    statement = text(
        "SELECT code FROM incident WHERE fid NOT IN (SELECT incident FROM import_row) AND id IN"
        " (SELECT subject_id FROM revision WHERE subject_kind = 'incident' AND action = 'import') ORDER BY code"
    )
    for code in connection.execute(statement).scalars():
        yield Problem(ERROR, code, tr("It was imported, and no import remembers it. {go_back}", go_back=tr(GO_BACK)))


def _is_marked(row: Sequence[Any]) -> bool:
    *cells, mark = row
    return isinstance(cells[3], bytes) and mark == mark_of(*cells)


def differences(
    connection: Connection,
    table: Table,
    expected: Iterable[Mapping[str, Any]],
    named: Callable[[Mapping[str, Any]], object] | None = None,
    *,
    where: ColumnElement[bool] | None = None,
) -> Iterator[Problem]:
    """Yield the rows of a table that are not as expected, each as a problem.

    Args:
        connection: Within a transaction.
        table: The table.
        expected: Its rows, with every column; geometries as bytes.
        named: Names what a row belongs to; None takes its key.
        where: The rows that are compared; None compares all.
    """
    name = table.name
    for row in _differing(connection, table, expected, where):
        keys = [str(row[column.name]) for column in table.primary_key.columns]
        place = (named(row) if named else None) or " ".join(keys)
        message = tr(
            "The table {name} does not hold what is recorded: {columns}. {go_back}",
            name=name,
            columns=", ".join(row["columns"]),
            go_back=tr(GO_BACK),
        )
        yield Problem(ERROR, str(place), message)


def _differing(
    connection: Connection,
    table: Table,
    expected: Iterable[Mapping[str, Any]],
    where: ColumnElement[bool] | None,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that differ, as stored or else as expected, with the names of `columns` that differ.

    No column is left out: the expected rows must have all that the table has.
    """
    names = [column.name for column in table.c]
    keys = [names.index(column.name) for column in table.primary_key.columns]
    key_of = itemgetter(*keys)
    ours = sorted(map(itemgetter(*names), expected), key=key_of)
    query = _raw(table).order_by(*table.primary_key.columns)
    _, rows = dialect_of(connection).cells(connection.execute(query if where is None else query.where(where)))
    theirs = [*map(tuple, rows)]
    if ours == theirs:  # nearly always
        return
    wanted, stored = _by_key(keys, ours), _by_key(keys, theirs)
    differing_keys = [key for key in wanted.keys() | stored.keys() if wanted.get(key) != stored.get(key)]
    for key in sorted(differing_keys, key=_sortable):
        there, due = stored.get(key), wanted.get(key)
        differing = [name for n, name in enumerate(names) if there and due and there[n] != due[n]]
        what = differing or [tr("a row that is missing") if there is None else tr("a row that is not recorded")]
        yield {**dict(zip(names, there or due or (), strict=True)), "columns": what}


def _by_key(keys: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {tuple([row[n] for n in keys]): row for row in rows}


def _sortable(key: tuple[Any, ...]) -> tuple[str, ...]:
    """Return what sorts a key, whose parts are numbers or texts; a row may hold neither by mistake."""
    return tuple(f"{part:>20}" if isinstance(part, int) else str(part) for part in key)


def _raw(table: Table) -> Select[Any]:
    """Return the query of all rows with geometries as bytes."""
    columns = table.c
    return select(
        *(
            type_coerce(column, LargeBinary).label(column.name) if column.name in {"geometry", "geom"} else column
            for column in columns
        )
    )
