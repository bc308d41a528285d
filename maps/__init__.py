"""Pages: an incident frame in, one HTML file out that needs no network.

`render(frame, PageSpec(...), regions, base)` is the way in; `Page.save` writes the file.
"""

from __future__ import annotations

from willay.maps.base import BaseMap
from willay.maps.errors import MapsError, ScriptError, SpecError, TableError
from willay.maps.page import Page, render
from willay.maps.spec import PageSpec

__all__ = [
    "BaseMap",
    "MapsError",
    "Page",
    "PageSpec",
    "ScriptError",
    "SpecError",
    "TableError",
    "render",
]
