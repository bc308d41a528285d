"""The rows examined: every column of every table against what the record gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import LargeBinary, select, text, type_coerce

from willay.events.frame.framing import figures_of
from willay.events.model.drafts import ActorDraft, CaseDraft, SourceDraft
from willay.events.model.foreign import DatasetTerms
from willay.events.store.dialects import dialect_of
from willay.events.store.record import register_rows
from willay.events.store.record.derived import known_of, uncounted
from willay.events.store.record.documents import read_rows
from willay.events.store.record.memory import mark_of
from willay.events.store.record.region_sets import region_id, region_state
from willay.events.store.record.rows import located_places, rows_of
from willay.events.store.record.states import alias_rows, field_cells, indicator_row, phase_rows
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.schema.bulk import chunks
from willay.events.store.schema.tables import (
    OF_AN_INCIDENT,
    Actor,
    ActorAlias,
    CaseFile,
    Dataset,
    Incident,
    Indicator,
    Phase,
    Region,
    Source,
    table_of,
)
from willay.geo.blobs import decode_geometry, encode_geometries, encode_geometry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import geopandas as gpd
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection
    from sqlmodel import SQLModel

    from willay.events.model.canonical import Document
    from willay.events.model.policy import Figure
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.rows import Rows


def incident_problems(
    connection: Connection, regions: gpd.GeoDataFrame, policy: str, see: Callable[[Sequence[Examined]], None]
) -> Iterator[Problem]:
    """Compare the rows of incidents, and the boxes of their places, with what their documents give.

    Args:
        connection: Within a transaction.
        regions: All versions of regions.
        policy: The database's figure policy.
        see: Is given all incidents, some at a time, with what was worked out of them.
    """
    apart = uncounted(connection)
    latest = _latest(connection)
    for part in chunks(connection.execute(text("SELECT fid FROM incident ORDER BY fid")).scalars().all()):
        read = [_as_recorded(one, latest) for one in read_rows(connection, part)]
        drafts = [one.state["draft"] for one in read]
        located, known = located_places(drafts, regions), known_of(connection, drafts)
        rows = rows_of(read, located, known, policy)
        codes = {one.fid: one.state["code"] for one in read}
        yield from _compared(connection, rows, part, codes, apart)
        see([Examined(one, _captives(one.state["draft"], known.sources, policy)) for one in read])
    for model in OF_AN_INCIDENT.values():
        yield from _orphans(connection, model)
    yield from _box_problems(connection)


@dataclass(frozen=True, slots=True)
class Examined:
    """An incident, with its figures by measure where it is of people who were abducted."""

    recorded: Recorded
    figures: Mapping[str, Figure]


def _captives(draft: Document, sources: Mapping[str, Document], policy: str) -> Mapping[str, Figure]:
    """Return the figures of an incident in which somebody was abducted; of others nothing is asked."""
    is_asked = any(claim["measure"] == "abducted" for claim in draft.get("claims", ()))
    return figures_of(draft, sources, policy) if is_asked else {}


def _as_recorded(one: Recorded, latest: Mapping[str, tuple[int, str]]) -> Recorded:
    """Return an incident with the number and moment of its latest revision, which its row should have."""
    number, moment = latest.get(one.state["id"], (one.revision, one.recorded_at))
    return replace(one, revision=number, recorded_at=moment)


def _latest(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return number and moment of the latest revision of each incident, by id."""
    statement = text(
        "SELECT subject_id, max(number) AS number, recorded_at FROM revisions WHERE subject_kind = 'incident'"
        " GROUP BY subject_id"
    )
    return {row.subject_id: (row.number, row.recorded_at) for row in connection.execute(statement)}


def _compared(
    connection: Connection, rows: Rows, fids: Sequence[int], codes: Mapping[int, str], apart: AbstractSet[str]
) -> Iterator[Problem]:
    """Compare the rows of some incidents with those that their documents become."""
    for name, model in OF_AN_INCIDENT.items():
        expected = rows.by_table[name]
        number = table_of(model).c.fid if model is Incident else table_of(model).c.incident
        if model is Incident:
            blobs = encode_geometries([row["geom"] for row in expected])
            expected = [
                {**row, "counted": row["code"] not in apart, "geom": blob}
                for row, blob in zip(expected, blobs, strict=True)
            ]
        yield from differences(
            connection, model, expected, lambda row: codes.get(row.get("incident", row.get("fid"))),
            where=number.between(fids[0], fids[-1]),
        )  # fmt: skip
    boxes = text("SELECT incident, west, east, south, north FROM place_box WHERE incident BETWEEN :first AND :last")
    stored = {row[0]: tuple(row[1:]) for row in connection.execute(boxes, {"first": fids[0], "last": fids[-1]})}
    wanted = dict(zip((box[0] for box in rows.boxes), _stored_boxes(rows.boxes), strict=True))
    for fid in sorted({fid for fid in stored.keys() | wanted.keys() if stored.get(fid) != wanted.get(fid)}):
        message = f"Its box does not hold its place, so searches by area miss it. {GO_BACK}"
        yield Problem(ERROR, str(codes.get(fid, fid)), message)


def _orphans(connection: Connection, model: type[SQLModel]) -> Iterator[Problem]:
    """Find rows of no incident."""
    if model is Incident:
        return
    name = table_of(model).name
    statement = text(f"SELECT DISTINCT incident FROM {name} WHERE incident NOT IN (SELECT fid FROM incident)")  # noqa: S608 — our own names
    for fid in connection.execute(statement).scalars():
        yield Problem(
            ERROR, str(fid), f"The table {name} does not hold what is recorded: a row of no incident. {GO_BACK}"
        )


def register_problems(connection: Connection) -> Iterator[Problem]:
    """Compare the tables of sources, actors, cases, datasets, indicators and regions with what is recorded."""
    for model, expected in _register_rows(connection).items():
        yield from differences(connection, model, expected)
    yield from _region_problems(connection)


def _register_rows(connection: Connection) -> dict[type[SQLModel], list[dict[str, Any]]]:
    actors, cases = register_rows.actor_states(connection), register_rows.case_states(connection)
    return {
        Source: [field_cells(SourceDraft, state) for state in register_rows.source_states(connection)],
        Actor: [field_cells(ActorDraft, state) for state in actors],
        ActorAlias: [row for state in actors for row in alias_rows(state)],
        CaseFile: [field_cells(CaseDraft, state) for state in cases],
        Phase: [row for state in cases for row in phase_rows(state)],
        Dataset: [field_cells(DatasetTerms, state) for _, state in register_rows.dataset_states(connection)],
        Indicator: _indicator_rows(connection),
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
    for region in connection.execute(_raw(Region)).mappings():
        row: dict[str, Any] = dict(region)
        shape = decode_geometry(row["geometry"])
        state = region_state({**row, "geometry": shape})
        made = {"fid": numbers.get(region_id(row)), "geometry": encode_geometry(shape)}
        expected.append({**dict.fromkeys(row), **state, **made})
    yield from differences(connection, Region, expected, lambda row: f"{row['set_name']}/{row['key']}")


def _box_problems(connection: Connection) -> Iterator[Problem]:
    """Find boxes of no incident, and damage of their index."""
    count = text(
        "SELECT count(*) FROM place_box WHERE incident NOT IN (SELECT fid FROM incident WHERE geom IS NOT NULL)"
    )
    if number := connection.execute(count).scalar():
        yield Problem(ERROR, "place_box", f"Boxes of incidents without a place: {number}. {GO_BACK}")


def _stored_boxes(boxes: Sequence[tuple[int, float, float, float, float]]) -> list[tuple[float, ...]]:
    """Return west, east, south and north of boxes as SQLite stores them: in 32 bits, rounded outwards."""
    edges = np.array([box[1:] for box in boxes], float).reshape(-1, 4)
    columns = [_rounded(edges[:, n], outwards=1 if n % 2 else -1) for n in range(4)]
    return [*zip(*columns, strict=True)]


_AWAY, _TOWARDS = 1 + 2.0**-23, 1 - 2.0**-23


def _rounded(values: Any, *, outwards: int) -> list[float]:  # noqa: ANN401 — an array of 64-bit numbers
    """Round as SQLite's R*Tree does: to 32 bits, and by one step outwards where that went inwards.

    Args:
        values: Coordinates.
        outwards: -1 for lower edges, 1 for upper ones.
    """
    short = values.astype("float32").astype("float64")
    inwards = (short - values) * outwards < 0
    steps = np.where((values < 0) == (outwards < 0), _AWAY, _TOWARDS)
    stepped = (values * steps).astype("float32").astype("float64")
    rounded: list[float] = np.where(inwards, stepped, short).tolist()
    return rounded


def memory_problems(connection: Connection) -> Iterator[Problem]:
    """Examine what imports remember: each row by its own mark, and that each imported incident has one."""
    columns = "dataset, external_id, incident, digest, revision, said, theirs, mark"
    for row in connection.execute(text(f"SELECT {columns} FROM import_row ORDER BY 1, 2")):  # noqa: S608 — constant names
        if not _is_marked(row):
            message = f"What the last import remembers of row {str(row[1])[:80]!r} was changed. {GO_BACK}"
            yield Problem(ERROR, str(row[0]), message)
    statement = text(
        "SELECT code FROM incident WHERE fid NOT IN (SELECT incident FROM import_row) AND id IN"
        " (SELECT subject_id FROM revision WHERE subject_kind = 'incident' AND action = 'import') ORDER BY code"
    )
    for code in connection.execute(statement).scalars():
        yield Problem(ERROR, code, f"It was imported, and no import remembers it. {GO_BACK}")


def _is_marked(row: Sequence[Any]) -> bool:
    *cells, mark = row
    return isinstance(cells[3], bytes) and mark == mark_of(*cells)


def differences(
    connection: Connection,
    model: type[SQLModel],
    expected: Iterable[Mapping[str, Any]],
    named: Callable[[Mapping[str, Any]], object] | None = None,
    *,
    where: ColumnElement[bool] | None = None,
) -> Iterator[Problem]:
    """Yield the rows of a table that are not as expected, each as a problem.

    Args:
        connection: Within a transaction.
        model: The table.
        expected: Its rows, with every column; geometries as bytes.
        named: Names what a row belongs to; None takes its key.
        where: The rows that are compared; None compares all.
    """
    name = table_of(model).name
    for row in _differing(connection, model, expected, where):
        keys = [str(row[column.name]) for column in table_of(model).primary_key.columns]
        place = (named(row) if named else None) or " ".join(keys)
        message = f"The table {name} does not hold what is recorded: {', '.join(row['columns'])}. {GO_BACK}"
        yield Problem(ERROR, str(place), message)


def _differing(
    connection: Connection,
    model: type[SQLModel],
    expected: Iterable[Mapping[str, Any]],
    where: ColumnElement[bool] | None,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that differ, as stored or else as expected, with the names of `columns` that differ.

    No column is left out: the expected rows must have all that the table has.
    """
    table = table_of(model)
    names = [column.name for column in table.c]
    keys = [names.index(column.name) for column in table.primary_key.columns]
    key_of = itemgetter(*keys)
    ours = sorted(map(itemgetter(*names), expected), key=key_of)
    query = _raw(model).order_by(*table.primary_key.columns)
    _, rows = dialect_of(connection).cells(connection.execute(query if where is None else query.where(where)))
    theirs = [*map(tuple, rows)]
    if ours == theirs:  # nearly always
        return
    wanted, stored = _by_key(keys, ours), _by_key(keys, theirs)
    differing_keys = [key for key in wanted.keys() | stored.keys() if wanted.get(key) != stored.get(key)]
    for key in sorted(differing_keys, key=_sortable):
        there, due = stored.get(key), wanted.get(key)
        differing = [name for n, name in enumerate(names) if there and due and there[n] != due[n]]
        what = differing or [f"a row that is {'missing' if there is None else 'not recorded'}"]
        yield {**dict(zip(names, there or due or (), strict=True)), "columns": what}


def _by_key(keys: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {tuple([row[n] for n in keys]): row for row in rows}


def _sortable(key: tuple[Any, ...]) -> tuple[str, ...]:
    """Return what sorts a key, whose parts are numbers or texts; a row may hold neither by mistake."""
    return tuple(f"{part:>20}" if isinstance(part, int) else str(part) for part in key)


def _raw(model: type[SQLModel]) -> Select[Any]:
    """Return the query of all rows with geometries as bytes."""
    columns = table_of(model).c
    return select(
        *(
            type_coerce(column, LargeBinary).label(column.name) if column.name in {"geometry", "geom"} else column
            for column in columns
        )
    )
