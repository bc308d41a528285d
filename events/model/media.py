"""Media types of files by their content, never by their name; and the endings that files of each type may have.

The types are those of IANA's registry (https://www.iana.org/assignments/media-types); where a format begins with fixed
bytes, they are those that its specification states.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

UNKNOWN: Final = "application/octet-stream"
"""The media type of a content that is not recognised (RFC 2046, section 4.5.1)."""

TEXT: Final = "text/plain"
ARCHIVE: Final = "application/zip"

PEEKED_BYTES: Final = 64 * 1024
"""How much of the beginning of a file is examined."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ENDINGS: Final = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "image/heic": (".heic",),
    "image/avif": (".avif",),
    "application/pdf": (".pdf",),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov",),
    "audio/mp4": (".m4a",),
    "audio/mpeg": (".mp3",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/wav": (".wav",),
    ARCHIVE: (".zip",),
    f"{_OFFICE}wordprocessingml.document": (".docx",),
    f"{_OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{_OFFICE}presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    TEXT: (".txt", ".csv", ".md", ".log"),
}
_OTHER: Final = (".bin",)

_BEGINNINGS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
)
"""Where fixed bytes are in a file, which, and of what type it is then."""

_CONTAINERS: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
"""Media types by the kind of a RIFF file, at byte 8."""

_BRANDS: Final = {
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"heic": "image/heic", b"heix": "image/heic",
    b"mif1": "image/heic", b"avif": "image/avif",
}  # fmt: skip
"""Media types by the brand of an ISO base media file (ISO/IEC 14496-12), at byte 8; others are video/mp4."""

_IN_ARCHIVES: Final = (
    ("word/", f"{_OFFICE}wordprocessingml.document"),
    ("xl/", f"{_OFFICE}spreadsheetml.sheet"),
    ("ppt/", f"{_OFFICE}presentationml.presentation"),
)
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument.text"
_ZIP: Final = b"PK\x03\x04"
_ZIP_NAME_AT: Final = 30
_CONTROLS: Final = frozenset(range(32)) - {*b"\t\n\r\f"} | {127}


def media_type_of(content: bytes) -> str:
    """Return the media type of a content, or of the beginning of a large one.

    Args:
        content: The content; its first `PEEKED_BYTES` decide, and the list of an archive, which is at its end.
    """
    for place, fixed, found in _BEGINNINGS:
        if content[place : place + len(fixed)] == fixed:
            return found
    if content[:4] == b"RIFF":
        return _CONTAINERS.get(content[8:12], UNKNOWN)
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    if content[:4] == _ZIP:
        return _archive_type(content)
    return TEXT if _is_text(content[:PEEKED_BYTES]) else UNKNOWN


def _archive_type(content: bytes) -> str:
    if content[_ZIP_NAME_AT : _ZIP_NAME_AT + len(_OPEN_DOCUMENT)] == _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT.removeprefix(b"mimetype").decode()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:  # its list alone is read; nothing is unpacked
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ARCHIVE
    if "[Content_Types].xml" not in names:
        return ARCHIVE
    found = (kind for folder, kind in _IN_ARCHIVES if any(name.startswith(folder) for name in names))
    return next(found, ARCHIVE)


def _is_text(beginning: bytes) -> bool:
    """Return whether a beginning is UTF-8 without control characters; its last character may be cut."""
    try:
        beginning.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return False
    return not _CONTROLS.intersection(beginning)


def endings_of(media_type: str) -> tuple[str, ...]:
    """Return the endings that a file of a media type may have, the usual one first; `.bin` for one that is unknown."""
    return _ENDINGS.get(media_type, _OTHER)
