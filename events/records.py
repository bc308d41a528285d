"""The rows of incidents as plain tables: what a store reads and a frame is made of.

The tables are pandas frames of text and numbers, so that a store, a test or a notebook can make them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "incidents": (
        "fid", "id", "code", "key", "title", "summary", "type", "subtype", "first_day", "last_day", "date_precision",
        "country", "part_of", "tags", "status", "confidence", "notes", "dataset", "dataset_id", "revision",
        "recorded_at", "original", "sensitivity", "assigned_to",
    ),
    "places": (
        "incident", "position", "name", "precision", "lon", "lat", "radius_m", "country", "admin_code", "adm1", "adm2",
        "adm3", "region", "region_fid", "gazetteer_id", "coordinate_source", "note", "geometry",
        "sensitivity",
    ),
    "parties": ("incident", "position", "actor", "role", "note"),
    "claims": (
        "incident", "position", "measure", "group", "low", "best", "high", "source", "attributed_to", "attributed_kind",
        "stated_on", "scope", "note", "zero_is_unknown", "pinned", "label", "supersedes", "adds",
    ),
    "incident_sources": ("incident", "position", "source", "listed"),
    "incident_cases": ("incident", "position", "case"),
    "sources": (
        "key", "kind", "publisher", "title", "published_on", "url", "archive_url", "language", "licence", "reliability",
        "accessed_on", "note", "sensitivity",
    ),
    "actors": ("key", "name", "kind", "part_of", "note", "sensitivity"),
    "cases": ("key", "title", "type", "summary", "from_day", "until_day", "phases", "sources"),
    "datasets": ("name", "version", "licence", "attribution", "may_publish"),
}  # fmt: skip
"""The columns of each table. Texts by language and lists are JSON text; days are ISO text."""


def blank_table(name: str) -> pd.DataFrame:
    """Return one of the tables without rows."""
    return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS[name]})


@dataclass(frozen=True)
class IncidentTables:
    """The rows of some incidents and all that they refer to; `COLUMNS` names the columns.

    Attributes:
        incidents: One row each; `fid` is a number that the other tables call `incident`.
        places: In order of `position`, the primary one first; `geometry` is a shapely geometry or None.
        parties: In order of `position`, as the next three.
        claims: What sources say.
        incident_sources: The documents that speak of an incident.
        incident_cases: The cases it belongs to.
        sources: By `key`.
        actors: By `key`.
        cases: By `key`.
        datasets: By `name`.
        wholes: The code of the whole for each code of a part, also for incidents that are not in `incidents`.
    """

    incidents: pd.DataFrame
    places: pd.DataFrame = field(default_factory=partial(blank_table, "places"))
    parties: pd.DataFrame = field(default_factory=partial(blank_table, "parties"))
    claims: pd.DataFrame = field(default_factory=partial(blank_table, "claims"))
    incident_sources: pd.DataFrame = field(default_factory=partial(blank_table, "incident_sources"))
    incident_cases: pd.DataFrame = field(default_factory=partial(blank_table, "incident_cases"))
    sources: pd.DataFrame = field(default_factory=partial(blank_table, "sources"))
    actors: pd.DataFrame = field(default_factory=partial(blank_table, "actors"))
    cases: pd.DataFrame = field(default_factory=partial(blank_table, "cases"))
    datasets: pd.DataFrame = field(default_factory=partial(blank_table, "datasets"))
    wholes: Mapping[str, str] = field(default_factory=dict)
