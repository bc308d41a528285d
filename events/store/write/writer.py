"""Writing: states become revisions and rows, in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from willay.events.model.datasets import USUAL
from willay.events.model.errors import DraftError
from willay.events.model.foreign import DatasetTerms
from willay.events.store.record import lookups
from willay.events.store.record.derived import update_counted, write_rows
from willay.events.store.record.documents import Recorded
from willay.events.store.record.register_rows import KEYED, LISTS, MODELS
from willay.events.store.record.revisions import Author, Change, record, record_creations, supersede
from willay.events.store.record.states import (
    State,
    dataset_state,
    field_cells,
    indicator_row,
)
from willay.events.store.results import Added
from willay.events.store.schema.bulk import insert_rows
from willay.events.store.schema.tables import DATASET, INDICATOR
from willay.events.store.write.joining import JoinedEntry, JoinedRows
from willay.events.store.write.validation import Setting, validate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import Bundle


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

    @property
    def change(self) -> Change:
        """What the record is to hold."""
        return Change(self.state["id"], self.state, self.action, self.previous, self.origin)

    @property
    def dataset(self) -> str | None:
        """The dataset that it names."""
        dataset: str | None = self.state["draft"].get("dataset")
        return dataset


def add_bundle(connection: Connection, bundle: Bundle, setting: Setting, author: Author) -> Added:
    """Add all of a bundle that is new.

    Raises:
        DraftError: Something does not fit; nothing is added then.
    """
    validated = validate(connection, bundle, setting)
    if validated.faults:
        raise DraftError(tuple(validated.faults))
    for kind, states in (("source", validated.sources), ("actor", validated.actors), ("case", validated.cases)):
        add_keyed(connection, kind, states, author)
    _add_indicators(connection, validated.indicators, author)
    first = int(connection.execute(text("SELECT coalesce(max(fid), 0) + 1 FROM incident")).scalar_one())
    entries = [Entry(first + place, state, "add") for place, state in enumerate(validated.incidents)]
    write_incidents(connection, entries, setting, author)
    return Added(
        codes=tuple(state["code"] for state in validated.incidents),
        sources=_keys(validated.sources),
        actors=_keys(validated.actors),
        cases=_keys(validated.cases),
        claims=sum(len(state["draft"].get("claims", [])) for state in validated.incidents),
        indicators=len(validated.indicators),
    )


def _keys(states: Iterable[State]) -> tuple[str, ...]:
    return tuple(state["key"] for state in states)


def add_keyed(connection: Connection, kind: str, states: Sequence[State], author: Author) -> None:
    """Add sources, actors or cases."""
    insert_rows(connection, KEYED[kind], [field_cells(MODELS[kind], state) for state in states])
    for table, rows_of in LISTS.get(kind, ()):
        insert_rows(connection, table, [row for state in states for row in rows_of(state)])
    record_creations(connection, kind, [(state["key"], state) for state in states], author)


def _add_indicators(connection: Connection, new: Mapping[str, State], author: Author) -> None:
    """Add indicators by their keys, numbered on."""
    last = int(connection.execute(text("SELECT coalesce(max(number), 0) FROM indicator")).scalar_one())
    rows = [indicator_row(state, number, key) for number, (key, state) in enumerate(new.items(), last + 1)]
    insert_rows(connection, INDICATOR, rows)
    record_creations(connection, "indicator", [*new.items()], author)


def write_incidents(
    connection: Connection, entries: Sequence[Entry | JoinedEntry], setting: Setting, author: Author
) -> int | None:
    """Write new states of incidents, with their revisions and all that follows from them; return the first's number."""
    if not entries:
        return None
    first = record(connection, "incident", [entry.change for entry in entries], author)
    _add_datasets(connection, {name for entry in entries if (name := entry.dataset)}, author)
    numbered = [*enumerate(entries, start=first)]
    recorded = [
        Recorded(entry.fid, entry.state, number, author.recorded_at)
        for number, entry in numbered
        if isinstance(entry, Entry)
    ]
    if recorded:
        replaced = [entry.fid for entry in entries if isinstance(entry, Entry) and entry.previous]
        write_rows(connection, recorded, setting.regions, setting.policy, replaced=replaced)
    joined = JoinedRows(author.recorded_at)
    for number, entry in numbered:
        if isinstance(entry, JoinedEntry):
            joined.add(entry, number)
    joined.write(connection)
    update_counted(connection)
    return first


def _add_datasets(connection: Connection, names: Collection[str], author: Author) -> None:
    missing = sorted({*names} - lookups.present(connection, "dataset", names, "name"))
    states = {name: dataset_state(USUAL.get(name) or DatasetTerms(name)) for name in missing}
    insert_rows(connection, DATASET, [field_cells(DatasetTerms, state) for state in states.values()])
    record_creations(connection, "dataset", [*states.items()], author)


def revise_incident(connection: Connection, old: Recorded, new: Entry, setting: Setting, author: Author) -> int:
    """Replace an incident's state, keeping the old one with its revision; return the new revision's number.

    Args:
        connection: Within a transaction.
        old: The state to keep.
        new: The state to write.
        setting: As for `write_incidents`.
        author: Who changes it.
    """
    supersede(connection, [(old.revision, old.state)])
    return int(write_incidents(connection, [new], setting, author) or 0)
