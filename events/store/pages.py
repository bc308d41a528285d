"""Answers in pages: the incidents of a query in order of code, in flat memory at any size of the database.

`answers.answer` reads all that a query could mean and sorts it by day; here a page is read, matched and given away
before the next. What every page needs (actors, cases, datasets, wholes) is read once; sources as each page cites them.
Incidents that a profile touches are made of their documents and merged in, in order of the codes that they show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import select

from willay.events.canonical import canonical
from willay.events.cards import is_known
from willay.events.cells import cells_of_frame, merged
from willay.events.columns import DRAFT, Origin
from willay.events.framing import counted, incident_frame, kept_cells
from willay.events.records import COLUMNS, IncidentTables, blank_table
from willay.events.store import lookups
from willay.events.store.bulk import chunks
from willay.events.store.filters import Surroundings, matching, narrowing
from willay.events.store.ids import moment_text
from willay.events.store.kept import KeptPages, kept_figures
from willay.events.store.origins import incident_levels, origin_of_pages
from willay.events.store.past import known_in, parts_then
from willay.events.store.reader import (
    _ROW_OF,
    KINDS,
    LISTS,
    _frame,
    _keyed_then,
    _with_shapes,
    joined,
    list_frame,
    only,
    put_back,
    read_states,
)
from willay.events.store.registers import dataset_frame
from willay.events.store.resolve import actor_names
from willay.events.store.revisions import as_known_at
from willay.events.store.tables import (
    Actor,
    CaseFile,
    Incident,
    Revision,
    Source,
    table_of,
)
from willay.events.store.trails import trails

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import geopandas as gpd
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.cells import IncidentCells
    from willay.events.query import IncidentQuery
    from willay.events.store.disclosure import Disclosure, Substitutes
    from willay.events.store.revisions import Then
    from willay.events.store.states import State

PAGE: Final = 2_000
"""Incidents read at once."""

_FLAT: Final[Mapping[str, tuple[str, ...]]] = {
    "incidents": (
        "fid", "code", "key", "title", "summary", "type", "subtype", "first_day", "last_day", "date_precision",
        "part_of", "tags", "status", "confidence", "dataset", "revision", "recorded_at",
    ),
    "places": (
        "incident", "position", "name", "precision", "lon", "lat", "radius_m", "country", "admin_code", "adm1", "adm2",
        "adm3", "region", "region_fid", "geometry",
    ),
    "parties": ("incident", "position", "actor"),
    "incident_sources": ("incident", "position", "source"),
    "incident_cases": ("incident", "position", "case"),
}  # fmt: skip
"""The columns that queries and frames without cards look at."""


@dataclass(frozen=True)
class Wanted:
    """What the pages are to hold.

    Attributes:
        policy: The figure policy.
        lang: The language of titles and names.
        details: Whether to fill the column `details`.
        drafts: Whether to add the column `draft`: an object of `id`, `code` and `draft` as JSON text, and for those who
            may see everything what `foreign.Identity` holds besides.
        size: How many incidents are read at once; a page may hold fewer.
        shown: What a profile shows of the database; None shows what is recorded.
        origin: What else the pages say of where they come from.
        kept: Whether the policy is the database's own, whose figures are kept beside the record.
    """

    policy: str
    lang: str
    details: bool = False
    drafts: bool = False
    size: int = PAGE
    shown: Disclosure | None = None
    origin: Origin = field(default_factory=Origin)
    kept: bool = False


def pages(
    connection: Connection, query: IncidentQuery, regions: gpd.GeoDataFrame, wanted: Wanted
) -> Iterator[IncidentCells]:
    """Yield the incidents of a query in order of code, page by page; none is empty but the only one.

    Args:
        connection: Within a transaction that lasts until the last page: all pages show one state of the database.
        query: Which incidents, as known when.
        regions: All versions of regions.
        wanted: What the pages hold.

    Raises:
        NotFoundError: The query names something that the database does not have.
    """
    book = Book(connection, query, regions, wanted)
    blank = True
    for page in book.pages():
        blank = False
        yield page
    if blank:
        yield book.page([table_of(Incident).c.fid.is_(None)])


class Book:
    """A query being answered page by page.

    Attributes:
        touched: The rows of touched incidents that answer the query, in order of the codes that they show.
    """

    def __init__(self, connection: Connection, query: IncidentQuery, regions: gpd.GeoDataFrame, wanted: Wanted) -> None:
        self._connection, self._query, self._regions, self._wanted = connection, query, regions, wanted
        self._shown = wanted.shown
        self._is_untouched = [] if wanted.shown is None else wanted.shown.is_untouched
        # Where the figures kept are those asked for, nothing needs the claims, the longest list.
        self._by_figures = wanted.kept and not (wanted.details or query.measure or query.as_of)
        self._by_faces = self._by_figures and query.asks_only_of_itself
        self._around = Surroundings(actor_names(connection) if query.actors else {}, regions, wanted.policy)
        self._keyed = {
            "actors": self._register("actors", table_of(Actor)),
            "cases": self._register("cases", table_of(CaseFile)),
        }
        datasets = dataset_frame(connection, query.as_of)
        self._datasets = datasets if self._shown is None else self._shown.datasets(datasets)
        self._sources = self._register("sources", table_of(Source)) if query.sources else None
        then = as_known_at(connection, "source", query.as_of) if query.as_of and not query.sources else None
        self._sources_then = (
            {str(state["key"]): _ROW_OF["sources"](state) for state, _, _ in then.states} if then else {}
        )
        self._wholes, self._above = self._parts()
        self.touched, self._touched_datasets = self._matching_touched()
        self._whole_codes = self._matching_wholes()
        self._levels = incident_levels(connection) if self._by_figures else None
        self._origin = self._origin_of()

    def pages(self) -> Iterator[IncidentCells]:
        """Yield the answer, none of the pages empty."""
        return merged(self.untouched_pages(), self._touched_pages())

    def untouched_pages(self) -> Iterator[IncidentCells]:
        """Yield the part of the answer that is shown as it is recorded, none of the pages empty."""
        if self._by_faces:
            return self._kept_pages()
        return (page for scope in self._scopes() if len(page := self.page(scope)))

    def _scopes(self) -> Iterator[Sequence[ColumnElement[bool]]]:
        """Yield conditions that cut the table of incidents into pages."""
        code = table_of(Incident).c.code
        # What has changed since is found by its code alone.
        where = [] if self._query.as_of else narrowing(self._query)
        edges = select(code).where(*where).order_by(code).limit(1).offset(self._wanted.size - 1)
        last = ""
        while edge := self._connection.execute(edges.where(code > last)).scalar():
            yield [code > last, code <= edge]
            last = str(edge)
        yield [code > last]

    def page(self, scope: Sequence[ColumnElement[bool]]) -> IncidentCells:
        """Return the incidents of a scope that answer the query."""
        tables, then = self._tables(scope)
        if self._shown is not None:
            tables = self._shown.untouched(tables)
        tables = only(tables, tables.incidents[matching(tables, self._query, self._around)].sort_values("code"))
        kept = kept_figures(self._connection, [*narrowing(self._query), *scope]) if self._by_figures else None
        known = {state["code"]: state for state, _, _ in then.states} if then else {}
        return self._cells(tables, known, kept, self._levels)

    def _cells(
        self,
        tables: IncidentTables,
        known: Mapping[str, State],
        figures: pd.DataFrame | None = None,
        levels: Mapping[str, str] | None = None,
    ) -> IncidentCells:
        """Return the incidents of tables, in their order, with states, figures and levels that are known already."""
        rows, wanted = tables.incidents, self._wanted
        frame = incident_frame(
            tables,
            policy=wanted.policy,
            lang=wanted.lang,
            details=wanted.details,
            origin=self._origin,
            figures=figures,
            levels=levels,
        )
        frame["counted"] = pd.Series(self._counted(rows["code"], rows["part_of"]), index=frame.index, dtype="bool")
        if wanted.drafts:
            frame[DRAFT] = pd.Series(self._states_of(rows["code"].tolist(), known), index=frame.index, dtype="str")
        return cells_of_frame(frame)

    def _matching_touched(self) -> tuple[Sequence[int], frozenset[str]]:
        """Return the rows of touched incidents that answer the query, in order of the codes that they show.

        Returns:
            Their numbers, and the names of their datasets.
        """
        found: list[int] = []
        datasets: set[str] = set()
        if self._shown is not None:
            for part in chunks(self._shown.shown_fids(self._query), self._wanted.size):
                tables = self._substituted(self._shown.substitutes(part))
                rows = tables.incidents[matching(tables, self._query, self._around)]
                found += rows["fid"].tolist()
                datasets |= set(rows["dataset"].dropna())
        return found, frozenset(datasets)

    def _touched_pages(self) -> Iterator[IncidentCells]:
        """Yield the touched incidents as they are shown."""
        if self._shown is None:
            return
        for part in chunks(self.touched, self._wanted.size):
            instead = self._shown.substitutes(part)
            yield self._cells(self._substituted(instead), instead.states)

    def _substituted(self, instead: Substitutes) -> IncidentTables:
        """Return the tables of what is shown in the place of touched incidents."""
        cited = self._sources if self._sources is not None else self._cited(instead.frames["incident_sources"])
        tables = IncidentTables(
            **instead.frames,
            sources=joined(cited, instead.sources),
            actors=joined(self._keyed["actors"], instead.actors),
            cases=self._keyed["cases"],
            datasets=self._datasets,
            wholes=self._wholes,
        )
        return tables if self._shown is None else self._shown.allowed(tables)

    def _kept_pages(self) -> Iterator[IncidentCells]:
        """Yield the incidents as they are kept beside the record."""
        wanted = self._wanted
        kept = KeptPages(self._connection, self._keyed["actors"], wanted.lang)
        where = [*narrowing(self._query), *self._is_untouched]
        for columns, shapes in kept.each(where, wanted.size):
            columns["counted"] = self._counted(columns["code"], columns["part_of"])
            if wanted.drafts:
                columns[DRAFT] = self._states_of(columns["code"])
            yield kept_cells(
                columns,
                shapes,
                self._datasets,
                policy=wanted.policy,
                lang=wanted.lang,
                origin=self._origin,
                levels=self._levels,
            )

    def _tables(self, scope: Sequence[ColumnElement[bool]]) -> tuple[IncidentTables, Then | None]:
        connection = self._connection
        where = [*narrowing(self._query), *scope]
        only = _FLAT if self._by_figures else {}
        own = [column for column in table_of(Incident).c if column.name in only.get("incidents", COLUMNS["incidents"])]
        frames = {"incidents": _frame(connection, select(*own).where(*where), "incidents")}
        for name, model in LISTS.items():
            is_read = name != "claims" or not self._by_figures
            listed = list_frame(connection, name, model, where, only.get(name)) if is_read else blank_table(name)
            frames[name] = listed
        frames["places"] = _with_shapes(frames["places"], self._regions)
        then = None
        if self._query.as_of is not None:
            then = known_in(connection, scope, self._query.as_of)
            frames = put_back(connection, frames, then, self._regions)
        sources = self._sources if self._sources is not None else self._cited(frames["incident_sources"])
        tables = IncidentTables(**frames, sources=sources, **self._keyed, datasets=self._datasets, wholes=self._wholes)
        return tables, then

    def _register(self, name: str, table: Any) -> pd.DataFrame:  # noqa: ANN401 — a table of SQLAlchemy
        whole = _frame(self._connection, select(table), name)
        if self._query.as_of is not None:
            whole = _keyed_then(self._connection, name, whole, self._query.as_of)
        return whole if self._shown is None else self._shown.register(KINDS[name], whole)

    def _cited(self, lists: pd.DataFrame) -> pd.DataFrame:
        """Read the sources that a page cites, as they were known."""
        source = table_of(Source)
        keys = sorted(set(lists["source"]))
        columns = [source.c.key, source.c.kind] if self._by_figures else [*source.c]
        parts = [
            _frame(self._connection, select(*columns).where(source.c.key.in_(part)), "sources")
            for part in chunks(keys, 500)
        ]
        found = (
            pd.concat(parts, ignore_index=True)
            if parts
            else _frame(self._connection, select(source).where(source.c.key.is_(None)), "sources")
        )
        if old := [self._sources_then[key] for key in keys if key in self._sources_then]:
            changed = {row["key"] for row in old}
            then = pd.DataFrame(old, columns=list(COLUMNS["sources"]), dtype="object")
            found = joined(found[~found["key"].isin(changed)], then)
        if self._shown is None:
            return found
        return joined(self._shown.as_strict_as_today("source", found), self._shown.withheld_rows("source", keys))

    def _parts(self) -> tuple[dict[str, str], frozenset[str]]:
        """Return the whole of each part, as `reader.read_tables` tells them, and the codes of all that may be wholes.

        The second are more: the whole of a part that is taken back matters where such parts are asked for.
        """
        incident, revision = table_of(Incident).c, table_of(Revision).c
        now = select(incident.code, incident.part_of).where(incident.part_of.is_not(None))
        every = {str(whole) for _, whole in self._connection.execute(now)}
        wholes = lookups.wholes(self._connection)
        if self._query.as_of is None:
            return self._links(wholes), frozenset(every)
        since = select(revision.subject_id).where(
            revision.subject_kind == "incident", revision.recorded_at > moment_text(self._query.as_of)
        )
        same = self._connection.execute(now.where(*narrowing(self._query), incident.id.not_in(since)))
        then = {
            **{str(code): str(whole) for code, whole in same},
            **parts_then(self._connection, since, self._query.as_of),
        }
        return self._links({**wholes, **then}), frozenset({*every, *then.values()})

    def _links(self, wholes: dict[str, str]) -> dict[str, str]:
        return wholes if self._shown is None else self._shown.survey.shown_links(wholes)

    def _matching_wholes(self) -> frozenset[str]:
        """Return the codes of those wholes of any part that answer the query: their parts are not counted."""
        code = table_of(Incident).c.code
        found: set[str] = set()
        for part in chunks(sorted(self._above), 500):
            tables, _ = self._tables([code.in_(part)])
            if self._shown is not None:
                tables = self._shown.untouched(tables)
            found |= set(tables.incidents.loc[matching(tables, self._query, self._around), "code"])
        if self._shown is not None:
            touched = self._shown.survey.touched
            found |= {str(touched[fid].shown) for fid in self.touched}
        return frozenset(found)

    def _counted(self, codes: Iterable[str], part_of: Iterable[str | None]) -> list[bool]:
        """Say which incidents are counted, looking at wholes on all pages."""
        wholes = self._wholes
        codes = [*codes]
        parts = {code: whole for code, whole in zip(codes, part_of, strict=True) if is_known(whole) or code in wholes}
        if not parts:
            return [True] * len(codes)
        with_wholes = sorted({*parts, *self._whole_codes})
        both = pd.DataFrame({"code": with_wholes, "part_of": [parts.get(code) for code in with_wholes]})
        told = dict(zip(with_wholes, counted(both, wholes), strict=True))
        return [code not in parts or told[code] for code in codes]

    def _states_of(self, codes: Sequence[str], known: Mapping[str, State] | None = None) -> list[str]:
        """Return the states of incidents as JSON text; those not known are read as they are now."""
        states = dict(known or {})
        now = [code for code in codes if code not in states]
        if now:
            values = {"first": min(now), "last": max(now)}
            read = read_states(self._connection, "WHERE code >= :first AND code <= :last", values)
            states |= {state["code"]: state for _, (state, _) in read if state["code"] not in states}
        if self._shown is not None and not self._shown.is_whole:
            return [canonical(self._shown.state(states[code])) for code in codes]
        told = trails(self._connection, (states[code] for code in codes), self._query.as_of)
        return [canonical({**states[code], **told.get(code, {})}) for code in codes]

    def _origin_of(self) -> Origin:
        """Say where the pages come from."""
        query = self._query
        own = origin_of_pages(self._connection, query, self._datasets, self._is_untouched, self._touched_datasets)
        seen = {} if self._shown is None else self._shown.origin(query.live_statuses, self.touched)
        return {**self._wanted.origin, **own, **seen}
