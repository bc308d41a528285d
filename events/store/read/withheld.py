"""What a profile withholds of the sources, actors and cases of a database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.disclosure.coarsening import PUBLIC
from willay.events.disclosure.names import Names
from willay.events.disclosure.register_entries import Register, Withheld, names_of, sensitive, withheld
from willay.events.model.terms import stricter
from willay.events.store.dialects import run
from willay.events.store.record.register_rows import actor_states, as_known, case_states, source_states
from willay.events.store.schema.bulk import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.store.record.states import State

_KEYED: Final = ("source", "actor")


def levels(connection: Connection, kind: str) -> dict[Any, str]:
    """Return how sensitive everything of a kind is that has a level other than public, by its key.

    Args:
        connection: Within a transaction.
        kind: `source` or `actor`; `incident`, by id; `place`: the strictest of each incident's, by the incident's id.
    """
    statement = {
        "incident": "SELECT id, sensitivity FROM incident WHERE sensitivity IS NOT NULL",
        "place": "SELECT id, place.sensitivity FROM place JOIN incident ON fid = incident"
        " WHERE place.sensitivity IS NOT NULL",
    }.get(kind, f"SELECT key, sensitivity FROM {kind} WHERE sensitivity IS NOT NULL")  # noqa: S608 — our own names
    found: dict[Any, str] = {}
    for name, level in connection.execute(text(statement)):
        if level != PUBLIC:
            found[name] = stricter(found.get(name), str(level)) or str(level)
    return found


def read_register(
    connection: Connection, as_of: datetime | None, today: Mapping[str, Mapping[str, str]] | None = None
) -> Register:
    """Return the documents of all sources, actors and cases, now or as known at a moment.

    Args:
        connection: Within a transaction.
        as_of: The moment (aware); None is now.
        today: How sensitive sources and actors are today, by kind and key; the stricter of then and now holds.
    """
    now = today or {}
    return Register(
        _as_strict(as_known(connection, "source", source_states(connection), as_of), now.get("source", {})),
        _as_strict(as_known(connection, "actor", actor_states(connection), as_of), now.get("actor", {})),
        as_known(connection, "case", case_states(connection), as_of),
    )


def _as_strict(states: Iterable[State], today: Mapping[str, str]) -> list[State]:
    return [
        {**one, "sensitivity": stricter(one.get("sensitivity"), today[one["key"]])} if one["key"] in today else one
        for one in states
    ]


def withheld_of(
    connection: Connection, register: Register, profile: Profile, codes: Iterable[str], secret: bytes
) -> Withheld:
    """Return what a profile withholds of registers.

    Args:
        connection: Within a transaction.
        register: Everything, as known at the moment asked for.
        profile: The profile.
        codes: Codes of incidents that are not to be named either.
        secret: As for `disclosure.registers.withheld`.
    """
    hidden = {kind: sensitive(kind, getattr(register, kind), profile, levels(connection, kind)) for kind in _KEYED}
    said = {name for kind, keys in hidden.items() for name in names_of(kind, _ever(connection, kind, keys))}
    names = Names.of(said, [*(key for keys in hidden.values() for key in keys), *codes])
    return withheld(register, hidden, names, secret)


def _ever(connection: Connection, kind: str, keys: Iterable[str]) -> Iterable[Mapping[str, Any]]:
    """Yield every state of sources or actors there ever was: a name that was taken away since is a name."""
    states = {"source": source_states, "actor": actor_states}[kind]
    wanted = set(keys)
    yield from (state for state in states(connection) if state["key"] in wanted)
    statement = (
        "SELECT document FROM revision WHERE subject_kind = :kind AND document IS NOT NULL AND subject_id IN :keys"
    )
    for part in chunks(sorted(wanted)):
        asked = {"kind": kind, "keys": list(part)}
        yield from map(json.loads, run(connection, statement, asked).scalars())
