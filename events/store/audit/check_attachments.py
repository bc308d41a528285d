"""Attachments examined: every content against its SHA-256 and size, and what is listed against what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.model.advice import command
from willay.events.model.attachments import SHOWN_DIGITS, content_sha256
from willay.events.store.record.contents import all_attachments, listed_ever, read_content, stored_sizes, why_absent
from willay.events.store.results import ERROR, GO_BACK, NOTE, Problem
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection


def content_problems(connection: Connection) -> Iterator[Problem]:
    """Find contents that are not what was attached; each is read once."""
    for name in stored_sizes(connection):
        if content_sha256(read_content(connection, name) or b"") != name:
            message = tr(
                "The content of the attachment {name} does not match its SHA-256. {go_back}",
                name=name,
                go_back=tr(GO_BACK),
            )
            yield Problem(ERROR, tr("attachment {digits}", digits=name[:SHOWN_DIGITS]), message)


def attachment_notes(connection: Connection) -> Iterator[Problem]:
    """Find attachments whose size is not that of their content, or whose content is not here; and contents of none."""
    sizes, listed = stored_sizes(connection), set[str]()
    for one in all_attachments(connection):
        listed.add(one.draft.sha256)
        size = sizes.get(one.draft.sha256, one.draft.size)
        if size != one.draft.size:
            message = tr(
                "{called!r} is listed with {listed:,} bytes, but its content has {size:,}. Correct the list of "
                "attachments.",
                called=one.draft.called,
                listed=one.draft.size,
                size=size,
            )
            yield Problem(NOTE, one.name, message)
        elif not one.is_here:
            message = tr(
                "The content of {called!r} is not in this database{why}",
                called=one.draft.called,
                why=why_absent(one),
            )
            yield Problem(NOTE, one.name, message)
    unlisted = sizes.keys() - listed
    for name in sorted(unlisted - listed_ever(connection).keys()) if unlisted else ():
        message = tr(
            "No incident or source lists this content ({size:,} bytes), now or earlier. To erase it: {command}",
            size=sizes[name],
            command=command("attachment", "erase", name[:SHOWN_DIGITS]),
        )
        yield Problem(NOTE, tr("attachment {digits}", digits=name[:SHOWN_DIGITS]), message)
