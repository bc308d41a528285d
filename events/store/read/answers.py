"""Answers: the incidents of a query page by page, in flat memory at any size of the database.

A page is stored rows, in order of code. What stands in the place of an incident (because it has changed since the
moment asked about, refers to what has, or is touched by a profile) is made of its document, and merged in, in order of
the codes that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import func, select

from willay.data.country_packs.contents import facts_document
from willay.events.frame.cells import IncidentCells, by_day, merged, of_size
from willay.events.frame.columns import DRAFT, Origin
from willay.events.frame.framing import counted, credited
from willay.events.frame.protection import LEVEL, terms_columns
from willay.events.model.policy import stated_policy
from willay.events.store.read.assembly import Made, Maker
from willay.events.store.read.filters import Filter
from willay.events.store.read.past import Past
from willay.events.store.read.references import References
from willay.events.store.read.stored import StoredRows
from willay.events.store.read.substitutes import Substitute, substituted
from willay.events.store.read.trails import Trails
from willay.events.store.record import lookups
from willay.events.store.record.country_packs import PREFIX, recorded_packs
from willay.events.store.record.documents import read_rows
from willay.events.store.record.origins import datasets_of, incident_levels
from willay.events.store.record.register_rows import dataset_terms
from willay.events.store.record.settings import settings_called
from willay.events.store.schema.bulk import chunks
from willay.events.store.schema.tables import INCIDENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import geopandas as gpd
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.events.frame.query import IncidentQuery
    from willay.events.model.canonical import Document
    from willay.events.model.foreign import DatasetTerms
    from willay.events.store.read.shown import Disclosure

    Regions = Callable[[], gpd.GeoDataFrame]

PAGE: Final = 2_000
"""Incidents read at once."""


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
        is_own_policy: Whether the policy is the database's own, whose figures are columns.
    """

    policy: str
    lang: str
    details: bool = False
    drafts: bool = False
    size: int = PAGE
    shown: Disclosure | None = None
    origin: Origin = field(default_factory=Origin)
    is_own_policy: bool = False


class Answer:
    """A query being answered.

    Args:
        connection: Within a transaction that lasts until the last page: all pages show one state of the database.
        query: Which incidents, as known when.
        regions: Returns all versions of regions; asked only where places are.
        wanted: What the pages hold.

    Raises:
        NotFoundError: The query names something that the database does not have.
    """

    def __init__(self, connection: Connection, query: IncidentQuery, regions: Regions, wanted: Wanted) -> None:
        self._connection, self._query, self._regions, self._wanted = connection, query, regions, wanted
        self._shown = wanted.shown
        self._past = None if query.as_of is None else Past.at(connection, query.as_of)
        references = References(connection, query.as_of, wanted.shown)
        self._filter = Filter.of(connection, query, references, wanted.policy, is_own_policy=wanted.is_own_policy)
        self._maker = Maker(
            self._filter, references, regions, wanted.lang, details=wanted.details, drafts=wanted.drafts,
            as_shown=self._state_shown,
        )  # fmt: skip
        self._stored = StoredRows(connection, documents=self._maker.needs_documents)

    def pages(self) -> Iterator[IncidentCells]:
        """Yield the answer in order of code; no page is empty but the only one."""
        pages = of_size(merged(self.stored_pages(), self._replaced_pages()), self._wanted.size)
        first = next(pages, None)
        yield self._cells(self._maker.of_substitutes([]), []) if first is None else first
        yield from pages

    def everything(self) -> IncidentCells:
        """Return the whole answer in order of first day (undated last) and code; it credits the datasets it has."""
        every = by_day(self.pages())
        origin: Origin = {**every.origin, **credited(every.of("dataset"), self._datasets)}
        return replace(every, origin=origin)

    def stored_pages(self) -> Iterator[IncidentCells]:
        """Yield the part of the answer that is as it is recorded, none of the pages empty."""
        for page in self._stored.each(self._where(), self._wanted.size):
            made = self._maker.of_stored(page, self._stored)
            if made.codes:
                yield self._cells(made, [self._levels.get(code) for code in made.codes])

    def first(self, limit: int) -> IncidentCells:
        """Return the first incidents in order of first day (undated last) and code, up to a maximum."""
        if not self._filter.is_in_sql:
            return by_day(self.pages()).part(0, limit)
        stored = [
            self._cells(made, [self._levels.get(code) for code in made.codes])
            for page in self._stored.first(self._where(), limit)
            if (made := self._maker.of_stored(page, self._stored)).codes
        ]
        every = [*stored, *self._replaced_pages()]
        return by_day(every or self.pages()).part(0, limit)

    def count(self) -> int:
        """Return how many incidents answer."""
        return self.count_stored() + len(self.replaced)

    def count_stored(self, *more: ColumnElement[bool]) -> int:
        """Return how many of those that are as they are recorded answer, and meet further conditions."""
        if self._filter.is_in_sql:
            return self._count_rows([*self._is_as_recorded(), *more])
        pages = self._stored.each([*self._where(), *more], self._wanted.size)
        return sum(len(self._maker.of_stored(page, self._stored).codes) for page in pages)

    def _count_rows(self, more: Sequence[ColumnElement[bool]]) -> int:
        """Count rows without reading each: nearly all incidents are published, and those that are not have an index."""

        def count(*where: ColumnElement[bool]) -> int:
            query = select(func.count()).select_from(INCIDENT).where(*where, *more)
            return int(self._connection.execute(query).scalar_one())

        statuses, status = self._query.live_statuses, INCIDENT.c.status
        if "published" not in statuses:
            return count(*self._filter.in_sql())
        every = self._filter.of_any_status()
        return count(*every) - count(*every, status != "published", status.not_in(statuses))

    def _where(self) -> list[ColumnElement[bool]]:
        return [*self._filter.in_sql(), *self._is_as_recorded()]

    def _is_as_recorded(self) -> list[ColumnElement[bool]]:
        past = [] if self._past is None else self._past.is_same(self._connection)
        return past if self._shown is None else [*past, *self._shown.is_untouched]

    def _state_shown(self, state: str) -> str:
        """Return a recorded state as it may be shown, each as canonical JSON."""
        return state if self._shown is None else self._shown.state(state)

    @cached_property
    def _candidates(self) -> dict[int, str]:
        """The rows that may have something in their place, with the codes that are shown, in order of these."""
        codes: dict[int, str] = {}
        if self._past is not None:
            codes = {fid: str(document["code"]) for fid, document in self._past.then.items()}
            codes |= lookups.codes_of_rows(self._connection, self._past.affected)
        if self._shown is not None:
            touched = self._shown.survey.touched
            codes = {fid: code for fid, code in codes.items() if fid not in touched}
            codes |= {fid: str(touched[fid].shown) for fid in self._shown.shown_fids(self._query)}
        return dict(sorted(codes.items(), key=itemgetter(1)))

    def _substitutes(self, fids: Sequence[int]) -> list[Substitute]:
        """Return what is shown in the place of incidents, in their order."""
        then: Mapping[int, Document] = {} if self._past is None else self._past.then
        now = {one.fid: one.document for one in read_rows(self._connection, [fid for fid in fids if fid not in then])}
        records = [(fid, then.get(fid) or now[fid]) for fid in fids]
        return substituted(records, self._regions()) if self._shown is None else self._shown.disclosed(records)

    @cached_property
    def replaced(self) -> dict[int, str | None]:
        """The rows of incidents that answer and are not as they are recorded, with the datasets that they show.

        They are in order of the codes that are shown.
        """
        return {
            one.fid: one.record["draft"].get("dataset")
            for part in chunks([*self._candidates], self._wanted.size)
            for one in self._maker.matching(self._substitutes(part))
        }

    def _replaced_pages(self) -> Iterator[IncidentCells]:
        for part in chunks([*self.replaced], self._wanted.size):
            made = self._maker.of_substitutes(self._substitutes(part))
            yield self._cells(made, made.levels)

    def _cells(self, made: Made, levels: Sequence[str | None]) -> IncidentCells:
        """Return a page of incidents, with all that does not follow from each alone."""
        hidden = frozenset[str]() if self._shown is None else self._shown.hidden_columns
        columns = {name: column for name, column in made.columns.items() if name not in hidden}
        columns["counted"] = self._counted(made.codes, made.columns["part_of"])
        columns |= terms_columns(made.columns["dataset"], self._datasets)
        columns[LEVEL] = levels
        if self._wanted.drafts:
            columns[DRAFT] = self._with_trails(made)
        return IncidentCells(columns, made.shapes, self._origin)

    def _with_trails(self, made: Made) -> Sequence[str]:
        """Return states as they can be recorded elsewhere: with their trails, for whoever may see these."""
        is_whole = self._shown is None or self._shown.is_whole
        return self._trails.added_to(made.states, made.columns["part_of"]) if is_whole else made.states

    @cached_property
    def _trails(self) -> Trails:
        return Trails(self._connection, self._query.as_of)

    @cached_property
    def _datasets(self) -> list[DatasetTerms]:
        datasets = dataset_terms(self._connection, self._query.as_of)
        return datasets if self._shown is None else self._shown.datasets(datasets)

    @cached_property
    def _levels(self) -> dict[str, str]:
        return incident_levels(self._connection)

    @cached_property
    def _wholes(self) -> dict[str, str]:
        """The whole of each part by the codes that are shown, also of incidents that are not of the answer."""
        links = lookups.wholes(self._connection)
        if self._past is not None:
            changed = lookups.codes_of_rows(self._connection, self._past.changed).values()
            drafts = {document["code"]: document["draft"] for document in self._past.then.values()}
            then = {code: draft["part_of"] for code, draft in drafts.items() if lookups.is_part(draft)}
            links = {**{code: whole for code, whole in links.items() if code not in {*changed}}, **then}
        return links if self._shown is None else self._shown.survey.shown_links(links)

    @cached_property
    def _whole_codes(self) -> frozenset[str]:
        """The codes of those wholes of any part that answer the query: their parts are not counted.

        They are looked for among the wholes of all parts, also of such as were taken back: these may be asked for.
        """
        statement = select(INCIDENT.c.part_of).where(INCIDENT.c.part_of.is_not(None)).distinct()
        above = {*self._connection.execute(statement).scalars(), *self._wholes.values()}
        if self._past is not None:
            above |= {one["draft"]["part_of"] for one in self._past.then.values() if "part_of" in one["draft"]}
        found: set[str] = set()
        code = INCIDENT.c.code
        for part in chunks(sorted(above), 500):
            for page in self._stored.each([*self._where(), code.in_(part)], self._wanted.size):
                found |= {*self._maker.of_stored(page, self._stored).codes}
        return frozenset(found | {self._candidates[fid] for fid in self.replaced})

    def _counted(self, codes: Sequence[str], part_of: Sequence[str | None]) -> list[bool]:
        """Return which incidents are counted, looking at wholes on all pages."""
        own = dict(zip(codes, part_of, strict=True))
        parts = {code: whole for code, whole in own.items() if whole is not None or code in self._wholes}
        if not parts:
            return [True] * len(codes)
        told = counted({**dict.fromkeys(self._whole_codes), **parts}, self._wholes)
        return [told.get(code, True) or code not in parts for code in codes]

    @cached_property
    def _origin(self) -> Origin:
        """Where the pages come from."""
        wanted, as_of = self._wanted, self._query.as_of
        origin = cast("Origin", {**stated_policy(wanted.policy), "lang": wanted.lang})
        origin |= wanted.origin
        if as_of is not None:
            origin["as_of"] = as_of.isoformat()
        if packs := recorded_packs(settings_called(self._connection, PREFIX)):
            origin["country_packs"] = [facts_document(pack.facts) for pack in packs]
        named = {*datasets_of(self._connection, self._where(), self._datasets), *self.replaced.values()}
        seen = {} if self._shown is None else self._shown.origin(self._query.live_statuses, self.replaced)
        return {**origin, **credited(named, self._datasets), **seen}
