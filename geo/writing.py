"""Writing a file whole or not at all, as text or as bytes."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

from willay.geo.errors import FileInTheWayError, GeoError, GeoFileWriteError
from willay.geo.inputs import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


_BUFFER: Final = 1 << 20
"""Bytes handed to the system at once: a hundred times fewer calls than by default."""


@contextmanager
def replacing(target: Path, *, force: bool) -> Iterator[IO[str]]:
    """Open a text file beside a target that takes its place at the end, or goes away if anything fails.

    There is never half a file: whoever reads the target sees the old one or the new one. UTF-8, LF.

    Args:
        target: Where to.
        force: Whether a file that is there already may be replaced.

    Raises:
        FileInTheWayError: There is a file, and `force` is not set.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
    """
    # A lone surrogate has no UTF-8; replaced by its backslash escape, it is right JSON.
    with (
        _beside(target, force=force) as draft,
        draft.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file,
    ):
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replacing_bytes(target: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """Open a binary file beside a target that takes its place at the end: see `replacing`."""
    with _beside(target, force=force) as draft, draft.open("wb", buffering=_BUFFER) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replacing_together(targets: Sequence[Path], *, force: bool) -> Iterator[Path]:
    """Make a folder beside targets, whose files of their names take their places at the end.

    For formats of several files, and for libraries that open their file themselves. The first target comes last: a
    reader that begins with it finds the others. Whatever else is in the folder goes away with it.

    Args:
        targets: Where to, all in one folder; those that are not written stay as they are.
        force: Whether files that are there already may be replaced.

    Raises:
        FileInTheWayError: One of them is there, and `force` is not set.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
    """
    for target in targets:
        _require_free(target, force=force)
    first = targets[0]
    folder = first.with_name(f".{first.name}.{os.getpid()}.part")
    try:
        folder.mkdir()
        yield folder
        written = [target for target in reversed(targets) if (folder / target.name).exists()]
        for target in written:
            _flush(folder / target.name)
        for target in written:
            (folder / target.name).replace(target)
    except GeoError:
        raise
    except OSError as problem:
        raise _unwritable(first, problem) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _flush(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _require_free(target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        raise FileInTheWayError(
            f"{target}: there is a file already. Choose another name, or have it replaced "
            "(--force; in Python, force=True)."
        )


def _unwritable(target: Path, problem: Exception) -> GeoFileWriteError:
    return GeoFileWriteError(f"{target}: cannot be written ({reason_of(problem)}). Check the folder and the disk.")


@contextmanager
def _beside(target: Path, *, force: bool) -> Iterator[Path]:
    _require_free(target, force=force)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(target)
    except GeoError:
        raise  # of what the features are read from, not of writing
    except OSError as problem:
        raise _unwritable(target, problem) from problem
    finally:
        with suppress(OSError):  # such as a folder that is none, which has been reported above
            draft.unlink(missing_ok=True)
