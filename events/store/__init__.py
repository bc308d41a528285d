"""The store: incidents, their sources and their history in one file that is also a GeoPackage.

Everything goes through `Store`; drafts go in, incident frames come out.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

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

_HOME: Final = {
    "model.foreign": ("DatasetTerms",),
    "store.deeds": ("Act", "Touched", "Undoable", "UndoStep"),
    "store.read.acts": ("ActsAsked",),
    "store.record.region_sets": ("RegionSet",),
    "store.results": (
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
    "store.store": ("Store",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 — whatever the name stands for
    """Import a public name when it is first asked for."""
    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"willay.events.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
