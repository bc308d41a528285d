"""Writing: states become rows, revisions, figures and faces, in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import bindparam, delete, insert, text, update

from willay.events.errors import DraftError
from willay.events.records import COLUMNS, IncidentTables, figure_table, incident_frame
from willay.events.store import lookups
from willay.events.store.geopackage import touch_contents
from willay.events.store.intake import Setting, take_in
from willay.events.store.resolve import locate
from willay.events.store.results import Added
from willay.events.store.revisions import Author, Change, chunks, record, record_creations, supersede
from willay.events.store.states import Rows, State, actor_rows, case_row, incident_rows, source_row
from willay.events.store.tables import (
    CHILDREN,
    Actor,
    ActorAlias,
    CaseFile,
    Claim,
    Dataset,
    Face,
    FigureRow,
    Incident,
    IncidentCase,
    IncidentSource,
    Indicator,
    Party,
    Place,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from sqlalchemy.engine import Connection
    from sqlmodel import SQLModel

    from willay.events.drafts import Bundle

FACE_LANGUAGE: Final = "es"
_TABLES: Final[Mapping[str, type[SQLModel]]] = {
    "incident": Incident,
    "place": Place,
    "party": Party,
    "claim": Claim,
    "incident_source": IncidentSource,
    "incident_case": IncidentCase,
}
_FRAMES: Final = {
    "incident": "incidents", "place": "places", "party": "parties", "claim": "claims",
    "incident_source": "incident_sources", "incident_case": "incident_cases",
}  # fmt: skip
"""The table of `IncidentTables` that holds the rows of a table of the database."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident about to be written: its row number, its new state, and the digest of the one before."""

    fid: int
    state: State
    action: str
    previous: str | None = None


def add_bundle(
    connection: Connection, bundle: Bundle, setting: Setting, author: Author, policy: str
) -> Added:
    """Add all of a bundle that is new.

    Raises:
        DraftError: Something does not fit; nothing is added then.
    """
    intake = take_in(connection, bundle, setting)
    if intake.faults:
        raise DraftError(tuple(intake.faults))
    for kind, states in (("source", intake.sources), ("actor", intake.actors), ("case", intake.cases)):
        add_keyed(connection, kind, states, author)
    indicators = _add_indicators(connection, bundle)
    first = int(connection.execute(text("SELECT coalesce(max(fid), 0) + 1 FROM incident")).scalar_one())
    entries = [Entry(first + place, state, "add") for place, state in enumerate(intake.incidents)]
    write_incidents(connection, entries, setting, author, policy)
    touch_contents(connection, author.recorded_at)
    return Added(
        codes=tuple(state["code"] for state in intake.incidents),
        sources=_keys(intake.sources),
        actors=_keys(intake.actors),
        cases=_keys(intake.cases),
        claims=sum(len(state["draft"].get("claims", [])) for state in intake.incidents),
        indicators=indicators,
    )


def _keys(states: Iterable[State]) -> tuple[str, ...]:
    return tuple(state["key"] for state in states)


def add_keyed(connection: Connection, kind: str, states: Sequence[State], author: Author) -> None:
    """Add sources, actors or cases."""
    rows: dict[type[SQLModel], list[dict[str, Any]]] = defaultdict(list)
    for state in states:
        if kind == "source":
            rows[Source].append(source_row(state))
        elif kind == "case":
            rows[CaseFile].append(case_row(state))
        else:
            made = actor_rows(state)
            rows[Actor] += made["actor"]
            rows[ActorAlias] += made["actor_alias"]
    for table, listed in rows.items():
        _insert(connection, table, listed)
    record_creations(connection, kind, [(state["key"], state) for state in states], author)


def _add_indicators(connection: Connection, bundle: Bundle) -> int:
    """Add the indicators that are not there in the same words."""
    columns = 'name, area, year, value, unit, "by", source, note'
    there = {tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM indicator")}  # noqa: S608 — constant text
    first = len(there)
    rows = []
    for draft in bundle.indicators:
        row = draft.model_dump(mode="json")
        row["note"] = None if draft.note is None else _json_text(draft.note)
        if (content := tuple(row.values())) not in there:
            there.add(content)
            rows.append({"number": first + len(rows) + 1, **row})
    _insert(connection, Indicator, rows)
    return len(rows)


def write_incidents(
    connection: Connection, entries: Sequence[Entry], setting: Setting, author: Author, policy: str
) -> int | None:
    """Write new states of incidents, with their revisions and all that is derived; return the first revision's number."""
    if not entries:
        return None
    changes = [Change(entry.state["id"], entry.state, entry.action, entry.previous) for entry in entries]
    first = record(connection, "incident", changes, author)
    rows = _rows_of(entries, first, author)
    days = {row["fid"]: row["first_day"] for row in rows["incident"]}
    located = locate(rows["place"], [days[row["incident"]] for row in rows["place"]], setting.regions)
    for row, found in zip(rows["place"], located, strict=True):
        row |= dict(zip(("adm1", "adm2", "adm3"), found.admin, strict=True))
        row |= {"region_fid": found.region_fid, "geometry": None if found.region_fid else found.shape}
    _add_datasets(connection, rows["incident"])
    _replace_old(connection, [entry.fid for entry in entries if entry.previous])
    for name, table in _TABLES.items():
        _insert(connection, table, rows[name])
    shown = [{**row, "geometry": found.shape} for row, found in zip(rows["place"], located, strict=True)]
    write_derived(connection, frames_of({**rows, "place": shown}, connection), policy)
    return first


def _rows_of(entries: Sequence[Entry], first: int, author: Author) -> Rows:
    rows: Rows = {name: [] for name in _TABLES}
    for place, entry in enumerate(entries):
        for name, made in incident_rows(entry.state, entry.fid, first + place, author.recorded_at).items():
            rows[name] += made
    return rows


def _add_datasets(connection: Connection, incidents: Sequence[Mapping[str, Any]]) -> None:
    names = {row["dataset"] for row in incidents if row["dataset"]}
    missing = sorted(names - lookups.present(connection, "dataset", names, "name"))
    _insert(connection, Dataset, [{"name": name} for name in missing])


def _replace_old(connection: Connection, fids: Sequence[int]) -> None:
    """Take the rows of incidents out, to put the new ones in; references to them are checked at the end."""
    for part in chunks(fids, 500):
        gone = {"gone": list(part)}
        for table in (*CHILDREN, FigureRow):
            column = table.__table__.c.incident  # type: ignore[attr-defined]  # SQLModel adds it
            connection.execute(delete(table).where(column.in_(bindparam("gone", expanding=True))), gone)
        for table in (Face, Incident):
            column = table.__table__.c.fid  # type: ignore[attr-defined]  # SQLModel adds it
            connection.execute(delete(table).where(column.in_(bindparam("gone", expanding=True))), gone)
        boxes = text("DELETE FROM place_box WHERE incident IN :gone").bindparams(
            bindparam("gone", expanding=True)
        )
        connection.execute(boxes, gone)


def frames_of(rows: Rows, connection: Connection) -> IncidentTables:
    """Make the tables of some incidents of rows, with what they refer to."""
    frames = {
        _FRAMES[name]: pd.DataFrame(made, columns=list(COLUMNS[_FRAMES[name]])) for name, made in rows.items()
    }
    frames = {name: frame.astype("object").where(frame.notna(), None) for name, frame in frames.items()}
    cited = frames["incident_sources"]["source"].unique()
    sources = [*lookups.rows_by_key(connection, "source", cited).values()]
    actors = [*lookups.rows_by_key(connection, "actor", frames["parties"]["actor"].unique()).values()]
    cases = [
        *lookups.rows_by_key(connection, "case_file", frames["incident_cases"]["case"].unique()).values()
    ]
    return IncidentTables(
        **frames,
        sources=pd.DataFrame(sources, columns=list(COLUMNS["sources"]), dtype="object"),
        actors=pd.DataFrame(actors, columns=list(COLUMNS["actors"]), dtype="object"),
        cases=pd.DataFrame(cases, columns=list(COLUMNS["cases"]), dtype="object"),
    )


def write_derived(connection: Connection, tables: IncidentTables, policy: str) -> None:
    """Write figures, faces and boxes of incidents that have none yet, and say anew which of their parts count."""
    fids = tables.incidents["fid"].tolist()
    frame = incident_frame(tables, policy=policy, lang=FACE_LANGUAGE, details=False)
    _insert(connection, FigureRow, _records(figure_table(tables, policy)))
    _insert(connection, Face, face_rows(frame, fids))
    bounds = frame.geometry.bounds
    boxes = [
        {"incident": fid, "west": box.minx, "south": box.miny, "east": box.maxx, "north": box.maxy}
        for fid, box in zip(fids, bounds.itertuples(), strict=True)
        if box.minx == box.minx
    ]
    statement = text(
        "INSERT INTO place_box (incident, west, east, south, north) VALUES (:incident, :west, :east, :south, :north)"
    )
    for part in chunks(boxes):
        connection.execute(statement, list(part))
    count_wholes(connection)


def face_rows(frame: gpd.GeoDataFrame, fids: Sequence[int]) -> list[dict[str, Any]]:
    """Make the rows of the layer `incidents`."""
    names = [column.name for column in Face.__table__.columns if column.name not in {"fid", "geom"}]  # type: ignore[attr-defined]  # SQLModel adds __table__
    table = pd.DataFrame(frame[names])
    for name in ("first_day", "last_day"):
        table[name] = frame[name].dt.strftime("%Y-%m-%d")
    rows = _records(table)
    shapes = frame.geometry.tolist()
    return [{"fid": fid, **row, "geom": shape} for fid, row, shape in zip(fids, rows, shapes, strict=True)]


def count_wholes(connection: Connection) -> None:
    """Bring `face.counted` up to date: a part counts unless a whole above it stands."""
    up = lookups.wholes(connection)
    if not up:
        connection.execute(text("UPDATE face SET counted = 1 WHERE counted = 0"))
        return
    standing = lookups.present(connection, "face", set(up.values()), "code") - retracted(connection)
    parts = {code for code in up if any(whole in standing for whole in above(code, up))}
    now = set(connection.execute(text("SELECT code FROM face WHERE counted = 0")).scalars())
    for flag, codes in ((False, parts - now), (True, now - parts)):
        if codes:
            statement = update(Face).where(Face.__table__.c.code == bindparam("at"))  # type: ignore[attr-defined]  # as above
            connection.execute(statement.values(counted=flag), [{"at": code} for code in sorted(codes)])


def retracted(connection: Connection) -> set[str]:
    """Return the codes of the retracted incidents."""
    return set(connection.execute(text("SELECT code FROM incident WHERE status = 'retracted'")).scalars())


def above(code: str, wholes: Mapping[str, str]) -> list[str]:
    """Return the wholes above a part, the nearest first."""
    found: list[str] = []
    whole = wholes.get(code)
    while whole is not None and whole not in found:
        found.append(whole)
        whole = wholes.get(whole)
    return found


def revise_incident(
    connection: Connection, old: tuple[Entry, int], new: Entry, setting: Setting, author: Author, policy: str
) -> int:
    """Replace an incident's state, keeping the old one with its revision; return the new revision's number.

    Args:
        connection: Within a transaction.
        old: The state to keep and the number of its revision.
        new: The state to write.
        setting: As for `write_incidents`.
        author: Who changes it.
        policy: The database's policy.
    """
    supersede(connection, [(old[1], old[0].state)])
    number = write_incidents(connection, [new], setting, author, policy)
    touch_contents(connection, author.recorded_at)
    return int(number or 0)


def _insert(connection: Connection, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    for part in chunks(rows):
        connection.execute(insert(table), list(part))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.astype("object").where(table.notna(), None)
    return [dict(row) for row in plain.to_dict("records")]


def _json_text(texts: Mapping[str, str]) -> str:
    from willay.events.store.states import canonical  # noqa: PLC0415

    return canonical(dict(texts))
