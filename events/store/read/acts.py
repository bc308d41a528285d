"""Acts: what was done to a database, by whom and when; one act is one change, however many states it made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from willay.events.store.deeds import Act, Touched
from willay.events.store.dialects import run
from willay.events.store.record.contents import KIND as CONTENT
from willay.events.store.record.redactions import KIND as REDACTION
from willay.events.store.record.review_rules import spellings
from willay.events.store.record.settings import KIND as SETTING
from willay.events.store.schema.ids import moment_of, moment_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.engine import Connection

    from willay.events.frame.query import IncidentQuery

KINDS: Final = (
    "incident", "source", "actor", "case", "indicator", "dataset", "region", SETTING, CONTENT, REDACTION,
)  # fmt: skip
"""The kinds of subjects that an act can touch."""

NAMED: Final = 20
"""Maximum number of subjects that an act names; of more it has the numbers."""


@dataclass(frozen=True, slots=True)
class ActsAsked:
    """Which acts.

    Attributes:
        author: Only those of this person, in any case; None asks for all.
        since: Only those that arrived at this moment (aware) or later.
        kinds: Only those that touched one of these kinds of subjects (`KINDS`); of others nothing is named.
        limit: Maximum number of acts, the newest; None returns all.

    Example:
        >>> from willay.events.store import ActsAsked, Store
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     newest, total = store.read.log(ActsAsked(author="willay", limit=1))
        ...     len(newest), newest[0].reason
        (1, 'installed')
    """

    author: str | None = None
    since: datetime | None = None
    kinds: Collection[str] = ()
    limit: int | None = None


def acts(connection: Connection, asked: ActsAsked) -> tuple[tuple[Act, ...], int]:
    """Return acts, the newest first, and how many there are in all.

    Args:
        connection: Within a transaction.
        asked: Which acts.
    """
    values: dict[str, Any] = {"kinds": list(asked.kinds or KINDS), "limit": -1 if asked.limit is None else asked.limit}
    where = ["EXISTS (SELECT 1 FROM revision WHERE change = change.number AND subject_kind IN :kinds)"]
    if asked.author is not None:
        where.append("author IN :authors")
        values["authors"] = spellings(connection, asked.author)
    if asked.since is not None:
        where.append("arrived_at >= :since")
        values["since"] = moment_text(asked.since)
    condition = " AND ".join(where)
    total = int(run(connection, f"SELECT count(*) FROM change WHERE {condition}", values).scalar_one())  # noqa: S608 — our own text
    statement = f"SELECT * FROM change WHERE {condition} ORDER BY number DESC LIMIT :limit"  # noqa: S608 — as above
    found = run(connection, statement, values).all()
    touched = _touched(connection, [row.number for row in found], values["kinds"])
    return tuple(_act(row, touched[row.number]) for row in found), total


def _act(row: Row[Any], touched: tuple[Mapping[tuple[str, str], int], list[Touched]]) -> Act:
    numbers, subjects = touched
    kinds: dict[str, int] = defaultdict(int)
    for (kind, _), number in numbers.items():
        kinds[kind] += number
    return Act(
        number=row.number,
        author=row.author,
        recorded_at=moment_of(row.recorded_at),
        arrived_at=moment_of(row.arrived_at),
        reason=row.reason,
        actions=tuple(dict.fromkeys(action for _, action in numbers)),
        kinds=dict(kinds),
        subjects=tuple(subjects),
    )


def _touched(
    connection: Connection, numbers: Collection[int], kinds: Collection[str]
) -> dict[int, tuple[dict[tuple[str, str], int], list[Touched]]]:
    """Return what each act did to how many subjects of a kind, and the subjects where they are few."""
    found: dict[int, tuple[dict[tuple[str, str], int], list[Touched]]] = {number: ({}, []) for number in numbers}
    asked = {"changes": list(numbers), "kinds": list(kinds)}
    counted = (
        "SELECT change, subject_kind, action, count(*) AS number FROM revision"
        " WHERE change IN :changes AND subject_kind IN :kinds GROUP BY change, subject_kind, action"
    )
    for row in sorted(run(connection, counted, asked), key=lambda row: KINDS.index(row.subject_kind)):
        found[row.change][0][row.subject_kind, row.action] = row.number
    few = [number for number, (counts, _) in found.items() if sum(counts.values()) <= NAMED]
    named = (
        "SELECT change, subject_kind, subject_id, action, code FROM revision"
        " LEFT JOIN incident ON subject_kind = 'incident' AND id = subject_id"
        " WHERE change IN :changes AND subject_kind IN :kinds ORDER BY revision.number"
    )
    for row in run(connection, named, {**asked, "changes": few}).all():
        name = row.code or (_redacted(connection, row.subject_id) if row.subject_kind == REDACTION else row.subject_id)
        found[row.change][1].append(Touched(row.subject_kind, name, row.action))
    for _, subjects in found.values():
        subjects.sort(key=lambda one: KINDS.index(one.kind))
    return found


def _redacted(connection: Connection, subject: str) -> str:
    """Return the name of what a redaction is of: a code or key."""
    kind, _, rest = subject.partition("/")
    name = rest.rpartition("/")[0]
    if kind != "incident":
        return name
    return str(run(connection, "SELECT code FROM incident WHERE id = :id", {"id": name}).scalar() or name)


def changed_codes(connection: Connection, query: IncidentQuery) -> frozenset[str] | None:
    """Return the codes of the incidents that were changed as a query asks; None where it does not ask."""
    if query.changed_since is None and query.changed_by is None:
        return None
    statement = (
        "SELECT DISTINCT code FROM revisions JOIN incident ON id = subject_id"
        " WHERE subject_kind = 'incident' AND (:since IS NULL OR arrived_at >= :since)"
        " AND (:until IS NULL OR arrived_at <= :until)"
    )
    values: dict[str, Any] = {
        "since": query.changed_since and moment_text(query.changed_since),
        "until": query.as_of and moment_text(query.as_of),
    }
    if query.changed_by is not None:
        statement += " AND author IN :authors"
        values["authors"] = spellings(connection, query.changed_by)
    return frozenset(map(str, run(connection, statement, values).scalars()))
