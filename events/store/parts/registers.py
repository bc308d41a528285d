"""`store.registers`: sources, actors, cases, indicators, datasets, and terms of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from willay.data.profiles import DEFAULT
from willay.events.frame.query import IncidentQuery
from willay.events.model.canonical import canonical
from willay.events.model.own_terms import OwnTerm
from willay.events.store.moved import FormerMethod
from willay.events.store.read import shown_registers
from willay.events.store.record import lookups, register_rows
from willay.events.store.record.resolve import nearest, not_found
from willay.events.store.record.settings import set_setting, settings_called
from willay.events.store.recording import authored, changing
from willay.events.store.write.keyed import revise_keyed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd

    from willay.data.profiles import Profile
    from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft
    from willay.events.model.foreign import DatasetTerms
    from willay.events.store.opened import Opened
    from willay.events.store.read.shown_registers import Documents
    from willay.events.store.results import Revised


TERM: Final = "term:"
"""What the keys of settings begin with that hold terms of one's own."""


class Registers(FormerMethod, former="registers", now="shown"):
    """What incidents refer to by a key, and the datasets they come from; it is `store.registers`.

    Example:
        >>> from willay.events import Bundle, SourceDraft, draft
        >>> from willay.events.store import Store
        >>> daily = draft(SourceDraft, {"key": "daily", "kind": "press", "publisher": "The Daily"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     added = store.write.add(Bundle(sources=(daily,)), author="ana")
        ...     [source.publisher for source in store.registers.sources()]
        ['The Daily']
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def sources(self, as_of: datetime | None = None) -> tuple[SourceDraft, ...]:
        """Return the sources by key, as known now or at a moment (aware)."""
        with self._opened.session.reading() as connection:
            return register_rows.source_drafts(connection, as_of)

    def source_keys(self) -> frozenset[str]:
        """Return the keys of the sources."""
        with self._opened.session.reading() as connection:
            return frozenset(lookups.all_keys(connection, "source"))

    def source(self, key: str) -> SourceDraft | None:
        """Return the source with a key, or None."""
        with self._opened.session.reading() as connection:
            return register_rows.source_draft(connection, key)

    def actors(self, as_of: datetime | None = None) -> tuple[ActorDraft, ...]:
        """Return the actors by key, as known now or at a moment (aware)."""
        with self._opened.session.reading() as connection:
            return register_rows.actor_drafts(connection, as_of)

    def cases(self, as_of: datetime | None = None) -> tuple[CaseDraft, ...]:
        """Return the cases by key, as known now or at a moment (aware)."""
        with self._opened.session.reading() as connection:
            return register_rows.case_drafts(connection, as_of)

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
        with self._opened.showing(profile, as_of) as (connection, shown):
            return shown_registers.case_draft(connection, key, shown, as_of)

    def case_counts(self, profile: Profile | str | None = None) -> dict[str, int]:
        """Return how many incidents each case has, without the retracted ones; a case without any is left out.

        Args:
            profile: Count only those that this disclosure profile, or the one of this name, shows in full; None
                counts all.
        """
        with self._opened.showing(profile) as (connection, shown):
            return shown_registers.case_counts(connection, shown, IncidentQuery())

    def indicators(
        self, profile: Profile | str | None = None, as_of: datetime | None = None
    ) -> tuple[IndicatorDraft, ...]:
        """Return the indicators in the order of entry, as known now or at a moment (aware).

        One that was added later is not there.

        Args:
            profile: As this disclosure profile, or the one of this name, shows them; None is the record itself.
            as_of: The moment; None is now.
        """
        with self._opened.showing(profile, as_of) as (connection, shown):
            return shown_registers.indicator_drafts(connection, shown, as_of)

    def indicator(
        self, key: str, as_of: datetime | None = None, profile: Profile | str | None = None
    ) -> IndicatorDraft:
        """Return the indicator with a key; parameters as for `indicators`.

        Raises:
            NotFoundError: There is none, or the profile does not show it.
        """
        every = {one.key: one for one in self.indicators(profile, as_of)}
        if key not in every:
            raise not_found("indicator", key, nearest(key, [str(one) for one in every]))
        return every[key]

    def sources_of_indicators(
        self, profile: Profile | str | None = None, as_of: datetime | None = None
    ) -> dict[str, SourceDraft]:
        """Return the sources that the indicators of `indicators` cite, by key; parameters as there."""
        with self._opened.showing(profile, as_of) as (connection, shown):
            return shown_registers.sources_of_indicators(connection, shown, as_of)

    def datasets(self, profile: Profile | str | None = None, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the datasets, as known now or at a moment (aware): name, version, licence, attribution, may_publish.

        One that was added later is there as it was first.

        Args:
            profile: As this disclosure profile, or the one of this name, shows them; None is the record itself.
            as_of: The moment; None is now.
        """
        with self._opened.showing(profile, as_of) as (connection, shown):
            terms = register_rows.dataset_terms(connection, as_of)
        return register_rows.dataset_frame(terms if shown is None else shown.datasets(terms))

    def shown(
        self,
        profile: Profile | str | None = DEFAULT,
        as_of: datetime | None = None,
        statuses: tuple[str, ...] = (),
    ) -> tuple[tuple[SourceDraft, ...], tuple[ActorDraft, ...], tuple[CaseDraft, ...]]:
        """Return sources, actors and cases as a profile shows them: those that incidents which it shows refer to.

        Args:
            profile: As for `read.select`; None returns all there are, as they are recorded.
            as_of: As known at that moment (aware); None is now.
            statuses: The statuses of these incidents; as for `read.select` where none is named.
        """
        with self._opened.showing(profile, as_of) as (connection, shown):
            return shown_registers.drafts(connection, shown, as_of, IncidentQuery(statuses=statuses))

    def documents(
        self,
        profile: Profile | str | None = DEFAULT,
        as_of: datetime | None = None,
        statuses: tuple[str, ...] = (),
    ) -> Documents:
        """Return what `shown` does as plain documents."""
        with self._opened.showing(profile, as_of) as (connection, shown):
            return shown_registers.documents(connection, shown, as_of, IncidentQuery(statuses=statuses))

    def edit(
        self,
        kind: str,
        key: str,
        changed: Mapping[str, Any],
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Change fields of a source, actor, case or indicator; figures and names that follow from them change too.

        Args:
            kind: `source`, `actor`, `case` or `indicator`.
            key: Its key.
            changed: New values by field of its draft; None takes a value away.
            author: Who changes it.
            reason: Why.
            base_revision: As for `write.edit`.
            recorded_at: As for `write.add`.

        Raises:
            NotFoundError: There is none with this key.
            StaleEditError: One of the fields was changed after the base, to another value.
            DraftError: The result is none, or does not fit the database.
            RefusedError: There is no author or reason.
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            return revise_keyed(connection, kind, key, changed, (setting, who), base=base_revision)

    def describe_dataset(
        self, terms: DatasetTerms, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> None:
        """Record licence and credit of a dataset whose rows are here, or will be; maps and exports state both.

        Unlike an import, this may loosen the terms: it is for a person who knows that they are others now.

        Args:
            terms: The dataset; what is None stays as it was.
            author: Who says so.
            reason: Why, or from where.
            recorded_at: As for `write.add`.

        Raises:
            RefusedError: There is no author.
        """
        with changing(self._opened, author, reason, recorded_at, needs_reason=False) as (connection, _, who):
            register_rows.describe_dataset(connection, terms, who)

    def terms(self) -> tuple[OwnTerm, ...]:
        """Return the terms that the database knows besides willay's vocabulary, by kind and name."""
        with self._opened.session.reading() as connection:
            found = settings_called(connection, TERM)
        return tuple(OwnTerm(key.split(":")[1], **json.loads(value)) for key, value in sorted(found.items()))

    def add_term(self, term: OwnTerm, *, author: str, reason: str = "", recorded_at: datetime | None = None) -> bool:
        """Record a term of one's own, or another meaning of one that is recorded; `front.own_terms` checks both.

        Args:
            term: The term.
            author: Who decides it.
            reason: Why.
            recorded_at: As for `write.add`.

        Returns:
            Whether it was not recorded in these words before; if it was, nothing is recorded.

        Raises:
            RefusedError: There is no author.
        """
        key, value = f"{TERM}{term.key}", canonical({"name": term.name, "parent": term.parent})
        with authored(self._opened, author, reason, recorded_at, needs_reason=False) as (connection, who):
            if settings_called(connection, key).get(key) == value:
                return False
            set_setting(connection, key, value, who)
        return True
