"""Files to attach, read; and attachments saved as files."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import IO, TYPE_CHECKING, Final

from willay.events.model.attachments import LARGEST_BYTES, AttachmentDraft, FileRead, clean_name, saved_names
from willay.events.model.drafts import draft
from willay.events.model.errors import RefusedError
from willay.events.model.media import PEEKED_BYTES, media_type_of
from willay.geo.errors import InputFileError
from willay.geo.inputs import input_file, named, reason_of
from willay.geo.translation import tr
from willay.geo.writing import replacing_together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_AT_ONCE: Final = 1024**2


def read_attachment(path: Path, about: Mapping[str, object] | None = None, *, hash_only: bool = False) -> FileRead:
    """Read a file that is to be attached; what it is follows from its content, not from its name.

    Args:
        path: The file.
        about: Further fields of `AttachmentDraft`, such as `caption`.
        hash_only: Only work out its SHA-256, size and type; its content may be of any size.

    Raises:
        MissingFileError, InputFileError: As for `input_file`; or the file cannot be read.
        RefusedError: It is empty, too large, or another program changes it.
        DraftError: A field is not valid.
    """
    input_file(path)
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            before = os.fstat(file.fileno())
            _check(path, before, hash_only=hash_only)
            content, sha256, size = _streamed(file) if hash_only else _whole(file)
            after = os.fstat(file.fileno())
    except InputFileError:
        raise
    except OSError as problem:
        raise InputFileError(
            tr("{path} cannot be read: {reason}. Check its permissions.", path=named(path), reason=reason_of(problem))
        ) from problem
    if size != before.st_size or _version(before) != _version(after):
        raise RefusedError(
            tr(
                "{path} changed while it was read: {before:,} bytes before, {after:,} after. Wait "
                "until the other program has finished, and attach it again.",
                path=named(path),
                before=before.st_size,
                after=max(size, after.st_size),
            )
        )
    fields = {
        "sha256": sha256,
        "size": size,
        "media_type": media_type_of(content),
        "name": clean_name(path.name),
        **(about or {}),
    }
    made = draft(AttachmentDraft, {name: value for name, value in fields.items() if value is not None}, path.name)
    return FileRead(made, None if hash_only else content)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file without waiting for the writer of a pipe, if one has just been put in its place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check(path: Path, status: os.stat_result, *, hash_only: bool) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputFileError(tr("{path} is not a file any more. Attach it again.", path=named(path)))
    if not status.st_size:
        raise RefusedError(
            tr("{path} is empty: there is nothing to attach. Check that it was saved.", path=named(path))
        )
    if status.st_size > LARGEST_BYTES and not hash_only:
        raise RefusedError(
            tr(
                "{path} has {size:,} bytes; files of up to {most:,} bytes are stored in the "
                "database. To record its SHA-256, size and type without its content: --hash-only. The "
                "file itself then remains your responsibility: store it in a safe place, encrypted.",
                path=named(path),
                size=status.st_size,
                most=LARGEST_BYTES,
            )
        )


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _whole(file: IO[bytes]) -> tuple[bytes, str, int]:
    content = file.read(LARGEST_BYTES + 1)  # it may have grown since its size was asked
    return content, hashlib.sha256(content).hexdigest(), len(content)


def _streamed(file: IO[bytes]) -> tuple[bytes, str, int]:
    """Return the beginning, the SHA-256 and the size of a file."""
    beginning, total, size = b"", hashlib.sha256(), 0
    while part := file.read(_AT_ONCE):
        beginning = beginning or part[:PEEKED_BYTES]
        total.update(part)
        size += len(part)
    return beginning, total.hexdigest(), size


def save_attachments(
    folder: Path, files: Sequence[tuple[AttachmentDraft, bytes]], *, force: bool = False
) -> tuple[Path, ...]:
    """Write attachments to a folder, all of them or none, by names that are safe (`saved_name`).

    Args:
        folder: Where to.
        files: The attachments with their contents.
        force: Whether files that are there already may be replaced.

    Raises:
        FileInTheWayError: There is a file of one of the names, and `force` is not set.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
    """
    targets = [folder / name for name in saved_names(one for one, _ in files)]
    with replacing_together(targets, force=force) as made:
        for target, (_, content) in zip(targets, files, strict=True):
            (made / target.name).write_bytes(content)
    return tuple(targets)
