"""Settings: what a database says of itself that its keepers may change, each change a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from willay.events.store.record.revisions import Change, latest_digest, record, record_creations, supersede
from willay.events.store.schema.versions import FIELDS_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection

    from willay.events.store.record.revisions import Author
    from willay.events.store.record.states import State

KIND: Final = "setting"
"""The kind of subject that a setting is in `revision`; its id is the setting's key."""

SECRET_KEY: Final = "disclosure_key"  # noqa: S105 — the name of a secret, not one
"""The setting that holds the key of ids and codes under which restricted incidents leave the database."""

UNRECORDED: Final = ("schema_version", "willay_version", FIELDS_KEY, SECRET_KEY)
"""What a file says of the program that made it, and its secret, which two copies of one demo do not share; everything
else in the table `meta` is a setting."""


def record_settings(connection: Connection, meta: Mapping[str, str], author: Author) -> None:
    """Record the settings that a new database is made with."""
    states = [(key, setting_state(value)) for key, value in sorted(meta.items()) if key not in UNRECORDED]
    record_creations(connection, KIND, states, author)


def change_setting(connection: Connection, key: str, value: str, author: Author) -> None:
    """Change a setting, and record who did so and why."""
    number, digest = latest_digest(connection, KIND, key)
    before = connection.execute(text("SELECT value FROM meta WHERE key = :key"), {"key": key}).scalar_one()
    supersede(connection, [(number, setting_state(str(before)))])
    connection.execute(text("UPDATE meta SET value = :value WHERE key = :key"), {"key": key, "value": value})
    record(connection, KIND, [Change(key, setting_state(value), "set", digest)], author)


def set_setting(connection: Connection, key: str, value: str, author: Author) -> None:
    """Set a setting that may be new, and record who did so and why."""
    found = connection.execute(text("SELECT value FROM meta WHERE key = :key"), {"key": key}).scalar()
    if found is not None:
        change_setting(connection, key, value, author)
        return
    connection.execute(text("INSERT INTO meta (key, value) VALUES (:key, :value)"), {"key": key, "value": value})
    record_creations(connection, KIND, [(key, setting_state(value))], author)


def settings_called(connection: Connection, beginning: str) -> dict[str, str]:
    """Return the settings whose keys begin in a way."""
    rows = connection.execute(text("SELECT key, value FROM meta ORDER BY key"))
    return {str(key): str(value) for key, value in rows if str(key).startswith(beginning)}


def setting_state(value: str) -> State:
    """Make the state of a setting."""
    return {"value": value}


def setting_states(connection: Connection) -> Iterator[tuple[str, State]]:
    """Yield key and present state of the settings, by key."""
    for key, value in connection.execute(text("SELECT key, value FROM meta ORDER BY key")):
        if key not in UNRECORDED:
            yield str(key), setting_state(str(value))
