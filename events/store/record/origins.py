"""The origin of answers, for readers elsewhere: which datasets they are of, and how sensitive each incident is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from willay.events.model.terms import stricter
from willay.events.store.schema.tables import INCIDENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import DatasetTerms

_LEVELS = """
    SELECT code, sensitivity AS level FROM incident WHERE sensitivity IS NOT NULL
    UNION ALL SELECT code, place.sensitivity FROM place JOIN incident ON fid = incident
        WHERE place.sensitivity IS NOT NULL
    UNION ALL SELECT code, source.sensitivity FROM source CROSS JOIN link JOIN incident ON fid = incident
        WHERE source.sensitivity IS NOT NULL AND link.kind = 'source' AND ref = source.key
    UNION ALL SELECT code, actor.sensitivity FROM actor CROSS JOIN link JOIN incident ON fid = incident
        WHERE actor.sensitivity IS NOT NULL AND link.kind = 'actor' AND ref = actor.key
"""
"""Few sources and actors have a level, and links are many: `CROSS JOIN` makes SQLite begin with the few."""


def incident_levels(connection: Connection) -> dict[str, str]:
    """Return by code the strictest level of each incident, its places, documents and parties; public ones have none."""
    found: dict[str, str] = {}
    for code, level in connection.execute(text(_LEVELS)):
        if strictest := stricter(found.get(code), str(level)):
            found[code] = strictest
    return found


def datasets_of(
    connection: Connection, where: Sequence[ColumnElement[bool]], datasets: Iterable[DatasetTerms]
) -> list[str]:
    """Return the names of the datasets that any incident is of for which conditions on its table hold."""
    incident = INCIDENT.c
    # One incident is enough: a list of all their datasets would read the whole table.
    one_of = {one.name: select(incident.fid).where(*where, incident.dataset == one.name).limit(1) for one in datasets}
    return [name for name, one in one_of.items() if connection.execute(one).first()]
