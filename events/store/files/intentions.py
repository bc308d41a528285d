"""Intentions: what a process is about to do with the files of a database, written down before it begins.

The record lies next to the database while files change places. The process that does it holds a lock on the record,
which the system takes away when the process ends, however it ends. A record that nobody holds is of a process that was
killed.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING

from willay.events.model.errors import DatabaseError
from willay.geo.inputs import reason_of
from willay.geo.translation import tr
from willay.geo.writing import flush_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen in the folder of a database.

    Attributes:
        draft: The name of the file that is to take the place of the database; where there is none, it has done so, or
            nothing has happened yet.
        aside: The name that the database which is there gets; its journals get names to match.
        drop: Whether what was put aside is removed at the end.
    """

    draft: str
    aside: str
    drop: bool


def record_of(target: Path) -> Path:
    """Return where it is written down what happens with a database."""
    return target.with_name(f".{target.name}.replacing")


@contextmanager
def held_record(target: Path) -> Iterator[IO[str]]:
    """Hold the record of a database, which is made if need be; it stays unless it is forgotten.

    Raises:
        DatabaseError: Another process holds it, or it cannot be written.
    """
    path = record_of(target)
    try:
        record = _open(path)
    except BlockingIOError as error:
        message = tr(
            "Another process is just putting a file in the place of {target}. Try again when it is done.", target=target
        )
        raise DatabaseError(message) from error
    except OSError as error:
        message = tr(
            "{path} cannot be written: {reason}. It is needed while a file takes the place of "
            "{name}. Check the folder and its rights, or copy the folder to where you may write.",
            path=path,
            reason=reason_of(error),
            name=target.name,
        )
        raise DatabaseError(message) from error
    with record:
        yield record
    if sys.platform == "win32" and path.exists() and not path.stat().st_size:
        with suppress(OSError):  # there, no file is removed that is open
            path.unlink()


def _open(path: Path) -> IO[str]:
    while True:
        record = path.open("a+", encoding="utf-8")
        try:
            _lock(record)
            if path.exists() and os.path.samestat(os.fstat(record.fileno()), path.stat()):
                return record
        except BaseException:
            record.close()
            raise
        record.close()  # whoever held it has removed it meanwhile


def _lock(record: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 — there only

        record.seek(0)
        msvcrt.locking(record.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 — as above

        fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)


def write_down(record: IO[str], plan: Plan) -> None:
    """Write down what is about to be done, and make sure that it is on the disk."""
    record.seek(0)
    record.truncate()
    record.write(json.dumps(asdict(plan)) + "\n")
    record.flush()
    os.fsync(record.fileno())


def intended(record: IO[str]) -> Plan | None:
    """Return what was about to be done, or None where nothing was, or where it was not written to its end."""
    record.seek(0)
    try:
        return Plan(**json.loads(record.read()))
    except (ValueError, TypeError):
        return None


def forget(record: IO[str], target: Path) -> None:
    """Remove a record: what was meant is done, or undone."""
    record.seek(0)
    record.truncate()
    with suppress(OSError):  # Windows removes it once it is closed
        record_of(target).unlink()
    flush_folder(target.parent)
