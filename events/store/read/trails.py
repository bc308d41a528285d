"""Trails: what an incident's revisions show to another file of ours: their digests, who wrote, whose part it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from willay.events.store.dialects import dialect_of, run
from willay.events.store.record.redactions import redacted_digests
from willay.events.store.record.review_rules import writers_of
from willay.events.store.schema.ids import moment_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.record.states import State

    _Revision: TypeAlias = tuple[bytes, str, str, str | None]
    """Digest, author, action and origin."""


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
    found: dict[str, dict[str, Any]] = {}
    for state in listed:
        name, trail = state["id"], dict[str, Any]()
        rows = revisions.get(name, ())
        if rows:
            trail["digests"] = [digest.hex() for digest, *_ in rows]
            trail["writers"] = [*writers_of(row[1:] for row in rows)]
            trail["seen"] = sorted({*_merged(origin for *_, origin in rows if origin is not None), *seen.get(name, ())})
        if "part_of" in state["draft"]:
            trail["whole"] = wholes.get(state["draft"]["part_of"])
        if name in redacted:
            trail["redacted"] = sorted(redacted[name])
        found[state["code"]] = {member: value for member, value in trail.items() if value}
    return found


def _revisions(connection: Connection, ids: Sequence[str], as_of: datetime | None) -> Mapping[str, list[_Revision]]:
    statement = (
        "SELECT subject_id, digest, author, action, origin FROM revisions WHERE subject_kind = 'incident'"
        " AND subject_id IN :ids AND (:moment IS NULL OR arrived_at <= :moment)"
        " ORDER BY number"
    )
    found: dict[str, list[_Revision]] = {}
    asked = {"ids": ids, "moment": None if as_of is None else moment_text(as_of)}
    _, rows = dialect_of(connection).cells(run(connection, statement, asked))
    for name, *revision in rows:
        found.setdefault(name, []).append(tuple(revision))
    return found


def _merged(origins: Iterable[str]) -> set[str]:
    """Return the digests, in other files, of what revisions brought in."""
    heads = (json.loads(origin).get("digest") for origin in origins)
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
