"""`store.attachments`: the files that belong to incidents and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.model.attachments import chosen
from willay.events.store.record import contents
from willay.events.store.record.states import draft_of
from willay.events.store.recording import changing
from willay.events.store.write import changes, erasure
from willay.events.store.write.keyed import revise_keyed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.model.attachments import AttachmentDraft, FileRead
    from willay.events.store.opened import Opened
    from willay.events.store.record.contents import Attached, Attachment, ErasedContent, Owner, Unlisted
    from willay.events.store.record.revisions import Author
    from willay.events.store.results import Revised
    from willay.events.store.write.erasure import Subject
    from willay.events.store.write.validation import Setting


class Attachments:
    """The attachments of a database; it is `store.attachments`.

    Nothing of them is ever in a frame, a page, an export or a release of a profile that does not show the record.

    Example:
        >>> from willay.events import Bundle, SourceDraft, draft
        >>> from willay.events.store import Store
        >>> scan = {"name": "scan.pdf", "sha256": "00" * 32, "size": 1200, "media_type": "application/pdf"}
        >>> daily = draft(SourceDraft, {"key": "daily", "kind": "press", "title": "Daily", "attachments": [scan]})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     added = store.write.add(Bundle(sources=(daily,)), author="ana")
        ...     [one.draft.name for one in store.attachments.of("daily", kind="source")]
        ['scan.pdf']
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def list(self) -> tuple[Attachment, ...]:
        """Return all attachments: of incidents in order of entry, then of sources by key."""
        with self._opened.session.reading() as connection:
            return tuple(contents.all_attachments(connection))

    def of(self, name: str, *, kind: Owner = "incident", as_of: datetime | None = None) -> tuple[Attachment, ...]:
        """Return the attachments of an incident or source, in the order of its list.

        Args:
            name: The code or key of the incident, or the key of the source.
            kind: What it is.
            as_of: As an incident listed them at this moment (aware); None is now. Contents are always those of now.

        Raises:
            NotFoundError: There is none, or it was not recorded then.
        """
        with self._opened.session.reading() as connection:
            subject = erasure.find_subject(connection, kind, name)
            state = subject.document(subject.state)
            if as_of is not None and kind == "incident":
                _, then = changes.state_then(connection, changes.find(connection, name), as_of)
                state = then["draft"]
            return contents.attachments_of(connection, kind, subject.name, state)

    def content(self, name: str, word: str, *, kind: Owner = "incident") -> tuple[AttachmentDraft, bytes]:
        """Return an attachment of an incident or source, and its content, which matches its SHA-256.

        Args:
            name: As for `of`.
            word: The name of the file, or six or more first digits of its SHA-256.
            kind: What `name` is.

        Raises:
            NotFoundError: There is no such subject or attachment, or its content is not in the database.
            RefusedError: The content was changed or damaged.
        """
        listed = {one.draft.sha256: one for one in self.of(name, kind=kind)}
        one = listed[chosen([each.draft for each in listed.values()], word, name).sha256]
        with self._opened.session.reading() as connection:
            return one.draft, contents.verified_content(connection, one)

    def add(
        self,
        name: str,
        files: Sequence[FileRead],
        *,
        kind: Owner = "incident",
        author: str,
        reason: str = "",
        recorded_at: datetime | None = None,
    ) -> Attached:
        """Attach files to an incident or source: all of them or none.

        A file that is listed already stays as it is; if its content is not here, it is stored, and nothing is recorded.
        A published incident stays published: nothing of what is published changes.

        Args:
            name: As for `of`.
            files: The files, as they were read.
            kind: What `name` is.
            author: Who attaches them.
            reason: Why, or from where.
            recorded_at: As for `store.write.add`.

        Raises:
            NotFoundError: There is no such incident or source.
            RefusedError: There is no author, or all contents together would be too large.
        """
        with changing(self._opened, author, reason, recorded_at, needs_reason=False) as (connection, setting, who):
            subject = erasure.find_subject(connection, kind, name)
            listed = contents.listed_in(subject.document(subject.state))
            every = contents.with_files(listed, files)
            revised = self._list(connection, subject, every, (setting, who, "attach"))
            stored = contents.store_contents(connection, files)
            erased = contents.erasures(connection)
        before = {one.sha256: erased[one.sha256] for one in stored if one.sha256 in erased}
        return contents.Attached(revised, every[len(listed) :], stored, before)

    def remove(
        self,
        name: str,
        words: Sequence[str],
        *,
        kind: Owner = "incident",
        author: str,
        reason: str,
        recorded_at: datetime | None = None,
    ) -> Unlisted:
        """Remove attachments from an incident or source; earlier revisions list them still, and the contents remain.

        Args:
            name: As for `of`.
            words: The files, each as for `content`.
            kind: What `name` is.
            author: Who removes them.
            reason: Why.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such incident, source or attachment.
            RefusedError: There is no author or reason.
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            subject = erasure.find_subject(connection, kind, name)
            listed = contents.listed_in(subject.document(subject.state))
            gone = {chosen(listed, word, subject.name).sha256 for word in words}
            left = tuple(one for one in listed if one.sha256 not in gone)
            revised = self._list(connection, subject, left, (setting, who, "detach"))
            here = contents.stored_sizes(connection)
        removed = tuple(one for one in listed if one.sha256 in gone)
        return contents.Unlisted(revised, removed, tuple(one for one in removed if one.sha256 in here))

    def erase(self, digits: str, *, author: str, reason: str, recorded_at: datetime | None = None) -> ErasedContent:
        """Erase a content from the database and from the bytes of the file; lists and history name it still.

        Args:
            digits: Six or more first digits of its SHA-256.
            author: Who erases it.
            reason: Why.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: No content begins with these digits, or several do.
            RefusedError: There is no author or reason.
            DatabaseError: The content is erased, but another program keeps the file from being rewritten.
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, _, who):
            sha256, size = contents.find_content(connection, digits)
            erased = contents.erase_content(connection, sha256, size, who)
        self._opened.session.rewrite()
        return erased

    def _list(
        self,
        connection: Connection,
        subject: Subject,
        listed: Sequence[AttachmentDraft],
        means: tuple[Setting, Author, str],
    ) -> Revised:
        """Record another list of attachments of a subject, if it differs."""
        setting, who, _ = means
        if subject.kind == "source":
            documents = [one.model_dump(mode="json", exclude_none=True) for one in listed]
            return revise_keyed(connection, "source", subject.id, {"attachments": documents or None}, (setting, who))
        current = changes.find(connection, subject.name)
        draft = draft_of(current.state).model_copy(update={"attachments": tuple(listed)})
        return changes.revise(connection, current, draft, means, strays=False)
