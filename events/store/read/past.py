"""The past: which incidents are not now as they were known at a moment, and what they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from willay.events.store.dialects import dialect_of, run
from willay.events.store.record.documents import documents_then
from willay.events.store.record.revisions import as_known_at
from willay.events.store.schema.ids import moment_text
from willay.events.store.schema.tables import INCIDENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document

_REFERRING: Final = "SELECT incident FROM link WHERE kind = :kind AND ref IN :keys"
_SINCE: Final = text("SELECT min(number) FROM revisions WHERE subject_kind = 'incident' AND arrived_at > :moment")
"""The first revision of an incident since a moment: those of incidents arrive in their order."""

_REDRAWN: Final = text(
    "SELECT incident FROM place JOIN region ON region.fid = region_fid"
    " WHERE set_name || '/' || region.key || '/' || version IN (SELECT subject_id FROM revisions"
    " WHERE subject_kind = 'region' AND previous_digest IS NOT NULL AND arrived_at > :moment)"
)


@dataclass(frozen=True, slots=True)
class Past:
    """What differs between now and a moment.

    Attributes:
        moment: The moment, aware.
        changed: The rows of incidents that were made or changed since.
        then: What those were that were there, by row.
        affected: The rows of others that refer to a source, actor or outline of a region that has changed since.
    """

    moment: datetime
    changed: frozenset[int] = frozenset()
    then: Mapping[int, Document] = field(default_factory=dict)
    affected: frozenset[int] = frozenset()

    @classmethod
    def at(cls, connection: Connection, moment: datetime) -> Past:
        """Find what differs; cheap where little has changed since."""
        changed, then = documents_then(connection, moment)
        affected = {*connection.execute(_REDRAWN, {"moment": moment_text(moment)}).scalars()}
        for kind in ("source", "actor"):
            keys = as_known_at(connection, kind, moment).changed
            if keys:
                affected |= {*run(connection, _REFERRING, {"kind": kind, "keys": sorted(keys)}).scalars()}
        return cls(moment, changed, then, frozenset(affected - changed))

    def is_same(self, connection: Connection) -> list[ColumnElement[bool]]:
        """Return conditions on the table `incident` for those that are as they were."""
        incident = INCIDENT.c
        since = connection.execute(_SINCE, {"moment": moment_text(self.moment)}).scalar()
        same = [] if since is None else [incident.revision < since]
        if self.affected:
            same.append(~dialect_of(connection).among(incident.fid, sorted(self.affected)))
        return same
