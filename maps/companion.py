"""The companion of a page: full texts that are too many to travel inside it, in one file next to it.

A page cannot read another file by itself. Its reader opens the companion with the page's own button, and the
page takes from it the block of texts that it needs, never all of them. The file is `magic | uint32 length of the
head | head (JSON: the page's key and the length of each block) | blocks`, little-endian; each block is the gzip
that would have stood inside the page, in bytes rather than base64.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from typing import TYPE_CHECKING, Final

from willay.maps.spec import INSIDE_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from willay.maps.spec import PageSpec

MAGIC: Final = b"willay-texts-1\n"
ENDING: Final = ".texts"


def text_place(spec: PageSpec, blocks: Sequence[str]) -> str:
    """Return where the packed cards of a page go: `inside`, `beside` or `none`."""
    if spec.texts != "auto":
        return spec.texts
    return "inside" if sum(map(len, blocks)) <= INSIDE_BYTES else "beside"


def page_key(core: str) -> str:
    """Return the key that ties a companion to its page: the start of the SHA-256 of the page's core block."""
    return hashlib.sha256(core.encode("ascii")).hexdigest()[:24]


def companion(core: str, blocks: Sequence[str]) -> bytes:
    """Write the companion of the page with a core block, of its packed cards."""
    parts = [base64.b64decode(block) for block in blocks]
    head = json.dumps({"page": page_key(core), "blocks": [len(part) for part in parts]}, separators=(",", ":")).encode()
    return b"".join((MAGIC, struct.pack("<I", len(head)), head, *parts))


def companion_path(page: Path) -> Path:
    """Return where the companion of a page's file lies: the same name with the ending `.texts`."""
    return page.with_suffix(ENDING)
