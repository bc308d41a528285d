"""Sources, actors and cases that a profile shows, which are those of shown incidents, and incidents of each case."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select, text

from willay.events.disclosure.coarsening import PUBLIC
from willay.events.disclosure.declarations import CASE, INCIDENT
from willay.events.disclosure.showing import references
from willay.events.frame.query import IncidentQuery, published
from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft, draft
from willay.events.model.errors import RefusedError
from willay.events.model.fieldtypes import EVERYTHING
from willay.events.store.record import register_rows
from willay.events.store.record.register_rows import actor_states, as_known, case_drafts, case_states, source_states
from willay.events.store.record.resolve import nearest, not_found
from willay.events.store.schema import tables
from willay.events.store.schema.bulk import chunks
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.model.canonical import Document
    from willay.events.store.read.shown import Disclosure
    from willay.events.store.record.states import State


Drafts: TypeAlias = "tuple[tuple[SourceDraft, ...], tuple[ActorDraft, ...], tuple[CaseDraft, ...]]"


def drafts(connection: Connection, shown: Disclosure | None, as_of: datetime | None, query: IncidentQuery) -> Drafts:
    """Return all sources, actors and cases by key, now or as known at a moment; or those that a profile shows.

    Args:
        connection: Within a transaction.
        shown: What a profile shows; None is the record itself.
        as_of: The moment (aware); None is now.
        query: The statuses of the incidents that refer to what a profile shows.
    """
    sources, actors, cases = documents(connection, shown, as_of, query)
    return (
        tuple(draft(SourceDraft, one, recorded=EVERYTHING) for one in sources),
        tuple(draft(ActorDraft, one, recorded=EVERYTHING) for one in actors),
        tuple(draft(CaseDraft, one, recorded=EVERYTHING) for one in cases),
    )


Documents: TypeAlias = "tuple[Sequence[Document], Sequence[Document], Sequence[Document]]"


def documents(
    connection: Connection, shown: Disclosure | None, as_of: datetime | None, query: IncidentQuery
) -> Documents:
    """Return the documents of sources, actors and cases by key; arguments as for `drafts`."""
    if shown is not None:
        return referred_to(connection, shown, published(query, shown.profile))
    return (
        as_known(connection, "source", source_states(connection), as_of),
        as_known(connection, "actor", actor_states(connection), as_of),
        as_known(connection, "case", case_states(connection), as_of),
    )


def referred_to(connection: Connection, shown: Disclosure, query: IncidentQuery) -> Documents:
    """Return the sources, actors and cases that incidents of a query's statuses refer to, as a profile shows them.

    What only incidents refer to that are left out or coarse is not there: a title would lead to them. An actor that no
    incident refers to, such as an institution, is there where somebody has marked it as public.
    """
    keys: dict[str, set[str]] = {"source": set(), "actor": set(), "case": set()}
    link, incident = tables.LINK, tables.INCIDENT
    asked = [incident.c.status.in_(query.live_statuses), *shown.is_untouched]
    for kind, named in keys.items():
        statement = select(link.c.ref).distinct().join(incident).where(link.c.kind == kind, *asked)
        named.update(connection.execute(statement).scalars())
    stand_ins: dict[str, dict[str, Document]] = {"source": {}, "actor": {}}
    for part in chunks(shown.shown_fids(query)):
        for one in shown.substitutes(part):
            for kind, key in references(one.record["draft"], INCIDENT):
                keys[kind].add(key)
            stand_ins["source"].update(one.sources)
            stand_ins["actor"].update(one.actors)
    found = {kind: {one["key"]: one for one in getattr(shown.shown, kind)} for kind in keys}
    found = {kind: {**found[kind], **stand_ins.get(kind, {})} for kind in keys}
    keys["actor"] |= _public_actors(connection)
    _with_wholes(keys["actor"], found["actor"])
    keys["source"] |= {
        key for case in keys["case"] & found["case"].keys() for _, key in references(found["case"][case], CASE)
    }
    chosen = {kind: [one for key, one in sorted(found[kind].items()) if key in keys[kind]] for kind in keys}
    return chosen["source"], chosen["actor"], chosen["case"]


def _public_actors(connection: Connection) -> set[str]:
    """Return the keys of actors that are marked as public, and that no incident of any level or status refers to."""
    link = tables.LINK
    named = {*connection.execute(select(link.c.ref).distinct().where(link.c.kind == "actor")).scalars()}
    marked = {str(state["key"]) for state in actor_states(connection) if state.get("sensitivity") == PUBLIC}
    return marked - named


def _with_wholes(keys: set[str], actors: Mapping[str, State]) -> None:
    """Add the actors that others are parts of."""
    for key in [*keys]:
        above = actors.get(key, {}).get("part_of")
        while above is not None and above not in keys:
            keys.add(above)
            above = actors.get(above, {}).get("part_of")


def case_draft(connection: Connection, key: str, shown: Disclosure | None, as_of: datetime | None) -> CaseDraft:
    """Return a case, now or as known at a moment, as a profile shows it.

    Raises:
        NotFoundError: There is no such case.
        RefusedError: The profile shows no incident of it.
    """
    every = {case.key: case for case in case_drafts(connection, as_of)}
    if key not in every:
        raise not_found("case", key, nearest(key, every))
    if shown is None:
        return every[key]
    seen = {case.key: case for case in drafts(connection, shown, as_of, IncidentQuery())[2]}
    if key not in seen:
        raise RefusedError(
            tr("The profile {profile} shows no incident of the case {key!r}.", profile=shown.profile, key=key)
        )
    return seen[key]


def indicator_documents(connection: Connection, shown: Disclosure | None, as_of: datetime | None) -> list[Document]:
    """Return the documents of indicators in the order of entry; arguments as for `drafts`.

    One that names something withheld is not there, nor one that is withheld for its level.
    """
    documents = register_rows.indicator_documents(connection, as_of)
    return [*documents] if shown is None else [*shown.indicators(documents)]


def indicator_drafts(
    connection: Connection, shown: Disclosure | None, as_of: datetime | None
) -> tuple[IndicatorDraft, ...]:
    """Return the indicators in the order of entry; see `indicator_documents`."""
    documents = indicator_documents(connection, shown, as_of)
    return tuple(draft(IndicatorDraft, one, recorded=EVERYTHING) for one in documents)


def sources_of_indicators(
    connection: Connection, shown: Disclosure | None, as_of: datetime | None
) -> dict[str, SourceDraft]:
    """Return the sources that indicators cite, by key, as they may be shown; arguments as for `drafts`."""
    every = as_known(connection, "source", source_states(connection), as_of) if shown is None else shown.shown.source
    cited = {one["source"] for one in indicator_documents(connection, shown, as_of)}
    return {one["key"]: draft(SourceDraft, one, recorded=EVERYTHING) for one in every if one["key"] in cited}


def case_counts(connection: Connection, shown: Disclosure | None, query: IncidentQuery) -> dict[str, int]:
    """Return how many incidents each case has, without the retracted ones; arguments as for `drafts`."""
    if shown is not None:
        return _shown_case_counts(connection, shown, published(query, shown.profile))
    statement = (
        "SELECT ref, count(*) FROM link JOIN incidents ON incidents.fid = link.incident WHERE link.kind = 'case'"
        " GROUP BY ref ORDER BY ref"
    )
    return {str(case): int(number) for case, number in connection.execute(text(statement))}


def _shown_case_counts(connection: Connection, shown: Disclosure, query: IncidentQuery) -> dict[str, int]:
    """Return how many incidents of a query's statuses each case has, as a profile shows them."""
    incident, link = tables.INCIDENT, tables.LINK
    asked = [incident.c.status.in_(query.live_statuses), *shown.is_untouched]
    cases = select(link.c.ref).join(incident).where(link.c.kind == "case", *asked)
    found = Counter(connection.execute(cases).scalars())
    for part in chunks(shown.shown_fids(query)):
        found.update(case for one in shown.substitutes(part) for case in one.record["draft"].get("cases", ()))
    return {str(case): number for case, number in sorted(found.items())}
