"""The payloads that a layer alone carries: the same columns as a page, of its own frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from willay.maps.base import BaseMap, base_columns
from willay.maps.header import page_header
from willay.maps.incidents import incident_columns
from willay.maps.payload import pack
from willay.maps.regions import region_columns
from willay.maps.shapes import ShapeTable
from willay.maps.titles import title_block
from willay.maps.world import middle_of, world_west

if TYPE_CHECKING:
    import geopandas as gpd

    from willay.maps.spec import PageSpec


def layer_blocks(
    frame: gpd.GeoDataFrame,
    spec: PageSpec,
    regions: gpd.GeoDataFrame | None = None,
    base: BaseMap | None = None,
) -> dict[str, str]:
    """Return the payloads of a layer: `core`, columns and outlines, and `texts`, codes and titles.

    Args:
        frame: An incident frame.
        spec: What the regions show, and the main language.
        regions: Regions to sum over; None for layers that show incidents.
        base: Land, which density is clipped to; None for layers that need none.

    Raises:
        FrameError: The table is not an incident frame.
        TableError: The regions or the base map lack a column or a CRS.
    """
    shapes = ShapeTable(world_west(base, frame, regions))
    incidents = incident_columns(frame, shapes, summed=regions is not None)
    areas = region_columns(regions, incidents, shapes)
    header = page_header(incidents, areas, spec) | {"base": base_columns(base or BaseMap(), shapes)}
    middle = {"middle": np.array([round(middle_of(base, frame, regions))], np.int32)}
    lines, arrays = title_block(incidents, spec.lang)
    return {
        "core": pack(header, incidents.arrays | areas.arrays | shapes.arrays() | middle),
        "texts": pack(lines, arrays),
    }
