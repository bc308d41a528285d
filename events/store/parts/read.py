"""`store.read`: incidents, as the record or a disclosure profile shows them, and their history. Nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import text

from willay.data.profiles import DEFAULT
from willay.events.model.collecting import seldom_collected
from willay.events.store.read.answers import PAGE
from willay.events.store.record.revisions import latest_change
from willay.events.store.schema.ids import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.frame.cells import IncidentCells
    from willay.events.frame.query import IncidentQuery
    from willay.events.model.figure_policies import PolicyLike
    from willay.events.store.deeds import Act
    from willay.events.store.opened import Opened
    from willay.events.store.read.acts import ActsAsked
    from willay.events.store.results import Compared, RevisionRow, Stored


class Reading:
    """What can be asked of the incidents of a database; it is `store.read`.

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "days": "2021-03-07"})
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     (code,) = store.write.add(Bundle(incidents=(march,)), author="ana").codes
        ...     store.read.count()["incident"], store.read.draft(code).draft.days
        (1, '2021-03-07')
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def select(
        self,
        query: IncidentQuery | None = None,
        *,
        policy: PolicyLike | None = None,
        lang: str = "en",
        details: bool = True,
        profile: Profile | str | None = DEFAULT,
    ) -> gpd.GeoDataFrame:
        """Answer a question with the incident frame, in order of first day (undated last) and code.

        Args:
            query: Which incidents, as known when; None asks for all that hold now. Without a status it asks a profile
                for what is published.
            policy: The figure policy; None takes the database's own.
            lang: The language of titles and names.
            details: Whether to fill the column `details`, the most costly one.
            profile: The disclosure profile of whom it is for, or its name. None is the record itself, with all that
                is confidential in it.

        Raises:
            NotFoundError: The query names something that the database does not have.
            QueryError: There is no such policy.
            UnknownTermError: There is no such profile.
        """
        from willay.events.frame.frame import assembled

        wanted = self._opened.wanted(policy, lang, details=details)
        with seldom_collected(), self._opened.answering(query, wanted, profile) as answer:
            every = answer.everything()
            columns, shapes, origin = dict(every.columns), every.shapes, every.origin
            del every  # what it holds goes column by column while the frame is made
            return assembled(columns, shapes, origin)

    def first(
        self,
        query: IncidentQuery | None = None,
        limit: int | None = None,
        *,
        policy: PolicyLike | None = None,
        lang: str = "en",
        details: bool = False,
        profile: Profile | str | None = DEFAULT,
    ) -> tuple[IncidentCells, int]:
        """Return the first incidents that answer a question, in the order of `select`, and how many answer in all.

        They are plain cells. No more is read than is returned, unless words or places are asked for.

        Args:
            query: As for `select`, like the others.
            limit: Maximum number of incidents; None returns all.
            policy: The figure policy.
            lang: The language of titles and names.
            details: Whether to fill the column `details`.
            profile: The disclosure profile.

        Raises as `select` does.
        """
        wanted = self._opened.wanted(policy, lang, details=details)
        with seldom_collected(), self._opened.answering(query, wanted, profile) as answer:
            if limit is None:
                every = answer.everything()
                return every, len(every)
            return answer.first(limit), answer.count()

    def pages(
        self,
        query: IncidentQuery | None = None,
        *,
        policy: PolicyLike | None = None,
        lang: str = "en",
        details: bool = True,
        drafts: bool = False,
        size: int = PAGE,
        profile: Profile | str | None = DEFAULT,
    ) -> Iterator[IncidentCells]:
        """Yield the answer to a question page by page in order of code, in flat memory at any size.

        A page is plain cells, as files are written from; `page.frame()` makes the incident frame of it.

        All pages show one state of the database. Ask this store for nothing else before the last one was read.

        Args:
            query: As for `select`.
            policy: The figure policy; None takes the database's own.
            lang: The language of titles and names.
            details: Whether to fill the column `details`.
            drafts: Whether to add the column `draft`, from which an incident can be recorded again without loss: an
                object of `id`, `code` and `draft` as JSON text. For who sees the record itself it also has what another
                file of ours needs to merge it: digests, writers, redactions (`foreign.Identity`).
            size: How many incidents are read at once; a page may hold fewer, or up to twice as many.
            profile: As for `select`.

        Raises as `select` does.
        """
        wanted = replace(self._opened.wanted(policy, lang, details=details), drafts=drafts, size=size)
        with seldom_collected(), self._opened.answering(query, wanted, profile) as answer:
            yield from answer.pages()

    def count(self) -> dict[str, int]:
        """Return how many there are: incident (without the retracted), place, claim, source, actor, case, region, …."""
        from willay.events.store.record import register_rows

        with self._opened.session.reading() as connection:
            return register_rows.counts(connection)

    def draft(self, code: str, as_of: datetime | None = None) -> Stored:
        """Return an incident as it is recorded, or was at a moment (aware).

        Raises:
            NotFoundError: There is no such incident, or was none then.
        """
        from willay.events.store.write import changes

        with self._opened.session.reading() as connection:
            return changes.stored(connection, changes.find(connection, code), as_of)

    def called_elsewhere(self, name: str) -> tuple[str, ...]:
        """Return the codes here of incidents that other files of ours, once imported, call by another code."""
        from willay.events.store.write import changes

        with self._opened.session.reading() as connection:
            return changes.called_elsewhere(connection, name)

    def history(self, code: str) -> tuple[RevisionRow, ...]:
        """Return the revisions of an incident, the first one first.

        Raises:
            NotFoundError: There is no such incident.
        """
        from willay.events.store.write import changes

        with self._opened.session.reading() as connection:
            return changes.history(connection, changes.find(connection, code))

    def log(self, asked: ActsAsked | None = None) -> tuple[tuple[Act, ...], int]:
        """Return what was done to the database, the newest act first, and how many acts answer in all.

        Args:
            asked: Which acts; None asks for all.
        """
        from willay.events.store.read.acts import ActsAsked, acts

        with self._opened.session.reading() as connection:
            return acts(connection, asked or ActsAsked())

    def diff(self, code: str, before: int | None = None, after: int | None = None, lang: str = "en") -> Compared:
        """Return the differences between two revisions of an incident.

        Args:
            code: The incident's code or key.
            before: The number of a revision; None takes the one before `after`.
            after: The number of a revision; None takes the last.
            lang: The language of texts.

        Raises:
            NotFoundError: There is no such incident or revision.
        """
        from willay.events.model.differences import differences
        from willay.events.store.results import Compared
        from willay.events.store.write import changes

        with self._opened.session.reading() as connection:
            current = changes.find(connection, code)
            first, last, was, now = changes.compared(connection, current, before, after)
        return Compared(current.state["code"], first, last, differences(was["draft"], now["draft"], lang))

    def latest_moment(self) -> datetime:
        """Return the moment (UTC) of the latest change of what is reported, or of the database's making."""
        with self._opened.session.reading() as connection:
            return latest_change(connection) or moment_of(self._opened.session.meta["created_at"])

    def latest_revision(self, kind: str, name: str) -> int:
        """Return the number of the latest revision of an incident, source, actor or case: what an edit is made from.

        Args:
            kind: `incident`, `source`, `actor` or `case`.
            name: Its code or key.

        Raises:
            NotFoundError: There is none of this name.
        """
        from willay.events.store.write import changes
        from willay.events.store.write.keyed import latest_keyed

        with self._opened.session.reading() as connection:
            if kind == "incident":
                return changes.find(connection, name).revision
            return latest_keyed(connection, kind, name)

    def latest_revisions(self, kind: str) -> dict[str, int]:
        """Return the numbers of the latest revisions of all sources, actors or cases, by key."""
        statement = "SELECT subject_id, max(number) FROM revision WHERE subject_kind = :kind GROUP BY subject_id"
        with self._opened.session.reading() as connection:
            return {str(key): int(number) for key, number in connection.execute(text(statement), {"kind": kind})}
