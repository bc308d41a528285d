"""Redactions: a text taken out of all states of a subject, and the record of that.

Every state that had the text keeps its digest and its place in the chain. A redaction is itself recorded, as a subject
of its own: which text (by its digest), where it was, who took it out, when and why. `check` accepts a state that does
not fit its digest only where a redaction says so, and only if nothing else in it is other than recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.model.canonical import canonical
from willay.events.model.draftbase import REDACTED
from willay.events.model.masking import Steps, field_name, text_digest, texts, without_texts
from willay.events.store.record.memory import memories_of, remember
from willay.events.store.record.revisions import Change, record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sqlalchemy.engine import Connection

    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.revisions import Author
    from willay.events.store.record.states import State

KIND: Final = "redaction"
"""The kind of subject that a redaction is in `revision`; its state stays with its revision, for no table has it."""

REASON: Final[Steps] = ("reason",)
"""Where a redacted reason was: with the change that made a revision, and not in its state."""

ACTION: Final = "redact"


@dataclass(frozen=True, slots=True)
class Erased:
    """A text that was taken out.

    Attributes:
        revision: The number of the revision whose state, or the reason of whose change, had it.
        steps: Where it was in the state; `REASON` for the reason.
        digest: The SHA-256 of the text.
    """

    revision: int
    steps: Steps
    digest: str

    @property
    def field(self) -> str:
        """Where it was, as a person writes it."""
        return field_name(self.steps[1:] if self.steps[:1] == ("draft",) else self.steps)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A recorded redaction.

    Attributes:
        number: The number of its own revision.
        kind: The kind of subject.
        subject: The subject's id.
        erased: What was taken out.
        left: SHA-256 of the documents that were left, by the number of their revision.
    """

    number: int
    kind: str
    subject: str
    erased: tuple[Erased, ...]
    left: Mapping[int, str]


def read_redactions(connection: Connection, kind: str | None = None, subject: str | None = None) -> list[Redaction]:
    """Return the redactions there were, the first one first; only those of a subject where one is named."""
    # Their names begin with those of their subjects (`_recorded`), by which the index has them together; a "0" comes
    # after any "/".
    name = "/".join(part for part in (kind, subject) if part is not None)
    named = " AND subject_id > :first AND subject_id < :last" if name else ""
    statement = text(f"SELECT number, document FROM revision WHERE subject_kind = :kind{named} ORDER BY number")  # noqa: S608 — our own condition; values are bound
    values = {"kind": KIND} | ({"first": f"{name}/", "last": f"{name}0"} if name else {})
    every = (_redaction(row.number, json.loads(row.document)) for row in connection.execute(statement, values))
    return [one for one in every if (kind is None or one.kind == kind) and (subject is None or one.subject == subject)]


def _redaction(number: int, state: State) -> Redaction:
    erased = tuple(Erased(one["revision"], tuple(one["field"]), one["digest"]) for one in state["erased"])
    left = {int(name): digest for name, digest in state.get("left", {}).items()}
    return Redaction(number, state["kind"], state["id"], erased, left)


def redacted_digests(connection: Connection, kind: str, subject: str | None = None) -> dict[str, frozenset[str]]:
    """Return the digests of the texts that were redacted in subjects of a kind, or in one, by subject."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in read_redactions(connection, kind, subject):
        found[one.subject] |= {erased.digest for erased in one.erased}
    return {subject: frozenset(digests) for subject, digests in found.items()}


def places_of(connection: Connection, current: Recorded, digests: Collection[str]) -> list[Erased]:
    """Return where texts are still in the states of an incident, by their digests; the first revision first."""
    documents = kept_documents(connection, "incident", current.state["id"])
    return [
        Erased(number, steps, digest)
        for number, state in [*documents, (current.revision, current.state)]
        for steps, found in texts(state)
        if (digest := text_digest(found)) in digests
    ]


def kept_documents(connection: Connection, kind: str, subject: str) -> list[tuple[int, State]]:
    """Return the earlier states of a subject with the numbers of their revisions, the first one first."""
    statement = text(
        "SELECT number, document FROM revision WHERE subject_kind = :kind AND subject_id = :subject"
        " AND document IS NOT NULL ORDER BY number"
    )
    rows = connection.execute(statement, {"kind": kind, "subject": subject})
    return [(row.number, json.loads(row.document)) for row in rows]


def erase_states(
    connection: Connection, kind: str, subject: str, digests: Collection[str], author: Author
) -> Redaction | None:
    """Take texts out of all earlier states of a subject, and record it; None if no state has one of them.

    The present state is not touched: whoever calls has put something else there before.

    Args:
        connection: Within a transaction that writes.
        kind: The kind of subject.
        subject: Its id.
        digests: The digests of the texts.
        author: Who does it.
    """
    erased: list[Erased] = []
    left: dict[int, str] = {}
    for number, state in kept_documents(connection, kind, subject):
        document, found = without_texts(state, digests)
        if found:
            left[number] = _replace(connection, number, canonical(document))
            erased += [Erased(number, steps, digest) for steps, digest in found.items()]
    return _recorded(connection, (kind, subject), erased, left, author) if erased else None


def erase_reason(connection: Connection, kind: str, subject: str, reason: str, author: Author) -> Redaction | None:
    """Take a reason out of all revisions of a subject that have it, and record it; None if none has.

    The reason is that of the change, and so is taken out of what else the same act made. Only of changes since schema
    5: before, the seal is over the reason itself.
    """
    statement = text(
        "SELECT number, change FROM revisions WHERE subject_kind = :kind AND subject_id = :subject"
        " AND reason = :reason AND masked_digest IS NOT NULL ORDER BY number"
    )
    asked = {"kind": kind, "subject": subject, "reason": reason}
    found = connection.execute(statement, asked).all()
    for change in {row.change for row in found}:
        update = text("UPDATE change SET reason = :reason WHERE number = :number")
        connection.execute(update, {"reason": REDACTED, "number": change})
    erased = [Erased(row.number, REASON, text_digest(reason)) for row in found]
    return _recorded(connection, (kind, subject), erased, {}, author) if erased else None


def erase_memory(connection: Connection, incident: int, digests: Collection[str], fields: Collection[str]) -> None:
    """Take texts out of what imports remember of an incident, and all that they remember of some fields.

    A dataset may say the same in other words, which no state of ours ever had.

    Args:
        connection: Within a transaction that writes.
        incident: The row number of the incident.
        digests: The digests of the texts.
        fields: The names of the fields, such as `title`.
    """
    for memory in memories_of(connection, incident):
        if memory.said is not None:
            said = json.loads(memory.said)
            more = {text_digest(one) for name in fields for _, one in texts(said.get(name), (name,))}
            document, found = without_texts(said, {*digests, *more})
            if found:
                remember(connection, [replace(memory, said=canonical(document))])


def _replace(connection: Connection, number: int, document: str) -> str:
    statement = text("UPDATE revision SET document = :document WHERE number = :number")
    connection.execute(statement, {"document": document, "number": number})
    return document_digest(document)


def document_digest(document: str) -> str:
    """Return the SHA-256 (hexadecimal) of the text of a document."""
    return hashlib.sha256(document.encode()).hexdigest()


def _recorded(
    connection: Connection, subject: tuple[str, str], erased: list[Erased], left: Mapping[int, str], author: Author
) -> Redaction:
    kind, name = subject
    state: dict[str, Any] = {
        "kind": kind,
        "id": name,
        "erased": [{"revision": one.revision, "field": list(one.steps), "digest": one.digest} for one in erased],
    }
    if left:
        state["left"] = {str(number): digest for number, digest in left.items()}
    place = len(read_redactions(connection, kind, name)) + 1
    number = record(connection, KIND, [Change(f"{kind}/{name}/{place}", state, ACTION)], author)
    _replace(connection, number, canonical(state))
    return _redaction(number, state)


def erased_at(redactions: Iterable[Redaction]) -> Iterator[tuple[int, Steps, str]]:
    """Yield revision, place and digest of everything that redactions took out."""
    for one in redactions:
        for erased in one.erased:
            yield erased.revision, erased.steps, erased.digest
