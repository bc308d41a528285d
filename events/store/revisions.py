"""Revisions: who changed what, when and why, chained by digests; the record as it was known at a past moment."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, select, text, update

from willay.events.canonical import canonical, in_order
from willay.events.errors import RefusedError
from willay.events.store.bulk import insert_rows
from willay.events.store.ids import moment_text
from willay.events.store.states import State, chained_digest
from willay.events.store.tables import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

SEALED: Final = (
    "number", "subject_kind", "subject_id", "author", "recorded_at", "action", "reason", "previous_digest", "digest",
)  # fmt: skip
"""What the seal of a revision is over, besides the seal before: all but the document, which the digest is of."""

INSTALLED: Final = "region"
"""The kind of subject that is installed rather than reported; it does not bind the time of reports."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, when, and why.

    Attributes:
        name: The author.
        moment: Aware, UTC.
        reason: Why; may be empty for what is new.
    """

    name: str
    moment: datetime
    reason: str

    @property
    def recorded_at(self) -> str:
        """The moment as it is stored."""
        return moment_text(self.moment)


@dataclass(frozen=True, slots=True)
class Change:
    """A new state of a subject.

    Attributes:
        subject: The subject's id.
        state: What it is now.
        action: What was done.
        previous: The digest of the state before; None for something new.
    """

    subject: str
    state: State
    action: str
    previous: str | None = None


def check_author(connection: Connection, author: Author, *, needs_reason: bool) -> Author:
    """Return the author of a change if the rules let it be made.

    Raises:
        RefusedError: There is no name, no reason where one is needed, or the moment lies before one already recorded:
            the past as it was known must not change.
    """
    if not author.name.strip():
        raise RefusedError("A change needs an author. Say who makes it: --author NAME.")
    if needs_reason and not author.reason.strip():
        raise RefusedError("A change of what is recorded needs a reason. Say why: --reason TEXT.")
    latest = connection.execute(
        select(func.max(Revision.recorded_at)).where(Revision.subject_kind != INSTALLED)  # type: ignore[arg-type]  # a column
    ).scalar()
    if latest and author.recorded_at < latest:
        raise RefusedError(
            f"The moment {author.recorded_at} is before the latest change, {latest}: what was known then would change. "
            "Check this computer's clock, or give a later moment."
        )
    return author


def record_creations(connection: Connection, kind: str, states: Sequence[tuple[str, State]], author: Author) -> int:
    """Record that subjects of a kind are new; return the number of the first revision."""
    return record(connection, kind, [Change(subject, state, "add") for subject, state in states], author)


def record(connection: Connection, kind: str, changes: Sequence[Change], author: Author) -> int:
    """Record changes of subjects of one kind, numbered in their order; return the number of the first."""
    first = int(connection.execute(text("SELECT coalesce(max(number), 0) + 1 FROM revision")).scalar_one())
    seal = connection.execute(text("SELECT seal FROM revision WHERE number = :last"), {"last": first - 1}).scalar()
    rows = []
    recorded_at = author.recorded_at
    for place, change in enumerate(changes):
        row = {
            "number": first + place,
            "subject_kind": kind,
            "subject_id": change.subject,
            "author": author.name.strip(),
            "recorded_at": recorded_at,
            "action": change.action,
            "reason": author.reason.strip(),
            "previous_digest": change.previous,
            "digest": chained_digest(change.previous, canonical(change.state)),
            "document": None,
        }
        seal = chained_seal(seal, row)
        rows.append({**row, "seal": seal})
    insert_rows(connection, Revision, rows)
    return first


def chained_seal(previous: str | None, row: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hexadecimal) of the seal of the revision before, if any, and all that a revision says."""
    said = in_order([row[name] for name in SEALED])
    return hashlib.sha256(f"{previous or ''}{said}".encode()).hexdigest()


def latest_change(connection: Connection) -> str | None:
    """Return when what is reported was last changed, or None."""
    statement = text("SELECT max(recorded_at) FROM revision WHERE subject_kind <> :installed")
    latest: str | None = connection.execute(statement, {"installed": INSTALLED}).scalar()
    return latest


def supersede(connection: Connection, documents: Iterable[tuple[int, State]]) -> None:
    """Keep states with the revisions that made them, now that later ones replace them."""
    rows = [{"at": number, "kept": canonical(state)} for number, state in documents]
    if rows:
        statement = update(Revision).where(Revision.number == bindparam("at"))  # type: ignore[arg-type]  # a column
        connection.execute(statement.values(document=bindparam("kept")), rows)


def latest_digest(connection: Connection, kind: str, subject: str) -> tuple[int, str]:
    """Return the number and digest of the latest revision of a subject."""
    statement = (
        "SELECT number, digest FROM revision WHERE subject_kind = :kind AND subject_id = :subject"
        " ORDER BY number DESC LIMIT 1"
    )
    row = connection.execute(text(statement), {"kind": kind, "subject": subject}).one()
    return int(row.number), str(row.digest)


@dataclass(frozen=True)
class Then:
    """What differs between now and a past moment, for one kind of subject.

    Attributes:
        changed: Ids of the subjects that were made or changed after the moment.
        states: The states then, of those that were there, with number and time of their revision.
    """

    changed: frozenset[str]
    states: tuple[tuple[State, int, str], ...]


def as_known_at(connection: Connection, kind: str, moment: datetime) -> Then:
    """Find what differs between now and a past moment; cheap where little has changed since.

    Args:
        connection: Within a transaction.
        kind: The kind of subject.
        moment: Aware; revisions recorded at this very moment were known.
    """
    when = {"kind": kind, "moment": moment_text(moment)}
    since = "SELECT DISTINCT subject_id FROM revision WHERE recorded_at > :moment AND subject_kind = :kind"
    changed = frozenset(connection.execute(text(since), when).scalars())
    last = (
        "SELECT max(number) AS number FROM revision WHERE subject_kind = :kind AND recorded_at <= :moment"  # noqa: S608 — constant text
        f" AND subject_id IN ({since}) GROUP BY subject_id"
    )
    statement = f"SELECT number, recorded_at, document FROM revision WHERE number IN ({last}) ORDER BY number"  # noqa: S608 — constant text
    rows = connection.execute(text(statement), when)
    return Then(changed, tuple((json.loads(row.document), row.number, row.recorded_at) for row in rows))
