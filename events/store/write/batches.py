"""Importing foreign rows: a batch of somebody else's records becomes incidents, revisions of them, or faults.

A row is known by its dataset and the id it has there. One that looks as it did the last time is left alone; one that
looks otherwise becomes a revision, in which what was changed here since is kept where the dataset has not changed the
same field. A row that the dataset has deleted marks the incident as withdrawn upstream; nothing is ever removed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from willay.events.model.drafts import Bundle, IncidentDraft
from willay.events.model.errors import DraftError, Fault
from willay.events.model.foreign import ROW_ERRORS, RowFault
from willay.events.store.dialects import run
from willay.events.store.record import lookups
from willay.events.store.record.documents import read_recorded
from willay.events.store.record.memory import Memory, dataset_row, digest_of, recall, remember_new
from willay.events.store.record.states import incident_state
from willay.events.store.schema.ids import RANDOM_BYTES, code_stem, uuid7
from willay.events.store.write.day_faults import early_faults
from willay.events.store.write.decided import Joined
from willay.events.store.write.joining import JoinedEntry
from willay.events.store.write.merging import entering_status, not_published, origin_of
from willay.events.store.write.outliers import stray_places
from willay.events.store.write.registration import add_missing, differing_entries
from willay.events.store.write.tightening import mark_registers, with_what_is_here
from willay.events.store.write.updating import (
    ACTION,
    Earlier,
    ImportContext,
    draft_of_row,
    outcome_of,
    row_faults,
    update,
    withdraw,
)
from willay.events.store.write.validation import Known, fit, new_codes, stem_of
from willay.events.store.write.writer import Entry, write_incidents
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from willay.events.model.foreign import Batch, ForeignRow, Outcome
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.states import State


def import_batch(context: ImportContext, batch: Batch) -> list[Outcome]:
    """Import a batch, all in the caller's transaction.

    Returns:
        One outcome for each row, in their order.
    """
    add_missing(context.connection, batch, context.author)
    mark_registers(context.connection, batch, (context.setting, context.author))
    batch = with_what_is_here(context.connection, batch)
    differing = differing_entries(context.connection, batch) if any(row.identity for row in batch.rows) else {}
    earlier = _earlier(context, batch.rows)
    context = replace(context, wholes=_wholes(context, batch.rows, earlier))
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
            outcomes[place] = withdraw(context, row, before)
        elif before is not None:
            known.append((place, row, before))
        elif row.external_id in entering:
            outcomes[place] = outcome_of(row, "quarantined", faults=(RowFault("id", "", tr(_TWIN)),))
        else:
            entering.add(row.external_id)
            fresh.append((place, row, digest))
    outcomes |= _accept(context, fresh)
    outcomes |= {place: update(context, row, before) for place, row, before in known}
    if not differing:
        return [outcomes[place] for place in range(len(batch.rows))]
    return [_flagged(outcomes[place], row, differing) for place, row in enumerate(batch.rows)]


def _digest(row: ForeignRow) -> bytes | RowFault:
    try:
        return digest_of(row.draft or {})
    except ROW_ERRORS as error:
        return RowFault.unforeseen("", "", error)


_TWIN: Final = mark("An earlier row of this file has the same id. Give this one its own, or remove one.")


def _flagged(outcome: Outcome, row: ForeignRow, differing: Mapping[tuple[str, str], str]) -> Outcome:
    """Add to an outcome what differs here of the sources, actors and cases that the row refers to."""
    if row.draft is None or outcome.ending not in {"accepted", "updated"}:
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


def _earlier(context: ImportContext, rows: Sequence[ForeignRow]) -> dict[str, Earlier]:
    """Find the incidents that rows are already: by id, for rows of our own files, or as their dataset calls them."""
    memories = recall(context.connection, context.dataset, [row.external_id for row in rows])
    codes = _codes(context, "fid", {memory.incident for memory in memories.values()})
    found = {name: Earlier(one.incident, codes[one.incident], one) for name, one in memories.items()}
    ids = {row.identity.id: row.external_id for row in rows if row.identity}
    if ids:
        for one in read_recorded(context.connection, "WHERE id IN :ids", {"ids": sorted(ids)}):
            name = ids[one.state["id"]]
            found[name] = Earlier(one.fid, one.state["code"], memories.get(name), _present(context, name, one))
        found |= _of_datasets(context, [row for row in rows if row.identity and row.external_id not in found])
    return found


def _present(context: ImportContext, name: str, one: Recorded) -> Memory:
    return Memory(context.dataset, name, one.fid, digest_of(one.state["draft"]), one.revision)


def _of_datasets(context: ImportContext, rows: Iterable[ForeignRow]) -> dict[str, Earlier]:
    """Find the incidents that rows of our own files are because both files have them from one dataset."""
    asked: dict[str, dict[str, str]] = {}
    for row in rows:
        if named := dataset_row(row.draft or {}):
            asked.setdefault(named[0], {})[named[1]] = row.external_id
    found = {}
    for dataset, names in asked.items():
        memories = {memory.incident: memory for memory in recall(context.connection, dataset, names).values()}
        for one in read_recorded(context.connection, "WHERE fid IN :fids", {"fids": sorted(memories)}):
            memory = memories[one.fid]
            name = names[memory.external_id]
            found[name] = Earlier(one.fid, one.state["code"], memory, _present(context, name, one))
    return found


def _wholes(context: ImportContext, rows: Sequence[ForeignRow], earlier: Mapping[str, Earlier]) -> dict[str, str]:
    """Return the codes here of incidents that rows of our own files may be parts of, by their id and code there."""
    own = [(row.identity, earlier.get(row.external_id)) for row in rows if row.identity]
    by_code = {theirs.code: ours.code for theirs, ours in own if ours}
    by_id = _codes(context, "id", {theirs.whole for theirs, _ in own if theirs.whole})
    return {**by_code, **{str(name): code for name, code in by_id.items()}}


def _codes(context: ImportContext, column: str, values: Iterable[object]) -> dict[object, str]:
    statement = f"SELECT {column}, code FROM incident WHERE {column} IN :values"  # noqa: S608 — our own names
    rows = run(context.connection, statement, {"values": [*values]})
    return {row[0]: str(row.code) for row in rows}


@dataclass(slots=True)
class _New:
    """A row that is to become an incident: its place in the batch, and what it is made of, its parts or a draft."""

    place: int
    row: ForeignRow
    digest: bytes
    made: IncidentDraft | Joined

    @property
    def stem(self) -> str:
        """The beginning of its code."""
        return stem_of(self.made) if isinstance(self.made, IncidentDraft) else code_stem(*self.made.code_of)


@dataclass(slots=True)
class _Good:
    """A row that fits, with its state, or its id and code alone if it is joined of parts."""

    new: _New
    state: State

    @property
    def code(self) -> str:
        """The code that it gets."""
        code: str = self.state["code"]
        return code

    @property
    def whole(self) -> str | None:
        """The code of the whole that it is a part of."""
        whole: str | None = self.state.get("draft", {}).get("part_of")
        return whole


def _accept(context: ImportContext, fresh: Sequence[tuple[int, ForeignRow, bytes]]) -> dict[int, Outcome]:
    """Make incidents of new rows; those that do not fit are quarantined."""
    outcomes: dict[int, Outcome] = {}
    news: list[_New] = []
    joined = context.deciding.joined(context.connection, [row for _, row, _ in fresh])
    for (place, row, digest), one in zip(fresh, joined, strict=True):
        try:
            news.append(_New(place, row, digest, one or _entering(context, row)))
        except DraftError as error:
            outcomes[place] = outcome_of(row, "quarantined", faults=row_faults(error.faults, row))
        except ROW_ERRORS as error:
            outcomes[place] = outcome_of(row, "quarantined", faults=(RowFault.unforeseen("", "", error),))
    good, misfits = _fitting(context, news)
    good, orphans = _with_wholes(context, good)
    outcomes |= misfits
    outcomes |= {
        one.new.place: outcome_of(one.new.row, "quarantined", faults=(RowFault("part_of", "", tr(_NO_WHOLE)),))
        for one in orphans
    }
    return outcomes | _write_new(context, good)


def _entering(context: ImportContext, row: ForeignRow) -> IncidentDraft:
    made = draft_of_row(context, row)
    return made.model_copy(update={"status": entering_status(context.rule, made.status, row.identity)})


def _fitting(context: ImportContext, news: Sequence[_New]) -> tuple[list[_Good], dict[int, Outcome]]:
    """Part the rows that fit the database from those that are quarantined."""
    states = _states(context, news)
    drafts = [one.made for one in news if isinstance(one.made, IncidentDraft)]
    known = Known.of(context.connection, Bundle(incidents=tuple(drafts)))
    for one, state in zip(news, states, strict=True):
        names = (one.row.identity.code, one.row.identity.id) if one.row.identity else (state["code"],)
        known.incidents.update(dict.fromkeys(names, str(state["code"])))
    taken = known.taken_keys(drafts)
    good: list[_Good] = []
    outcomes: dict[int, Outcome] = {}
    for one, state in zip(news, states, strict=True):
        made, faults = one.made, []
        if isinstance(made, IncidentDraft):
            faults = [*fit(state, made, known, context.setting, ""), *early_faults(made), *_key_fault(made, taken)]
        if faults:
            outcomes[one.place] = outcome_of(one.row, "quarantined", faults=row_faults(faults, one.row))
        else:
            good.append(_Good(one, state))
    return good, outcomes


_NO_WHOLE: Final = mark("The row of its parent incident was not imported. Correct that row first.")


def _with_wholes(context: ImportContext, good: list[_Good]) -> tuple[list[_Good], list[_Good]]:
    """Part the rows whose wholes are there or enter with them from those whose wholes were quarantined."""
    orphans: list[_Good] = []
    while True:
        entering = {one.code for one in good}
        asked = {one.whole for one in good if one.whole is not None} - entering
        missing = asked - lookups.present(context.connection, "incident", asked, "code")
        if not missing:
            return good, orphans
        orphans += [one for one in good if one.whole in missing]
        good = [one for one in good if one.whole not in missing]


def _states(context: ImportContext, news: Sequence[_New]) -> list[State]:
    """Make states with new ids and codes; a row of our own export keeps those it has, where they are free.

    Of a row that is joined of parts, they have nothing but id and code.
    """
    rows = [one.row for one in news]
    wished = [row.identity.code if row.identity else None for row in rows]
    codes = new_codes(context.connection, [one.stem for one in news], wished if any(wished) else ())
    ids = [row.identity.id for row in rows if row.identity]
    taken = lookups.present(context.connection, "incident", ids, "id") if ids else set()
    states = []
    for one, code in zip(news, codes, strict=True):
        name = _id_of(context, one.row, taken)
        made = one.made
        states.append({"id": name, "code": code} if isinstance(made, Joined) else incident_state(made, name, code))
    return states


def _id_of(context: ImportContext, row: ForeignRow, taken: set[str]) -> str:
    if row.identity is not None and row.identity.id not in taken:
        return row.identity.id
    return uuid7(context.author.moment, context.setting.entropy(RANDOM_BYTES))


def _key_fault(made: IncidentDraft, taken: Mapping[str, str]) -> list[Fault]:
    if made.key is None or made.key not in taken:
        return []
    return [
        Fault(
            "key",
            tr(
                "The key {key!r} is taken by {taken}. Leave it out, or choose another.",
                key=made.key,
                taken=taken[made.key],
            ),
        )
    ]


def _write_new(context: ImportContext, good: Sequence[_Good]) -> dict[int, Outcome]:
    first = int(context.connection.execute(text("SELECT coalesce(max(fid), 0) + 1 FROM incident")).scalar_one())
    entries = [_entry(first + n, one) for n, one in enumerate(good)]
    number = write_incidents(context.connection, entries, context.setting, context.author) or 0
    remember_new(
        context.connection,
        [
            Memory(
                context.dataset, one.new.row.external_id, first + n, one.new.digest, number + n,
                theirs=one.new.row.identity.head if one.new.row.identity else None,
            )
            for n, one in enumerate(good)
        ],
    )  # fmt: skip
    remember_new(context.connection, _memories_of_datasets(context, good, first, number))
    strays = _stray_flags(context, good)
    return {
        one.new.place: outcome_of(
            one.new.row,
            "accepted",
            code=one.code,
            flags=(*one.new.row.flags, *_entry_flags(one.new.row, one.state), *strays.get(n, ())),
        )
        for n, one in enumerate(good)
    }


def _memories_of_datasets(context: ImportContext, good: Sequence[_Good], first: int, number: int) -> Iterator[Memory]:
    """Yield what rows of our own files said in the name of the dataset that they are from.

    So the next import of that dataset finds them, whoever imported them first.
    """
    named = {n: dataset_row(one.new.row.draft or {}) for n, one in enumerate(good) if one.new.row.identity}
    known = {
        (dataset, name)
        for dataset in {of[0] for of in named.values() if of}
        for name in recall(context.connection, dataset, [of[1] for of in named.values() if of and of[0] == dataset])
    }
    for n, of in named.items():
        if of is not None and of not in known:
            known.add(of)
            yield Memory(*of, first + n, good[n].new.digest, number + n)


def _entry(fid: int, one: _Good) -> Entry | JoinedEntry:
    state, made = one.state, one.new.made
    if isinstance(made, Joined):
        return JoinedEntry(fid, state["id"], state["code"], made, ACTION, made.text(state["id"], state["code"]))
    return Entry(fid, state, ACTION, origin=origin_of(one.new.row.identity, state["code"]))


def _entry_flags(row: ForeignRow, state: State) -> tuple[RowFault, ...]:
    """Flag what an incident of another file could not bring along: its code, or that it was published."""
    if row.identity is None:
        return ()
    code, theirs = state["code"], row.identity.code
    renamed = RowFault.of(
        "code", theirs, tr("It is {code} here: {theirs} is another incident here.", code=code, theirs=theirs)
    )
    was_published = (row.draft or {}).get("status") == "published" != state["draft"]["status"]
    return (*((renamed,) if code != theirs else ()), *((not_published(),) if was_published else ()))


def _stray_flags(context: ImportContext, good: Sequence[_Good]) -> dict[int, tuple[RowFault, ...]]:
    """Flag places outside the country they name; the dataset's own coordinates are kept."""
    flags = {n: one.new.made.strays for n, one in enumerate(good) if isinstance(one.new.made, Joined)}
    whole = [n for n in range(len(good)) if n not in flags]
    for stray in stray_places([good[n].state for n in whole], context.setting):
        n = whole[stray.state]
        flags[n] = (*flags.get(n, ()), RowFault.of(stray.path, stray.shown, stray.reason))
    return flags
