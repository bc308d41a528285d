"""The layer of regions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from willay.maps.layers.blocks import layer_blocks
from willay.maps.layers.layer import DataLayer
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    import geopandas as gpd


class RegionLayer(DataLayer):
    """Regions coloured by a sum or a rate of their incidents, the same classes as a page's.

    Example:
        >>> import folium, geopandas, shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import RegionLayer
        >>> frame = make_frame({"title": ["March"], "type": ["protest"]}, [shapely.Point(-76.5, -12)])
        >>> areas = {"set": ["units"], "key": ["west"], "name": ["West"]}
        >>> regions = geopandas.GeoDataFrame(areas, geometry=[shapely.box(-77, -13, -76, -11)], crs=4326)
        >>> _ = RegionLayer(frame, regions).add_to(folium.Map())
    """

    kind: ClassVar[str] = "regions"
    function: ClassVar[str] = "addRegions"
    join: ClassVar[tuple[str, str]] = ("alone/regions", "joinRegions")

    def __init__(
        self,
        frame: gpd.GeoDataFrame,
        regions: gpd.GeoDataFrame,
        spec: PageSpec | None = None,
        *,
        name: str | None = None,
        show: bool = True,
        control: bool = True,
    ) -> None:
        """Make a layer of an incident frame and regions, for anyone's `folium.Map`.

        Args:
            frame: The incidents.
            regions: The regions (EPSG:4326), of one set or several (column `set`).
            spec: Measure, bound, rate, scheme, classes, set and language; None counts incidents, in Spanish.
            name: What a layer control calls it; None takes the word of the language.
            show: Whether it shows from the start.
            control: Whether a layer control lists it.

        Raises:
            FrameError: The table is not an incident frame.
            TableError: The regions lack a column or a CRS.
        """
        spec = replace(spec or PageSpec(), kind="choropleth", window="window")
        super().__init__(layer_blocks(frame, spec, regions), name=name, lang=spec.lang, show=show, control=control)
