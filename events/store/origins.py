"""The origin of answers, for readers elsewhere: credits, terms of datasets, levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, text

from willay.events.framing import credits_of
from willay.events.protection import dataset_documents
from willay.events.store.filters import narrowing
from willay.events.store.tables import Incident, table_of
from willay.events.terms import stricter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.columns import Origin
    from willay.events.query import IncidentQuery

_LEVELS = """
    SELECT code, sensitivity AS level FROM incident WHERE sensitivity IS NOT NULL
    UNION ALL SELECT code, place.sensitivity FROM place JOIN incident ON fid = incident
        WHERE place.sensitivity IS NOT NULL
    UNION ALL SELECT code, source.sensitivity FROM source JOIN incident_source ON source = source.key
        JOIN incident ON fid = incident WHERE source.sensitivity IS NOT NULL
    UNION ALL SELECT code, actor.sensitivity FROM actor JOIN party ON actor = actor.key
        JOIN incident ON fid = incident WHERE actor.sensitivity IS NOT NULL
"""


def incident_levels(connection: Connection) -> dict[str, str]:
    """Return by code the strictest level of each incident, its places, documents and parties; public ones have none."""
    found: dict[str, str] = {}
    for code, level in connection.execute(text(_LEVELS)):
        if strictest := stricter(found.get(code), str(level)):
            found[code] = strictest
    return found


def origin_of_pages(
    connection: Connection,
    query: IncidentQuery,
    datasets: pd.DataFrame,
    untouched: Sequence[ColumnElement[bool]],
    others: Iterable[str],
) -> Origin:
    """Return the origin of pages before they are read: credits and terms of all datasets that any page may show.

    Args:
        connection: Within a transaction.
        query: Which incidents.
        datasets: All datasets of the database, as they may be shown.
        untouched: Conditions on the table `incident` for those that are shown as they are recorded.
        others: The datasets of incidents that are shown otherwise.
    """
    origin: Origin = {}
    incident = table_of(Incident).c
    where = [*([] if query.as_of else narrowing(query)), *untouched]
    # One incident is enough: a list of all their datasets would read the whole table.
    one_of = {name: select(incident.fid).where(*where, incident.dataset == name).limit(1) for name in datasets["name"]}
    known = {*others}
    shown = [name for name, one in one_of.items() if name in known or connection.execute(one).first()]
    if credits_ := credits_of(shown, datasets):
        origin["attributions"] = credits_
    if listed := dataset_documents(shown, datasets):
        origin["datasets"] = listed
    if query.as_of is not None:
        origin["as_of"] = query.as_of.isoformat()
    return origin
