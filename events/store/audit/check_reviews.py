"""Reviews in the record: publications by somebody who wrote what was published, judged by the rule in force then."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from willay.events.store.record.review_rules import CONTENT, PUBLISHED, RULE_KEY, TWO_PEOPLE, authors_of, same_person
from willay.events.store.results import ERROR, NOTE, Problem
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from willay.events.store.audit.check_seals import StateSeen

_ENTERING: Final = ("add", "import", "withdraw")
"""Actions that no rule of review is asked about: what enters as published is refused when it enters."""


class Seen(NamedTuple):
    """What a revision shows about the review.

    Attributes:
        state: What it says of the state that it made.
        author: Who made it.
        document: That state, as JSON text.
        is_last: Whether it is the subject's present state: then no other follows it.
    """

    state: StateSeen
    author: str
    document: str
    is_last: bool


class Reviews:
    """Walks over the revisions in their order, and says which publications one of the writers made."""

    def __init__(self) -> None:
        self._writers: dict[str, set[str]] = defaultdict(set)
        self._states: dict[str, str] = {}
        self._rules: list[tuple[int, str]] = []
        self._own: list[tuple[Seen, str]] = []

    def see(self, seen: Seen) -> None:
        """Look at the next revision."""
        number, kind, subject, action, *_, origin = seen.state
        if (kind, subject) == ("setting", RULE_KEY):
            self._rules.append((number, json.loads(seen.document)["value"]))
        if kind != "incident":
            return
        before = self._states.pop(subject, None)
        if not seen.is_last:
            self._states[subject] = seen.document
        writers = self._writers[subject]
        if action not in _ENTERING and _publishes(seen, before):
            wrote = writers | ({same_person(seen.author)} if _writes(seen, before) else set())
            if same_person(seen.author) in wrote:
                self._own.append((seen, json.loads(seen.document)["code"]))
        if action == "approve":
            writers.clear()
        elif action in CONTENT:
            writers |= {same_person(name) for name in (seen.author, *authors_of(origin))}

    def problems(self) -> Iterator[Problem]:
        """Yield what was published by one of its writers: an error where two people were needed, else a note.

        Where a database is kept by one person, there is nothing to report.
        """
        now = self._rules[-1][1] if self._rules else None
        for seen, code in self._own:
            then = [rule for number, rule in self._rules if number < seen.state.number]
            values = {"number": seen.state.number, "author": seen.author}
            if then and then[-1] == TWO_PEOPLE:
                message = tr(
                    "Revision {number}: {author} published what {author} wrote, while two people were needed. Let a "
                    "second person look at it.",
                    **values,
                )
                yield Problem(ERROR, code, message)
            elif now == TWO_PEOPLE and then:
                message = tr(
                    "Revision {number}: {author} published what {author} wrote, while the rule was {rule}. A second "
                    "person may want to look at it.",
                    rule=then[-1],
                    **values,
                )
                yield Problem(NOTE, code, message)
            elif now == TWO_PEOPLE:
                message = tr(
                    "Revision {number}: {author} published what {author} wrote, before the rule of review was "
                    "recorded. A second person may want to look at it.",
                    **values,
                )
                yield Problem(NOTE, code, message)


def _publishes(seen: Seen, before: str | None) -> bool:
    if seen.state.action == "approve":
        return True
    is_published = json.loads(seen.document)["draft"]["status"] == PUBLISHED
    return is_published and (before is None or json.loads(before)["draft"]["status"] != PUBLISHED)


def _writes(seen: Seen, before: str | None) -> bool:
    """Return whether a revision changes what the incident says, and not only its status."""
    if before is None or seen.state.action not in CONTENT:
        return seen.state.action in CONTENT
    now, then = ({**json.loads(one)["draft"], "status": None} for one in (seen.document, before))
    return now != then
