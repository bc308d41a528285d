"""Text tables: CSV and its kin as rows of cells, read as they are asked for, plain or packed."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from willay.events.exchange.incoming.reports import OUR_COLUMNS
from willay.events.exchange.outgoing.spreadsheet import restored
from willay.events.model.errors import RefusedError
from willay.geo import check_archive
from willay.geo.errors import ArchiveError
from willay.geo.inputs import reason_of
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_CELL: Final = 1 << 20
"""Maximum length of a cell; a longer cell is a sign of an unclosed quotation mark."""

FALLBACK: Final = "cp1252"
"""The encoding used if a file is not UTF-8 and no encoding is given."""

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of text that is open for reading.

    Attributes:
        columns: The cells of the first row.
        rows: The other rows, as lists of cells; can be walked once. A row may be shorter or longer than the first.
        encoding: What it is read as.
        delimiter: What separates cells.
        guessed: Whether the encoding is only what remained after UTF-8 was ruled out.
    """

    columns: tuple[str, ...]
    rows: Iterator[list[str]]
    encoding: str
    delimiter: str
    guessed: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of it."""
        if not self.guessed:
            return ()
        return (
            tr(
                "The file is not UTF-8; it is read as {encoding}. To use another encoding: --encoding NAME.",
                encoding=self.encoding,
            ),
        )


def open_table(path: Path, *, delimiter: str = ",", encoding: str | None = None) -> TextTable:
    """Open a text table whose first row has the names of its columns.

    A file ending in .gz or .zip (with one member) is unpacked as it is read. The columns that the table of quarantined
    rows has before the file's own are taken away, and its cells made as they were.

    Args:
        path: The file.
        delimiter: What separates cells.
        encoding: What to read it as; None detects it from its first bytes and from whether it is UTF-8 throughout.

    Raises:
        RefusedError: There is no such file, or it is packed otherwise, empty or not in the encoding named.
    """
    known, guessed = (encoding, False) if encoding else _encoding_of(path)
    rows = _rows(path, delimiter, known)
    header = next(rows, None)
    if not header:
        raise RefusedError(tr("{path} is empty. Expected a table whose first row names its columns.", path=path))
    if tuple(header[: len(OUR_COLUMNS)]) == OUR_COLUMNS:
        own = len(OUR_COLUMNS)
        mended = ([restored(cell) for cell in row[own:]] for row in rows)
        return TextTable(tuple(restored(name) for name in header[own:]), mended, known, delimiter, guessed)
    return TextTable(tuple(name.strip() for name in header), rows, known, delimiter, guessed)


def _rows(path: Path, delimiter: str, encoding: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL)
    try:
        with open_unpacked(path) as packed, io.TextIOWrapper(packed, encoding=encoding, newline="") as text:
            for row in csv.reader(text, delimiter=delimiter):
                if row:
                    yield row
    except UnicodeError as error:
        message = tr(
            "{path} is not valid {encoding} ({error}). Specify its encoding: --encoding NAME, such as cp1252.",
            path=path,
            encoding=encoding,
            error=error,
        )
        raise RefusedError(message) from None
    except csv.Error as error:
        raise RefusedError(
            tr(
                "{path}: {error}. Check for an unclosed quotation mark, and that the file is a text table.",
                path=path,
                error=error,
            )
        ) from None
    except LookupError:
        raise RefusedError(
            tr("Unknown encoding {encoding!r}. Try utf-8, cp1252, latin-1 or utf-16.", encoding=encoding[:40])
        ) from None


@contextmanager
def open_unpacked(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to read its bytes, unpacked where it is a .gz or a .zip with one member.

    Raises:
        RefusedError: It cannot be read, or a zip archive has several members or is locked.
    """
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as file:
                yield file  # type: ignore[misc]  # a GzipFile reads bytes
        elif path.suffix.lower() == ".zip":
            check_archive(path)
            with zipfile.ZipFile(path) as archive, archive.open(_member(path, archive)) as member:
                yield member
        else:
            with path.open("rb") as file:
                yield file
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, ArchiveError) as error:
        raise RefusedError(
            tr(
                "{path} is damaged or not an archive ({error}). Get the file again, or unpack it first.",
                path=path,
                error=error,
            )
        ) from None
    except OSError as error:
        raise RefusedError(
            tr(
                "{path} cannot be read: {reason}. Check the name and the permissions.",
                path=path,
                reason=reason_of(error),
            )
        ) from None
    except RuntimeError as error:  # zipfile's word for a password
        raise RefusedError(tr("{path} cannot be unpacked: {error}. Unpack it first.", path=path, error=error)) from None


def _member(path: Path, archive: zipfile.ZipFile) -> str:
    names = [info.filename for info in archive.infolist() if not info.is_dir()]
    if len(names) != 1:
        shown = ", ".join(names[:5])
        raise RefusedError(
            tr(
                "{path} holds {n:,} files ({shown}). Unpack the archive and give one of its files.",
                path=path,
                n=len(names),
                shown=shown[:80],
            )
        )
    return names[0]


def _encoding_of(path: Path) -> tuple[str, bool]:
    """Detect the encoding of a file: by its mark, else UTF-8 if it is that throughout; and whether that is a guess."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open_unpacked(path) as file:
        part = file.read(_READ_AT_ONCE)
        for mark, name in _MARKS:
            if part.startswith(mark):
                return name, False
        try:
            while part:
                decoder.decode(part)
                part = file.read(_READ_AT_ONCE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return FALLBACK, True
    return "utf-8", False
