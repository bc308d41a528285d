"""The reports that a UCDP GED event cites: documents of the columns `source_*`."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.batches import short_hash
from willay.events.exchange.incoming.cell_texts import CellError, iso_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.model.foreign import Document

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def documents(article: str, office: str, dated: str, headline: str) -> Iterator[Document]:
    """Yield the reports of an event: those given by office, date and headline, else the one text there is."""
    lists = [[part.strip() for part in text.split(";")] if text.strip() else [] for text in (office, dated, headline)]
    offices, dates, headlines = lists
    if offices and len(offices) == len(dates) == len(headlines):
        for publisher, day, title in zip(offices, dates, headlines, strict=True):
            yield _report(publisher, day, title)
    elif text := " ".join(article.split()):
        yield _article(text)


def _article(text: str) -> Document:
    """Make a source of the one text that older rows have; office, day and headline where it is such a record."""
    cells = next(csv.reader(io.StringIO(text.strip('"'))), [])
    if len(cells) >= 3 and _DAY.fullmatch(cells[1].strip()):  # noqa: PLR2004 — office, day, headline
        return _report(cells[0].strip(), cells[1].strip(), ",".join(cells[2:]).strip())
    return {"key": f"ucdp-report-{short_hash(text)}", "kind": "press", "title": text}


def _report(publisher: str, day: str, title: str) -> Document:
    document: Document = {"key": f"ucdp-report-{short_hash(f'{publisher}|{day}|{title}')}", "kind": "press"}
    try:
        dated = iso_day(day)
    except CellError:
        dated = None
    told = {"publisher": publisher, "title": title, "published_on": dated and str(dated)}
    said = {name: value for name, value in told.items() if value}
    return document | (said if publisher or title else {"title": "?"})
