"""A look into a zip file before anything opens it."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from willay.geo.errors import ArchiveError, shown
from willay.geo.translation import tr

MAX_BYTES: Final = 2 * 1024**3
MAX_RATIO: Final = 200
MAX_MEMBERS: Final = 10_000
HARMLESS_BYTES: Final = 10 * 1024**2  # a small file may compress as well as it likes: blank columns do


def check_archive(path: str | Path) -> tuple[str, ...]:
    """Make sure that a zip file is safe to unpack, without unpacking it.

    Refused are more than 10,000 members, more than 2 GiB in all, more than 200 times its own size (if that
    is above 10 MiB), and members that would land outside the folder they are unpacked in.

    Returns:
        The names of the files in the archive, sorted.

    Raises:
        ArchiveError: The archive is damaged or not safe.

    Example:
        >>> import zipfile
        >>> from willay.geo import check_archive
        >>> with zipfile.ZipFile("one.zip", "w") as made:
        ...     made.writestr("one.geojson", "{}")
        >>> check_archive("one.zip")
        ('one.geojson',)
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise ArchiveError(
            tr("{path}: expected a zip file, but it cannot be read ({problem}).", path=path, problem=problem)
        ) from problem
    total = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if len(members) > MAX_MEMBERS:
        raise _unsafe(
            path, tr("it has {n:,} members; the maximum is {max_members:,}", n=len(members), max_members=MAX_MEMBERS)
        )
    if total > MAX_BYTES:
        raise _unsafe(
            path, tr("it would grow to {total:,} bytes; the maximum is {max_bytes:,}", total=total, max_bytes=MAX_BYTES)
        )
    if total > max(HARMLESS_BYTES, MAX_RATIO * packed):
        raise _unsafe(
            path,
            tr(
                "it would grow to {times:,} times its size; the maximum is {max_ratio}",
                times=total // packed,
                max_ratio=MAX_RATIO,
            ),
        )
    for member in members:
        if _escapes(member.filename):
            raise _unsafe(
                path, tr("its member {filename} would be written outside its folder", filename=shown(member.filename))
            )
    return tuple(sorted(member.filename for member in members if not member.is_dir()))


def _unsafe(path: str | Path, reason: str) -> ArchiveError:
    return ArchiveError(
        tr(
            "{path}: not opened, because {reason}. If you trust the archive, unpack it yourself and give the "
            "file inside.",
            path=path,
            reason=reason,
        )
    )


def _escapes(name: str) -> bool:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    return posix.is_absolute() or bool(windows.anchor) or ".." in posix.parts or ".." in windows.parts
