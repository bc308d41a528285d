"""Seals: what proves that a change, its states and its place among all others are as they were recorded.

A change has a Merkle root over its states (RFC 6962, 2.1). The seal of its office is over the root and all that the
change says, and over the office's seal before: it is the same in every copy. The seal of this file is over the number
of the change here, when it arrived, and its office's seal, and over the file's seal before: it stands for the record up
to it. All functions are pure; `docs/en/developers/file-format.md` specifies them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.model.canonical import in_order, plain_in_order
from willay.events.model.masking import text_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAF: Final = b"\0"
_NODE: Final = b"\1"


def leaf_of(  # noqa: PLR0917 — the columns of a state
    kind: str, subject: str, action: str, digest: bytes, masked_digest: bytes, origin: str | None
) -> bytes:
    """Return the leaf of a state: the SHA-256 of a zero byte and of all that its revision says but its document.

    Args:
        kind: The kind of subject.
        subject: Its id.
        action: What was done with it.
        digest: Of the state, over the digest before.
        masked_digest: Of the state without its texts.
        origin: Who wrote it in another file, as JSON text; or None.
    """
    said = plain_in_order([kind, subject, action, digest.hex(), masked_digest.hex(), origin])
    return hashlib.sha256(_LEAF + said.encode()).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over some leaves, in their order (RFC 6962, 2.1).

    Two neighbours are a node above them, the SHA-256 of a one byte and both; the last of an odd number goes up as it
    is. Without leaves it is the SHA-256 of nothing.
    """
    level = [*leaves] or [hashlib.sha256().digest()]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [hashlib.sha256(_NODE + left + right).digest() for left, right in pairs]
        level = above + level[2 * len(above) :]
    return level[0]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the seal of an office is over, besides the office's seal before.

    Attributes:
        office: The office's id.
        number: The number of the change in that office, from 1.
        author: Who made it.
        recorded_at: When, by the clock of the author.
        reason: The SHA-256 (hexadecimal) of the reason, so that the reason can be redacted.
        subjects: How many states it made.
        root: The Merkle root over these.
    """

    office: str
    number: int
    author: str
    recorded_at: str
    reason: str
    subjects: int
    root: bytes

    def seal(self, previous: bytes | None) -> bytes:
        """Return the office's seal of the change.

        Args:
            previous: The office's seal before; None of its first change.
        """
        said = [self.office, self.number, self.author, self.recorded_at, self.reason, self.subjects, self.root.hex()]
        return _chained(previous, said)


def file_seal(previous: bytes | None, number: int, arrived_at: str, office_seal: bytes) -> bytes:
    """Return the seal of this file over a change.

    Args:
        previous: The file's seal before; None of the first change.
        number: The number of the change here.
        arrived_at: When it arrived here.
        office_seal: The seal of its office.
    """
    return _chained(previous, [number, arrived_at, office_seal.hex()])


@dataclass(frozen=True, slots=True)
class EarlierSealed:
    """What the seal of a revision made before schema 7 is over, besides the seal before; all digests hexadecimal.

    Attributes:
        number: Its number.
        subject_kind: The kind of subject.
        subject_id: Its id.
        author: Who made it.
        recorded_at: When.
        action: What was done.
        reason: Why.
        previous_digest: The subject's digest before, or None.
        digest: The digest of the state.
        masked_digest: The digest of the state without its texts; None before schema 5.
        origin: Who wrote it in another file, as JSON text; or None.
    """

    number: int
    subject_kind: str
    subject_id: str
    author: str
    recorded_at: str
    action: str
    reason: str
    previous_digest: str | None
    digest: str
    masked_digest: str | None
    origin: str | None

    def seal(self, previous: bytes | None, redacted: str | None = None) -> bytes:
        """Return the seal of the revision, which was over each revision until schema 6.

        Args:
            previous: The seal before; None of the first revision.
            redacted: The digest of the reason, where that was redacted; only since schema 5.
        """
        reason: str = self.reason
        more: list[Any] = []
        if self.masked_digest is not None:
            reason, more = redacted or text_digest(self.reason), [self.masked_digest, self.origin]
        said = [
            self.number, self.subject_kind, self.subject_id, self.author, self.recorded_at, self.action, reason,
            self.previous_digest, self.digest, *more,
        ]  # fmt: skip
        return _chained(previous, said)


def _chained(previous: bytes | None, said: list[Any]) -> bytes:
    """Return the SHA-256 of a digest before (hexadecimal; nothing of the first) and of values as JSON."""
    before = "" if previous is None else previous.hex()
    return hashlib.sha256(f"{before}{in_order(said)}".encode()).digest()
