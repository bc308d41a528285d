"""Updating: rows of a dataset, or of another file of ours, that are incidents here already."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.canonical import canonical
from willay.events.model.claim_list import dropped, in_words
from willay.events.model.drafts import IncidentDraft, draft
from willay.events.model.errors import DraftError, Fault
from willay.events.model.fieldtypes import texts_of
from willay.events.model.foreign import ROW_ERRORS, Outcome, RowFault
from willay.events.model.likeness import other_event_fault
from willay.events.model.masking import field_name, without_texts
from willay.events.model.reasons import DELETED, RETAINED, recorded_reason
from willay.events.model.terms import as_strict, names_levels
from willay.events.store.record.memory import Memory, digest_of, remember
from willay.events.store.record.redactions import places_of, redacted_digests
from willay.events.store.record.states import draft_of, incident_state
from willay.events.store.write import changes
from willay.events.store.write.day_faults import early_faults
from willay.events.store.write.merging import (
    GONE,
    ancestor,
    exchanged_status,
    flags,
    imported_status,
    origin_of,
)
from willay.events.store.write.three_way import Merge, Noted, merged
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Document, ForeignRow
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.revisions import Author
    from willay.events.store.results import Revised
    from willay.events.store.write.deciding import Deciding
    from willay.events.store.write.validation import Setting

ACTION: Final = "import"
"""The action of the revisions that come from a dataset."""

COMPARED: Final = "compared"
"""The action of revisions that change nothing: another file has other values, and ours were retained."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An incident that a row is already.

    Attributes:
        fid: The number of its row.
        code: Its code here.
        memory: What the row said when it was last imported; None if it never was.
        present: The same as if the present state had been imported just now; None for rows of other datasets.
    """

    fid: int
    code: str
    memory: Memory | None = None
    present: Memory | None = None


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What importing a batch needs.

    Attributes:
        connection: Within a transaction that writes.
        dataset: The dataset's name.
        setting: The database's setting.
        author: Who imports, when and why.
        rule: The rule of review.
        deciding: Decides the parts of rows.
        wholes: Codes here by what other files of ours call incidents, id or code.
    """

    connection: Connection
    dataset: str
    setting: Setting
    author: Author
    rule: str
    deciding: Deciding
    wholes: Mapping[str, str] = field(default_factory=dict)


def named(context: ImportContext, row: ForeignRow) -> Document:
    """Return the draft of a row with the names that it has here: its dataset, and the code of its whole."""
    document = dict(row.draft or {})
    if row.identity is None:
        if row.dataset not in {None, context.dataset}:
            return {**document, "dataset": row.dataset}  # what that dataset calls it is not told
        return {**document, "dataset": context.dataset, "dataset_id": row.external_id}
    if isinstance(of := document.get("part_of"), str):
        name = row.identity.whole or of
        document["part_of"] = context.wholes.get(name, name)
    return document


def draft_of_row(context: ImportContext, row: ForeignRow, recorded: frozenset[str] = frozenset()) -> IncidentDraft:
    """Make the draft of a row; what names no country is of the database's (`IncidentDraft.at_home`).

    Args:
        context: What the import needs.
        row: The row.
        recorded: Texts that are in the record already, which are taken as they are.

    Raises:
        DraftError: It is not a draft.
    """
    return draft(IncidentDraft, named(context, row), recorded=recorded).at_home(context.setting.country)


def outcome_of(row: ForeignRow, ending: Any, **rest: Any) -> Outcome:  # noqa: ANN401 — fields of an outcome
    """Return what became of a row."""
    return Outcome(row.number, row.external_id, ending, **{"flags": row.flags, **rest})


def update(context: ImportContext, row: ForeignRow, known: Earlier) -> Outcome:
    """Bring into an incident what a row says now; what was changed here stays where the row has not changed it."""
    digest, head = digest_of(row.draft or {}), row.identity.head if row.identity else None
    same = next((one for one in (known.memory, known.present) if one is not None and one.digest == digest), None)
    if same is not None and not names_levels(row.draft or {}):
        if known.memory is None or replace(same, theirs=head) != known.memory:
            remember(context.connection, [replace(same, theirs=head)])
        return outcome_of(row, "unchanged", code=known.code)
    current = changes.at(context.connection, known.fid)
    plan = _planned(context, row, known, current)
    if isinstance(plan, tuple):
        return outcome_of(row, "quarantined", code=known.code, faults=plan)
    try:
        revised = _revised(context, row, current, plan.made, plan.merge)
    except DraftError as error:
        return outcome_of(row, "quarantined", code=known.code, faults=row_faults(error.faults, row))
    now = current.state["draft"] if not revised.changes else incident_state(plan.made, "", "")["draft"]
    said = None if plan.theirs == now else canonical(plan.theirs)
    remember(
        context.connection, [Memory(context.dataset, row.external_id, known.fid, digest, revised.number, said, head)]
    )
    noted = flags(plan.merge.noted, is_exchange=row.identity is not None)
    every = (*row.flags, *noted, *plan.notes, *_dropped_flags(row, current, plan.made))
    return outcome_of(row, "updated" if revised.changes or noted else "unchanged", code=known.code, flags=every)


def _dropped_flags(row: ForeignRow, current: Recorded, made: IncidentDraft) -> tuple[RowFault, ...]:
    """Name the claims that a dataset has no more, which go out of the incident and stay in its history.

    What another file of ours took out is named where it is merged.
    """
    if row.identity is not None:
        return ()
    before = draft_of(current.state).claims
    reason = tr("The dataset has this claim no more; it was taken out.")
    return tuple(RowFault.of("claims", in_words(before[number - 1]), reason) for number in dropped(before, made.claims))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an incident is to become: what the row says, the merge with ours, the draft that it makes, and flags."""

    theirs: Document
    merge: Merge
    made: IncidentDraft
    notes: tuple[RowFault, ...]


def _planned(
    context: ImportContext, row: ForeignRow, known: Earlier, current: Recorded
) -> _Plan | tuple[RowFault, ...]:
    """Work out what a row makes of an incident, before anything is written; or the faults that put the row aside."""
    ours = current.state["draft"]
    try:
        theirs, notes = _theirs(context, row, current)
        base = ancestor(context.connection, current, known.memory, row.identity)
        merge = _merged(context, row, ours, base, theirs)
        made = draft(IncidentDraft, merge.document, recorded=texts_of(ours))
    except DraftError as error:
        return row_faults(error.faults, row)
    except ROW_ERRORS as error:
        return (RowFault.unforeseen("", "", error),)
    other = other_event_fault(row, base or theirs, theirs, (known.code, ours))
    faults = (*((other,) if other else ()), *row_faults(early_faults(made), row))
    return faults or _Plan(theirs, merge, made, notes)


def _revised(context: ImportContext, row: ForeignRow, current: Recorded, made: IncidentDraft, merge: Merge) -> Revised:
    """Record a merge; one of two files of ours in which ours was retained is recorded even if nothing changed here.

    Who compares the two later sees so that this was decided after the other was known.

    Raises:
        DraftError: The result does not fit the database.
    """
    means = (context.setting, context.author, ACTION)
    origin = origin_of(row.identity, current.state["code"])
    revised = changes.revise(context.connection, current, made, means, strays=False, origin=origin)
    retained = [one.field for one in merge.noted if one.what == "kept"]
    if revised.changes or row.identity is None or not retained:
        return revised
    author = replace(
        context.author,
        reason=recorded_reason(RETAINED, reason=context.author.reason, fields=", ".join(dict.fromkeys(retained))),
    )
    origin = {"digest": row.identity.head} if row.identity.head else None
    return changes.restate(context.connection, current, (context.setting, author, COMPARED), origin)


def _theirs(context: ImportContext, row: ForeignRow, current: Recorded) -> tuple[Document, tuple[RowFault, ...]]:
    """Return what a row says, written as our states are, without texts that were redacted here; and flags for those.

    Raises:
        DraftError: It is not a draft, or does not fit the database.
    """
    made = draft_of_row(context, row, texts_of(current.state["draft"]))
    state = incident_state(made, current.state["id"], current.state["code"])
    faults = changes.fit_faults(context.connection, state, made, context.setting, strays=False)
    if faults:
        raise DraftError(tuple(faults))
    name = current.state["id"]
    erased = redacted_digests(context.connection, "incident", name).get(name, frozenset())
    document, found = without_texts(state["draft"], erased)
    notes = [RowFault(field_name(steps), "", tr(_REDACTED_HERE)) for steps in found]
    elsewhere = set(row.identity.redacted if row.identity else ()) - erased
    for one in places_of(context.connection, current, elsewhere)[:1] if elsewhere else ():
        command = f"willay redact {current.state['code']} --field {one.field} --revision {one.revision} --reason WHY"
        notes.append(
            RowFault(
                one.field,
                "",
                tr(
                    "The other file redacted a text that is here still, in revision {number}. Redact it here "
                    "as well: {command}",
                    number=one.revision,
                    command=command,
                ),
            )
        )
    return document, tuple(notes)


_REDACTED_HERE: Final = mark("The file has a text that was redacted here; it was left out.")


def _merged(context: ImportContext, row: ForeignRow, ours: Document, base: Document | None, theirs: Document) -> Merge:
    """Merge what a row says with what is here; the result is not less protected than either.

    It stays in the dataset that it is in, unless that only stood for the file that did not name its own.
    """
    if ours.get("dataset") not in {None, context.dataset}:
        theirs = {**theirs, "dataset": ours["dataset"], "dataset_id": ours.get("dataset_id")}
    if "places" in theirs:  # one that is called otherwise now may be one that is protected here
        theirs = {**theirs, "places": as_strict(theirs, ours)["places"]}
    if "attachments" not in theirs and not (row.identity and row.identity.digests):  # a file that never lists them
        theirs = {**theirs, "attachments": (base or {}).get("attachments", [])}
    sides = _without_status(base), _without_status(ours), _without_status(theirs)
    if row.identity is None:
        merge = merged(*sides, ("places",))
        status = imported_status(context.rule, base, ours, theirs, merge.document)
        return _protected(Merge({**merge.document, "status": status}, merge.noted), ours, theirs)
    merge = merged(*sides)
    status = exchanged_status(context.rule, base, ours, theirs, merge.document)
    noted = (*merge.noted, *_status_noted(base, ours, theirs, status))
    return _protected(Merge({**merge.document, "status": status}, noted), ours, theirs)


def _protected(merge: Merge, ours: Document, theirs: Document) -> Merge:
    """Return a merge whose places are as protected as those of both sides; what that changes is noted."""
    strict = as_strict(merge.document, ours, theirs)
    raised = [name for name, value in strict.items() if value != merge.document.get(name)]
    more = (Noted(name, "taken", tr("protected as the stricter of both")) for name in raised)
    return Merge(strict, (*merge.noted, *more))


def _without_status(document: Document | None) -> Any:  # noqa: ANN401 — a draft's fields, or None
    return document and {name: value for name, value in document.items() if name != "status"}


def _status_noted(base: Document | None, ours: Document, theirs: Document, status: str) -> list[Noted]:
    """Note what became of the status of an incident of another file, unless only ours was changed."""
    mine, other = str(ours["status"]), str(theirs["status"])
    if mine == other or (base is not None and other == base["status"]):
        return []
    return [Noted("status", "taken" if status == other else "kept", other, mine)]


def withdraw(context: ImportContext, row: ForeignRow, known: Earlier | None) -> Outcome:
    """Mark an incident as withdrawn by its dataset; nothing is ever removed."""
    if known is None:
        note = RowFault.of("", row.external_id, tr("The dataset deleted it; it was never imported here."))
        return outcome_of(row, "unchanged", flags=(*row.flags, note))
    current = changes.at(context.connection, known.fid)
    code = current.state["code"]
    if current.state["draft"]["status"] == GONE:
        return outcome_of(row, "unchanged", code=code)
    gone = draft_of(current.state).model_copy(update={"status": GONE})
    author = replace(context.author, reason=context.author.reason or DELETED)
    changes.revise(context.connection, current, gone, (context.setting, author, "withdraw"), strays=False)
    last = known.memory or Memory(context.dataset, row.external_id, known.fid, b"", current.revision)
    remember(context.connection, [replace(last, digest=b"")])
    return outcome_of(row, "withdrawn", code=code)


def row_faults(faults: Sequence[Fault], row: ForeignRow) -> tuple[RowFault, ...]:
    """Return the faults of a draft as faults of the row that it came from."""
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
