"""The layer of land, water and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from willay.events.frame.frame import make_frame
from willay.maps.layers.blocks import layer_blocks
from willay.maps.layers.layer import DataLayer
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    from willay.maps.base import BaseMap


class BaseLayer(DataLayer):
    """Land, water, borders and names, drawn from outlines that the document carries: a map without tiles.

    Example:
        >>> import folium
        >>> from willay.maps import BaseLayer, BaseMap
        >>> _ = BaseLayer(BaseMap(), lang="en").add_to(folium.Map())
    """

    kind: ClassVar[str] = "base"
    function: ClassVar[str] = "addBase"
    join: ClassVar[tuple[str, str]] = ("alone/base", "joinBase")

    def __init__(
        self,
        base: BaseMap,
        *,
        name: str | None = None,
        lang: str = "es",
        show: bool = True,
        control: bool = True,
    ) -> None:
        """Make a layer of a base map, for anyone's `folium.Map`; the other arguments are `DataLayer`'s.

        Raises:
            TableError: A table of the base map is not in EPSG:4326.
        """
        blocks = layer_blocks(make_frame({}, []), PageSpec(lang=lang), base=base)
        super().__init__(blocks, name=name, lang=lang, show=show, control=control)
