"""Disclosure of a database: what a profile shows in the place of what is recorded.

Incidents that a profile does not touch are read as they are, which is fast at any size; of their documents those fields
stay that are declared to be shown (`fields`). The document of each touched one is disclosed (`events.disclosure`).
Everything that leaves a database is made of what went through here, so that all formats say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from willay.events.disclosure.areas import Areas
from willay.events.disclosure.coarsening import Around
from willay.events.disclosure.declarations import INCIDENT, hidden_columns, hidden_members
from willay.events.disclosure.register_entries import (
    REGISTERS,
    Register,
    names_in_region,
    shown_dataset,
    shown_indicators,
    shown_register,
)
from willay.events.disclosure.rules import Cited, Rules, disclose
from willay.events.disclosure.showing import exact, references
from willay.events.frame.units import Spot
from willay.events.model.canonical import canonical, value_of
from willay.events.model.foreign import DatasetTerms
from willay.events.model.terms import stricter, terms_document
from willay.events.store.dialects import dialect_of
from willay.events.store.read.substitutes import Substitute
from willay.events.store.read.touched import survey
from willay.events.store.read.withheld import levels, read_register
from willay.events.store.record import lookups
from willay.events.store.record.documents import read_rows
from willay.events.store.record.locating import admin_set
from willay.events.store.record.rows import located_places, spots_of
from willay.events.store.schema import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.disclosure.rules import Shown
    from willay.events.frame.columns import Origin
    from willay.events.frame.query import IncidentQuery
    from willay.events.model.canonical import Document
    from willay.events.store.read.answers import Regions
    from willay.events.store.read.touched import Survey


SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Outward:
    """For whom an answer is.

    Attributes:
        profile: What becomes of what is sensitive.
        moment: The moment (aware) that a delay counts back from, where the present is asked for.
        secret: The key of ids and codes that stand for others.
    """

    profile: Profile
    moment: datetime
    secret: bytes


class Disclosure:
    """A database as a profile shows it, now or as it was known at a moment.

    Attributes:
        profile: The profile.
        is_whole: Whether it shows everything: then only levels of the past are changed, to those of today.
        survey: What it changes.
    """

    def __init__(self, connection: Connection, outward: Outward, regions: Regions, as_of: datetime | None) -> None:
        self.profile = outward.profile
        self._connection, self._regions, self._as_of = connection, regions, as_of
        areas = lru_cache(lambda: areas_of(outward.profile, regions()))
        self.is_whole = outward.profile.shows_all
        around = Around(secret=outward.secret, credited=_credited(connection), is_whole=self.is_whole)
        today = (as_of or outward.moment).date()
        found = survey(connection, Rules(outward.profile, areas, today, around=around), as_of)
        nameless = frozenset(name for name in around.credited if not found.rules.names.found_in(name))
        rules = replace(found.rules, around=replace(found.rules.around, credited=nameless))
        self.survey: Survey = replace(found, rules=rules)
        self._hidden = hidden_members()

    @property
    def rules(self) -> Rules:
        """What decides how documents are shown."""
        return self.survey.rules

    def shown_fids(self, query: IncidentQuery) -> list[int]:
        """Return the rows of the touched incidents that may answer a query, in order of the codes that they show.

        They have its statuses, and are of no dataset that it leaves out, though they may not name theirs.
        """
        some = [
            (one.shown, fid)
            for fid, one in self.survey.touched.items()
            if one.shown and one.status in query.live_statuses and one.dataset not in query.without
        ]
        return [fid for _, fid in sorted(some)]

    @property
    def is_untouched(self) -> list[ColumnElement[bool]]:
        """Conditions on the table `incident` for those that are shown as they are recorded."""
        touched = self.survey.touched
        if not touched:
            return []
        return [~dialect_of(self._connection).among(tables.INCIDENT.c.fid, sorted(touched))]

    def origin(self, statuses: Iterable[str], fids: Iterable[int]) -> Origin:
        """Say in a frame's attributes by which profile it was made.

        Args:
            statuses: The statuses asked for.
            fids: The rows of its incidents.
        """
        touched = self.survey.touched
        coarse = sum(touched[fid].treatment == "coarsen" for fid in fids if fid in touched)
        return {"profile": str(self.profile), "left_out": self.survey.left_out(statuses), "coarsened": coarse}

    def substitutes(self, fids: Sequence[int]) -> list[Substitute]:
        """Return what is shown in the place of some touched incidents, in their order."""
        then = self.survey.then
        now = {one.fid: one.document for one in read_rows(self._connection, [fid for fid in fids if fid not in then])}
        return self.disclosed([(fid, then.get(fid) or now[fid]) for fid in fids])

    def disclosed(self, records: Sequence[tuple[int, Document]]) -> list[Substitute]:
        """Return incidents as they are shown, without those that are left out, in their order.

        Args:
            records: The numbers of their rows, and their documents, as they are or were known.
        """
        documents = [record for _, record in records]
        cited = self._cited(documents)
        spots = [spots_of(each) for each in located_places([one["draft"] for one in documents], self._regions())]
        made = [disclose(record, each, cited, self.rules) for record, each in zip(documents, spots, strict=True)]
        return [
            Substitute(fid, one.record, _spots_of(one, each), one.sources, one.actors)
            for (fid, _), one, each in zip(records, made, spots, strict=True)
            if one is not None
        ]

    def withholds(self, kind: str) -> bool:
        """Return whether any source, actor or case is withheld."""
        return bool(self.survey.withheld.called[kind])

    def register_document(self, kind: str, document: Document) -> Document:
        """Return a source, actor or case that is not withheld, of the past with the level of today if that is stricter.

        Args:
            kind: Which.
            document: As it is known.
        """
        level = stricter(document.get("sensitivity"), self.survey.levels.get(kind, {}).get(document["key"]))
        strict = document if level is None else {**document, "sensitivity": level}
        return strict if self.is_whole else exact(strict, REGISTERS[kind], self.rules.around)

    @property
    def hidden_columns(self) -> frozenset[str]:
        """The columns of the frame that are never shown."""
        return frozenset() if self.is_whole else hidden_columns()

    def state(self, state: str) -> str:
        """Return the state of an incident that the profile does not touch as it is shown.

        Args:
            state: Its `id`, `code` and `draft`, as canonical JSON, as is what is returned.
        """
        if self.is_whole or self._hidden.search(state) is None:
            return state
        shown = value_of(state)
        return canonical({**shown, "draft": exact(shown["draft"], INCIDENT)})

    @cached_property
    def shown(self) -> Register:
        """All sources, actors and cases as they may be shown; read once."""
        return shown_register(self.known, self.rules.around)

    @cached_property
    def known(self) -> Register:
        """All sources, actors and cases as they are, or were, known."""
        if self.survey.register.source or self.survey.register.actor:
            return self.survey.register
        return read_register(self._connection, self._as_of, self.survey.levels)

    def datasets(self, terms: Sequence[DatasetTerms]) -> list[DatasetTerms]:
        """Return datasets as they may be shown."""
        names = self.rules.names
        if not names:
            return [*terms]
        shown = (shown_dataset(terms_document(one), self.rules.around, names) for one in terms)
        return [DatasetTerms(**one) for one in shown]

    def regions(self, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return regions without those that name something withheld."""
        names = self.rules.names
        if not names or self.survey.withheld.only_codes:
            return table
        rows = table.drop(columns=["geometry"]).to_dict("records")
        keep = [not names_in_region(_known(row), names) for row in rows]
        return table[keep].reset_index(drop=True)

    def indicators(self, indicators: Iterable[Document]) -> list[dict[str, Any]]:
        """Return indicators as they may be shown, without those that are withheld or name something withheld.

        Of the past, one has the level of today if that is stricter.
        """
        today = levels(self._connection, "indicator")
        strict = [
            {**one, "sensitivity": stricter(one.get("sensitivity"), today[one["key"]])} if one["key"] in today else one
            for one in indicators
        ]
        if self.is_whole:
            return [dict(one) for one in strict]
        return shown_indicators(strict, self.rules.around, self.rules.names, self.profile)

    def question(self, words: str) -> str:
        """Return a question in words, unless it names something withheld."""
        return "…" if self.rules.names.found_in(words) else words

    def _cited(self, records: Sequence[Document]) -> Cited:
        """Return what is known of the sources and actors that incidents refer to."""
        keys = {key for record in records for kind, key in references(record["draft"], INCIDENT) if kind == "source"}
        if self._as_of is None and not self.survey.withheld:
            sources = {key: (kind, day) for key, kind, day in lookups.voices(self._connection, keys)}
        else:
            sources = {one["key"]: (one["kind"], one.get("published_on")) for one in self.known.source}
        kinds = self._connection.execute(text("SELECT key, kind FROM actor"))
        return Cited(sources, {str(key): str(kind) for key, kind in kinds})


def areas_of(profile: Profile, regions: gpd.GeoDataFrame) -> Areas:
    """Return the areas that coarsened places become, of all versions of regions."""
    return Areas.of(profile, admin_set(regions), regions[regions["admin_code"].notna()])


def _credited(connection: Connection) -> frozenset[str]:
    """Return the names of the datasets that have terms."""
    statement = "SELECT name FROM dataset WHERE coalesce(licence, attribution, may_publish, selection) IS NOT NULL"
    return frozenset(connection.execute(text(statement)).scalars())


def _known(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if value is not None and value == value}  # noqa: PLR0124 — NaN is not itself


def _spots_of(shown: Shown, spots: Sequence[Spot]) -> list[Spot]:
    """Return where the places of an incident are as it is shown: coarse ones are the areas that they became."""
    return [Spot(area.units, area.shape) for area in shown.areas] if shown.is_coarse else [*spots]
