"""What a profile is made from: incidents, regions, indicators, cases, actors and sources, after disclosure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from willay.events.frame.frame import cells
from willay.maps.incidents import incident_columns
from willay.maps.profile.facts import facts_of
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from willay.events.model.drafts import ActorDraft, CaseDraft, IndicatorDraft, SourceDraft
    from willay.maps.base import BaseMap
    from willay.maps.details import Cards
    from willay.maps.incidents import IncidentColumns
    from willay.maps.profile.facts import Fact
    from willay.maps.regions import RegionColumns


@dataclass(frozen=True, slots=True)
class Area:
    """What a profile is about.

    Attributes:
        names: Its names by language.
        codes: What indicators call it: a country code, an administrative code, or SET/KEY of a region.
        is_whole: Whether it is all of the database's country, so that cases and actors are not chosen by incidents.
    """

    names: Mapping[str, str]
    codes: frozenset[str]
    is_whole: bool = True


@dataclass(frozen=True, kw_only=True)
class ProfileRecord:
    """What a profile is made from; all of it as one disclosure profile shows it, at one moment.

    Attributes:
        frame: The incidents of the area and period, with their details.
        area: What the document is about.
        regions: Versions of regions, as `store.regions.select` gives them; None where there are none.
        indicators: All indicators, of other areas too, for comparison.
        cases: The cases.
        actors: The actors.
        sources: The sources by key.
        base: What is drawn under the map; None draws no land.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import ProfileRecord, ProfileSpec, profile_document
        >>> from willay.maps.profile import Area
        >>> march = {"title": ["March"], "type": ["protest"], "first_day": ["2021-03-07"]}
        >>> frame = make_frame(march, [shapely.Point(-76.5, -12)])
        >>> record = ProfileRecord(frame=frame, area=Area({"en": "Nowhere"}, frozenset({"XX"})))
        >>> profile_document(record, ProfileSpec(lang="en")).title
        'Nowhere: profile of incidents and indicators'
    """

    frame: gpd.GeoDataFrame
    area: Area
    regions: gpd.GeoDataFrame | None = None
    indicators: tuple[IndicatorDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    actors: tuple[ActorDraft, ...] = ()
    sources: Mapping[str, SourceDraft] = field(default_factory=dict)
    base: BaseMap | None = None

    @cached_property
    def incidents(self) -> IncidentColumns:
        """The incidents in order of day, with their columns as pages have them."""
        return incident_columns(self.frame, self._shapes)

    @cached_property
    def areas(self) -> RegionColumns:
        """The regions, and which incidents each one holds."""
        return region_columns(self.regions, self.incidents, self._shapes)

    @property
    def cards(self) -> Cards:
        """The incidents' cards, in their order, each parsed when it is asked for."""
        return self.incidents.cards

    @cached_property
    def facts(self) -> list[Fact]:
        """What counts of each incident, in their order."""
        return list(facts_of(self.incidents.cards))

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The incidents' plain cells that a document needs, in their order."""
        names = ("code", "first_day", "last_day", "date_precision", "place_name", "adm1", "type", "subtype", "counted")
        columns = [cells(self.incidents.frame, name) for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    @cached_property
    def _shapes(self) -> ShapeTable:
        return ShapeTable()

    @cached_property
    def own_indicators(self) -> tuple[IndicatorDraft, ...]:
        """The indicators of the area."""
        return tuple(one for one in self.indicators if one.area in self.area.codes)
