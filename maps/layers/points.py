"""The layer of points."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from willay.maps.layers.blocks import layer_blocks
from willay.maps.layers.layer import DataLayer
from willay.maps.spec import PageSpec

if TYPE_CHECKING:
    import geopandas as gpd


class PointLayer(DataLayer):
    """Incidents as points, rings and areas on one canvas.

    What is known only nearly is drawn as a ring of its radius or as its area, never as a point.
    A click opens a popup with what the incidents are.

    Example:
        >>> import folium, shapely
        >>> from willay.events import make_frame
        >>> from willay.maps import PointLayer
        >>> frame = make_frame({"title": ["March"], "type": ["protest"]}, [shapely.Point(-76.5, -12)])
        >>> _ = PointLayer(frame, lang="en").add_to(folium.Map())
    """

    kind: ClassVar[str] = "points"
    function: ClassVar[str] = "addPoints"
    join: ClassVar[tuple[str, str]] = ("alone/incidents", "joinIncidents")

    def __init__(
        self,
        frame: gpd.GeoDataFrame,
        *,
        name: str | None = None,
        lang: str = "es",
        show: bool = True,
        control: bool = True,
    ) -> None:
        """Make a layer of an incident frame, for anyone's `folium.Map`; the other arguments are `DataLayer`'s.

        Raises:
            FrameError: The table is not an incident frame.
        """
        super().__init__(layer_blocks(frame, PageSpec(lang=lang)), name=name, lang=lang, show=show, control=control)
