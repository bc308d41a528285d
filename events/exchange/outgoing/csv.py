"""Incidents as a table of text (RFC 4180): a row an incident, for people and their spreadsheets.

UTF-8 without a byte order mark unless asked for, commas, CRLF, quotes where needed; a cell is empty where the value is
unknown, and 0 where it is none. Texts that a spreadsheet would run are neutral: see `outgoing.spreadsheet`; a
spreadsheet set to semicolons, as in much of Latin America, cuts this file elsewhere, so hand out XLSX for it.

The table holds figures, not the claims that they come from; with `options.tables` these stand next to it in
`NAME.claims.csv` and `NAME.sources.csv`. It reads back as a table. What must come back whole is written as GeoJSON.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any, Final

from willay.events.exchange.outgoing.spreadsheet import neutral
from willay.events.exchange.outgoing.tables import (
    CLAIMS,
    INCIDENTS,
    SOURCES,
    cards_of,
    claim_rows,
    incident_rows,
    source_row,
)
from willay.events.exchange.outgoing.written import Written
from willay.geo import replacing
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells

BOM: Final = "\ufeff"


class TextTable:
    """A table of text that grows row by row.

    Args:
        file: An open text file, newlines untouched.
        heads: Rows to begin with, such as the names of the columns.
        bom: Whether to begin with a byte order mark.
    """

    def __init__(self, file: IO[str], *heads: Iterable[str], bom: bool = False) -> None:
        file.write(BOM if bom else "")
        self._writer = csv.writer(file, lineterminator="\r\n")
        self._writer.writerows(heads)

    def add(self, rows: Iterable[Iterable[Any]]) -> None:
        """Add rows: texts made neutral, numbers as they are, true and false in lower case, nothing where unknown."""
        self._writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:  # noqa: ANN401 — a plain value
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    return str(value).lower() if isinstance(value, bool) else value


def write_csv(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
    """Write incidents, page by page, to a table of text; errors as `outgoing.write`."""
    beside = tuple(path.with_name(f"{path.stem}.{name}.csv") for name in ("claims", "sources") if options.tables)
    rows = 0
    with ExitStack() as opened:
        names = zip((path, *beside), (INCIDENTS, CLAIMS, SOURCES), strict=False)
        incidents, *further = (
            TextTable(opened.enter_context(replacing(file, force=options.force)), columns, bom=options.bom)
            for file, columns in names
        )
        cited: dict[str, Any] = {}
        for page in pages:
            incidents.add(incident_rows(page))
            rows += len(page)
            for code, card in cards_of(page) if further else ():
                further[0].add(claim_rows(code, card, options.lang))
                new = {key: source for key, source in card.get("sources", {}).items() if key not in cited}
                further[1].add(source_row(key, source, options.lang) for key, source in new.items())
                cited |= dict.fromkeys(new)
    return Written(path, rows, losses(options), beside)


def losses(options: WritingOptions) -> tuple[str, ...]:
    """Return what a flat table leaves out."""
    claims = () if options.tables else (tr("Claims and sources: the table has only the figures derived from them."),)
    return (
        *claims,
        tr("Places: the table has only the primary place of each incident, and areas only by name and code."),
        tr("Texts: the table has texts in one language only, and no notes."),
    )
