"""Writing a file whole or not at all, as text or as bytes.

Every file that is written for somebody goes through this module, so its rules hold for all: the name is one that every
system can hold, a file that is there is replaced only by force, and a database that keeps a history never is.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

from willay.geo.errors import FileInTheWayError, GeoError, GeoFileWriteError, HistoryInTheWayError
from willay.geo.histories import history_of
from willay.geo.inputs import kind_of, reason_of
from willay.geo.names import check_file_name
from willay.geo.temporary import draft_beside, remove_abandoned
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


_BUFFER: Final = 1 << 20
"""Bytes per system call: a hundred times fewer calls than by default."""


@contextmanager
def replacing(target: Path, *, force: bool, private: bool = False) -> Iterator[IO[str]]:
    """Open a text file next to a target that takes its place at the end, or goes away if anything fails.

    There is never half a file: whoever reads the target sees the old one or the new one. UTF-8, LF.

    Args:
        target: Where to.
        force: Whether a file that is there already may be replaced.
        private: Whether only its owner may read it, from its first byte on.

    Raises:
        FileNameError: No file can have this name on every system.
        FileInTheWayError: There is a file, and `force` is not set; or it is a database that keeps a history.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import replacing
        >>> with replacing(Path("note.txt"), force=False) as out:
        ...     written = out.write("whole, or not there")
        >>> Path("note.txt").read_text()
        'whole, or not there'
    """
    # A lone surrogate has no UTF-8; replaced by its backslash escape, it is right JSON.
    with (
        _beside(target, force=force) as draft,
        open(
            draft, "w", encoding="utf-8", errors="backslashreplace", newline="\n", opener=_private if private else None
        ) as file,
    ):
        yield file
        file.flush()
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def replacing_bytes(target: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Open a binary file next to a target that takes its place at the end: see `replacing`.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import replacing_bytes
        >>> with replacing_bytes(Path("note.bin"), force=False) as out:
        ...     written = out.write(b"whole")
        >>> Path("note.bin").read_bytes()
        b'whole'
    """
    with _beside(target, force=force) as draft, draft.open("wb", buffering=_BUFFER) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replacing_together(targets: Sequence[Path], *, force: bool) -> Iterator[Path]:
    """Make a folder next to targets, whose files of their names take their places at the end.

    For formats of several files, and for libraries that open their file themselves. The first target comes last: a
    reader that begins with it finds the others. Whatever else is in the folder goes away with it.

    Args:
        targets: Where to, all in one folder; those that are not written stay as they are.
        force: Whether files that are there already may be replaced.

    Raises:
        FileNameError: No file can have the name of one of them on every system.
        FileInTheWayError: One of them is there, and `force` is not set; or it is a database that keeps a history.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import replacing_together
        >>> names = [Path("one.txt"), Path("two.txt")]
        >>> with replacing_together(names, force=False) as folder:
        ...     sizes = [(folder / name).write_text("made together") for name in names]
        >>> [name.exists() for name in names]
        [True, True]
    """
    for target in targets:
        check_target(target, force=force)
    first = targets[0]
    remove_abandoned(first.parent)
    folder = draft_beside(first)
    try:
        folder.mkdir()
        yield folder
        written = [target for target in reversed(targets) if (folder / target.name).exists()]
        for target in written:
            flush_file(folder / target.name)
        for target in targets:  # again: somebody may have made one meanwhile
            check_target(target, force=force)
        for target in written:
            (folder / target.name).replace(target)
        flush_folder(first.parent)
    except GeoError:
        raise
    except OSError as problem:
        raise _unwritable(first, problem) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def flush_file(file: Path) -> None:
    """Wait until the content of a file is on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def check_target(target: Path, *, force: bool) -> None:
    """Make sure that a file may be written in a place.

    Args:
        target: Where to.
        force: Whether a file that is there already may be replaced; never a database that keeps a history.

    Raises:
        FileNameError: No file can have this name on every system.
        FileInTheWayError: There is a file, and `force` is not set; or it is a database that keeps a history.
        GeoFileWriteError: There is something else than a file.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import FileInTheWayError, check_target
        >>> check_target(Path("new.html"), force=False)
        >>> size = Path("there.html").write_text("mine")
        >>> try:
        ...     check_target(Path("there.html"), force=False)
        ... except FileInTheWayError:
        ...     print("it stays")
        it stays
    """
    check_file_name(target)
    if history := history_of(target):
        raise HistoryInTheWayError(_in_the_way_of(target, history))
    if target.exists() and not target.is_file():
        raise GeoFileWriteError(
            tr(
                "{target}: cannot be written, because it is {kind}. Give the name of a file.",
                target=target,
                kind=kind_of(target),
            )
        )
    if target.exists() and not force:
        raise FileInTheWayError(
            tr(
                "{target}: the file already exists. Choose a different name, or replace it (--force).",
                target=target,
            )
        )


def _in_the_way_of(target: Path, history: Path) -> str:
    if history == target:
        return tr(
            "{target} is a willay database, which is never overwritten, even with --force. Choose a different name. "
            "To restore a backup over it: willay restore.",
            target=target,
        )
    return tr(
        "{target} belongs to {history}, a willay database, which is never overwritten, even with --force. Choose a "
        "different name. To restore a backup over it: willay restore.",
        target=target,
        history=history.name,
    )


def _unwritable(target: Path, problem: Exception) -> GeoFileWriteError:
    return GeoFileWriteError(
        tr(
            "{target}: cannot be written ({reason}). Check the folder and the disk.",
            target=target,
            reason=reason_of(problem),
        )
    )


@contextmanager
def _beside(target: Path, *, force: bool) -> Iterator[Path]:
    check_target(target, force=force)
    remove_abandoned(target.parent)
    draft = draft_beside(target)
    try:
        yield draft
        check_target(target, force=force)  # again: somebody may have made one meanwhile
        draft.replace(target)
        flush_folder(target.parent)
    except GeoError:
        raise  # of what the features are read from, not of writing
    except OSError as problem:
        raise _unwritable(target, problem) from problem
    finally:
        with suppress(OSError):  # such as a folder that is none, which has been reported above
            draft.unlink(missing_ok=True)
