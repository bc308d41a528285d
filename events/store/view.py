"""`View`: what can be asked of a database."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from willay.data.profiles import DEFAULT
from willay.events.frame.query import IncidentQuery
from willay.events.model.collecting import seldom_collected
from willay.events.model.differences import differences
from willay.events.model.drafts import Bundle
from willay.events.model.policy import check_policy
from willay.events.store import changes, lookups, registers
from willay.events.store.disclosures import Disclosures
from willay.events.store.intake import Setting
from willay.events.store.ledger import Ledger, utc_now
from willay.events.store.pages import PAGE, Answer, Wanted
from willay.events.store.previews import previews_of
from willay.events.store.queues import Waiting, waiting
from willay.events.store.results import Compared
from willay.events.store.reviewing import RULE_KEY, TWO_PEOPLE, WAITING
from willay.events.store.revisions import LONG_AGO, latest_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    import geopandas as gpd
    import pandas as pd
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.frame.cells import IncidentCells
    from willay.events.model.drafts import ActorDraft, CaseDraft, IncidentDraft, IndicatorDraft, SourceDraft
    from willay.events.store.disclosure import Disclosure
    from willay.events.store.pages import Regions
    from willay.events.store.registers import Documents
    from willay.events.store.results import BundlePreview, Preview, RevisionRow, Stored
    from willay.events.store.session import Session


class View(Ledger):
    """A database of incidents, as far as it can be asked."""

    def __init__(
        self,
        session: Session,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        super().__init__(session, clock, entropy)
        self._known_regions: gpd.GeoDataFrame | None = None
        self._disclosures = Disclosures(session.meta, lambda: self._clock())  # noqa: PLW0108 — the clock of that time

    def select(
        self,
        query: IncidentQuery | None = None,
        *,
        policy: str | None = None,
        lang: str = "en",
        details: bool = True,
        profile: Profile | str | None = DEFAULT,
    ) -> gpd.GeoDataFrame:
        """Answer a question with the incident frame, in order of first day (undated last) and code.

        Args:
            query: Which incidents, as known when; None asks for all that hold now. Without a status it asks a profile
                for what is published.
            policy: The figure policy; None takes the database's own.
            lang: The language of titles and names.
            details: Whether to fill the column `details`, the most costly one.
            profile: The disclosure profile of whom it is for, or its name. None is the record itself, with all that
                is confidential in it.

        Raises:
            NotFoundError: The query names something that the database does not have.
            QueryError: There is no such policy.
            UnknownTermError: There is no such profile.
        """
        wanted = self._wanted(policy, lang, details=details)
        with seldom_collected(), self._answering(query, wanted, profile) as answer:
            return answer.everything().frame()

    def first(
        self,
        query: IncidentQuery | None = None,
        limit: int | None = None,
        *,
        policy: str | None = None,
        lang: str = "en",
        details: bool = False,
        profile: Profile | str | None = DEFAULT,
    ) -> tuple[IncidentCells, int]:
        """Return the first incidents that answer a question, in the order of `select`, and how many answer in all.

        They are plain cells. No more is read than is returned, unless words or places are asked for.

        Args:
            query: As for `select`, like the others.
            limit: At most so many; None returns all.
            policy: The figure policy.
            lang: The language of titles and names.
            details: Whether to fill the column `details`.
            profile: The disclosure profile.

        Raises as `select` does.
        """
        wanted = self._wanted(policy, lang, details=details)
        with seldom_collected(), self._answering(query, wanted, profile) as answer:
            if limit is None:
                every = answer.everything()
                return every, len(every)
            return answer.first(limit), answer.count()

    def pages(
        self,
        query: IncidentQuery | None = None,
        *,
        policy: str | None = None,
        lang: str = "en",
        details: bool = True,
        drafts: bool = False,
        size: int = PAGE,
        profile: Profile | str | None = DEFAULT,
    ) -> Iterator[IncidentCells]:
        """Yield the answer to a question page by page in order of code, in flat memory at any size.

        A page is plain cells, as files are written from; `page.frame()` makes the incident frame of it.

        All pages show one state of the database. Ask this store for nothing else before the last one was read.

        Args:
            query: As for `select`.
            policy: The figure policy; None takes the database's own.
            lang: The language of titles and names.
            details: Whether to fill the column `details`.
            drafts: Whether to add the column `draft`, from which an incident can be recorded again without loss: an
                object of `id`, `code` and `draft` as JSON text. For who sees the record itself it also has what another
                file of ours needs to merge it: digests, writers, redactions (`foreign.Identity`).
            size: How many incidents are read at once; a page may hold fewer, or up to twice as many.
            profile: As for `select`.

        Raises as `select` does.
        """
        wanted = replace(self._wanted(policy, lang, details=details), drafts=drafts, size=size)
        with seldom_collected(), self._answering(query, wanted, profile) as answer:
            yield from answer.pages()

    def _wanted(self, policy: str | None, lang: str, *, details: bool) -> Wanted:
        name = check_policy(policy or self.policy)
        return Wanted(name, lang, details, is_own_policy=name == self.policy)

    @contextmanager
    def _answering(
        self, query: IncidentQuery | None, wanted: Wanted, profile: Profile | str | None
    ) -> Iterator[Answer]:
        """Answer a question from one state of the database, as a profile lets it be asked."""
        asked = query or IncidentQuery()
        with self._session.reading() as connection:
            regions = self._regions_when_asked(connection, asked.as_of)
            asked, wanted = self._disclosures.asked(connection, asked, regions, wanted, profile)
            yield Answer(connection, asked, regions, wanted)

    def registers(
        self,
        profile: Profile | str | None = DEFAULT,
        as_of: datetime | None = None,
        statuses: tuple[str, ...] = (),
    ) -> tuple[tuple[SourceDraft, ...], tuple[ActorDraft, ...], tuple[CaseDraft, ...]]:
        """Return sources, actors and cases as a profile shows them: those that incidents which it shows refer to.

        Args:
            profile: As for `select`; None returns all there are, as they are recorded.
            as_of: As known at that moment (aware); None is now.
            statuses: The statuses of these incidents; as for `select` where none is named.
        """
        with self._showing(profile, as_of) as (connection, shown):
            return registers.drafts(connection, shown, as_of, IncidentQuery(statuses=statuses))

    def register_documents(
        self,
        profile: Profile | str | None = DEFAULT,
        as_of: datetime | None = None,
        statuses: tuple[str, ...] = (),
    ) -> Documents:
        """Return what `registers` does as plain documents."""
        with self._showing(profile, as_of) as (connection, shown):
            return registers.documents(connection, shown, as_of, IncidentQuery(statuses=statuses))

    def draft(self, code: str, as_of: datetime | None = None) -> Stored:
        """Return an incident as it is recorded, or was at a moment (aware).

        Raises:
            NotFoundError: There is no such incident, or was none then.
        """
        with self._session.reading() as connection:
            return changes.stored(connection, changes.find(connection, code), as_of)

    def called_elsewhere(self, name: str) -> tuple[str, ...]:
        """Return the codes here of incidents that other files of ours, once imported, call by another code."""
        with self._session.reading() as connection:
            return changes.called_elsewhere(connection, name)

    def preview(self, draft: IncidentDraft, bundle_sources: Sequence[SourceDraft] = ()) -> Preview:
        """Work out what adding an incident would do, without adding it.

        Args:
            draft: The incident.
            bundle_sources: Sources that would be added with it.
        """
        bundle = Bundle.model_construct(sources=tuple(bundle_sources), incidents=(draft,))  # drafts already
        preview = self.preview_bundle(bundle)
        return replace(preview.incidents[0], faults=preview.faults)

    def preview_bundle(self, bundle: Bundle) -> BundlePreview:
        """Work out what adding a bundle would do, without adding it; its parts may name one another."""
        setting = self._setting()
        with self._session.reading() as connection:
            today = max(self._clock(), latest_change(connection) or LONG_AGO)
            return previews_of(connection, bundle, replace(setting, clock=lambda: today), self.review_rule)

    def history(self, code: str) -> tuple[RevisionRow, ...]:
        """Return the revisions of an incident, the first one first.

        Raises:
            NotFoundError: There is no such incident.
        """
        with self._session.reading() as connection:
            return changes.history(connection, changes.find(connection, code))

    def diff(self, code: str, before: int | None = None, after: int | None = None, lang: str = "en") -> Compared:
        """Tell in what two revisions of an incident differ.

        Args:
            code: The incident's code or key.
            before: The number of a revision; None takes the one before `after`.
            after: The number of a revision; None takes the last.
            lang: The language of texts.

        Raises:
            NotFoundError: There is no such incident or revision.
        """
        with self._session.reading() as connection:
            current = changes.find(connection, code)
            first, last, was, now = changes.compared(connection, current, before, after)
        return Compared(current.state["code"], first, last, differences(was["draft"], now["draft"], lang))

    def queue(self, query: IncidentQuery | None = None, assigned_to: str | None = None) -> tuple[Waiting, ...]:
        """Return the incidents that wait for somebody, the longest waiting first.

        Args:
            query: Which of them; without statuses those that are leads, drafts or in review.
            assigned_to: Only those that this person is to look at.

        Raises:
            NotFoundError: The query names something that the database does not have.
        """
        asked = query or IncidentQuery()
        asked = asked if asked.statuses else replace(asked, statuses=WAITING)
        with self._answering(asked, self._wanted(None, "en", details=False), None) as answer:
            codes = [code for page in answer.pages() for code in page.of("code")]
        with self._session.reading() as connection:
            return waiting(connection, codes, assigned_to)

    @property
    def review_rule(self) -> str:
        """Whether a second person must approve what one wrote: `two-people` or `one-person`."""
        return self._session.meta.get(RULE_KEY, TWO_PEOPLE)

    def sources(self, as_of: datetime | None = None) -> tuple[SourceDraft, ...]:
        """Return the sources by key, as known now or at a moment (aware)."""
        with self._session.reading() as connection:
            return registers.source_drafts(connection, as_of)

    def source_keys(self) -> frozenset[str]:
        """Return the keys of the sources."""
        with self._session.reading() as connection:
            return frozenset(lookups.all_keys(connection, "source"))

    def source(self, key: str) -> SourceDraft | None:
        """Return the source with a key, or None."""
        with self._session.reading() as connection:
            return registers.source_draft(connection, key)

    def actors(self, as_of: datetime | None = None) -> tuple[ActorDraft, ...]:
        """Return the actors by key, as known now or at a moment (aware)."""
        with self._session.reading() as connection:
            return registers.actor_drafts(connection, as_of)

    def cases(self, as_of: datetime | None = None) -> tuple[CaseDraft, ...]:
        """Return the cases by key, as known now or at a moment (aware)."""
        with self._session.reading() as connection:
            return registers.case_drafts(connection, as_of)

    def case_counts(self, profile: Profile | str | None = None) -> dict[str, int]:
        """Return how many incidents each case has, without the retracted ones; a case without any is left out.

        Args:
            profile: Count only those that this disclosure profile, or the one of this name, shows in full; None
                counts all.
        """
        with self._showing(profile) as (connection, shown):
            return registers.case_counts(connection, shown, IncidentQuery())

    def case(self, key: str, as_of: datetime | None = None, profile: Profile | str | None = None) -> CaseDraft:
        """Return a case, as known now or at a moment (aware).

        Args:
            key: Its key.
            as_of: The moment; None is now.
            profile: As this disclosure profile, or the one of this name, shows it; None is the record itself.

        Raises:
            NotFoundError: There is no such case.
            RefusedError: The profile does not show it.
        """
        with self._showing(profile, as_of) as (connection, shown):
            return registers.case_draft(connection, key, shown, as_of)

    def indicators(self, profile: Profile | str | None = None) -> tuple[IndicatorDraft, ...]:
        """Return the indicators, in the order of entry, that a profile, or the one of a name, shows; None shows all."""
        with self._showing(profile) as (connection, shown):
            found = registers.indicator_drafts(connection)
            return found if shown is None else registers.shown_drafts(found, shown)

    def regions(
        self,
        set_name: str | None = None,
        on: date | None = None,
        lang: str = "en",
        as_of: datetime | None = None,
        profile: Profile | str | None = DEFAULT,
    ) -> gpd.GeoDataFrame:
        """Return versions of regions: of a set, or those valid on a day, as they are or were known at a moment (aware).

        Args:
            set_name: Only those of this set.
            on: Only those valid on this day.
            lang: The language of their names.
            as_of: As known at that moment; None is now.
            profile: As for `select`; a region that names something withheld is not there.

        Raises:
            NotFoundError: There is no such set.
        """
        from willay.events.store.regions import choose_regions  # noqa: PLC0415 — geopandas, which few lists need

        every = self._all_regions(as_of)
        with self._showing(profile, as_of) as (_, shown):
            regions = every if shown is None else shown.regions(every)
        return choose_regions(regions, set_name, on, lang)

    def datasets(self, profile: Profile | str | None = None, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the datasets, as known now or at a moment (aware): name, version, licence, attribution, may_publish.

        One that was added later is there as it was first.

        Args:
            profile: As this disclosure profile, or the one of this name, shows them; None is the record itself.
            as_of: The moment; None is now.
        """
        with self._showing(profile, as_of) as (connection, shown):
            terms = registers.dataset_terms(connection, as_of)
        return registers.dataset_frame(terms if shown is None else shown.datasets(terms))

    @contextmanager
    def _showing(
        self, profile: Profile | str | None, as_of: datetime | None = None
    ) -> Iterator[tuple[Connection, Disclosure | None]]:
        """Read one state of the database, and say what a profile shows of it; None is all."""
        with self._session.reading() as connection:
            regions = self._regions_when_asked(connection, as_of)
            yield connection, self._disclosures.of(connection, profile, regions, as_of)

    def _regions_when_asked(self, connection: Connection, as_of: datetime | None = None) -> Regions:
        """Return what reads all versions of regions once they are asked for, as known now or at a moment."""

        def read() -> gpd.GeoDataFrame:
            from willay.events.store.regions import read_regions  # noqa: PLC0415 — geopandas, which few lists need

            if as_of is not None:
                return read_regions(connection, as_of)
            if self._known_regions is None:
                self._known_regions = read_regions(connection)
            return self._known_regions

        return lru_cache(read)

    def _all_regions(self, as_of: datetime | None = None) -> gpd.GeoDataFrame:
        with self._session.reading() as connection:
            return self._regions_when_asked(connection, as_of)()

    def _setting(self) -> Setting:
        return Setting(self.country, self.policy, self._all_regions(), self._clock, self._entropy)
