"""Pages: an incident frame in, one HTML file out that needs no network.

`render(frame, PageSpec(...), regions, base)` is the way in; `Page.save` writes the file. Each layer stands alone
on anyone's `folium.Map` too. Names are loaded when first used, so that a page costs no drawing library and
a picture no Folium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names
from willay.geo.translation import add_catalogues

if TYPE_CHECKING:
    from willay.maps.base import BaseMap
    from willay.maps.embedding import iframe_line
    from willay.maps.errors import MapsError, PrintError, ScriptError, SpecError, TableError
    from willay.maps.layers import BaseLayer, ClusterLayer, DensityLayer, PointLayer, RegionLayer, offline_map
    from willay.maps.page import Page, render
    from willay.maps.pictures import Picture, PictureSpec, picture
    from willay.maps.profile import ProfileRecord, ProfileSpec, profile_document, write_document
    from willay.maps.spec import PageSpec
    from willay.maps.story import Story, View, read_story
    from willay.maps.summed_page import render_sums
    from willay.maps.summed_rows import SummedRows

_HOMES: Final = {
    ".base": ("BaseMap",),
    ".embedding": ("iframe_line",),
    ".errors": ("MapsError", "PrintError", "ScriptError", "SpecError", "TableError"),
    ".layers": ("BaseLayer", "ClusterLayer", "DensityLayer", "PointLayer", "RegionLayer", "offline_map"),
    ".page": ("Page", "render"),
    ".pictures": ("Picture", "PictureSpec", "picture"),
    ".profile": ("ProfileRecord", "ProfileSpec", "profile_document", "write_document"),
    ".spec": ("PageSpec",),
    ".story": ("Story", "View", "read_story"),
    ".summed_page": ("render_sums",),
    ".summed_rows": ("SummedRows",),
}

__all__ = [
    "BaseLayer",
    "BaseMap",
    "ClusterLayer",
    "DensityLayer",
    "MapsError",
    "Page",
    "PageSpec",
    "Picture",
    "PictureSpec",
    "PointLayer",
    "PrintError",
    "ProfileRecord",
    "ProfileSpec",
    "RegionLayer",
    "ScriptError",
    "SpecError",
    "Story",
    "SummedRows",
    "TableError",
    "View",
    "iframe_line",
    "offline_map",
    "picture",
    "profile_document",
    "read_story",
    "render",
    "render_sums",
    "write_document",
]

add_catalogues("willay.maps")


__getattr__, __dir__ = lazy_names(__name__, _HOMES)
