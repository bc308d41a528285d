"""Folium elements of a page: its map, its data, and the call that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import folium
from branca.element import MacroElement

from willay.maps.templating import template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class _Numbered(MacroElement):
    """An element whose id is a number that the page counts, so that the same page has the same ids."""

    def __init__(self, numbers: Iterator[int]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self._name = type(self).__name__
        self._id = str(next(numbers))


class PageMap(folium.Map):
    """A Folium map that fetches nothing: no script, no style, and no tiles unless they are asked for."""

    default_js: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]  # Folium reads them from the class
    default_css: ClassVar[list[tuple[str, str]]] = []  # type: ignore[misc]  # as above

    def __init__(self, numbers: Iterator[int], tiles: str | None = None) -> None:
        super().__init__(tiles=None)
        self._template = template("layer_map.html")
        self._id = str(next(numbers))
        self.settings = {"tiles": tiles}

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 — as in Folium, which returns nothing
        """Add the map to its page, without the switches that Folium writes as a script of its own."""
        MacroElement.render(self, **kwargs)  # type: ignore[no-untyped-call]  # branca's own


class Payload(_Numbered):
    """A block of data in a script element that the page reads: `payload.pack`'s text, base64."""

    def __init__(self, numbers: Iterator[int], text: str, name: str) -> None:
        super().__init__(numbers)
        self._template = template("layer_payload.html")
        self.text = text
        self.block = name


class Start(_Numbered):
    """The call that joins map, layers and panels, made last."""

    def __init__(self, numbers: Iterator[int], parts: Mapping[str, MacroElement]) -> None:
        super().__init__(numbers)
        self._template = template("layer_start.html")
        self.parts = parts
