"""Plain tables of incidents that a profile does not touch: of each the columns that are declared to be shown.

This is the road of most incidents, at any number of them. What a table holds besides fields is listed here; a column
that is neither is blank.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from willay.events.coarsening import PUBLIC
from willay.events.fields import ACTOR, CASE, CLAIM, DATASET, INCIDENT, PARTY, PLACE, RECORD, SOURCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from willay.events.fields import Fields
    from willay.events.records import IncidentTables

_FIELDS: Final[Mapping[str, Fields]] = {
    "incidents": {**INCIDENT, **RECORD},
    "places": PLACE,
    "parties": PARTY,
    "claims": CLAIM,
    "incident_sources": {"source": INCIDENT["sources"]},
    "incident_cases": {"case": INCIDENT["cases"]},
    "sources": SOURCE,
    "actors": ACTOR,
    "cases": CASE,
    "datasets": DATASET,
}
"""What the columns of each table are fields of."""

_MADE_OF: Final = {
    "first_day": "days", "last_day": "days", "geometry": "lon", "adm1": "admin_code", "adm2": "admin_code",
    "adm3": "admin_code",
}  # fmt: skip
"""The fields that columns are worked out of."""

_STRUCTURE: Final = frozenset({"fid", "incident", "position", "listed", "region_fid"})
"""Columns that hold the tables together; no output has them."""


def is_allowed(table: str, column: str) -> bool:
    """Say whether a column of a table may be shown, where its incident is shown in full."""
    field = _FIELDS[table].get(_MADE_OF.get(column, column))
    return column in _STRUCTURE or (field is not None and field.is_exact)


def allowed(tables: IncidentTables) -> IncidentTables:
    """Return tables in which every column that may not be shown is blank, and every level that is none."""
    return replace(tables, **{name: _allowed(name, getattr(tables, name)) for name in _FIELDS})


def _allowed(name: str, table: pd.DataFrame) -> Any:  # noqa: ANN401 — what `replace` takes
    hidden: dict[str, Any] = dict.fromkeys(column for column in table.columns if not is_allowed(name, column))
    levels = [column for column in table.columns if column in _FIELDS[name] and _FIELDS[name][column].holds == "level"]
    public = {column: table[column].mask(table[column] == PUBLIC, None) for column in levels}
    return table.assign(**hidden, **public) if hidden or public else table
