"""From a question to the incident frame, with areas that a query cannot name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from willay.data.profiles import as_profile
from willay.events.frame.provenance import origin_of, stating
from willay.events.front.query import Query
from willay.geo.translation import language

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.data.profiles import Profile
    from willay.events.frame.query import IncidentQuery
    from willay.events.front.words import PolicyLike, ProfileLike
    from willay.events.store import Store

_OF_ALL = ("left_out", "coarsened", "unpublished", "left_out_by_terms")
"""What a frame states of all that answers; of those within areas it is not known."""


def combined(query: Query | IncidentQuery | None, filters: dict[str, Any]) -> Query:
    """Return one query of a query and of filters, each of which may be missing.

    Raises:
        QueryError: A filter cannot be read, or both state the same one.
    """
    asked = Query(**filters)
    if query is None:
        return asked
    return (query if isinstance(query, Query) else Query.of(query)) & asked


def profile_asked(profile: ProfileLike, own: Profile | None) -> Profile | None:
    """Return the disclosure profile that is asked for; `...` is that of the database."""
    return own if profile is ... else as_profile(profile)


def language_for(frame: gpd.GeoDataFrame, lang: str | None) -> str:
    """Return the language asked for; of None that of the frame, or else that of messages."""
    return lang or origin_of(frame).get("lang") or language()


def selected(
    store: Store, query: Query, *, policy: PolicyLike | None, profile: Profile | str | None, lang: str, details: bool
) -> gpd.GeoDataFrame:
    """Return the incident frame that answers a question; raises as `store.read.select` does."""
    frame = store.read.select(query.asked, policy=policy, lang=lang, details=details, profile=profile)
    if query.areas is None:
        return frame
    within = frame[_lies_within(frame, query.areas)].reset_index(drop=True)
    question = "; ".join(part for part in (frame.attrs.get("question", ""), query.area_words()) if part)
    origin = {name: value for name, value in frame.attrs.items() if name not in _OF_ALL}
    return stating(within, origin | {"question": question})


def _lies_within(frame: gpd.GeoDataFrame, areas: gpd.GeoSeries) -> list[bool]:
    """Return which incidents lie in areas, by the rule for regions: none is guessed into one smaller than its place."""
    import geopandas as gpd  # noqa: PLC0415 — most questions are in words

    from willay.events.frame.membership import members  # noqa: PLC0415 — as above

    unknown = dict.fromkeys(("valid_from", "valid_until", "admin_code"))
    table = gpd.GeoDataFrame(
        {"set": "asked", "key": [str(number) for number in range(len(areas))], **unknown},
        geometry=areas.to_numpy(),
        crs=areas.crs,
    )
    held = set(members(frame, table)["incident"])
    return [row in held for row in range(len(frame))]
