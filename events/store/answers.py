"""Answers: the incident frame of a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.framing import incident_frame
from willay.events.records import IncidentTables
from willay.events.store.filters import Surroundings, matching, narrowing
from willay.events.store.reader import LISTS, read_tables
from willay.events.store.resolve import actor_names

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.events.columns import Origin
    from willay.events.query import IncidentQuery
    from willay.events.store.pages import Wanted


def answer(connection: Connection, query: IncidentQuery, regions: gpd.GeoDataFrame, wanted: Wanted) -> gpd.GeoDataFrame:
    """Answer a query with the incident frame, in order of first day (undated last) and code.

    Args:
        connection: Within a transaction.
        query: Which incidents, as known when.
        regions: All versions of regions.
        wanted: What the frame is to hold. The query is asked of what a profile shows, so that no filter tells what it
            hides.

    Raises:
        NotFoundError: The query names something that the database does not have.
    """
    tables = read_tables(connection, narrowing(query), regions, query.as_of)
    shown = wanted.shown
    if shown is not None:
        tables = shown.answer(tables, query)
    around = Surroundings(actor_names(connection) if query.actors else {}, regions, wanted.policy)
    rows = tables.incidents[matching(tables, query, around)]
    rows = rows.sort_values(["first_day", "code"], na_position="last", kind="stable")
    origin: Origin = {**wanted.origin}
    if query.as_of is not None:
        origin["as_of"] = query.as_of.isoformat()
    if shown is not None:
        origin |= shown.origin(query.live_statuses, rows["fid"])
    return incident_frame(
        _only(tables, rows), policy=wanted.policy, lang=wanted.lang, details=wanted.details, origin=origin
    )


def _only(tables: IncidentTables, rows: pd.DataFrame) -> IncidentTables:
    """Return the tables with some of the incidents only."""
    lists = {name: getattr(tables, name) for name in LISTS}
    if len(rows) < len(tables.incidents):
        fids = set(rows["fid"])
        lists = {name: table[table["incident"].isin(fids)] for name, table in lists.items()}
    return IncidentTables(
        incidents=rows,
        **lists,
        sources=tables.sources,
        actors=tables.actors,
        cases=tables.cases,
        datasets=tables.datasets,
        wholes=tables.wholes,
    )
