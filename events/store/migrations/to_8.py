"""Schema 8: indicators have keys, ranges and periods; actors say what they do; phases of cases are rows as well.

A dataset can state by which rule it was selected.

The documents of all that is recorded stay equal to the byte. An indicator that was recorded before gets its number as
its key, which its document does not have; its name, unit and voice, plain texts in the document, become JSON texts.
Texts by language are also written in one language, for GIS programs. The statements are written out and never change
again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

_MADE: Final = (
    *(
        f"ALTER TABLE actor ADD COLUMN {name} TEXT"
        for name in (
            "description",
            "address",
            "url",
            "name_plain",
            "description_plain",
            "note_plain",
        )
    ),
    *(f"ALTER TABLE case_file ADD COLUMN {name} TEXT" for name in ("title_plain", "summary_plain")),
    "ALTER TABLE dataset ADD COLUMN selection TEXT",
    """
    CREATE TABLE phase (
        case_key TEXT NOT NULL, position INTEGER NOT NULL, from_day TEXT NOT NULL, until_day TEXT, title TEXT,
        state TEXT, phase TEXT, note TEXT, source TEXT, sources TEXT, title_plain TEXT, note_plain TEXT,
        PRIMARY KEY (case_key, position), FOREIGN KEY(case_key) REFERENCES case_file ("key")
    )""",
    "ALTER TABLE indicator RENAME TO indicator_7",
    """
    CREATE TABLE indicator (
        number INTEGER NOT NULL, "key" TEXT NOT NULL, series TEXT, name TEXT NOT NULL, area TEXT NOT NULL, year INTEGER,
        from_day TEXT, until_day TEXT, edition TEXT, value DOUBLE, low DOUBLE, high DOUBLE, text TEXT, qualifier TEXT,
        kind TEXT, out_of DOUBLE, unit TEXT, dimension TEXT, category TEXT, "by" TEXT NOT NULL, source TEXT NOT NULL,
        note TEXT, sensitivity TEXT, name_plain TEXT, text_plain TEXT, unit_plain TEXT, category_plain TEXT,
        by_plain TEXT, note_plain TEXT,
        PRIMARY KEY (number), UNIQUE ("key"), FOREIGN KEY(source) REFERENCES source ("key")
    )""",
    "CREATE INDEX indicator_series ON indicator (series) WHERE series IS NOT NULL",
)
_LAYERS: Final = {
    "actors": "Organisations and groups",
    "cases": "Long-lived conflicts",
    "phases": "Phases of cases",
    "indicators": "Values of measured variables",
}
_INDICATORS: Final = 'SELECT number, name, area, year, value, unit, "by", source, note FROM indicator_7 ORDER BY number'
_INDICATOR: Final = (
    'INSERT INTO indicator (number, "key", name, area, year, value, unit, "by", source, note, name_plain, unit_plain,'
    " by_plain, note_plain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PHASE: Final = (
    "INSERT INTO phase (case_key, position, from_day, state, phase, note, source, note_plain)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def upgrade(connection: Connection) -> None:
    """Turn schema 7 into schema 8, within the caller's transaction."""
    for statement in _MADE:
        connection.exec_driver_sql(statement)
    for row in connection.exec_driver_sql(_INDICATORS).all():
        connection.exec_driver_sql(_INDICATOR, _indicator(*row))
    connection.exec_driver_sql("DROP TABLE indicator_7")
    for key, phases in connection.exec_driver_sql('SELECT "key", phases FROM case_file ORDER BY "key"').all():
        for place, phase in enumerate(_parsed(phases) or ()):
            connection.exec_driver_sql(_PHASE, _phase(key, place, phase))
    _add_plain_texts(connection, "actor", ("name", "note"))
    _add_plain_texts(connection, "case_file", ("title", "summary"))
    (moment,) = connection.exec_driver_sql("SELECT max(last_change) FROM gpkg_contents").one()
    for name, about in _LAYERS.items():
        connection.exec_driver_sql(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
            " VALUES (?, 'attributes', ?, ?, ?)",
            (name, name, about, moment),
        )


def _indicator(  # noqa: PLR0917 — the columns of the table of schema 7, in their order
    number: int, name: str, area: str, year: int | None, value: float, unit: str, by: str, source: str, note: str | None
) -> tuple[Any, ...]:
    texts = (_text(name), area, year, value, _text(unit), _text(by), source, note)
    return (number, str(number), *texts, name, unit, by, _plain(note))


def _phase(key: str, place: int, phase: Mapping[str, Any]) -> tuple[Any, ...]:
    note = None if phase.get("note") is None else _text(phase["note"])
    given = (phase.get("from_day"), phase.get("state"), phase.get("phase"), note, phase.get("source"))
    return (key, place, *given, _plain(note))


def _add_plain_texts(connection: Connection, table: str, names: tuple[str, ...]) -> None:
    for name in names:
        for key, value in connection.exec_driver_sql(f'SELECT "key", {name} FROM {table}').all():  # noqa: S608 — constant names
            statement = f'UPDATE {table} SET {name}_plain = ? WHERE "key" = ?'  # noqa: S608 — as above
            connection.exec_driver_sql(statement, (_plain(value), key))


def _text(value: object) -> str:
    """Return a value as canonical JSON text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: str | None) -> str | None:
    """Return texts by language in Spanish, or in the language that they have."""
    texts = _parsed(value)
    if not texts or isinstance(texts, str):
        return texts or None
    return str(next((texts[tag] for tag in ("es", "en", "und") if tag in texts), texts[min(texts)]))


def _parsed(value: str | None) -> Any:  # noqa: ANN401 — JSON, or what somebody put in its place
    """Return what a JSON text holds; of another text, nothing: `check` finds it."""
    try:
        return None if value is None else json.loads(value)
    except ValueError:
        return None
