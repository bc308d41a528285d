"""Schema 5: claims may correct each other; settings, datasets, indicators are recorded; imports remember rows.

Figures keep an "at least" apart from a number, a text can be redacted, and no place is in a unit finer than it is known
to: what is derived is derived again after the last upgrade (`DERIVED_SINCE`). The statements are written out and never
change again, whatever becomes of the tables later. The functions below are independent of each other.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.reasons import UPGRADED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

_LINKED_CLAIMS: Final = (
    "ALTER TABLE claim ADD COLUMN label TEXT",
    "ALTER TABLE claim ADD COLUMN supersedes TEXT",
    "ALTER TABLE claim ADD COLUMN adds BOOLEAN",
    "DROP VIEW claims",
    """
    CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned,
        claim.label, claim.supersedes, claim.adds
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published')""",
    "DROP VIEW incidents",
    """
    CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_low, detained_best, detained_high, missing_low,
        missing_best, missing_high, abducted_low, abducted_best, abducted_high, released_low, released_best,
        released_high, actors, source_count, source_kinds, tags, status, confidence, cases, part_of, counted, dataset,
        revision, recorded_at, geom
    FROM face WHERE status IN ('draft', 'in-review', 'published')""",
)
_RECORD: Final = (
    "ALTER TABLE revision ADD COLUMN masked_digest TEXT",
    "ALTER TABLE revision ADD COLUMN origin TEXT",
    "CREATE INDEX revision_origin ON revision (subject_id) WHERE origin IS NOT NULL",
)
_MEMORY: Final = (
    "DROP INDEX ix_import_row_incident",
    "ALTER TABLE import_row RENAME TO import_row_4",
    """
    CREATE TABLE import_row (
        dataset TEXT NOT NULL, external_id TEXT NOT NULL, incident INTEGER NOT NULL, digest BLOB NOT NULL,
        revision INTEGER NOT NULL, said TEXT, theirs TEXT, mark BLOB NOT NULL,
        PRIMARY KEY (dataset, external_id),
        FOREIGN KEY(dataset) REFERENCES dataset (name), FOREIGN KEY(incident) REFERENCES incident (fid)
    ) WITHOUT ROWID""",
    "CREATE INDEX ix_import_row_incident ON import_row (incident)",
)
_KEY_BYTES: Final = 32
_SECRET: Final = "disclosure_key"  # noqa: S105 — the name of a secret, not one
_UNRECORDED: Final = ("schema_version", "willay_version", _SECRET)


def upgrade(connection: Connection) -> None:
    """Turn schema 4 into schema 5, within the caller's transaction."""
    link_claims(connection)
    add_disclosure(connection)
    add_record(connection)
    add_memory(connection)


def link_claims(connection: Connection) -> None:
    """Let claims refer to each other, and let the layers show both ends of every figure."""
    for statement in _LINKED_CLAIMS:
        connection.exec_driver_sql(statement)


def add_record(connection: Connection) -> None:
    """Record what was not recorded before: settings, datasets and indicators, as they are now.

    The moment is that of the latest change: they were so then, and no clock of a computer is asked.
    """
    for statement in _RECORD:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT OR IGNORE INTO meta (key, value) VALUES ('review', 'two-people')")
    known = {*connection.exec_driver_sql("SELECT subject_kind, subject_id FROM revision").all()}
    last = connection.exec_driver_sql("SELECT number, seal FROM revision ORDER BY number DESC LIMIT 1").first()
    latest = connection.exec_driver_sql("SELECT max(recorded_at) FROM revision").scalar()
    moment = latest or connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'created_at'").scalar()
    number, seal = (last[0], last[1]) if last else (0, "")
    rows = []
    for kind, subject, state in _states(connection):
        if (kind, subject) not in known:
            number += 1
            digest = hashlib.sha256(_text(state, sort_keys=True).encode()).hexdigest()
            said = [number, kind, subject, "willay", moment, "add", UPGRADED, None, digest]
            seal = hashlib.sha256(f"{seal}{_text(said)}".encode()).hexdigest()
            rows.append((*said, None, seal))
    names = (
        "number, subject_kind, subject_id, author, recorded_at, action, reason, previous_digest, digest, document, seal"
    )
    statement = f"INSERT INTO revision ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 — constant names
    connection.exec_driver_sql(statement, rows)
    connection.exec_driver_sql("UPDATE gpkg_contents SET last_change = ?", (moment,))


def _states(connection: Connection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield kind, id and state of what was not recorded before schema 5."""
    for key, value in connection.exec_driver_sql("SELECT key, value FROM meta ORDER BY key").all():
        if key not in _UNRECORDED:
            yield "setting", key, {"value": value}
    datasets = "SELECT name, version, licence, attribution, may_publish FROM dataset ORDER BY name"
    for row in connection.exec_driver_sql(datasets).mappings().all():
        allowed = None if row["may_publish"] is None else bool(row["may_publish"])
        yield "dataset", row["name"], _known({**row, "may_publish": allowed})
    indicators = 'SELECT number, name, area, year, value, unit, "by", source, note FROM indicator ORDER BY number'
    for row in connection.exec_driver_sql(indicators).mappings().all():
        note = None if row["note"] is None else json.loads(row["note"])
        yield "indicator", str(row["number"]), _known({**row, "note": note, "number": None})


def _known(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if value or value == 0}


def add_memory(connection: Connection) -> None:
    """Let imports remember what rows said: what the last import made of each."""
    for statement in _MEMORY:
        connection.exec_driver_sql(statement)
    query = (
        "SELECT old.dataset, old.external_id, old.incident, old.digest, ("
        "   SELECT max(number) FROM revision WHERE subject_kind = 'incident' AND subject_id = incident.id"
        "   AND action IN ('import', 'withdraw')), incident.revision"
        " FROM import_row_4 AS old JOIN incident ON incident.fid = old.incident"
    )
    rows = []
    for dataset, name, incident, digest, imported, present in connection.exec_driver_sql(query).all():
        cells = [dataset, name, incident, digest.hex(), imported or present, None, None]
        mark = hashlib.sha256(_text(cells).encode()).digest()
        rows.append((dataset, name, incident, digest, imported or present, None, None, mark))
    if rows:
        connection.exec_driver_sql("INSERT INTO import_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.exec_driver_sql("DROP TABLE import_row_4")


def _text(value: object, *, sort_keys: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)


def add_disclosure(connection: Connection) -> None:
    """Add what disclosure needs: a key that no other database has, and the index by which drafts are counted."""
    connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES (?, ?)", (_SECRET, secrets.token_hex(_KEY_BYTES)))
    connection.exec_driver_sql("CREATE INDEX incident_not_published ON incident (status) WHERE status <> 'published'")
