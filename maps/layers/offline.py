"""A Folium map that asks for nothing from a network: Leaflet is inside the document."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Final

import folium
from branca.element import Element, Figure, Link

from willay.geo.translation import tr
from willay.maps.assets import leaflet_pictures, leaflet_script, leaflet_style, offline_script
from willay.maps.errors import SpecError
from willay.maps.templating import template

if TYPE_CHECKING:
    from collections.abc import Sequence

POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""The rules by which the browser keeps the document from any request, whatever is added to the map."""

_HEAD: Final = "willay_offline"


def offline_map(
    location: Sequence[float] | None = None,
    *,
    zoom_start: int = 10,
    title: str | None = None,
    **options: Any,  # noqa: ANN401 — handed on to Folium as they come
) -> folium.Map:
    """Return a `folium.Map` whose document works without a network.

    Leaflet is written into the document, and the browser is forbidden every request. Layers of `willay.maps`, and
    Folium's own shapes, markers, popups, tooltips and layer control work on it; what Folium gets from the network does
    not: tiles, icons of fonts (markers have Leaflet's own), Bootstrap, and plugins, which are refused.

    Args:
        location: Latitude and longitude of the middle, in this order, as Folium has them; None shows the world.
        zoom_start: The zoom that the map opens with.
        title: The title of the document.
        options: Other arguments of `folium.Map`, without `tiles`.

    Raises:
        SpecError: Tiles are asked for; or, when the map is written, something on it needs a file of the network.

    Example:
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import BaseLayer, PointLayer, offline_map
        >>> frame = make_frame({"title": ["March"], "type": ["protest"]}, [shapely.Point(36.8, -1.3)])
        >>> drawn = offline_map([0.4, 37.9], zoom_start=6)
        >>> for layer in (BaseLayer("KE", lang="en"), PointLayer(frame, lang="en")):
        ...     _ = layer.add_to(drawn)
        >>> drawn.save("map.html")
    """
    if options.pop("tiles", None) is not None:
        raise SpecError(
            tr("A map without a network has no tiles. Leave tiles out, and add a BaseLayer for land and names.")
        )
    drawn = OfflineMap(location, zoom_start=zoom_start, tiles=None, **options)
    _figure_of(drawn).title = escape(title) if title else None  # branca writes it as it is
    return drawn


class OfflineMap(folium.Map):
    """A Folium map whose document carries Leaflet, and asks for nothing."""

    default_js: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]  # Folium reads them from the class
    default_css: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]  # as above

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 — as in Folium, which returns nothing
        """Add the map to its document, behind Leaflet; refuse what would ask for a file.

        Raises:
            SpecError: Something on the map needs a file of the network.
        """
        figure = _figure_of(self)
        head = figure.header._children  # noqa: SLF001 — branca has no other way to give an order
        figure.header.add_child(_Head(), name=_HEAD)
        for name in (_HEAD, "meta_http"):  # the encoding of the document comes first
            if name in head:
                head.move_to_end(name, last=False)
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # Folium's own
        _check(figure)


class _Head(Element):
    """What an offline document has at its head: the rules, Leaflet, and what Folium needs besides."""

    def __init__(self) -> None:
        super().__init__()
        self._name = "OfflineHead"
        self._template = template("layer_offline.html")
        self.policy, self.styles, self.leaflet = POLICY, leaflet_style(), leaflet_script()
        self.pictures, self.scripts = leaflet_pictures(), offline_script()


def _figure_of(drawn: folium.Map) -> Figure:
    root = drawn.get_root()
    if not isinstance(root, Figure):
        raise TypeError(tr("A map must be part of a document, not of {name}.", name=type(root).__name__))
    return root


def _check(figure: Figure) -> None:
    for name, element in figure.header._children.items():  # noqa: SLF001 — as above
        if isinstance(element, Link):
            raise SpecError(
                tr(
                    "{name!r} on the map needs a file of the network: {url}. Leave it out, or use a folium.Map.",
                    name=str(name)[:80],
                    url=element.url[:120],
                )
            )
