"""The table that maps and files read: the query, the columns, the rows made from documents, cards and regions.

The names of the incident frame itself are here as well; they are loaded when first used, so that who reads lists of
plain cells is spared geopandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names

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


_HOMES: Final = {
    ".columns": ("details_of",),
    ".frame": ("blank_frame", "check_frame", "explode_places", "make_frame", "open_ended", "summable"),
}

__getattr__, __dir__ = lazy_names(__name__, _HOMES)
