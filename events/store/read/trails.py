"""Trails: what an incident's revisions show to another file of ours: their digests, who wrote, whose part it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from willay.events.store.dialects import run
from willay.events.store.record.redactions import redacted_digests
from willay.events.store.record.review_rules import writers_of
from willay.events.store.schema.ids import moment_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.engine import Connection

    from willay.events.store.record.states import State


def trails(connection: Connection, states: Iterable[State], as_of: datetime | None = None) -> dict[str, dict[str, Any]]:
    """Return what files say of incidents next to their drafts, by code; see `foreign.Identity`.

    Only for those who may see everything: a digest confirms a guess at what was left out, and the writers are people.

    Args:
        connection: Within a transaction.
        states: The incidents.
        as_of: What was known at that moment (aware); None is now.
    """
    listed = list(states)
    ids = [state["id"] for state in listed]
    revisions = _revisions(connection, ids, as_of)
    seen = _last_seen(connection, ids) if as_of is None else {}
    wholes = _ids_of(connection, {state["draft"]["part_of"] for state in listed if "part_of" in state["draft"]})
    redacted = redacted_digests(connection, "incident", ids)
    found = {}
    for state in listed:
        rows = revisions.get(state["id"], [])
        trail = {
            "whole": wholes.get(state["draft"].get("part_of")),
            "digests": [row.digest.hex() for row in rows],
            "seen": sorted({*_merged(rows), *seen.get(state["id"], ())}),
            "writers": list(writers_of((row.author, row.action, row.origin) for row in rows)),
            "redacted": sorted(redacted.get(state["id"], ())),
        }
        found[state["code"]] = {name: value for name, value in trail.items() if value}
    return found


def _revisions(connection: Connection, ids: Sequence[str], as_of: datetime | None) -> Mapping[str, list[Row[Any]]]:
    statement = (
        "SELECT subject_id, digest, author, action, origin FROM revisions WHERE subject_kind = 'incident'"
        " AND subject_id IN :ids AND (:moment IS NULL OR arrived_at <= :moment)"
        " ORDER BY number"
    )
    found: dict[str, list[Row[Any]]] = {}
    asked = {"ids": ids, "moment": None if as_of is None else moment_text(as_of)}
    for row in run(connection, statement, asked):
        found.setdefault(row.subject_id, []).append(row)
    return found


def _merged(rows: Iterable[Row[Any]]) -> set[str]:
    """Return the digests, in other files, of what revisions brought in."""
    heads = (json.loads(row.origin).get("digest") for row in rows if row.origin is not None)
    return {head for head in heads if head}


def _last_seen(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the digest that each incident had in the file that was imported last, where that changed nothing here."""
    statement = (
        "SELECT id, theirs FROM import_row JOIN incident ON fid = incident WHERE theirs IS NOT NULL AND id IN :ids"
    )
    return {row.id: (row.theirs,) for row in run(connection, statement, {"ids": ids})}


def _ids_of(connection: Connection, codes: Iterable[str]) -> dict[str | None, str]:
    found = run(connection, "SELECT code, id FROM incident WHERE code IN :codes", {"codes": sorted(codes)})
    return {row.code: row.id for row in found}
