"""`Store`: the one door to a database."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pandas as pd
from sqlalchemy import text

from willay.data import zones as shipped_zones
from willay.events.drafts import Bundle, IncidentDraft
from willay.events.errors import RefusedError
from willay.events.policy import DEFAULT_POLICY, check_policy
from willay.events.query import IncidentQuery
from willay.events.store import audit, changes, lookups, registers
from willay.events.store.answers import answer
from willay.events.store.ids import moment_text
from willay.events.store.intake import Setting
from willay.events.store.previews import preview_of
from willay.events.store.regions import RegionSet, add_region_set, choose_regions, read_regions, replace_regions
from willay.events.store.resolve import nearest
from willay.events.store.revisions import Author, check_author
from willay.events.store.session import Session
from willay.events.store.states import draft_of
from willay.events.store.writer import add_bundle, relocate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from types import TracebackType

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.events.drafts import ActorDraft, CaseDraft, ClaimDraft, IndicatorDraft, SourceDraft
    from willay.events.store.results import Added, Preview, Problem, Revised, RevisionRow, Stored

INSTALLER = "willay"
"""The author of what a new database is made with."""


def utc_now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)


class Store:
    """A database of incidents in one file, which is also a GeoPackage.

    Use it as a context manager, or close it: closing leaves the file alone, without journals beside it. Every method
    raises DatabaseError when the file is damaged, locked for long, or cannot be written.
    """

    def __init__(
        self,
        session: Session,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._session = session
        self._clock, self._entropy = clock, entropy
        self._known_regions: gpd.GeoDataFrame | None = None

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        country: str = "PE",
        policy: str = DEFAULT_POLICY,
        region_sets: Iterable[RegionSet] = (),
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> Self:
        """Make a database in a new file.

        Args:
            path: Where; there must be no such file.
            country: ISO 3166-1 alpha-2 of the country it is about.
            policy: The figure policy that it is kept by.
            region_sets: The regions to begin with.
            clock: Returns the present moment, aware.
            entropy: Returns a number of random bytes, for ids.

        Raises:
            RefusedError: There is such a file.
            QueryError: There is no such policy.
            DatabaseError: The file cannot be made.
        """
        meta = {
            "country": country,
            "policy": check_policy(policy),
            "created_at": moment_text(clock()),
            "willay_version": _version(),
        }
        store = cls(Session.create(Path(path), meta), clock, entropy)
        try:
            for regions in region_sets:
                store.add_regions(regions, author=INSTALLER, reason="installed")
        except BaseException:
            store.close()
            store.path.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> Self:
        """Open a database; only a change writes to the file.

        Raises:
            DatabaseError: There is no such file, or it is no willay database, or a newer willay made it.
        """
        return cls(Session.open(Path(path)), clock, entropy)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the file and leave it alone; closing twice does nothing."""
        self._session.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._session.path

    # --- what it says of itself

    def meta(self, key: str) -> str | None:
        """Return what the database says of itself: schema_version, country, policy, created_at, willay_version."""
        return self._session.meta.get(key)

    @property
    def country(self) -> str:
        """The country it is about, ISO 3166-1 alpha-2."""
        return self._session.meta["country"]

    @property
    def policy(self) -> str:
        """The figure policy that it is kept by."""
        return self._session.meta["policy"]

    def count(self) -> dict[str, int]:
        """Return how many there are: incident (without the retracted), place, claim, source, actor, case, region, …."""
        with self._session.reading() as connection:
            return registers.counts(connection)

    # --- changes

    def add(
        self, bundle: Bundle, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> Added:
        """Add all of a bundle in one transaction; sources, actors and cases that are there already are passed over.

        Args:
            bundle: What to add.
            author: Who adds it.
            reason: Why, or from where.
            recorded_at: The moment of recording (aware), not before any recorded; None takes the clock's.

        Raises:
            DraftError: Something does not fit the database; it lists every fault of the bundle, and nothing is added.
            RefusedError: There is no author, or the moment lies before the latest change.
        """
        setting = self._setting()
        with self._session.writing() as connection:
            who = check_author(connection, self._author(author, reason, recorded_at), needs_reason=False)
            return add_bundle(connection, bundle, setting, who)

    def edit(
        self,
        code: str,
        changed: Mapping[str, Any],
        *,
        author: str,
        reason: str,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Change fields of an incident; the result is checked as a whole.

        Args:
            code: The incident's code or key.
            changed: New values by field of `IncidentDraft`; None takes a value away.
            author: Who changes it.
            reason: Why.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such incident.
            DraftError: The result is no draft, or does not fit the database.
            RefusedError: There is no author or reason, or the moment lies before the latest change.
        """
        setting = self._setting()
        with self._session.writing() as connection:
            who = check_author(connection, self._author(author, reason, recorded_at), needs_reason=True)
            current = changes.find(connection, code)
            draft = changes.merged(current.state, changed)
            return changes.revise(connection, current, draft, (setting, who, "edit"))

    def replace(
        self,
        code: str,
        draft: IncidentDraft,
        *,
        author: str,
        reason: str,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Put a whole new draft in the place of an incident's; raises as `edit` does."""
        setting = self._setting()
        with self._session.writing() as connection:
            who = check_author(connection, self._author(author, reason, recorded_at), needs_reason=True)
            current = changes.find(connection, code)
            return changes.revise(connection, current, draft, (setting, who, "edit"))

    def add_claims(
        self,
        code: str,
        claims: Sequence[ClaimDraft],
        sources: Sequence[SourceDraft] = (),
        *,
        author: str,
        reason: str,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Add claims to an incident, and the sources they cite; raises as `edit` does."""
        setting = self._setting()
        with self._session.writing() as connection:
            who = check_author(connection, self._author(author, reason, recorded_at), needs_reason=True)
            current = changes.find(connection, code)
            add_bundle(connection, Bundle(sources=tuple(sources)), setting, who)
            known = draft_of(current.state)
            draft = known.model_copy(update={"claims": (*known.claims, *claims)})
            return changes.revise(connection, current, draft, (setting, who, "claim"))

    def retract(self, code: str, *, author: str, reason: str, recorded_at: datetime | None = None) -> Revised:
        """Take an incident out of every answer but its history; raises as `edit` does."""
        setting = self._setting()
        with self._session.writing() as connection:
            who = check_author(connection, self._author(author, reason, recorded_at), needs_reason=True)
            current = changes.find(connection, code)
            draft = draft_of(current.state).model_copy(update={"status": "retracted"})
            return changes.revise(connection, current, draft, (setting, who, "retract"))

    def add_regions(
        self, regions: RegionSet, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> int:
        """Add a region set, or further versions of its areas; return how many rows were added.

        Raises:
            ConflictError: A version is there already.
            DraftError: A row has no key or no polygon.
            RefusedError: There is no author.
        """
        who = self._author(author, reason, recorded_at)
        if not author.strip():
            raise RefusedError("A change needs an author. Say who makes it: --author NAME.")
        with self._session.writing() as connection:
            added = add_region_set(connection, regions, who)
            self._relocate(connection)
        return added

    def rebuild_zones(
        self, set_name: str, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> int:
        """Rebuild the shipped zones that have a complete definition from district limits; return how many.

        The outlines before stay with the history of each zone.

        Args:
            set_name: The set of districts, with six-digit administrative codes.
            author: Who does it.
            reason: Why; None says from which set.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such set.
            MissingDistrictsError: The set lacks a district that a definition names; nothing is rebuilt.
            RefusedError: There is no author.
        """
        districts = self.regions(set_name)
        who = self._author(author, reason or f"from the districts of {set_name}", recorded_at)
        if not author.strip():
            raise RefusedError("A change needs an author. Say who makes it: --author NAME.")
        coded = districts[districts["admin_code"].notna()]
        rebuilt = shipped_zones.rebuild_zones(coded, code="admin_code")
        with self._session.writing() as connection:
            number = replace_regions(connection, shipped_zones.SET, rebuilt, who)
            self._relocate(connection, shipped_zones.SET)
        return number

    def _relocate(self, connection: Connection, set_name: str | None = None) -> None:
        """Look again for the shapes of places, after a set was added or changed."""
        self._known_regions = None
        regions = read_regions(connection)
        changed = regions.loc[regions["set"] == set_name, "fid"].tolist() if set_name else []
        setting = Setting(self.country, self.policy, regions, self._clock, self._entropy)
        relocate(connection, setting, changed)

    # --- answers

    def select(
        self,
        query: IncidentQuery | None = None,
        *,
        policy: str | None = None,
        lang: str = "en",
        details: bool = True,
    ) -> gpd.GeoDataFrame:
        """Answer a question with the incident frame, in order of first day (undated last) and code.

        Args:
            query: Which incidents, as known when; None asks for all that hold now.
            policy: The figure policy; None takes the database's own.
            lang: The language of titles and names.
            details: Whether to fill the column `details`, the most costly one.

        Raises:
            NotFoundError: The query names something that the database does not have.
            QueryError: There is no such policy.
        """
        chosen = check_policy(policy or self.policy)
        regions = self._all_regions()
        with self._session.reading() as connection:
            return answer(
                connection, query or IncidentQuery(), regions, policy=chosen, lang=lang, details=details
            )

    def draft(self, code: str, as_of: datetime | None = None) -> Stored:
        """Return an incident as it is recorded, or was at a moment (aware).

        Raises:
            NotFoundError: There is no such incident, or was none then.
        """
        with self._session.reading() as connection:
            return changes.stored(connection, changes.find(connection, code), as_of)

    def preview(self, draft: IncidentDraft, bundle_sources: Sequence[SourceDraft] = ()) -> Preview:
        """Work out what adding an incident would do, without adding it.

        Args:
            draft: The incident.
            bundle_sources: Sources that would be added with it.
        """
        setting = self._setting()
        with self._session.reading() as connection:
            return preview_of(connection, draft, bundle_sources, setting)

    def history(self, code: str) -> tuple[RevisionRow, ...]:
        """Return the revisions of an incident, the first one first.

        Raises:
            NotFoundError: There is no such incident.
        """
        with self._session.reading() as connection:
            return changes.history(connection, changes.find(connection, code))

    def sources(self, as_of: datetime | None = None) -> tuple[SourceDraft, ...]:
        """Return the sources by key, as known now or at a moment (aware)."""
        with self._session.reading() as connection:
            return registers.source_drafts(connection, as_of)

    def source_keys(self) -> frozenset[str]:
        """Return the keys of the sources."""
        with self._session.reading() as connection:
            return frozenset(lookups.all_keys(connection, "source"))

    def actors(self, as_of: datetime | None = None) -> tuple[ActorDraft, ...]:
        """Return the actors by key, as known now or at a moment (aware)."""
        with self._session.reading() as connection:
            return registers.actor_drafts(connection, as_of)

    def cases(self, as_of: datetime | None = None) -> tuple[CaseDraft, ...]:
        """Return the cases by key, as known now or at a moment (aware)."""
        with self._session.reading() as connection:
            return registers.case_drafts(connection, as_of)

    def case_counts(self) -> dict[str, int]:
        """Return how many incidents each case has, without the retracted ones; a case without any is left out."""
        with self._session.reading() as connection:
            return registers.case_counts(connection)

    def case(self, key: str) -> CaseDraft:
        """Return a case.

        Raises:
            NotFoundError: There is no such case.
        """
        cases = {case.key: case for case in self.cases()}
        if key not in cases:
            raise changes.not_found(f"no case {key[:80]!r}", nearest(key, cases))
        return cases[key]

    def indicators(self) -> tuple[IndicatorDraft, ...]:
        """Return the indicators in the order in which they were added."""
        with self._session.reading() as connection:
            return registers.indicator_drafts(connection)

    def regions(
        self, set_name: str | None = None, on: date | None = None, lang: str = "en"
    ) -> gpd.GeoDataFrame:
        """Return versions of regions: of a set, or those valid on a day.

        Raises:
            NotFoundError: There is no such set.
        """
        regions = self._all_regions()
        sets = list(dict.fromkeys(regions["set"]))
        if set_name is not None and set_name not in sets:
            raise changes.not_found(f"no region set {set_name[:80]!r}", nearest(set_name, sets) or sets)
        return choose_regions(regions, set_name, on, lang)

    def datasets(self) -> pd.DataFrame:
        """Return the datasets: name, version, licence, attribution, may_publish."""
        with self._session.reading() as connection:
            rows = connection.execute(
                text("SELECT name, version, licence, attribution, may_publish FROM dataset ORDER BY name")
            )
            return pd.DataFrame(rows.fetchall(), columns=list(rows.keys()), dtype="object")

    def check(self) -> tuple[Problem, ...]:
        """Examine the file, the chain of digests, the layers and all that is derived; return what is wrong."""
        setting = self._setting()
        with self._session.reading() as connection:
            return audit.examine(connection, setting)

    # --- inside

    def _all_regions(self) -> gpd.GeoDataFrame:
        if self._known_regions is None:
            with self._session.reading() as connection:
                self._known_regions = read_regions(connection)
        return self._known_regions

    def _setting(self) -> Setting:
        return Setting(self.country, self.policy, self._all_regions(), self._clock, self._entropy)

    def _author(self, name: str, reason: str, moment: datetime | None) -> Author:
        if moment is not None and moment.tzinfo is None:
            raise RefusedError(
                f"The moment {moment} has no time zone. Give it one: moment.replace(tzinfo=UTC)."
            )
        return Author(name, (moment or self._clock()).astimezone(UTC), reason)


def _version() -> str:
    try:
        return version("willay")
    except PackageNotFoundError:  # used from a folder, not installed
        return "0"
