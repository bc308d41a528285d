"""Changing a source, actor, case or indicator: a revision, and what is derived from it written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, text, update

from willay.events.disclosure.declarations import CASE, INDICATOR
from willay.events.disclosure.showing import references
from willay.events.model.drafts import draft
from willay.events.model.errors import DraftError, Fault
from willay.events.model.fieldtypes import texts_of
from willay.events.store.record import lookups
from willay.events.store.record.derived import derive_again
from willay.events.store.record.register_rows import KEYED, LISTED_BY, LISTS, MODELS, TABLES, states_by_key
from willay.events.store.record.resolve import actor_names, folded, nearest, not_found
from willay.events.store.record.revisions import Change, latest_digest, record, supersede
from willay.events.store.record.states import State, entry_state, field_cells
from willay.events.store.results import Revised
from willay.events.store.schema.bulk import insert_rows
from willay.events.store.write.bases import Subject, carried, state_from
from willay.events.store.write.changed_words import changes_in_words
from willay.events.store.write.validation import area_faults
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from willay.events.store.record.revisions import Author
    from willay.events.store.write.validation import Setting

_FIELDS: Final = {"case": CASE, "indicator": INDICATOR}
_REFERRING: Final = text("SELECT incident FROM link WHERE kind = :kind AND ref = :key")


def revise_keyed(
    connection: Connection,
    kind: str,
    key: str,
    changed: Mapping[str, Any],
    means: tuple[Setting, Author],
    *,
    base: int | None = None,
    action: str = "edit",
) -> Revised:
    """Change fields of a source, actor, case or indicator; None takes a value away.

    Args:
        connection: Within a transaction that writes.
        kind: `source`, `actor`, `case` or `indicator`.
        key: Its key, which never changes.
        changed: New values by field.
        means: The setting, and who does it.
        base: The number of the revision that was looked at; see `store.write.edit`.
        action: What is done.

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
        raise DraftError.at("key", tr("The key {key!r} stays: claims and incidents refer to it.", key=key))
    if base is not None:
        known = Subject(kind, key, key, states[key])
        carried(connection, known, base, _changed(kind, key, state_from(connection, known, base), changed))
    new = _changed(kind, key, states[key], changed)
    if faults := _faults(connection, kind, new, setting):
        raise DraftError(tuple(faults))
    told = changes_in_words({"draft": _changed(kind, key, states[key], {})}, {"draft": new})
    number, digest = latest_digest(connection, kind, key)
    if not told:
        return Revised(key, number, ())
    supersede(connection, [(number, states[key])])
    made = record(connection, kind, [Change(key, new, action, digest)], author)
    _write(connection, kind, key, new)
    _derive_again(connection, kind, key, setting)
    return Revised(key, made, told)


def latest_keyed(connection: Connection, kind: str, key: str) -> int:
    """Return the number of the latest revision of a source, actor, case or indicator.

    Raises:
        NotFoundError: There is none with this key.
    """
    keys = lookups.all_keys(connection, TABLES[kind])
    if key not in keys:
        raise not_found(kind, key, nearest(key, keys))
    return latest_digest(connection, kind, key)[0]


def _changed(kind: str, key: str, state: State, changed: Mapping[str, Any]) -> State:
    document = {name: value for name, value in {**state, "key": key, **changed}.items() if value is not None}
    return entry_state(draft(MODELS[kind], document, key, recorded=texts_of(state)))


def _faults(connection: Connection, kind: str, state: State, setting: Setting) -> list[Fault]:
    if kind == "actor":
        taken = actor_names(connection)
        names = [*state["name"].values(), *state.get("aliases", [])]
        twins = sorted({name for name in names if taken.get(folded(name), state["key"]) != state["key"]})
        faults = [
            Fault("name", tr("{name!r} is a name of {actor!r} as well.", name=name[:80], actor=taken[folded(name)]))
            for name in twins
        ]
        whole = state.get("part_of")
        if whole and not lookups.present(connection, kind, [whole]):
            faults.append(Fault("part_of", tr("No actor has the key {key!r}.", key=whole[:80])))
        return faults
    if kind == "source":
        return []
    cited = {key for what, key in references(state, _FIELDS[kind]) if what == "source"}
    missing = sorted(cited - lookups.present(connection, "source", cited))
    where = "source" if kind == "indicator" else "sources"
    faults = [Fault(where, tr("No source has the key {key!r}. Add it first.", key=key[:80])) for key in missing]
    return [*faults, *area_faults(state.get("area"), setting, "area")]


def _write(connection: Connection, kind: str, key: str, state: State) -> None:
    table = KEYED[kind]
    cells = {**field_cells(MODELS[kind], state), "key": key}
    connection.execute(update(table).where(table.c.key == key).values(**cells))
    for listed, rows_of in LISTS.get(kind, ()):
        connection.execute(delete(listed).where(listed.c[LISTED_BY[kind]] == key))
        insert_rows(connection, listed, rows_of(state))


def _derive_again(connection: Connection, kind: str, key: str, setting: Setting) -> None:
    fids = sorted(set(connection.execute(_REFERRING, {"kind": kind, "key": key}).scalars()))
    derive_again(connection, setting.regions, setting.policy, fids)
