"""The layer of density."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from willay.maps.layers.blocks import layer_blocks
from willay.maps.layers.layer import DataLayer
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.maps.base import BaseMap


class DensityLayer(DataLayer):
    """How closely incidents lie: colours by their number in small cells, clipped to the land.

    Incidents known only to a wider area are left out: they have no cell.
    A click opens a popup with what the incidents are.

    Example:
        >>> import folium, shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import DensityLayer
        >>> frame = make_frame({"title": ["March"], "type": ["protest"]}, [shapely.Point(-76.5, -12)])
        >>> _ = DensityLayer(frame, lang="en").add_to(folium.Map())
    """

    kind: ClassVar[str] = "density"
    function: ClassVar[str] = "addDensity"
    join: ClassVar[tuple[str, str]] = ("alone/incidents", "joinIncidents")

    def __init__(
        self,
        frame: gpd.GeoDataFrame,
        base: BaseMap | None = None,
        *,
        name: str | None = None,
        lang: str = "es",
        show: bool = True,
        control: bool = True,
    ) -> None:
        """Make a layer of an incident frame, for anyone's `folium.Map`.

        Args:
            frame: The incidents.
            base: Its country and neighbours are the land that the colours are clipped to; None clips nothing.
            name: What a layer control calls it; None takes the word of the language.
            lang: Language of popups and tips, `es` or `en`.
            show: Whether it shows from the start.
            control: Whether a layer control lists it.

        Raises:
            FrameError: The table is not an incident frame.
            TableError: A table of the base map is not in EPSG:4326.
        """
        blocks = layer_blocks(frame, PageSpec(lang=lang), base=base)
        super().__init__(blocks, name=name, lang=lang, show=show, control=control)
