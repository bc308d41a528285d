"""The rows examined: every column of every table against what the record gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import LargeBinary, select, text, type_coerce

from willay.events.framing import incident_frame
from willay.events.store import registers
from willay.events.store.derived import FACE_LANGUAGE, face_rows, figure_rows, uncounted
from willay.events.store.derived_tables import Face, FigureRow
from willay.events.store.memory import mark_of
from willay.events.store.regions import region_id, region_state
from willay.events.store.resolve import locate
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.states import (
    State,
    actor_rows,
    case_row,
    dataset_row,
    incident_rows,
    indicator_row,
    source_row,
)
from willay.events.store.tables import (
    OF_AN_INCIDENT,
    Actor,
    ActorAlias,
    CaseFile,
    Dataset,
    Incident,
    Indicator,
    Place,
    Region,
    Source,
    table_of,
)
from willay.geo.blobs import decode_geometry, encode_geometries, encode_geometry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from sqlalchemy.engine import Connection
    from sqlmodel import SQLModel

    from willay.events.records import IncidentTables

    Rows = Mapping[type[SQLModel], list[dict[str, Any]]]


def recorded_problems(
    connection: Connection, states: Iterable[tuple[int, State]], regions: gpd.GeoDataFrame
) -> Iterator[Problem]:
    """Compare the tables of the record with the rows that the states become, the computed columns of places included.

    Args:
        connection: Within a transaction.
        states: Row number and present state of every incident.
        regions: All versions of regions.
    """
    rows = _incident_rows(connection, states, regions)
    codes = {row["fid"]: row["code"] for row in rows[Incident]}
    for model, expected in rows.items():
        yield from differences(connection, model, expected, lambda row: codes.get(row.get("incident", row.get("fid"))))
    for model, expected in _register_rows(connection).items():
        yield from differences(connection, model, expected)
    yield from _region_problems(connection)


def _incident_rows(
    connection: Connection, states: Iterable[tuple[int, State]], regions: gpd.GeoDataFrame
) -> dict[type[SQLModel], list[dict[str, Any]]]:
    statement = text(
        "SELECT subject_id, max(number) AS number, recorded_at FROM revision WHERE subject_kind = 'incident'"
        " GROUP BY subject_id"
    )
    latest = {row.subject_id: (row.number, row.recorded_at) for row in connection.execute(statement)}
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {model: [] for model in OF_AN_INCIDENT.values()}
    for fid, state in states:
        for name, made in incident_rows(state, fid, *latest[state["id"]]).items():
            rows[OF_AN_INCIDENT[name]] += made
    days = {row["fid"]: row["first_day"] for row in rows[Incident]}
    located = locate(rows[Place], [days[row["incident"]] for row in rows[Place]], regions)
    columns = [found.columns for found in located]
    blobs = encode_geometries([one["geometry"] for one in columns])
    rows[Place] = [{**row, **own, "geometry": blob} for row, own, blob in zip(rows[Place], columns, blobs, strict=True)]
    return rows


def _register_rows(connection: Connection) -> dict[type[SQLModel], list[dict[str, Any]]]:
    actors = [actor_rows(state) for state in registers.actor_states(connection)]
    return {
        Source: [source_row(state) for state in registers.source_states(connection)],
        Actor: [row for rows in actors for row in rows["actor"]],
        ActorAlias: [row for rows in actors for row in rows["actor_alias"]],
        CaseFile: [case_row(state) for state in registers.case_states(connection)],
        Dataset: [dataset_row(state) for _, state in registers.dataset_states(connection)],
        Indicator: [indicator_row(state, int(number)) for number, state in registers.indicator_states(connection)],
    }


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


def derived_problems(
    connection: Connection, tables: IncidentTables, figures: pd.DataFrame, policy: str
) -> Iterator[Problem]:
    """Compare figures, the layer's rows and the boxes with what follows from the record.

    Args:
        connection: Within a transaction.
        tables: All incidents.
        figures: The figures that follow from their claims.
        policy: The database's figure policy.
    """
    codes = dict(zip(tables.incidents["fid"], tables.incidents["code"], strict=True))
    for row in _differing(connection, FigureRow, figure_rows(figures)):
        message = f"The stored figure of {row['measure']!r} is not what policy {policy} makes of the claims. {GO_BACK}"
        yield Problem(ERROR, str(codes.get(row["incident"], row["incident"])), message)
    frame = incident_frame(tables, policy=policy, lang=FACE_LANGUAGE, details=False, figures=figures)
    apart = uncounted(connection)
    blobs = encode_geometries(frame.geometry.tolist())
    faces = face_rows(frame, tables.incidents["fid"].tolist())
    expected = [
        {**row, "counted": row["code"] not in apart, "geom": blob} for row, blob in zip(faces, blobs, strict=True)
    ]
    for row in _differing(connection, Face, expected):
        message = f"The layer 'incidents' does not show what is recorded: {', '.join(row['columns'])}. {GO_BACK}"
        yield Problem(ERROR, str(codes.get(row["fid"], row["code"])), message)
    yield from _box_problems(connection, frame, tables.incidents["fid"].tolist(), codes)


def _box_problems(
    connection: Connection, frame: gpd.GeoDataFrame, fids: Sequence[int], codes: Mapping[int, str]
) -> Iterator[Problem]:
    """Compare the boxes with the bounds of the shapes, as SQLite stores them: in 32 bits, rounded outwards."""
    bounds = frame.geometry.bounds
    placed = bounds["minx"].notna().to_numpy()
    columns = (
        *(_rounded(bounds[name].to_numpy()[placed], outwards=-1) for name in ("minx", "miny")),
        *(_rounded(bounds[name].to_numpy()[placed], outwards=1) for name in ("maxx", "maxy")),
    )
    expected = dict(zip(np.array(fids)[placed].tolist(), zip(*columns, strict=True), strict=True))
    query = text("SELECT incident, west, south, east, north FROM place_box ORDER BY incident")
    stored = {row[0]: tuple(row[1:]) for row in connection.execute(query)}
    if len(stored) != len(expected):
        message = f"{len(stored)} boxes for {len(expected)} incidents with a place. {GO_BACK}"
        yield Problem(ERROR, "place_box", message)
    for fid in sorted(expected.keys() | stored.keys()):
        if expected.get(fid) != stored.get(fid):
            message = f"Its box does not hold its place, so searches by area miss it. {GO_BACK}"
            yield Problem(ERROR, str(codes.get(fid, fid)), message)
    if (state := connection.execute(text("SELECT rtreecheck('place_box')")).scalar()) != "ok":
        yield Problem(ERROR, "place_box", f"The index of boxes is damaged: {str(state)[:80]}. {GO_BACK}")


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
    for row in connection.exec_driver_sql(f"SELECT {columns} FROM import_row ORDER BY 1, 2"):  # noqa: S608 — constant names
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
    where: Callable[[Mapping[str, Any]], object] | None = None,
) -> Iterator[Problem]:
    """Yield the rows of a table that are not as expected, each as a problem.

    Args:
        connection: Within a transaction.
        model: The table.
        expected: Its rows, with every column; geometries as bytes.
        where: Names what a row belongs to; None takes its key.
    """
    name = table_of(model).name
    for row in _differing(connection, model, expected):
        keys = [str(row[column.name]) for column in table_of(model).primary_key.columns]
        place = (where(row) if where else None) or " ".join(keys)
        message = f"The table {name} does not hold what is recorded: {', '.join(row['columns'])}. {GO_BACK}"
        yield Problem(ERROR, str(place), message)


def _differing(
    connection: Connection, model: type[SQLModel], expected: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table that differ, as stored or else as expected, with the names of `columns` that differ.

    No column is left out: the expected rows must have all that the table has.
    """
    table = table_of(model)
    names = [column.name for column in table.c]
    keys = [names.index(column.name) for column in table.primary_key.columns]
    wanted = _by_key(keys, (tuple(one[name] for name in names) for one in expected))
    stored = _by_key(keys, map(tuple, connection.execute(_raw(model))))
    for key in sorted({key for key in wanted.keys() | stored.keys() if wanted.get(key) != stored.get(key)}):
        theirs, ours = stored.get(key), wanted.get(key)
        differing = [name for n, name in enumerate(names) if theirs and ours and theirs[n] != ours[n]]
        what = differing or [f"a row that is {'missing' if theirs is None else 'not recorded'}"]
        yield {**dict(zip(names, theirs or ours or (), strict=True)), "columns": what}


def _by_key(keys: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> dict[tuple[str, ...], tuple[Any, ...]]:
    return {_key(row, keys): row for row in rows}


def _key(row: tuple[Any, ...], keys: Sequence[int]) -> tuple[str, ...]:
    """Return what sorts and names a row; keys are numbers or texts, and a row may hold neither by mistake."""
    return tuple(f"{row[n]:>20}" if isinstance(row[n], int) else str(row[n]) for n in keys)


def _raw(model: type[SQLModel]) -> Any:  # noqa: ANN401 — a query of SQLAlchemy
    """Return the query of all rows with geometries as bytes."""
    columns = table_of(model).c
    return select(
        *(
            type_coerce(column, LargeBinary).label(column.name) if column.name in {"geometry", "geom"} else column
            for column in columns
        )
    )
