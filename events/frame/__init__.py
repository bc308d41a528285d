"""The table that maps and files read: the query, the columns, the rows made from documents, cards and regions.

The names of the incident frame itself are here as well; they are loaded when first used, so that who reads lists of
plain cells is spared geopandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from willay.events.frame.columns import details_of
    from willay.events.frame.frame import blank_frame, check_frame, explode_places, make_frame, open_ended, summable

__all__ = [
    "blank_frame",
    "check_frame",
    "details_of",
    "explode_places",
    "make_frame",
    "open_ended",
    "summable",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 — whatever the name stands for
    """Load a name when it is first used."""
    if name in __all__:
        home = "columns" if name == "details_of" else "frame"
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
