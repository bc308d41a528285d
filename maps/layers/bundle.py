"""What layers that stand alone share in a document: scripts, styles and payloads, each written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from branca.element import Element, Figure

from willay.geo.translation import tr
from willay.maps.assets import layer_script, layer_style
from willay.maps.templating import template

if TYPE_CHECKING:
    from willay.maps.layers.layer import DataLayer

_NAME: Final = "willay_layers"


class Bundle(Element):
    """The one element of a document that carries the scripts, styles and payloads of all layers in it.

    It is filled while the document's other elements render, and written after them. Its payloads and layers are
    counted from 1 in the order in which they come, so that the same document has the same ids.
    """

    def __init__(self) -> None:
        super().__init__()
        self._name = "Bundle"
        self._template = template("layers_bundle.html")
        self.layers: dict[int, DataLayer] = {}
        self.payloads: dict[str, str] = {}

    def add(self, layer: DataLayer) -> str:
        """Take a layer in, unless it is here already, and return its number in the document."""
        for number, known in self.layers.items():
            if known is layer:
                return str(number)
        for text in layer.blocks.values():
            self.payloads.setdefault(text, f"willay_payload_{len(self.payloads) + 1}")
        self.layers[len(self.layers) + 1] = layer
        return str(len(self.layers))

    def ids(self, layer: DataLayer) -> dict[str, str]:
        """Return the ids of the script elements that hold a layer's payloads, by what they hold."""
        return {name: self.payloads[text] for name, text in layer.blocks.items()}

    @property
    def styles(self) -> str:
        """The styles that layers need next to Leaflet's."""
        return layer_style()

    @property
    def scripts(self) -> str:
        """The scripts of the kinds of layers that are here."""
        drawn = {(f"map/layer-{layer.kind}", layer.function) for layer in self.layers.values()}
        return layer_script(
            (("alone/alone", "standAlone"), *sorted(drawn | {layer.join for layer in self.layers.values()}))
        )


def bundle_of(root: Element) -> Bundle:
    """Return the bundle of a document, made when the first layer asks for it.

    Raises:
        TypeError: The layer is not inside a document (add it to a `folium.Map` first).
    """
    if not isinstance(root, Figure):
        raise TypeError(
            tr("A layer must be part of a document, not of {name}. Add it to a folium.Map.", name=type(root).__name__)
        )
    known = root.html._children.get(_NAME)  # noqa: SLF001 — branca has no other way to ask
    bundle = known if isinstance(known, Bundle) else Bundle()
    root.html.add_child(bundle, name=_NAME)
    return bundle
