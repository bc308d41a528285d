"""The past of some incidents: what they were at a moment, where they have changed since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from willay.events.store.ids import moment_text
from willay.events.store.revisions import Then
from willay.events.store.tables import Incident, Revision, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection


def known_in(connection: Connection, scope: Sequence[ColumnElement[bool]], moment: datetime) -> Then:
    """Find what differs between now and a past moment (aware), among the incidents that conditions hold for."""
    revision = table_of(Revision)
    incident = table_of(Incident).c
    mine = [revision.c.subject_kind == "incident", revision.c.subject_id.in_(select(incident.id).where(*scope))]
    when = moment_text(moment)
    since = select(revision.c.subject_id).where(*mine, revision.c.recorded_at > when).distinct()
    changed = frozenset(connection.execute(since).scalars())
    rows = connection.execute(
        select(revision.c.subject_id, revision.c.number, revision.c.recorded_at, revision.c.document)
        .where(*mine, revision.c.recorded_at <= when)
        .order_by(revision.c.number)
    )
    latest = {row.subject_id: row for row in rows if row.subject_id in changed}
    return Then(changed, tuple((json.loads(row.document), row.number, row.recorded_at) for row in latest.values()))


def parts_then(connection: Connection, since: Select[Any], moment: datetime) -> dict[str, str]:
    """Return the whole of each part at a past moment (aware), among the incidents that changed since.

    Args:
        connection: Within a transaction.
        since: Asks for the ids of these incidents.
        moment: The moment.
    """
    revision = table_of(Revision).c
    last = (
        select(func.max(revision.number))
        .where(
            revision.subject_kind == "incident",
            revision.recorded_at <= moment_text(moment),
            revision.subject_id.in_(since),
        )
        .group_by(revision.subject_id)
    )
    code, whole = (func.json_extract(revision.document, path) for path in ("$.code", "$.draft.part_of"))
    rows = connection.execute(select(code, whole).where(revision.number.in_(last), whole.is_not(None)))
    return {str(part): str(of) for part, of in rows}
