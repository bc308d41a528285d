"""The desk of reviewers: changes under the rule that two people stand behind a publication."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from willay.events.errors import RefusedError
from willay.events.store import changes
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
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from willay.events.drafts import IncidentDraft
    from willay.events.store.intake import Setting
    from willay.events.store.reader import Current
    from willay.events.store.results import Revised


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

    def _to_review(self, connection: Connection, current: Current, draft: IncidentDraft, who: Author) -> IncidentDraft:
        """Send an edited incident back to review where the rule asks for two people; editing never publishes.

        Raises:
            RefusedError: The edit publishes what its author wrote.
        """
        before = current.state["draft"]["status"]
        if draft.status == PUBLISHED != before and self.review_rule == TWO_PEOPLE:
            check_second_person(connection, current, who.name)
        status = status_after_edit(before, draft.status, self.review_rule)
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
