"""Incidents as documents (id, code, revision, recorded_at, draft), as they are or were known at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from willay.events.canonical import canonical
from willay.events.store.bulk import chunks
from willay.events.store.reader import read_states
from willay.events.store.revisions import as_known_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.coarsening import Document

AT_ONCE = 500
"""Documents read with one statement."""


def documents(connection: Connection, fids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the incidents of some rows as they are now, with the numbers of their rows, in order of these."""
    for part in chunks(sorted(fids), AT_ONCE):
        asked = {"fids": canonical(list(part))}
        where = "WHERE fid IN (SELECT value FROM json_each(:fids))"
        rows = connection.execute(text(f"SELECT fid, recorded_at FROM incident {where}"), asked)  # noqa: S608 — constant text
        when = {int(fid): str(moment) for fid, moment in rows}
        for fid, (state, revision) in read_states(connection, where, asked):
            yield fid, {**state, "revision": revision, "recorded_at": when[fid]}


def documents_then(connection: Connection, moment: datetime) -> tuple[frozenset[int], dict[int, dict[str, Any]]]:
    """Return the rows of incidents that were made or changed after a moment (aware), and what they were then.

    The documents, of those that were there, are by row, in the order of their revisions.
    """
    then = as_known_at(connection, "incident", moment)
    asked = text("SELECT id, fid FROM incident WHERE id IN (SELECT value FROM json_each(:ids))")
    fids = {str(name): int(fid) for name, fid in connection.execute(asked, {"ids": canonical(sorted(then.changed))})}
    made = {
        fids[state["id"]]: {**state, "revision": number, "recorded_at": recorded_at}
        for state, number, recorded_at in then.states
    }
    return frozenset(fids.values()), made


def state_of(document: Document) -> dict[str, Any]:
    """Return the part of a document that can be recorded elsewhere."""
    return {name: document[name] for name in ("id", "code", "draft")}
