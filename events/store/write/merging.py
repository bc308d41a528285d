"""Merging: what a row says now, what it said the last time, and what was changed here since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.model.foreign import RowFault
from willay.events.store.record.memory import said_by
from willay.events.store.record.review_rules import IN_REVIEW, PUBLISHED, TWO_PEOPLE, WAITING, status_after_edit
from willay.events.store.record.revisions import INSTALLER
from willay.events.store.write import changes
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.model.foreign import Document, Identity
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.memory import Memory
    from willay.events.store.write.three_way import Noted

GONE: Final = "withdrawn-upstream"
"""The status of an incident that its dataset has deleted."""

_STAGES: Final = (*WAITING, PUBLISHED)
_TAKEN_BACK: Final = ("retracted", GONE)

_WORDS: Final = {
    "taken": mark("Taken from the file; what was here is in the history."),
    "added": mark("Added from the file."),
    "removed": mark("Removed, as in the file; it is in the history."),
    "kept": mark("The file has another value; ours was retained. Compare the two."),
}
"""What a report says of a difference between ours and the file's."""

_KEPT_UPSTREAM: Final = mark("Changed here and in the dataset; our value was not changed.")
_NOT_PUBLISHED: Final = mark(
    "Published in the other file; here a second person must approve it: willay review approve."
)


def not_published() -> RowFault:
    """Return the flag of an incident that another file published, and that waits for a second person here."""
    return RowFault("status", PUBLISHED, tr(_NOT_PUBLISHED))


def ancestor(
    connection: Connection, current: Recorded, memory: Memory | None, identity: Identity | None
) -> Document | None:
    """Return the draft that an incident here and a row have in common, None where that is not known.

    It is what the row said when it was last imported, as far as that is still a part of the row's own history; or the
    latest state of ours that the row's history contains or was merged from, if that is later.

    Args:
        connection: Within a transaction.
        current: The incident.
        memory: What the row said when it was last imported, if it ever was.
        identity: What the row says of its history, if it is one of our own files.
    """
    digests = identity.digests if identity else ()
    own = _own_digests(connection, current)
    shared = _shared(own, digests)
    merged = [number for number, digest in own if identity and digest in identity.seen]
    ours = max([*merged, *(number for number, _ in own[:shared])], default=0)
    last = memory and memory.theirs
    is_theirs = not digests or (last in digests and digests.index(str(last)) >= shared)
    if memory and is_theirs and ours < memory.revision:
        return _said(connection, current, memory)
    if ours:
        return _draft_at(connection, current, ours)
    return _said(connection, current, memory) if memory and not last else None


def _said(connection: Connection, current: Recorded, memory: Memory) -> Document:
    return said_by(memory) or _draft_at(connection, current, memory.revision)


def _draft_at(connection: Connection, current: Recorded, number: int) -> Document:
    document: Document = changes.state_at(connection, current, number)["draft"]
    return document


def _own_digests(connection: Connection, current: Recorded) -> list[tuple[int, str]]:
    statement = text(
        "SELECT number, digest FROM revision WHERE subject_kind = 'incident' AND subject_id = :id ORDER BY number"
    )
    return [(row.number, row.digest.hex()) for row in connection.execute(statement, {"id": current.state["id"]})]


def _shared(own: Sequence[tuple[int, str]], digests: Sequence[str]) -> int:
    """Return how many revisions from the first on are the same in both files."""
    number = 0
    for (_, ours), theirs in zip(own, digests, strict=False):
        if ours != theirs:
            break
        number += 1
    return number


def imported_status(rule: str, base: Document | None, ours: Document, theirs: Document, merged: Document) -> str:
    """Return the status of an incident that a row of its dataset was merged with.

    The status of a row is the one in which its import lets new incidents in. It takes nobody back on the way to
    publication, and a row that is back after its dataset deleted it restores the status before. What was published and
    says something else now goes back to review, unless the import may publish itself.

    Args:
        rule: The rule of review.
        base: What the dataset said last; None where that is not known.
        ours: Our draft.
        theirs: What the row says now.
        merged: What they become, with any status.
    """
    was = None if base is None else str(base["status"])
    mine, other = str(ours["status"]), str(theirs["status"])
    if mine == GONE:
        mine = was or mine
    if mine == was and {mine, other} <= {*_STAGES} and _STAGES.index(other) > _STAGES.index(mine):
        return other
    is_changed = {**merged, "status": mine} != {**ours, "status": mine}
    return status_after_edit(mine, rule) if is_changed and other != PUBLISHED else mine


def exchanged_status(rule: str, base: Document | None, ours: Document, theirs: Document, merged: Document) -> str:
    """Return the status of an incident that was merged with the same one of another file.

    A merge never publishes while two people are needed for that. What either side has taken back since they parted
    stays so; what was published and says something else now goes back to review.

    Args:
        rule: The rule of review.
        base: What the two have in common; None where that is not known.
        ours: Our draft.
        theirs: The other one.
        merged: What they become, with any status.
    """
    mine, other = str(ours["status"]), str(theirs["status"])
    was = None if base is None else base["status"]
    status = other if was is not None and mine == was else mine
    if was is not None and other in _TAKEN_BACK and other != was:
        status = other
    if mine in _TAKEN_BACK and mine != was:
        status = mine
    if status == PUBLISHED != mine and rule == TWO_PEOPLE:
        return mine
    same = {**merged, "status": mine} == ours
    return status if same else status_after_edit(status, rule)


def entering_status(rule: str, status: str, identity: Identity | None) -> str:
    """Return the status with which an incident enters that was not here: published only if others approved it there."""
    wrote = [] if identity is None else [name for name in identity.writers if name != INSTALLER]
    return IN_REVIEW if wrote and status == PUBLISHED and rule == TWO_PEOPLE else status


def origin_of(identity: Identity | None, code: str) -> Mapping[str, Any] | None:
    """Return what the record keeps of where a revision came from, None for what says nothing of it.

    Args:
        identity: What the row says of its own database.
        code: The code of the incident here.
    """
    if identity is None:
        return None
    known = {
        "code": None if identity.code == code else identity.code,
        "digest": identity.head,
        "writers": list(identity.writers),
    }
    return {name: value for name, value in known.items() if value} or None


def _flag(one: Noted) -> RowFault:
    if (one.field, one.what, one.theirs) == ("status", "kept", PUBLISHED):
        return not_published()
    return RowFault.of(one.field, one.theirs, tr(_WORDS[one.what]))


def flags(noted: Iterable[Noted], *, is_exchange: bool) -> tuple[RowFault, ...]:
    """Return differences as a report lists them, each once; of a dataset only those in which ours was retained."""
    if is_exchange:
        return tuple(dict.fromkeys(_flag(one) for one in noted))
    kept = dict.fromkeys(one.field for one in noted if one.what == "kept")
    return tuple(RowFault.of(name, "", tr(_KEPT_UPSTREAM)) for name in kept)
