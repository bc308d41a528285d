"""The payload: columns and texts as a page carries them.

A block is `uint32 length of the header | header (JSON, UTF-8) | arrays, each at a multiple of 8 bytes`,
little-endian, compressed with gzip and written in base64, so that it may stand in a `<script
type="text/plain">`: its alphabet holds no character that HTML or a template could read as markup. The
header's `arrays` says what lies where: `{name: [type, offset, length, form]}`, offsets counted from the end of
the padded header.

Numbers of more than one byte are written in planes: the first bytes of all, then the second bytes of all, and
so on, since bytes of one weight are alike and compress well (form `planes`). Numbers that never fall are written
as steps from one to the next before (form `steps`). One byte a number stays as it is (form `plain`).
"""

from __future__ import annotations

import base64
import gzip
import json
import struct
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]  # Any: each array has a type of its own
    Items = Sequence[bytes]
    """The items of a list, each of them JSON."""

TYPES: Final = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "i4": np.int32, "f4": np.float32}
"""The number types that the page can read."""

_ALIGN: Final = 8

_LARGE: Final = 4_000_000
"""Blocks of at least this many bytes are compressed a little less: half the time for a few per cent more size."""


def pack(header: Mapping[str, Any], arrays: Mapping[str, Array] | None = None) -> str:
    """Return a block as base64 text; the same input gives the same text.

    Args:
        header: JSON values; the key `arrays` is the block's own.
        arrays: One-dimensional arrays of a type of `TYPES`, by name.

    Raises:
        ValueError: The header has the key `arrays`, or an array is of another type.
    """
    if "arrays" in header:
        raise ValueError(tr("The header of a payload must not have the key 'arrays', which the block itself writes."))
    index, parts = _laid_out(arrays or {})
    top = json.dumps({**header, "arrays": index}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _block(top.encode(), parts)


def pack_json(
    header: Mapping[str, Sequence[bytes] | Mapping[str, Sequence[bytes]]], arrays: Mapping[str, Array]
) -> str:
    """Return a block as `pack` does, of lists and of objects of lists whose items are JSON already."""
    index, parts = _laid_out(arrays)
    members = [b'"%s":%s' % (name.encode(), _json_of(value)) for name, value in header.items()]
    members.append(b'"arrays":' + json.dumps(index, separators=(",", ":")).encode())
    return _block(b"{" + b",".join(members) + b"}", parts)


def _json_of(value: Sequence[bytes] | Mapping[str, Sequence[bytes]]) -> bytes:
    if isinstance(value, Mapping):
        return (
            b"{"
            + b",".join(b"%s:%s" % (json.dumps(name).encode(), _json_of(one)) for name, one in value.items())
            + b"}"
        )
    return b"[" + b",".join(value) + b"]"


def _laid_out(arrays: Mapping[str, Array]) -> tuple[dict[str, list[Any]], list[bytes]]:
    """Return where each array lies, and the bytes of all."""
    index: dict[str, list[Any]] = {}
    parts, offset = [], 0
    for name, array in arrays.items():
        form = _form(array)
        written = _written(array, form)
        index[name] = [_type_of(name, array), offset, len(array), form]
        parts += [written, bytes(-len(written) % _ALIGN)]
        offset += len(written) + len(parts[-1])
    return index, parts


def _block(top: bytes, parts: Sequence[bytes]) -> str:
    top += b" " * (-(len(top) + 4) % _ALIGN)
    return base64.b64encode(_gzip([struct.pack("<I", len(top)), top, *parts])).decode("ascii")


def unpack(text: str) -> tuple[dict[str, Any], dict[str, Array]]:
    """Read a block back: its header and its arrays, as `pack` was given them."""
    data = gzip.decompress(base64.b64decode(text))
    (length,) = struct.unpack_from("<I", data)
    header: dict[str, Any] = json.loads(data[4 : 4 + length])
    start = 4 + length
    arrays = {
        name: _read(memoryview(data)[start + offset :], np.dtype(TYPES[kind]), count, form)
        for name, (kind, offset, count, form) in header.pop("arrays").items()
    }
    return header, arrays


def _form(array: Array) -> str:
    """Choose how an array is written."""
    if array.dtype.kind != "f" and len(array) > 1 and bool((array[1:] >= array[:-1]).all()):
        return "steps"
    return "planes" if array.dtype.itemsize > 1 else "plain"


def _written(array: Array, form: str) -> bytes:
    if form == "plain":
        return array.tobytes()
    plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
    if form == "steps":
        plain = np.diff(plain, prepend=plain.dtype.type(0))  # whole numbers wrap round here and back in `_read`
    return plain.view(np.uint8).reshape(len(array), -1).T.tobytes() if len(array) else b""


def _read(data: memoryview, dtype: np.dtype[Any], count: int, form: str) -> Array:
    planes = np.frombuffer(data, np.uint8, count * dtype.itemsize).reshape(dtype.itemsize, count)
    array = np.ascontiguousarray(planes.T).view(dtype.newbyteorder("<")).reshape(count)
    return np.cumsum(array, dtype=dtype) if form == "steps" else array


def smallest(values: Array) -> Array:
    """Return whole numbers from 0 up in the narrowest unsigned type that holds them."""
    top = int(values.max()) if len(values) else 0
    return values.astype(np.uint8 if top < 1 << 8 else np.uint16 if top < 1 << 16 else np.uint32)


def _type_of(name: str, array: Array) -> str:
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    if kind not in TYPES:
        raise ValueError(
            tr(
                "Array {name!r} is {dtype}. Types that a page can read: {types}.",
                name=name,
                dtype=array.dtype,
                types=", ".join(TYPES),
            )
        )
    return kind


def _gzip(parts: Sequence[bytes]) -> bytes:
    """Compress with a header that names no time and no system, so that the bytes depend on the data only.

    The parts are compressed one after the other, as what they are joined would be, without joining them.
    """
    length = sum(map(len, parts))
    packer = zlib.compressobj(9 if length < _LARGE else 6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body, check = [], 0
    for part in parts:
        body.append(packer.compress(part))
        check = zlib.crc32(part, check)
    body.append(packer.flush())
    end = struct.pack("<II", check, length & 0xFFFFFFFF)
    return b"".join([b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", *body, end])
