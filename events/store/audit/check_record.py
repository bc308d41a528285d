"""The record examined: digests of states, seals of changes, redactions, gaps, and what was never recorded."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from willay.events.model.canonical import canonical
from willay.events.model.masking import mark_at, masked_digest, value_at
from willay.events.store.audit.check_reviews import Reviews, Seen
from willay.events.store.audit.check_seals import Seals, StateSeen
from willay.events.store.dialects import dialect_of, run
from willay.events.store.record import register_rows
from willay.events.store.record.redactions import KIND, REASON, document_digest, erased_at, read_redactions
from willay.events.store.record.region_sets import region_id, region_state
from willay.events.store.record.resolve import kind_in_words
from willay.events.store.record.settings import setting_states
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.schema.packing import unpack
from willay.events.store.schema.tables import REGION
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.engine import Connection

    from willay.events.model.masking import Steps
    from willay.events.store.record.states import State

Subject = tuple[str, str]
"""Kind and id."""

_STATES: Final = {
    "source": register_rows.source_states,
    "actor": register_rows.actor_states,
    "case": register_rows.case_states,
}


def record_problems(connection: Connection) -> Iterator[Problem]:
    """Follow each subject's digests from its first revision to its present state, and the seals of all changes."""
    present = dict(_present_states(connection))
    redacted = _Redacted(connection)
    reviews, seals = Reviews(), Seals(connection, redacted.reasons)
    last: dict[Subject, bytes] = {}
    number = 0
    revisions = dialect_of(connection).each_row(connection.execute(text(_REVISIONS)))
    for change, rows in groupby(revisions, itemgetter(_COLUMNS)):
        states = []
        for *columns, _, stored in rows:
            state = StateSeen(*columns)
            subject = (state.kind, state.subject)
            document = stored if stored is not None else _text(present.get(subject))
            if state.number != number + 1:
                if state.number == number + 2:
                    message = tr("Revision {number} is missing.", number=number + 1)
                else:
                    message = tr("Revisions {first} to {last} are missing.", first=number + 1, last=state.number - 1)
                yield Problem(ERROR, tr("revision {number}", number=state.number), f"{message} {tr(GO_BACK)}")
            if state.previous != last.get(subject) or not _is_recorded(state, stored, document, redacted):
                values = {"number": state.number, "kind": kind_in_words(state.kind), "subject": state.subject}
                if stored is None:
                    message = tr(
                        "Revision {number} of {kind} {subject}: its present state is not what was recorded.", **values
                    )
                else:
                    message = tr(
                        "Revision {number} of {kind} {subject}: its recorded state is not what was recorded.", **values
                    )
                yield Problem(ERROR, tr("revision {number}", number=state.number), f"{message} {tr(GO_BACK)}")
            elif document is not None:
                reviews.see(Seen(state, seals.author(change), document, is_last=stored is None))
            last[subject], number = state.digest, state.number
            states.append(state)
        yield from seals.compare(change, states)
    yield from seals.end()
    yield from _end_problems(connection, number)
    for kind, name in sorted(present.keys() - last.keys()):
        yield Problem(
            ERROR,
            name,
            tr(
                "This {kind} was never recorded in a revision. {go_back}", kind=kind_in_words(kind), go_back=tr(GO_BACK)
            ),
        )
    yield from reviews.problems()


_REVISIONS: Final = (
    "SELECT number, subject_kind, subject_id, action, previous_digest, digest, masked_digest, origin, change, document"
    " FROM revision ORDER BY number"
)
_COLUMNS: Final = 8
"""Columns of these that are those of `StateSeen`; the next one is the change."""


def _end_problems(connection: Connection, last: int) -> Iterator[Problem]:
    """Compare the last revision with the highest number that was ever given."""
    given = dialect_of(connection).highest_number(connection)
    if given != last:
        message = tr(
            "The last revision is {last}, and SQLite gave numbers up to {given}: the end of the record is missing.",
            last=last,
            given=given,
        )
        yield Problem(ERROR, "revision", f"{message} {tr(GO_BACK)}")


def _is_recorded(state: StateSeen, stored: str | None, document: str | None, redacted: _Redacted) -> bool:
    """Return whether a state is the one that was recorded, or that state without the texts that were redacted in it.

    Args:
        state: What its revision says of it.
        stored: The document of the revision itself, if it was replaced since.
        document: That, or the present one.
        redacted: What was redacted.
    """
    if document is None:
        return False
    before = state.previous.hex() if isinstance(state.previous, bytes) else ""
    if state.digest == hashlib.sha256(f"{before}{document}".encode()).digest():
        return state.kind != KIND or stored is not None
    return stored is not None and redacted.is_left(state, stored)


class _Redacted:
    """What was redacted, by the number of the revision that had it.

    Attributes:
        reasons: The digests of reasons, by the number of the change.
    """

    def __init__(self, connection: Connection) -> None:
        redactions = read_redactions(connection)
        self._erased: dict[int, dict[Steps, str]] = defaultdict(dict)
        self._left: dict[int, str] = {}
        for number, steps, digest in erased_at(redactions):
            self._erased[number][steps] = digest
        for one in redactions:
            self._left |= one.left
        numbers = [number for number, erased in self._erased.items() if REASON in erased]
        changes = run(connection, "SELECT number, change FROM revision WHERE number IN :numbers", {"numbers": numbers})
        self.reasons = {row.change: self._erased[row.number][REASON] for row in changes}

    def is_left(self, seen: StateSeen, document: str) -> bool:
        """Return whether a document is what redactions left: marks where the texts were, and all else as recorded."""
        erased = {steps: digest for steps, digest in self._erased.get(seen.number, {}).items() if steps != REASON}
        if not erased or self._left.get(seen.number) != document_digest(document):
            return False
        state = json.loads(document)
        try:
            marked = all(value_at(state, steps) == mark_at(steps) for steps in erased)
            rest = seen.masked is None or seen.masked == bytes.fromhex(masked_digest(state, erased))
        except LookupError:
            return False
        return marked and rest


def _text(document: str | bytes | None) -> str | None:
    """Return a document, which is packed where it is an incident's: all of them would be much memory."""
    return unpack(document) if isinstance(document, bytes) else document


def _present_states(connection: Connection) -> Iterator[tuple[Subject, str | bytes]]:
    for name, packed in dialect_of(connection).each_row(connection.execute(text("SELECT id, document FROM incident"))):
        yield ("incident", name), packed
    for kind, states in _STATES.items():
        for state in states(connection):
            yield (kind, state["key"]), canonical(state)
    named: Mapping[str, Iterable[tuple[str, State]]] = {
        "setting": setting_states(connection),
        "dataset": register_rows.dataset_states(connection),
        "indicator": register_rows.indicator_states(connection),
    }
    for kind, each in named.items():
        for name, state in each:
            yield (kind, name), canonical(state)
    for region in connection.execute(select(REGION)).mappings():
        row = dict(region)
        yield ("region", region_id(row)), canonical(region_state(row))
