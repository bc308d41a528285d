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
from willay.geo.translation import mark, quoted_plainly, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN_OF_A_PATH: Final = 80
LONGEST_STREAM: Final = 1 << 28
"""Maximum number of bytes read from a stream that does not end."""

_KINDS: Final = (
    (stat.S_ISDIR, mark("a folder")),
    (stat.S_ISFIFO, mark("a pipe")),
    (stat.S_ISSOCK, mark("a socket")),
    (stat.S_ISCHR, mark("a device")),
    (stat.S_ISBLK, mark("a disk")),
)
_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: mark("the file or folder does not exist"),
    errno.EACCES: mark("you do not have permission to open it"),
    errno.EPERM: mark("you do not have permission"),
    errno.EISDIR: mark("it is a folder"),
    errno.ENOTDIR: mark("a part of its path is a file, not a folder"),
    errno.EEXIST: mark("it already exists"),
    errno.ENOTEMPTY: mark("the folder is not empty"),
    errno.ENOSPC: mark("the disk is full"),
    errno.EROFS: mark("the disk is read-only"),
    errno.ENAMETOOLONG: mark("its name is too long"),
    errno.ELOOP: mark("its links form a loop"),
    errno.EMFILE: mark("too many files are open"),
    errno.EBUSY: mark("another program is using it"),
    errno.EIO: mark("the disk does not respond"),
}
"""The meaning of common system errors."""


def named(path: str | Path) -> str:
    """Return a path as a message names it: quoted, and of a long one the end."""
    text = str(path)
    return quoted_plainly(text if len(text) <= SHOWN_OF_A_PATH else f"…{text[1 - SHOWN_OF_A_PATH :]}")


def reason_of(problem: BaseException) -> str:
    """Return why a file cannot be opened or written, in words and without the system's number."""
    if not isinstance(problem, OSError) or problem.errno is None:
        return str(problem).rstrip(".")
    if known := _REASONS.get(problem.errno):
        return tr(known)
    return problem.strerror.rstrip(".").lower() if problem.strerror else tr("the system refused access")


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
        raise MissingFileError(
            tr("The file {file} does not exist. Check the name and the folder.", file=named(path))
        ) from None
    except (OSError, ValueError) as problem:
        raise InputFileError(
            tr(
                "{file} cannot be read: {reason}. Check the name.",
                file=named(path),
                reason=reason_of(problem),
            )
        ) from problem
    if stat.S_ISREG(mode) or (folder and stat.S_ISDIR(mode)):
        return asked
    kind = _kind(mode)
    way = tr("Give a file in it.") if stat.S_ISDIR(mode) else tr("Save its contents to a file, and give that file.")
    raise InputFileError(tr("{file} is {kind}, but a file was expected. {way}", file=named(path), kind=kind, way=way))


def kind_of(path: str | Path) -> str:
    """Return what something that is there is, in words: a folder, a pipe, a socket, a device, a file."""
    mode = os.stat(path).st_mode  # noqa: PTH116 — as above
    return tr("a file") if stat.S_ISREG(mode) else _kind(mode)


def _kind(mode: int) -> str:
    return next((tr(name) for is_one, name in _KINDS if is_one(mode)), tr("not a regular file"))


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
        raise InputFileError(
            tr(
                "{file} cannot be read: {reason}. Check its permissions.",
                file=named(path),
                reason=reason_of(problem),
            )
        ) from problem


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
        raise NotTextError(
            tr(
                "{name} has more than {limit:,} bytes. Split it into smaller files, and give those.",
                name=name,
                limit=limit,
            )
        )
    return _decoded(content, name)


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        raise NotTextError(
            tr(
                "{name} is not UTF-8 text (byte {start}). Save it as UTF-8 and try again.",
                name=name,
                start=problem.start,
            )
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
            tr(
                "{name}: lists or groups are nested hundreds of levels deep, which no valid input is. Check that it "
                "is the right file.",
                name=name,
            )
        ) from None
