"""`RegionDesk`: regions are added and rebuilt, and places find their shapes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.data import zones as shipped_zones
from willay.events.store.derived import derive_anew, misplaced
from willay.events.store.desk import Desk
from willay.events.store.regions import add_region_set, read_regions, replace_regions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from willay.events.store.regions import RegionSet


class RegionDesk(Desk):
    """A database whose regions can be changed."""

    def add_regions(
        self, regions: RegionSet, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> int:
        """Add a region set, or further versions of its areas; return how many rows were added.

        Raises:
            ConflictError: A version is there already.
            DraftError: A row has no key or no polygon.
            RefusedError: There is no author.
        """
        with self._installing(author, reason, recorded_at) as (connection, who):
            added = add_region_set(connection, regions, who)
            self._relocate(connection)
        return added

    def rebuild_zones(
        self, set_name: str, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> int:
        """Rebuild the shipped zones that have a complete definition from district limits; return how many.

        The outlines before stay with the history of each zone.

        Args:
            set_name: The set of districts, with six-digit administrative codes.
            author: Who does it.
            reason: Why; None says from which set.
            recorded_at: As for `add`.

        Raises:
            NotFoundError: There is no such set.
            MissingDistrictsError: The set lacks a district that a definition names; nothing is rebuilt.
            RefusedError: There is no author.
        """
        districts = self.regions(set_name, profile=None)
        coded = districts[districts["admin_code"].notna()]
        rebuilt = shipped_zones.rebuild_zones(coded, code="admin_code")
        why = reason or f"from the districts of {set_name}"
        with self._installing(author, why, recorded_at) as (connection, who):
            number = replace_regions(connection, shipped_zones.SET, rebuilt, who)
            self._relocate(connection, shipped_zones.SET)
        return number

    def _relocate(self, connection: Connection, set_name: str | None = None) -> None:
        """Look again for the shapes of places, after a set was added or changed."""
        self._known_regions = None
        regions = read_regions(connection)
        changed = regions.loc[regions["set"] == set_name, "fid"].tolist() if set_name else []
        derive_anew(connection, regions, self.policy, misplaced(connection, regions, changed))
