"""`Store`: the one door to a database, and what its parts are for."""

from __future__ import annotations

import os
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from willay.data.countries import known_country
from willay.events.model.figure_policies import DEFAULT_POLICY, recordable
from willay.events.model.program import program_version
from willay.events.model.reasons import INSTALLED
from willay.events.store.dialects.address import place_of
from willay.events.store.moved import PLACES, warn_of_move
from willay.events.store.opened import Opened, utc_now
from willay.events.store.read.shown import SECRET_BYTES
from willay.events.store.record.review_rules import RULE_KEY, TWO_PEOPLE, Rule
from willay.events.store.record.revisions import INSTALLER
from willay.events.store.record.settings import SECRET_KEY
from willay.events.store.schema.ids import OFFICE_BYTES, moment_text, office_id
from willay.events.store.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from willay.events.model.figure_policies import PolicyLike
    from willay.events.store.parts.attachments import Attachments
    from willay.events.store.parts.file import DatabaseFile
    from willay.events.store.parts.read import Reading
    from willay.events.store.parts.regions import Regions
    from willay.events.store.parts.registers import Registers
    from willay.events.store.parts.review import Review
    from willay.events.store.parts.undo import Undo
    from willay.events.store.parts.write import Writing
    from willay.events.store.record.region_sets import RegionSet


class Store:
    """A database of incidents in one file, which is also a GeoPackage.

    Use it as a context manager, or close it: closing leaves the file alone, without journals next to it. Every method
    of its parts raises DatabaseError when the file is damaged, locked for long, or cannot be written.

    Attributes:
        read: Asks for incidents: `select`, `pages`, `draft`, `history`, `count`, …
        write: Changes them: `preview`, `add`, `import_rows`, `edit`, `add_claims`, `retract`, `redact`, …
        undo: Takes back what somebody did last: `preview`, `last`.
        review: Takes them to publication: `queue`, `step`, `assign`, `rule`, …
        registers: What they refer to: `sources`, `actors`, `cases`, `indicators`, `datasets`, `edit`, …
        attachments: Files of incidents and sources: `list`, `of`, `content`, `add`, `remove`, `erase`.
        regions: Region sets: `select`, `add`, `rebuild_zones`.
        file: The file as a whole: `check`, `head`, `copy_to`, `copy_encrypted`, `backup`, …

    Example:
        >>> from willay.events import Bundle, IncidentDraft, draft
        >>> from willay.events.store import Store
        >>> march = draft(IncidentDraft, {"title": "March", "type": "protest", "status": "published", "days": "2021"})
        >>> with Store.create("nowhere.gpkg", country="PE", review="alone") as store:
        ...     added = store.write.add(Bundle(incidents=(march,)), author="ana", reason="own notes")
        ...     store.read.select()["title"].tolist()
        ['March']
    """

    def __init__(
        self,
        session: Session,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._session = session
        self._opened = Opened(session, clock, entropy)

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        country: str,
        policy: PolicyLike = DEFAULT_POLICY,
        region_sets: Iterable[RegionSet] = (),
        review: Rule = TWO_PEOPLE,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        secret: bytes | None = None,
        office: bytes | None = None,
    ) -> Self:
        """Make a database in a new file.

        Args:
            path: Where; there must be no such file.
            country: The country it is about: ISO 3166-1 alpha-2, or a name. What is recorded in it is of this country
                where nothing else is said.
            policy: The figure policy that it is kept by.
            region_sets: The regions to begin with.
            review: Whether a second person must approve what one wrote; see `review.set_rule`.
            clock: Returns the present moment, aware.
            entropy: Returns a number of random bytes, for ids.
            secret: The key of the ids and codes under which restricted incidents leave the database; None draws one
                of `entropy`.
            office: The `OFFICE_BYTES` bytes of the id of the office that it belongs to; None draws them of `entropy`.

        Raises:
            FileNameError: No file can have this name on every system, or it is an address.
            RefusedError: There is such a file.
            QueryError: There is no such policy.
            UnknownTermError: There is no such country.
            DatabaseError: The file cannot be made.
        """
        meta = {
            "country": known_country(country),
            "policy": recordable(policy),
            RULE_KEY: review,
            SECRET_KEY: (entropy(SECRET_BYTES) if secret is None else secret).hex(),
            "created_at": moment_text(clock()),
            "willay_version": program_version(),
        }
        own = office_id(entropy(OFFICE_BYTES) if office is None else office)
        store = cls(Session.create(place_of(path), meta, own), clock, entropy)
        try:
            for regions in region_sets:
                store.regions.add(regions, author=INSTALLER, reason=INSTALLED)
        except BaseException:
            store.close()
            store.path.unlink(missing_ok=True)
            raise
        return store

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        clock: Callable[[], datetime] = utc_now,
        entropy: Callable[[int], bytes] = os.urandom,
        isolated: bool = False,
    ) -> Self:
        """Open a database; only a change writes to the file.

        Args:
            path: The file.
            clock: Returns the present moment, aware.
            entropy: Returns a number of random bytes, for ids.
            isolated: Do nothing to other files: one of an earlier schema is brought up to date without a copy of it,
                and what a killed process had begun to put in its place is left.

        Raises:
            DatabaseError: There is no such file, or it is not a willay database, or a newer willay made it.
        """
        return cls(Session.open(place_of(path), isolated=isolated), clock, entropy)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the file and leave it alone; closing twice does nothing."""
        self._session.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._session.path

    @property
    def country(self) -> str:
        """The country it is about, ISO 3166-1 alpha-2."""
        return self._opened.country

    @property
    def policy(self) -> str:
        """The figure policy that it is kept by."""
        return self._opened.policy

    # A part is loaded when it is first asked for: whoever only reads does not wait for all that writes.

    @cached_property
    def read(self) -> Reading:
        """Asks for incidents."""
        from willay.events.store.parts.read import Reading

        return Reading(self._opened)

    @cached_property
    def write(self) -> Writing:
        """Changes them."""
        from willay.events.store.parts.write import Writing

        return Writing(self._opened)

    @cached_property
    def undo(self) -> Undo:
        """Takes back what somebody did last."""
        from willay.events.store.parts.undo import Undo

        return Undo(self._opened)

    @cached_property
    def review(self) -> Review:
        """Takes them to publication."""
        from willay.events.store.parts.review import Review

        return Review(self._opened)

    @cached_property
    def registers(self) -> Registers:
        """What they refer to."""
        from willay.events.store.parts.registers import Registers

        return Registers(self._opened)

    @cached_property
    def attachments(self) -> Attachments:
        """Files of incidents and sources."""
        from willay.events.store.parts.attachments import Attachments

        return Attachments(self._opened)

    @cached_property
    def regions(self) -> Regions:
        """Region sets."""
        from willay.events.store.parts.regions import Regions

        return Regions(self._opened)

    @cached_property
    def file(self) -> DatabaseFile:
        """The file as a whole."""
        from willay.events.store.parts.file import DatabaseFile

        return DatabaseFile(self._opened)

    if not TYPE_CHECKING:  # so that mypy finds old names

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 — whatever stands at the new place
            """Find a method by the name it had before `Store` was made of parts, and warn."""
            if name not in PLACES:
                raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
            warn_of_move(name, PLACES[name])
            return attrgetter(PLACES[name])(self)
