"""Answers: the incident frame of a query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from willay.events.framing import incident_frame
from willay.events.records import IncidentTables
from willay.events.store.disclosing import Lens
from willay.events.store.filters import Surroundings, matching, narrowing
from willay.events.store.origins import left_out_by_terms
from willay.events.store.reader import LISTS, read_tables
from willay.events.store.resolve import actor_names

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas as gpd
    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.frame import Origin
    from willay.events.query import IncidentQuery


def answer(
    connection: Connection,
    query: IncidentQuery,
    regions: gpd.GeoDataFrame,
    *,
    policy: str,
    lang: str,
    details: bool,
    outward: tuple[Profile, datetime] | None = None,
) -> gpd.GeoDataFrame:
    """Answer a query with the incident frame, in order of first day (undated last) and code.

    Args:
        connection: Within a transaction.
        query: Which incidents, as known when.
        regions: All versions of regions.
        policy: The figure policy.
        lang: The language of titles and names.
        details: Whether to fill the column `details`.
        outward: For whom, and the moment (aware) that a delay counts back from; None shows what is recorded. The
            query is asked of what the profile shows, so that no filter tells what it hides.

    Raises:
        NotFoundError: The query names something that the database does not have.
    """
    lens = None
    if outward is not None:
        lens = Lens(connection, outward[0], regions, query.as_of or outward[1], past=bool(query.as_of))
    asked = query if lens is None or lens.is_clear else replace(query, days=None, codes=())
    tables = read_tables(connection, narrowing(asked), regions, query.as_of)
    tables = tables if lens is None else lens.through(tables)
    around = Surroundings(actor_names(connection) if query.actors else {}, regions, policy)
    rows = tables.incidents[matching(tables, query, around)]
    rows = rows.sort_values(["first_day", "code"], na_position="last", kind="stable")
    origin: Origin = {"question": query.words()}
    if query.as_of is not None:
        origin["as_of"] = query.as_of.isoformat()
    if lens is not None:
        origin |= lens.origin()
    origin |= left_out_by_terms(connection, query, around, outward)
    return incident_frame(_only(tables, rows), policy=policy, lang=lang, details=details, origin=origin)


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
