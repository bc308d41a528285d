"""Changes of one incident: finding it, merging what is new, stating what changed."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from willay.events.frame.unitcheck import outside_units
from willay.events.model.advice import command
from willay.events.model.claim_list import with_added
from willay.events.model.drafts import Bundle, IncidentDraft
from willay.events.model.drafts import draft as make_draft
from willay.events.model.errors import DraftError, Fault, NotFoundError
from willay.events.model.fieldtypes import texts_of
from willay.events.store.dialects import dialect_of
from willay.events.store.record import lookups
from willay.events.store.record.documents import Recorded, read_by_code
from willay.events.store.record.redactions import read_redactions
from willay.events.store.record.resolve import nearest, not_found
from willay.events.store.record.revisions import known_then, latest_digest
from willay.events.store.record.states import State, draft_of, incident_state
from willay.events.store.results import Revised, RevisionRow, Stored
from willay.events.store.schema.ids import moment_of
from willay.events.store.write.bases import Subject, carried, state_from
from willay.events.store.write.changed_words import changes_in_words
from willay.events.store.write.outliers import stray_faults
from willay.events.store.write.validation import Known, Setting, fit
from willay.events.store.write.writer import Entry, revise_incident
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import ClaimDraft
    from willay.events.store.record.revisions import Author


def find(connection: Connection, name: str) -> Recorded:
    """Return the incident with a code or key.

    Raises:
        NotFoundError: There is none; the message names the nearest.
    """
    name = str(name)  # whatever a caller has in a column of codes: nothing is called so
    code = lookups.code_of(connection, name)
    if code is None:
        if elsewhere := called_elsewhere(connection, name):
            raise NotFoundError(
                tr(
                    "No incident with code or key {name!r}. An imported file uses this code for: {elsewhere}.",
                    name=name[:80],
                    elsewhere=", ".join(elsewhere),
                )
            )
        codes = [*lookups.all_keys(connection, "incident", "code"), *lookups.all_keys(connection, "incident")]
        raise not_found("incident", name, nearest(name, codes))
    current = read_by_code(connection, code)
    if current is None:
        raise not_found("incident", name, ())
    return current


def at(connection: Connection, fid: int) -> Recorded:
    """Return the incident with a row number, which is there."""
    code = connection.execute(text("SELECT code FROM incident WHERE fid = :fid"), {"fid": fid}).scalar_one()
    return find(connection, str(code))


def merged(state: State, changed: Mapping[str, Any]) -> IncidentDraft:
    """Return an incident's draft with some fields changed; None takes a value away.

    New days are read again, and not with the precision of the old; a new type drops the old sub-type.

    Raises:
        DraftError: The result is not a draft.
    """
    document = {**state["draft"]}
    if "days" in changed:
        document.pop("date_precision", None)
    if "type" in changed:
        document.pop("subtype", None)
    document |= {name: _plain(value) for name, value in changed.items()}
    kept = {name: value for name, value in document.items() if value is not None}
    return make_draft(IncidentDraft, kept, state["code"], recorded=texts_of(state["draft"]))


def rebased(connection: Connection, current: Recorded, changed: Mapping[str, Any], base: int | None) -> IncidentDraft:
    """Return an incident's draft with some fields changed, as seen from one of its revisions.

    Raises:
        NotFoundError: The incident has no such revision.
        StaleEditError: The same field was changed since, to another value.
        DraftError: The result is not a draft.
    """
    if base is not None:
        then = {**current.state, "draft": state_from(connection, subject_of(current), base)}
        yours = incident_state(merged(then, changed), current.state["id"], current.state["code"])
        carried(connection, subject_of(current), base, yours["draft"])
    return merged(current.state, changed)


def also_changed(current: Recorded, draft: IncidentDraft, changed: Mapping[str, Any]) -> IncidentDraft:
    """Return a new draft of an incident with some fields changed besides.

    Raises:
        DraftError: The result is not a draft.
    """
    return merged(incident_state(draft, current.state["id"], current.state["code"]), changed)


def replaced(connection: Connection, current: Recorded, draft: IncidentDraft, base: int | None) -> IncidentDraft:
    """Return a draft that somebody made of one of an incident's revisions, with what others changed since.

    Raises:
        NotFoundError: The incident has no such revision.
        StaleEditError: The same field was changed since, to another value.
    """
    if base is None:
        return draft
    yours = incident_state(draft, current.state["id"], current.state["code"])
    return make_draft(IncidentDraft, carried(connection, subject_of(current), base, yours["draft"]), yours["code"])


def with_claims(
    connection: Connection, current: Recorded, claims: Sequence[ClaimDraft], base: int | None
) -> IncidentDraft:
    """Return an incident's draft with further claims; one that is there in every word is not added again.

    Raises:
        NotFoundError: The incident has no such revision.
        StaleEditError: Claims were added or changed after the base.
        UnclearClaimError: See `store.write.add_claims`.
    """
    if base is not None:
        seen = state_from(connection, subject_of(current), base).get("claims", [])
        rebased(connection, current, {"claims": [*seen, *claims]}, base)
    known = draft_of(current.state)
    cited = {claim.source for claim in (*known.claims, *claims)}
    dated = {key: day for key, _, day in lookups.voices(connection, cited)}
    return known.model_copy(update={"claims": with_added(known.claims, claims, dated)})


def subject_of(current: Recorded) -> Subject:
    """Return an incident as the subject of its revisions."""
    return Subject("incident", current.state["id"], current.state["code"], current.state)


def _plain(value: Any) -> Any:  # noqa: ANN401 — a value of a draft's field
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def revise(
    connection: Connection,
    current: Recorded,
    draft: IncidentDraft,
    means: tuple[Setting, Author, str],
    *,
    strays: bool = True,
    origin: Mapping[str, Any] | None = None,
) -> Revised:
    """Replace an incident's state by a draft, if it differs and fits.

    Args:
        connection: Within a transaction.
        current: What is replaced.
        draft: What replaces it.
        means: The setting, who does it, and what is done.
        strays: Refuse places outside the country they name.
        origin: As for `revisions.Change`.

    Raises:
        DraftError: It does not fit the database.
    """
    setting, author, action = means
    code = current.state["code"]
    draft = draft.at_home(setting.country)
    state = incident_state(draft, current.state["id"], code)
    faults = fit_faults(connection, state, draft, setting, strays=strays)
    if faults:
        raise DraftError(tuple(faults))
    told = changes_in_words(current.state, state)
    if not told:
        return Revised(code, current.revision, ())
    _, digest = latest_digest(connection, "incident", current.state["id"])
    made = revise_incident(connection, current, Entry(current.fid, state, action, digest, origin), setting, author)
    return Revised(code, made, told, _place_notes(current.state, state, setting))


def _place_notes(old: State, new: State, setting: Setting) -> tuple[str, ...]:
    """Name the points outside the units they name, where the places are other ones now."""
    places = new["draft"].get("places", [])
    if places == old["draft"].get("places", []):
        return ()
    return tuple(str(outside) for outside in outside_units(places, setting.regions))


def restate(
    connection: Connection, current: Recorded, means: tuple[Setting, Author, str], origin: Mapping[str, Any] | None
) -> Revised:
    """Record an incident's state once more, unchanged: somebody looked at it, and left it as it is."""
    setting, author, action = means
    _, digest = latest_digest(connection, "incident", current.state["id"])
    new = Entry(current.fid, current.state, action, digest, origin)
    return Revised(current.state["code"], revise_incident(connection, current, new, setting, author), ())


def fit_faults(
    connection: Connection, state: State, draft: IncidentDraft, setting: Setting, *, strays: bool = True
) -> list[Fault]:
    """Check a draft that is to replace an incident, and write actors and the whole into its state by key and code."""
    known = Known.of(connection, Bundle.model_construct(incidents=(draft,)))  # a draft already, recorded or checked
    faults = []
    owner = lookups.rows_by_key(connection, "incident", [draft.key] if draft.key else []).get(draft.key or "")
    if owner is not None and owner["code"] != state["code"]:
        faults.append(
            Fault("key", tr("The key {key!r} is taken by {owner}. Choose another.", key=draft.key, owner=owner["code"]))
        )
    faults += fit(state, draft, known, setting, state["code"])
    return faults + (stray_faults([state], setting, [state["code"]]) if strays else [])


def stored(connection: Connection, current: Recorded, as_of: datetime | None) -> Stored:
    """Return an incident as it is recorded, or was at a moment.

    Raises:
        NotFoundError: It was not recorded then.
    """
    number, state = current.revision, current.state
    if as_of is not None:
        number, state = state_then(connection, current, as_of)
    statement = text("SELECT author, recorded_at, reason FROM revisions WHERE number = :number")
    row = connection.execute(statement, {"number": number}).one()
    draft = draft_of(state)
    moment = moment_of(row.recorded_at)
    names = names_elsewhere(connection, state["id"])
    return Stored(state["id"], state["code"], draft, number, row.author, moment, row.reason, draft.status, names)


def names_elsewhere(connection: Connection, subject: str) -> tuple[str, ...]:
    """Return the codes by which other files of ours call an incident, where they differ from ours."""
    code = dialect_of(connection).member("origin", "code")
    statement = text(
        f"SELECT DISTINCT {code} AS code FROM revision"  # noqa: S608 — our own names
        " WHERE subject_kind = 'incident' AND subject_id = :subject AND origin IS NOT NULL ORDER BY 1"
    )
    return tuple(code for code in connection.execute(statement, {"subject": subject}).scalars() if code)


def called_elsewhere(connection: Connection, name: str) -> tuple[str, ...]:
    """Return the codes here of incidents that other files of ours call by a code that is not theirs here."""
    theirs = dialect_of(connection).member("origin", "code")
    statement = text(
        "SELECT DISTINCT code FROM revision JOIN incident ON incident.id = subject_id"  # noqa: S608 — our own names
        f" WHERE subject_kind = 'incident' AND origin IS NOT NULL AND {theirs} = :name ORDER BY 1"
    )
    return tuple(connection.execute(statement, {"name": name.strip().upper()}).scalars())


def state_then(connection: Connection, current: Recorded, as_of: datetime) -> tuple[int, State]:
    """Return the revision number and state of an incident at a moment.

    Raises:
        NotFoundError: It was not recorded then.
    """
    then = known_then(connection, "incident", current.state["id"], as_of)
    if then is None:
        raise NotFoundError(
            tr(
                "{code} was not recorded yet at {moment}. See its history.",
                code=current.state["code"],
                moment=as_of.isoformat(),
            )
        )
    number, document = then
    return number, current.state if document is None else json.loads(document)


def state_at(connection: Connection, current: Recorded, number: int) -> State:
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
        raise NotFoundError(
            tr(
                "{code} has no revision {number}. It has: {known}. See: {command}",
                code=code,
                number=number,
                known=known,
                command=command("history", code),
            )
        )
    document = documents[number]
    return current.state if document is None else json.loads(document)


def compared(
    connection: Connection, current: Recorded, before: int | None, after: int | None
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
            raise NotFoundError(
                tr(
                    "{code} has no revision before {last}: there is nothing to compare.",
                    code=current.state["code"],
                    last=last,
                )
            )
        before = earlier[-1]
    return before, last, state_at(connection, current, before), state_at(connection, current, last)


def history(connection: Connection, current: Recorded) -> tuple[RevisionRow, ...]:
    """Return the revisions of an incident with what each changed, the first one first."""
    statement = text(
        "SELECT * FROM revisions WHERE subject_kind = 'incident' AND subject_id = :subject ORDER BY number"
    )
    rows = connection.execute(statement, {"subject": current.state["id"]}).all()
    states = [current.state if row.document is None else json.loads(row.document) for row in rows]
    told = [(tr("added"),), *(changes_in_words(old, new) for old, new in pairwise(states))]
    redacted = _redactions_in_words(connection, current.state["id"])
    numbers = ", ".join(map(str, sorted(redacted)))
    more = connection.execute(text(f"SELECT * FROM revisions WHERE number IN ({numbers})")).all()  # noqa: S608 — numbers
    every = [*zip(rows, told, strict=True), *((row, redacted[row.number]) for row in more)]
    ordered = sorted(every, key=lambda one: one[0].number)
    return tuple(_revision_row(row, changed) for row, changed in ordered)


def _revision_row(row: Row[Any], changed: tuple[str, ...]) -> RevisionRow:
    return RevisionRow(
        number=row.number,
        author=row.author,
        recorded_at=moment_of(row.recorded_at),
        action=row.action,
        reason=row.reason,
        digest=row.digest.hex(),
        changes=changed,
        arrived_at=moment_of(row.arrived_at),
    )


def _redactions_in_words(connection: Connection, subject: str) -> dict[int, tuple[str, ...]]:
    """Say in words what was redacted in an incident, by the number of the revision that records it."""
    return {
        one.number: tuple(
            tr("{field} of revision {number} redacted", field=erased.field, number=erased.revision)
            for erased in one.erased
        )
        for one in read_redactions(connection, "incident", subject)
    }
