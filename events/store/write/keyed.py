"""Changing a source, actor or case: a revision of it, and what is derived from it written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, text, update

from willay.events.model.drafts import draft
from willay.events.model.errors import DraftError, Fault
from willay.events.model.fieldtypes import texts_of
from willay.events.store.record import lookups
from willay.events.store.record.derived import derive_again
from willay.events.store.record.register_rows import KEYED, MODELS, TABLES, states_by_key
from willay.events.store.record.resolve import actor_names, folded, nearest, not_found
from willay.events.store.record.revisions import Change, latest_digest, record, supersede
from willay.events.store.record.states import State, alias_rows, entry_state, field_cells
from willay.events.store.results import Revised
from willay.events.store.schema.bulk import insert_rows
from willay.events.store.schema.tables import ActorAlias, table_of
from willay.events.store.write.bases import Subject, carried, state_from
from willay.events.store.write.changes import changes_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from willay.events.store.record.revisions import Author
    from willay.events.store.write.validation import Setting

_REFERRING: Final = text("SELECT incident FROM link WHERE kind = :kind AND ref = :key")


def revise_keyed(
    connection: Connection,
    kind: str,
    key: str,
    changed: Mapping[str, Any],
    means: tuple[Setting, Author],
    *,
    base: int | None = None,
) -> Revised:
    """Change fields of a source, actor or case; None takes a value away.

    Args:
        connection: Within a transaction that writes.
        kind: `source`, `actor` or `case`.
        key: Its key, which never changes.
        changed: New values by field.
        means: The setting, and who does it.
        base: The number of the revision that was looked at; see `store.write.edit`.

    Raises:
        NotFoundError: There is none with this key, or it has no such revision.
        StaleEditError: One of the fields was changed after the base, to another value.
        DraftError: The result is none, or does not fit the database.
    """
    setting, author = means
    states = states_by_key(connection, kind, [key])
    if key not in states:
        raise not_found(kind, key, nearest(key, lookups.all_keys(connection, TABLES[kind])))
    if changed.get("key", key) != key:
        raise DraftError((Fault("key", f"The key {key!r} stays: claims and incidents refer to it."),))
    if base is not None:
        known = Subject(kind, key, key, states[key])
        carried(connection, known, base, _changed(kind, key, state_from(connection, known, base), changed))
    new = _changed(kind, key, states[key], changed)
    if faults := _faults(connection, kind, new):
        raise DraftError(tuple(faults))
    told = changes_in_words({"draft": states[key]}, {"draft": new})
    number, digest = latest_digest(connection, kind, key)
    if not told:
        return Revised(key, number, ())
    supersede(connection, [(number, states[key])])
    made = record(connection, kind, [Change(key, new, "edit", digest)], author)
    _write(connection, kind, new)
    _derive_again(connection, kind, key, setting)
    return Revised(key, made, told)


def latest_keyed(connection: Connection, kind: str, key: str) -> int:
    """Return the number of the latest revision of a source, actor or case.

    Raises:
        NotFoundError: There is none with this key.
    """
    keys = lookups.all_keys(connection, TABLES[kind])
    if key not in keys:
        raise not_found(kind, key, nearest(key, keys))
    return latest_digest(connection, kind, key)[0]


def _changed(kind: str, key: str, state: State, changed: Mapping[str, Any]) -> State:
    document = {name: value for name, value in {**state, **changed}.items() if value is not None}
    return entry_state(draft(MODELS[kind], document, key, recorded=texts_of(state)))


def _faults(connection: Connection, kind: str, state: State) -> list[Fault]:
    if kind == "actor":
        taken = actor_names(connection)
        names = [*state["name"].values(), *state.get("aliases", [])]
        twins = sorted({name for name in names if taken.get(folded(name), state["key"]) != state["key"]})
        faults = [Fault("name", f"{name[:80]!r} is a name of {taken[folded(name)]!r} as well.") for name in twins]
        whole = state.get("part_of")
        if whole and not lookups.present(connection, kind, [whole]):
            faults.append(Fault("part_of", f"No actor has the key {whole[:80]!r}."))
        return faults
    if kind == "case":
        cited = {*state.get("sources", []), *(one["source"] for one in state.get("phases", []) if "source" in one)}
        missing = sorted(cited - lookups.present(connection, "source", cited))
        return [Fault("sources", f"No source has the key {key[:80]!r}. Add it first.") for key in missing]
    return []


def _write(connection: Connection, kind: str, state: State) -> None:
    table, key = table_of(KEYED[kind]), state["key"]
    connection.execute(update(table).where(table.c.key == key).values(**field_cells(MODELS[kind], state)))
    if kind == "actor":
        connection.execute(delete(ActorAlias).where(table_of(ActorAlias).c.actor == key))
        insert_rows(connection, ActorAlias, alias_rows(state))


def _derive_again(connection: Connection, kind: str, key: str, setting: Setting) -> None:
    fids = sorted(set(connection.execute(_REFERRING, {"kind": kind, "key": key}).scalars()))
    derive_again(connection, setting.regions, setting.policy, fids)
