"""What was done to a database, and what taking it back would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from willay.events.model.differences import Difference


@dataclass(frozen=True, slots=True)
class Touched:
    """What one act did to one subject.

    Attributes:
        kind: The kind of subject: `incident`, `source`, …
        name: Its code or key.
        action: What was done: add, edit, claim, retract.

    Example:
        >>> from willay.events.store import Touched
        >>> Touched("incident", "PE-2021-0001", "edit").action
        'edit'
    """

    kind: str
    name: str
    action: str


@dataclass(frozen=True, slots=True)
class Act:
    """One change of a database: what one author did at one moment, to one or many subjects.

    Attributes:
        number: Its number in this database.
        author: Who made it.
        recorded_at: When by the clock of the author, UTC.
        arrived_at: When it was known in this database, UTC: after all before it, whatever clocks say.
        reason: Why.
        actions: What was done: add, edit, claim, retract.
        kinds: How many subjects it touched, by kind.
        subjects: The subjects, where they are few (`acts.NAMED`); else nothing.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import ActsAsked, Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     added = store.write.add(Bundle(incidents=(march,)), author="ana", reason="radio")
        ...     (act,), total = store.read.log(ActsAsked(author="Ana"))
        ...     act.actions, [one.name for one in act.subjects], act.reason
        (('add',), ['PE-2021-0001'], 'radio')
    """

    number: int
    author: str
    recorded_at: datetime
    arrived_at: datetime
    reason: str
    actions: tuple[str, ...]
    kinds: Mapping[str, int]
    subjects: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What an undo would do to one subject.

    Attributes:
        kind: The kind of subject: `incident`, `source`, `actor`, `case` or `indicator`.
        name: Its code or key.
        action: What was done to it, and would be taken back; what was added would be retracted.
        differences: In what it would differ from what it is now.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     [(step.name, step.action) for step in store.undo.preview(author="ana").steps]
        [('PE-2021-0001', 'add')]
    """

    kind: str
    name: str
    action: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last act of a person, and what taking it back would do.

    Attributes:
        number: The number of the change.
        author: Who made it.
        recorded_at: When by the clock of the author, UTC.
        reason: Why.
        steps: What would be done to each subject.
        stays: Kind and key of what the act added to registers, which stays.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     _ = store.write.edit(code, {"title": "Rally"}, author="ana", reason="radio")
        ...     undoable = store.undo.preview(author="ana")
        ...     undoable.reason, undoable.stays
        ('radio', ())
    """

    number: int
    author: str
    recorded_at: datetime
    reason: str
    steps: tuple[UndoStep, ...]
    stays: tuple[tuple[str, str], ...]
