"""Does one thing to a copy of a folder, and dies before its first step at the files; then before its second, and so on.

Steps are what Python reports to audit hooks: opening, renaming, linking and removing files of the folder, and
connecting to databases in it. Each copy is left as the death left it, in a folder of its own; the last one is of the
run that reached its end.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from willay.events.model.errors import DatabaseError
from willay.events.store import Problem, restoring
from willay.events.store.audit import check
from willay.events.store.audit.check_record import record_problems
from willay.events.store.dialects.sqlite.copies import copy_database, verify
from willay.events.store.parts.file import DatabaseFile
from willay.events.store.restoring import restore_database

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = {"open", "os.rename", "os.remove", "os.link", "os.truncate", "os.mkdir", "os.rmdir", "sqlite3.connect"}
DIED = 9


def restore(folder: Path) -> None:
    restore_database(folder / "backup.gpkg", folder / "w.gpkg", force=True)


def restore_without_links(folder: Path) -> None:
    def link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    os.link = link  # type: ignore[assignment]  # as on FAT
    restore(folder)


def restore_unsound(folder: Path) -> None:
    """What is put in place is not sound there, so that the old one comes back."""

    def unsound(path: Path) -> None:
        verify(path)
        if path.name == "w.gpkg":
            raise DatabaseError("a page went bad")

    restoring.verify = unsound
    with suppress(DatabaseError):
        restore(folder)


def back_up(folder: Path) -> None:
    copy_database(folder / "backup.gpkg", folder / "w.gpkg", force=True)


def record_only(file: DatabaseFile) -> tuple[Problem, ...]:
    """What is wrong with the file and the chain of revisions; what is derived from them takes ten times as long."""
    with file._opened.session.reading() as connection:
        return (*check._file_problems(connection), *record_problems(connection))


def dying(what: Callable[[Path], None], folder: Path, step: int) -> None:
    """Do it in this process, which ends before a step."""
    taken = count(1)

    def before(event: str, about: tuple[Any, ...]) -> None:
        if event in STEPS and str(folder) in str(about[0]) and next(taken) == step:
            os._exit(DIED)

    sys.addaudithook(before)
    what(folder)
    os._exit(0)


DOING = {
    "restore": restore,
    "restore_without_links": restore_without_links,
    "restore_unsound": restore_unsound,
    "back_up": back_up,
}


def main(what: str, template: Path, into: Path) -> None:
    DatabaseFile.check = record_only  # type: ignore[method-assign]  # what a restore looks at before and after
    for step in count(1):
        folder = into / f"{step:03}"
        shutil.copytree(template, folder)
        child = os.fork()
        if not child:
            try:
                dying(DOING[what], folder, step)
            finally:
                os._exit(1)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code != DIED:
            sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
