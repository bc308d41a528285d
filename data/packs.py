"""Packs: one compact file for each country, opened when something of the country is asked for.

A pack begins with `willay-pack 1` and a line feed, then the length of its head (four bytes, little-endian), the head as
JSON (UTF-8), and its sections one after another, each compressed as raw LZMA2. The head has the facts of a country that
cost nothing to read, and under `sections` where each section begins (counted from the end of the head) and its length.

A section is a row of columns. A column of whole numbers is its count (four bytes), the number of bytes of each (one
byte) and the numbers in zigzag, all their first bytes, then all their second ones, and so on. A column of texts is the
length of its bytes (four) and the texts in UTF-8 with a line feed between two.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from willay.data.errors import DataError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    import numpy as np
    from numpy.typing import NDArray

MAGIC: Final = b"willay-pack 1\n"
DICTIONARY_BYTES: Final = 1 << 22
"""How far back the compression looks; reading takes this much memory."""

LENGTH: Final = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose head has been read.

    Attributes:
        file: Where it is.
        head: Facts of the country, as JSON.
        start: Where its sections begin.
    """

    file: Traversable
    head: Mapping[str, Any]
    start: int

    def has(self, section: str) -> bool:
        """Return whether it has a section."""
        return section in self.head["sections"]

    def section(self, name: str) -> Columns:
        """Read a section and return its columns, to be taken one after another."""
        offset, length = self.head["sections"][name]
        with self.file.open("rb") as file:
            file.seek(self.start + offset)
            return Columns(_unpacked(file.read(length)))


class Columns:
    """The columns of a section, taken one after another in the order in which they were written."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def ints(self) -> NDArray[np.int64]:
        """Take a column of whole numbers."""
        import numpy as np  # noqa: PLC0415 — the head of a pack needs none

        (count,), width = LENGTH.unpack_from(self._data, self._at), self._data[self._at + LENGTH.size]
        begin = self._at + LENGTH.size + 1
        self._at = begin + count * width
        planes = np.frombuffer(self._data, np.uint8, count * width, begin).reshape(width, count)
        folded = np.zeros(count, np.int64)
        for place, plane in enumerate(planes):
            folded |= plane.astype(np.int64) << (8 * place)
        plain: NDArray[np.int64] = (folded >> 1) ^ -(folded & 1)
        return plain

    def texts(self) -> list[str]:
        """Take a column of texts."""
        (length,) = LENGTH.unpack_from(self._data, self._at)
        begin = self._at + LENGTH.size
        self._at = begin + length
        return self._data[begin : self._at].decode("utf-8").split("\n") if length else []


def read_pack(file: Traversable) -> Pack:
    """Read the head of a pack.

    Raises:
        DataError: The file is not a pack.
    """
    with file.open("rb") as opened:
        begin = opened.read(len(MAGIC) + LENGTH.size)
        if not begin.startswith(MAGIC) or len(begin) < len(MAGIC) + LENGTH.size:
            raise DataError(tr("{name} is not a pack of a country. Reinstall willay.", name=file.name))
        (length,) = LENGTH.unpack_from(begin, len(MAGIC))
        return Pack(file, json.loads(opened.read(length)), len(begin) + length)


@cache
def shipped_pack(name: str) -> Pack | None:
    """Return the pack of a country (ISO 3166-1 alpha-2), or `base` (the base map), or None where there is none."""
    if not name.isalnum():
        return None
    file = files("willay.data") / "world" / f"{name}.pack"
    return read_pack(file) if file.is_file() else None


def filters() -> list[dict[str, int]]:
    """Return how sections are compressed, for the module lzma."""
    import lzma  # noqa: PLC0415 — some Pythons are built without it

    return [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": DICTIONARY_BYTES}]


def _unpacked(data: bytes) -> bytes:
    try:
        import lzma  # noqa: PLC0415 — as above
    except ImportError:
        raise DataError(
            tr("This Python was built without lzma, which the packs of countries need. Use another Python.")
        ) from None
    return lzma.decompress(data, lzma.FORMAT_RAW, filters=filters())
