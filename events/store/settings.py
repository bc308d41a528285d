"""Settings: what a database says of itself that its keepers may change, each change a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from willay.events.store.revisions import Change, record, supersede

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from willay.events.store.revisions import Author
    from willay.events.store.states import State

KIND: Final = "setting"
"""The kind of subject that a setting is in `revision`; its id is the setting's key."""


def change_setting(connection: Connection, key: str, value: str, author: Author) -> None:
    """Change a setting, and record who did so and why."""
    latest = connection.execute(
        text(
            "SELECT number, digest FROM revision WHERE subject_kind = :kind AND subject_id = :key"
            " ORDER BY number DESC LIMIT 1"
        ),
        {"kind": KIND, "key": key},
    ).first()
    if latest is not None:
        before = connection.execute(text("SELECT value FROM meta WHERE key = :key"), {"key": key}).scalar_one()
        supersede(connection, [(int(latest.number), setting_state(str(before)))])
    connection.execute(
        text("INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value"),
        {"key": key, "value": value},
    )
    previous = None if latest is None else str(latest.digest)
    record(connection, KIND, [Change(key, setting_state(value), "set", previous)], author)


def setting_state(value: str) -> State:
    """Make the state of a setting."""
    return {"value": value}


def setting_states(connection: Connection) -> Iterator[tuple[str, State]]:
    """Yield key and present state of the settings that were ever changed."""
    statement = (
        "SELECT key, value FROM meta WHERE key IN (SELECT subject_id FROM revision WHERE subject_kind = :kind)"
        " ORDER BY key"
    )
    for key, value in connection.execute(text(statement), {"kind": KIND}):
        yield str(key), setting_state(str(value))
