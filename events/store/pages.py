"""Answers in pages: the incidents of a query in order of code, in flat memory at any size of the database.

`answers.answer` reads all that a query could mean and sorts it by day; here a page is read, matched and given away
before the next. What every page needs (actors, cases, datasets, wholes) is read once; sources as each page cites them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import func, select

from willay.events.canonical import canonical
from willay.events.cards import is_known
from willay.events.cells import cells_of_frame
from willay.events.frame import DRAFT
from willay.events.framing import counted, incident_frame, kept_cells
from willay.events.records import COLUMNS, IncidentTables, blank_table
from willay.events.store import lookups
from willay.events.store.bulk import chunks
from willay.events.store.disclosing import Lens, states_shown
from willay.events.store.filters import Surroundings, matching, narrowing
from willay.events.store.ids import moment_text
from willay.events.store.kept import KeptPages, kept_figures
from willay.events.store.origins import incident_levels, left_out_by_terms, origin_of_pages, with_totals
from willay.events.store.reader import (
    _ROW_OF,
    _SINGULAR,
    LISTS,
    _frame,
    _joined,
    _keyed_then,
    _with_shapes,
    list_frame,
    read_states,
    rows_of_states,
)
from willay.events.store.registers import dataset_frame
from willay.events.store.resolve import actor_names
from willay.events.store.revisions import Then, as_known_at
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
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.cells import IncidentCells
    from willay.events.query import IncidentQuery
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
        outward: For whom, and the moment (aware) that a delay counts back from; None shows what is recorded.
        kept: Whether the policy is the database's own, whose figures are kept beside the record.
    """

    policy: str
    lang: str
    details: bool = False
    drafts: bool = False
    size: int = PAGE
    outward: tuple[Profile, datetime] | None = None
    kept: bool = False


def pages(
    connection: Connection, query: IncidentQuery, regions: gpd.GeoDataFrame, wanted: Wanted
) -> Iterator[IncidentCells]:
    """Yield the incidents of a query in order of code, page by page; none is empty but the only one.

    What was left out of all pages is known to the last one; see `Origin`.

    Args:
        connection: Within a transaction that lasts until the last page: all pages show one state of the database.
        query: Which incidents, as known when.
        regions: All versions of regions.
        wanted: What the pages hold.

    Raises:
        NotFoundError: The query names something that the database does not have.
    """
    return _Book(connection, query, regions, wanted).pages()


class _Book:
    """A query being answered page by page."""

    def __init__(self, connection: Connection, query: IncidentQuery, regions: gpd.GeoDataFrame, wanted: Wanted) -> None:
        self._connection, self._query, self._regions, self._wanted = connection, query, regions, wanted
        self._lens = None
        if wanted.outward is not None:
            moment = query.as_of or wanted.outward[1]
            self._lens = Lens(connection, wanted.outward[0], regions, moment, past=bool(query.as_of))
        blind = self._lens is None or self._lens.is_clear
        self._narrow = query if blind else replace(query, days=None, codes=())
        # Where the figures kept are those asked for, nothing needs the claims, the longest list.
        self._by_figures = blind and wanted.kept and not (wanted.details or query.measure or query.as_of)
        self._by_faces = self._by_figures and query.asks_only_of_itself
        self._around = Surroundings(actor_names(connection) if query.actors else {}, regions, wanted.policy)
        self._keyed = {
            "actors": self._register("actors", table_of(Actor)),
            "cases": self._register("cases", table_of(CaseFile)),
        }
        self._datasets = dataset_frame(connection, query.as_of)
        self._sources = self._register("sources", table_of(Source)) if query.sources else None
        then = as_known_at(connection, "source", query.as_of) if query.as_of and not query.sources else None
        self._sources_then = (
            {str(state["key"]): _ROW_OF["sources"](state) for state, _, _ in then.states} if then else {}
        )
        self._wholes, self._above = self._parts()
        self._whole_codes = self._matching_wholes()
        self._levels = incident_levels(connection) if self._by_figures else None
        self._origin = origin_of_pages(connection, query, self._datasets, self._lens)
        self._origin |= left_out_by_terms(connection, query, self._around, wanted.outward)

    def pages(self) -> Iterator[IncidentCells]:
        """Yield the answer, none of the pages empty but the only one."""
        return with_totals(self._each(), self._lens)

    def _each(self) -> Iterator[IncidentCells]:
        blank = True
        for page in self._kept_pages() if self._by_faces else map(self.page, self._scopes()):
            if len(page):
                blank = False
                yield page
        if blank:
            yield self.page([table_of(Incident).c.fid.is_(None)])

    def _scopes(self) -> Iterator[Sequence[ColumnElement[bool]]]:
        """Yield conditions that cut the table of incidents into pages."""
        code = table_of(Incident).c.code
        # What has changed since is found by its code alone.
        where = [] if self._query.as_of else narrowing(self._narrow)
        edges = select(code).where(*where).order_by(code).limit(1).offset(self._wanted.size - 1)
        last = ""
        while edge := self._connection.execute(edges.where(code > last)).scalar():
            yield [code > last, code <= edge]
            last = str(edge)
        yield [code > last]

    def page(self, scope: Sequence[ColumnElement[bool]]) -> IncidentCells:
        """Return the incidents of a scope that answer the query."""
        tables, then = self._tables(scope)
        if self._lens is not None:
            tables = self._lens.through(tables, self._every_source())
        rows = tables.incidents[matching(tables, self._query, self._around)].sort_values("code")
        tables = _only(tables, rows)
        wanted = self._wanted
        frame = incident_frame(
            tables,
            policy=wanted.policy,
            lang=wanted.lang,
            details=wanted.details,
            origin=self._origin,
            figures=kept_figures(self._connection, [*narrowing(self._narrow), *scope]) if self._by_figures else None,
            levels=self._levels,
        )
        frame["counted"] = pd.Series(self._counted(rows["code"], rows["part_of"]), index=frame.index, dtype="bool")
        if wanted.drafts:
            frame[DRAFT] = pd.Series(self._drafts(tables, then), index=frame.index, dtype="str")
        return cells_of_frame(frame)

    def _kept_pages(self) -> Iterator[IncidentCells]:
        """Yield the incidents as they are kept beside the record."""
        wanted = self._wanted
        kept = KeptPages(self._connection, self._keyed["actors"], wanted.lang)
        for columns, shapes in kept.each(narrowing(self._query), wanted.size):
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
        where = [*narrowing(self._narrow), *scope]
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
            then = self._then(scope)
            frames = self._put_back(frames, then)
        sources = self._sources if self._sources is not None else self._cited(frames["incident_sources"])
        tables = IncidentTables(**frames, sources=sources, **self._keyed, datasets=self._datasets, wholes=self._wholes)
        return tables, then

    def _then(self, scope: Sequence[ColumnElement[bool]]) -> Then:
        """Find what differs between now and the past moment, among the incidents of a scope."""
        revision = table_of(Revision)
        incident = table_of(Incident).c
        mine = [revision.c.subject_kind == "incident", revision.c.subject_id.in_(select(incident.id).where(*scope))]
        moment = moment_text(self._query.as_of) if self._query.as_of else ""
        changed = frozenset(
            self._connection.execute(
                select(revision.c.subject_id).where(*mine, revision.c.recorded_at > moment).distinct()
            ).scalars()
        )
        rows = self._connection.execute(
            select(revision.c.subject_id, revision.c.number, revision.c.recorded_at, revision.c.document)
            .where(*mine, revision.c.recorded_at <= moment)
            .order_by(revision.c.number)
        )
        latest = {row.subject_id: row for row in rows if row.subject_id in changed}
        return Then(changed, tuple((json.loads(row.document), row.number, row.recorded_at) for row in latest.values()))

    def _put_back(self, frames: Mapping[str, pd.DataFrame], then: Then) -> dict[str, pd.DataFrame]:
        """Put the states known then in the place of those that changed since."""
        incidents = frames["incidents"]
        same = incidents[~incidents["id"].isin(then.changed)]
        fids = set(same["fid"])
        kept = {
            name: same if name == "incidents" else frame[frame["incident"].isin(fids)] for name, frame in frames.items()
        }
        if not then.states:
            return kept
        ids = (state["id"] for state, _, _ in then.states)
        numbers = lookups.rows_by_key(self._connection, "incident", ids, "id")
        states = [(state, int(numbers[state["id"]]["fid"]), number, at) for state, number, at in then.states]
        rows = rows_of_states(states, self._regions)
        return {
            name: _joined(frame, pd.DataFrame(rows[_SINGULAR[name]], columns=list(COLUMNS[name]), dtype="object"))
            for name, frame in kept.items()
        }

    def _register(self, name: str, table: Any) -> pd.DataFrame:  # noqa: ANN401 — a table of SQLAlchemy
        whole = _frame(self._connection, select(table), name)
        return whole if self._query.as_of is None else _keyed_then(self._connection, name, whole, self._query.as_of)

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
        old = [self._sources_then[key] for key in keys if key in self._sources_then]
        if not old:
            return found
        changed = {row["key"] for row in old}
        then = pd.DataFrame(old, columns=list(COLUMNS["sources"]), dtype="object")
        return _joined(found[~found["key"].isin(changed)], then)

    def _parts(self) -> tuple[dict[str, str], frozenset[str]]:
        """Return the whole of each part, as `reader.read_tables` tells them, and the codes of all that may be wholes.

        The second are more: the whole of a part that is taken back matters where such parts are asked for.
        """
        incident, revision = table_of(Incident).c, table_of(Revision).c
        now = select(incident.code, incident.part_of).where(incident.part_of.is_not(None))
        every = {str(whole) for _, whole in self._connection.execute(now)}
        wholes = lookups.wholes(self._connection)
        if self._query.as_of is None:
            return wholes, frozenset(every)
        since = select(revision.subject_id).where(
            revision.subject_kind == "incident", revision.recorded_at > moment_text(self._query.as_of)
        )
        same = self._connection.execute(now.where(*narrowing(self._query), incident.id.not_in(since)))
        then = {**{str(code): str(whole) for code, whole in same}, **self._parts_then(since)}
        return {**wholes, **then}, frozenset({*every, *then.values()})

    def _parts_then(self, since: Select[Any]) -> dict[str, str]:
        """Return the whole of each part at the past moment, among the incidents that changed since."""
        revision = table_of(Revision).c
        moment = moment_text(self._query.as_of) if self._query.as_of else ""
        last = (
            select(func.max(revision.number))
            .where(revision.subject_kind == "incident", revision.recorded_at <= moment, revision.subject_id.in_(since))
            .group_by(revision.subject_id)
        )
        code, whole = (func.json_extract(revision.document, path) for path in ("$.code", "$.draft.part_of"))
        rows = self._connection.execute(select(code, whole).where(revision.number.in_(last), whole.is_not(None)))
        return {str(part): str(of) for part, of in rows}

    def _matching_wholes(self) -> frozenset[str]:
        """Return the codes of those wholes of any part that answer the query: their parts are not counted."""
        code = table_of(Incident).c.code
        found: set[str] = set()
        for part in chunks(sorted(self._above), 500):
            tables, _ = self._tables([code.in_(part)])
            found |= set(tables.incidents.loc[matching(tables, self._query, self._around), "code"])
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

    def _every_source(self) -> pd.DataFrame | None:
        """Return all sources, which the lens numbers those it withholds by; None where it withholds none."""
        if self._lens is None or self._lens.is_clear:
            return None
        return _frame(self._connection, select(table_of(Source)), "sources")

    def _drafts(self, tables: IncidentTables, then: Then | None) -> list[str]:
        """Return the states of incidents as JSON text, those that the profile changed as it shows them."""
        rows = tables.incidents
        states = {state["code"]: state for state, _, _ in then.states} if then else {}
        if self._lens is not None and self._lens.told.touched:
            states |= states_shown(tables, self._lens.told.touched)
        return self._states_of(rows["code"].tolist(), states)

    def _states_of(self, codes: Sequence[str], known: Mapping[str, State] | None = None) -> list[str]:
        """Return the states of incidents as JSON text; those not known are read as they are now."""
        states = dict(known or {})
        now = [code for code in codes if code not in states]
        if now:
            values = {"first": min(now), "last": max(now)}
            read = read_states(self._connection, "WHERE code >= :first AND code <= :last", values)
            states |= {state["code"]: state for _, (state, _) in read if state["code"] not in states}
        told: Mapping[str, Mapping[str, Any]] = {}
        if self._wanted.outward is not None and self._wanted.outward[0].shows_all:
            told = trails(self._connection, (states[code] for code in codes), self._query.as_of)
        return [canonical({**states[code], **told.get(code, {})}) for code in codes]


def _only(tables: IncidentTables, rows: pd.DataFrame) -> IncidentTables:
    """Return the tables with some of the incidents only."""
    fids = set(rows["fid"])
    lists = {
        name: table[table["incident"].isin(fids)] for name in LISTS if (table := getattr(tables, name)) is not None
    }
    return replace(tables, incidents=rows, **lists)
