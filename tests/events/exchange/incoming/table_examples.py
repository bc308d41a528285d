"""Tables written for a test, opened and read to rows that are checked on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.table import TableReading, read_table
from willay.events.model.drafts import ActorDraft, CaseDraft, IncidentDraft, SourceDraft, draft

if TYPE_CHECKING:
    from pathlib import Path

    from willay.events.model.foreign import Document, ForeignRow


def written(folder: Path, text: str | bytes, name: str = "hechos.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def opened(folder: Path, text: str | bytes, **options: Any) -> TableReading:
    return read_table(written(folder, text), ReadingOptions(**{"country": "PE", **options}))


def rows_of(reading: TableReading) -> list[ForeignRow]:
    rows = []
    for batch in reading.batches:
        for models, documents in ((SourceDraft, batch.sources), (ActorDraft, batch.actors), (CaseDraft, batch.cases)):
            assert all(draft(models, document) for document in documents)  # type: ignore[type-var]
        rows += batch.rows
    for row in rows:
        assert (row.draft is None) == bool(row.faults)
        assert row.draft is None or draft(IncidentDraft, row.draft)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert reading.total == len(rows)
    return rows


def one(folder: Path, text: str, **options: Any) -> Document:
    (row,) = rows_of(opened(folder, text, **options))
    assert not row.faults
    return row.draft or {}
