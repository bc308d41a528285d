"""Schema 6: the document of an incident is the record; its columns, places, claims and links follow from it.

The tables of schema 5 become documents, equal to the byte to those that the digests of the revisions are of. A state
that somebody changed by other means than willay stays as it is in the tables, and `check` finds it as before. What
follows from documents is written again after the last upgrade (`WRITTEN_SINCE`). The
statements, and how a document is read from the tables of schema 5, are written out and never change again.
"""

from __future__ import annotations

import json
import zlib
from calendar import monthrange
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.engine import Connection

_FIGURES: Final = ", ".join(
    f"{measure}_low INTEGER, {measure}_best INTEGER, {measure}_high INTEGER, {measure}_source TEXT"
    for measure in (
        "killed", "injured", "detained", "missing", "abducted", "released", "escaped", "rescued", "displaced",
    )
)  # fmt: skip
_OLD: Final = ("party", "incident_source", "incident_case", "figure", "face")
_DROPPED: Final = (
    "DROP VIEW incidents",
    "DROP VIEW claims",
    "DELETE FROM place_box",
    *(f"DROP TABLE {table}" for table in _OLD),
    "DROP TABLE place",
    "DROP TABLE claim",
    "DROP TABLE incident",
)
_MADE: Final = (
    f"""
    CREATE TABLE incident (
        fid INTEGER NOT NULL, id TEXT NOT NULL, code TEXT NOT NULL, "key" TEXT, title TEXT NOT NULL, summary TEXT,
        type TEXT NOT NULL, subtype TEXT, first_day DATE, last_day DATE, date_precision TEXT, place_name TEXT,
        place_precision TEXT, radius_m DOUBLE, country TEXT, admin_code TEXT, adm1 TEXT, adm2 TEXT, adm3 TEXT,
        region TEXT, place_count INTEGER NOT NULL, {_FIGURES},
        actors TEXT, source_count INTEGER NOT NULL, source_kinds TEXT, cases TEXT, tags TEXT, part_of TEXT,
        counted BOOLEAN NOT NULL, status TEXT NOT NULL, confidence TEXT, dataset TEXT, revision INTEGER NOT NULL,
        recorded_at TEXT NOT NULL, sensitivity TEXT, assigned_to TEXT, is_translated BOOLEAN NOT NULL,
        names_codes BOOLEAN NOT NULL, document BLOB NOT NULL, geom GEOMETRY,
        PRIMARY KEY (fid), UNIQUE (id), UNIQUE (code), UNIQUE ("key"),
        FOREIGN KEY(part_of) REFERENCES incident (code), FOREIGN KEY(dataset) REFERENCES dataset (name)
    )""",
    "DROP INDEX revision_sensitivity",
    "CREATE INDEX revision_sensitivity ON revision (number) WHERE document LIKE '%\"sensitivity\":%'",
    "CREATE INDEX incident_days ON incident (first_day, last_day)",
    "CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL",
    "CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL",
    "CREATE INDEX incident_not_published ON incident (status) WHERE status <> 'published'",
    "CREATE INDEX incident_uncounted ON incident (code) WHERE counted = 0",
    "CREATE INDEX incident_names_codes ON incident (fid) WHERE names_codes = 1",
    "CREATE INDEX ix_incident_type ON incident (type)",
    """
    CREATE TABLE place (
        incident INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, precision TEXT NOT NULL, lon DOUBLE,
        lat DOUBLE, radius_m DOUBLE, country TEXT NOT NULL, admin_code TEXT, adm1 TEXT, adm2 TEXT, adm3 TEXT,
        region TEXT, region_fid INTEGER, sensitivity TEXT,
        PRIMARY KEY (incident, position), FOREIGN KEY(incident) REFERENCES incident (fid),
        FOREIGN KEY(region_fid) REFERENCES region (fid)
    )""",
    "CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL",
    """
    CREATE TABLE claim (
        incident INTEGER NOT NULL, position INTEGER NOT NULL, measure TEXT NOT NULL, "group" TEXT NOT NULL, low INTEGER,
        best INTEGER, high INTEGER, source TEXT NOT NULL, attributed_to TEXT, attributed_kind TEXT, stated_on TEXT,
        scope TEXT, note TEXT, zero_is_unknown BOOLEAN NOT NULL, pinned TEXT, label TEXT, supersedes TEXT,
        adds BOOLEAN,
        PRIMARY KEY (incident, position), FOREIGN KEY(incident) REFERENCES incident (fid),
        FOREIGN KEY(source) REFERENCES source ("key")
    )""",
    """
    CREATE TABLE link (
        incident INTEGER NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, ref TEXT NOT NULL, role TEXT,
        PRIMARY KEY (incident, kind, position), FOREIGN KEY(incident) REFERENCES incident (fid)
    ) WITHOUT ROWID""",
    "CREATE INDEX link_ref ON link (kind, ref, incident)",
    """
    CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_low, detained_best, detained_high, missing_low,
        missing_best, missing_high, abducted_low, abducted_best, abducted_high, released_low, released_best,
        released_high, actors, source_count, source_kinds, tags, status, confidence, cases, part_of, counted, dataset,
        revision, recorded_at, geom
    FROM incident WHERE status IN ('draft', 'in-review', 'published')""",
    """
    CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned,
        claim.label, claim.supersedes, claim.adds
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published')""",
)
_BLANK: Final = (
    "fid", "id", "code", "title", "type", "place_count", "source_count", "counted", "status", "revision", "recorded_at",
    "is_translated", "names_codes", "document",
)  # fmt: skip
_PLAIN: Final = (
    "key", "type", "subtype", "country", "part_of", "status", "confidence", "dataset", "dataset_id", "sensitivity",
    "assigned_to", "date_precision",
)  # fmt: skip
_JSON: Final = ("title", "summary", "tags", "notes", "original")
_PLACE: Final = (
    "name", "precision", "lon", "lat", "radius_m", "country", "admin_code", "region", "gazetteer_id",
    "coordinate_source", "sensitivity",
)  # fmt: skip
_CLAIM: Final = (
    "measure", "group", "low", "best", "high", "source", "attributed_to", "attributed_kind", "stated_on", "label",
)  # fmt: skip
_LISTS: Final = ("place", "party", "claim", "incident_source", "incident_case")


def upgrade(connection: Connection) -> None:
    """Turn schema 5 into schema 6, within the caller's transaction."""
    rows = [*_incidents(connection)]
    for statement in (*_DROPPED, *_MADE):
        connection.exec_driver_sql(statement)
    names = ", ".join(_BLANK)
    marks = ", ".join("?" * len(_BLANK))
    connection.exec_driver_sql(f"INSERT INTO incident ({names}) VALUES ({marks})", rows)  # noqa: S608 — constant names


def _incidents(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the new table `incident`: names and documents; all else is written after the last upgrade."""
    lists = {name: _by_incident(connection, name) for name in _LISTS}
    for row in connection.exec_driver_sql("SELECT * FROM incident ORDER BY fid").mappings().all():
        of_it = {name: listed.get(row["fid"], []) for name, listed in lists.items()}
        document = _canonical({"id": row["id"], "code": row["code"], "draft": _draft(row, of_it)})
        packed = zlib.compress(document.encode(), 1)
        yield (
            row["fid"], row["id"], row["code"], "", row["type"], 0, 0, True, row["status"], row["revision"],
            row["recorded_at"], False, False, packed,
        )  # fmt: skip


def _by_incident(connection: Connection, table: str) -> dict[int, list[Mapping[Any, Any]]]:
    rows = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY incident, position").mappings().all()  # noqa: S608 — constant names
    return {fid: list["Mapping[Any, Any]"](some) for fid, some in groupby(rows, itemgetter("incident"))}


def _draft(row: Mapping[Any, Any], lists: Mapping[str, list[Mapping[Any, Any]]]) -> dict[str, Any]:
    draft = {
        **{name: row[name] for name in _PLAIN},
        **{name: _parsed(row[name]) for name in _JSON},
        "days": _days(row),
        "places": [_some({**_these(place, _PLACE), "note": _parsed(place["note"])}) for place in lists["place"]],
        "parties": [
            _some({**_these(party, ("actor", "role")), "note": _parsed(party["note"])}) for party in lists["party"]
        ],
        "claims": [_claim(claim) for claim in lists["claim"]],
        "sources": [source["source"] for source in lists["incident_source"] if source["listed"]],
        "cases": [case["case"] for case in lists["incident_case"]],
    }
    made: dict[str, Any] = _some(draft)
    return made


def _claim(row: Mapping[Any, Any]) -> dict[str, Any]:
    numbers = (row["low"], row["best"], row["high"])
    texts = {name: _parsed(row[name]) for name in ("scope", "note", "pinned", "supersedes")}
    unknown = {"count": "?"} if numbers == (None, None, None) and row["measure"] != "other" else {}
    flags = {"zero_is_unknown": bool(row["zero_is_unknown"]), "adds": True if row["adds"] else None}
    made: dict[str, Any] = _some({**_these(row, _CLAIM), **texts, **flags, **unknown})
    return made


def _days(row: Mapping[Any, Any]) -> str | None:
    """Write the days of an incident in the one shortest way."""
    if not row["first_day"]:
        return None
    first, last = str(row["first_day"]), str(row["last_day"])
    if first == last:
        return first
    month = first[:7]
    if (first, last) == (f"{month}-01", f"{month}-{monthrange(int(first[:4]), int(first[5:7]))[1]:02}"):
        return month
    year = first[:4]
    return year if (first, last) == (f"{year}-01-01", f"{year}-12-31") else f"{first}/{last}"


def _these(row: Mapping[Any, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _some(document: Any) -> Any:  # noqa: ANN401 — JSON in, JSON out
    """Return a document without unknowns, empty texts and empty lists."""
    if isinstance(document, dict):
        parts = {name: _some(part) for name, part in document.items()}
        return {name: part for name, part in parts.items() if part or part == 0}
    return [_some(part) for part in document] if isinstance(document, list) else document


def _parsed(text: str | None) -> Any:  # noqa: ANN401 — JSON
    return None if text is None else json.loads(text)


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
