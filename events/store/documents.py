"""Incidents as documents (id, code, revision, recorded_at, draft), as they are or were known at a moment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from willay.events.canonical import canonical
from willay.events.store.bulk import chunks
from willay.events.store.ids import moment_text
from willay.events.store.reader import read_states

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.coarsening import Document

AT_ONCE = 500
"""Documents read with one statement."""

_SINCE = "SELECT DISTINCT subject_id FROM revision WHERE subject_kind = 'incident' AND recorded_at > :moment"


def documents(connection: Connection, fids: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the incidents of some rows as they are now, with the numbers of their rows, in order of these."""
    for part in chunks(sorted(fids), AT_ONCE):
        asked = {"fids": canonical(list(part))}
        where = "WHERE fid IN (SELECT value FROM json_each(:fids))"
        rows = connection.execute(text(f"SELECT fid, recorded_at FROM incident {where}"), asked)  # noqa: S608 — constant text
        when = {int(fid): str(moment) for fid, moment in rows}
        for fid, (state, revision) in read_states(connection, where, asked):
            yield fid, {**state, "revision": revision, "recorded_at": when[fid]}


def documents_then(connection: Connection, moment: datetime) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the incidents that have changed since a moment (aware) as they were known then; not those made since."""
    statement = text(
        "SELECT incident.fid, revision.number, revision.recorded_at, revision.document FROM revision"  # noqa: S608 — constant text
        " JOIN incident ON incident.id = revision.subject_id WHERE revision.number IN"
        " (SELECT max(number) FROM revision WHERE subject_kind = 'incident' AND recorded_at <= :moment"
        f" AND subject_id IN ({_SINCE}) GROUP BY subject_id) ORDER BY revision.number"
    )
    for row in connection.execute(statement, {"moment": moment_text(moment)}):
        state: dict[str, Any] = json.loads(row.document)
        yield row.fid, {**state, "revision": row.number, "recorded_at": row.recorded_at}


def changed_since(connection: Connection, moment: datetime) -> frozenset[int]:
    """Return the rows of the incidents that were made or changed after a moment (aware)."""
    statement = text(f"SELECT fid FROM incident WHERE id IN ({_SINCE})")  # noqa: S608 — constant text
    return frozenset(connection.execute(statement, {"moment": moment_text(moment)}).scalars())


def state_of(document: Document) -> dict[str, Any]:
    """Return the part of a document that can be recorded elsewhere."""
    return {name: document[name] for name in ("id", "code", "draft")}
