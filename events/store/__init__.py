"""The store: incidents, their sources and their history in one file that is also a GeoPackage.

Everything goes through `Store`; drafts go in, incident frames come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names

if TYPE_CHECKING:
    from willay.events.model.foreign import DatasetTerms
    from willay.events.store.deeds import Act, Touched, Undoable, UndoStep
    from willay.events.store.read.acts import ActsAsked
    from willay.events.store.record.region_sets import RegionSet
    from willay.events.store.results import (
        Added,
        Head,
        Likely,
        PlacePreview,
        Preview,
        Problem,
        Redacted,
        RegionHit,
        Revised,
        RevisionRow,
        Stored,
    )
    from willay.events.store.store import Store

__all__ = [
    "Act",
    "ActsAsked",
    "Added",
    "DatasetTerms",
    "Head",
    "Likely",
    "PlacePreview",
    "Preview",
    "Problem",
    "Redacted",
    "RegionHit",
    "RegionSet",
    "Revised",
    "RevisionRow",
    "Store",
    "Stored",
    "Touched",
    "UndoStep",
    "Undoable",
]

_HOMES: Final = {
    "..model.foreign": ("DatasetTerms",),
    ".deeds": ("Act", "Touched", "Undoable", "UndoStep"),
    ".read.acts": ("ActsAsked",),
    ".record.region_sets": ("RegionSet",),
    ".results": (
        "Added",
        "Head",
        "Likely",
        "PlacePreview",
        "Preview",
        "Problem",
        "Redacted",
        "RegionHit",
        "Revised",
        "RevisionRow",
        "Stored",
    ),
    ".store": ("Store",),
}


__getattr__, __dir__ = lazy_names(__name__, _HOMES)
