"""Taking in foreign rows: a batch of somebody else's records becomes incidents, revisions of them, or faults.

A row is known by its dataset and the id it has there. One that looks as it did the last time is left alone; one that
looks otherwise becomes a revision, in which what was changed here since is kept where the dataset has not changed the
same field. A row that the dataset has deleted marks the incident as withdrawn upstream; nothing is ever removed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import text

from willay.events.canonical import canonical
from willay.events.claim_list import dropped, in_words
from willay.events.drafts import Bundle, IncidentDraft, draft
from willay.events.errors import DraftError, Fault
from willay.events.fieldtypes import texts_of
from willay.events.foreign import ROW_ERRORS, Outcome, RowFault
from willay.events.likeness import other_event_fault
from willay.events.store import changes, lookups
from willay.events.store.ids import RANDOM_BYTES, uuid7
from willay.events.store.intake import Known, early_faults, fit, new_codes
from willay.events.store.merging import merged_upstream
from willay.events.store.outliers import stray_places
from willay.events.store.protecting import mark_registers, with_what_is_here
from willay.events.store.registering import add_missing
from willay.events.store.states import draft_of, incident_state
from willay.events.store.writer import Entry, write_incidents
from willay.events.terms import as_strict, names_levels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.drafts import ClaimDraft
    from willay.events.foreign import Batch, Document, ForeignRow
    from willay.events.store.intake import Setting
    from willay.events.store.revisions import Author
    from willay.events.store.states import State

ACTION: Final = "import"
"""The action of the revisions that come from a dataset."""

GONE: Final = "withdrawn-upstream"
"""The status of an incident that its dataset has deleted."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a row was when it was last taken in: the incident's row number and code, and the digest of its draft."""

    fid: int
    code: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Taker:
    """What taking in a batch needs.

    Attributes:
        connection: Within a transaction that writes.
        dataset: The dataset's name.
        setting: The database's setting.
        author: Who imports, when and why.
    """

    connection: Connection
    dataset: str
    setting: Setting
    author: Author


def take_in_batch(taker: Taker, batch: Batch) -> list[Outcome]:
    """Take in a batch, all in the caller's transaction.

    Returns:
        One outcome for each row, in their order.
    """
    add_missing(taker.connection, batch, taker.author)
    mark_registers(taker.connection, batch, (taker.setting, taker.author))
    batch = with_what_is_here(taker.connection, batch)
    earlier = _recorded(taker, batch.rows) | _earlier(taker, [row.external_id for row in batch.rows])
    outcomes: dict[int, Outcome] = {}
    fresh: list[tuple[int, ForeignRow, bytes]] = []
    for place, row in enumerate(batch.rows):
        known = earlier.get(row.external_id)
        digest = _digest(row)
        if isinstance(digest, RowFault):
            outcomes[place] = _outcome(row, "quarantined", faults=(digest,))
        elif row.faults or (row.draft is None and not row.withdrawn):
            outcomes[place] = _outcome(row, "quarantined", faults=row.faults)
        elif row.withdrawn:
            outcomes[place] = _withdraw(taker, row, known)
        elif known is None:
            fresh.append((place, row, digest))
        elif known.digest == digest and not names_levels(row.draft or {}):
            outcomes[place] = _outcome(row, "unchanged", code=known.code)
        else:
            outcomes[place] = _update(taker, row, known)
    outcomes |= _accept(taker, fresh)
    return [outcomes[place] for place in range(len(batch.rows))]


def digest_of(document: Document) -> bytes:
    """Return the SHA-256 of a draft's canonical JSON."""
    return hashlib.sha256(canonical(document).encode()).digest()


def _digest(row: ForeignRow) -> bytes | RowFault:
    try:
        return digest_of(row.draft or {})
    except ROW_ERRORS as error:
        return RowFault.unforeseen("", "", error)


def _outcome(row: ForeignRow, ending: Any, **rest: Any) -> Outcome:  # noqa: ANN401 — fields of an outcome
    return Outcome(row.number, row.external_id, ending, **{"flags": row.flags, **rest})


def _recorded(taker: Taker, rows: Sequence[ForeignRow]) -> dict[str, Earlier]:
    """Find the incidents that rows of our own export are already here, by their ids."""
    ids = {row.identity.id: row.external_id for row in rows if row.identity}
    if not ids:
        return {}
    there = lookups.rows_by_key(taker.connection, "incident", ids, "id")
    states = {name: changes.at(taker.connection, row["fid"]).state for name, row in there.items()}
    return {
        ids[name]: Earlier(int(there[name]["fid"]), state["code"], digest_of(state["draft"]))
        for name, state in states.items()
    }


def _earlier(taker: Taker, ids: Sequence[str]) -> dict[str, Earlier]:
    any_row = text("SELECT 1 FROM import_row WHERE dataset = :dataset LIMIT 1")
    if taker.connection.execute(any_row, {"dataset": taker.dataset}).first() is None:
        return {}
    statement = text(
        "SELECT external_id, incident.fid, incident.code, digest FROM import_row"
        " JOIN incident ON incident.fid = import_row.incident"
        " WHERE import_row.dataset = :dataset AND external_id IN (SELECT value FROM json_each(:ids))"
    )
    asked = {"dataset": taker.dataset, "ids": canonical(list(ids))}
    rows = taker.connection.execute(statement, asked)
    return {external_id: Earlier(fid, code, bytes(digest)) for external_id, fid, code, digest in rows}


def _named(taker: Taker, row: ForeignRow) -> Document:
    """Return a row's draft with its dataset; what names no country is of the database's (`at_home`)."""
    if row.identity is not None:
        return dict(row.draft or {})
    if row.dataset not in {None, taker.dataset}:
        return {**(row.draft or {}), "dataset": row.dataset}  # what that dataset calls it is not told
    return {**(row.draft or {}), "dataset": taker.dataset, "dataset_id": row.external_id}


def _made(taker: Taker, row: ForeignRow) -> IncidentDraft:
    return draft(IncidentDraft, _named(taker, row)).at_home(taker.setting.country)


def _accept(taker: Taker, fresh: Sequence[tuple[int, ForeignRow, bytes]]) -> dict[int, Outcome]:
    """Make incidents of new rows; those that do not fit are quarantined."""
    outcomes: dict[int, Outcome] = {}
    drafts: list[tuple[int, ForeignRow, bytes, IncidentDraft]] = []
    for place, row, digest in fresh:
        try:
            drafts.append((place, row, digest, _made(taker, row)))
        except DraftError as error:
            outcomes[place] = _outcome(row, "quarantined", faults=_row_faults(error.faults, row))
        except ROW_ERRORS as error:
            outcomes[place] = _outcome(row, "quarantined", faults=(RowFault.unforeseen("", "", error),))
    listed = [item[3] for item in drafts]
    known = Known.of(taker.connection, Bundle(incidents=tuple(listed)))
    states = _states(taker, listed, [item[1] for item in drafts])
    for (_, row, _, _), state in zip(drafts, states, strict=True):
        known.incidents[row.identity.code if row.identity else state["code"]] = state["code"]
    taken = known.taken_keys(listed)
    good: list[tuple[int, ForeignRow, bytes, State]] = []
    for (place, row, digest, made), state in zip(drafts, states, strict=True):
        faults = [*fit(state, made, known, taker.setting, ""), *early_faults(made), *_key_fault(made, taken)]
        if faults:
            outcomes[place] = _outcome(row, "quarantined", faults=_row_faults(faults, row))
        else:
            good.append((place, row, digest, state))
    good, orphans = _with_wholes(taker, good)
    outcomes |= {place: _outcome(row, "quarantined", faults=(_NO_WHOLE,)) for place, row, _, _ in orphans}
    return outcomes | _write_new(taker, good)


_NO_WHOLE: Final = RowFault("part_of", "", "The whole that it is a part of was not taken in. Mend that row first.")

_Good: TypeAlias = "tuple[int, ForeignRow, bytes, State]"


def _with_wholes(taker: Taker, good: list[_Good]) -> tuple[list[_Good], list[_Good]]:
    """Part the rows whose wholes are there or enter with them from those whose wholes were quarantined."""
    orphans: list[_Good] = []
    while True:
        entering = {item[3]["code"] for item in good}
        asked = {item[3]["draft"]["part_of"] for item in good if "part_of" in item[3]["draft"]} - entering
        missing = asked - lookups.present(taker.connection, "incident", asked, "code")
        if not missing:
            return good, orphans
        orphans += [item for item in good if item[3]["draft"].get("part_of") in missing]
        good = [item for item in good if item[3]["draft"].get("part_of") not in missing]


def _states(taker: Taker, drafts: Sequence[IncidentDraft], rows: Sequence[ForeignRow]) -> list[State]:
    """Make states with new ids and codes; a row of our own export keeps those it has, where they are free."""
    wished = [row.identity.code if row.identity else None for row in rows]
    codes = new_codes(taker.connection, drafts, wished if any(wished) else ())
    ids = [row.identity.id for row in rows if row.identity]
    taken = lookups.present(taker.connection, "incident", ids, "id") if ids else set()
    return [
        incident_state(made, _id_of(taker, row, taken), code)
        for made, row, code in zip(drafts, rows, codes, strict=True)
    ]


def _id_of(taker: Taker, row: ForeignRow, taken: set[str]) -> str:
    if row.identity is not None and row.identity.id not in taken:
        return row.identity.id
    return uuid7(taker.author.moment, taker.setting.entropy(RANDOM_BYTES))


def _key_fault(made: IncidentDraft, taken: Mapping[str, str]) -> list[Fault]:
    if made.key is None or made.key not in taken:
        return []
    return [Fault("key", f"The key {made.key!r} is taken by {taken[made.key]}. Leave it out, or choose another.")]


def _write_new(taker: Taker, good: Sequence[tuple[int, ForeignRow, bytes, State]]) -> dict[int, Outcome]:
    first = int(taker.connection.execute(text("SELECT coalesce(max(fid), 0) + 1 FROM incident")).scalar_one())
    entries = [Entry(first + n, state, ACTION) for n, (_, _, _, state) in enumerate(good)]
    write_incidents(taker.connection, entries, taker.setting, taker.author)
    _remember(taker, [(row.external_id, first + n, digest) for n, (_, row, digest, _) in enumerate(good)])
    strays = _stray_flags(taker, [state for _, _, _, state in good])
    return {
        place: _outcome(row, "accepted", code=state["code"], flags=(*row.flags, *strays.get(n, ())))
        for n, (place, row, _, state) in enumerate(good)
    }


def _stray_flags(taker: Taker, states: Sequence[State]) -> dict[int, tuple[RowFault, ...]]:
    """Flag places outside the country they name; the dataset's own coordinates are kept."""
    flags: dict[int, tuple[RowFault, ...]] = {}
    for stray in stray_places(states, taker.setting):
        flags[stray.state] = (*flags.get(stray.state, ()), RowFault.of(stray.path, stray.shown, stray.reason))
    return flags


def _remember(taker: Taker, rows: Sequence[tuple[str, int, bytes]]) -> None:
    if rows:
        statement = (
            "INSERT INTO import_row (dataset, external_id, incident, digest) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (dataset, external_id) DO UPDATE SET digest = excluded.digest"
        )
        taker.connection.exec_driver_sql(statement, [(taker.dataset, *row) for row in rows])


def _update(taker: Taker, row: ForeignRow, known: Earlier) -> Outcome:
    """Make a revision of what the dataset changed, leaving what was changed here where the dataset did not."""
    current = changes.at(taker.connection, known.fid)
    code = current.state["code"]
    try:
        merge = merged_upstream(taker.connection, current, _named(taker, row), ACTION)
        document = _protected(taker, current.state["draft"], merge.document, row.draft or {})
        made = draft(IncidentDraft, document, recorded=texts_of(current.state["draft"]))
    except DraftError as error:
        return _outcome(row, "quarantined", code=code, faults=_row_faults(error.faults, row))
    except ROW_ERRORS as error:
        return _outcome(row, "quarantined", code=code, faults=(RowFault.unforeseen("", "", error),))
    other = other_event_fault(row, merge.before, merge.now, (code, current.state["draft"]))
    if faults := (*((other,) if other else ()), *_row_faults(early_faults(made), row)):
        return _outcome(row, "quarantined", code=code, faults=faults)
    try:
        revised = changes.revise(taker.connection, current, made, (taker.setting, taker.author, ACTION), strays=False)
    except DraftError as error:
        return _outcome(row, "quarantined", code=code, faults=_row_faults(error.faults, row))
    _remember(taker, [(row.external_id, known.fid, digest_of(row.draft or {}))])
    kept = tuple(RowFault.of(name, "", "Changed here and in the dataset; ours was kept.") for name in merge.conflicts)
    kept += _dropped_flags(draft_of(current.state).claims, made.claims)
    ending = "updated" if revised.changes or kept else "unchanged"
    return _outcome(row, ending, code=code, flags=(*row.flags, *kept))


def _protected(taker: Taker, ours: Document, merged: Document, theirs: Document) -> Document:
    """Return a merged draft that is no less protected than what is here and what the row says.

    It stays in the dataset that it is in, unless that only stood for the file that did not name its own.
    """
    strict = as_strict(merged, ours, theirs)
    named = ours.get("dataset")
    return strict if named in {None, taker.dataset} else {**strict, "dataset": named}


def _dropped_flags(before: Sequence[ClaimDraft], after: Sequence[ClaimDraft]) -> tuple[RowFault, ...]:
    """Name the claims that the dataset has no more, which go out of the incident and stay in its history."""
    return tuple(
        RowFault.of("claims", in_words(before[number - 1]), "The dataset has this claim no more; it was taken out.")
        for number in dropped(tuple(before), tuple(after))
    )


def _withdraw(taker: Taker, row: ForeignRow, known: Earlier | None) -> Outcome:
    if known is None:
        note = RowFault.of("", row.external_id, "The dataset deleted it; it was never taken in here.")
        return _outcome(row, "unchanged", flags=(*row.flags, note))
    current = changes.at(taker.connection, known.fid)
    code = current.state["code"]
    if current.state["draft"]["status"] == GONE:
        return _outcome(row, "unchanged", code=code)
    gone = draft_of(current.state).model_copy(update={"status": GONE})
    author = replace(taker.author, reason=taker.author.reason or "deleted by the dataset")
    changes.revise(taker.connection, current, gone, (taker.setting, author, "withdraw"), strays=False)
    _remember(taker, [(row.external_id, known.fid, b"")])
    return _outcome(row, "withdrawn", code=code)


def _row_faults(faults: Sequence[Fault], row: ForeignRow) -> tuple[RowFault, ...]:
    document = row.draft or {}
    return tuple(RowFault.of(fault.where, _value(document, fault.where), fault.message) for fault in faults)


def _value(document: Document, path: str) -> str:
    """Return what a draft holds at a path such as `claims[2].low`, as text."""
    at: Any = document  # Any: JSON
    for step in path.replace("[", ".").replace("]", "").strip(".").split("."):
        try:
            at = at[int(step)] if isinstance(at, (list, tuple)) else at[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return ""
    return at if isinstance(at, str) else json.dumps(at, ensure_ascii=False, default=str)
