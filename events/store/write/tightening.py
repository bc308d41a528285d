"""Protecting: what is here already is never less protected after an import than before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from willay.events.model.terms import stricter
from willay.events.store.dialects import run
from willay.events.store.record.documents import read_recorded
from willay.events.store.record.origins import incident_levels
from willay.events.store.write.keyed import revise_keyed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Batch, ForeignRow
    from willay.events.store.record.revisions import Author
    from willay.events.store.write.validation import Setting


def mark_registers(connection: Connection, batch: Batch, means: tuple[Setting, Author]) -> None:
    """Mark sources and actors that are here as a batch does, where it is stricter; each is a revision of its own."""
    for kind, documents in (("source", batch.sources), ("actor", batch.actors)):
        marked = {entry["key"]: entry["sensitivity"] for entry in documents if entry.get("sensitivity")}
        if not marked:
            continue
        statement = f"SELECT key, sensitivity FROM {kind} WHERE key IN :keys"  # noqa: S608 — our own names
        for key, here in run(connection, statement, {"keys": sorted(marked)}).all():
            level = stricter(here, marked[key])
            if level != stricter(here):
                revise_keyed(connection, kind, key, {"sensitivity": level}, means)


def with_what_is_here(connection: Connection, batch: Batch) -> Batch:
    """Return a batch whose rows that are incidents of this database are as protected as these.

    A table of ours that lost its columns on the way comes back as rows of another dataset, by our codes and titles.
    """
    flat = {row.external_id for row in batch.rows if row.identity is None and row.draft is not None}
    found = read_recorded(connection, "WHERE code IN :codes", {"codes": sorted(flat)})
    drafts = {str(one.state["code"]): one.state["draft"] for one in found}
    here = {code: (draft.get("dataset"), {*draft["title"].values()}) for code, draft in drafts.items()}
    if not here:
        return batch
    levels = incident_levels(connection)
    return replace(batch, rows=tuple(_as_here(row, here, levels) for row in batch.rows))


def _as_here(row: ForeignRow, here: Mapping[str, tuple[str | None, set[str]]], levels: Mapping[str, str]) -> ForeignRow:
    if row.identity is not None or row.draft is None or row.external_id not in here:
        return row
    dataset, titles = here[row.external_id]
    title = row.draft.get("title")
    if not isinstance(title, dict) or titles.isdisjoint(map(str, title.values())):
        return row  # another database has a code of its own that is the same
    level = stricter(row.draft.get("sensitivity"), levels.get(row.external_id))
    marked = {**row.draft, "sensitivity": level} if level else row.draft
    return replace(row, draft=marked, dataset=row.dataset or dataset)
