"""Bases: an edit is made from a state that somebody looked at, and must not undo what others changed since then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from willay.events.model.conflicts import carried_over, overlaps
from willay.events.model.differences import both_in_words
from willay.events.model.errors import NotFoundError, StaleEditError, StaleField
from willay.events.store.schema.ids import moment_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from willay.events.store.record.states import State


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is recorded.

    Attributes:
        kind: `incident`, `source`, `actor`, `case` or `indicator`.
        id: Its id in the revisions.
        name: What people call it: its code or key.
        present: Its latest state.
    """

    kind: str
    id: str
    name: str
    present: State


@dataclass(frozen=True, slots=True)
class _Version:
    """What a subject's fields were after a revision."""

    number: int
    author: str
    recorded_at: str
    fields: Mapping[str, Any]


def state_from(connection: Connection, subject: Subject, base: int) -> State:
    """Return the fields that a subject had after one of its revisions.

    Raises:
        NotFoundError: It has no such revision.
    """
    return dict(_since(connection, subject, base)[0].fields)


def carried(connection: Connection, subject: Subject, base: int, yours: Mapping[str, Any]) -> dict[str, Any]:
    """Return the present fields of a subject with what somebody changed in those of an earlier revision.

    Two edits of different fields are both kept. Two of the same field are not: whoever comes second has not seen what
    the first one wrote, and looks at it first.

    Args:
        connection: Within a transaction that writes.
        subject: The subject.
        base: The revision from which the edit was made.
        yours: The fields as the edit made them of that revision's.

    Raises:
        NotFoundError: It has no such revision.
        StaleEditError: The same field was changed since, to another value.
    """
    versions = _since(connection, subject, base)
    was, now = versions[0].fields, versions[-1].fields
    if found := overlaps(was, yours, now):
        raise _stale(subject, versions, {one.field: one.yours for one in found})
    return carried_over(was, yours, now)


def require_latest(connection: Connection, subject: Subject, base: int | None, step: str) -> None:
    """Make sure that nothing was changed since a revision: a decision about a whole subject is about what was seen.

    Args:
        connection: Within a transaction that writes.
        subject: The subject.
        base: The revision that was looked at; None where nobody says.
        step: What is decided, such as `approve`.

    Raises:
        NotFoundError: It has no such revision.
        StaleEditError: Something was changed since.
    """
    if base is None:
        return
    versions = _since(connection, subject, base)
    was, now = versions[0].fields, versions[-1].fields
    if changed := sorted(name for name in {*was, *now} if was.get(name) != now.get(name)):
        raise _stale(subject, versions, {name: was.get(name) for name in changed}, step)


def _since(connection: Connection, subject: Subject, base: int) -> list[_Version]:
    rows = connection.execute(
        text(
            "SELECT number, author, recorded_at, document FROM revisions"
            " WHERE subject_kind = :kind AND subject_id = :subject ORDER BY number"
        ),
        {"kind": subject.kind, "subject": subject.id},
    ).all()
    numbers = [int(row.number) for row in rows]
    if base not in numbers:
        known = ", ".join(map(str, numbers))
        raise NotFoundError(
            tr("{name} has no revision {base}. It has: {known}.", name=subject.name, base=base, known=known)
        )
    return [
        _Version(row.number, row.author, row.recorded_at, _fields(subject, row.document))
        for row in rows[numbers.index(base) :]
    ]


def _fields(subject: Subject, document: str | None) -> Mapping[str, Any]:
    state: State = subject.present if document is None else json.loads(document)
    fields: Mapping[str, Any] = state["draft"] if subject.kind == "incident" else state
    return fields


def _stale(
    subject: Subject, versions: list[_Version], yours: Mapping[str, Any], step: str | None = None
) -> StaleEditError:
    found = tuple(_field(name, versions, value) for name, value in yours.items())
    return StaleEditError(subject.name, (versions[0].number, versions[-1].number), found, step)


def _field(name: str, versions: list[_Version], yours: Any) -> StaleField:  # noqa: ANN401 — JSON
    """Return who changed a field last, and when."""
    after = versions[-1]
    for older, newer in pairwise(versions):
        if older.fields.get(name) != newer.fields.get(name):
            after = newer
    base, present = versions[0].fields.get(name), versions[-1].fields.get(name)
    words = both_in_words(name, yours, present)
    return StaleField(name, base, yours, present, words, after.author, moment_of(after.recorded_at), after.number)
