"""Reviewing: the way of an incident from a lead to publication, and the rule that two people stand behind it.

`lead → draft → in-review → published`. Every step is a revision with its author and comment. While the rule holds,
which it does unless a database has another setting, nobody approves what they wrote themselves since it was last
approved, and a published incident that somebody changes goes back to review.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import text

from willay.data.codebook import codebook
from willay.events.model.advice import command
from willay.events.model.errors import ConflictError, DraftError, Fault, RefusedError
from willay.events.store.dialects import run
from willay.events.store.record.revisions import INSTALLER
from willay.events.store.record.states import draft_of
from willay.geo.translation import joined, language, mark, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import Bundle, IncidentDraft
    from willay.events.store.record.documents import Recorded
    from willay.events.store.record.revisions import Author

Step = Literal["accept", "submit", "approve", "return", "reopen"]
Rule = Literal["two-people", "one-person"]

RULE_KEY: Final = "review"
"""The key of the rule among what a database says of itself."""

TWO_PEOPLE: Final[Rule] = "two-people"
ONE_PERSON: Final[Rule] = "one-person"

PUBLISHED: Final = "published"
IN_REVIEW: Final = "in-review"
WAITING: Final = ("lead", "draft", IN_REVIEW)
"""The statuses of incidents in the review queue."""

CONTENT: Final = ("add", "edit", "claim", "withdraw-claim", "import", "revert")
"""Actions that write what an incident says."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of the review: from which statuses, and to which."""

    before: tuple[str, ...]
    after: str
    needs_comment: bool = False


STEPS: Final[Mapping[Step, Transition]] = {
    "accept": Transition(("lead",), "draft"),
    "submit": Transition(("lead", "draft"), IN_REVIEW),
    "approve": Transition((IN_REVIEW,), PUBLISHED),
    "return": Transition((IN_REVIEW,), "draft", needs_comment=True),
    "reopen": Transition((PUBLISHED, "retracted"), IN_REVIEW, needs_comment=True),
}
"""What each step does."""


def next_status(code: str, status: str, step: Step, comment: str) -> str:
    """Return the status after a step.

    Raises:
        ConflictError: The incident is not where the step begins.
        RefusedError: The step needs a comment.
    """
    chosen = STEPS[step]
    if status not in chosen.before:
        fitting = [name for name, one in STEPS.items() if status in one.before]
        needed = joined(tr(" or "), map(status_in_words, chosen.before))
        told = tr(
            "{code} is {status}; {step!r} needs {needed}.",
            code=code,
            status=status_in_words(status),
            step=step,
            needed=needed,
        )
        if fitting:
            more = tr("From {status} one can: {steps}.", status=status_in_words(status), steps=", ".join(fitting))
            told = joined(" ", (told, more))
        raise ConflictError(told)
    if chosen.needs_comment and not comment.strip():
        raise RefusedError(tr(_COMMENTS[step]))
    return chosen.after


_COMMENTS: Final = {
    "return": mark("To return an incident, a comment with the reason is required: --comment TEXT."),
    "reopen": mark("To reopen an incident, a comment with the reason is required: --comment TEXT."),
}


def status_in_words(status: str) -> str:
    """Return a status as a message says it: its code, and in other languages than English its word before it."""
    if language() == "en" or status not in codebook().statuses:
        return quoted(status)
    return joined("", (quoted(codebook().statuses[status].label(language())), f" ({status})"))


def writers_since_approval(connection: Connection, current: Recorded) -> tuple[str, ...]:
    """Return who wrote what an incident says since it was last approved, each once, the first one first."""
    rows = connection.execute(
        text(
            "SELECT author, action, origin FROM revisions WHERE subject_kind = 'incident' AND subject_id = :subject"
            " ORDER BY number"
        ),
        {"subject": current.state["id"]},
    )
    return writers_of((row.author, row.action, row.origin) for row in rows)


def last_writer(connection: Connection, current: Recorded, reviewer: str) -> str | None:
    """Return who wrote last, other than a reviewer, what an incident says; None if nobody else did."""
    rows = run(
        connection,
        "SELECT author FROM revisions WHERE subject_kind = 'incident' AND subject_id = :subject"
        " AND action IN :content ORDER BY number DESC",
        {"subject": current.state["id"], "content": list(CONTENT)},
    )
    others = (name for name in rows.scalars() if same_person(name) not in {same_person(reviewer), INSTALLER})
    return next(others, None)


def writers_of(revisions: Iterable[tuple[str, str, str | None]]) -> tuple[str, ...]:
    """Return who wrote what an incident says since it was last approved, each once, the first one first.

    Args:
        revisions: Author, action and origin (JSON text) of the incident's revisions in their order.
    """
    writers: dict[str, None] = {}
    for author, action, origin in revisions:
        if action == "approve":
            writers.clear()
        elif action in CONTENT:
            writers |= dict.fromkeys((author, *authors_of(origin)))
    return tuple(writers)


def authors_of(origin: str | None) -> tuple[str, ...]:
    """Return who wrote, in another file, what a revision brought in."""
    return () if origin is None else tuple(json.loads(origin).get("writers", ()))


def check_second_person(connection: Connection, current: Recorded, author: str) -> None:
    """Make sure that nobody publishes their own draft.

    Raises:
        RefusedError: The author wrote some of what is to be published.
    """
    writers = writers_since_approval(connection, current)
    if same_person(author) in map(same_person, writers):
        code = current.state["code"]
        raise RefusedError(
            tr(
                "{author} wrote (part of) {code}, and nobody publishes their own draft. Ask a second "
                "person to run: {command}. If only one person works with this database: willay review "
                "rule one-person.",
                author=author,
                code=code,
                command=command("review", "approve", code),
            )
        )


def same_person(name: str) -> str:
    """Return a name as it is compared: without case and runs of spaces."""
    return " ".join(name.casefold().split())


def spellings(connection: Connection, person: str) -> list[str]:
    """Return how the record spells a person's name: in any case, and with any spaces."""
    every = run(connection, "SELECT DISTINCT author FROM change").scalars()
    return [name for name in every if same_person(name) == same_person(person)]


def status_faults(bundle: Bundle, rule: str) -> list[Fault]:
    """Find the incidents that would enter as published while two people are needed for that."""
    if rule != TWO_PEOPLE:
        return []
    message = tr("A new incident cannot be published yet: a second person must approve it. Leave the status out.")
    published = [n for n, draft in enumerate(bundle.incidents) if draft.status == PUBLISHED]
    return [Fault(f"incidents[{n}].status", message) for n in published]


def check_new_statuses(bundle: Bundle, rule: str) -> None:
    """Make sure that nothing enters as published while two people are needed for that.

    Raises:
        DraftError: Some incident does; each fault names one.
    """
    if faults := status_faults(bundle, rule):
        raise DraftError(tuple(faults))


def to_review(connection: Connection, current: Recorded, draft: IncidentDraft, who: Author, rule: str) -> IncidentDraft:
    """Return an edited incident, back in review where the rule asks for two people; editing never publishes.

    Raises:
        RefusedError: The edit publishes what its author wrote.
    """
    before = current.state["draft"]["status"]
    if draft.status == PUBLISHED != before and rule == TWO_PEOPLE:
        check_second_person(connection, current, who.name)
    status = status_after_edit(draft.status, rule)
    same = draft.model_copy(update={"status": before}) == draft_of(current.state)
    return draft if same else draft.model_copy(update={"status": status})


def status_after_edit(after: str, rule: str) -> str:
    """Return the status of an incident that was edited: while two people are needed, it goes back to review."""
    return IN_REVIEW if rule == TWO_PEOPLE and after == PUBLISHED else after
