"""The desk of reviewers: changes under the rule that two people stand behind a publication."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from willay.events.model.drafts import IncidentDraft
from willay.events.model.drafts import draft as make_draft
from willay.events.store import changes, erasure
from willay.events.store.bases import require_latest
from willay.events.store.keyed import revise_keyed
from willay.events.store.results import Redacted
from willay.events.store.reviewing import (
    PUBLISHED,
    RULE_KEY,
    TWO_PEOPLE,
    Rule,
    Step,
    check_second_person,
    next_status,
    status_after_edit,
)
from willay.events.store.revisions import (
    Author,
    check_author,
    last_number,
    latest_change,
    next_moment,
    stated_moment,
    warn_of_clock,
)
from willay.events.store.schema import read_meta
from willay.events.store.settings import change_setting
from willay.events.store.states import draft_of
from willay.events.store.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.documents import Recorded
    from willay.events.store.erasure import Subject
    from willay.events.store.intake import Setting
    from willay.events.store.results import Revised
    from willay.events.store.states import State


class Desk(View):
    """A database as reviewers see it: it can be asked, and taken a step further."""

    def review(
        self,
        code: str,
        step: Step,
        *,
        author: str,
        comment: str = "",
        assign_to: str | None = None,
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Take an incident a step further in the review, or back; see `review_together`.

        Args:
            code: The incident's code or key.
            step: What is done; see `reviewing.STEPS`.
            author: Who does it; not somebody who wrote it, when it is approved and the rule asks for two people.
            comment: What the others should know; to return or reopen an incident it is needed.
            assign_to: Who is to look at it next; None leaves that as it is, approval clears it.
            base_revision: The number of the revision that was looked at: nothing may have been changed since. None
                takes the incident as it is.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such incident, or it has no such revision.
            ConflictError: The incident is not where the step begins, or was changed since.
            RefusedError: The rule forbids it, or the comment is missing.
        """
        bases = {} if base_revision is None else {code: base_revision}
        (revised,) = self.review_together(
            [code], step, author=author, comment=comment, assign_to=assign_to, bases=bases, recorded_at=recorded_at
        )
        return revised

    def review_together(
        self,
        codes: Sequence[str],
        step: Step,
        *,
        author: str,
        comment: str = "",
        assign_to: str | None = None,
        bases: Mapping[str, int] = MappingProxyType({}),
        recorded_at: datetime | None = None,
    ) -> tuple[Revised, ...]:
        """Take incidents a step further in the review, or back: all of them or none.

        Args:
            codes: Their codes or keys; each incident is taken once.
            step: What is done; see `reviewing.STEPS`.
            author: As for `review`.
            comment: As for `review`.
            assign_to: As for `review`.
            bases: The revisions that were looked at, by code or key as given; see `review`.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such incident, or it has no such revision.
            ConflictError: An incident is not where the step begins, or was changed since.
            RefusedError: The rule forbids it, or the comment is missing.
        """
        with self._changing(author, comment, recorded_at, needs_reason=False) as (connection, setting, who):

            def taken(current: Recorded) -> Revised:
                status = next_status(current.state["code"], current.state["draft"]["status"], step, comment)
                if step == "approve" and self.review_rule == TWO_PEOPLE:
                    check_second_person(connection, current, who.name)
                told: dict[str, str | None] = {"status": status}
                if assign_to or step == "approve":
                    told["assigned_to"] = assign_to
                return changes.revise(connection, current, changes.merged(current.state, told), (setting, who, step))

            return tuple(map(taken, self._found(connection, codes, bases, step)))

    def assign(
        self,
        code: str,
        to: str | None,
        *,
        author: str,
        comment: str = "",
        base_revision: int | None = None,
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Ask somebody to look at an incident; None asks nobody. Raises as `review` does."""
        bases = {} if base_revision is None else {code: base_revision}
        (revised,) = self.assign_together(
            [code], to, author=author, comment=comment, bases=bases, recorded_at=recorded_at
        )
        return revised

    def assign_together(
        self,
        codes: Sequence[str],
        to: str | None,
        *,
        author: str,
        comment: str = "",
        bases: Mapping[str, int] = MappingProxyType({}),
        recorded_at: datetime | None = None,
    ) -> tuple[Revised, ...]:
        """Ask somebody to look at incidents, at all of them or none; see `review_together`."""
        with self._changing(author, comment, recorded_at, needs_reason=False) as (connection, setting, who):
            return tuple(
                changes.revise(
                    connection, current, changes.merged(current.state, {"assigned_to": to}), (setting, who, "assign")
                )
                for current in self._found(connection, codes, bases, "assign")
            )

    def _found(
        self, connection: Connection, codes: Sequence[str], bases: Mapping[str, int], step: str
    ) -> list[Recorded]:
        """Return incidents, each once, in the order in which they are first named."""
        found: dict[str, Recorded] = {}
        for code in codes:
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), bases.get(code), step)
            found.setdefault(current.state["id"], current)
        return list(found.values())

    def set_review_rule(self, rule: Rule, *, author: str, reason: str, recorded_at: datetime | None = None) -> bool:
        """Say whether a second person must approve what one wrote; the change is recorded as any other.

        Returns:
            Whether another rule held before; where it did not, nothing is recorded.

        Raises:
            RefusedError: There is no author or reason, or the moment lies before the latest change.
        """
        with self._changing(author, reason, recorded_at) as (connection, _, who):
            held = str(read_meta(connection, self.path).get(RULE_KEY, TWO_PEOPLE))
            if held != rule:
                change_setting(connection, RULE_KEY, rule, who)
        self._session.meta[RULE_KEY] = rule
        return held != rule

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
        """Make an incident again what it was in an earlier revision, as a new one; raises as `edit` does.

        Args:
            code: The incident's code or key.
            number: The number of one of its revisions, as `history` tells it.
            author: Who does it.
            reason: Why.
            base_revision: The revision that was looked at: nothing may have been changed since.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: The incident has no such revision.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
            require_latest(connection, changes.subject_of(current), base_revision, "revert")
            then = draft_of(changes.state_at(connection, current, number))
            status = current.state["draft"]["status"]
            kept = status if then.status == PUBLISHED != status else then.status
            reviewed = self._to_review(connection, current, then.model_copy(update={"status": kept}), who)
            return changes.revise(connection, current, reviewed, (setting, who, "revert"))

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
                the reason repeats it; there is no author or reason; or the moment lies before the latest change.
            DraftError: The present state does not fit without the text.
            DatabaseError: The text is out of the record, but another program keeps the file from being rewritten.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            subject = erasure.find_subject(connection, kind, name)
            if field == erasure.REASON:
                said = erasure.reasons_at(connection, subject, revisions)
                erasure.check_reason(reason, said)
                redactions, edited = erasure.erase_reasons(connection, subject, said, who), None
            else:
                said = erasure.texts_at(connection, subject, field, revisions)
                erasure.check_reason(reason, said)
                edited = self._rewrite(
                    connection, subject, erasure.rewritten(subject, field, said, instead), (setting, who)
                )
                redactions = erasure.erase(connection, subject, field, said, who)
        self._session.rewrite()
        erased = tuple((one.revision, one.field) for redaction in redactions for one in redaction.erased)
        return Redacted(subject.name, erased, edited)

    def _rewrite(
        self, connection: Connection, subject: Subject, document: State | None, means: tuple[Setting, Author]
    ) -> Revised | None:
        """Put another document in the place of a subject's present one, as an edit does; None leaves it."""
        if document is None:
            return None
        setting, who = means
        if subject.kind != "incident":
            changed = erasure.changed_fields(subject.state, document)
            return revise_keyed(connection, subject.kind, subject.id, changed, means)
        current = changes.find(connection, subject.name)
        draft = self._to_review(connection, current, make_draft(IncidentDraft, document, subject.name), who)
        return changes.revise(connection, current, draft, (setting, who, "edit"))

    def _to_review(self, connection: Connection, current: Recorded, draft: IncidentDraft, who: Author) -> IncidentDraft:
        """Send an edited incident back to review where the rule asks for two people; editing never publishes.

        Raises:
            RefusedError: The edit publishes what its author wrote.
        """
        before = current.state["draft"]["status"]
        if draft.status == PUBLISHED != before and self.review_rule == TWO_PEOPLE:
            check_second_person(connection, current, who.name)
        status = status_after_edit(draft.status, self.review_rule)
        same = draft.model_copy(update={"status": before}) == draft_of(current.state)
        return draft if same else draft.model_copy(update={"status": status})

    @contextmanager
    def _changing(
        self, author: str, reason: str, moment: datetime | None, *, needs_reason: bool = True
    ) -> Iterator[tuple[Connection, Setting, Author]]:
        """Write all or nothing, by an author whom the rules let do it.

        The moment is one from which on nobody else can write, and after all that is recorded.
        """
        setting = self._setting()
        with self._session.writing() as connection:
            latest = latest_change(connection, installed=moment is None)
            with self._dated(connection, moment, latest) as now:
                when = next_moment(now, latest) if moment is None else stated_moment(moment, latest)
                who = check_author(Author(author, when, reason), needs_reason=needs_reason)
                yield connection, replace(setting, clock=lambda: when), who

    @contextmanager
    def _installing(self, author: str, reason: str, moment: datetime | None) -> Iterator[tuple[Connection, Author]]:
        """Write regions, all or nothing; they may be stated to have been installed at any moment."""
        with self._session.writing() as connection:
            latest = latest_change(connection, installed=True)
            with self._dated(connection, moment, latest) as now:
                when = next_moment(now, latest) if moment is None else stated_moment(moment, None)
                yield connection, check_author(Author(author, when, reason), needs_reason=False)

    @contextmanager
    def _dated(self, connection: Connection, stated: datetime | None, latest: datetime | None) -> Iterator[datetime]:
        """Read the clock for a change, and warn of it if something was recorded by it."""
        now, before = stated or self._clock(), last_number(connection)
        yield now
        if stated is None and last_number(connection) > before:
            warn_of_clock(now, latest)
