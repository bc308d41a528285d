"""Files out of and into the record. Formats know the incident frame, never the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.exchange.outgoing.geojson import geojson_text

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["geojson_text", "write_incidents"]


def write_incidents(frame: gpd.GeoDataFrame, path: Path, *, force: bool = False) -> int:
    """Write an incident frame to a file in the format that its name's ending tells; see `outgoing.write`.

    Returns:
        How many incidents were written.
    """
    return write(frame, path, None, WritingOptions(force=force)).rows
