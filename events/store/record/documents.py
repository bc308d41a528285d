"""The documents of incidents: as they are now, or as they were known at a moment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from willay.events.model.drafts import AttachmentDraft, ClaimDraft, PartyDraft, PlaceDraft
from willay.events.store.dialects import run
from willay.events.store.record.revisions import as_known_at
from willay.events.store.schema.bulk import chunks
from willay.events.store.schema.packing import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.record.states import State

AT_ONCE = 500
"""Documents read with one statement."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded state of an incident.

    Attributes:
        fid: The number of its row.
        state: Its `id`, `code` and `draft`.
        revision: The number of the revision that made it.
        recorded_at: When that was, as it is stored.
        packed: Its document as the table holds it, where it was read from there.
        text: The text of the same.
    """

    fid: int
    state: State
    revision: int
    recorded_at: str
    packed: bytes | None = None
    text: str | None = None

    @property
    def document(self) -> dict[str, Any]:
        """The state with its revision: what frames are made of, and disclosure acts on."""
        return {**self.state, "revision": self.revision, "recorded_at": self.recorded_at}


def state_in(packed: bytes) -> State:
    """Return the state in the column `document`."""
    state: State = orjson.loads(unpack(packed))
    return state


def texts_in(state: str, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return fields of the draft in the text of a state that are texts by language; nothing else is parsed.

    Args:
        state: The state as canonical JSON.
        names: The fields, of an incident. None of them is a field of what is within its draft (`IN_DRAFTS`).
    """
    found = {}
    for name in names:
        # Within a text a quotation mark is escaped, so this is the field itself.
        start = state.find(beginning := f'"{name}":{{')
        if start >= 0:
            found[name] = _texts_at(state, start + len(beginning) - 1)
    return found


def _texts_at(text: str, start: int) -> dict[str, str]:
    """Return the texts by language that begin at a place of a document.

    They end at the first quotation mark before a brace, and the faster parser takes them up to there. If that mark is
    within one of the texts, what is cut off there is not JSON.
    """
    texts: dict[str, str]
    try:
        texts = orjson.loads(text[start : text.find('"}', start) + 2])
    except ValueError:
        texts = _DECODER.raw_decode(text, start)[0]
    return texts


_DECODER: Final = json.JSONDecoder()

IN_DRAFTS: Final = frozenset(
    name for model in (PlaceDraft, PartyDraft, ClaimDraft, AttachmentDraft) for name in model.model_fields
)
"""The fields of what is within the draft of an incident."""


def read_recorded(
    connection: Connection, where: str = "", values: Mapping[str, Any] | None = None
) -> Iterator[Recorded]:
    """Yield incidents as they are now, in order of row.

    Args:
        connection: Within a transaction; nothing may be written before the last one was read.
        where: A condition on the table `incident`, as SQL.
        values: The values of its parameters.
    """
    statement = f"SELECT fid, document, revision, recorded_at FROM incident {where} ORDER BY fid"  # noqa: S608 — our own conditions; values are bound
    for fid, packed, revision, recorded_at in run(connection, statement, values):
        document = unpack(packed)
        yield Recorded(fid, orjson.loads(document), revision, recorded_at, packed, document)


def read_by_code(connection: Connection, code: str) -> Recorded | None:
    """Return the incident with a code, or None."""
    return next(iter([*read_recorded(connection, "WHERE code = :code", {"code": code})]), None)


def read_rows(connection: Connection, fids: Sequence[int]) -> Iterator[Recorded]:
    """Yield the incidents of some rows as they are now, in order of these."""
    for part in chunks(sorted(fids), AT_ONCE):
        yield from [*read_recorded(connection, "WHERE fid IN :fids", {"fids": list(part)})]


def documents_then(connection: Connection, moment: datetime) -> tuple[frozenset[int], dict[int, dict[str, Any]]]:
    """Return the rows of incidents that were made or changed after a moment (aware), and what they were then.

    The documents, of those that were there, are by row, in the order of their revisions.
    """
    then = as_known_at(connection, "incident", moment)
    found = run(connection, "SELECT id, fid FROM incident WHERE id IN :ids", {"ids": sorted(then.changed)})
    fids = {str(name): int(fid) for name, fid in found}
    made = {
        fids[state["id"]]: {**state, "revision": number, "recorded_at": recorded_at}
        for state, number, recorded_at in then.states
    }
    return frozenset(fids.values()), made


def state_of(document: Document) -> dict[str, Any]:
    """Return the part of a document that can be recorded elsewhere."""
    return {name: document[name] for name in ("code", "draft", "id")}
