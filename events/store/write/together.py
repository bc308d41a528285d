"""Several changes made together: fields and claims of one incident as one revision, and of several as one change."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from willay.events.model.claim_list import refuse_dropping
from willay.events.model.drafts import Bundle
from willay.events.store.record.review_rules import to_review
from willay.events.store.record.states import draft_of
from willay.events.store.write import changes
from willay.events.store.write.writer import add_bundle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from willay.events.model.drafts import ClaimDraft, SourceDraft
    from willay.events.store.record.revisions import Author
    from willay.events.store.results import Revised
    from willay.events.store.write.validation import Setting


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """What is to be changed of one incident, as one revision.

    Attributes:
        code: The incident's code or key.
        fields: New values by field of `IncidentDraft`; None takes a value away.
        claims: Claims to add.
        sources: Sources to add with them.
        is_retracted: Whether it is taken out of every answer but its history.
        base: The number of the revision that the author looked at; see `store.write.edit`.
    """

    code: str
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    claims: tuple[ClaimDraft, ...] = ()
    sources: tuple[SourceDraft, ...] = ()
    is_retracted: bool = False
    base: int | None = None

    @property
    def action(self) -> str:
        """What is done, in the words of the record."""
        return "retract" if self.is_retracted else "claim" if self.claims or self.sources else "edit"


def revise_one(connection: Connection, change: IncidentChange, means: tuple[Setting, Author, str]) -> Revised:
    """Change one incident; raises as `store.write.add_claims` does.

    Args:
        connection: Within a transaction that writes.
        change: What is changed.
        means: The setting, who does it, and the rule of the review.
    """
    setting, who, rule = means
    current = changes.find(connection, change.code)
    add_bundle(connection, Bundle(sources=change.sources), setting, who)
    known = draft_of(current.state)
    draft = changes.with_claims(connection, current, change.claims, change.base) if change.claims else known
    if change.fields:
        changes.rebased(connection, current, change.fields, change.base)
        draft = changes.also_changed(current, draft, change.fields)
    refuse_dropping(known.claims, draft.claims, current.state["code"])
    if change.is_retracted:
        reviewed = draft.model_copy(update={"status": "retracted"})
    else:
        reviewed = to_review(connection, current, draft, who, rule)
    return changes.revise(connection, current, reviewed, (setting, who, change.action))
