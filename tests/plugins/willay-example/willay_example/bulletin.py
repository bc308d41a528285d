"""A reader: a bulletin is a text whose lines are DAY | PLACE, UNIT | TITLE | KILLED."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.extensions import Batch, DatasetTerms, FileReader, ForeignRow, Reading, RowFault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.events.extensions import ReadingOptions

HEAD = b"# BULLETIN"
SOURCE = {"key": "bulletin", "kind": "press", "publisher": "The Bulletin"}


def read(path: Path, options: ReadingOptions) -> Reading:
    """Open a bulletin; its rows are read as they are asked for."""
    terms = options.terms(DatasetTerms("bulletin", licence="CC0-1.0", may_publish=True))
    return Reading(terms, ("day", "place", "title", "killed"), batches(path, options))


def batches(path: Path, options: ReadingOptions) -> Iterator[Batch]:
    """Yield the rows, all in one batch."""
    with path.open(encoding=options.encoding or "utf-8") as file:
        lines = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    yield Batch(tuple(row(number, line) for number, line in enumerate(lines, 1)), sources=(SOURCE,))


def row(number: int, line: str) -> ForeignRow:
    """Return a line as a row; one that has not four parts is quarantined."""
    parts = [part.strip() for part in line.split("|")]
    raw = {"line": line}
    if len(parts) != 4:
        return ForeignRow(number, str(number), None, (RowFault.of("line", line, "must have four parts"),), raw=raw)
    day, place, title, killed = parts
    draft = {
        "title": title,
        "type": "armed-clash",
        "days": day,
        "places": [{"name": place, "precision": "country"}],
        "claims": [{"measure": "killed", "best": int(killed), "source": SOURCE["key"]}],
    }
    return ForeignRow(number, str(number), draft, raw=raw)


bulletin = FileReader(
    name="bulletin",
    about={"en": "bulletins of lines", "es": "boletines de líneas"},
    read=read,
    looks=lambda _, head: head.startswith(HEAD),
)
