"""A process to be killed: does one thing again and again, and says each time that it is done."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from willay.events.drafts import Bundle, draft
from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.foreign import Batch, DatasetTerms, ForeignRow
from willay.events.store import Store

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


def said(text: str) -> None:
    """Acknowledge: whoever reads this may rely on it."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def add(path: Path, name: str) -> None:
    for number in count():
        with Store.open(path) as store:
            bundle = draft(Bundle, {"sources": [SOURCE], "incidents": [incident(number, key=f"{name}-{number}")]})
            store.add(bundle, author=name)
        said(f"{name}-{number}")


def edit(path: Path, name: str) -> None:
    for number in count():
        with Store.open(path) as store:
            store.edit("first", {"summary": {"en": f"{name} {number}"}}, author=name, reason="x")
        said(f"{name} {number}")


def take_in(path: Path, name: str) -> None:
    terms = DatasetTerms(name)
    for part in count():
        numbers = range(part * ROWS, (part + 1) * ROWS)
        rows = tuple(ForeignRow(number + 1, f"{name}-{number}", incident(number)) for number in numbers)
        with Store.open(path) as store:
            store.take_in(Batch(rows, sources=(SOURCE,)), terms, author=name)
        said(str((part + 1) * ROWS))


def backup(path: Path, name: str) -> None:
    for number in count():
        with Store.open(path) as store:
            store.copy_to(path.with_name(f"{name}.gpkg"), force=True)
        said(str(number))


def export(path: Path, name: str) -> None:
    for number in count():
        with Store.open(path) as store:
            write(store.pages(profile=None), path.with_name(f"{name}.geojson"), None, WritingOptions(force=True))
        said(str(number))


def migrate(path: Path, name: str) -> None:
    Store.open(path).close()
    said(name)


if __name__ == "__main__":
    {"add": add, "edit": edit, "take_in": take_in, "backup": backup, "export": export, "migrate": migrate}[sys.argv[1]](
        Path(sys.argv[2]), sys.argv[3]
    )
