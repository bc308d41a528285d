"""A process that dies: it does one thing again and again, and says each time that it is done.

The seed decides when it dies, after it has said so for the first time. Where the seed is even, it is killed between two
steps: instructions of SQLite, and what Python does with files. Where it is odd, it is killed in the midst of writing to
a file, at the byte at which the file would grow beyond a limit.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.model.drafts import Bundle, draft
from willay.events.model.foreign import Batch, DatasetTerms, ForeignRow
from willay.events.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTRUCTIONS = 200
"""How many of SQLite's instructions are one step."""

SOURCE = {"key": "press-1", "kind": "press", "publisher": "The Daily"}
ROWS = 400


def incident(number: int, **changed: object) -> dict[str, object]:
    return {
        "title": {"en": f"Clash {number}"},
        "type": "armed-clash",
        "days": "2012-03-04",
        "places": [{"name": "Somewhere", "precision": "settlement", "lon": -73.0, "lat": -12.5}],
        "claims": [{"measure": "killed", "best": number % 9, "source": "press-1"}],
        **changed,
    }


class Death:
    """What kills this process, sooner or later."""

    def __init__(self, seed: int) -> None:
        self.chance, self.between_steps = random.Random(seed), seed % 2 == 0
        self.left = 0
        connect = sqlite3.dbapi2.connect

        def counted(*given: Any, **named: Any) -> sqlite3.Connection:
            made = connect(*given, **named)
            made.set_progress_handler(self.step, INSTRUCTIONS)
            return made

        if self.between_steps:
            sqlite3.dbapi2.connect = counted
            sys.addaudithook(lambda event, _: self.step() and None if event.startswith(("os.", "open")) else None)

    def comes(self, file: Path) -> None:
        """Begin to count; the size of a file tells how large those are that are written."""
        if self.between_steps:
            self.left = int(10 ** self.chance.uniform(0, 2.5))
            return
        limit = self.chance.randrange(1, file.stat().st_size)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def step(self) -> int:
        """Count a step; it is the last one when none is left."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def add(path: Path, name: str) -> Iterator[str]:
    for number in count():
        with Store.open(path) as store:
            bundle = draft(Bundle, {"sources": [SOURCE], "incidents": [incident(number, key=f"{name}-{number}")]})
            store.write.add(bundle, author=name)
        yield f"{name}-{number}"


def edit(path: Path, name: str) -> Iterator[str]:
    for number in count():
        with Store.open(path) as store:
            store.write.edit("first", {"summary": {"en": f"{name} {number}"}}, author=name, reason="x")
        yield f"{name} {number}"


def take_in(path: Path, name: str) -> Iterator[str]:
    terms = DatasetTerms(name)
    for part in count():
        numbers = range(part * ROWS, (part + 1) * ROWS)
        rows = tuple(ForeignRow(number + 1, f"{name}-{number}", incident(number)) for number in numbers)
        with Store.open(path) as store:
            store.write.import_rows(Batch(rows, sources=(SOURCE,)), terms, author=name)
        yield str((part + 1) * ROWS)


def backup(path: Path, name: str) -> Iterator[str]:
    for number in count():
        with Store.open(path) as store:
            store.file.copy_to(path.with_name(f"{name}.gpkg"), force=True)
        yield str(number)


def export(path: Path, name: str) -> Iterator[str]:
    for number in count():
        with Store.open(path) as store:
            write(store.read.pages(profile=None), path.with_name(f"{name}.geojson"), None, WritingOptions(force=True))
        yield str(number)


def migrate(path: Path, name: str) -> Iterator[str]:
    Store.open(path).close()
    yield name


DOING = {"add": add, "edit": edit, "take_in": take_in, "backup": backup, "export": export, "migrate": migrate}


def live(what: str, path: Path, name: str, seed: int) -> None:
    """Do one thing until death comes, and acknowledge each time: whoever reads that may rely on it."""
    death, written = Death(seed), path.with_name(f"{name}.geojson") if what == "export" else path
    if what == "migrate":
        death.comes(written)
    for number, text in enumerate(DOING[what](path, name)):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
        if number == 0 and what != "migrate":
            death.comes(written)


if __name__ == "__main__":
    live(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
