"""Disclosing: what is asked of a database for somebody outside goes through the lens of a profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import text

from willay.events.cards import is_known
from willay.events.disclosure import Disclosed, disclosed
from willay.events.store.resolve import actor_names, admin_set
from willay.events.store.states import Rows, State, incident_state_of
from willay.events.store.tables import TELLS_SENSITIVITY
from willay.events.withholding import Registers, Withheld, disclosed_registers, folded, level_of, withheld

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.frame import Origin
    from willay.events.records import IncidentTables

_ORDER: Final = (None, "public", "restricted", "confidential")
_KINDS: Final = ("incident", "place", "source", "actor")


@dataclass
class Told:
    """What a lens left out and coarsened so far.

    Attributes:
        left_out: How many incidents.
        coarsened: How many incidents.
        touched: Codes of incidents that differ from what is recorded.
    """

    left_out: int = 0
    coarsened: int = 0
    touched: frozenset[str] = frozenset()


class Lens:
    """Shows tables of a database as a profile lets them be seen.

    What is sensitive today is treated so in the past as well: a page as of last year must not tell what has become
    confidential since.

    Args:
        connection: Within a transaction.
        profile: For whom.
        regions: All versions of regions.
        moment: Aware; a delay counts back from it.
        past: Whether the tables are those of a past moment, whose levels may be those of then.
    """

    def __init__(
        self,
        connection: Connection,
        profile: Profile,
        regions: gpd.GeoDataFrame,
        moment: datetime,
        *,
        past: bool = False,
    ) -> None:
        self.profile, self._today, self._past = profile, moment.date(), past
        self.told = Told()
        self._levels = {kind: _levels(connection, kind) for kind in _KINDS}
        self._then = _had_levels(connection)
        self._aliases = {folded(name): key for name, key in actor_names(connection).items()}
        self._units, self._coded = admin_set(regions), regions[regions["admin_code"].notna()]
        self._hidden: Withheld | None = None

    @property
    def is_clear(self) -> bool:
        """Whether nothing in the database needs treatment, now or in the past."""
        marked = any(self._levels.values()) or self._then
        return self.profile.shows_all or not (marked or self.profile.delay_days)

    @property
    def tightens(self) -> bool:
        """Whether what was known in the past may be marked more strictly since."""
        return self._past and any(self._levels.values())

    def through(self, tables: IncidentTables, sources: pd.DataFrame | None = None) -> IncidentTables:
        """Return tables as they may be seen.

        Args:
            tables: What is recorded, or was.
            sources: All sources of the database, where the tables have only some.
        """
        if self.is_clear:
            return self._as_strict_as_today(tables) if self.tightens else tables
        strict = self._with_levels(tables)
        if self._hidden is None:
            whole = strict.sources if sources is None else self._stricter(sources, "source", "key")
            self._hidden = withheld(whole, strict.actors, self.profile)
        made: Disclosed = disclosed(
            strict, self.profile, self._hidden, self._units, coded=self._coded, aliases=self._aliases, today=self._today
        )
        self.told = Told(
            self.told.left_out + made.left_out,
            self.told.coarsened + len(made.coarsened),
            self.told.touched | made.touched,
        )
        return made.tables

    def _as_strict_as_today(self, tables: IncidentTables) -> IncidentTables:
        """Return tables of the past with the levels of today where these are stricter."""
        strict = self._with_levels(tables)
        fids = _changed(tables.incidents, strict.incidents, "fid") | _changed(tables.places, strict.places, "incident")
        codes = tables.incidents.loc[tables.incidents["fid"].isin(fids), "code"]
        self.told = replace(self.told, touched=self.told.touched | {*codes})
        return strict

    def registers(self, sources: pd.DataFrame, actors: pd.DataFrame, cases: pd.DataFrame, most: int) -> Registers:
        """Return sources, actors and cases as they may be seen, for files that can be read back.

        Args:
            sources: All sources.
            actors: All actors.
            cases: All cases.
            most: The most documents that any incident has.
        """
        strict = (self._stricter(sources, "source", "key"), self._stricter(actors, "actor", "key"))
        hidden = withheld(*strict, self.profile)
        return disclosed_registers(Registers(*strict, cases), hidden, most)

    def origin(self) -> Origin:
        """Say in a frame's attributes by which profile it was made."""
        return {"profile": str(self.profile), "left_out": self.told.left_out, "coarsened": self.told.coarsened}

    def _with_levels(self, tables: IncidentTables) -> IncidentTables:
        return replace(
            tables,
            incidents=self._stricter(tables.incidents, "incident", "fid"),
            places=self._stricter(tables.places, "place", "incident"),
            sources=self._stricter(tables.sources, "source", "key"),
            actors=self._stricter(tables.actors, "actor", "key"),
        )

    def _stricter(self, table: pd.DataFrame, kind: str, column: str) -> pd.DataFrame:
        now = self._levels[kind]
        levels = [
            max((level if is_known(level) else None, now.get(name)), key=_ORDER.index)
            for name, level in zip(table[column].tolist(), table["sensitivity"].tolist(), strict=True)
        ]
        return table.assign(sensitivity=pd.Series(levels, index=table.index, dtype="object"))


def _changed(before: pd.DataFrame, after: pd.DataFrame, key: str) -> set[Any]:
    """Return the keys of the rows whose level is not the one before."""
    rows = zip(before[key], before["sensitivity"], after["sensitivity"], strict=True)
    return {name for name, was, now in rows if level_of(was) != level_of(now)}


def states_shown(tables: IncidentTables, codes: frozenset[str]) -> dict[str, State]:
    """Return the states, by code, that some incidents of disclosed tables amount to: what may be recorded elsewhere."""
    rows = tables.incidents[tables.incidents["code"].isin(codes)]
    fids = set(rows["fid"])
    children: dict[int, Rows] = {fid: {name: [] for name in _LISTS.values()} for fid in fids}
    for name, single in _LISTS.items():
        table = getattr(tables, name)
        plain = table[table["incident"].isin(fids)].sort_values(["incident", "position"]).astype("object")
        for row in plain.where(plain.notna(), None).to_dict("records"):
            children[row["incident"]][single].append({str(column): value for column, value in row.items()})
    plain = rows.astype("object").where(rows.notna(), None)
    return {
        row["code"]: incident_state_of({str(name): value for name, value in row.items()}, children[row["fid"]])
        for row in plain.to_dict("records")
    }


_LISTS: Final = {
    "places": "place", "parties": "party", "claims": "claim", "incident_sources": "incident_source",
    "incident_cases": "incident_case",
}  # fmt: skip


def _levels(connection: Connection, kind: str) -> dict[Any, str]:
    """Return the level of everything of a kind that has one; of places, the strictest of each incident."""
    column = {"incident": "fid", "place": "incident"}.get(kind, "key")
    statement = f"SELECT {column}, sensitivity FROM {kind} WHERE sensitivity IS NOT NULL"  # noqa: S608 — our own names
    found: dict[Any, str] = {}
    for name, level in connection.execute(text(statement)):
        found[name] = max((found.get(name), str(level)), key=_ORDER.index) or str(level)
    return found


def _had_levels(connection: Connection) -> bool:
    """Say whether anything had a level in an earlier state that was kept."""
    statement = f"SELECT 1 FROM revision WHERE {TELLS_SENSITIVITY} LIMIT 1"  # noqa: S608 — our own words
    return connection.execute(text(statement)).first() is not None
