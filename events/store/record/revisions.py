"""Changes and revisions: who changed what, when and why, sealed; the record as it was known at a past moment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from warnings import warn

from sqlalchemy import bindparam, insert, text, update

from willay.events.model.canonical import canonical
from willay.events.model.errors import ClockWarning, RefusedError
from willay.events.model.masking import masked_digest, text_digest
from willay.events.store.dialects import dialect_of
from willay.events.store.dialects.sqlite.geopackage import touch_contents
from willay.events.store.record.seals import Sealed, file_seal, leaf_of, merkle_root
from willay.events.store.record.states import chained_digest
from willay.events.store.schema.bulk import insert_cells
from willay.events.store.schema.ids import moment_of, moment_text
from willay.events.store.schema.tables import CHANGE, REVISION
from willay.events.store.schema.versions import THIS_OFFICE
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.store.record.states import State

INSTALLER: Final = "willay"
"""The author of what a new database is made with, and of what an upgrade adds."""

INSTALLED: Final = ("region", "setting", "dataset")
"""The kinds of subjects that are installed rather than reported; they do not bind the time of reports."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, when, and why.

    Attributes:
        name: The author.
        moment: When the change is known here: after all others (aware, UTC).
        reason: Why; may be empty for what is new.
        said: When it is made by the clock of the author, right or wrong; None is the same moment.
    """

    name: str
    moment: datetime
    reason: str
    said: datetime | None = None

    @property
    def arrived_at(self) -> str:
        """The moment from which the change is known here, as it is stored."""
        return moment_text(self.moment)

    @property
    def recorded_at(self) -> str:
        """What the clock said, as it is stored."""
        return moment_text(self.said or self.moment)


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
        raise RefusedError(tr("A change needs an author. Specify who makes it: --author NAME."))
    if needs_reason and not author.reason.strip():
        raise RefusedError(tr("A change of what is recorded needs a reason. Add it: --reason TEXT."))
    return author


def latest_change(connection: Connection, *, installed: bool = False) -> datetime | None:
    """Return when the latest change of what is reported arrived, and of what is installed if asked; None of none."""
    listed = ", ".join(f"'{kind}'" for kind in INSTALLED)
    reported = f" WHERE EXISTS (SELECT 1 FROM revision WHERE change = change.number AND subject_kind NOT IN ({listed}))"  # noqa: S608 — our own names
    statement = f"SELECT arrived_at FROM change{'' if installed else reported} ORDER BY arrived_at DESC LIMIT 1"  # noqa: S608 — as above
    latest = connection.execute(text(statement)).scalar()
    return None if latest is None else moment_of(str(latest))


def dated_author(name: str, reason: str, now: datetime, latest: datetime | None, *, is_stated: bool = False) -> Author:
    """Return the author of a change that is made now, or at a moment that somebody states.

    What the clock says is recorded as it is, and so is what is stated. The change is known after the latest: at a
    moment that is stated, or that the clock says, or a microsecond after the latest change where that is later.

    Args:
        name: The author.
        reason: Why.
        now: What the clock of this computer says, or the moment that is stated (aware).
        latest: When the latest change arrived that this one must come after; None where none does.
        is_stated: Whether the moment is stated; then it may be that of the latest change itself.

    Raises:
        RefusedError: The moment that is stated has no time zone, or lies beyond the year 9998.
    """
    if not is_stated:
        return Author(name, next_moment(now, latest), reason, min(now, LAST).astimezone(UTC))
    if now.tzinfo is None:
        raise RefusedError(tr("The moment {now} has no time zone. Give it one: moment.replace(tzinfo=UTC).", now=now))
    if now > LAST:
        raise RefusedError(
            tr("The moment {now} is after {last}, the last that is recorded. Give an earlier one.", now=now, last=LAST)
        )
    return Author(name, now.astimezone(UTC) if now == latest else next_moment(now, latest), reason, now)


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
        tr(
            "The clock of this computer shows {now}, and the latest change was dated "
            "{latest}: one of the two clocks is wrong. This change was recorded after that "
            "one, as of {recorded}. Check the date of this computer.",
            now=moment_text(now),
            latest=moment_text(latest),
            recorded=moment_text(next_moment(now, latest)),
        ),
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
    """Record new states of subjects of one kind, numbered in their order; return the number of the first.

    They become part of the change that is open, which is one act, or of a new one; `seal_change` ends it.
    """
    first = next_number(connection)
    if not changes:
        return first
    opened = _open_change(connection, author)
    rows = [
        (
            first + place, opened, kind, change.subject, change.action,
            None if change.previous is None else bytes.fromhex(change.previous),
            bytes.fromhex(chained_digest(change.previous, change.text or canonical(change.state))),
            bytes.fromhex(text_digest(change.masked_text) if change.masked_text else masked_digest(change.state)),
            None if change.origin is None else canonical(change.origin),
        )
        for place, change in enumerate(changes)
    ]  # fmt: skip
    insert_cells(connection, REVISION, _COLUMNS, rows)
    return first


_COLUMNS: Final = (
    "number", "change", "subject_kind", "subject_id", "action", "previous_digest", "digest", "masked_digest", "origin",
)  # fmt: skip
"""The columns of a revision when it is made."""


def _open_change(connection: Connection, author: Author) -> int:
    """Return the number of the change that is open; begin one if there is none."""
    last = connection.execute(text("SELECT number, seal FROM change ORDER BY number DESC LIMIT 1")).one_or_none()
    if last is not None and last.seal is None:
        return int(last.number)
    number = 1 if last is None else int(last.number) + 1
    own = text("SELECT coalesce(max(office_number), 0) FROM change WHERE office = :office")
    row = {
        "number": number,
        "office": THIS_OFFICE,
        "office_number": 1 + int(connection.execute(own, {"office": THIS_OFFICE}).scalar_one()),
        "author": author.name.strip(),
        "recorded_at": author.recorded_at,
        "arrived_at": author.arrived_at,
        "reason": author.reason.strip(),
        "subjects": 0,
    }
    connection.execute(insert(CHANGE), [row])
    return number


_STATES: Final = text(
    "SELECT subject_kind, subject_id, action, digest, masked_digest, origin FROM revision"
    " WHERE change = :change ORDER BY number"
)


def seal_change(connection: Connection) -> None:
    """End the act that is going on, if it recorded anything: seal its change with all states that it made."""
    opened = connection.execute(
        text(
            "SELECT change.*, office.id AS office_id FROM change JOIN office ON office.number = office"
            " WHERE change.number = (SELECT max(number) FROM change) AND seal IS NULL"
        )
    ).one_or_none()
    if opened is None:
        return
    states = connection.execute(_STATES, {"change": opened.number})
    leaves = [leaf_of(*state) for state in states]
    sealed = Sealed(
        opened.office_id, opened.office_number, opened.author, opened.recorded_at, text_digest(opened.reason),
        len(leaves), merkle_root(leaves),
    )  # fmt: skip
    own = text("SELECT office_seal FROM change WHERE office = :office AND office_number = :before")
    before = {"office": opened.office, "before": opened.office_number - 1}
    office_seal = sealed.seal(connection.execute(own, before).scalar())
    last = text("SELECT seal FROM change WHERE number < :number ORDER BY number DESC LIMIT 1")
    previous = connection.execute(last, {"number": opened.number}).scalar()
    connection.execute(
        text(
            "UPDATE change SET subjects = :subjects, root = :root, office_seal = :office_seal, seal = :seal"
            " WHERE number = :number"
        ),
        {
            "subjects": sealed.subjects, "root": sealed.root, "office_seal": office_seal, "number": opened.number,
            "seal": file_seal(previous, opened.number, opened.arrived_at, office_seal),
        },
    )  # fmt: skip
    touch_contents(connection, opened.arrived_at)


def next_number(connection: Connection) -> int:
    """Return the number of the next revision: one never given, so that a record cut short shows a gap."""
    return 1 + dialect_of(connection).highest_number(connection)


def supersede(connection: Connection, documents: Iterable[tuple[int, State]]) -> None:
    """Keep states with the revisions that made them, now that later ones replace them."""
    rows = [{"at": number, "kept": canonical(state)} for number, state in documents]
    if rows:
        statement = update(REVISION).where(REVISION.c.number == bindparam("at"))
        connection.execute(statement.values(document=bindparam("kept")), rows)


def latest_digest(connection: Connection, kind: str, subject: str) -> tuple[int, str]:
    """Return the number and digest of the latest revision of a subject."""
    statement = (
        "SELECT number, digest FROM revision WHERE subject_kind = :kind AND subject_id = :subject"
        " ORDER BY number DESC LIMIT 1"
    )
    row = connection.execute(text(statement), {"kind": kind, "subject": subject}).one()
    return int(row.number), row.digest.hex()


@dataclass(frozen=True)
class Then:
    """What differs between now and a past moment, for one kind of subject.

    Attributes:
        changed: Ids of the subjects that were made or changed after the moment.
        states: The states then, of those that were there, with number of their revision and what the clock said.
        by_subject: The same states, by the id of the subject.
    """

    changed: frozenset[str]
    states: tuple[tuple[State, int, str], ...]
    by_subject: Mapping[str, State] = field(default_factory=dict)


def as_known_at(connection: Connection, kind: str, moment: datetime) -> Then:
    """Find what differs between now and a past moment; cheap where little has changed since.

    Args:
        connection: Within a transaction.
        kind: The kind of subject.
        moment: Aware; what arrived at this very moment was known.
    """
    when = {"kind": kind, "moment": moment_text(moment)}
    since = "SELECT DISTINCT subject_id FROM revisions WHERE arrived_at > :moment AND subject_kind = :kind"
    changed = frozenset(connection.execute(text(since), when).scalars())
    last = (
        "SELECT max(number) AS number FROM revisions WHERE subject_kind = :kind AND arrived_at <= :moment"  # noqa: S608 — constant text
        f" AND subject_id IN ({since}) GROUP BY subject_id"
    )
    columns = "number, subject_id, recorded_at, document"
    statement = f"SELECT {columns} FROM revisions WHERE number IN ({last}) ORDER BY number"  # noqa: S608 — constant text
    rows = connection.execute(text(statement), when).all()
    states = tuple((json.loads(row.document), row.number, row.recorded_at) for row in rows)
    return Then(changed, states, {row.subject_id: state for row, (state, *_) in zip(rows, states, strict=True)})


def known_then(connection: Connection, kind: str, subject: str, as_of: datetime) -> tuple[int, str | None] | None:
    """Return number and document (None: the present state) of what a subject was at a moment; None before it was."""
    statement = text(
        "SELECT number, document FROM revisions WHERE subject_kind = :kind AND subject_id = :subject"
        " AND arrived_at <= :moment ORDER BY number DESC LIMIT 1"
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
        moment: Aware; what arrived at this very moment was known.
    """
    statement = text(
        "SELECT subject_id, arrived_at, document FROM revisions WHERE subject_kind = :kind ORDER BY number"
    )
    asked, documents = moment_text(moment), {}
    for row in connection.execute(statement, {"kind": kind}):
        if row.subject_id not in documents or row.arrived_at <= asked:
            documents[row.subject_id] = row.document
    return {subject: json.loads(document) for subject, document in documents.items() if document is not None}
