"""Restoring: a backup takes the place of a database, after it was examined, and is examined again in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from willay.events.model.errors import DatabaseError, RefusedError
from willay.events.store.dialects.sqlite.copies import draft_of, verify, write_copy
from willay.events.store.dialects.sqlite.engine import check_file, require_file
from willay.events.store.files.replacement import complete_replacement, put_in_place, with_companions
from willay.events.store.store import Store
from willay.geo import check_file_name
from willay.geo.inputs import reason_of
from willay.geo.translation import tr
from willay.geo.writing import flush_file

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.store.results import Head

_WORDS = "before-restore"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        path: The database.
        incidents: How many incidents it holds, without the retracted.
        kept: The files of what was there before, under their new names: the database and its journals.
    """

    path: Path
    incidents: int
    kept: tuple[Path, ...]


def restore_database(backup: Path | bytes, target: Path, *, force: bool = False) -> Restored:
    """Put a copy of a backup in the place of a database; what is there is kept next to it, unread.

    What is there may be damaged, or in the middle of a write: it is renamed, with its journals. A backup of an earlier
    schema is brought up to date in its copy; the backup stays as it is. If the process is killed, the old database or
    the new one is there.

    Args:
        backup: The backup's file, or its bytes, such as those of one that was encrypted.
        target: Where the database is to be. Of a link, what it points to is replaced.
        force: Do so even if there is something.

    Raises:
        RefusedError: There is a database, or the journal of one, and `force` was not given.
        FileNameError: No file can have the target's name on every system.
        DatabaseError: The backup is damaged, or the copy cannot be written; what was there is as before.
    """
    check_file_name(target)
    place = target.resolve()
    for path in (place, *(() if isinstance(backup, bytes) else (backup.resolve(),))):
        complete_replacement(path, verify)
    _check_room(place, backup, force=force)
    with draft_of(place) as draft:
        _write(backup, draft, place)
        try:
            head = _examined(draft)
        except DatabaseError as error:
            name = tr("The backup") if isinstance(backup, bytes) else str(backup)
            raise DatabaseError(
                tr("{problem} Nothing was put in place.", problem=str(error).replace(str(draft), name))
            ) from error
        flush_file(draft)

        def sound(path: Path) -> None:
            verify(path)
            if _examined(path) != head:
                raise DatabaseError(tr("{path} is not what the backup holds: another program changed it.", path=path))

        kept = put_in_place(draft, place, sound, keep_as=_WORDS)
    return Restored(place, head[0], kept)


def _write(backup: Path | bytes, draft: Path, place: Path) -> None:
    if not isinstance(backup, bytes):
        write_copy(backup, draft, shared=False)
        return
    try:
        draft.write_bytes(backup)
    except OSError as error:
        raise DatabaseError(
            tr(
                "{place} cannot be written: {reason}. Check the folder and the disk.",
                place=place,
                reason=reason_of(error),
            )
        ) from error


def _check_room(place: Path, backup: Path | bytes, *, force: bool) -> None:
    if not isinstance(backup, bytes):
        check_file(backup)
        if place.exists() and place.samefile(backup):
            raise RefusedError(tr("{place} is the backup itself. Say where it is to go: --db FILE.", place=place))
    require_file(place)
    if (there := with_companions(place)) and not force:
        raise RefusedError(
            tr(
                "The file {path} already exists. To replace that database with the backup: --force. The "
                "replaced file is renamed, not deleted.",
                path=there[0],
            )
        )


def _examined(path: Path) -> tuple[int, Head | None]:
    """Return the number of incidents and the end of the record.

    Raises:
        DatabaseError: `check` finds something wrong.
    """
    with Store.open(path, isolated=True) as store:
        wrong = [problem for problem in store.file.check() if problem.severity == "error"]
        if wrong:
            raise DatabaseError(
                tr("{path} is damaged: {where}: {message}", path=path, where=wrong[0].where, message=wrong[0].message)
            )
        return store.read.count()["incident"], store.file.head()
