"""A folder written whole or not at all; one that is there is replaced only by force, and only if it is one of ours."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from willay.geo.errors import FileInTheWayError, GeoError, GeoFileWriteError
from willay.geo.inputs import reason_of
from willay.geo.names import check_file_name
from willay.geo.temporary import draft_beside, remove_abandoned
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ABOUT: Final = "_about.json"
"""The description in a folder, by which it is known as ours; readers of Parquet pass over names that begin so."""


@contextmanager
def replacing_folder(target: Path, *, force: bool) -> Iterator[Path]:
    """Make a folder next to a target that takes its place at the end, or goes away if anything fails.

    Args:
        target: Where to.
        force: Whether a folder that is there may be replaced: one that was so written, with nothing else in it.

    Raises:
        FileNameError: No folder can have this name on every system.
        FileInTheWayError: Something is there, and `force` is not set, or it is not a folder of ours.
        GeoFileWriteError: The folder around it is missing or not writable, or the disk is full.
    """
    _check(target, force=force)
    remove_abandoned(target.parent)
    draft = draft_beside(target)
    old = draft.with_name(f"{draft.name}-old")
    try:
        draft.mkdir()
        yield draft
        _check(target, force=force)  # again: somebody may have made one meanwhile
        if target.exists():
            target.replace(old)
        try:
            draft.replace(target)
        except OSError:
            if old.exists():
                old.replace(target)
            raise
    except GeoError:
        raise
    except OSError as problem:
        raise GeoFileWriteError(
            tr(
                "{target}: cannot be written ({reason}). Check the folder and the disk.",
                target=target,
                reason=reason_of(problem),
            )
        ) from problem
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _check(target: Path, *, force: bool) -> None:
    check_file_name(target)
    if not target.exists() and not target.is_symlink():
        return
    if not _is_ours(target):
        raise FileInTheWayError(
            tr(
                "{target} already exists, and is not a folder that this command has written. Choose a different name.",
                target=target,
            )
        )
    if not force:
        raise FileInTheWayError(
            tr("{target} already exists. Choose a different name, or replace it (--force).", target=target)
        )


def _is_ours(target: Path) -> bool:
    """Return whether a folder holds what this module has written, and nothing else."""
    if target.is_symlink() or not target.is_dir():
        return False
    try:
        by = json.loads((target / ABOUT).read_text("utf-8"))["partition_by"]
        for path in target.rglob("*"):
            folders = path.relative_to(target).parts
            known = all(one.startswith(f"{name}=") for one, name in zip(folders, by, strict=False))
            if path.is_symlink() or not (
                path == target / ABOUT
                or (known and path.is_dir() and len(folders) <= len(by))
                or (known and path.name == "part-0.parquet" and len(folders) == len(by) + 1)
            ):
                return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True
