"""The origin of answers, for readers elsewhere: credits, terms of datasets, numbers left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from willay.data.codebook import codebook
from willay.events.framing import credits_of
from willay.events.protection import dataset_documents
from willay.events.store.disclosing import Lens
from willay.events.store.filters import matching, narrowing
from willay.events.store.reader import read_tables
from willay.events.store.tables import Incident, table_of
from willay.events.terms import stricter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.cells import IncidentCells
    from willay.events.frame import Origin
    from willay.events.query import IncidentQuery
    from willay.events.store.filters import Surroundings

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


def origin_of_pages(connection: Connection, query: IncidentQuery, datasets: pd.DataFrame, lens: Lens | None) -> Origin:
    """Return the origin of pages before they are read: credits and terms of all datasets that any page may show.

    Args:
        connection: Within a transaction.
        query: Which incidents.
        datasets: All datasets of the database.
        lens: What the pages are seen through.
    """
    origin: Origin = {"question": query.words()}
    shown = _shown_datasets(connection, query, datasets["name"].tolist(), lens)
    if credits_ := credits_of(shown, datasets):
        origin["attributions"] = credits_
    if listed := dataset_documents(shown, datasets):
        origin["datasets"] = listed
    if query.as_of is not None:
        origin["as_of"] = query.as_of.isoformat()
    if lens is not None:
        origin["profile"] = str(lens.profile)
    return origin


def _shown_datasets(connection: Connection, query: IncidentQuery, names: Iterable[str], lens: Lens | None) -> list[str]:
    incident = table_of(Incident).c
    where = [] if query.as_of else narrowing(query)
    if lens is not None:  # what nobody may see of a dataset does not name it
        levels = codebook().sensitivity.codes()
        hidden = [level for level in levels if lens.profile.treatment("incident", level) == "leave out"]
        where.append(incident.sensitivity.is_(None) | incident.sensitivity.not_in(hidden))
    # One incident is enough: a list of all their datasets would read the whole table.
    one_of = {name: select(incident.fid).where(*where, incident.dataset == name).limit(1) for name in names}
    return [name for name, statement in one_of.items() if connection.execute(statement).first()]


def with_totals(pages: Iterable[IncidentCells], lens: Lens | None) -> Iterator[IncidentCells]:
    """Yield pages with the numbers of incidents left out and coarsened by the lens so far; the last has the totals.

    A page is held until the next one is read, so that the last one knows.
    """
    held: IncidentCells | None = None
    for page in pages:
        if held is not None:
            yield held
        held = _with_counts(page, lens)
    if held is not None:
        yield _with_counts(held, lens)


def _with_counts(page: IncidentCells, lens: Lens | None) -> IncidentCells:
    return page if lens is None else replace(page, origin={**page.origin, **lens.origin()})


def left_out_by_terms(
    connection: Connection,
    query: IncidentQuery,
    around: Surroundings,
    outward: tuple[Profile, datetime] | None,
) -> Origin:
    """Count the incidents that would answer, had the query not left out their datasets; blank where it leaves none out.

    What a profile does not show is not counted here, but among what the profile left out.

    Args:
        connection: Within a transaction.
        query: Which incidents.
        around: What the query's words refer to.
        outward: For whom, and when.
    """
    if not query.without:
        return {}
    whole = replace(query, without=())
    incident = table_of(Incident).c
    lens = None
    if outward is not None:
        lens = Lens(connection, outward[0], around.regions, query.as_of or outward[1], past=bool(query.as_of))
    blind = lens is None or lens.is_clear
    asked = whole if blind else replace(whole, days=None, codes=())
    theirs = [*narrowing(asked), incident.dataset.in_(query.without)]
    if query.asks_only_of_itself and blind:
        return {"left_out_by_terms": int(connection.execute(select(func.count()).where(*theirs)).scalar_one())}
    tables = read_tables(connection, theirs, around.regions, query.as_of)
    tables = tables if lens is None else lens.through(tables)
    keep = matching(tables, whole, around) & tables.incidents["dataset"].isin(query.without).to_numpy()
    return {"left_out_by_terms": int(keep.sum())}
