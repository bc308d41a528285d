"""The layer of land, water and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from willay.data.countries import countries_named
from willay.events.frame.frame import make_frame
from willay.maps.layers.blocks import layer_blocks
from willay.maps.layers.layer import DataLayer
from willay.maps.shipped import shipped_base, shipped_world
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    from willay.maps.base import BaseMap


class BaseLayer(DataLayer):
    """Land, water, borders and names, drawn from outlines that the document carries: a map without tiles.

    Example:
        >>> import folium
        >>> from willay.maps import BaseLayer
        >>> drawn = folium.Map(location=[0.4, 37.9], zoom_start=6, tiles=None)
        >>> _ = BaseLayer("KE", lang="en").add_to(drawn)
        >>> world = BaseLayer(name="Land").add_to(folium.Map(tiles=None))
    """

    kind: ClassVar[str] = "base"
    function: ClassVar[str] = "addBase"
    join: ClassVar[tuple[str, str]] = ("alone/base", "joinBase")

    def __init__(
        self,
        base: BaseMap | str | None = None,
        *,
        name: str | None = None,
        lang: str = "es",
        show: bool = True,
        control: bool = True,
    ) -> None:
        """Make a layer of a base map, for anyone's `folium.Map`.

        Args:
            base: A base map of your own; or a country, or several with commas between them, by code or name (`"KE"`,
                `"CO,VE"`): of up to five, their units, water and towns; or None, the countries of the world.
            name: What a layer control calls it; None takes the word of the language.
            lang: Language of the names on the map, `es` or `en`.
            show: Whether it shows from the start.
            control: Whether a layer control lists it.

        Raises:
            TableError: A table of the base map is not in EPSG:4326.
            UnknownTermError: No country has such a code or name.
        """
        blocks = layer_blocks(make_frame({}, []), PageSpec(lang=lang), base=_base_of(base))
        super().__init__(blocks, name=name, lang=lang, show=show, control=control)


def _base_of(asked: BaseMap | str | None) -> BaseMap:
    if isinstance(asked, str):
        return shipped_base(countries_named(asked)) or shipped_world()
    return shipped_world() if asked is None else asked
