"""`store.regions`: region sets are listed, added and rebuilt, and places get their shapes again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.data import zones as shipped_zones
from willay.data.countries import country
from willay.data.errors import MissingDistrictsError
from willay.data.nesting import DEEPEST
from willay.data.profiles import DEFAULT
from willay.data.region_titles import set_titles
from willay.events.frame.nesting import Nestings
from willay.events.frame.unit_names import UnitNames
from willay.events.frame.units import ever_valid
from willay.events.model.canonical import canonical
from willay.events.model.errors import RefusedError
from willay.events.model.reasons import FROM_DISTRICTS, FROM_FILE, recorded_reason
from willay.events.store.moved import FormerMethod
from willay.events.store.read.matching import asked_regions
from willay.events.store.record.country_packs import (
    RecordedPack,
    end_units,
    record_pack,
    recorded_packs,
    same_units,
    unit_sets,
)
from willay.events.store.record.derived import derive_again, misplaced
from willay.events.store.record.region_sets import add_region_set, choose_regions, read_regions, replace_regions
from willay.events.store.recording import installing
from willay.events.store.results import Installed
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    import geopandas as gpd
    from sqlalchemy.engine import Connection

    from willay.data.countries import Country
    from willay.data.country_packs.contents import Pack, PackFacts
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
        chosen = choose_regions(regions, set_name, on, lang)
        titles = {name: title for pack in self.packs() for name, title in set_titles(pack.facts).items()}
        return chosen.assign(set_title=chosen["set"].map(titles).map(_as_json)) if titles else chosen

    def named(self, names: Iterable[str], as_of: datetime | None = None) -> tuple[str, ...]:
        """Return the regions that names mean, each as `set/key`, sorted: names in any language, keys, or `set/key`.

        Raises:
            NotFoundError: A name is that of no region.
        """
        asked = tuple(names)
        every = self._opened.all_regions(as_of)
        found = every[asked_regions(asked, every)] if asked else every[:0]
        return tuple(sorted({f"{row.set}/{row.key}" for row in found.itertuples()}))

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
        rebuilt = self._zones_of(self.select(set_name, profile=None))
        why = reason or recorded_reason(FROM_DISTRICTS, set_name=set_name)
        with installing(self._opened, author, why, recorded_at) as (connection, who):
            number = sum(replace_regions(connection, name, frame, who) for name, frame in rebuilt.items())
            for name in rebuilt:
                self._relocate(connection, name)
        return number

    def _zones_of(self, districts: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
        """Return the shipped regions whose units are known from districts, by set, with their new outlines.

        Raises:
            MissingDistrictsError: As for `rebuild_zones`.
        """
        coded = districts[districts["admin_code"].notna()]
        rebuilt = shipped_zones.rebuild_units(coded, code="admin_code")
        if shipped_zones.SET in set(self._opened.all_regions()["set"]):
            rebuilt[shipped_zones.SET] = shipped_zones.rebuild_zones(coded, code="admin_code")
        return rebuilt

    def add_country(
        self,
        pack: Pack,
        *,
        file: str,
        sha256: str,
        author: str,
        since: date | None = None,
        replace: bool = False,
        reason: str = "",
        recorded_at: datetime | None = None,
    ) -> Installed:
        """Add the units of a country pack as region sets, and record what it says of the country.

        The units that were in these sets stay with the record, and end on the day from which the new ones are valid.
        Peru's zones are rebuilt where the pack has the districts of Peru, as `rebuild_zones` does it.

        Args:
            pack: The pack, of any country.
            file: The name of its file, which places are read from.
            sha256: The digest of that file, hexadecimal.
            author: Who does it.
            since: The day from which its units are valid, inclusive; None is always: then those before them are valid
                on no day.
            replace: Whether another pack of the same country may be replaced.
            reason: Why; "" says from which file.
            recorded_at: As for `write.add`.

        Raises:
            RefusedError: There is no author, or the database has another pack of the country and `replace` is not set.
        """
        held = next((one for one in self.packs() if one.facts.code == pack.facts.code), None)
        if held is not None and held.sha256 == sha256:
            return Installed()
        if held is not None and not replace:
            raise RefusedError(
                tr(
                    "The database has the pack {file} of {country} already. To replace it, and end its units: "
                    "--replace.",
                    file=held.file,
                    country=pack.facts.code,
                )
            )
        why = reason or recorded_reason(FROM_FILE, file=file)
        zones, lacking = self._zones_of_pack(pack)
        same = {} if since else self._same_units(pack)
        with installing(self._opened, author, why, recorded_at) as (connection, who):
            rebuilt = sum(replace_regions(connection, name, frame, who) for name, frame in zones.items())
            ended = {name: end_units(connection, name, since, who, same) for name in _set_names(pack.facts, held)}
            added = {one.name: add_region_set(connection, one, who) for one in unit_sets(pack, since)}
            key, value = record_pack(connection, RecordedPack(file, sha256, pack.facts), who)
            self._relocate(connection)
        self._opened.session.meta[key] = value
        done = tuple((name, added.get(name, 0), number) for name, number in ended.items())
        return Installed(done, rebuilt, lacking, same)

    def _same_units(self, pack: Pack) -> dict[str, str]:
        """Return the codes of former units, each with that of the same unit in a pack."""
        every = self._opened.all_regions()
        found: dict[str, str] = {}
        for number, units in pack.units.items():
            former = every[(every["set"] == pack.facts.set_name(number)) & every["admin_code"].notna()]
            found |= same_units(former[ever_valid(former)], units)
        return found

    def _zones_of_pack(self, pack: Pack) -> tuple[dict[str, gpd.GeoDataFrame], str]:
        """Return the zones that a pack's districts rebuild, by set; or why they rebuild none."""
        if DEEPEST not in pack.units or pack.facts.code not in shipped_zones.DEFINED or not pack.facts.digits:
            return {}, ""
        try:
            return self._zones_of(pack.units[DEEPEST].rename(columns={"code": "admin_code"})), ""
        except MissingDistrictsError as error:
            return {}, str(error)

    def known_country(self, code: str | None = None) -> Country:
        """Return what is known of a country, with what the pack that the database has of it says.

        Args:
            code: ISO 3166-1 alpha-2; None is the database's own.
        """
        return country(code or self._opened.country, [pack.facts for pack in self.packs()])

    def packs(self) -> tuple[RecordedPack, ...]:
        """Return the country packs that the database has recorded, by the codes of their countries."""
        return recorded_packs(self._opened.session.meta)

    def _relocate(self, connection: Connection, set_name: str | None = None) -> None:
        """Look again for the shapes of places, after a set was added or changed."""
        self._opened.forget_regions()
        regions = read_regions(connection)
        changed = regions.loc[regions["set"] == set_name, "fid"].tolist() if set_name else []
        derive_again(connection, regions, self._opened.policy, misplaced(connection, regions, changed))


def _as_json(title: object) -> str | None:
    return canonical(title) if isinstance(title, dict) else None


def _set_names(facts: PackFacts, held: RecordedPack | None) -> list[str]:
    """Return the names of the region sets of a pack, and of the one before."""
    every = (facts, held.facts) if held else (facts,)
    return sorted({one.set_name(level.number) for one in every for level in one.levels})
