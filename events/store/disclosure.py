"""Disclosure of a database: the tables of an answer as a profile shows them.

Incidents that a profile does not touch are read from the tables as they are, which is fast at any size; of their
columns those stay that are declared to be shown (`fields`). Each touched one becomes its document, is disclosed
(`events.disclosure`), and becomes rows again. Everything that leaves a database is made of tables that went through
here, so that all formats say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import func, select, text

from willay.events.canonical import canonical
from willay.events.cards import is_known
from willay.events.coarsening import Around
from willay.events.disclosure.areas import Areas, Spot
from willay.events.disclosure.registers import (
    Register,
    names_in_region,
    shown_dataset,
    shown_indicators,
    shown_register,
)
from willay.events.disclosure.rules import Cited, Rules, disclose
from willay.events.disclosure.showing import exact, references
from willay.events.disclosure.tables import allowed
from willay.events.fields import INCIDENT
from willay.events.records import COLUMNS
from willay.events.store import lookups
from willay.events.store.documents import documents, state_of
from willay.events.store.reader import LISTS, SINGULAR, joined, rows_of_states
from willay.events.store.resolve import admin_set, locate
from willay.events.store.states import actor_rows, case_row, incident_rows, source_row
from willay.events.store.survey import survey
from willay.events.store.tables import Incident, table_of
from willay.events.store.withheld import read_register
from willay.events.terms import stricter
from willay.events.values import DaySpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.coarsening import Document
    from willay.events.columns import Origin
    from willay.events.disclosure.rules import Shown
    from willay.events.query import IncidentQuery
    from willay.events.records import IncidentTables
    from willay.events.store.states import Rows, State
    from willay.events.store.survey import Survey


SECRET_BYTES: Final = 32

_ROW_OF: Final[Mapping[str, Callable[[State], dict[str, Any]]]] = {
    "source": source_row,
    "actor": lambda state: actor_rows(state)["actor"][0],
    "case": case_row,
}
_TABLES: Final = {"source": "sources", "actor": "actors", "case": "cases"}
_NO_PLACE: Final = dict.fromkeys(("lon", "lat", "radius_m", "admin_code", "region"))


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


@dataclass(frozen=True, slots=True)
class Substitutes:
    """What is shown in the place of incidents that a profile touches.

    Attributes:
        frames: Their tables, those of incidents and of their lists.
        sources: Rows of the sources that stand for those of coarse incidents.
        actors: The same of actors.
        states: What can be recorded elsewhere, by code.
        coarse: Codes of those that are coarse.
    """

    frames: Mapping[str, pd.DataFrame]
    sources: pd.DataFrame
    actors: pd.DataFrame
    states: Mapping[str, State]
    coarse: frozenset[str]


class Disclosure:
    """A database as a profile shows it, now or as it was known at a moment.

    Attributes:
        profile: The profile.
        is_whole: Whether it shows everything: then only levels of the past are changed, to those of today.
        survey: What it changes.
    """

    def __init__(
        self, connection: Connection, outward: Outward, regions: gpd.GeoDataFrame, as_of: datetime | None
    ) -> None:
        self.profile = outward.profile
        self._connection, self._regions, self._as_of = connection, regions, as_of
        areas = Areas.of(outward.profile, admin_set(regions), regions[regions["admin_code"].notna()])
        self.is_whole = outward.profile.shows_all
        around = Around(secret=outward.secret, credited=_credited(connection), is_whole=self.is_whole)
        today = (as_of or outward.moment).date()
        found = survey(connection, Rules(outward.profile, areas, today, around=around), as_of)
        nameless = frozenset(name for name in around.credited if not found.rules.names.found_in(name))
        rules = replace(found.rules, around=replace(found.rules.around, credited=nameless))
        self.survey: Survey = replace(found, rules=rules)

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
        listed = func.json_each(canonical(sorted(touched))).table_valued("value")
        return [table_of(Incident).c.fid.not_in(select(listed.c.value))]

    def origin(self, statuses: Iterable[str], fids: Iterable[int]) -> Origin:
        """Say in a frame's attributes by which profile it was made.

        Args:
            statuses: The statuses asked for.
            fids: The rows of its incidents.
        """
        touched = self.survey.touched
        coarse = sum(touched[fid].treatment == "coarsen" for fid in fids if fid in touched)
        return {"profile": str(self.profile), "left_out": self.survey.left_out(statuses), "coarsened": coarse}

    def untouched(self, tables: IncidentTables) -> IncidentTables:
        """Return tables without the touched incidents, and of the others what may be shown."""
        touched = self.survey.touched
        if touched:
            lists: dict[str, Any] = {
                name: table[~table["incident"].isin(touched)]
                for name in LISTS
                if (table := getattr(tables, name)) is not None
            }
            incidents = tables.incidents[~tables.incidents["fid"].isin(touched)]
            tables = replace(tables, incidents=incidents, **lists, wholes=self.survey.shown_links(tables.wholes))
        return self.allowed(replace(tables, datasets=self.datasets(tables.datasets)))

    def allowed(self, tables: IncidentTables) -> IncidentTables:
        """Return tables of which the columns that are never shown are blank."""
        return tables if self.is_whole else allowed(tables)

    def answer(self, tables: IncidentTables, query: IncidentQuery) -> IncidentTables:
        """Return tables as they may be shown, with what stands in the place of touched incidents.

        Args:
            tables: What is recorded, or was, with all sources, actors and cases.
            query: Which incidents are asked for.
        """
        made = self.untouched(tables)
        keyed: dict[str, Any] = {name: self.register(kind, getattr(made, name)) for kind, name in _TABLES.items()}
        instead = self.substitutes(self.shown_fids(query))
        lists: dict[str, Any] = {
            name: joined(getattr(made, name), instead.frames[name]) for name in ("incidents", *LISTS)
        }
        keyed["sources"] = joined(keyed["sources"], instead.sources)
        keyed["actors"] = joined(keyed["actors"], instead.actors)
        return replace(made, **lists, **keyed)

    def substitutes(self, fids: Sequence[int]) -> Substitutes:
        """Return what is shown in the place of some touched incidents, in their order."""
        then = self.survey.then
        read = {**dict(documents(self._connection, [fid for fid in fids if fid not in then])), **then}
        records = [read[fid] for fid in fids]
        cited = self._cited(records)
        spots = self._spots(records)
        shown = [
            (fid, made)
            for fid, record, places in zip(fids, records, spots, strict=True)
            if (made := disclose(record, places, cited, self.rules)) is not None
        ]
        return Substitutes(
            _frames(shown, self._regions),
            _table("source", {key: one for _, made in shown for key, one in made.sources.items()}.values()),
            _table("actor", {key: one for _, made in shown for key, one in made.actors.items()}.values()),
            {made.record["code"]: state_of(made.record) for _, made in shown},
            frozenset(made.record["code"] for _, made in shown if made.is_coarse),
        )

    def register(self, kind: str, table: pd.DataFrame) -> pd.DataFrame:
        """Return all sources, actors or cases as they may be shown.

        Args:
            kind: Which.
            table: All of them as they are known.
        """
        if not self.survey.withheld.called[kind]:
            return self.as_strict_as_today(kind, table)
        return _table(kind, getattr(self.shown, kind))

    def as_strict_as_today(self, kind: str, table: pd.DataFrame) -> pd.DataFrame:
        """Return sources or actors of the past with the levels of today, where these are stricter."""
        today = self.survey.levels.get(kind)
        if not today or table.empty:
            return table
        rows = zip(table["key"].tolist(), table["sensitivity"].tolist(), strict=True)
        strict = [stricter(then if is_known(then) else None, today.get(key)) for key, then in rows]
        return table.assign(sensitivity=pd.Series(strict, index=table.index, dtype="object"))

    def withheld_rows(self, kind: str, keys: Iterable[str]) -> pd.DataFrame:
        """Return the rows of those sources, actors or cases of some keys that stand for withheld ones."""
        asked = {*keys}
        called = {*self.survey.withheld.called[kind].values()} & asked
        return _table(kind, [one for one in getattr(self.shown, kind) if one["key"] in called] if called else [])

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

    def datasets(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return datasets as they may be shown."""
        names = self.rules.names
        if not names or table.empty:
            return table
        rows = [shown_dataset(_known(row), self.rules.around, names) for row in table.to_dict("records")]
        return pd.DataFrame(rows, columns=list(table.columns), dtype="object")

    def regions(self, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return regions without those that name something withheld."""
        names = self.rules.names
        if not names or self.survey.withheld.only_codes:
            return table
        rows = table.drop(columns=["geometry"]).to_dict("records")
        keep = [not names_in_region(_known(row), names) for row in rows]
        return table[keep].reset_index(drop=True)

    def indicators(self, indicators: Iterable[Document]) -> list[dict[str, Any]]:
        """Return indicators as they may be shown, without those that name something withheld."""
        return shown_indicators(indicators, self.rules.around, self.rules.names)

    def state(self, state: State) -> State:
        """Return the state of an untouched incident as it can be recorded elsewhere."""
        return {**state, "draft": exact(state["draft"], INCIDENT)}

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

    def _spots(self, records: Sequence[Document]) -> list[list[Spot]]:
        """Work out where the places of incidents are."""
        places = [
            {**_NO_PLACE, **place, "day": _first_day(record["draft"])}
            for record in records
            for place in record["draft"].get("places", ())
        ]
        found = iter(locate(places, [place["day"] for place in places], self._regions))
        return [
            [Spot(at.admin, at.shape) for at in islice(found, len(record["draft"].get("places", ())))]
            for record in records
        ]


def _credited(connection: Connection) -> frozenset[str]:
    """Return the names of the datasets that have terms."""
    statement = "SELECT name FROM dataset WHERE coalesce(licence, attribution, may_publish) IS NOT NULL"
    return frozenset(connection.execute(text(statement)).scalars())


def _first_day(draft: Document) -> str | None:
    return str(DaySpan.parse(draft["days"], draft.get("date_precision")).first) if draft.get("days") else None


def _table(kind: str, documents_: Iterable[Document]) -> pd.DataFrame:
    rows = [_ROW_OF[kind](dict(one)) for one in documents_]
    return pd.DataFrame(rows, columns=list(COLUMNS[_TABLES[kind]]), dtype="object")


def _known(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items() if is_known(value)}


def _frames(shown: Sequence[tuple[int, Shown]], regions: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    """Make the tables of incidents of what is shown of them, in order of the codes that they show."""
    whole = [(fid, made) for fid, made in shown if not made.is_coarse]
    rows = rows_of_states(
        [(state_of(made.record), fid, made.record["revision"], made.record["recorded_at"]) for fid, made in whole],
        regions,
    )
    for fid, made in shown:
        if made.is_coarse:
            for name, more in _coarse_rows(fid, made).items():
                rows[name] += more
    rows["incident"].sort(key=lambda row: str(row["code"]))
    return {
        name: pd.DataFrame(rows[SINGULAR[name]], columns=list(COLUMNS[name]), dtype="object")
        for name in ("incidents", *LISTS)
    }


def _coarse_rows(fid: int, made: Shown) -> Rows:
    rows = incident_rows(state_of(made.record), fid, None, made.record.get("recorded_at"))
    places = [
        {**row, **dict(zip(("adm1", "adm2", "adm3"), area.units, strict=True)), "geometry": area.shape}
        for row, area in zip(rows["place"], made.areas, strict=True)
    ]
    return {**rows, "place": places}
