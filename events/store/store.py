"""`Store`: the one door to a database."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from willay.data.countries import known_country
from willay.events.model.claim_list import consequences, refuse_dropping, without
from willay.events.model.drafts import Bundle, IncidentDraft
from willay.events.model.policy import DEFAULT_POLICY, check_policy
from willay.events.store import changes
from willay.events.store.bases import require_latest
from willay.events.store.dialects.places import place_of
from willay.events.store.disclosure import SECRET_BYTES
from willay.events.store.ids import moment_text
from willay.events.store.keyed import revise_keyed
from willay.events.store.ledger import utc_now
from willay.events.store.region_desk import RegionDesk
from willay.events.store.registers import describe_dataset, tighten_datasets
from willay.events.store.reviewing import (
    RULE_KEY,
    TWO_PEOPLE,
    Rule,
    check_new_statuses,
)
from willay.events.store.revisions import INSTALLER
from willay.events.store.schema import program_version
from willay.events.store.session import Session
from willay.events.store.settings import SECRET_KEY
from willay.events.store.states import draft_of
from willay.events.store.takein import take_in_batch
from willay.events.store.updating import Taker
from willay.events.store.writer import add_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import ClaimDraft, SourceDraft
    from willay.events.model.foreign import Batch, DatasetTerms, Outcome
    from willay.events.store.documents import Recorded
    from willay.events.store.intake import Setting
    from willay.events.store.regions import RegionSet
    from willay.events.store.results import Added, Revised
    from willay.events.store.revisions import Author


class Store(RegionDesk):
    """A database of incidents in one file, which is also a GeoPackage.

    Use it as a context manager, or close it: closing leaves the file alone, without journals beside it. Every method
    raises DatabaseError when the file is damaged, locked for long, or cannot be written.
    """

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        country: str = "PE",
        policy: str = DEFAULT_POLICY,
        region_sets: Iterable[RegionSet] = (),
        review: Rule = TWO_PEOPLE,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        secret: bytes | None = None,
    ) -> Self:
        """Make a database in a new file.

        Args:
            path: Where; there must be no such file.
            country: The country it is about: ISO 3166-1 alpha-2, or a name. What is recorded in it is of this country
                where nothing else is said.
            policy: The figure policy that it is kept by.
            region_sets: The regions to begin with.
            review: Whether a second person must approve what one wrote; see `set_review_rule`.
            clock: Returns the present moment, aware.
            entropy: Returns a number of random bytes, for ids.
            secret: The key of the ids and codes under which restricted incidents leave the database; None draws one
                of `entropy`.

        Raises:
            FileNameError: No file can have this name on every system, or it is an address.
            RefusedError: There is such a file.
            QueryError: There is no such policy.
            UnknownTermError: There is no such country.
            DatabaseError: The file cannot be made.
        """
        meta = {
            "country": known_country(country),
            "policy": check_policy(policy),
            RULE_KEY: review,
            SECRET_KEY: (entropy(SECRET_BYTES) if secret is None else secret).hex(),
            "created_at": moment_text(clock()),
            "willay_version": program_version(),
        }
        store = cls(Session.create(place_of(path), meta), clock, entropy)
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
        isolated: bool = False,
    ) -> Self:
        """Open a database; only a change writes to the file.

        Args:
            path: The file.
            clock: Returns the present moment, aware.
            entropy: Returns a number of random bytes, for ids.
            isolated: Do nothing to other files: one of an earlier schema is brought up to date without a copy of it,
                and what a killed process had begun to put in its place is left.

        Raises:
            DatabaseError: There is no such file, or it is no willay database, or a newer willay made it.
        """
        return cls(Session.open(place_of(path), isolated=isolated), clock, entropy)

    def add(self, bundle: Bundle, *, author: str, reason: str = "", recorded_at: datetime | None = None) -> Added:
        """Add all of a bundle in one transaction; sources, actors and cases that are there already are passed over.

        Args:
            bundle: What to add.
            author: Who adds it.
            reason: Why, or from where.
            recorded_at: The moment of recording (aware), not before any recorded. None takes the clock's, or, where
                that is not after the latest change, the microsecond after it; if the clock is more than a day behind,
                a ClockWarning says so.

        Raises:
            DraftError: Something does not fit the database; it lists every fault of the bundle, and nothing is added.
            RefusedError: There is no author, or the moment lies before the latest change.
        """
        with self._changing(author, reason, recorded_at, needs_reason=False) as (connection, setting, who):
            if author != INSTALLER:
                check_new_statuses(bundle, self.review_rule)
            return add_bundle(connection, bundle, setting, who)

    def take_in(
        self, batch: Batch, terms: DatasetTerms, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> list[Outcome]:
        """Take in a batch of rows of somebody else's dataset, all in one transaction.

        Args:
            batch: The rows, with the sources, actors and cases that they are the first to need.
            terms: The dataset of the file, and its terms. What is known of its terms and of those that the batch states
                becomes stricter by them, never looser; see `describe_dataset`.
            author: Who imports.
            reason: Why, or from where.
            recorded_at: As for `add`.

        Returns:
            What became of each row, in their order. A row that does not fit is quarantined and hinders no other.

        Raises:
            DraftError: A source, actor or case is no draft; nothing of the batch is taken in.
            RefusedError: There is no author, or the moment lies before the latest change.
        """
        with self._changing(author, reason, recorded_at, needs_reason=False) as (connection, setting, who):
            tighten_datasets(connection, terms, batch.datasets, who)
            return take_in_batch(Taker(connection, terms.name, setting, who, self.review_rule), batch)

    def edit(
        self,
        code: str,
        changed: Mapping[str, Any],
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Change fields of an incident; the result is checked as a whole.

        Args:
            code: The incident's code or key.
            changed: New values by field of `IncidentDraft`; None takes a value away.
            author: Who changes it.
            reason: Why.
            base_revision: The number of the revision that the author looked at. What others changed since then in
                other fields stays; None says that whatever is there may be replaced.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such incident, or it has no such revision.
            StaleEditError: One of the fields was changed after the base, to another value.
            DraftError: The result is no draft, or does not fit the database.
            RefusedError: There is no author or reason, the moment lies before the latest change, or the change would
                drop claims: they are withdrawn one by one (`withdraw_claim`).
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            changed_draft = changes.rebased(connection, current, changed, base_revision)
            return self._edited(connection, current, changed_draft, setting, who)

    def replace(
        self,
        code: str,
        draft: IncidentDraft,
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Put a new draft in the place of an incident's; raises as `edit` does.

        From a base revision, what the draft changes in it is changed, and what others changed since then stays.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            whole = changes.replaced(connection, current, draft, base_revision)
            return self._edited(connection, current, whole, setting, who)

    def _edited(
        self, connection: Connection, current: Recorded, draft: IncidentDraft, setting: Setting, who: Author
    ) -> Revised:
        refuse_dropping(draft_of(current.state).claims, draft.claims, current.state["code"])
        reviewed = self._to_review(connection, current, draft, who)
        return changes.revise(connection, current, reviewed, (setting, who, "edit"))

    def add_claims(
        self,
        code: str,
        claims: Sequence[ClaimDraft],
        sources: Sequence[SourceDraft] = (),
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Add claims to an incident, and the sources they cite; a claim that is there in every word is not added again.

        Args:
            code: The incident's code or key.
            claims: The claims. One that corrects earlier ones names them in `supersedes`, by number or label; one that
                counts further people has `adds`.
            sources: Sources to add with them.
            author: Who adds them.
            reason: Why, or from where.
            base_revision: Claims of others stay whatever the base; with one, none may have been added or changed
                since.
            recorded_at: As for `add`.

        Raises:
            UnclearClaimError: A claim is a second count of one source about the same people, and neither supersedes
                nor adds to the first.
            EventsError: As `edit` does.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            add_bundle(connection, Bundle(sources=tuple(sources)), setting, who)
            draft = changes.with_claims(connection, current, claims, base_revision)
            reviewed = self._to_review(connection, current, draft, who)
            return changes.revise(connection, current, reviewed, (setting, who, "claim"))

    def withdraw_claim(
        self,
        code: str,
        number: int,
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Take one claim out of an incident, as a revision of its own; the claim stays in the history.

        Args:
            code: The incident's code or key.
            number: The claim's number, from 1 in the incident's list.
            author: Who withdraws it.
            reason: Why.
            base_revision: The revision that the number was read in; nothing may have been changed since.
            recorded_at: As for `add`.

        Returns:
            What changed, and what else follows, such as an earlier count that counts again.

        Raises:
            NotFoundError: There is no such incident, or no such claim.
            RefusedError: Another claim supersedes it or adds to it; or as `edit` does.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), base_revision, "withdraw a claim")
            known = draft_of(current.state)
            draft = known.model_copy(update={"claims": without(known.claims, number)})
            reviewed = self._to_review(connection, current, draft, who)
            revised = changes.revise(connection, current, reviewed, (setting, who, "withdraw-claim"))
            return replace(revised, changes=(*revised.changes, *consequences(known.claims, number)))

    def edit_keyed(
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
        """Change fields of a source, actor or case; figures and names that follow from them change too.

        Args:
            kind: `source`, `actor` or `case`.
            key: Its key.
            changed: New values by field of its draft; None takes a value away.
            author: Who changes it.
            reason: Why.
            base_revision: As for `edit`.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is none with this key.
            StaleEditError: One of the fields was changed after the base, to another value.
            DraftError: The result is none, or does not fit the database.
            RefusedError: There is no author or reason, or the moment lies before the latest change.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            return revise_keyed(connection, kind, key, changed, (setting, who), base=base_revision)

    def retract(
        self,
        code: str,
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Take an incident out of every answer but its history; raises as `edit` does.

        With a base revision, nothing at all may have been changed since.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), base_revision, "retract")
            draft = draft_of(current.state).model_copy(update={"status": "retracted"})
            return changes.revise(connection, current, draft, (setting, who, "retract"))

    def describe_dataset(
        self, terms: DatasetTerms, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> None:
        """Record licence and credit of a dataset whose rows are here, or will be; maps and exports state both.

        Unlike an import, this may loosen the terms: it is for a person who knows that they are others now.

        Args:
            terms: The dataset; what is None stays as it was.
            author: Who says so.
            reason: Why, or from where.
            recorded_at: As for `add`.

        Raises:
            RefusedError: There is no author, or the moment lies before the latest change.
        """
        with self._changing(author, reason, recorded_at, needs_reason=False) as (connection, _, who):
            describe_dataset(connection, terms, who)
