"""Seals in the record: each change against its states, its root, its office's seal and the seal of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import text

from willay.events.model.draftbase import REDACTED
from willay.events.model.masking import text_digest
from willay.events.store.record.seals import EarlierSealed, Sealed, file_seal, leaf_of, merkle_root
from willay.events.store.results import ERROR, GO_BACK, Problem
from willay.events.store.schema.versions import THIS_OFFICE
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.engine import Connection


class StateSeen(NamedTuple):
    """What a revision says of a state, in the order of its columns."""

    number: int
    kind: str
    subject: str
    action: str
    previous: bytes | None
    digest: bytes
    masked: bytes | None
    origin: str | None


class Seals:
    """Compares changes in their order with their seals.

    Args:
        connection: Within a transaction.
        reasons: The digests of reasons that were redacted, by the number of the change.
    """

    def __init__(self, connection: Connection, reasons: Mapping[int, str]) -> None:
        self._changes = {row.number: row for row in connection.execute(text("SELECT * FROM change"))}
        self._offices: dict[int, str] = {
            row.number: row.id for row in connection.execute(text("SELECT number, id FROM office"))
        }
        self._reasons = reasons
        self._seal: bytes | None = None
        self._number = 0
        self._last: dict[int, tuple[int, bytes | None]] = {}

    def author(self, change: int) -> str:
        """Return who made a change."""
        return str(self._changes[change].author)

    def compare(self, number: int, states: Sequence[StateSeen]) -> Iterator[Problem]:
        """Compare the next change with its states and its seals."""
        yield from self._gap(number)
        change = self._changes[number]
        is_earlier = change.root is None
        seal = self._earlier(change, states) if is_earlier else self._sealed(change, states)
        if seal is None or change.seal != seal:
            message = tr(
                "Change {number}, {span}: who made it, when, why, its states or its place among the "
                "others was changed.",
                number=number,
                span=_span(states),
            )
            yield Problem(ERROR, tr("change {number}", number=number), f"{message} {tr(GO_BACK)}")
        self._seal, self._number = change.seal, number

    def end(self) -> Iterator[Problem]:
        """Find the changes after the last that has states, and offices that no willay named."""
        yield from self._gap(max(self._changes, default=0) + 1)
        if [*self._offices] != [THIS_OFFICE]:
            yield Problem(
                ERROR,
                "office",
                tr(
                    "There must be one office, with the number {number}. {go_back}",
                    number=THIS_OFFICE,
                    go_back=tr(GO_BACK),
                ),
            )

    def _gap(self, number: int) -> Iterator[Problem]:
        """Find that changes before one are not there, or have no states, or come after it."""
        if number != self._number + 1:
            message = tr(
                "Between the changes {before} and {after} some are missing, or in another order.",
                before=self._number,
                after=number,
            )
            yield Problem(ERROR, tr("change {number}", number=number), f"{message} {tr(GO_BACK)}")

    def _sealed(self, change: Row[Any], states: Sequence[StateSeen]) -> bytes | None:
        """Return the seal of the file that a change should have; None where it does not fit its states or its office.

        What does not fit is judged once: the next change is compared with what is stored of this one.
        """
        before, seal = self._last.get(change.office, (0, None))
        self._last[change.office] = (change.office_number, change.office_seal)
        leaves = [
            leaf_of(one.kind, one.subject, one.action, one.digest, one.masked, one.origin)
            for one in states
            if isinstance(one.digest, bytes) and isinstance(one.masked, bytes)
        ]
        reason = self._redacted(change) or text_digest(change.reason)
        said = Sealed(
            self._offices.get(change.office, ""), before + 1, change.author, change.recorded_at, reason,
            len(states), merkle_root(leaves),
        )  # fmt: skip
        stored = (change.office_number, change.subjects, change.root, change.office_seal)
        if stored != (said.number, said.subjects, said.root, said.seal(seal)):
            return None
        return file_seal(self._seal, change.number, change.arrived_at, change.office_seal)

    def _earlier(self, change: Row[Any], states: Sequence[StateSeen]) -> bytes | None:
        """Return the seal that a change made before schema 7 should have; None where it is not such a change."""
        one = states[0]
        stored = (change.number, change.subjects, len(states), change.arrived_at)
        if stored != (one.number, 1, 1, change.recorded_at) or change.office is not None:
            return None
        if change.office_number is not None or change.office_seal is not None:
            return None
        said = EarlierSealed(
            one.number, one.kind, one.subject, change.author, change.recorded_at, one.action, change.reason,
            _hex(one.previous), str(_hex(one.digest)), _hex(one.masked), one.origin,
        )  # fmt: skip
        return said.seal(self._seal, self._redacted(change))

    def _redacted(self, change: Row[Any]) -> str | None:
        """Return the digest of the reason of a change, where it was redacted and nothing else is in its place."""
        return self._reasons.get(change.number) if change.reason == REDACTED else None


def _hex(digest: object) -> str | None:
    """Return a digest in hexadecimal; of what is none, something that fits nothing."""
    return digest.hex() if isinstance(digest, bytes) else None if digest is None else str(digest)


def _span(states: Sequence[StateSeen]) -> str:
    first, last = states[0].number, states[-1].number
    if first == last:
        return tr("revision {number}", number=first)
    return tr("revisions {first} to {last}", first=first, last=last)
