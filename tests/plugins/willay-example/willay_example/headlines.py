"""A writer: a text with the day and title of each incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.extensions import FileWriter, Written
from willay.geo import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from willay.events.extensions import IncidentCells, WritingOptions


def write(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write a line for each incident."""
    rows = 0
    with replacing(path, force=options.force) as file:
        for page in pages:
            for day, title in zip(page.of("first_day"), page.of("title"), strict=True):
                file.write(f"{str(day)[:10]} {title}\n")
                rows += 1
    return Written(path, rows, losses=("Only days and titles are written.",))


headlines = FileWriter(
    name="headlines",
    about={"en": "days and titles", "es": "días y títulos"},
    write=write,
    suffixes=(".headlines",),
)
