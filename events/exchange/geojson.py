"""Incidents as GeoJSON (RFC 7946): one feature an incident, at its primary place; null geometry where unplaced."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from willay.events.errors import RefusedError
from willay.events.frame import NAMES, details_of, plain
from willay.geo import write_geojson, write_geojson_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd
    import shapely

SUFFIXES: Final = (".geojson", ".json")
"""Names that a GeoJSON file may end with."""


def write_incidents(frame: gpd.GeoDataFrame, path: Path, *, force: bool = False) -> int:
    """Write incidents to a file, beside it first and then renamed, so that a crash leaves the old file.

    Args:
        frame: The incident frame.
        path: Where to; the suffix names the format.
        force: Replace a file that is there.

    Returns:
        How many incidents were written.

    Raises:
        RefusedError: The format is not known.
        FileInTheWayError: The file is there, and `force` was not given.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise RefusedError(f"{str(path)[:80]!r} has no format willay writes. End the name in {' or '.join(SUFFIXES)}.")
    write_geojson(path, features(frame), name="incidents", metadata=metadata(frame), force=force)
    return len(frame)


def geojson_text(frame: gpd.GeoDataFrame) -> str:
    """Return incidents as the text of a GeoJSON file; the same frame gives the same text."""
    buffer = io.StringIO()
    write_geojson_to(buffer, features(frame), name="incidents", metadata=metadata(frame))
    return buffer.getvalue()


def features(frame: gpd.GeoDataFrame) -> Iterator[tuple[shapely.Geometry | None, dict[str, Any], str]]:
    """Yield geometry, properties and id of each incident, in the frame's order."""
    columns = [frame[name].array for name in NAMES]
    for position, geometry in enumerate(frame.geometry.array):
        row = {name: plain(column[position]) for name, column in zip(NAMES, columns, strict=True)}
        properties = {name: value for name, value in row.items() if name != "details"}
        card = details_of(row)
        if card["claims"]:
            properties["claims"] = card["claims"]
            properties["sources"] = card["sources"]
        yield geometry, properties, row["code"]


def metadata(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what a reader of the file must know: as-of, policy, question, attributions."""
    return dict(frame.attrs)
