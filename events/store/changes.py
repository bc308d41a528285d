"""Changes of one incident: finding it, merging what is new, telling what changed."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from willay.events.drafts import Bundle, IncidentDraft
from willay.events.drafts import draft as make_draft
from willay.events.errors import DraftError, Fault, NotFoundError
from willay.events.store import lookups
from willay.events.store.ids import moment_of
from willay.events.store.intake import Known, Setting, fit
from willay.events.store.outliers import stray_faults
from willay.events.store.reader import Current, known_then, read_current
from willay.events.store.resolve import nearest, not_found
from willay.events.store.results import Revised, RevisionRow, Stored
from willay.events.store.revisions import latest_digest
from willay.events.store.states import State, draft_of, incident_state
from willay.events.store.writer import Entry, revise_incident

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.revisions import Author


def find(connection: Connection, name: str) -> Current:
    """Return the incident with a code or key.

    Raises:
        NotFoundError: There is none; the message names the nearest.
    """
    code = lookups.code_of(connection, name)
    if code is None:
        codes = [*lookups.all_keys(connection, "incident", "code"), *lookups.all_keys(connection, "incident")]
        raise not_found(f"no incident {name[:80]!r}", nearest(name, codes))
    current = read_current(connection, code)
    if current is None:
        raise not_found(f"no incident {name[:80]!r}", ())
    return current


def at(connection: Connection, fid: int) -> Current:
    """Return the incident with a row number, which is there."""
    code = connection.execute(text("SELECT code FROM incident WHERE fid = :fid"), {"fid": fid}).scalar_one()
    return find(connection, str(code))


def merged(state: State, changed: Mapping[str, Any]) -> IncidentDraft:
    """Return an incident's draft with some fields changed; None takes a value away.

    New days are read anew, and not with the precision of the old; a new type drops the old sub-type.

    Raises:
        DraftError: The result is no draft.
    """
    document = {**state["draft"]}
    if "days" in changed:
        document.pop("date_precision", None)
    if "type" in changed:
        document.pop("subtype", None)
    document |= {name: _plain(value) for name, value in changed.items()}
    kept = {name: value for name, value in document.items() if value is not None}
    return make_draft(IncidentDraft, kept, state["code"])


def _plain(value: Any) -> Any:  # noqa: ANN401 — a value of a draft's field
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def revise(
    connection: Connection,
    current: Current,
    draft: IncidentDraft,
    means: tuple[Setting, Author, str],
    *,
    strays: bool = True,
) -> Revised:
    """Replace an incident's state by a draft, if it differs and fits.

    Args:
        connection: Within a transaction.
        current: What is replaced.
        draft: What replaces it.
        means: The setting, who does it, and what is done.
        strays: Refuse places outside the country they name.

    Raises:
        DraftError: It does not fit the database.
    """
    setting, author, action = means
    code = current.state["code"]
    state = incident_state(draft, current.state["id"], code)
    faults = fit_faults(connection, state, draft, setting, strays=strays)
    if faults:
        raise DraftError(tuple(faults))
    told = told_changes(current.state, state)
    if not told:
        return Revised(code, current.revision, ())
    number, digest = latest_digest(connection, "incident", current.state["id"])
    old = Entry(current.fid, current.state, "")
    new = Entry(current.fid, state, action, digest)
    return Revised(code, revise_incident(connection, (old, number), new, setting, author), told)


def fit_faults(
    connection: Connection, state: State, draft: IncidentDraft, setting: Setting, *, strays: bool = True
) -> list[Fault]:
    """Check a draft that is to replace an incident, and write actors and the whole into its state by key and code."""
    known = Known.of(connection, Bundle(incidents=(draft,)))
    faults = []
    owner = lookups.rows_by_key(connection, "incident", [draft.key] if draft.key else []).get(draft.key or "")
    if owner is not None and owner["code"] != state["code"]:
        faults.append(Fault("key", f"The key {draft.key!r} is taken by {owner['code']}. Choose another."))
    faults += fit(state, draft, known, setting, state["code"])
    return faults + (stray_faults([state], setting, [state["code"]]) if strays else [])


def told_changes(old: State, new: State) -> tuple[str, ...]:
    """Say in words what changed between two states."""
    before, after = old["draft"], new["draft"]
    told = []
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        if isinstance(was or now, list):
            told.append(_told_list(name, was or [], now or []))
        elif isinstance(was or now, str):
            told.append(f"{name}: {was or '—'} → {now or '—'}")
        else:
            told.append(f"{name} changed")
    return tuple(told)


def _told_list(name: str, was: list[Any], now: list[Any]) -> str:
    gained = sum(item not in was for item in now)
    lost = sum(item not in now for item in was)
    if not gained and not lost:
        return f"{name}: order changed"
    parts = [f"{number} {word}" for number, word in ((gained, "added"), (lost, "removed")) if number]
    return f"{name}: {', '.join(parts)}"


def stored(connection: Connection, current: Current, as_of: datetime | None) -> Stored:
    """Return an incident as it is recorded, or was at a moment.

    Raises:
        NotFoundError: It was not recorded then.
    """
    number, state = current.revision, current.state
    if as_of is not None:
        number, state = state_then(connection, current, as_of)
    statement = text("SELECT author, recorded_at, reason FROM revision WHERE number = :number")
    row = connection.execute(statement, {"number": number}).one()
    draft = draft_of(state)
    moment = moment_of(row.recorded_at)
    return Stored(state["id"], state["code"], draft, number, row.author, moment, row.reason, draft.status)


def state_then(connection: Connection, current: Current, as_of: datetime) -> tuple[int, State]:
    """Return the revision number and state of an incident at a moment.

    Raises:
        NotFoundError: It was not recorded then.
    """
    then = known_then(connection, "incident", current.state["id"], as_of)
    if then is None:
        raise NotFoundError(f"{current.state['code']} was not recorded yet at {as_of.isoformat()}. See its history.")
    number, document = then
    return number, current.state if document is None else json.loads(document)


def state_at(connection: Connection, current: Current, number: int) -> State:
    """Return the state of an incident that one of its revisions made.

    Raises:
        NotFoundError: The incident has no such revision.
    """
    rows = connection.execute(
        text("SELECT number, document FROM revision WHERE subject_kind = 'incident' AND subject_id = :subject"),
        {"subject": current.state["id"]},
    )
    documents = {int(row.number): row.document for row in rows}
    if number not in documents:
        code, known = current.state["code"], ", ".join(map(str, sorted(documents)))
        raise NotFoundError(f"{code} has no revision {number}. It has: {known}. See: willay history {code}")
    document = documents[number]
    return current.state if document is None else json.loads(document)


def compared(
    connection: Connection, current: Current, before: int | None, after: int | None
) -> tuple[int, int, State, State]:
    """Return two revisions of an incident by number, with their states; without numbers the last two.

    Raises:
        NotFoundError: The incident has no such revision, or only one.
    """
    rows = connection.execute(
        text("SELECT number FROM revision WHERE subject_kind = 'incident' AND subject_id = :subject ORDER BY number"),
        {"subject": current.state["id"]},
    )
    numbers = [int(number) for number in rows.scalars()]
    last = numbers[-1] if after is None else after
    if before is None:
        earlier = [number for number in numbers if number < last]
        if not earlier:
            raise NotFoundError(f"{current.state['code']} has no revision before {last}: there is nothing to compare.")
        before = earlier[-1]
    return before, last, state_at(connection, current, before), state_at(connection, current, last)


def history(connection: Connection, current: Current) -> tuple[RevisionRow, ...]:
    """Return the revisions of an incident with what each changed, the first one first."""
    statement = text("SELECT * FROM revision WHERE subject_kind = 'incident' AND subject_id = :subject ORDER BY number")
    rows = connection.execute(statement, {"subject": current.state["id"]}).all()
    states = [current.state if row.document is None else json.loads(row.document) for row in rows]
    told = [("added",), *(told_changes(old, new) for old, new in pairwise(states))]
    return tuple(
        RevisionRow(row.number, row.author, moment_of(row.recorded_at), row.action, row.reason, row.digest, changed)
        for row, changed in zip(rows, told, strict=True)
    )
