"""Erasure: what a redaction is about, and what it leaves of the present state of a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.model.canonical import canonical
from willay.events.model.drafts import IncidentDraft
from willay.events.model.drafts import draft as make_draft
from willay.events.model.errors import NotFoundError, RefusedError
from willay.events.model.masking import field_name, find_field, mark_at, text_digest, texts, value_at, with_value
from willay.events.store.record.redactions import erase_memory, erase_reason, erase_states, kept_documents
from willay.events.store.record.register_rows import TABLES, states_by_key
from willay.events.store.record.resolve import nearest, not_found
from willay.events.store.record.review_rules import to_review
from willay.events.store.record.revisions import latest_digest
from willay.events.store.write import changes
from willay.events.store.write.keyed import revise_keyed
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.masking import Steps
    from willay.events.store.record.redactions import Redaction
    from willay.events.store.record.revisions import Author
    from willay.events.store.record.states import State
    from willay.events.store.results import Revised
    from willay.events.store.write.validation import Setting

REASON: Final = "reason"
"""The name by which the reason of a revision is redacted, which is not a part of a state."""

_TELLING: Final = 4
"""Letters from which on a text in a reason gives away what was redacted."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something whose texts can be redacted.

    Attributes:
        kind: `incident`, `source`, `actor` or `case`.
        name: Its code, or key.
        id: By which revisions know it.
        number: The number of its latest revision.
        state: Its present state.
        row: The row number of an incident; None for others.
    """

    kind: str
    name: str
    id: str
    number: int
    state: State
    row: int | None = None

    def document(self, state: State) -> State:
        """Return the part of a state that a person knows: the draft."""
        draft: State = state["draft"] if self.kind == "incident" else state
        return draft


def find_subject(connection: Connection, kind: str, name: str) -> Subject:
    """Return the incident with a code or key, or the source, actor or case with a key.

    Raises:
        NotFoundError: There is none.
    """
    if kind == "incident":
        current = changes.find(connection, name)
        state = current.state
        return Subject(kind, state["code"], state["id"], current.revision, state, current.fid)
    states = states_by_key(connection, kind, [name])
    if name not in states:
        keys = connection.execute(text(f"SELECT key FROM {TABLES[kind]}")).scalars()  # noqa: S608 — our own names
        raise not_found(kind, name, nearest(name, keys))
    number, _ = latest_digest(connection, kind, name)
    return Subject(kind, name, name, number, states[name])


def texts_at(connection: Connection, subject: Subject, field: str, revisions: Sequence[int]) -> tuple[str, ...]:
    """Return the texts that a field had, each once; those that were redacted already are left out.

    Args:
        connection: Within a transaction.
        subject: Whose field.
        field: Its name, such as `summary.es`.
        revisions: The revisions whose states are meant; without any, the field must have had one value only.

    Raises:
        NotFoundError: A revision is not one of the subject's, or no state that is meant has the field.
        RefusedError: The field holds no text, or had several values and no revision was named.
    """
    states = {**dict(kept_documents(connection, subject.kind, subject.id)), subject.number: subject.state}
    if unknown := sorted(set(revisions) - states.keys()):
        known = ", ".join(map(str, sorted(states)))
        raise NotFoundError(
            tr("{name} has no revision {number}. It has: {known}.", name=subject.name, number=unknown[0], known=known)
        )
    found: dict[str, tuple[int, list[tuple[Steps, str]]]] = {}
    missing: NotFoundError | None = None
    named = 0
    for number in revisions or sorted(states):
        document = subject.document(states[number])
        try:
            steps = find_field(document, field)
        except NotFoundError as error:
            missing = error
            continue
        named += 1
        part = [one for one in texts(value_at(document, steps), steps) if one[1] != mark_at(one[0])]
        if part:
            found.setdefault(canonical(value_at(document, steps)), (number, part))
    if missing and (not named or (revisions and named < len(revisions))):
        raise missing
    if len(found) > 1 and not revisions:
        told = ", ".join(
            tr("{number} (now)", number=number) if number == subject.number else str(number)
            for number, _ in found.values()
        )
        raise RefusedError(
            tr(
                "{field!r} of {name} had {n} values, since the revisions {revisions}. Specify which "
                "one: --revision NUMBER (repeatable).",
                field=field,
                name=subject.name,
                n=len(found),
                revisions=told,
            )
        )
    return tuple(dict.fromkeys(said for _, part in found.values() for _, said in part))


def reasons_at(connection: Connection, subject: Subject, revisions: Sequence[int]) -> tuple[str, ...]:
    """Return the reasons of revisions of a subject.

    Raises:
        NotFoundError: A revision is not one of the subject's.
        RefusedError: None was named, or one is of before schema 5.
    """
    if not revisions:
        raise RefusedError(tr("A reason belongs to one revision. Specify which: --revision NUMBER (repeatable)."))
    statement = text(
        "SELECT number, reason, masked_digest FROM revisions WHERE subject_kind = :kind AND subject_id = :subject"
    )
    rows = connection.execute(statement, {"kind": subject.kind, "subject": subject.id})
    reasons = {row.number: row for row in rows}
    for number in revisions:
        if number not in reasons:
            known = ", ".join(map(str, sorted(reasons)))
            raise NotFoundError(
                tr("{name} has no revision {number}. It has: {known}.", name=subject.name, number=number, known=known)
            )
        if reasons[number].masked_digest is None:
            raise RefusedError(
                tr(
                    "The reason of revision {number} was sealed by an earlier willay, as it is; it cannot be redacted.",
                    number=number,
                )
            )
    return tuple(dict.fromkeys(reasons[number].reason for number in revisions if reasons[number].reason != mark_at(())))


def check_reason(reason: str, said: Collection[str]) -> None:
    """Make sure that the reason of a redaction does not repeat what is redacted.

    Raises:
        RefusedError: It does.
    """
    if any(len(one) >= _TELLING and one.casefold() in reason.casefold() for one in said):
        raise RefusedError(tr("The reason repeats the text that is to go, and would stay. Say why in other words."))


def rewritten(subject: Subject, field: str, said: Collection[str], instead: str | None) -> State | None:
    """Return the present document of a subject with something else in the place of texts; None if it has none of them.

    Args:
        subject: The subject.
        field: The field that is meant. Others that have the same text get the mark of redaction.
        said: The texts.
        instead: What is to be in the field; empty takes it away.

    Raises:
        RefusedError: The present state has one of the texts, and nothing, or not enough, was said to be there instead.
    """
    document = subject.document(subject.state)
    places = [steps for steps, one in texts(document) if one in said]
    if not places:
        return None
    fields = ", ".join(field_name(steps) for steps in places)
    if instead is None:
        raise RefusedError(
            tr(
                "{name} still has the text, in {fields}. Specify the new text: --instead TEXT ('' leaves "
                "it empty); or edit it first.",
                name=subject.name,
                fields=fields,
            )
        )
    if any(one in instead for one in said):
        raise RefusedError(tr("The new text repeats the one that is to go. Write it without that."))
    own = [steps for steps in places if _is_within(document, field, steps)] or places
    if instead and len(own) > 1:
        raise RefusedError(
            tr(
                "{field!r} has several texts: {fields}. Redact each by its own name, with its own text.",
                field=field,
                fields=fields,
            )
        )
    for steps in places:
        document = with_value(document, steps, mark_at(steps))
    for steps in reversed(own):
        document = with_value(document, steps, instead or None)
    made: State = without_empty(document)
    return made


def _is_within(document: State, field: str, steps: Steps) -> bool:
    try:
        outer = find_field(document, field)
    except (NotFoundError, RefusedError):
        return False
    return steps[: len(outer)] == outer


def replace_present(
    connection: Connection, subject: Subject, document: State | None, means: tuple[Setting, Author], rule: str
) -> Revised | None:
    """Put another document in the place of a subject's present one, as an edit does; None leaves it.

    Args:
        connection: Within a transaction.
        subject: The subject.
        document: Its new document.
        means: The database's setting, and who redacts.
        rule: Whether a second person must approve what one wrote; see `reviewing.to_review`.

    Raises:
        DraftError: The document does not fit the database.
    """
    if document is None:
        return None
    if subject.kind != "incident":
        changed = changed_fields(subject.state, document)
        return revise_keyed(connection, subject.kind, subject.id, changed, means)
    current = changes.find(connection, subject.name)
    draft = to_review(connection, current, make_draft(IncidentDraft, document, subject.name), means[1], rule)
    return changes.revise(connection, current, draft, (*means, "edit"))


def without_empty(value: Any) -> Any:  # noqa: ANN401 — JSON in, JSON out
    """Return a document without the empty objects and lists that taking texts out has left."""
    if isinstance(value, dict):
        parts = {name: without_empty(part) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part not in (None, {}, [])}
    if isinstance(value, list):
        return [part for part in map(without_empty, value) if part not in (None, {}, [])]
    return value


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields in which two documents differ, with their new values; None where one is gone."""
    return {name: after.get(name) for name in {*before, *after} if before.get(name) != after.get(name)}


def erase(
    connection: Connection, subject: Subject, field: str, said: Collection[str], author: Author
) -> list[Redaction]:
    """Take texts out of the earlier states of a subject, and out of what imports remember of it and of the field."""
    digests = frozenset(text_digest(one) for one in said)
    if subject.row is not None:
        erase_memory(connection, subject.row, digests, [re.split(r"[.\[]", field.strip())[0]])
    redaction = erase_states(connection, subject.kind, subject.id, digests, author)
    return [] if redaction is None else [redaction]


def erase_reasons(connection: Connection, subject: Subject, said: Collection[str], author: Author) -> list[Redaction]:
    """Take reasons out of the revisions of a subject; see `redactions.erase_reason`."""
    found = (erase_reason(connection, subject.kind, subject.id, one, author) for one in said)
    return [one for one in found if one is not None]
