"""Writing packs, which `willay.data.packs` reads."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING, Any

import numpy as np

from willay.data.packs import LENGTH, MAGIC, filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


def packed_ints(values: NDArray[Any]) -> bytes:
    """Return a column of whole numbers of less than 2^62."""
    plain = np.asarray(values, np.int64)
    folded = (plain << 1) ^ (plain >> 63)
    width = (int(folded.max()).bit_length() + 7) // 8 if folded.size else 0
    planes = np.ascontiguousarray(folded.astype("<u8")).view(np.uint8).reshape(-1, 8).T[:width]
    return LENGTH.pack(folded.size) + bytes([width]) + planes.tobytes()


def packed_texts(texts: list[str]) -> bytes:
    """Return a column of texts, none of which has a line feed."""
    if any("\n" in text for text in texts) or texts == [""]:
        raise ValueError("A column of texts takes no line feeds, and not one empty text alone.")
    data = "\n".join(texts).encode()
    return LENGTH.pack(len(data)) + data


def pack_bytes(head: Mapping[str, Any], sections: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a pack of a head and sections of columns."""
    packed = {name: _packed(data) for name, data in sections.items()}
    offset, places = 0, {}
    for name, data in packed.items():
        places[name] = [offset, len(data)]
        offset += len(data)
    text = json.dumps({**head, "sections": places}, ensure_ascii=False, separators=(",", ":")).encode()
    return MAGIC + LENGTH.pack(len(text)) + text + b"".join(packed.values())


def _packed(data: bytes) -> bytes:
    return lzma.compress(data, lzma.FORMAT_RAW, filters=filters())
