"""Attachments in the database: who lists which, and their contents, each once by its SHA-256.

The list is part of the document of an incident or source, and so of its history. A content is part of neither: it can
be erased, and that is recorded as a subject of its own. A file that is listed need not be here: it may have been too
large, may have been erased, or the list may have come from another office.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import text

from willay.events.model.advice import command
from willay.events.model.attachments import TOGETHER_BYTES, AttachmentDraft, content_sha256
from willay.events.model.drafts import draft
from willay.events.model.errors import NotFoundError, RefusedError
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.store.record.documents import read_recorded
from willay.events.store.record.register_rows import source_states
from willay.events.store.record.revisions import Change, latest_digest, record, supersede
from willay.events.store.schema.bulk import insert_rows
from willay.events.store.schema.ids import moment_of
from willay.events.store.schema.tables import ATTACHMENT_CONTENT
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.model.attachments import FileRead
    from willay.events.store.record.revisions import Author
    from willay.events.store.record.states import State
    from willay.events.store.results import Revised

KIND: Final = "attachment"
"""The kind of subject that the erasure of a content is in `revision`; its id is the SHA-256."""

ACTION: Final = "erase"

Owner = Literal["incident", "source"]
"""What can have attachments."""

_FEWEST: Final = 6
"""Digits of a SHA-256 that name a content at least."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """That a content was erased.

    Attributes:
        revision: The number of the revision that records it.
        author: Who erased it.
        recorded_at: When, UTC.
        reason: Why.
    """

    revision: int
    author: str
    recorded_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment as a database has it.

    Attributes:
        kind: `incident` or `source`.
        name: The code or key of what it belongs to.
        draft: What the document lists of it.
        is_here: Whether its content is in the database.
        erased: The latest erasure of its content; None where it was never erased, or is here again.
    """

    kind: Owner
    name: str
    draft: AttachmentDraft
    is_here: bool
    erased: Erasure | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of files that were attached.

    Attributes:
        revised: What changed in the document; without changes where it listed all of them already.
        listed: The files that are listed now and were not before.
        stored: The files whose content is in the database now and was not before.
        erased: The earlier erasures of such contents, by SHA-256.
    """

    revised: Revised
    listed: tuple[AttachmentDraft, ...]
    stored: tuple[AttachmentDraft, ...]
    erased: Mapping[str, Erasure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What became of attachments that were removed.

    Attributes:
        revised: What changed in the document.
        removed: What is not listed any more.
        remaining: Those of them whose content is still in the database, since earlier revisions list them.
    """

    revised: Revised
    removed: tuple[AttachmentDraft, ...]
    remaining: tuple[AttachmentDraft, ...]


@dataclass(frozen=True, slots=True)
class ErasedContent:
    """A content that was erased.

    Attributes:
        sha256: Its SHA-256.
        size: Its size, bytes.
        listed_by: Codes and keys of the incidents and sources that list it.
        revision: The number of the revision that records the erasure.
    """

    sha256: str
    size: int
    listed_by: tuple[str, ...]
    revision: int


def all_attachments(connection: Connection) -> Iterator[Attachment]:
    """Yield the attachments of incidents in order of their rows, then of sources by key."""
    here, erased = stored_sizes(connection), erasures(connection)
    for kind, name, listed in _lists(connection):
        yield from _attachments(kind, name, listed, here, erased)


def attachments_of(connection: Connection, kind: Owner, name: str, state: State) -> tuple[Attachment, ...]:
    """Return the attachments of an incident or source.

    Args:
        connection: Within a transaction.
        kind: What it is.
        name: Its code or key.
        state: The draft of the incident, or the state of the source.
    """
    return tuple(_attachments(kind, name, listed_in(state), stored_sizes(connection), erasures(connection)))


def _attachments(
    kind: Owner,
    name: str,
    listed: Iterable[AttachmentDraft],
    here: Container[str],
    erased: Mapping[str, Erasure],
) -> Iterator[Attachment]:
    for one in listed:
        is_here = one.sha256 in here
        yield Attachment(kind, name, one, is_here, None if is_here else erased.get(one.sha256))


def listed_in(state: State) -> tuple[AttachmentDraft, ...]:
    """Return the attachments that the draft of an incident, or the state of a source, lists."""
    return tuple(draft(AttachmentDraft, one, recorded=EVERYTHING) for one in state.get("attachments", ()))


def _lists(connection: Connection) -> Iterator[tuple[Owner, str, tuple[AttachmentDraft, ...]]]:
    """Yield all that have attachments: kind, code or key, and what they list."""
    having = "WHERE fid IN (SELECT incident FROM link WHERE kind = 'attachment')"
    for one in read_recorded(connection, having):
        yield "incident", one.state["code"], listed_in(one.state["draft"])
    for state in source_states(connection):
        if "attachments" in state:
            yield "source", state["key"], listed_in(state)


def stored_sizes(connection: Connection) -> dict[str, int]:
    """Return the sizes (bytes) of the contents in the database by their SHA-256; no content is read for that."""
    rows = connection.execute(text("SELECT sha256, length(content) FROM attachment_content ORDER BY sha256"))
    return {str(name): int(size) for name, size in rows}


def read_content(connection: Connection, sha256: str) -> bytes | None:
    """Return the content with a SHA-256, or None."""
    found = connection.execute(text("SELECT content FROM attachment_content WHERE sha256 = :name"), {"name": sha256})
    content: bytes | str | None = found.scalar()
    if isinstance(content, str):  # somebody has changed it by other means
        return content.encode(errors="surrogateescape")
    return content


def verified_content(connection: Connection, one: Attachment) -> bytes:
    """Return the content of an attachment, after it was compared with its SHA-256.

    Raises:
        NotFoundError: It is not in the database.
        RefusedError: It is not what was attached.
    """
    content = read_content(connection, one.draft.sha256)
    if content is None:
        raise NotFoundError(
            tr(
                "{name}: the content of {called!r} is not in this database{why}",
                name=one.name,
                called=one.draft.called,
                why=why_absent(one),
            )
        )
    if content_sha256(content) != one.draft.sha256:
        raise RefusedError(
            tr(
                "{name}: the content of {called!r} does not match its SHA-256: it was changed or "
                "damaged. Nothing was saved. Check the database: {command}",
                name=one.name,
                called=one.draft.called,
                command=command("check"),
            )
        )
    return content


def why_absent(one: Attachment) -> str:
    """Return why a content is not here, as the end of a sentence, with what to do."""
    if one.erased is not None:
        return tr(
            ": {author} erased it on {day} ({reason}).",
            author=one.erased.author,
            day=f"{one.erased.recorded_at:%Y-%m-%d}",
            reason=one.erased.reason,
        )
    return tr("; only its SHA-256 is recorded. Ask whoever has the file, and attach it again: it is recognised.")


def store_contents(connection: Connection, files: Iterable[FileRead]) -> tuple[AttachmentDraft, ...]:
    """Store the contents of files that are not here; return these.

    Raises:
        RefusedError: All contents together would be more than a database stores.
    """
    here = stored_sizes(connection)
    new = {one.draft.sha256: one for one in files if one.content is not None and one.draft.sha256 not in here}
    together = sum(here.values()) + sum(one.draft.size for one in new.values())
    if new and together > TOGETHER_BYTES:
        raise RefusedError(
            tr(
                "The attachments of this database would be {size:,} bytes together, and "
                "{most:,} are allowed, so that it can be copied and encrypted in memory. "
                "Record the SHA-256 only: --hash-only.",
                size=together,
                most=TOGETHER_BYTES,
            )
        )
    insert_rows(connection, ATTACHMENT_CONTENT, [{"sha256": name, "content": one.content} for name, one in new.items()])
    return tuple(one.draft for one in new.values())


def with_files(listed: Sequence[AttachmentDraft], files: Sequence[FileRead]) -> tuple[AttachmentDraft, ...]:
    """Return a list of attachments with further files; one that is listed already stays as it is."""
    known = {one.sha256: one for one in listed}
    return (*listed, *{one.draft.sha256: one.draft for one in files if one.draft.sha256 not in known}.values())


def find_content(connection: Connection, digits: str) -> tuple[str, int]:
    """Return SHA-256 and size (bytes) of the one content that begins with some digits.

    Raises:
        NotFoundError: No content does, or several do.
    """
    asked, sizes = digits.strip().lower(), stored_sizes(connection)
    found = [name for name in sizes if name.startswith(asked)]
    if len(asked) < _FEWEST or not found:
        raise NotFoundError(
            tr(
                "No content in this database has a SHA-256 that begins with {digits!r}. Give {fewest} or "
                "more of its first digits, as this command lists them: {command}",
                digits=digits[:80],
                fewest=_FEWEST,
                command=command("attachment", "list"),
            )
        )
    if len(found) > 1:
        raise NotFoundError(
            tr(
                "{digits!r} are the first digits of {n:,} contents. Give more of them.",
                digits=digits[:80],
                n=len(found),
            )
        )
    return found[0], sizes[found[0]]


def erase_content(connection: Connection, sha256: str, size: int, author: Author) -> ErasedContent:
    """Erase a content, and record that: which, who, when and why.

    Args:
        connection: Within a transaction that writes; the file must be rewritten after it, so that nothing remains.
        sha256: Its SHA-256.
        size: Its size, bytes.
        author: Who erases it.
    """
    listed_by = tuple(name for _, name, listed in _lists(connection) if any(one.sha256 == sha256 for one in listed))
    connection.execute(text("DELETE FROM attachment_content WHERE sha256 = :name"), {"name": sha256})
    before = latest_digest(connection, KIND, sha256)[1] if sha256 in erasures(connection) else None
    state: State = {"sha256": sha256, "size": size}
    number = record(connection, KIND, [Change(sha256, state, ACTION, before)], author)
    supersede(connection, [(number, state)])  # no table holds it
    return ErasedContent(sha256, size, listed_by, number)


def erasures(connection: Connection) -> dict[str, Erasure]:
    """Return the latest erasure of each content that was ever erased, by its SHA-256."""
    rows = connection.execute(
        text(
            "SELECT number, subject_id, author, recorded_at, reason FROM revisions WHERE subject_kind = :kind"
            " ORDER BY number"
        ),
        {"kind": KIND},
    )
    return {
        str(row.subject_id): Erasure(row.number, row.author, moment_of(row.recorded_at), row.reason) for row in rows
    }


def listed_ever(connection: Connection) -> Mapping[str, int]:
    """Return size by SHA-256 of all attachments that earlier states of incidents and sources list."""
    rows = connection.execute(
        text(
            "SELECT document FROM revision WHERE subject_kind IN ('incident', 'source')"
            " AND document LIKE '%\"attachments\":%'"
        )
    )
    found: dict[str, int] = {}
    for document in rows.scalars():
        state = json.loads(document)
        for one in state.get("draft", state).get("attachments", ()):
            found[one["sha256"]] = one["size"]
    return found
