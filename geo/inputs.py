"""Files that are read: what has no end, or is not a file, is refused in words before anything reads it.

A pipe makes a reader wait for ever, and a device such as /dev/zero never ends.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from willay.geo.errors import InputFileError, MissingFileError, NotTextError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN_OF_A_PATH: Final = 80
LONGEST_STREAM: Final = 1 << 28
"""Maximum number of bytes read from a stream that does not end."""

_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a disk"),
)
_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "the file or folder does not exist",
    errno.EACCES: "you do not have permission to open it",
    errno.EPERM: "you do not have permission",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.EEXIST: "it already exists",
    errno.ENOTEMPTY: "the folder is not empty",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links form a loop",
    errno.EMFILE: "too many files are open",
    errno.EBUSY: "another program is using it",
    errno.EIO: "the disk does not respond",
}
"""The meaning of common system errors."""


def named(path: str | Path) -> str:
    """Return a path as a message names it: quoted, and of a long one the end."""
    text = str(path)
    return f"'{text}'" if len(text) <= SHOWN_OF_A_PATH else f"'…{text[1 - SHOWN_OF_A_PATH :]}'"


def reason_of(problem: BaseException) -> str:
    """Return why a file cannot be opened or written, in words and without the system's number."""
    if not isinstance(problem, OSError) or problem.errno is None:
        return str(problem).rstrip(".")
    return _REASONS.get(problem.errno) or (problem.strerror or "the system refused access").rstrip(".").lower()


def input_file(path: str | Path, *, folder: bool = False) -> Path:
    """Return the path of something that can be read to its end, without opening it.

    Args:
        path: A file.
        folder: Whether a folder will do, as for a file geodatabase.

    Raises:
        MissingFileError: There is none.
        InputFileError: It is a folder, pipe, socket or device, or cannot be reached.
    """
    asked = Path(path)
    try:
        mode = os.stat(asked).st_mode  # noqa: PTH116 — the kind of a file, which pathlib asks one by one
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFileError(f"The file {named(path)} does not exist. Check the name and the folder.") from None
    except (OSError, ValueError) as problem:
        raise InputFileError(f"{named(path)} cannot be read: {reason_of(problem)}. Check the name.") from problem
    if stat.S_ISREG(mode) or (folder and stat.S_ISDIR(mode)):
        return asked
    kind = _kind(mode)
    way = "Give a file in it." if stat.S_ISDIR(mode) else "Save its contents to a file, and give that file."
    raise InputFileError(f"{named(path)} is {kind}, but a file was expected. {way}")


def kind_of(path: str | Path) -> str:
    """Return what something that is there is, in words: a folder, a pipe, a socket, a device, a file."""
    mode = os.stat(path).st_mode  # noqa: PTH116 — as above
    return "a file" if stat.S_ISREG(mode) else _kind(mode)


def _kind(mode: int) -> str:
    return next((name for is_one, name in _KINDS if is_one(mode)), "no file")


def input_text(path: str | Path) -> str:
    """Return the text of a file in UTF-8, without the mark that some programs put first.

    Raises:
        MissingFileError, InputFileError: As for `input_file`; or the file cannot be read.
        NotTextError: It is not UTF-8.
    """
    file = input_file(path)
    try:
        return _decoded(file.read_bytes(), named(path))
    except InputFileError:
        raise
    except OSError as problem:
        raise InputFileError(f"{named(path)} cannot be read: {reason_of(problem)}. Check its permissions.") from problem


def stream_text(stream: IO[bytes], name: str, limit: int = LONGEST_STREAM) -> str:
    """Return the text of a stream in UTF-8, such as standard input; one that does not end is given up.

    Args:
        stream: It is read to its end.
        name: Its name, for messages.
        limit: The most bytes that are read.

    Raises:
        NotTextError: It is longer, or is not UTF-8.
    """
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise NotTextError(f"{name} has more than {limit:,} bytes. Split it into smaller files, and give those.")
    return _decoded(content, name)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        raise NotTextError(
            f"{name} is not UTF-8 text (byte {problem.start}). Save it as UTF-8 and try again."
        ) from None


@contextmanager
def shallow(name: str) -> Iterator[None]:
    """Report a document whose lists lie in one another deeper than a reader can follow.

    Args:
        name: What is read, for the message.

    Raises:
        NotTextError: The document is nested too deeply.
    """
    try:
        yield
    except RecursionError:
        raise NotTextError(
            f"{name}: lists or groups are nested hundreds of levels deep, which no valid input is. Check that it is "
            f"the right file."
        ) from None
