"""Attachments examined: every content against its SHA-256 and size, and what is listed against what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.model.advice import command
from willay.events.model.attachments import SHOWN_DIGITS, content_sha256
from willay.events.store.record.contents import all_attachments, listed_ever, read_content, stored_sizes, why_absent
from willay.events.store.results import ERROR, GO_BACK, NOTE, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection


def content_problems(connection: Connection) -> Iterator[Problem]:
    """Find contents that are not what was attached; each is read once."""
    for name in stored_sizes(connection):
        if content_sha256(read_content(connection, name) or b"") != name:
            message = f"The content of the attachment {name} does not match its SHA-256. {GO_BACK}"
            yield Problem(ERROR, f"attachment {name[:SHOWN_DIGITS]}", message)


def attachment_notes(connection: Connection) -> Iterator[Problem]:
    """Find attachments whose size is not that of their content, or whose content is not here; and contents of none."""
    sizes, listed = stored_sizes(connection), set[str]()
    for one in all_attachments(connection):
        listed.add(one.draft.sha256)
        size = sizes.get(one.draft.sha256, one.draft.size)
        if size != one.draft.size:
            message = f"{one.draft.called!r} is listed with {one.draft.size:,} bytes, but its content has {size:,}."
            yield Problem(NOTE, one.name, f"{message} Correct the list of attachments.")
        elif not one.is_here:
            message = f"The content of {one.draft.called!r} is not in this database{why_absent(one)}"
            yield Problem(NOTE, one.name, message)
    unlisted = sizes.keys() - listed
    for name in sorted(unlisted - listed_ever(connection).keys()) if unlisted else ():
        message = (
            f"No incident or source lists this content ({sizes[name]:,} bytes), now or earlier. "
            f"To erase it: {command('attachment', 'erase', name[:SHOWN_DIGITS])}"
        )
        yield Problem(NOTE, f"attachment {name[:SHOWN_DIGITS]}", message)
