"""Writing: states become rows, revisions, figures and faces, in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import text

from willay.events.canonical import canonical
from willay.events.datasets import USUAL
from willay.events.errors import DraftError
from willay.events.foreign import DatasetTerms
from willay.events.records import COLUMNS, IncidentTables
from willay.events.store import lookups
from willay.events.store.bulk import delete_rows, insert_rows
from willay.events.store.derived import clear_derived, write_derived
from willay.events.store.intake import Setting, take_in
from willay.events.store.registers import indicator_states
from willay.events.store.resolve import locate
from willay.events.store.results import Added
from willay.events.store.revisions import Author, Change, record, record_creations, supersede
from willay.events.store.states import (
    Rows,
    State,
    actor_rows,
    case_row,
    dataset_row,
    dataset_state,
    incident_rows,
    indicator_row,
    indicator_state,
    source_row,
)
from willay.events.store.tables import (
    CHILDREN,
    OF_AN_INCIDENT,
    Actor,
    ActorAlias,
    CaseFile,
    Dataset,
    Incident,
    Indicator,
    Source,
    table_of,
)
from willay.geo.blobs import encode_geometries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    from sqlalchemy.engine import Connection
    from sqlmodel import SQLModel

    from willay.events.drafts import Bundle

_FRAMES: Final = {
    "incident": "incidents", "place": "places", "party": "parties", "claim": "claims",
    "incident_source": "incident_sources", "incident_case": "incident_cases",
}  # fmt: skip
"""The table of `IncidentTables` that holds the rows of a table of the database."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident about to be written: its row number, its new state, and the digest of the one before.

    `origin` is as in `Change`.
    """

    fid: int
    state: State
    action: str
    previous: str | None = None
    origin: Mapping[str, Any] | None = None  # Any: JSON


def add_bundle(connection: Connection, bundle: Bundle, setting: Setting, author: Author) -> Added:
    """Add all of a bundle that is new.

    Raises:
        DraftError: Something does not fit; nothing is added then.
    """
    intake = take_in(connection, bundle, setting)
    if intake.faults:
        raise DraftError(tuple(intake.faults))
    for kind, states in (("source", intake.sources), ("actor", intake.actors), ("case", intake.cases)):
        add_keyed(connection, kind, states, author)
    indicators = _add_indicators(connection, bundle, author)
    first = int(connection.execute(text("SELECT coalesce(max(fid), 0) + 1 FROM incident")).scalar_one())
    entries = [Entry(first + place, state, "add") for place, state in enumerate(intake.incidents)]
    write_incidents(connection, entries, setting, author)
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
        insert_rows(connection, table, listed)
    record_creations(connection, kind, [(state["key"], state) for state in states], author)


def _add_indicators(connection: Connection, bundle: Bundle, author: Author) -> int:
    """Add the indicators that are not there in the same words."""
    there = {canonical(state) for _, state in indicator_states(connection)}
    number = int(connection.execute(text("SELECT coalesce(max(number), 0) FROM indicator")).scalar_one())
    new: dict[str, State] = {}
    for state in map(indicator_state, bundle.indicators):
        if (content := canonical(state)) not in there:
            there.add(content)
            number += 1
            new[str(number)] = state
    insert_rows(connection, Indicator, [indicator_row(state, int(name)) for name, state in new.items()])
    record_creations(connection, "indicator", [*new.items()], author)
    return len(new)


def write_incidents(connection: Connection, entries: Sequence[Entry], setting: Setting, author: Author) -> int | None:
    """Write new states of incidents, with their revisions and all that is derived; return the first's number."""
    if not entries:
        return None
    changes = [Change(entry.state["id"], entry.state, entry.action, entry.previous, entry.origin) for entry in entries]
    first = record(connection, "incident", changes, author)
    rows = _rows_of(entries, first, author)
    days = {row["fid"]: row["first_day"] for row in rows["incident"]}
    located = locate(rows["place"], [days[row["incident"]] for row in rows["place"]], setting.regions)
    rows["place"] = [{**row, **found.columns} for row, found in zip(rows["place"], located, strict=True)]
    _add_datasets(connection, rows["incident"], author)
    _replace_old(connection, [entry.fid for entry in entries if entry.previous])
    for name, table in OF_AN_INCIDENT.items():
        insert_rows(connection, table, rows[name])
    shown = [{**row, "geometry": found.shape} for row, found in zip(rows["place"], located, strict=True)]
    write_derived(connection, frames_of({**rows, "place": shown}, connection), setting.policy)
    return first


def _rows_of(entries: Sequence[Entry], first: int, author: Author) -> Rows:
    rows: Rows = {name: [] for name in OF_AN_INCIDENT}
    recorded_at = author.recorded_at
    for place, entry in enumerate(entries):
        for name, made in incident_rows(entry.state, entry.fid, first + place, recorded_at).items():
            rows[name] += made
    return rows


def _add_datasets(connection: Connection, incidents: Sequence[Mapping[str, Any]], author: Author) -> None:
    names = {row["dataset"] for row in incidents if row["dataset"]}
    missing = sorted(names - lookups.present(connection, "dataset", names, "name"))
    states = {name: dataset_state(USUAL.get(name) or DatasetTerms(name)) for name in missing}
    insert_rows(connection, Dataset, [dataset_row(state) for state in states.values()])
    record_creations(connection, "dataset", [*states.items()], author)


def _replace_old(connection: Connection, fids: Sequence[int]) -> None:
    """Take the rows of incidents out, to put the new ones in; references to them are checked at the end."""
    clear_derived(connection, fids)
    for table in CHILDREN:
        delete_rows(connection, table_of(table).c.incident, fids)
    delete_rows(connection, table_of(Incident).c.fid, fids)


def frames_of(rows: Rows, connection: Connection) -> IncidentTables:
    """Make the tables of some incidents of rows, with what they refer to; of sources only what is derived needs."""
    frames = {_FRAMES[name]: _frame(made, COLUMNS[_FRAMES[name]]) for name, made in rows.items()}
    sources = lookups.voices(connection, frames["incident_sources"]["source"].unique())
    actors = [*lookups.rows_by_key(connection, "actor", frames["parties"]["actor"].unique()).values()]
    cases = [*lookups.rows_by_key(connection, "case_file", frames["incident_cases"]["case"].unique()).values()]
    listed: Any = frames  # Any: mypy checks ** against every field alike
    return IncidentTables(
        **listed,
        sources=pd.DataFrame(sources, columns=["key", "kind", "published_on"], dtype="object"),
        actors=pd.DataFrame(actors, columns=list(COLUMNS["actors"]), dtype="object"),
        cases=pd.DataFrame(cases, columns=list(COLUMNS["cases"]), dtype="object"),
    )


def _frame(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> pd.DataFrame:
    """Make a table of rows, column by column: what is unknown stays None, and numbers stay what they are."""
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype="object") for name in columns})


def revise_incident(
    connection: Connection, old: tuple[Entry, int], new: Entry, setting: Setting, author: Author
) -> int:
    """Replace an incident's state, keeping the old one with its revision; return the new revision's number.

    Args:
        connection: Within a transaction.
        old: The state to keep and the number of its revision.
        new: The state to write.
        setting: As for `write_incidents`.
        author: Who changes it.
    """
    supersede(connection, [(old[1], old[0].state)])
    return int(write_incidents(connection, [new], setting, author) or 0)


def relocate(connection: Connection, regions: gpd.GeoDataFrame, changed: Sequence[int] = ()) -> list[int]:
    """Work out again what is computed of places, after regions were added or changed.

    Args:
        connection: Within a transaction.
        regions: All versions of regions, as they are now.
        changed: Row numbers of regions whose outline is another than before.

    Returns:
        The row numbers of incidents of which more has to be derived again.
    """
    query = "SELECT place.*, first_day FROM place JOIN incident ON fid = incident ORDER BY incident, position"
    rows = [dict(row) for row in connection.execute(text(query)).mappings()]
    located = locate(rows, [row["first_day"] for row in rows], regions)
    computed = [found.columns for found in located]
    blobs = encode_geometries([columns["geometry"] for columns in computed])
    stale = {row["incident"] for row in rows if row["region_fid"] in changed}
    updates = []
    for row, columns, blob in zip(rows, computed, blobs, strict=True):
        new = {**columns, "geometry": blob}
        if any(row[name] != value for name, value in new.items()):
            updates.append((*new.values(), row["incident"], row["position"]))
            stale.add(row["incident"])
    if updates:
        statement = (
            "UPDATE place SET adm1 = ?, adm2 = ?, adm3 = ?, region_fid = ?, geometry = ?"
            " WHERE incident = ? AND position = ?"
        )
        connection.exec_driver_sql(statement, updates)
    return sorted(stale)
