"""Which encoding and delimiter a table of text has, detected from its bytes alone."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from willay.events.exchange.incoming.reports import OUR_COLUMNS
from willay.events.exchange.incoming.tabular import open_unpacked
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

DELIMITERS: Final = {",": mark("commas"), ";": mark("semicolons"), "\t": mark("tabs"), "|": mark("bars")}
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD: Final = ("cp1252", "cp850", "mac-roman")
"""Encodings used in Spanish-speaking offices before UTF-8: Windows, DOS, Macintosh; the most likely first."""

_EXPECTED: Final = {
    **dict.fromkeys("áéíóúñü", 3),
    **dict.fromkeys("ÁÉÍÓÚÑÜ", 2),
    **dict.fromkeys("¿¡°º–—“”’«»\u00a0", 1),
    "\ufffd": -1,
}
"""Characters beyond ASCII in such texts, with their weights; the last one stands for an undefined byte."""

_BYTE: Final = 256
_FIRST_HIGH: Final = 128
_READ_AT_ONCE: Final = 1 << 20
_LOOKED_AT: Final = 1 << 16
_ROWS: Final = 40
_MOST_ZEROS: Final = 0.2


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a table of text is written.

    Attributes:
        encoding: Its encoding.
        delimiter: What separates its cells.
        quarantined: It is a table of rows that an earlier import rejected.
        notes: What a reader should know.
    """

    encoding: str
    delimiter: str
    quarantined: bool
    notes: tuple[str, ...]


def look_at(path: Path, encoding: str | None = None) -> TextLook:
    """Detect how a table of text is written.

    An encoding is shown by its mark, by being UTF-8 throughout, by the zero bytes of UTF-16, and else by which of the
    old encodings makes Spanish letters of the bytes.

    Args:
        path: The file; packed or not.
        encoding: Its encoding where it is known.

    Raises:
        RefusedError: The file cannot be read.
    """
    head, told = _survey(path)
    known = encoding or told
    text = head.decode(known, errors="ignore") if _is_known(known) else ""
    delimiter = delimiter_of(text)
    notes = [tr("Cells are separated by {delimiter}.", delimiter=tr(DELIMITERS[delimiter]))] if delimiter != "," else []
    if encoding is None and told not in {"utf-8", "utf-8-sig"}:
        notes.append(
            tr(
                "The file is not UTF-8; it is read as {encoding}. To use another encoding: --encoding NAME.",
                encoding=told,
            )
        )
    quarantined = text.lstrip("\ufeff").startswith(OUR_COLUMNS[0])
    return TextLook(known, delimiter, quarantined, tuple(notes))


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _survey(path: Path) -> tuple[bytes, str]:
    """Return the head of a file, and its encoding by all of it."""
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    often = np.zeros((2, _BYTE), dtype=np.int64)
    with open_unpacked(path) as file:
        head = part = file.read(_READ_AT_ONCE)
        for mark, name in _MARKS:
            if part.startswith(mark):
                return head[:_LOOKED_AT], name
        while part:
            decoder = _still(decoder, part)
            for parity in (0, 1):
                often[parity] += np.bincount(np.frombuffer(part, np.uint8)[parity::2], minlength=_BYTE)
            part = file.read(_READ_AT_ONCE)
    utf_16 = _utf_16(often[:, 0], int(often.sum()))
    valid = decoder is not None and _still(decoder, b"", final=True) is not None
    return head[:_LOOKED_AT], utf_16 or ("utf-8" if valid else old_encoding(often.sum(axis=0)))


def _still(
    decoder: codecs.IncrementalDecoder | None, part: bytes, *, final: bool = False
) -> codecs.IncrementalDecoder | None:
    """Return a decoder for as long as what it is given is UTF-8."""
    try:
        if decoder is not None:
            decoder.decode(part, final)
    except UnicodeDecodeError:
        return None
    return decoder


def _utf_16(zeros: NDArray[np.int64], length: int) -> str | None:
    if not length or zeros.sum() < _MOST_ZEROS * length:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def old_encoding(often: NDArray[np.int64]) -> str:
    """Return the encoding of one byte a letter that makes the most Spanish letters of bytes.

    Args:
        often: How often each of the 256 bytes occurs.
    """
    high = [(byte, int(often[byte])) for byte in range(_FIRST_HIGH, _BYTE) if often[byte]]

    def score(encoding: str) -> int:
        letters = ((bytes([byte]).decode(encoding, errors="replace"), count) for byte, count in high)
        return sum(_EXPECTED.get(letter, 0) * count for letter, count in letters)

    best = max(_OLD, key=score)
    undefined = any(bytes([byte]).decode(best, errors="replace") == "\ufffd" for byte, _ in high)
    return "latin-1" if undefined else best


def delimiter_of(text: str) -> str:
    """Return what separates the cells of a text: what cuts most rows into one same number of cells, above one."""
    whole = text[: text.rfind("\n") + 1] or text

    def score(delimiter: str) -> tuple[int, int]:
        lengths = Counter(_lengths(whole, delimiter))
        lengths.pop(1, None)
        number, rows = max(lengths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return rows, number

    return max(DELIMITERS, key=score)


def _lengths(text: str, delimiter: str) -> list[int]:
    lengths: list[int] = []
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                lengths.append(len(row))
            if len(lengths) == _ROWS:
                break
    except csv.Error:
        pass
    return lengths
