"""The writing half of `wy.Database`: incidents are added and changed, with an author and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from willay.events.front import changing
from willay.events.front.authors import named_author
from willay.events.front.entering import NewIncident, read_incident
from willay.events.front.previewing import preview_of
from willay.events.model.reasons import ADDED, recorded_reason
from willay.events.store.opened import utc_now

if TYPE_CHECKING:
    from willay.events.front.entering import IncidentFields
    from willay.events.front.previewing import Preview
    from willay.events.front.stating import Claim
    from willay.events.store import Revised, Store


class Writing:
    """What a database is given; `wy.Database` has it, and is described there.

    Attributes:
        store: The library's own store.
        author: Who makes changes, if none is named with them.
        lang: The language of titles and names.
    """

    store: Store
    author: str | None
    lang: str

    def add(self, *, author: str | None = None, reason: str | None = None, **fields: Unpack[NewIncident]) -> str:
        """Add an incident, with the sources that it is the first to cite, and return its code.

        Nothing is asked and no likely duplicate is looked for: see `preview`.

        Args:
            author: Who adds it; None is that of the database.
            reason: Why, or from where.
            **fields: See `IncidentFields` and `NewIncident`; a title and a type are needed.

        Raises:
            DraftError: A field is unknown or cannot be read, or the incident does not fit the database; every fault
                is listed.
            RefusedError: There is no author.
            DataError, GeoError: A place cannot be found, or is ambiguous; its coordinates cannot be read.

        Example:
            >>> import willay as wy
            >>> with wy.create("ours.gpkg", country="PE", author="Ana") as db:
            ...     code = db.add(
            ...         title="Bloqueo", type="road-block", days="2012-05-28", place="Espinar, Cusco",
            ...         claims=[wy.claim("injured", 3, source="https://example.org/nota")],
            ...     )
            ...     db[code].figure("injured").best
            3
        """
        bundle = read_incident(self.store, dict(fields), utc_now().astimezone().date())
        why = reason or recorded_reason(ADDED)
        return self.store.write.add(bundle, author=named_author(author or self.author), reason=why).codes[0]

    def preview(self, **fields: Unpack[NewIncident]) -> Preview:
        """Return what `add` would make of the same words: places, regions, faults, likely duplicates.

        Nothing is recorded. Raises as `add` does where a value cannot be read.
        """
        bundle = read_incident(self.store, dict(fields), utc_now().astimezone().date())
        seen = self.store.write.preview(bundle.incidents[0], bundle.sources)
        return preview_of(bundle, seen, self.__contains__, self.lang)

    def changes(self, *, reason: str, author: str | None = None) -> changing.Changes:
        """Return what collects changes in a `with` block, and makes them at its end: all of them, or none.

        Args:
            reason: Why.
            author: Who makes them; None is that of the database.

        Raises:
            RefusedError: There is no author or reason.
        """
        return changing.Changes(self.store, author or self.author, reason)

    def edit(self, code: str, *, reason: str, author: str | None = None, **fields: Unpack[IncidentFields]) -> Revised:
        """Change fields of one incident; `changes` changes several, or fields and claims, at once.

        Args:
            code: Its code or key.
            reason: Why.
            author: Who changes it; None is that of the database.
            **fields: See `IncidentFields`; None takes a value away.

        Raises as `Changes.edit` and the end of its block do.
        """
        return changing.edited(self.store, code, fields, author or self.author, reason)

    def add_claim(self, code: str, *claims: Claim, reason: str, author: str | None = None) -> Revised:
        """Add claims to one incident, with the sources that they are the first to cite.

        Args:
            code: Its code or key.
            *claims: `wy.claim(…)`, each with its source.
            reason: Why, or from where.
            author: Who adds them; None is that of the database.

        Raises:
            UnclearClaimError: A claim is a second count of one source about the same people, and neither supersedes
                nor adds to the first.
            EventsError: As `Changes.add_claim` and the end of its block raise.
        """
        return changing.claimed(self.store, code, claims, author or self.author, reason)

    def retract(self, code: str, *, reason: str, author: str | None = None) -> Revised:
        """Take an incident out of every answer but its history.

        Raises:
            NotFoundError: There is no such incident.
            RefusedError: There is no author or reason.
        """
        return self.store.write.retract(code, author=named_author(author or self.author), reason=reason)

    def __contains__(self, code: object) -> bool:
        """Return whether there is an incident with this code or key; `wy.Database` says which are shown."""
        raise NotImplementedError
