"""Memory of imports: what each row of a dataset said when it was last imported, to find what is new the next time.

It is not a part of the record: without it the next import looks at every row again. `check` compares it nevertheless.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.model.canonical import canonical, plain_in_order
from willay.events.model.parts import PartedDraft
from willay.events.store.dialects import run
from willay.events.store.schema.bulk import insert_cells
from willay.events.store.schema.tables import IMPORT_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Document


@dataclass(frozen=True, slots=True)
class Memory:
    """What a row said when it was last imported.

    Attributes:
        dataset: The dataset's name.
        external_id: What the dataset calls the row.
        incident: The row number of the incident that it became.
        digest: SHA-256 of the canonical JSON of the row's draft; empty for one that its dataset has deleted.
        revision: The number of the revision of the incident whose state is what the row said, unless `said` holds it.
        said: What the row said, as canonical JSON of a draft, where no state of ours is the same; else None.
        theirs: The digest that the incident had in the file, for files of ours; else None.
    """

    dataset: str
    external_id: str
    incident: int
    digest: bytes
    revision: int
    said: str | None = None
    theirs: str | None = None

    @property
    def cells(self) -> tuple[str, str, int, bytes, int, str | None, str | None]:
        """The columns of its row, in their order, but the mark."""
        return (
            self.dataset, self.external_id, self.incident, self.digest, self.revision, self.said, self.theirs,
        )  # fmt: skip


_NAMES: Final = tuple(field.name for field in fields(Memory))


def mark_of(dataset: str, external_id: str, incident: int, digest: bytes, *rest: Any) -> bytes:  # noqa: ANN401 — cells
    """Return the SHA-256 of the columns of a row of `import_row`, in their order."""
    said = plain_in_order([dataset, external_id, incident, digest.hex(), *rest])
    return hashlib.sha256(said.encode()).digest()


def digest_of(document: Document) -> bytes:
    """Return the SHA-256 of a draft's canonical JSON."""
    text = document.text if isinstance(document, PartedDraft) else canonical(document)
    return hashlib.sha256(text.encode()).digest()


def remember(connection: Connection, memories: Iterable[Memory]) -> None:
    """Write down what rows said, in the place of what they said before."""
    rows = [dict(zip((*_NAMES, "mark"), (*one.cells, mark_of(*one.cells)), strict=True)) for one in memories]
    if rows:
        names, marks = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        updated = ", ".join(f"{name} = excluded.{name}" for name in (*_NAMES[2:], "mark"))
        statement = (
            f"INSERT INTO import_row ({names}) VALUES ({marks})"  # noqa: S608 — our own names
            f" ON CONFLICT (dataset, external_id) DO UPDATE SET {updated}"
        )
        connection.execute(text(statement), rows)


def remember_new(connection: Connection, memories: Iterable[Memory]) -> None:
    """Write down what rows said of which nothing is remembered."""
    rows = [(*cells, mark_of(*cells)) for cells in (one.cells for one in memories)]
    insert_cells(connection, IMPORT_ROW, (*_NAMES, "mark"), rows)


def recall(connection: Connection, dataset: str, ids: Iterable[str]) -> dict[str, Memory]:
    """Return what rows of a dataset said when they were last imported, by what the dataset calls them."""
    any_row = text("SELECT 1 FROM import_row WHERE dataset = :dataset LIMIT 1")
    if connection.execute(any_row, {"dataset": dataset}).first() is None:
        return {}
    statement = (
        f"SELECT {', '.join(_NAMES)} FROM import_row"  # noqa: S608 — our own names
        " WHERE dataset = :dataset AND external_id IN :ids"
    )
    rows = run(connection, statement, {"dataset": dataset, "ids": list(ids)})
    return {memory.external_id: memory for memory in (Memory(*row) for row in rows)}


def memories_of(connection: Connection, incident: int) -> list[Memory]:
    """Return all that is remembered of an incident."""
    statement = text(f"SELECT {', '.join(_NAMES)} FROM import_row WHERE incident = :fid")  # noqa: S608 — our own names
    return [Memory(*row) for row in connection.execute(statement, {"fid": incident})]


def dataset_row(document: Document) -> tuple[str, str] | None:
    """Return the dataset that a draft is from, and what that calls it; None where it is from none."""
    named = document.get("dataset"), document.get("dataset_id")
    return (named[0], named[1]) if isinstance(named[0], str) and isinstance(named[1], str) else None


def said_by(memory: Memory) -> Document | None:
    """Return what a row said, where it is kept by itself."""
    document: Document | None = None if memory.said is None else json.loads(memory.said)
    return document
