"""What profiles show of a database, worked out once for each state of it; what they let be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from willay.data.profiles import as_profile
from willay.events.frame.columns import RECORD
from willay.events.frame.query import published
from willay.events.model.errors import RefusedError
from willay.events.store.read.left_out import left_out_by_terms, not_published
from willay.events.store.read.shown import Disclosure, Outward
from willay.events.store.record.register_rows import state_of_all
from willay.events.store.record.settings import SECRET_KEY
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.frame.columns import Origin
    from willay.events.frame.query import IncidentQuery
    from willay.events.store.read.answers import Regions, Wanted


class Disclosures:
    """What was worked out last: a command asks several times by one profile.

    Args:
        meta: What the database says of itself.
        clock: Returns the present moment, aware; delays count back from it.
    """

    def __init__(self, meta: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._meta, self._clock = meta, clock
        self._last: tuple[object, Disclosure] | None = None

    def of(
        self,
        connection: Connection,
        profile: Profile | str | None,
        regions: Regions,
        as_of: datetime | None = None,
    ) -> Disclosure | None:
        """Return what a profile shows; None is the record itself.

        Args:
            connection: Within a transaction.
            profile: The profile, or its name; None for this office.
            regions: Returns all versions of regions.
            as_of: The moment (aware) whose knowledge is shown; None is now.

        Raises:
            UnknownTermError: There is no such profile.
        """
        seen = as_profile(profile)
        if seen is None or (seen.shows_all and as_of is None):
            return None
        outward = Outward(seen, self._clock(), bytes.fromhex(self._meta[SECRET_KEY]))
        key = (seen, outward.moment.date(), as_of, state_of_all(connection))
        if self._last is None or self._last[0] != key:
            self._last = (key, Disclosure(connection, outward, regions, as_of))
        return self._last[1]

    def asked(
        self,
        connection: Connection,
        query: IncidentQuery,
        regions: Regions,
        wanted: Wanted,
        profile: Profile | str | None,
    ) -> tuple[IncidentQuery, Wanted]:
        """Return a query and what is wanted as a profile lets them be; arguments as for `of` and `pages.pages`.

        Raises:
            RefusedError: It asks who changed an incident, which no profile but the record itself shows.
        """
        seen = as_profile(profile)
        if query.changed_by is not None and seen is not None and not seen.shows_all:
            message = tr(
                "The profile {profile} does not show who changed an incident. To see it: --profile internal.",
                profile=seen,
            )
            raise RefusedError(message)
        shown = self.of(connection, seen, regions, query.as_of)
        words = query.words(wanted.lang)
        words = words if shown is None else shown.question(words)
        origin: Origin = {"question": words, "profile": RECORD if seen is None else str(seen)}
        if seen is not None and shown is None:
            origin |= {"left_out": 0, "coarsened": 0}
        wanted = replace(wanted, shown=shown, origin=origin)
        asked = query if seen is None else published(query, seen)
        if asked is not query:
            origin["unpublished"] = not_published(connection, query, regions, wanted)
        return asked, replace(wanted, origin=origin | left_out_by_terms(connection, asked, regions, wanted))
