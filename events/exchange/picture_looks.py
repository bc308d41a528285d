"""Pictures that are nearly the same: a photograph that was sent twice, made smaller or saved again.

A look is 64 bits, each for whether a ninth of a line of the picture is darker than the next (difference hash): it
survives another size, compression and small changes of light, not a cut or a turn. It is worked out when it is needed
and stored nowhere.
"""

from __future__ import annotations

import io
import warnings
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from willay.events.model.attachments import AttachmentDraft, FileRead

Place = TypeVar("Place")
"""What a caller finds an attachment by."""

_WIDE: Final = 9
_HIGH: Final = 8
MOST_DIFFERENT: Final = 6
"""Bits, of 64, in which two pictures may differ that are called nearly the same."""

LEAST_STRUCTURE: Final = 8
"""Bits of either kind that a look must have: an empty page is like every other."""

MOST_COMPARED: Final = 200
"""Pictures of a database that a new one is compared with, the latest first."""


def look_of(content: bytes) -> int | None:
    """Return the look of a picture; None where it is none, says nothing, or the library `pillow` is not installed."""
    try:
        from PIL import Image, ImageOps  # noqa: PLC0415 — an extra
    except ModuleNotFoundError:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that is far too large warns
            with Image.open(io.BytesIO(content)) as picture:
                picture.draft("L", (_WIDE * 8, _HIGH * 8))
                small = ImageOps.exif_transpose(picture).convert("L").resize((_WIDE, _HIGH))
                grey = list(small.tobytes())
    except (OSError, ValueError, Warning, SyntaxError, Image.DecompressionBombError):
        return None
    rows = [grey[start : start + _WIDE] for start in range(0, _WIDE * _HIGH, _WIDE)]
    bits = [left < right for row in rows for left, right in pairwise(row)]
    return int("".join("1" if bit else "0" for bit in bits), 2) if is_telling(bits) else None


def is_telling(bits: list[bool]) -> bool:
    """Return whether a look has enough of both kinds of bits to distinguish one picture from another."""
    return LEAST_STRUCTURE <= sum(bits) <= len(bits) - LEAST_STRUCTURE


def are_alike(one: int, other: int) -> bool:
    """Return whether two looks are those of nearly the same picture."""
    return (one ^ other).bit_count() <= MOST_DIFFERENT


def pictures_like(
    files: Sequence[FileRead],
    attached: Iterable[tuple[Place, AttachmentDraft]],
    content: Callable[[Place], bytes | None],
) -> Iterator[tuple[FileRead, Place, bool]]:
    """Yield the files that are attached already, or look like a picture that is, with it and whether it is the same.

    Args:
        files: The files to be attached.
        attached: All attachments of the database, in the order of entry.
        content: Returns the content of one, or None where it is not stored.
    """
    known = list(attached)
    for file in files:
        yield from ((file, place, True) for place, draft in known if draft.sha256 == file.draft.sha256)
    looks = [(file, look) for file in files if (look := _look_of_file(file)) is not None]
    pictures = [(place, draft) for place, draft in reversed(known) if draft.media_type.startswith("image/")]
    for place, draft in pictures[:MOST_COMPARED] if looks else ():
        there = content(place)
        other = look_of(there) if there else None
        for file, look in looks:
            if other is not None and file.draft.sha256 != draft.sha256 and are_alike(look, other):
                yield file, place, False


def _look_of_file(file: FileRead) -> int | None:
    is_picture = file.content is not None and file.draft.media_type.startswith("image/")
    return look_of(file.content) if is_picture and file.content else None
