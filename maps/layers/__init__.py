"""The parts of the page's map as Folium elements: each a few lines that call a function of `maps/static`."""

from __future__ import annotations

from willay.maps.layers.elements import BaseLayer, PageMap, Payload, PointLayer, RegionLayer, Start

__all__ = ["BaseLayer", "PageMap", "Payload", "PointLayer", "RegionLayer", "Start"]
