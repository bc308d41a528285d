"""`store.review`: the way of incidents from a lead to publication, and the rule of two people."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from willay.events.frame.query import IncidentQuery
from willay.events.store.moved import FormerMethod
from willay.events.store.read.queues import Waiting, waiting
from willay.events.store.record.review_rules import (
    RULE_KEY,
    TWO_PEOPLE,
    WAITING,
    Rule,
    Step,
    check_second_person,
    last_writer,
    next_status,
)
from willay.events.store.record.settings import change_setting
from willay.events.store.recording import changing
from willay.events.store.schema.versions import read_meta
from willay.events.store.write import changes
from willay.events.store.write.bases import require_latest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.opened import Opened
    from willay.events.store.record.documents import Recorded
    from willay.events.store.results import Revised


class Review(FormerMethod, former="review", now="step"):
    """The review of incidents, in which a second person approves what one wrote; it is `store.review`.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     _ = store.review.step(code, "submit", author="ana")
        ...     [one.code == code for one in store.review.queue()]
        [True]
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def queue(self, query: IncidentQuery | None = None, assigned_to: str | None = None) -> tuple[Waiting, ...]:
        """Return the review queue: incidents to be reviewed, the longest waiting first.

        Args:
            query: Which of them; without statuses those that are leads, drafts or in review.
            assigned_to: Only those that this person is to look at.

        Raises:
            NotFoundError: The query names something that the database does not have.
        """
        asked = query or IncidentQuery()
        asked = asked if asked.statuses else replace(asked, statuses=WAITING)
        with self._opened.answering(asked, self._opened.wanted(None, "en", details=False), None) as answer:
            codes = [code for page in answer.pages() for code in page.of("code")]
        with self._opened.session.reading() as connection:
            return waiting(connection, codes, assigned_to)

    @property
    def rule(self) -> str:
        """Whether a second person must approve what one wrote: `two-people` or `one-person`."""
        return self._opened.session.meta.get(RULE_KEY, TWO_PEOPLE)

    def set_rule(self, rule: Rule, *, author: str, reason: str, recorded_at: datetime | None = None) -> bool:
        """Return whether a second person must approve what one wrote; the change is recorded as any other.

        Returns:
            Whether another rule held before; where it did not, nothing is recorded.

        Raises:
            RefusedError: There is no author or reason.
        """
        with changing(self._opened, author, reason, recorded_at) as (connection, _, who):
            held = str(read_meta(connection, self._opened.session.path).get(RULE_KEY, TWO_PEOPLE))
            if held != rule:
                change_setting(connection, RULE_KEY, rule, who)
        self._opened.session.meta[RULE_KEY] = rule
        return held != rule

    def step(
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
        """Take an incident a step further in the review, or back; see `step_together`.

        Args:
            code: The incident's code or key.
            step: What is done; see `reviewing.STEPS`.
            author: Who does it; not somebody who wrote it, when it is approved and the rule asks for two people.
            comment: What the others should know; to return or reopen an incident it is needed.
            assign_to: Who is to look at it next. None leaves that as it is; approval clears it, and what is returned
                goes back to who wrote it: the last writer other than the author of this step.
            base_revision: The number of the revision that was looked at: nothing may have been changed since. None
                takes the incident as it is.
            recorded_at: As for `write.add`.

        Raises:
            NotFoundError: There is no such incident, or it has no such revision.
            ConflictError: The incident is not where the step begins, or was changed since.
            RefusedError: The rule forbids it, or the comment is missing.
        """
        bases = {} if base_revision is None else {code: base_revision}
        (revised,) = self.step_together(
            [code], step, author=author, comment=comment, assign_to=assign_to, bases=bases, recorded_at=recorded_at
        )
        return revised

    def step_together(
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
            author: As for `step`.
            comment: As for `step`.
            assign_to: As for `step`.
            bases: The revisions that were looked at, by code or key as given; see `step`.
            recorded_at: As for `write.add`.

        Raises:
            NotFoundError: There is no such incident, or it has no such revision.
            ConflictError: An incident is not where the step begins, or was changed since.
            RefusedError: The rule forbids it, or the comment is missing.
        """
        with changing(self._opened, author, comment, recorded_at, needs_reason=False) as (connection, setting, who):

            def taken(current: Recorded) -> Revised:
                status = next_status(current.state["code"], current.state["draft"]["status"], step, comment)
                if step == "approve" and self._opened.rule == TWO_PEOPLE:
                    check_second_person(connection, current, who.name)
                told: dict[str, str | None] = {"status": status}
                back = last_writer(connection, current, who.name) if step == "return" else None
                if assign_to or back or step == "approve":
                    told["assigned_to"] = assign_to or back
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
        """Ask somebody to look at an incident; None asks nobody. Raises as `step` does."""
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
        """Ask somebody to look at incidents, at all of them or none; see `step_together`."""
        with changing(self._opened, author, comment, recorded_at, needs_reason=False) as (connection, setting, who):
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
