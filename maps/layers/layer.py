"""What the layers have in common: each stands on the page, or alone on anyone's Folium map.

On the page, all layers read one payload, and the page's scripts call them. Alone, a layer carries its own data;
the scripts, and a payload that several layers share, are written into the document once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

import folium
from branca.element import MacroElement

from willay.maps.layers.bundle import bundle_of
from willay.maps.messages import messages
from willay.maps.templating import template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from willay.maps.layers.elements import Payload


class DataLayer(folium.map.Layer):
    """A layer of Leaflet that one function of `maps/static` draws from a payload.

    Attributes:
        kind: What it shows; `layer-<kind>.js` draws it, and the messages name it by `view_<kind>`.
        function: The function that adds it to a map.
        join: The script and its function that join it to a map which is not a page of ours.
    """

    kind: ClassVar[str]
    function: ClassVar[str]
    join: ClassVar[tuple[str, str]]

    blocks: dict[str, str]
    lang: str
    data: Payload | None

    def __init__(
        self,
        blocks: Mapping[str, str],
        *,
        name: str | None = None,
        lang: str = "es",
        show: bool = True,
        control: bool = True,
    ) -> None:
        """Make a layer that stands alone.

        Args:
            blocks: Its payloads (`payload.pack`) by what they hold: `core` and `texts`.
            name: What a layer control calls it; None takes the word of the page's language.
            lang: Language of popups and tips, `es` or `en`.
            show: Whether it shows from the start.
            control: Whether a layer control lists it.
        """
        label = str(messages(lang)[f"view_{self.kind}"]) if name is None else name
        self._set_up(label, show=show, control=control)
        self._template = template("layer_alone.html")
        self.blocks, self.lang = dict(blocks), lang

    @classmethod
    def on_page(cls, numbers: Iterator[int], data: Payload) -> Self:
        """Make the layer of a page, which reads the page's payload and gets its number from the page."""
        layer = cls.__new__(cls)  # what a layer alone is made of, a frame, is the page's
        layer._set_up(cls.kind, show=False, control=False)  # noqa: SLF001 — its own class
        layer._belong(str(next(numbers)), data)  # noqa: SLF001 — as above
        return layer

    def _set_up(self, name: str, *, show: bool, control: bool) -> None:
        folium.map.Layer.__init__(self, name=name, overlay=True, control=control, show=show)
        self._name = type(self).__name__
        self.data, self.blocks, self.lang = None, {}, ""

    def _belong(self, number: str, data: Payload) -> None:
        self._id, self.data = number, data
        self._template = template("layer_page.html")

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # noqa: ANN401 — as in Folium, which returns nothing
        """Add the layer to its document; alone, also its data and the scripts that it needs."""
        if self.data is None:
            self._id = bundle_of(self.get_root()).add(self)
        # Not Folium's own way, which adds the layer to its map once more each time that the document is written.
        MacroElement.render(self, **kwargs)  # type: ignore[no-untyped-call]  # branca's own
