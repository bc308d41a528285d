"""The queue of a review: which incidents wait, since when, for whom, and who wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from willay.events.store.record.documents import state_in
from willay.events.store.schema.bulk import chunks
from willay.events.store.schema.ids import moment_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Waiting:
    """An incident in the review queue.

    Attributes:
        code: Its code.
        title: Its title by language.
        first_day: Its first day, ISO, or None.
        status: Its status.
        assigned_to: Who is to look at it, or None.
        author: Who made the last revision.
        action: What that revision did.
        comment: What its author said.
        since: When that was, UTC.
    """

    code: str
    title: dict[str, str]
    first_day: str | None
    status: str
    assigned_to: str | None
    author: str
    action: str
    comment: str
    since: datetime


def waiting(connection: Connection, codes: Sequence[str], assigned_to: str | None = None) -> tuple[Waiting, ...]:
    """Return incidents by code as entries of the queue, the longest waiting first.

    Args:
        connection: Within a transaction.
        codes: Which incidents.
        assigned_to: Only those that this person is to look at.
    """
    statement = text(
        "SELECT code, incident.document, first_day, status, assigned_to, author, action, reason,"
        " revisions.recorded_at AS since"
        " FROM incident JOIN revisions ON revisions.number = incident.revision WHERE code IN :codes"
    ).bindparams(bindparam("codes", expanding=True))
    rows = [row for part in chunks(codes, 500) for row in connection.execute(statement, {"codes": list(part)})]
    listed = [
        Waiting(
            row.code, state_in(row.document)["draft"]["title"], row.first_day, row.status, row.assigned_to,
            row.author, row.action, row.reason, moment_of(row.since),
        )
        for row in rows
        if assigned_to is None or row.assigned_to == assigned_to
    ]  # fmt: skip
    return tuple(sorted(listed, key=lambda one: (one.since, one.code)))
