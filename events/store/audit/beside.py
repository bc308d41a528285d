"""Beside a long check, a second process: it examines most incidents, while the first one examines all else.

Both read the file, each for itself. What the second one found counts only if it ended well and saw the record end where
the first one did; in all other cases the first one examines these incidents as well. `python -m` this module is the
second process: it is given a file and the number of the last incident, and writes JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from willay.events.model.collecting import seldom_collected
from willay.events.store.audit import check
from willay.events.store.audit.check import Told
from willay.events.store.dialects.sqlite.engine import make_engine, reading
from willay.geo.translation import language, set_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

MANY: Final = 20_000
"""The number of incidents from which on a second process takes less time than it takes to begin."""

_SHARE: Final = 0.7
"""The part of the incidents that the second process examines: as long as all else takes."""


class Beside:
    """A process that examines the incidents up to one.

    Args:
        process: The process.
        last: The number of the row of the last incident.
    """

    def __init__(self, process: subprocess.Popen[bytes], last: int) -> None:
        self._process, self.last = process, last

    def told(self, connection: Connection) -> Told | None:
        """Wait for what it found; None if it cannot be believed."""
        answer, _ = self._process.communicate()
        head = check.head_of(connection)
        try:
            said = json.loads(answer)
            is_same = self._process.returncode == 0 and head is not None and said["seal"] == head.seal
            return Told.of(said["found"]) if is_same else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


@contextmanager
def begun(connection: Connection, path: Path, processes: int) -> Iterator[Beside | None]:
    """Begin a second process where it pays, and end it when it is no longer needed.

    Args:
        connection: Within a transaction.
        path: The file.
        processes: How many processes there may be.
    """
    last = _last_of_most(connection) if processes > 1 and sys.executable else None
    if last is None:
        yield None
        return
    command = [sys.executable, "-m", __name__, os.fspath(path.resolve()), str(last), language()]
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 — this module, by the Python that runs
    except OSError:  # the first process does it all
        yield None
        return
    with process:
        try:
            yield Beside(process, last)
        finally:
            process.kill()


def _last_of_most(connection: Connection) -> int | None:
    """Return the number of the last incident that a second process is to examine; None if they are few."""
    try:
        count = int(connection.execute(text("SELECT count(*) FROM incident")).scalar_one())
        if count < MANY:
            return None
        nth = text("SELECT fid FROM incident ORDER BY fid LIMIT 1 OFFSET :before")
        return int(connection.execute(nth, {"before": int(count * _SHARE) - 1}).scalar_one())
    except (DBAPIError, ValueError):  # the check itself says what is wrong
        return None


def main(path: str, last: str, lang: str) -> None:
    """Examine the incidents of a file up to one, and write what is found, in a language of messages."""
    set_language(lang)
    engine = make_engine(Path(path))
    with engine.connect() as connection, seldom_collected(), reading(connection, Path(path)):
        head = check.head_of(connection)
        found: dict[str, Any] = {"seal": head and head.seal, "found": check.told_up_to(connection, int(last)).as_json()}
    engine.dispose()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
