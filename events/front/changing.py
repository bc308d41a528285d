"""`with db.changes(reason=…) as change:` several changes made together, as one change of one author for one reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self, Unpack

from willay.events.front.authors import named_author
from willay.events.front.entering import Citing, IncidentFields, read_fields
from willay.events.model.errors import DraftError, RefusedError
from willay.events.store.opened import utc_now
from willay.events.store.write.together import IncidentChange
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from willay.events.front.stating import Claim
    from willay.events.store import Revised, Store


class Changes:
    """Changes that are made together, at the end of the `with` block: all of them, or none if anything is refused.

    What is changed in one incident, fields and claims alike, is one revision of it. What others change meanwhile in
    the same fields is not overwritten: the block ends with StaleEditError.

    Attributes:
        done: What came of each incident, once the block has ended; empty before.

    Example:
        >>> import willay as wy
        >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
        ...     code = db.add(title="March", type="protest", days="2021-03-07")
        ...     with db.changes(reason="two reports of the next day") as change:
        ...         change.edit(code, confidence="high", tag=["nurses"])
        ...         change.add_claim(code, wy.claim("injured", 3, source="https://example.org/note"))
        ...     [sentence.partition(":")[0] for sentence in change.done[0].changes]
        ['claims', 'confidence', 'tags']
    """

    def __init__(self, store: Store, author: str | None, reason: str) -> None:
        self._store, self._author, self._reason = store, named_author(author), reason
        if not reason.strip():
            raise RefusedError(tr("A change of what is recorded needs a reason. Add it: --reason TEXT."))
        self._changes: dict[str, IncidentChange] = {}
        self._citing = Citing(store)
        self._is_over = False
        self.done: tuple[Revised, ...] = ()

    def __enter__(self) -> Self:
        """Return the changes themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Make the changes, unless the block raised an error."""
        self._is_over = True
        if kind is None and self._changes:
            changes = [*self._changes.values()]
            self.done = self._store.write.change_together(changes, author=self._author, reason=self._reason)

    def edit(self, code: str, **fields: Unpack[IncidentFields]) -> None:
        """Change fields of an incident, or take values away (None); a list takes the place of the former one.

        Args:
            code: Its code or key.
            **fields: See `IncidentFields`.

        Raises:
            NotFoundError: There is no such incident.
            DraftError: A field is unknown, or its value cannot be read.
        """
        known = self._of(code)
        country = self._store.read.draft(known.code).draft.country
        given = read_fields(self._store, fields, utc_now().astimezone().date(), country)
        if not given:
            raise DraftError.at("", tr("Nothing to change. Give a field and its new value: type=…, days=…."))
        self._changes[known.code] = replace(known, fields={**known.fields, **given})

    def add_claim(self, code: str, *claims: Claim) -> None:
        """Add claims to an incident, with the sources that they are the first to cite.

        Args:
            code: Its code or key.
            *claims: `wy.claim(…)`, each with its source.

        Raises:
            NotFoundError: There is no such incident.
            DraftError: One is not a claim, or has no source.
        """
        known = self._of(code)
        before = set(self._citing.new)
        added = self._citing.claims(claims)
        new = tuple(source for key, source in self._citing.new.items() if key not in before)
        self._changes[known.code] = replace(known, claims=(*known.claims, *added), sources=(*known.sources, *new))

    def retract(self, code: str) -> None:
        """Take an incident out of every answer but its history.

        Raises:
            NotFoundError: There is no such incident.
        """
        known = self._of(code)
        self._changes[known.code] = replace(known, is_retracted=True)

    def __repr__(self) -> str:
        return f"<willay.Changes {', '.join([self._author, self._reason, *self._changes])}>"

    def _of(self, code: str) -> IncidentChange:
        """Return what is to be changed of an incident so far."""
        if self._is_over:
            raise RefusedError(tr("These changes are made already. Begin others: with db.changes(reason=…) as change."))
        stored = self._store.read.draft(code)
        return self._changes.get(stored.code) or IncidentChange(stored.code, base=stored.revision)


def edited(store: Store, code: str, fields: IncidentFields, author: str | None, reason: str) -> Revised:
    """Change fields of one incident; raises as `Changes.edit` does."""
    with Changes(store, author, reason) as change:
        change.edit(code, **fields)
    return change.done[0]


def claimed(store: Store, code: str, claims: Iterable[Claim], author: str | None, reason: str) -> Revised:
    """Add claims to one incident; raises as `Changes.add_claim` does."""
    with Changes(store, author, reason) as change:
        change.add_claim(code, *claims)
    return change.done[0]
