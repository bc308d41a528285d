"""Taking in foreign rows: a batch of somebody else's records becomes incidents, revisions of them, or faults.

A row is known by its dataset and the id it has there. One that looks as it did the last time is left alone; one that
looks otherwise becomes a revision, in which what was changed here since is kept where the dataset has not changed the
same field. A row that the dataset has deleted marks the incident as withdrawn upstream; nothing is ever removed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from sqlalchemy import text

from willay.events.model.drafts import Bundle, IncidentDraft
from willay.events.model.errors import DraftError, Fault
from willay.events.model.foreign import ROW_ERRORS, RowFault
from willay.events.store import lookups
from willay.events.store.dialects import run
from willay.events.store.documents import read_recorded
from willay.events.store.ids import RANDOM_BYTES, uuid7
from willay.events.store.intake import Known, early_faults, fit, new_codes
from willay.events.store.memory import Memory, digest_of, recall, remember
from willay.events.store.merging import NOT_PUBLISHED, entering_status, origin_of
from willay.events.store.outliers import stray_places
from willay.events.store.protecting import mark_registers, with_what_is_here
from willay.events.store.registering import add_missing, differing_entries
from willay.events.store.states import incident_state
from willay.events.store.updating import ACTION, Earlier, Taker, draft_of_row, outcome_of, row_faults, update, withdraw
from willay.events.store.writer import Entry, write_incidents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from willay.events.model.foreign import Batch, ForeignRow, Outcome
    from willay.events.store.states import State


def take_in_batch(taker: Taker, batch: Batch) -> list[Outcome]:
    """Take in a batch, all in the caller's transaction.

    Returns:
        One outcome for each row, in their order.
    """
    add_missing(taker.connection, batch, taker.author)
    mark_registers(taker.connection, batch, (taker.setting, taker.author))
    batch = with_what_is_here(taker.connection, batch)
    differing = differing_entries(taker.connection, batch) if any(row.identity for row in batch.rows) else {}
    earlier = _earlier(taker, batch.rows)
    taker = replace(taker, wholes=_wholes(taker, batch.rows, earlier))
    outcomes: dict[int, Outcome] = {}
    fresh: list[tuple[int, ForeignRow, bytes]] = []
    known: list[tuple[int, ForeignRow, Earlier]] = []
    entering: set[str] = set()
    for place, row in enumerate(batch.rows):
        before, digest = earlier.get(row.external_id), _digest(row)
        if isinstance(digest, RowFault):
            outcomes[place] = outcome_of(row, "quarantined", faults=(digest,))
        elif row.faults or (row.draft is None and not row.withdrawn):
            outcomes[place] = outcome_of(row, "quarantined", faults=row.faults)
        elif row.withdrawn:
            outcomes[place] = withdraw(taker, row, before)
        elif before is not None:
            known.append((place, row, before))
        elif row.external_id in entering:
            outcomes[place] = outcome_of(row, "quarantined", faults=(_TWIN,))
        else:
            entering.add(row.external_id)
            fresh.append((place, row, digest))
    outcomes |= _accept(taker, fresh)
    outcomes |= {place: update(taker, row, before) for place, row, before in known}
    return [_flagged(outcomes[place], row, differing) for place, row in enumerate(batch.rows)]


def _digest(row: ForeignRow) -> bytes | RowFault:
    try:
        return digest_of(row.draft or {})
    except ROW_ERRORS as error:
        return RowFault.unforeseen("", "", error)


_TWIN: Final = RowFault("id", "", "An earlier row of this file has the same id. Give this one its own, or remove one.")


def _flagged(outcome: Outcome, row: ForeignRow, differing: Mapping[tuple[str, str], str]) -> Outcome:
    """Add to an outcome what differs here of the sources, actors and cases that the row refers to."""
    if not differing or row.draft is None or outcome.ending not in {"accepted", "updated"}:
        return outcome
    draft_ = row.draft
    cited = {
        "sources": [*draft_.get("sources", ()), *(claim.get("source") for claim in draft_.get("claims", ()))],
        "actors": [party.get("actor") for party in draft_.get("parties", ())],
        "cases": draft_.get("cases", ()),
    }
    found = dict.fromkeys(
        RowFault.of(kind, key, differing[kind, key])
        for kind, keys in cited.items()
        for key in keys
        if (kind, key) in differing
    )
    return replace(outcome, flags=(*outcome.flags, *found))


def _earlier(taker: Taker, rows: Sequence[ForeignRow]) -> dict[str, Earlier]:
    """Find the incidents that rows are already: by id, for rows of our own files, or as their dataset calls them."""
    memories = recall(taker.connection, taker.dataset, [row.external_id for row in rows])
    codes = _codes(taker, "fid", {memory.incident for memory in memories.values()})
    found = {name: Earlier(one.incident, codes[one.incident], one) for name, one in memories.items()}
    ids = {row.identity.id: row.external_id for row in rows if row.identity}
    if ids:
        for one in read_recorded(taker.connection, "WHERE id IN :ids", {"ids": sorted(ids)}):
            name = ids[one.state["id"]]
            present = Memory(taker.dataset, name, one.fid, digest_of(one.state["draft"]), one.revision)
            found[name] = Earlier(one.fid, one.state["code"], memories.get(name), present)
    return found


def _wholes(taker: Taker, rows: Sequence[ForeignRow], earlier: Mapping[str, Earlier]) -> dict[str, str]:
    """Return the codes here of incidents that rows of our own files may be parts of, by their id and code there."""
    own = [(row.identity, earlier.get(row.external_id)) for row in rows if row.identity]
    by_code = {theirs.code: ours.code for theirs, ours in own if ours}
    by_id = _codes(taker, "id", {theirs.whole for theirs, _ in own if theirs.whole})
    return {**by_code, **{str(name): code for name, code in by_id.items()}}


def _codes(taker: Taker, column: str, values: Iterable[object]) -> dict[object, str]:
    statement = f"SELECT {column}, code FROM incident WHERE {column} IN :values"  # noqa: S608 — our own names
    rows = run(taker.connection, statement, {"values": [*values]})
    return {row[0]: str(row.code) for row in rows}


def _accept(taker: Taker, fresh: Sequence[tuple[int, ForeignRow, bytes]]) -> dict[int, Outcome]:
    """Make incidents of new rows; those that do not fit are quarantined."""
    outcomes: dict[int, Outcome] = {}
    drafts: list[tuple[int, ForeignRow, bytes, IncidentDraft]] = []
    for place, row, digest in fresh:
        try:
            made = draft_of_row(taker, row)
            status = entering_status(taker.rule, made.status, row.identity)
            drafts.append((place, row, digest, made.model_copy(update={"status": status})))
        except DraftError as error:
            outcomes[place] = outcome_of(row, "quarantined", faults=row_faults(error.faults, row))
        except ROW_ERRORS as error:
            outcomes[place] = outcome_of(row, "quarantined", faults=(RowFault.unforeseen("", "", error),))
    listed = [item[3] for item in drafts]
    known = Known.of(taker.connection, Bundle(incidents=tuple(listed)))
    states = _states(taker, listed, [item[1] for item in drafts])
    for (_, row, _, _), state in zip(drafts, states, strict=True):
        names = (row.identity.code, row.identity.id) if row.identity else (state["code"],)
        known.incidents |= {name: str(state["code"]) for name in names}
    taken = known.taken_keys(listed)
    good: list[_Good] = []
    for (place, row, digest, made), state in zip(drafts, states, strict=True):
        faults = [*fit(state, made, known, taker.setting, ""), *early_faults(made), *_key_fault(made, taken)]
        if faults:
            outcomes[place] = outcome_of(row, "quarantined", faults=row_faults(faults, row))
        else:
            good.append((place, row, digest, state))
    good, orphans = _with_wholes(taker, good)
    outcomes |= {place: outcome_of(row, "quarantined", faults=(_NO_WHOLE,)) for place, row, _, _ in orphans}
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


def _write_new(taker: Taker, good: Sequence[_Good]) -> dict[int, Outcome]:
    first = int(taker.connection.execute(text("SELECT coalesce(max(fid), 0) + 1 FROM incident")).scalar_one())
    entries = [
        Entry(first + n, state, ACTION, origin=origin_of(row.identity, state["code"]))
        for n, (_, row, _, state) in enumerate(good)
    ]
    number = write_incidents(taker.connection, entries, taker.setting, taker.author) or 0
    remember(
        taker.connection,
        [
            Memory(
                taker.dataset, row.external_id, first + n, digest, number + n,
                theirs=row.identity.head if row.identity else None,
            )
            for n, (_, row, digest, _) in enumerate(good)
        ],
    )  # fmt: skip
    strays = _stray_flags(taker, [state for _, _, _, state in good])
    return {
        place: outcome_of(
            row, "accepted", code=state["code"], flags=(*row.flags, *_entry_flags(row, state), *strays.get(n, ()))
        )
        for n, (place, row, _, state) in enumerate(good)
    }


def _entry_flags(row: ForeignRow, state: State) -> tuple[RowFault, ...]:
    """Flag what an incident of another file could not bring along: its code, or that it was published."""
    if row.identity is None:
        return ()
    code, theirs = state["code"], row.identity.code
    renamed = RowFault.of("code", theirs, f"It is {code} here: {theirs} is another incident here.")
    was_published = (row.draft or {}).get("status") == "published" != state["draft"]["status"]
    return (*((renamed,) if code != theirs else ()), *((NOT_PUBLISHED,) if was_published else ()))


def _stray_flags(taker: Taker, states: Sequence[State]) -> dict[int, tuple[RowFault, ...]]:
    """Flag places outside the country they name; the dataset's own coordinates are kept."""
    flags: dict[int, tuple[RowFault, ...]] = {}
    for stray in stray_places(states, taker.setting):
        flags[stray.state] = (*flags.get(stray.state, ()), RowFault.of(stray.path, stray.shown, stray.reason))
    return flags
