"""An open database: its file, the country and policy it is kept by, and what was read of it and holds still."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from willay.events.frame.query import IncidentQuery
from willay.events.model.figure_policies import available, check_policy
from willay.events.store.read.answers import Answer, Wanted
from willay.events.store.read.shown_last import Disclosures
from willay.events.store.record.region_sets import read_regions
from willay.events.store.record.review_rules import RULE_KEY, TWO_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.model.figure_policies import PolicyLike
    from willay.events.store.read.answers import Regions
    from willay.events.store.read.shown import Disclosure
    from willay.events.store.session import Session
    from willay.events.store.write.validation import Setting


def utc_now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)


class Opened:
    """An open database, which the parts of a `Store` share.

    Attributes:
        session: The open file.
        clock: Returns the present moment, aware.
        entropy: Returns a number of random bytes, for ids.
    """

    def __init__(self, session: Session, clock: Callable[[], datetime], entropy: Callable[[int], bytes]) -> None:
        self.session, self.clock, self.entropy = session, clock, entropy
        self._regions: gpd.GeoDataFrame | None = None
        self._disclosures = Disclosures(session.meta, lambda: self.clock())  # noqa: PLW0108 — the clock of that time

    @property
    def country(self) -> str:
        """The country it is about, ISO 3166-1 alpha-2."""
        return self.session.meta["country"]

    @property
    def policy(self) -> str:
        """Its own figure policy."""
        return self.session.meta["policy"]

    @property
    def rule(self) -> str:
        """Whether a second person must approve what one wrote: `two-people` or `one-person`."""
        return self.session.meta.get(RULE_KEY, TWO_PEOPLE)

    def setting(self) -> Setting:
        """Return what checking drafts needs to know.

        Raises:
            MissingPolicyError: The figures of what is written could not be derived.
        """
        from willay.events.store.write.validation import Setting

        return Setting(self.country, check_policy(self.policy), self.all_regions(), self.clock, self.entropy)

    def regions_when_asked(self, connection: Connection, as_of: datetime | None = None) -> Regions:
        """Return what reads all versions of regions once they are asked for, as known now or at a moment (aware)."""

        def read() -> gpd.GeoDataFrame:
            if as_of is not None:
                return read_regions(connection, as_of)
            if self._regions is None:
                self._regions = read_regions(connection)
            return self._regions

        return lru_cache(read)

    def all_regions(self, as_of: datetime | None = None) -> gpd.GeoDataFrame:
        """Return all versions of regions, as known now or at a moment (aware)."""
        with self.session.reading() as connection:
            return self.regions_when_asked(connection, as_of)()

    def forget_regions(self) -> None:
        """Read the regions again when they are next asked for: they were changed."""
        self._regions = None

    @contextmanager
    def showing(
        self, profile: Profile | str | None, as_of: datetime | None = None
    ) -> Iterator[tuple[Connection, Disclosure | None]]:
        """Read one state of the database, with what a profile shows of it; None is all."""
        with self.session.reading() as connection:
            regions = self.regions_when_asked(connection, as_of)
            yield connection, self._disclosures.of(connection, profile, regions, as_of)

    @contextmanager
    def answering(self, query: IncidentQuery | None, wanted: Wanted, profile: Profile | str | None) -> Iterator[Answer]:
        """Answer a query from one state of the database, as far as a profile allows it."""
        asked = query or IncidentQuery()
        with self.session.reading() as connection:
            regions = self.regions_when_asked(connection, asked.as_of)
            asked, wanted = self._disclosures.asked(connection, asked, regions, wanted, profile)
            yield Answer(connection, asked, regions, wanted)

    def wanted(self, policy: PolicyLike | None, lang: str, *, details: bool) -> Wanted:
        """Return what an answer is to hold; None is the database's own policy.

        Raises:
            QueryError: There is no such policy.
        """
        name = available(self.policy) if policy in (None, self.policy) else check_policy(policy)
        return Wanted(name, lang, details, is_own_policy=name == self.policy)
