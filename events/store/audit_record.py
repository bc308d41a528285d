"""The record examined: digests of states, seals of revisions, redactions, gaps, and what was never recorded."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from willay.events.model.canonical import canonical
from willay.events.model.redaction import mark_at, masked_digest, value_at
from willay.events.store import registers
from willay.events.store.audit_reviews import Reviews, Seen
from willay.events.store.dialects import dialect_of
from willay.events.store.packing import unpack
from willay.events.store.redactions import KIND, REASON, Redaction, document_digest, erased_at, read_redactions
from willay.events.store.regions import region_id, region_state
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.revisions import chained_seal
from willay.events.store.settings import setting_states
from willay.events.store.states import chained_digest
from willay.events.store.tables import Region, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Row
    from sqlalchemy.engine import Connection

    from willay.events.model.redaction import Steps
    from willay.events.store.states import State

Subject = tuple[str, str]
"""Kind and id."""

_STATES: Final = {
    "source": registers.source_states,
    "actor": registers.actor_states,
    "case": registers.case_states,
}


def record_problems(connection: Connection) -> Iterator[Problem]:
    """Follow each subject's digests from its first revision to its present state, and the seals of all."""
    present = dict(_present_states(connection))
    redacted = _Redacted(read_redactions(connection))
    reviews = Reviews()
    last: dict[Subject, str] = {}
    seal, number = None, 0
    for row in connection.execute(text("SELECT * FROM revision ORDER BY number")):
        subject = (row.subject_kind, row.subject_id)
        document = row.document if row.document is not None else _text(present.get(subject))
        if row.number != number + 1:
            message = f"{_between(number, row.number)} missing. {GO_BACK}"
            yield Problem(ERROR, f"revision {row.number}", message)
        if row.previous_digest != last.get(subject) or not _is_recorded(row, document, redacted):
            what = "its recorded state" if row.document is not None else "its present state"
            message = f"Revision {row.number} of {row.subject_kind} {row.subject_id}: {what} is not what was recorded."
            yield Problem(ERROR, f"revision {row.number}", f"{message} {GO_BACK}")
        elif document is not None:
            reviews.see(Seen(row.number, *subject, row.author, row.action, row.origin, document))
        last[subject], number = row.digest, row.number
        seal = chained_seal(seal, row._asdict(), redacted.reason(row))
        if row.seal != seal:
            message = f"Revision {row.number}: who made it, when, why, or its place among the others was changed."
            yield Problem(ERROR, f"revision {row.number}", f"{message} {GO_BACK}")
            seal = row.seal
    yield from _end_problems(connection, number)
    for kind, name in sorted(present.keys() - last.keys()):
        yield Problem(ERROR, name, f"This {kind} was never recorded in a revision. {GO_BACK}")
    yield from reviews.problems()


def _between(before: int, after: int) -> str:
    return f"Revision {after - 1} is" if after - before == 2 else f"Revisions {before + 1} to {after - 1} are"  # noqa: PLR2004 — one number between


def _end_problems(connection: Connection, last: int) -> Iterator[Problem]:
    """Compare the last revision with the highest number that was ever given."""
    given = dialect_of(connection).highest_number(connection)
    if given != last:
        message = (
            f"The last revision is {last}, and SQLite gave numbers up to {given}: the end of the record is missing."
        )
        yield Problem(ERROR, "revision", f"{message} {GO_BACK}")


def _is_recorded(row: Row[Any], document: str | None, redacted: _Redacted) -> bool:
    """Say whether a state is the one that was recorded, or that state without the texts that were redacted in it."""
    if document is None:
        return False
    if row.digest == chained_digest(row.previous_digest, document):
        return row.subject_kind != KIND or row.document is not None
    return row.document is not None and redacted.is_left(row, document)


class _Redacted:
    """What was redacted, by the number of the revision that had it."""

    def __init__(self, redactions: list[Redaction]) -> None:
        self._erased: dict[int, dict[Steps, str]] = defaultdict(dict)
        self._left: dict[int, str] = {}
        for number, steps, digest in erased_at(redactions):
            self._erased[number][steps] = digest
        for one in redactions:
            self._left |= one.left

    def reason(self, row: Row[Any]) -> str | None:
        """Return the digest of the reason of a revision, where it was redacted and nothing else stands there."""
        digest = self._erased.get(row.number, {}).get(REASON)
        return digest if row.reason == mark_at(REASON) else None

    def is_left(self, row: Row[Any], document: str) -> bool:
        """Say whether a document is what redactions left: marks where the texts were, and all else as recorded."""
        erased = {steps: digest for steps, digest in self._erased.get(row.number, {}).items() if steps != REASON}
        if not erased or self._left.get(row.number) != document_digest(document):
            return False
        state = json.loads(document)
        try:
            marked = all(value_at(state, steps) == mark_at(steps) for steps in erased)
            rest = row.masked_digest is None or row.masked_digest == masked_digest(state, erased)
        except LookupError:
            return False
        return marked and rest


def _text(document: str | bytes | None) -> str | None:
    """Return a document, which is packed where it is an incident's: all of them would be much memory."""
    return unpack(document) if isinstance(document, bytes) else document


def _present_states(connection: Connection) -> Iterator[tuple[Subject, str | bytes]]:
    for name, packed in connection.execute(text("SELECT id, document FROM incident")):
        yield ("incident", name), packed
    for kind, states in _STATES.items():
        for state in states(connection):
            yield (kind, state["key"]), canonical(state)
    named: Mapping[str, Iterable[tuple[str, State]]] = {
        "setting": setting_states(connection),
        "dataset": registers.dataset_states(connection),
        "indicator": registers.indicator_states(connection),
    }
    for kind, each in named.items():
        for name, state in each:
            yield (kind, name), canonical(state)
    for region in connection.execute(select(table_of(Region))).mappings():
        row = dict(region)
        yield ("region", region_id(row)), canonical(region_state(row))
