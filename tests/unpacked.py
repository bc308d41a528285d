"""What the bytes of a file say: as they are, and unpacked, where documents are packed in them."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from willay.events.store.schema.packing import DICTIONARY

if TYPE_CHECKING:
    from pathlib import Path

_BEGINNING = re.compile(b"\x78[\x01\xbb]")
"""How what zlib packed begins, without and with the dictionary of `packing`, at its levels."""


def said_by(path: Path) -> bytes:
    """Return the bytes of a file, and after them all that can be unpacked from anywhere in it, also from free pages."""
    data = path.read_bytes()
    return b"\n".join([data, *(_unpacked(data[found.start() :]) for found in _BEGINNING.finditer(data))])


def _unpacked(data: bytes) -> bytes:
    """Return what can be unpacked until the end, or until the stream is interrupted, as at the end of a page."""
    stream, said = zlib.decompressobj(zdict=DICTIONARY), []
    try:
        for start in range(0, len(data), 64):
            said.append(stream.decompress(data[start : start + 64]))
            if stream.eof:
                break
    except zlib.error:
        pass
    return b"".join(said)
