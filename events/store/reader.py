"""Reading: the tables of the incidents asked for, as they are now or as they were known at a past moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import LargeBinary, select, text, type_coerce

from willay.events.records import COLUMNS, IncidentTables
from willay.events.store import lookups
from willay.events.store.ids import moment_text
from willay.events.store.registers import dataset_frame
from willay.events.store.resolve import locate
from willay.events.store.revisions import as_known_at
from willay.events.store.states import (
    Rows,
    State,
    actor_rows,
    case_row,
    incident_rows,
    incident_state_of,
    source_row,
)
from willay.events.store.tables import (
    Actor,
    CaseFile,
    Claim,
    Incident,
    IncidentCase,
    IncidentSource,
    Party,
    Place,
    Source,
    table_of,
)
from willay.geo.blobs import decode_geometries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection
    from sqlmodel import SQLModel

    from willay.events.store.revisions import Then

LISTS: Final[Mapping[str, type[SQLModel]]] = {
    "places": Place, "parties": Party, "claims": Claim,
    "incident_sources": IncidentSource, "incident_cases": IncidentCase,
}  # fmt: skip
_KEYED: Final[Mapping[str, type[SQLModel]]] = {"sources": Source, "actors": Actor, "cases": CaseFile}
KINDS: Final = {"sources": "source", "actors": "actor", "cases": "case"}
SINGULAR: Final = {"incidents": "incident", "places": "place", "parties": "party", "claims": "claim",
                    "incident_sources": "incident_source", "incident_cases": "incident_case"}  # fmt: skip


def read_tables(
    connection: Connection,
    where: Sequence[ColumnElement[bool]],
    regions: gpd.GeoDataFrame,
    as_of: datetime | None = None,
) -> IncidentTables:
    """Read incidents with all their rows.

    Args:
        connection: Within a transaction.
        where: Conditions on columns of the table `incident` that narrow what is read now. The states of a past moment
            are not narrowed; whoever asks must.
        regions: All versions of regions.
        as_of: Read the record as it was known at that moment (aware); None reads the present.
    """
    frames = {"incidents": _frame(connection, select(table_of(Incident)).where(*where), "incidents")}
    for name, model in LISTS.items():
        frames[name] = list_frame(connection, name, model, where)
    frames["places"] = _with_shapes(frames["places"], regions)
    keyed = {name: _frame(connection, select(table_of(table)), name) for name, table in _KEYED.items()}
    if as_of is not None:
        frames = put_back(connection, frames, as_known_at(connection, "incident", as_of), regions)
        keyed = {name: _keyed_then(connection, name, frame, as_of) for name, frame in keyed.items()}
    return IncidentTables(
        **frames,
        **keyed,
        datasets=dataset_frame(connection, as_of),
        wholes=_wholes_then(connection, frames["incidents"], as_of),
    )


def _wholes_then(connection: Connection, incidents: pd.DataFrame, as_of: datetime | None) -> dict[str, str]:
    """Return the whole of each part; for a past moment those read then come before those of today."""
    parts = incidents[incidents["part_of"].notna()]
    then = {} if as_of is None else dict(zip(parts["code"], parts["part_of"], strict=True))
    return {**lookups.wholes(connection), **then}


def _frame(connection: Connection, query: Select[Any], name: str) -> pd.DataFrame:
    """Return the rows of a query as one of the tables; columns that it does not ask for are unknown."""
    rows = connection.execute(query)
    keys = list(rows.keys())
    cells = list(zip(*rows.fetchall(), strict=True)) or [() for _ in keys]  # by column: rows cost pandas a look each
    found = dict(zip(keys, cells, strict=True))
    unknown = [None] * len(cells[0])
    return pd.DataFrame({name: pd.Series(list(found.get(name, unknown)), dtype="object") for name in COLUMNS[name]})


def list_frame(
    connection: Connection,
    name: str,
    table: type[SQLModel],
    where: Sequence[ColumnElement[bool]],
    only: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Read one of the lists of the incidents that conditions hold for, all its columns or only some."""
    listed = table_of(table)
    columns = [
        type_coerce(column, LargeBinary).label("geometry") if column.name == "geometry" else column
        for column in listed.c
        if only is None or column.name in only
    ]
    query = select(*columns).order_by(listed.c.incident, listed.c.position)
    if where:
        query = query.where(listed.c.incident.in_(select(table_of(Incident).c.fid).where(*where)))
    return _frame(connection, query, name)


def _with_shapes(places: pd.DataFrame, regions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Decode the points, and give places that are regions the shape of their region."""
    shapes = decode_geometries(places["geometry"].tolist())
    of_region = dict(zip(regions["fid"], regions.geometry, strict=True))
    for row, fid in enumerate(places["region_fid"].tolist()):
        if fid is not None:
            shapes[row] = of_region.get(fid)
    return places.assign(geometry=pd.Series(list(shapes), index=places.index, dtype="object"))


def put_back(
    connection: Connection, frames: Mapping[str, pd.DataFrame], then: Then, regions: gpd.GeoDataFrame
) -> dict[str, pd.DataFrame]:
    """Put the states known at a moment in the place of those of the incidents that changed since.

    Args:
        connection: Within a transaction.
        frames: The tables of incidents and of their lists, as they are now.
        then: What differs.
        regions: All versions of regions.
    """
    incidents = frames["incidents"]
    same = incidents[~incidents["id"].isin(then.changed)]
    fids = set(same["fid"])
    kept = {
        name: same if name == "incidents" else frame[frame["incident"].isin(fids)] for name, frame in frames.items()
    }
    if not then.states:
        return kept
    numbers = lookups.rows_by_key(connection, "incident", (state["id"] for state, _, _ in then.states), "id")
    states = [(state, int(numbers[state["id"]]["fid"]), number, at) for state, number, at in then.states]
    rows = rows_of_states(states, regions)
    return {
        name: joined(frame, pd.DataFrame(rows[SINGULAR[name]], columns=list(COLUMNS[name]), dtype="object"))
        for name, frame in kept.items()
    }


def joined(kept: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of two tables."""
    both = [frame for frame in (kept, added) if len(frame)]
    return pd.concat(both, ignore_index=True) if both else kept


def rows_of_states(states: Iterable[tuple[State, int, int, str]], regions: gpd.GeoDataFrame) -> Rows:
    """Turn states (with fid, revision number and moment) into rows, with what is computed of their places."""
    rows: Rows = {name: [] for name in SINGULAR.values()}
    for state, fid, number, recorded_at in states:
        for name, made in incident_rows(state, fid, number, recorded_at).items():
            rows[name] += made
    days = {row["fid"]: row["first_day"] for row in rows["incident"]}
    places = rows["place"]
    located = locate(places, [days[row["incident"]] for row in places], regions)
    shown = [{**row, **found.columns, "geometry": found.shape} for row, found in zip(places, located, strict=True)]
    return {**rows, "place": shown}


def _keyed_then(connection: Connection, name: str, frame: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    then = as_known_at(connection, KINDS[name], as_of)
    rows = [_ROW_OF[name](state) for state, _, _ in then.states]
    old = pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype="object")
    return joined(frame[~frame["key"].isin(then.changed)], old)


_ROW_OF: Final[dict[str, Callable[[State], dict[str, Any]]]] = {
    "sources": source_row,
    "actors": lambda state: actor_rows(state)["actor"][0],
    "cases": case_row,
}


@dataclass(frozen=True, slots=True)
class Current:
    """The state of an incident now.

    Attributes:
        fid: The number of its row.
        state: The state.
        revision: The number of the revision that made it.
    """

    fid: int
    state: State
    revision: int


def read_current(connection: Connection, code: str) -> Current | None:
    """Read the state of the incident with a code, or None."""
    for fid, current in read_states(connection, "WHERE code = :code", {"code": code}):
        return Current(fid, *current)
    return None


def read_states(
    connection: Connection, where: str = "", values: dict[str, Any] | None = None
) -> list[tuple[int, tuple[State, int]]]:
    """Rebuild the states of incidents from their rows, with their row and revision numbers, in order of row.

    Args:
        connection: Within a transaction.
        where: A condition on the table `incident`, as SQL.
        values: The values of its parameters.
    """
    chosen = f"SELECT fid FROM incident {where}"  # noqa: S608 — our own names; values are bound
    children: dict[int, Rows] = {}
    for table in ("place", "party", "claim", "incident_source", "incident_case"):
        statement = f"SELECT * FROM {table} WHERE incident IN ({chosen}) ORDER BY incident, position"  # noqa: S608 — our own names; values are bound
        for row in connection.execute(text(statement), values or {}).mappings():
            children.setdefault(row["incident"], {}).setdefault(table, []).append(dict(row))
    own = f"SELECT * FROM incident {where} ORDER BY fid"  # noqa: S608 — as above
    incidents = connection.execute(text(own), values or {}).mappings()
    none: list[dict[str, Any]] = []
    return [
        (
            row["fid"],
            (
                incident_state_of(
                    dict(row), {name: children.get(row["fid"], {}).get(name, none) for name in _TABLE_NAMES}
                ),
                row["revision"],
            ),
        )
        for row in incidents
    ]


_TABLE_NAMES: Final = ("place", "party", "claim", "incident_source", "incident_case")


def known_then(connection: Connection, kind: str, subject: str, as_of: datetime) -> tuple[int, str | None] | None:
    """Return number and document (None: the present state) of what a subject was at a moment; None before it was."""
    statement = text(
        "SELECT number, document FROM revision WHERE subject_kind = :kind AND subject_id = :subject"
        " AND recorded_at <= :moment ORDER BY number DESC LIMIT 1"
    )
    asked = {"kind": kind, "subject": subject, "moment": moment_text(as_of)}
    row = connection.execute(statement, asked).one_or_none()
    return None if row is None else (int(row.number), row.document)


def only(tables: IncidentTables, rows: pd.DataFrame) -> IncidentTables:
    """Return the tables with some of the incidents only."""
    fids = set(rows["fid"])
    lists = {
        name: table[table["incident"].isin(fids)] for name in LISTS if (table := getattr(tables, name)) is not None
    }
    return replace(tables, incidents=rows, **lists)
