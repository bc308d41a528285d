"""Registers: the sources, actors, cases and indicators of a database, and how many there are of everything."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
from sqlalchemy import text

from willay.events.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft, draft
from willay.events.fieldtypes import EVERYTHING
from willay.events.foreign import DatasetTerms
from willay.events.records import COLUMNS
from willay.events.store.revisions import as_known_at
from willay.events.store.states import (
    actor_rows,
    actor_state,
    actor_state_of,
    case_row,
    case_state,
    case_state_of,
    pruned,
    source_row,
    source_state,
    source_state_of,
)
from willay.events.terms import rows_of_terms, tightened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.disclosing import Lens
    from willay.events.store.states import State


def describe_dataset(connection: Connection, terms: DatasetTerms) -> None:
    """Write down the terms of a dataset; what is not said now stays as it was known before."""
    columns = ", ".join(field.name for field in fields(DatasetTerms))
    values = ", ".join(f":{field.name}" for field in fields(DatasetTerms))
    updated = ", ".join(
        f"{field.name} = coalesce(excluded.{field.name}, {field.name})" for field in fields(DatasetTerms)[1:]
    )
    statement = f"INSERT INTO dataset ({columns}) VALUES ({values}) ON CONFLICT (name) DO UPDATE SET {updated}"  # noqa: S608 — our own names
    connection.execute(text(statement), asdict(terms))


def tighten_datasets(connection: Connection, file: DatasetTerms, others: Iterable[DatasetTerms]) -> None:
    """Write down what a file states of the terms of datasets, as far as it is no looser than what is known of them.

    Args:
        connection: Within a transaction that writes.
        file: The dataset of the file itself, whose version is the one that the file has.
        others: Those that its rows name; their versions are kept where they are known.
    """
    known = {terms.name: terms for terms in rows_of_terms(dataset_table(connection).to_dict("records"))}
    for said in (file, *others):
        here = known.get(said.name)
        terms = tightened(here, said)
        if here is not None and here.version and said is not file:
            terms = replace(terms, version=here.version)
        if terms != here:
            describe_dataset(connection, terms)
            known[said.name] = terms


def dataset_table(connection: Connection) -> pd.DataFrame:
    """Return the datasets: name, version, licence, attribution, may_publish."""
    names = ", ".join(field.name for field in fields(DatasetTerms))
    rows = connection.execute(text(f"SELECT {names} FROM dataset ORDER BY name"))  # noqa: S608 — our own names
    return pd.DataFrame(rows.fetchall(), columns=list(rows.keys()), dtype="object")


COUNTED = ("incident", "place", "claim", "source", "actor", "case_file", "region", "indicator", "revision")
"""The tables whose rows `counts` counts; of incidents those that are not retracted."""


def source_drafts(connection: Connection, as_of: datetime | None = None) -> tuple[SourceDraft, ...]:
    """Return the sources by key, now or as known at a moment."""
    states = source_states(connection)
    return tuple(draft(SourceDraft, state, recorded=EVERYTHING) for state in _then(connection, "source", states, as_of))


def source_draft(connection: Connection, key: str) -> SourceDraft | None:
    """Return the source with a key, or None."""
    rows = connection.execute(text("SELECT * FROM source WHERE key = :key"), {"key": key}).mappings()
    return next((draft(SourceDraft, source_state_of(dict(row)), recorded=EVERYTHING) for row in rows), None)


def actor_drafts(connection: Connection, as_of: datetime | None = None) -> tuple[ActorDraft, ...]:
    """Return the actors by key, now or as known at a moment."""
    states = actor_states(connection)
    return tuple(draft(ActorDraft, state, recorded=EVERYTHING) for state in _then(connection, "actor", states, as_of))


def case_drafts(connection: Connection, as_of: datetime | None = None) -> tuple[CaseDraft, ...]:
    """Return the cases by key, now or as known at a moment."""
    states = case_states(connection)
    return tuple(draft(CaseDraft, state, recorded=EVERYTHING) for state in _then(connection, "case", states, as_of))


Drafts: TypeAlias = "tuple[tuple[SourceDraft, ...], tuple[ActorDraft, ...], tuple[CaseDraft, ...]]"


def seen_through(connection: Connection, lens: Lens, drafts: Drafts) -> Drafts:
    """Return sources, actors and cases as a lens shows them; withheld actors have no aliases."""
    sources, actors, cases = drafts
    rows = (
        [source_row(source_state(one)) for one in sources],
        [actor_rows(actor_state(one))["actor"][0] for one in actors],
        [case_row(case_state(one)) for one in cases],
    )
    tables = [
        pd.DataFrame(part, columns=list(COLUMNS[name]), dtype="object")
        for name, part in zip(("sources", "actors", "cases"), rows, strict=True)
    ]
    most = connection.execute(text("SELECT coalesce(max(position), 0) + 1 FROM incident_source")).scalar_one()
    seen = lens.registers(tables[0], tables[1], tables[2], int(most))
    aliases = {one.key: list(one.aliases) for one in actors}
    return (
        tuple(draft(SourceDraft, source_state_of(row), recorded=EVERYTHING) for row in _plain(seen.sources)),
        tuple(
            draft(ActorDraft, actor_state_of(row, aliases.get(row["key"], [])), recorded=EVERYTHING)
            for row in _plain(seen.actors)
        ),
        tuple(draft(CaseDraft, case_state_of(row), recorded=EVERYTHING) for row in _plain(seen.cases)),
    )


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    whole = table.astype("object").where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in whole.to_dict("records")]


def _then(connection: Connection, kind: str, states: Iterable[State], as_of: datetime | None) -> list[State]:
    if as_of is None:
        return sorted(states, key=lambda state: str(state["key"]))
    then = as_known_at(connection, kind, as_of)
    same = [state for state in states if state["key"] not in then.changed]
    return sorted([*same, *(state for state, _, _ in then.states)], key=lambda state: str(state["key"]))


def source_states(connection: Connection) -> list[State]:
    """Rebuild the states of all sources."""
    return [source_state_of(dict(row)) for row in connection.execute(text("SELECT * FROM source")).mappings()]


def actor_states(connection: Connection) -> list[State]:
    """Rebuild the states of all actors."""
    aliases: dict[str, list[str]] = {}
    for actor, alias in connection.execute(text("SELECT actor, alias FROM actor_alias ORDER BY actor, position")):
        aliases.setdefault(actor, []).append(alias)
    rows = connection.execute(text("SELECT * FROM actor")).mappings()
    return [actor_state_of(dict(row), aliases.get(row["key"], [])) for row in rows]


def case_states(connection: Connection) -> list[State]:
    """Rebuild the states of all cases."""
    return [case_state_of(dict(row)) for row in connection.execute(text("SELECT * FROM case_file")).mappings()]


def indicator_drafts(connection: Connection) -> tuple[IndicatorDraft, ...]:
    """Return the indicators in the order in which they were added."""
    columns = 'name, area, year, value, unit, "by", source, note'
    rows = connection.execute(text(f"SELECT {columns} FROM indicator ORDER BY number")).mappings()  # noqa: S608 — constant text
    return tuple(
        draft(IndicatorDraft, pruned({**row, "note": row["note"] and json.loads(row["note"])}), recorded=EVERYTHING)
        for row in rows
    )


def case_counts(connection: Connection) -> dict[str, int]:
    """Return how many incidents each case has, without the retracted ones."""
    statement = (
        'SELECT "case", count(*) FROM incident_case JOIN incidents ON incidents.fid = incident_case.incident'
        ' GROUP BY "case" ORDER BY "case"'
    )
    return {str(case): int(number) for case, number in connection.execute(text(statement))}


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table of `COUNTED` has; cases are counted under `case`."""
    found: dict[str, Any] = {}
    for table in COUNTED:
        layer = "incidents" if table == "incident" else table
        name = "case" if table == "case_file" else table
        found[name] = int(connection.execute(text(f"SELECT count(*) FROM {layer}")).scalar_one())  # noqa: S608 — our own names
    return found
