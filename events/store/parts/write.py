"""`store.write`: incidents are added, imported, edited, retracted and redacted; every change is a revision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from willay.events.model.claim_list import consequences, refuse_dropping, without
from willay.events.model.drafts import Bundle, IncidentDraft
from willay.events.store.moved import warn_of_move
from willay.events.store.record.register_rows import tighten_datasets
from willay.events.store.record.review_rules import PUBLISHED, check_new_statuses, to_review
from willay.events.store.record.revisions import INSTALLER, LONG_AGO, last_number, latest_change
from willay.events.store.record.states import draft_of
from willay.events.store.recording import changing
from willay.events.store.results import Redacted
from willay.events.store.write import changes, erasure
from willay.events.store.write.bases import require_latest
from willay.events.store.write.batches import import_batch
from willay.events.store.write.checking import with_findings
from willay.events.store.write.deciding import NEVER, Deciding
from willay.events.store.write.previews import previews_of
from willay.events.store.write.together import IncidentChange, revise_one
from willay.events.store.write.updating import ImportContext
from willay.events.store.write.writer import add_bundle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import ClaimDraft, SourceDraft
    from willay.events.model.foreign import Batch, DatasetTerms, Outcome
    from willay.events.store.opened import Opened
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.revisions import Author
    from willay.events.store.results import Added, BundlePreview, Preview, Revised
    from willay.events.store.write.validation import Setting


class Writing:
    """How the incidents of a database are changed; it is `store.write`.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     store.write.retract(code, author="ana", reason="entered twice").changes
        ('status: draft → retracted',)
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._deciding: Deciding | None = None

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
        setting = self._opened.setting()
        with self._opened.session.reading() as connection:
            today = max(self._opened.clock(), latest_change(connection) or LONG_AGO)
            return previews_of(connection, bundle, replace(setting, clock=lambda: today), self._opened.rule)

    def add(self, bundle: Bundle, *, author: str, reason: str = "", recorded_at: datetime | None = None) -> Added:
        """Add all of a bundle in one transaction; sources, actors and cases that are there already are passed over.

        Args:
            bundle: What to add.
            author: Who adds it.
            reason: Why, or from where.
            recorded_at: The moment that is shown as that of recording (aware); None takes the clock's. The change is
                known (`as_of`) from that moment, or, where that is not after the latest change, from the microsecond
                after it; if the clock is more than a day behind, a ClockWarning says so.

        Raises:
            DraftError: Something does not fit the database; it lists every fault of the bundle, and nothing is added.
            RefusedError: There is no author.
        """
        with changing(self._opened, author, reason, recorded_at, needs_reason=False) as (connection, setting, who):
            if author != INSTALLER:
                check_new_statuses(bundle, self._opened.rule)
            return add_bundle(connection, bundle, setting, who)

    def import_rows(
        self, batch: Batch, terms: DatasetTerms, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> list[Outcome]:
        """Import a batch of rows of somebody else's dataset, all in one transaction.

        Args:
            batch: The rows, with the sources, actors and cases that they are the first to need.
            terms: The dataset of the file, and its terms. What is known of its terms and of those that the batch states
                becomes stricter by them, never looser; see `registers.describe_dataset`.
            author: Who imports.
            reason: Why, or from where.
            recorded_at: As for `add`.

        Returns:
            What became of each row, in their order. A row that does not fit is quarantined and hinders no other. What
            checks of plug-ins find is among its flags.

        Raises:
            DraftError: A source, actor or case is not a draft; nothing of the batch is imported.
            RefusedError: There is no author.
        """
        with changing(self._opened, author, reason, recorded_at, needs_reason=False) as (connection, setting, who):
            tighten_datasets(connection, terms, batch.datasets, who)
            deciding = self._deciding_for(connection, terms.name, setting)
            context = ImportContext(connection, terms.name, setting, who, self._opened.rule, deciding)
            outcomes = with_findings(connection, import_batch(context, batch))
            number = last_number(connection)
        deciding.until = number  # once it is written
        return outcomes

    if not TYPE_CHECKING:  # so that mypy finds old calls

        def take_in(self, *arguments: Any, **options: Any) -> list[Outcome]:  # noqa: ANN401 — of `import_rows`
            """Do what `import_rows` does, and warn: it was called so until willay 0.1."""
            warn_of_move("write.take_in", "write.import_rows")
            return self.import_rows(*arguments, **options)

    def _deciding_for(self, connection: Connection, dataset: str, setting: Setting) -> Deciding:
        """Return what decided the last batch, if nothing else was changed since; else one that has decided nothing."""
        if self._deciding is None or not self._deciding.holds(dataset, setting, last_number(connection)):
            self._deciding = Deciding(dataset, setting)
        self._deciding.until = NEVER
        return self._deciding

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
            DraftError: The result is not a draft, or does not fit the database.
            RefusedError: There is no author or reason, or the change would
                drop claims: they are withdrawn one by one (`withdraw_claim`).
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
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
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            whole = changes.replaced(connection, current, draft, base_revision)
            return self._edited(connection, current, whole, setting, who)

    def _edited(
        self, connection: Connection, current: Recorded, draft: IncidentDraft, setting: Setting, who: Author
    ) -> Revised:
        refuse_dropping(draft_of(current.state).claims, draft.claims, current.state["code"])
        reviewed = to_review(connection, current, draft, who, self._opened.rule)
        return changes.revise(connection, current, reviewed, (setting, who, "edit"))

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
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), base_revision, "retract")
            draft = draft_of(current.state).model_copy(update={"status": "retracted"})
            return changes.revise(connection, current, draft, (setting, who, "retract"))

    def revert(
        self,
        code: str,
        number: int,
        *,
        author: str,
        reason: str,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Restore an earlier revision of an incident, as a new revision; raises as `edit` does.

        Args:
            code: The incident's code or key.
            number: The number of one of its revisions, as `read.history` lists them.
            author: Who does it.
            reason: Why.
            base_revision: The revision that was looked at: nothing may have been changed since.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: The incident has no such revision.
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), base_revision, "revert")
            then = draft_of(changes.state_at(connection, current, number))
            status = current.state["draft"]["status"]
            kept = status if then.status == PUBLISHED != status else then.status
            reviewed = to_review(connection, current, then.model_copy(update={"status": kept}), who, self._opened.rule)
            return changes.revise(connection, current, reviewed, (setting, who, "revert"))

    def add_claims(
        self,
        code: str,
        claims: Sequence[ClaimDraft],
        sources: Sequence[SourceDraft] = (),
        *,
        author: str,
        reason: str,
        changed: Mapping[str, Any] | None = None,
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
            changed: New values of other fields, as for `edit`: one revision has both.
            base_revision: Claims of others stay whatever the base; with one, none may have been added or changed
                since.
            recorded_at: As for `add`.

        Raises:
            UnclearClaimError: A claim is a second count of one source about the same people, and neither supersedes
                nor adds to the first.
            EventsError: As `edit` does.
        """
        change = IncidentChange(code, changed or {}, tuple(claims), tuple(sources), base=base_revision)
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            return revise_one(connection, change, (setting, who, self._opened.rule))

    def change_together(
        self, changes: Sequence[IncidentChange], *, author: str, reason: str, recorded_at: datetime | None = None
    ) -> tuple[Revised, ...]:
        """Change several incidents as one change: all of them or none; raises as `add_claims` does."""
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            return tuple(revise_one(connection, one, (setting, who, self._opened.rule)) for one in changes)

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
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), base_revision, "withdraw a claim")
            known = draft_of(current.state)
            draft = known.model_copy(update={"claims": without(known.claims, number)})
            reviewed = to_review(connection, current, draft, who, self._opened.rule)
            revised = changes.revise(connection, current, reviewed, (setting, who, "withdraw-claim"))
            return replace(revised, changes=(*revised.changes, *consequences(known.claims, number)))

    def redact(
        self,
        name: str,
        field: str,
        *,
        kind: str = "incident",
        revisions: Sequence[int] = (),
        instead: str | None = None,
        author: str,
        reason: str,
        recorded_at: datetime | None = None,
    ) -> Redacted:
        """Take a text out of all states of an incident, source, actor or case, and out of the bytes of the file.

        The text goes from every state of the subject that has it, in whatever field; digests, seals and the fact of
        the redaction stay. Asked again, it only rewrites the file.

        Args:
            name: The incident's code or key, or the key.
            field: The field, such as `summary`, `summary.es`, `notes[0]`, `claims[2].note`, `places[0].name`; or
                `reason`, for the reason of a revision.
            kind: `incident`, `source`, `actor` or `case`.
            revisions: The revisions whose text is meant; without any, the field must have had one value only.
            instead: What the present state is to say, where it has the text still; empty leaves the field empty.
            author: Who does it.
            reason: Why, without the text.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such subject, revision or field.
            RefusedError: The field holds no text; the present state has it, and nothing was said to be there instead;
                the reason repeats it; or there is no author or reason.
            DraftError: The present state does not fit without the text.
            DatabaseError: The text is out of the record, but another program keeps the file from being rewritten.
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, setting, who):
            subject = erasure.find_subject(connection, kind, name)
            if field == erasure.REASON:
                said = erasure.reasons_at(connection, subject, revisions)
                erasure.check_reason(reason, said)
                redactions, edited = erasure.erase_reasons(connection, subject, said, who), None
            else:
                said = erasure.texts_at(connection, subject, field, revisions)
                erasure.check_reason(reason, said)
                document = erasure.rewritten(subject, field, said, instead)
                edited = erasure.replace_present(connection, subject, document, (setting, who), self._opened.rule)
                redactions = erasure.erase(connection, subject, field, said, who)
        self._opened.session.rewrite()
        erased = tuple((one.revision, one.field) for redaction in redactions for one in redaction.erased)
        return Redacted(subject.name, erased, edited)
