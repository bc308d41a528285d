"""Attachments in lists and cards: their rows, and whether and how large their contents are, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.geo.translation import many, tr

if TYPE_CHECKING:
    from willay.events.store.record.contents import Attachment


_KIB = 1024


def attachment_row(one: Attachment) -> dict[str, Any]:
    """Return an attachment as a row, with everything."""
    document = one.draft.model_dump(mode="json", exclude_none=True)
    return {"kind": one.kind, "belongs_to": one.name, **document, "content": content_in_words(one)}


def content_in_words(one: Attachment) -> str:
    """Return whether the content of an attachment is in the database, in words."""
    if one.is_here:
        return tr("stored")
    if one.erased:
        return tr("erased {day}", day=f"{one.erased.recorded_at:%Y-%m-%d}")
    return tr("not stored here")


def size_in_words(size: int) -> str:
    """Return a number of bytes as people write it: `900 bytes`, `12 kB`, `3.4 MB`."""
    if size < _KIB:
        return many(size, "byte")
    return f"{size / _KIB:.0f} kB" if size < _KIB**2 else f"{size / _KIB**2:.1f} MB"
