"""The desk of reviewers: changes under the rule that two people stand behind a publication."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from willay.events.drafts import IncidentDraft
from willay.events.drafts import draft as make_draft
from willay.events.errors import RefusedError
from willay.events.store import changes, erasure
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
from willay.events.store.revisions import Author, check_author
from willay.events.store.settings import change_setting
from willay.events.store.states import draft_of
from willay.events.store.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection

    from willay.events.store.erasure import Subject
    from willay.events.store.intake import Setting
    from willay.events.store.reader import Current
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
        recorded_at: datetime | None = None,
    ) -> Revised:
        """Take an incident a step further in the review, or back.

        Args:
            code: The incident's code or key.
            step: What is done; see `reviewing.STEPS`.
            author: Who does it; not somebody who wrote it, when it is approved and the rule asks for two people.
            comment: What the others should know; to return or reopen an incident it is needed.
            assign_to: Who is to look at it next; None leaves that as it is, approval clears it.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such incident.
            ConflictError: The incident is not where the step begins.
            RefusedError: The rule forbids it, or the comment is missing.
        """
        with self._changing(author, comment, recorded_at, needs_reason=False) as (connection, setting, who):
            current = changes.find(connection, code)
            status = next_status(current.state["code"], current.state["draft"]["status"], step, comment)
            if step == "approve" and self.review_rule == TWO_PEOPLE:
                check_second_person(connection, current, who.name)
            told: dict[str, str | None] = {"status": status}
            if assign_to or step == "approve":
                told["assigned_to"] = assign_to
            draft = changes.merged(current.state, told)
            return changes.revise(connection, current, draft, (setting, who, step))

    def assign(
        self, code: str, to: str | None, *, author: str, comment: str = "", recorded_at: datetime | None = None
    ) -> Revised:
        """Ask somebody to look at an incident; None asks nobody. Raises as `review` does."""
        with self._changing(author, comment, recorded_at, needs_reason=False) as (connection, setting, who):
            current = changes.find(connection, code)
            draft = changes.merged(current.state, {"assigned_to": to})
            return changes.revise(connection, current, draft, (setting, who, "assign"))

    def set_review_rule(self, rule: Rule, *, author: str, reason: str, recorded_at: datetime | None = None) -> None:
        """Say whether a second person must approve what one wrote; the change is recorded as any other.

        Raises:
            RefusedError: There is no author or reason, or the moment lies before the latest change.
        """
        with self._changing(author, reason, recorded_at) as (connection, _, who):
            change_setting(connection, RULE_KEY, rule, who)
        self._session.meta[RULE_KEY] = rule

    def revert(
        self, code: str, number: int, *, author: str, reason: str, recorded_at: datetime | None = None
    ) -> Revised:
        """Make an incident again what it was in an earlier revision, as a new one; raises as `edit` does.

        Args:
            code: The incident's code or key.
            number: The number of one of its revisions, as `history` tells it.
            author: Who does it.
            reason: Why.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: The incident has no such revision.
        """
        with self._changing(author, reason, recorded_at) as (connection, setting, who):
            current = changes.find(connection, code)
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

    def _to_review(self, connection: Connection, current: Current, draft: IncidentDraft, who: Author) -> IncidentDraft:
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

        The moment is that from which nobody else can write: who waited for another is later than the other.
        """
        setting = self._setting()
        with self._session.writing() as connection:
            who = self._author(author, reason, moment)
            yield connection, setting, check_author(connection, who, needs_reason=needs_reason)

    def _author(self, name: str, reason: str, moment: datetime | None) -> Author:
        if moment is not None and moment.tzinfo is None:
            raise RefusedError(f"The moment {moment} has no time zone. Give it one: moment.replace(tzinfo=UTC).")
        return Author(name, (moment or self._clock()).astimezone(UTC), reason)
