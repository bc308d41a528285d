"""The payload: columns and texts as a page carries them.

A block is `uint32 length of the header | header (JSON, UTF-8) | arrays, each at a multiple of 8 bytes`,
little-endian, compressed with gzip and written in base64, so that it may stand in a `<script
type="text/plain">`: its alphabet holds no character that HTML or a template could read as markup. The
header's `arrays` says what lies where: `{name: [type, offset, length]}`, offsets counted from the end of the
padded header.
"""

from __future__ import annotations

import base64
import gzip
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own

TYPES: Final = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "i4": np.int32, "f4": np.float32}
"""The types of numbers that the page reads."""

UNKNOWN: Final = -1
"""Stands for a missing number in arrays of counts."""

_ALIGN: Final = 8


def pack(header: Mapping[str, Any], arrays: Mapping[str, Array] | None = None) -> str:
    """Return a block as base64 text; the same input gives the same text.

    Args:
        header: JSON values; the key `arrays` is the block's own.
        arrays: One-dimensional arrays of a type of `TYPES`, by name.

    Raises:
        ValueError: The header has the key `arrays`, or an array is of another type.
    """
    if "arrays" in header:
        raise ValueError("A payload's header cannot have the key 'arrays': the block writes it.")
    index, parts, offset = {}, [], 0
    for name, array in (arrays or {}).items():
        plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
        index[name] = [_type_of(name, array), offset, len(array)]
        parts.append(plain + bytes(-len(plain) % _ALIGN))
        offset += len(parts[-1])
    top = json.dumps({**header, "arrays": index}, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    top += b" " * (-(len(top) + 4) % _ALIGN)
    return base64.b64encode(_gzip(struct.pack("<I", len(top)) + top + b"".join(parts))).decode("ascii")


def unpack(text: str) -> tuple[dict[str, Any], dict[str, Array]]:
    """Read a block back: its header and its arrays, as `pack` was given them."""
    data = gzip.decompress(base64.b64decode(text))
    (length,) = struct.unpack_from("<I", data)
    header: dict[str, Any] = json.loads(data[4 : 4 + length])
    start = 4 + length
    arrays = {
        name: np.frombuffer(data, np.dtype(TYPES[kind]).newbyteorder("<"), count, start + offset)
        for name, (kind, offset, count) in header.pop("arrays").items()
    }
    return header, arrays


def smallest(values: Array) -> Array:
    """Return whole numbers from 0 up in the narrowest unsigned type that holds them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(np.uint8 if top < 1 << 8 else np.uint16 if top < 1 << 16 else np.uint32)


def _type_of(name: str, array: Array) -> str:
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    if kind not in TYPES:
        raise ValueError(f"Array {name!r} is {array.dtype}. A page reads {', '.join(TYPES)}.")
    return kind


def _gzip(data: bytes) -> bytes:
    """Compress with a header that names no time and no system, so that the bytes depend on the data only."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return (
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
        + body
        + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    )
