"""Registers: the sources, actors, cases and indicators of a database, and how many there are of everything."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text, update

from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft, draft
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.model.foreign import DatasetTerms
from willay.events.model.terms import tightened
from willay.events.store.record import lookups
from willay.events.store.record.revisions import Change, as_known_at, first_known, latest_digest, record, supersede
from willay.events.store.record.states import (
    actor_state_of,
    alias_rows,
    dataset_state,
    document_of,
    field_cells,
    indicator_state_of,
    phase_rows,
    pruned,
)
from willay.events.store.schema import tables
from willay.events.store.schema.bulk import insert_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    import pandas as pd
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

    from willay.events.store.record.revisions import Author
    from willay.events.store.record.states import State


DATASET: Final = "dataset"
"""The kind of subject that a dataset is; its id is its name."""


def describe_dataset(connection: Connection, terms: DatasetTerms, author: Author) -> None:
    """Record the terms of a dataset, if they are new; what is not said now stays as it was known before."""
    states = {name: state for name, state in dataset_states(connection) if name == terms.name}
    before = states.get(terms.name)
    after = {**(before or {}), **dataset_state(terms)}
    if after == before:
        return
    previous = None
    if before is not None:
        number, previous = latest_digest(connection, DATASET, terms.name)
        supersede(connection, [(number, before)])
        own = tables.DATASET.c.name == terms.name
        connection.execute(update(tables.DATASET).where(own).values(**field_cells(DatasetTerms, after)))
    else:
        insert_rows(connection, tables.DATASET, [field_cells(DatasetTerms, after)])
    record(connection, DATASET, [Change(terms.name, after, "edit" if before else "add", previous)], author)


def dataset_states(connection: Connection) -> Iterator[tuple[str, State]]:
    """Yield the name and state of each dataset, by name."""
    for row in connection.execute(text("SELECT * FROM dataset ORDER BY name")).mappings():
        yield str(row["name"]), document_of(DatasetTerms, dict(row))


def dataset_terms(connection: Connection, as_of: datetime | None = None) -> list[DatasetTerms]:
    """Return the datasets by name, as known now or at a moment (aware); one added later as it was first.

    Whether its rows may be passed on is asked of today: rows that may not are never shown as if they still might, and
    rows that may are not held back by what was known before.
    """
    states = dict(dataset_states(connection))
    if as_of is not None:
        then = first_known(connection, DATASET, as_of)
        states |= {name: _as_allowed_now(state, states.get(name, {})) for name, state in then.items()}
    return [DatasetTerms(**states[name]) for name in sorted(states)]


def dataset_frame(datasets: Iterable[DatasetTerms]) -> pd.DataFrame:
    """Return datasets as a table: name, version, licence, attribution, may_publish; None where not known."""
    import pandas as pd  # noqa: PLC0415 — only who asks for a table pays for it

    names = [field.name for field in fields(DatasetTerms)]
    return pd.DataFrame([asdict(one) for one in datasets], columns=names, dtype="object")


def _as_allowed_now(then: State, now: State) -> State:
    bars = False in (then.get("may_publish"), now.get("may_publish"))
    return {**then, "may_publish": now.get("may_publish")} if bars else then


def tighten_datasets(
    connection: Connection, file: DatasetTerms, others: Iterable[DatasetTerms], author: Author
) -> None:
    """Record what a file states of the terms of datasets, as far as it is not looser than what is known of them.

    Args:
        connection: Within a transaction that writes.
        file: The dataset of the file itself, whose version is the one that the file has.
        others: Those that its rows name; their versions are kept where they are known.
        author: Who imports.
    """
    known = {terms.name: terms for terms in dataset_terms(connection)}
    for said in (file, *others):
        here = known.get(said.name)
        terms = tightened(here, said)
        if here is not None and here.version and said is not file:
            terms = replace(terms, version=here.version)
        if terms != here:
            describe_dataset(connection, terms, author)
            known[said.name] = terms


COUNTED = ("incident", "place", "claim", "source", "actor", "case_file", "region", "indicator", "revision")
"""The tables whose rows `counts` counts; of incidents those that are not retracted."""


def source_drafts(connection: Connection, as_of: datetime | None = None) -> tuple[SourceDraft, ...]:
    """Return the sources by key, now or as known at a moment."""
    states = as_known(connection, "source", source_states(connection), as_of)
    return tuple(draft(SourceDraft, state, recorded=EVERYTHING) for state in states)


def source_draft(connection: Connection, key: str) -> SourceDraft | None:
    """Return the source with a key, or None."""
    rows = connection.execute(text("SELECT * FROM source WHERE key = :key"), {"key": key}).mappings()
    return next((draft(SourceDraft, document_of(SourceDraft, dict(row)), recorded=EVERYTHING) for row in rows), None)


def actor_drafts(connection: Connection, as_of: datetime | None = None) -> tuple[ActorDraft, ...]:
    """Return the actors by key, now or as known at a moment."""
    states = as_known(connection, "actor", actor_states(connection), as_of)
    return tuple(draft(ActorDraft, state, recorded=EVERYTHING) for state in states)


def case_drafts(connection: Connection, as_of: datetime | None = None) -> tuple[CaseDraft, ...]:
    """Return the cases by key, now or as known at a moment."""
    states = as_known(connection, "case", case_states(connection), as_of)
    return tuple(draft(CaseDraft, state, recorded=EVERYTHING) for state in states)


def state_of_all(connection: Connection) -> object:
    """Return a value that is another after every change of what is recorded."""
    return connection.execute(text("SELECT max(number) FROM revision")).scalar()


def as_known(connection: Connection, kind: str, states: Iterable[State], as_of: datetime | None) -> list[State]:
    """Return the states of sources, actors or cases by key; as known at a moment, those of today where it is None."""
    if as_of is None:
        return sorted(states, key=lambda state: str(state["key"]))
    then = as_known_at(connection, kind, as_of)
    same = [state for state in states if state["key"] not in then.changed]
    return sorted([*same, *(state for state, _, _ in then.states)], key=lambda state: str(state["key"]))


def states_by_key(connection: Connection, kind: str, keys: Iterable[str]) -> dict[str, State]:
    """Rebuild the states of some sources, actors, cases or indicators, by key; those not there are left out."""
    rows = lookups.rows_by_key(connection, TABLES[kind], keys)
    if kind == "indicator":
        return {key: indicator_state_of(row) for key, row in rows.items()}
    if kind != "actor":
        return {key: document_of(MODELS[kind], row) for key, row in rows.items()}
    aliases: dict[str, list[str]] = {key: [] for key in rows}
    if rows:
        listed = connection.execute(text("SELECT actor, alias FROM actor_alias ORDER BY actor, position"))
        for actor, alias in listed:
            aliases.setdefault(actor, []).append(alias)
    return {key: actor_state_of(row, aliases[key]) for key, row in rows.items()}


MODELS: Final[Mapping[str, type[SourceDraft | ActorDraft | CaseDraft | IndicatorDraft]]] = {
    "source": SourceDraft, "actor": ActorDraft, "case": CaseDraft, "indicator": IndicatorDraft,
}  # fmt: skip
"""The models of what has a key, by kind: what incidents refer to, and indicators."""

KEYED: Final[Mapping[str, Table]] = {
    "source": tables.SOURCE, "actor": tables.ACTOR, "case": tables.CASE_FILE, "indicator": tables.INDICATOR,
}  # fmt: skip
"""Their tables, by kind, whose key is `key`."""

LISTS: Final[Mapping[str, tuple[tuple[Table, Callable[[State], list[dict[str, Any]]]], ...]]] = {
    "actor": ((tables.ACTOR_ALIAS, alias_rows),), "case": ((tables.PHASE, phase_rows),),
}  # fmt: skip
"""Tables with what is listed in the states of a kind, and what makes their rows of a state."""

LISTED_BY: Final[Mapping[str, str]] = {"actor": "actor", "case": "case_key"}
"""The column of these that has the key of the subject, by kind."""

TABLES: Final = {kind: table.name for kind, table in KEYED.items()}
"""The names of these."""


def source_states(connection: Connection) -> list[State]:
    """Rebuild the states of all sources."""
    rows = lookups.raw_rows(connection, connection.execute(text("SELECT * FROM source")))
    return [document_of(SourceDraft, row) for row in rows]


def actor_states(connection: Connection) -> list[State]:
    """Rebuild the states of all actors."""
    aliases: dict[str, list[str]] = {}
    for actor, alias in connection.execute(text("SELECT actor, alias FROM actor_alias ORDER BY actor, position")):
        aliases.setdefault(actor, []).append(alias)
    rows = connection.execute(text("SELECT * FROM actor")).mappings()
    return [actor_state_of(dict(row), aliases.get(row["key"], [])) for row in rows]


def case_states(connection: Connection) -> list[State]:
    """Rebuild the states of all cases."""
    return [document_of(CaseDraft, dict(row)) for row in connection.execute(text("SELECT * FROM case_file")).mappings()]


def indicator_states(connection: Connection) -> Iterator[tuple[str, State]]:
    """Yield the key and state of each indicator, in the order in which they were added."""
    for row in connection.execute(text("SELECT * FROM indicator ORDER BY number")).mappings():
        yield str(row["key"]), indicator_state_of(dict(row))


def indicator_documents(connection: Connection, as_of: datetime | None = None) -> list[State]:
    """Return the indicators as people write them today, each with its key, in the order in which they were added.

    Args:
        connection: Within a transaction.
        as_of: As known at that moment (aware), without those that were added later; None is now.
    """
    states = dict(indicator_states(connection))
    if as_of is not None:
        then = as_known_at(connection, "indicator", as_of)
        states = {
            key: then.by_subject[key] if key in then.changed else state
            for key, state in states.items()
            if key not in then.changed or key in then.by_subject
        }
    return [indicator_document(key, state) for key, state in states.items()]


def indicator_document(key: str, state: State) -> State:
    """Return the state of an indicator as people write one today: with its key, all texts by language."""
    made = draft(IndicatorDraft, {**state, "key": key}, recorded=EVERYTHING)
    document: State = pruned(made.model_dump(mode="json"))
    return document


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table of `COUNTED` has; cases are counted under `case`."""
    found: dict[str, Any] = {}
    for table in COUNTED:
        layer = "incidents" if table == "incident" else table
        name = "case" if table == "case_file" else table
        found[name] = int(connection.execute(text(f"SELECT count(*) FROM {layer}")).scalar_one())  # noqa: S608 — our own names
    return found
