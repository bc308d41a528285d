"""Everything that is in a file, as text: what is packed, encoded, compressed or in columns as well."""

from __future__ import annotations

import base64
import gzip
import io
import re
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import fiona
import pyarrow.parquet as pq

_BASE64 = re.compile(rb"[A-Za-z0-9+/]{120,}={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def everything_in(path: Path) -> str:
    """Return all that a file holds."""
    return "\n".join(_texts(path.name, path.read_bytes()))


def _texts(name: str, content: bytes) -> list[str]:
    found = [content.decode("utf-8", "replace"), content.decode("latin-1")]
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                found += [member, *_texts(member, archive.read(member))]
    elif content[:2] == b"\x1f\x8b":
        found += _texts(name, gzip.decompress(content))
    elif content[:4] == b"PAR1":
        table = pq.read_table(io.BytesIO(content))
        found += [str(table.to_pydict()), str(table.schema.metadata)]
    elif content[:15] == b"SQLite format 3":
        with _AsFile(content, ".gpkg") as path, closing(sqlite3.connect(path)) as file:
            found += list(file.iterdump())
    elif content[:4] == b"%PDF":
        found += [_inflated(part).decode("latin-1") for part in _STREAM.findall(content)]
    elif content[:4] == b"fgb\x03":
        with _AsFile(content, ".fgb") as path, fiona.open(path) as layer:
            found += [str(layer.schema), *(str(dict(one["properties"])) for one in layer)]
    for packed in _BASE64.findall(content):
        raw = base64.b64decode(packed[: len(packed) // 4 * 4])
        if raw[:2] == b"\x1f\x8b":
            found += _texts(name, gzip.decompress(raw))
        else:
            found.append(raw.decode("utf-8", "replace"))
    return found


class _AsFile:
    """A file with some content, for libraries that want one."""

    def __init__(self, content: bytes, suffix: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / f"x{suffix}"
        self._path.write_bytes(content)

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part
