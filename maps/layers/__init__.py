"""The layers of a map, each usable alone on anyone's `folium.Map`, and the other parts of a page's map."""

from __future__ import annotations

from willay.maps.layers.base import BaseLayer
from willay.maps.layers.clusters import ClusterLayer
from willay.maps.layers.density import DensityLayer
from willay.maps.layers.elements import PageMap, Payload, Start
from willay.maps.layers.offline import offline_map
from willay.maps.layers.points import PointLayer
from willay.maps.layers.regions import RegionLayer

__all__ = [
    "BaseLayer",
    "ClusterLayer",
    "DensityLayer",
    "PageMap",
    "Payload",
    "PointLayer",
    "RegionLayer",
    "Start",
    "offline_map",
]
