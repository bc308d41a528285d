"""Counting what an answer does not hold: what nobody has published yet, and what the question leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from willay.events.frame.query import PUBLISHED
from willay.events.store.read.answers import Answer
from willay.events.store.record.review_rules import WAITING
from willay.events.store.schema.tables import INCIDENT

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.frame.columns import Origin
    from willay.events.frame.query import IncidentQuery
    from willay.events.store.read.answers import Regions, Wanted


def not_published(connection: Connection, query: IncidentQuery, regions: Regions, wanted: Wanted) -> int:
    """Return how many incidents that are leads, drafts or in review would answer a query, as a profile shows them.

    Arguments, errors and cost as for `_how_many`.
    """
    # The condition on the status is the one of the index that holds those alone.
    waiting = INCIDENT.c.status != PUBLISHED
    return _how_many(connection, replace(query, statuses=WAITING), regions, wanted, theirs=waiting)


def left_out_by_terms(connection: Connection, query: IncidentQuery, regions: Regions, wanted: Wanted) -> Origin:
    """Count the incidents that would answer, had the query not left out their datasets; blank where it leaves none out.

    What a profile does not show is not counted here, but among what the profile left out. Arguments, errors and cost
    as for `_how_many`.
    """
    if not query.without:
        return {}
    theirs = INCIDENT.c.dataset.in_(query.without)
    whole = replace(query, without=())
    return {"left_out_by_terms": _how_many(connection, whole, regions, wanted, theirs=theirs, datasets=query.without)}


def _how_many(
    connection: Connection,
    query: IncidentQuery,
    regions: Regions,
    wanted: Wanted,
    *,
    theirs: ColumnElement[bool],
    datasets: tuple[str, ...] | None = None,
) -> int:
    """Return how many incidents answer a query, as a profile shows them.

    Cost: that of one statement where the query asks for no words and places; else that of reading them.

    Args:
        connection: Within a transaction.
        query: Which incidents.
        regions: Returns all versions of regions.
        wanted: By whose profile.
        theirs: A condition on the table `incident` for those that are counted.
        datasets: Those of these datasets, whatever a profile shows of that; None is all.

    Raises:
        NotFoundError: The query names something that the database does not have.
    """
    answer = Answer(connection, query, regions, replace(wanted, details=False, drafts=False))
    if datasets is None:
        return answer.count_stored(theirs) + len(answer.replaced)
    touched = {} if wanted.shown is None else wanted.shown.survey.touched
    of = {fid: touched[fid].dataset if fid in touched else name for fid, name in answer.replaced.items()}
    return answer.count_stored(theirs) + sum(name in datasets for name in of.values())
