"""Revisions: who changed what, when and why, chained by digests; the record as it was known at a past moment."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from warnings import warn

from sqlalchemy import bindparam, func, select, text, update

from willay.events.model.canonical import canonical, in_order
from willay.events.model.errors import ClockWarning, RefusedError
from willay.events.model.redaction import masked_digest, text_digest
from willay.events.store.bulk import insert_rows
from willay.events.store.dialects import dialect_of
from willay.events.store.dialects.sqlite.geopackage import touch_contents
from willay.events.store.ids import moment_of, moment_text
from willay.events.store.states import State, chained_digest
from willay.events.store.tables import Revision, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

SEALED: Final = (
    "number", "subject_kind", "subject_id", "author", "recorded_at", "action", "reason", "previous_digest", "digest",
)  # fmt: skip
"""What the seal of a revision is over, besides the seal before: all but the document, which the digest is of."""

SEALED_AS_WELL: Final = ("masked_digest", "origin")
"""What the seal is over besides, since schema 5; of the reason it is over the digest then, so that the reason can be
redacted."""

INSTALLER: Final = "willay"
"""The author of what a new database is made with, and of what an upgrade adds."""

INSTALLED: Final = ("region", "setting", "dataset", "indicator")
"""The kinds of subjects that are installed rather than reported; they do not bind the time of reports."""


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
        origin: Who wrote it in another file of ours, and what it is called there; None for what was made here.
        text: The state as canonical JSON, where somebody has written it already.
        masked_text: The masked state as canonical JSON, likewise.
    """

    subject: str
    state: State
    action: str
    previous: str | None = None
    origin: Mapping[str, Any] | None = None  # Any: JSON
    text: str | None = None
    masked_text: str | None = None


def check_author(author: Author, *, needs_reason: bool) -> Author:
    """Return the author of a change if the rules let it be made.

    Raises:
        RefusedError: There is no name, or no reason where one is needed.
    """
    if not author.name.strip():
        raise RefusedError("A change needs an author. Say who makes it: --author NAME.")
    if needs_reason and not author.reason.strip():
        raise RefusedError("A change of what is recorded needs a reason. Say why: --reason TEXT.")
    return author


def latest_change(connection: Connection, *, installed: bool = False) -> datetime | None:
    """Return the moment of the latest revision of what is reported, and of what is installed if asked; None of none."""
    reported = table_of(Revision).c.subject_kind.not_in(INSTALLED)
    conditions = [] if installed else [reported]
    latest = connection.execute(select(func.max(Revision.recorded_at)).where(*conditions)).scalar()
    return None if latest is None else moment_of(str(latest))


def stated_moment(stated: datetime, latest: datetime | None) -> datetime:
    """Return the moment that somebody states for a change, in UTC, if it may be recorded.

    Raises:
        RefusedError: It has no time zone, lies beyond the year 9998, or before a moment already recorded: the past as
            it was known must not change.
    """
    if stated.tzinfo is None:
        raise RefusedError(f"The moment {stated} has no time zone. Give it one: moment.replace(tzinfo=UTC).")
    if stated > LAST:
        raise RefusedError(f"The moment {stated} is after {LAST}, the last that is recorded. Give an earlier one.")
    if latest is not None and stated < latest:
        raise RefusedError(
            f"The moment {moment_text(stated)} is before the latest change, {moment_text(latest)}: what was known then "
            "would change. Give a later moment, or none: then the present one is recorded, after the latest."
        )
    return stated.astimezone(UTC)


def next_moment(now: datetime, latest: datetime | None) -> datetime:
    """Return the moment to record for a change that is made now: after the latest, whatever the clock says.

    The order of changes is that in which they are written, and no clock can stop it.

    Args:
        now: What the clock of this computer says (aware).
        latest: The moment of the latest change; None before the first.
    """
    moment = min(now, LAST).astimezone(UTC)
    return moment if latest is None or moment > latest else latest + _STEP


def warn_of_clock(now: datetime, latest: datetime | None) -> None:
    """Warn of a clock that is more than a day behind the latest change before this one.

    It is wrong, or the clock was by which that change was dated: a person should know.

    Args:
        now: As for `next_moment`.
        latest: As for `next_moment`.
    """
    if latest is None or latest - min(now, LAST) <= MOST_APART:
        return
    warn(
        f"The clock of this computer says {moment_text(now)}, and the latest change was dated {moment_text(latest)}: "
        "one of the two clocks is wrong. This change was recorded after that one, as of "
        f"{moment_text(next_moment(now, latest))}. Check the date of this computer.",
        ClockWarning,
        stacklevel=2,
    )


def last_number(connection: Connection) -> int:
    """Return the number of the latest revision, 0 before the first."""
    return int(connection.execute(text("SELECT coalesce(max(number), 0) FROM revision")).scalar_one())


_STEP: Final = timedelta(microseconds=1)
LONG_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)
LAST: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""The last moment that a clock is believed; room is left for changes after it."""

MOST_APART: Final = timedelta(days=1)
"""How far a clock may be behind the latest change without a word: time zones set wrongly, and slow clocks."""


def record_creations(connection: Connection, kind: str, states: Sequence[tuple[str, State]], author: Author) -> int:
    """Record that subjects of a kind are new; return the number of the first revision."""
    return record(connection, kind, [Change(subject, state, "add") for subject, state in states], author)


def record(connection: Connection, kind: str, changes: Sequence[Change], author: Author) -> int:
    """Record changes of subjects of one kind, numbered in their order; return the number of the first."""
    first = next_number(connection)
    seal = connection.execute(text("SELECT seal FROM revision ORDER BY number DESC LIMIT 1")).scalar()
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
            "digest": chained_digest(change.previous, change.text or canonical(change.state)),
            "document": None,
            "masked_digest": text_digest(change.masked_text) if change.masked_text else masked_digest(change.state),
            "origin": None if change.origin is None else canonical(change.origin),
        }
        seal = chained_seal(seal, row)
        rows.append({**row, "seal": seal})
    insert_rows(connection, Revision, rows)
    if rows:
        touch_contents(connection, recorded_at)
    return first


def next_number(connection: Connection) -> int:
    """Return the number of the next revision: one never given, so that a record cut short shows a gap."""
    return 1 + dialect_of(connection).highest_number(connection)


def chained_seal(previous: str | None, row: Mapping[str, Any], reason: str | None = None) -> str:
    """Return the SHA-256 (hexadecimal) of the seal of the revision before, if any, and all that a revision says.

    Args:
        previous: The seal before.
        row: The revision.
        reason: The digest of its reason, where that was redacted; only for revisions since schema 5.
    """
    said = [row[name] for name in SEALED]
    if row["masked_digest"] is not None:
        said[SEALED.index("reason")] = reason or text_digest(row["reason"])
        said += [row[name] for name in SEALED_AS_WELL]
    return hashlib.sha256(f"{previous or ''}{in_order(said)}".encode()).hexdigest()


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


def known_then(connection: Connection, kind: str, subject: str, as_of: datetime) -> tuple[int, str | None] | None:
    """Return number and document (None: the present state) of what a subject was at a moment; None before it was."""
    statement = text(
        "SELECT number, document FROM revision WHERE subject_kind = :kind AND subject_id = :subject"
        " AND recorded_at <= :moment ORDER BY number DESC LIMIT 1"
    )
    asked = {"kind": kind, "subject": subject, "moment": moment_text(as_of)}
    row = connection.execute(statement, asked).one_or_none()
    return None if row is None else (int(row.number), row.document)


def first_known(connection: Connection, kind: str, moment: datetime) -> dict[str, State]:
    """Return what subjects that are installed rather than reported were at a moment, where that is not what they are.

    One that was added later is there as it was first: what was reported before may refer to it.

    Args:
        connection: Within a transaction.
        kind: The kind of subject.
        moment: Aware; revisions recorded at this very moment were known.
    """
    statement = text(
        "SELECT subject_id, recorded_at, document FROM revision WHERE subject_kind = :kind ORDER BY number"
    )
    asked, documents = moment_text(moment), {}
    for row in connection.execute(statement, {"kind": kind}):
        if row.subject_id not in documents or row.recorded_at <= asked:
            documents[row.subject_id] = row.document
    return {subject: json.loads(document) for subject, document in documents.items() if document is not None}
