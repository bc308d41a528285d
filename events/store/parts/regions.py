"""`store.regions`: region sets are listed, added and rebuilt, and places get their shapes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.data import zones as shipped_zones
from willay.data.profiles import DEFAULT
from willay.events.frame.nesting import Nestings
from willay.events.frame.unit_names import UnitNames
from willay.events.model.reasons import FROM_DISTRICTS, recorded_reason
from willay.events.store.moved import FormerMethod
from willay.events.store.record.derived import derive_again, misplaced
from willay.events.store.record.region_sets import add_region_set, choose_regions, read_regions, replace_regions
from willay.events.store.recording import installing

if TYPE_CHECKING:
    from datetime import date, datetime

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.data.profiles import Profile
    from willay.events.store.opened import Opened
    from willay.events.store.record.region_sets import RegionSet


class Regions(FormerMethod, former="regions", now="select"):
    """The regions of a database, version by version; it is `store.regions`.

    Example:
        >>> import geopandas, shapely
        >>> from willay.events.store import RegionSet, Store
        >>> frame = geopandas.GeoDataFrame({"key": ["west"]}, geometry=[shapely.box(-76, -14, -74, -10)], crs=4326)
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     added = store.regions.add(RegionSet("units", frame), author="ana", reason="own survey")
        ...     store.regions.select("units")["key"].tolist()
        ['west']
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def select(
        self,
        set_name: str | None = None,
        on: date | None = None,
        lang: str = "en",
        as_of: datetime | None = None,
        profile: Profile | str | None = DEFAULT,
    ) -> gpd.GeoDataFrame:
        """Return versions of regions: of a set, or those valid on a day, as they are or were known at a moment (aware).

        Args:
            set_name: Only those of this set.
            on: Only those valid on this day.
            lang: The language of their names.
            as_of: As known at that moment; None is now.
            profile: As for `read.select`; a region that names something withheld is not there.

        Raises:
            NotFoundError: There is no such set.
        """
        every = self._opened.all_regions(as_of)
        with self._opened.showing(profile, as_of) as (_, shown):
            regions = every if shown is None else shown.regions(every)
        return choose_regions(regions, set_name, on, lang)

    def nestings(self, as_of: datetime | None = None) -> Nestings:
        """Return how the codes of units nest: by the rules of their countries, and as the regions state it."""
        return Nestings.of_regions(self._opened.all_regions(as_of))

    def unit_names(self) -> UnitNames:
        """Return which first-level unit of a country a name means, by the units of the database where it has them."""
        return UnitNames.of_regions(self._opened.all_regions())

    def add(self, regions: RegionSet, *, author: str, reason: str = "", recorded_at: datetime | None = None) -> int:
        """Add a region set, or further versions of its areas; return how many rows were added.

        Raises:
            ConflictError: A version is there already.
            DraftError: A row has no key or no polygon.
            RefusedError: There is no author.
        """
        with installing(self._opened, author, reason, recorded_at) as (connection, who):
            added = add_region_set(connection, regions, who)
            self._relocate(connection)
        return added

    def rebuild_zones(
        self, set_name: str, *, author: str, reason: str = "", recorded_at: datetime | None = None
    ) -> int:
        """Rebuild the shipped regions whose units are known from district limits; return how many.

        The outlines before stay with the history of each zone.

        Args:
            set_name: The set of districts, with six-digit administrative codes.
            author: Who does it.
            reason: Why; None says from which set.
            recorded_at: As for `write.add`.

        Raises:
            NotFoundError: There is no such set.
            MissingDistrictsError: The set lacks a district that a definition of the former conflict zones names, if
                the database has these; nothing is rebuilt.
            RefusedError: There is no author.
        """
        districts = self.select(set_name, profile=None)
        coded = districts[districts["admin_code"].notna()]
        former = shipped_zones.SET in set(self._opened.all_regions()["set"])
        rebuilt = shipped_zones.rebuild_units(coded, code="admin_code")
        if former:
            rebuilt[shipped_zones.SET] = shipped_zones.rebuild_zones(coded, code="admin_code")
        why = reason or recorded_reason(FROM_DISTRICTS, set_name=set_name)
        with installing(self._opened, author, why, recorded_at) as (connection, who):
            number = sum(replace_regions(connection, name, frame, who) for name, frame in rebuilt.items())
            for name in rebuilt:
                self._relocate(connection, name)
        return number

    def _relocate(self, connection: Connection, set_name: str | None = None) -> None:
        """Look again for the shapes of places, after a set was added or changed."""
        self._opened.forget_regions()
        regions = read_regions(connection)
        changed = regions.loc[regions["set"] == set_name, "fid"].tolist() if set_name else []
        derive_again(connection, regions, self._opened.policy, misplaced(connection, regions, changed))
