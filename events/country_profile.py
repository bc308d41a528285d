"""The profile of a country or region as a document, from a database: incidents, cases, indicators, sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from willay.data.admin import folded
from willay.data.countries import country_code, country_name
from willay.data.errors import UnknownTermError
from willay.data.profiles import DEFAULT
from willay.events.frame.publishing import barred, check_publishable
from willay.events.frame.query import IncidentQuery
from willay.events.model.errors import NotFoundError
from willay.geo.translation import tr
from willay.maps.profile.spec import ProfileSpec
from willay.maps.shipped import shipped_base
from willay.maps.world import home_countries

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.model.figure_policies import PolicyLike
    from willay.events.store import Store
    from willay.maps.profile import Area, ProfileRecord
    from willay.maps.profile.blocks import Document

LANGS = ("es", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRequest:
    """What is asked of a database for a profile.

    Attributes:
        area: A country (code or name), or a region as SET/KEY, or by its key, code or name; None is the database's
            country, with all that is in the database.
        query: Further conditions: days, and the moment as of which the record is read.
        policy: The rule of figures; None takes the database's own.
        profile: The disclosure profile, or its name; None is the record itself.
        is_for_own_use: Whether rows that may not be passed on are in it.
    """

    area: str | None = None
    query: IncidentQuery = field(default_factory=IncidentQuery)
    policy: PolicyLike | None = None
    profile: Profile | str | None = DEFAULT
    is_for_own_use: bool = False


def country_profile(store: Store, request: ProfileRequest | None = None, spec: ProfileSpec | None = None) -> Document:
    """Make the profile of a country or region from a database alone.

    Args:
        store: The database.
        request: What it is about; None is the whole database, as the profile `public` shows it.
        spec: What the document is to be; None makes all sections, in Spanish.

    Raises:
        NotFoundError: There is no such country or region.
        RefusedError: Rows may not be passed on by the terms of their dataset, and it is not for one's own use.
        MissingExtraError: The extra `pictures` is not installed.

    Example:
        >>> from willay.events.country_profile import country_profile
        >>> from willay.events.store import Store
        >>> with Store.create("nowhere.gpkg", country="PE") as store:
        ...     country_profile(store).sections[0].key
        'key'
    """
    from willay.maps.profile import profile_document  # noqa: PLC0415 — charts need an extra

    request, spec = request or ProfileRequest(), spec or ProfileSpec()
    return profile_document(profile_record(store, request, spec.lang), spec)


def profile_record(store: Store, request: ProfileRequest, lang: str = "es") -> ProfileRecord:
    """Return what a profile is made from, as one disclosure profile shows it at one moment.

    Raises as `country_profile` does.
    """
    from willay.maps.profile import ProfileRecord  # noqa: PLC0415 — as above

    seen, as_of = request.profile, request.query.as_of
    regions = store.regions.select(lang=lang, as_of=as_of, profile=seen)
    area, query, country = _area(store, request, regions)
    frame = store.read.select(query, policy=request.policy, lang=lang, profile=seen)
    if country:
        frame = frame[(frame["country"] == country).fillna(value=False)].reset_index(drop=True)
    if not request.is_for_own_use:
        check_publishable(frame, barred(store.registers.datasets()))
    sources, actors, cases = store.registers.shown(seen, as_of)
    return ProfileRecord(
        frame=frame,
        area=area,
        regions=regions,
        indicators=store.registers.indicators(seen, as_of),
        cases=cases,
        actors=actors,
        sources={source.key: source for source in sources} | store.registers.sources_of_indicators(seen, as_of),
        base=shipped_base(home_countries(frame) or [store.country]),
    )


def _area(store: Store, request: ProfileRequest, regions: gpd.GeoDataFrame) -> tuple[Area, IncidentQuery, str | None]:
    """Return the area asked for, the query of its incidents, and the country that these must be in, or None."""
    asked = request.area
    if asked is None:
        return _country(store.country), request.query, None
    try:
        code = country_code(asked)
    except UnknownTermError:
        return (*_region(asked, request.query, regions), None)
    return _country(code, is_whole=code == store.country), request.query, code


def _country(code: str, *, is_whole: bool = True) -> Area:
    from willay.maps.profile import Area  # noqa: PLC0415 — as above

    return Area({lang: country_name(code, lang) for lang in LANGS}, frozenset({code}), is_whole)


def _region(asked: str, query: IncidentQuery, regions: gpd.GeoDataFrame) -> tuple[Area, IncidentQuery]:
    """Return a region, by SET/KEY or its key alone, and the query of its incidents.

    Raises:
        NotFoundError: There is no such region.
    """
    from willay.maps.profile import Area  # noqa: PLC0415 — as above

    wanted = folded(asked)
    named = [row for row in regions.to_dict("records") if wanted in map(folded, _called(row))]
    if not named:
        raise NotFoundError(
            tr(
                "Unknown country or region {asked!r}. Give a country's code or name, or a region as "
                "SET/KEY or by its name. To see the regions: willay regions list",
                asked=asked[:80],
            )
        )
    row = named[-1]
    names = {lang: str(row.get(f"name_{lang}") or row["name"]) for lang in LANGS}
    whole = f"{row['set']}/{row['key']}"
    codes = frozenset(str(code) for code in (whole, row["key"], row["admin_code"]) if code)
    return Area(names, codes, is_whole=False), replace(query, regions=(whole,))


def _called(region: Mapping[Hashable, Any]) -> list[str]:
    """Return what a region can be asked for by."""
    columns = ("key", "admin_code", "name", "name_es", "name_en")
    names = (f"{region['set']}/{region['key']}", *map(region.get, columns))
    return [str(name) for name in names if name]
