"""Merging: what a dataset says now, what it said the last time, and what was changed here since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from willay.events.drafts import IncidentDraft, draft
from willay.events.store.states import incident_state

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from willay.events.foreign import Document
    from willay.events.store.reader import Current
    from willay.events.store.states import State


@dataclass(frozen=True, slots=True)
class Merge:
    """A draft to put in the place of an incident's.

    Attributes:
        document: The draft's fields.
        conflicts: The fields that both sides changed, in which ours was kept.
        before: What the dataset said the last time, as states are written.
        now: What it says now, in the same way.
    """

    document: Document
    conflicts: tuple[str, ...]
    before: Document
    now: Document


def merged_upstream(connection: Connection, current: Current, upstream: Document, action: str) -> Merge:
    """Merge a row of a dataset into the incident that it became, field by field.

    A field that only the dataset changed takes its value; one that only we changed keeps ours; one that both changed
    differently keeps ours, and is named. An incident that the dataset had withdrawn and now has again is restored.

    Args:
        connection: Within a transaction.
        current: The incident.
        upstream: The row's draft.
        action: The action of revisions that come from datasets.
    """
    ours = current.state["draft"]
    before = _last_import(connection, current, action)["draft"]
    now = _written(upstream, current.state, before["country"])
    if ours["status"] == "withdrawn-upstream":
        ours = {**ours, "status": before["status"]}
    document: Document = {}
    conflicts = []
    for name in sorted({*ours, *before, *now}):
        was, theirs, mine = before.get(name), now.get(name), ours.get(name)
        value = theirs if mine == was else mine
        if theirs not in (was, mine) and mine != was:
            conflicts.append(name)
        if value is not None:
            document[name] = value
    return Merge(document, tuple(conflicts), before, now)


def _written(upstream: Document, state: State, country: str) -> Document:
    """Write a draft in the one way that states are written, so that fields can be compared."""
    made = draft(IncidentDraft, upstream).at_home(country)
    written: Document = incident_state(made, state["id"], state["code"])["draft"]
    return written


def _last_import(connection: Connection, current: Current, action: str) -> State:
    """Return the state that the last import made; the document is kept only once something has replaced it."""
    statement = text(
        "SELECT document FROM revision WHERE subject_kind = 'incident' AND subject_id = :subject AND action = :action"
        " ORDER BY number DESC LIMIT 1"
    )
    row = connection.execute(statement, {"subject": current.state["id"], "action": action}).first()
    state: State = current.state if row is None or row.document is None else json.loads(row.document)
    return state
