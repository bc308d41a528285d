"""`store.undo`: what somebody did last is taken back, by a new change; nothing is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.store.recording import changing
from willay.events.store.write import undoing

if TYPE_CHECKING:
    from datetime import datetime

    from willay.events.store.deeds import Undoable
    from willay.events.store.opened import Opened
    from willay.events.store.results import Revised


class Undo:
    """How the last act of a person is taken back; it is `store.undo`.

    What an edit changed gets its former value again, and what others changed since in other fields stays. An incident
    that was added is retracted. An undo is a change like any other, so it can be undone as well.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     _ = store.write.edit(code, {"type": "other"}, author="ana", reason="radio")
        ...     [str(one) for step in store.undo.preview(author="ana").steps for one in step.differences]
        ...     store.undo.last(author="ana")[0].changes
        ['type: other → protest']
        ('type: other → protest',)
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def preview(self, subject: tuple[str, str] | None = None, *, author: str, lang: str = "en") -> Undoable:
        """Return what taking back the last act of a person would do.

        Args:
            subject: Kind and code or key of the subject whose last change by this person is meant; None for the last
                of all. The kinds are `incident`, `source`, `actor`, `case` and `indicator`.
            author: Who did it, and would undo it.
            lang: The language of texts.

        Raises:
            NotFoundError: There is no such subject, or the person changed nothing.
            RefusedError: It was an import, a publication, or something else that another command takes back; the
                message says which.
            ConflictError: Somebody changed the same fields since.
        """
        with self._opened.session.reading() as connection:
            return undoing.undoable(connection, author, subject, self._opened.rule, lang)

    def last(
        self,
        subject: tuple[str, str] | None = None,
        *,
        author: str,
        reason: str = "",
        change: int | None = None,
        recorded_at: datetime | None = None,
    ) -> tuple[Revised, ...]:
        """Take back the last act of a person, all of it or nothing; raises as `preview` does.

        Args:
            subject: As for `preview`.
            author: As for `preview`.
            reason: Why; which change is undone is recorded in any case.
            change: The number of the change that was looked at; if it is not the last one any more, nothing is undone.
            recorded_at: As for `store.write.add`.
        """
        number = self.preview(subject, author=author).number if change is None else change
        told = undoing.reason_of_undo(number, reason)
        with changing(self._opened, author, told, recorded_at) as (connection, setting, who):
            return undoing.undo(connection, author, subject, number, (setting, who, self._opened.rule))
