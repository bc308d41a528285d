"""Attachments: a file that belongs to an incident or a source, known by its SHA-256; and the names it may be saved by.

A document lists its attachments; their content is stored apart from it and from its history (`store.attachments`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import AfterValidator, Field

from willay.events.model.draftbase import REDACTED, Draft
from willay.events.model.errors import NotFoundError
from willay.events.model.fields import never
from willay.events.model.fieldtypes import Sensitivity, Texts  # noqa: TC001 — pydantic reads the annotations at run time
from willay.events.model.media import endings_of
from willay.geo.names import name_fault
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

LARGEST_BYTES: Final = 25 * 1024**2
"""Maximum size of a file whose content a database stores: most mail servers accept no more."""

TOGETHER_BYTES: Final = 1024**3
"""Maximum size of all contents of a database together: an encrypted copy is made in memory, and of at most 2 GB."""

SHOWN_DIGITS: Final = 12
"""Digits of a SHA-256 by which lists name a file; 48 bits."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DIGITS: Final = re.compile(r"[0-9a-f]{6,64}")
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_LONGEST_NAME: Final = 120
_LONGEST_ENDING: Final = 10


def _sha256(text: str) -> str:
    """Return a SHA-256; the mark of a redacted one is accepted, so that a past state can be read."""
    digits = text.lower()
    if digits != REDACTED and not _SHA256.fullmatch(digits):
        message = tr("{text!r} is not a SHA-256. Expected 64 digits from 0 to 9 and a to f.", text=text[:80])
        raise ValueError(message)
    return digits


def _media_type(text: str) -> str:
    if not _TYPE.fullmatch(text):
        message = tr("{text!r} is not a media type. Write it in lower case, such as image/jpeg.", text=text[:80])
        raise ValueError(message)
    return text


class AttachmentDraft(Draft):
    """A file that belongs to an incident or a source, as its document lists it.

    Attributes:
        sha256: SHA-256 of its content, hexadecimal, lower case.
        size: Its size, bytes.
        media_type: What its content is (RFC 6838), such as `image/jpeg`.
        name: The name that the file had; None where it is not known.
        caption: What it shows.
        sensitivity: How carefully the file must be handled (codebook: sensitivity); None means public. No attachment
            is passed on in any case (docs/adr/0025-attachments.md).
    """

    sha256: Annotated[str, AfterValidator(_sha256), never()]
    size: Annotated[int, Field(gt=0), never("codes")]
    media_type: Annotated[str, AfterValidator(_media_type), never("codes")]
    name: Annotated[str | None, never()] = None
    caption: Annotated[Texts | None, never()] = None
    sensitivity: Annotated[Sensitivity | None, never("level")] = None

    @property
    def digits(self) -> str:
        """The first digits of its SHA-256."""
        return self.sha256[:SHOWN_DIGITS]

    @property
    def called(self) -> str:
        """Its name, or the first digits of its SHA-256."""
        return self.name or self.digits


def _each_once(attachments: tuple[AttachmentDraft, ...]) -> tuple[AttachmentDraft, ...]:
    seen: set[str] = set()
    for one in attachments:
        if one.sha256 in seen and one.sha256 != REDACTED:
            message = tr("The file with SHA-256 {digits}… is listed twice. List each file once.", digits=one.digits)
            raise ValueError(message)
        seen.add(one.sha256)
    return attachments


AttachmentList = Annotated[tuple[AttachmentDraft, ...], AfterValidator(_each_once)]
"""The attachments of a document, each file once."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read to be attached.

    Attributes:
        draft: What the document lists of it.
        content: Its content; None where only its SHA-256, size and type are to be recorded.
    """

    draft: AttachmentDraft
    content: bytes | None = None


def content_sha256(content: bytes) -> str:
    """Return the SHA-256 (hexadecimal) of a content."""
    return hashlib.sha256(content).hexdigest()


def chosen(attachments: Sequence[AttachmentDraft], word: str, whose: str) -> AttachmentDraft:
    """Return the attachment that a person named: by its name, or by six or more first digits of its SHA-256.

    Args:
        attachments: Those there are.
        word: What the person wrote.
        whose: Whose attachments they are, for the message.

    Raises:
        NotFoundError: None of them, or several, are named so.
    """
    asked = word.strip()
    digits = asked.lower() if _DIGITS.fullmatch(asked.lower()) else None
    found = [one for one in attachments if one.name == asked or (digits and one.sha256.startswith(digits))]
    if len({one.sha256 for one in found}) == 1:
        return found[0]
    listed = ", ".join(f"{one.digits}" + (f" ({one.name})" if one.name else "") for one in found or attachments)
    if found:
        raise NotFoundError(
            tr(
                "{asked!r} is the name of several attachments of {whose}: {listed}. Give the first digits of "
                "the SHA-256 instead.",
                asked=asked[:80],
                whose=whose,
                listed=listed,
            )
        )
    raise NotFoundError(
        tr(
            "{whose} has no attachment {asked!r}. It has: {listed}. Give a name, or six or more first digits of the "
            "SHA-256.",
            whose=whose,
            asked=asked[:80],
            listed=listed,
        )
        if listed
        else tr("{whose} has no attachment {asked!r}. It has none.", whose=whose, asked=asked[:80])
    )


def clean_name(name: str) -> str | None:
    """Return the last part of a file's name with `_` for every character that not all systems allow; None if empty."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign if name_fault(f"a{sign}b") is None else "_" for sign in last).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and len(ending) <= _LONGEST_ENDING:
        plain = f"{_cut(stem, _LONGEST_NAME)}.{ending}"
    plain = _cut(plain, _LONGEST_NAME + _LONGEST_ENDING).strip(" .")
    if not plain.strip("_"):
        return None
    return plain if name_fault(plain) is None else f"_{plain}"


def _cut(text: str, most: int) -> str:
    """Cut a text to a number of bytes of UTF-8."""
    return text.encode()[:most].decode(errors="ignore")


def saved_name(attachment: AttachmentDraft) -> str:
    """Return the name by which an attachment is saved: its own, made safe, with an ending that fits its content.

    It has no folder, no sign that some system forbids, and never the ending of a program: a script is saved as
    `run.sh.txt`, whatever its document calls it.
    """
    name = clean_name(attachment.name or "") or attachment.digits
    endings = endings_of(attachment.media_type)
    if any(name.lower().endswith(ending) for ending in endings):
        return name
    return f"{name}{endings[0]}"


def saved_names(attachments: Iterable[AttachmentDraft], taken: Collection[str] = ()) -> list[str]:
    """Return the names by which several attachments are saved in one folder; no two differ only in case.

    Args:
        attachments: The attachments, in the order in which they get their names.
        taken: Names that none may have.
    """
    used = {name.casefold() for name in taken}
    made: list[str] = []
    for one in attachments:
        name = saved_name(one)
        if name.casefold() in used:
            name = f"{one.digits}-{name}"
        used.add(name.casefold())
        made.append(name)
    return made
