"""Files out of and into the record. Formats know the incident frame, never the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.exchange.outgoing import WritingOptions, write
from willay.events.exchange.outgoing.geojson import geojson_text

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["geojson_text", "write_incidents"]


def write_incidents(frame: gpd.GeoDataFrame, path: Path, *, force: bool = False, own_use: bool = False) -> int:
    """Write an incident frame to a file in the format given by the ending of its name; see `outgoing.write`.

    Args:
        frame: The incidents.
        path: Where to.
        force: Whether a file that is there may be replaced.
        own_use: Whether rows that may not be passed on are written, too.

    Returns:
        How many incidents were written.

    Example:
        >>> from pathlib import Path
        >>> import shapely
        >>> from willay.events import make_frame
        >>> from willay.events.exchange import write_incidents
        >>> frame = make_frame({"title": ["March"], "country": "KE"}, [shapely.Point(36.8, -1.3)])
        >>> write_incidents(frame, Path("marches.csv"))
        1
    """
    return write(frame, path, None, WritingOptions(force=force, own_use=own_use)).rows
