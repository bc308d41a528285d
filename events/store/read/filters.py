"""From a query to the incidents that answer it: conditions in SQL, and the same conditions on documents.

Nearly all incidents are read as they are recorded, and SQL decides (`Filter.in_sql`). What stands in the place of an
incident, because a profile touches it or it has changed since the moment asked about, is a document, and `holds_for`
decides. Words and places are looked at last, on a page at a time (`answering`): SQL knows neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from willay.events.frame.framing import cited_sources, figures_of
from willay.events.model.errors import NotFoundError
from willay.events.model.policy import FIGURE_MEASURES
from willay.events.store.dialects import dialect_of
from willay.events.store.read.acts import changed_codes
from willay.events.store.record.resolve import actor_names, did_you_mean, folded, nearest
from willay.events.store.schema.tables import CLAIM, INCIDENT, LINK
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.frame.query import IncidentQuery
    from willay.events.model.canonical import Document
    from willay.events.store.read.references import References


def narrowing(query: IncidentQuery) -> list[ColumnElement[bool]]:
    """Return the conditions of a query on an incident's own columns but its status: names, days, type and dataset."""
    column = INCIDENT.c
    where: list[ColumnElement[bool]] = []
    if query.codes:
        where.append(column.code.in_([code.upper() for code in query.codes]) | column.key.in_(query.codes))
    if query.days is not None:
        where.append(column.first_day.is_not(None))
    if query.days and query.days.first:
        where.append(column.last_day >= str(query.days.first))
    if query.days and query.days.last:
        where.append(column.first_day <= str(query.days.last))
    if query.types:
        where.append(column.type.in_(query.types) | column.subtype.in_(query.types))
    if query.dataset:
        where.append(column.dataset == query.dataset)
    if query.without:
        where.append(column.dataset.is_(None) | column.dataset.not_in(query.without))
    return where


@dataclass(frozen=True, slots=True)
class Filter:
    """A query whose names are found in the database.

    Attributes:
        query: The query.
        policy: The figure policy.
        is_own_policy: Whether that is the database's own, whose figures are columns.
        actors: Keys of the actors asked for and of their parts; None where none are.
        sources: Keys of the sources asked for; None where none are.
        changed: Codes of the incidents that were changed as asked; None where any will do.
        is_changed: The same as a condition on the table `incident`.
    """

    query: IncidentQuery
    policy: str
    is_own_policy: bool
    actors: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    changed: frozenset[str] | None = None
    is_changed: ColumnElement[bool] | None = None

    @classmethod
    def of(
        cls, connection: Connection, query: IncidentQuery, references: References, policy: str, *, is_own_policy: bool
    ) -> Filter:
        """Find the actors, cases and sources that a query names.

        Raises:
            NotFoundError: The database has no such actor, case or source.
        """
        actors = sources = None
        if query.actors:
            names = actor_names(connection)
            asked = {_actor_key(name, names) for name in query.actors}
            actors = frozenset(_with_parts(asked, references.actors))
        if query.cases:
            _all_known(query.cases, references.cases, "case")
        if query.sources:
            every = references.every_source
            _all_known(query.sources, [*every, *(str(one["kind"]) for one in every.values())], "source")
            asked = {*query.sources}
            sources = frozenset(key for key, one in every.items() if key in asked or one["kind"] in asked)
        changed, is_changed = changed_codes(connection, query), None
        if changed is not None:
            is_changed = dialect_of(connection).among(INCIDENT.c.code, sorted(changed))
        return cls(query, policy, is_own_policy, actors, sources, changed, is_changed)

    def in_sql(self) -> list[ColumnElement[bool]]:
        """Return conditions on the table `incident`; but for words, places and `reckons`, they are all."""
        return [INCIDENT.c.status.in_(self.query.live_statuses), *self.of_any_status()]

    def of_any_status(self) -> list[ColumnElement[bool]]:
        """Return the conditions of `in_sql` without that on the status."""
        query, incident = self.query, INCIDENT
        where = narrowing(query)
        linked = {
            "actor": self.actors,
            "case": query.cases or None,
            "source": self.sources,
            "tag": query.tags or None,
        }
        where += [_refers(kind, refs) for kind, refs in linked.items() if refs is not None]
        if self.is_changed is not None:
            where.append(self.is_changed)
        if query.measure:
            claim = CLAIM
            said = select(claim.c.incident).where(claim.c.incident == incident.c.fid, claim.c.measure == query.measure)
            where.append(said.exists())
            if query.minimum is not None and not self.reckons:
                best, low = (incident.c[f"{query.measure}_{bound}"] for bound in ("best", "low"))
                where.append(func.coalesce(best, low) >= query.minimum)  # "at least 30" counts as 30
        return where

    @property
    def reckons(self) -> bool:
        """Whether a least figure is asked for that no column has: it is reckoned from the claims of each document."""
        kept = self.is_own_policy and self.query.measure in FIGURE_MEASURES
        return self.query.minimum is not None and not kept

    @property
    def is_in_sql(self) -> bool:
        """Whether SQL decides everything."""
        return not (self.query.text or self.query.bbox or self.query.regions or self.reckons)

    def holds_for(self, row: Mapping[str, Any], draft: Document, sources: Mapping[str, Document]) -> bool:
        """Return whether an incident answers the query, but for words and places.

        Args:
            row: Its row of the frame.
            draft: Its draft.
            sources: What its claims cite; see `framing.figures_of`.
        """
        query = self.query
        return (
            row["status"] in query.live_statuses
            and (not query.codes or row["code"] in {code.upper() for code in query.codes} or row["key"] in query.codes)
            and self._meets_days(row)
            and (not query.types or row["type"] in query.types or row["subtype"] in query.types)
            and (not query.dataset or row["dataset"] == query.dataset)
            and row["dataset"] not in query.without
            and (self.actors is None or any(party["actor"] in self.actors for party in draft.get("parties", ())))
            and (not query.cases or any(key in query.cases for key in draft.get("cases", ())))
            and (self.sources is None or any(key in self.sources for key in cited_sources(draft)))
            and (self.changed is None or row["code"] in self.changed)  # a code that a profile invents is not
            and (not query.tags or any(tag in query.tags for tag in draft.get("tags", ())))
            and (not query.measure or any(one["measure"] == query.measure for one in draft.get("claims", ())))
            and (query.minimum is None or self.is_enough(draft, sources))
        )

    def _meets_days(self, row: Mapping[str, Any]) -> bool:
        asked = self.query.days
        if asked is None:
            return True
        first, last = row["first_day"], row["last_day"]  # ISO text, which compares as days do
        return (
            first is not None
            and (asked.first is None or last >= str(asked.first))
            and (asked.last is None or first <= str(asked.last))
        )

    def is_enough(self, draft: Document, sources: Mapping[str, Document]) -> bool:
        """Return whether the figure of an incident is at least what is asked for."""
        query = self.query
        claims = [claim for claim in draft.get("claims", ()) if claim["measure"] == query.measure]
        found = figures_of({"claims": claims}, sources, self.policy).get(str(query.measure))
        if found is None or query.minimum is None:
            return False
        reckoned = found.count.low if found.count.best is None else found.count.best  # "at least 30" counts as 30
        return reckoned is not None and reckoned >= query.minimum


def _refers(kind: str, refs: Iterable[str]) -> ColumnElement[bool]:
    link, incident = LINK.c, INCIDENT.c
    mine = select(link.incident).where(link.incident == incident.fid, link.kind == kind, link.ref.in_(sorted(refs)))
    return mine.exists()


def _with_parts(keys: set[str], actors: Mapping[str, Document]) -> set[str]:
    """Add the actors that are parts of those asked for: the factions of a group, the units of a force."""
    found = set(keys)
    while more := {key for key, actor in actors.items() if actor.get("part_of") in found} - found:
        found |= more
    return found


def _actor_key(name: str, actors: Mapping[str, str]) -> str:
    key = actors.get(folded(name))
    if key is None:
        like = dict.fromkeys(actors[found] for found in nearest(folded(name), actors))
        raise NotFoundError(
            tr(
                "Unknown actor {name!r}.{like} Known actors: willay actor list.",
                name=name[:80],
                like=did_you_mean(like),
            )
        )
    return key


def _all_known(asked: Iterable[str], known: Iterable[str], kind: str) -> None:
    there = set(known)
    for name in asked:
        if name not in there:
            raise NotFoundError(
                tr(
                    _UNKNOWN[kind],
                    name=name[:80],
                    like=did_you_mean(nearest(name, there)),
                )
            )


_UNKNOWN: Final = {
    "case": mark("Unknown case {name!r}.{like} See: willay case list."),
    "source": mark("Unknown source {name!r}.{like} See: willay source list."),
}
