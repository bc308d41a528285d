"""willay: a database of conflict incidents in which every figure has its source, with maps that work offline.

`import willay as wy` is the front door: open a database, ask it in the words of the command line, make maps and files.
Names are loaded when they are first used. The library below is in `willay.events`, `willay.maps`, `willay.data` and
`willay.geo`.

Example:
    >>> import willay as wy
    >>> with wy.create("kenya.gpkg", country="KE") as db:
    ...     frame = db.select(type="protest", days="2009/2012")
    >>> len(frame)
    0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names

if TYPE_CHECKING:
    from willay.events.frame.frame import explode_places, make_frame
    from willay.events.front.changing import Changes
    from willay.events.front.database import Database
    from willay.events.front.figure import Figure, Source
    from willay.events.front.files import write
    from willay.events.front.incident import Incident
    from willay.events.front.maps import Map, atlas, choropleth, timeline
    from willay.events.front.opening import create, open  # noqa: A004 — `wy.open`
    from willay.events.front.previewing import Preview
    from willay.events.front.profiles import ProfileDocument, profile
    from willay.events.front.query import Query
    from willay.events.front.releasing import Release, release
    from willay.events.front.stating import Claim, claim
    from willay.events.model.errors import (
        DisclosureWarning,
        DraftError,
        EventsWarning,
        FrameError,
        FrameWarning,
        NotFoundError,
        QueryError,
        RefusedError,
    )
    from willay.events.model.voices import Voice
    from willay.geo.roots import Error
    from willay.maps.base import BaseMap
    from willay.maps.layers import BaseLayer, ClusterLayer, DensityLayer, PointLayer, RegionLayer, offline_map

__all__ = [
    "BaseLayer",
    "BaseMap",
    "Changes",
    "Claim",
    "ClusterLayer",
    "Database",
    "DensityLayer",
    "DisclosureWarning",
    "DraftError",
    "Error",
    "EventsWarning",
    "Figure",
    "FrameError",
    "FrameWarning",
    "ImportMapping",
    "ImportReport",
    "Incident",
    "Map",
    "NotFoundError",
    "PointLayer",
    "Preview",
    "ProfileDocument",
    "Query",
    "QueryError",
    "RefusedError",
    "RegionLayer",
    "Release",
    "Source",
    "Voice",
    "atlas",
    "choropleth",
    "claim",
    "create",
    "explode_places",
    "make_frame",
    "offline_map",
    "open",
    "profile",
    "release",
    "timeline",
    "write",
]

_HOMES: Final = {
    ".events.frame.frame": ("explode_places", "make_frame"),
    ".events.front.changing": ("Changes",),
    ".events.front.database": ("Database",),
    ".events.front.files": ("write",),
    ".events.front.figure": ("Figure", "Source"),
    ".events.front.imported": ("ImportMapping", "ImportReport"),
    ".events.front.incident": ("Incident",),
    ".events.front.maps": ("Map", "atlas", "choropleth", "timeline"),
    ".events.front.opening": ("create", "open"),
    ".events.front.profiles": ("ProfileDocument", "profile"),
    ".events.front.previewing": ("Preview",),
    ".events.front.query": ("Query",),
    ".events.front.releasing": ("Release", "release"),
    ".events.front.stating": ("Claim", "claim"),
    ".events.model.errors": (
        "DisclosureWarning",
        "DraftError",
        "EventsWarning",
        "FrameError",
        "FrameWarning",
        "NotFoundError",
        "QueryError",
        "RefusedError",
    ),
    ".events.model.voices": ("Voice",),
    ".geo.roots": ("Error",),
    ".maps.base": ("BaseMap",),
    ".maps.layers": ("BaseLayer", "ClusterLayer", "DensityLayer", "PointLayer", "RegionLayer", "offline_map"),
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
