"""Regions with figures as layers, in the formats that hold incidents: for maps that are made elsewhere.

The table is what `willay.events.frame.regional.region_figures` returns, or any GeoDataFrame of areas: each column
becomes a field of its kind. A region set is small, so that the table is written at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from willay.events.exchange.outgoing.about import companion
from willay.events.exchange.outgoing.formats import format_of
from willay.events.exchange.outgoing.options import WritingOptions
from willay.events.exchange.outgoing.regioncells import columns_of, plain_values
from willay.events.exchange.outgoing.written import Written
from willay.events.frame.publishing import warn_undisclosed_sums
from willay.events.model.errors import FrameError, RefusedError
from willay.geo import Feature, write_geojson
from willay.geo.extras import require
from willay.geo.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

LAYER: Final = "regions"
REGION_FORMATS: Final = ("geojson", "geoparquet", "geopackage", "flatgeobuf", "shapefile", "kml")
"""The formats that regions can be written in."""

_SILENT: Final = ("shapefile", "kml")
"""The formats that cannot hold a description of the file."""


def write_regions(
    frame: gpd.GeoDataFrame,
    path: Path,
    format: str | None = None,  # noqa: A002 — the word that users and the command line know
    options: WritingOptions | None = None,
) -> Written:
    """Write regions, with whatever columns they have, to a file of a layer `regions`.

    Args:
        frame: Areas in EPSG:4326, in order; such as `region_figures` returns.
        path: The output file; its ending selects the format.
        format: The format's name, one of `REGION_FORMATS`; None goes by the ending.
        options: How to write.

    Raises:
        RefusedError: The format is not known, or takes no regions; or they are sums of rows that may not be passed on,
            and the file is not for own use.
        FrameError: The coordinates are not EPSG:4326.
        CoordinateError: An outline is not on the Earth.
        FileInTheWayError: The file is there, and `force` was not given.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.
        MissingExtraError: The format is not GeoJSON, and the extra `gis` is not installed.
    """
    options = options or WritingOptions()
    chosen = format_of(path, format).name
    if chosen not in REGION_FORMATS or path.suffix.lower() in {".zip", ".kmz"}:
        raise RefusedError(
            tr(
                "Regions cannot be written as {format}. Use a name that ends in .geojson, .gpkg, .fgb, "
                ".parquet, .shp or .kml.",
                format=path.suffix or chosen,
            )
        )
    if frame.crs is None or frame.crs.to_epsg() != 4326:  # noqa: PLR2004 — the EPSG code itself
        raise FrameError(tr("The table of regions is not in EPSG:4326. Convert it: regions.to_crs('EPSG:4326')."))
    if chosen != "geojson":
        require("gis", tr("Writing {format}", format=chosen))
    warn_undisclosed_sums(frame.attrs)
    if not options.own_use and "may_publish" in frame and frame["may_publish"].eq(other=False).any():
        raise RefusedError(
            tr(
                "The terms of their dataset do not allow passing on these sums: {datasets}. Leave them out "
                "(--without NAME), or write a file for your own use only: --for-own-use.",
                datasets=frame["dataset"].iloc[0],
            )
        )
    about = options.about(frame.attrs)
    with companion(path, options, about, is_needed=chosen in _SILENT) as beside:
        written = _written(frame, path, chosen, options)
    return replace(written, beside=(*written.beside, *beside), about=about)


def _written(frame: gpd.GeoDataFrame, path: Path, chosen: str, options: WritingOptions) -> Written:
    if chosen == "geojson":
        about = options.about(frame.attrs) or None
        return Written(path, write_geojson(path, _features(frame), name=LAYER, metadata=about, force=options.force))
    # Loaded here, since it loads pyarrow, an extra.
    from willay.events.exchange.outgoing.gis.regions import write_gis_regions  # noqa: PLC0415

    return write_gis_regions(frame, path, chosen, options)


def _features(frame: gpd.GeoDataFrame) -> list[Feature]:
    columns = [plain_values(frame[name]) for name in columns_of(frame)]
    rows = zip(*columns, strict=True) if columns else [()] * len(frame)
    return [
        Feature(shape, dict(zip(columns_of(frame), row, strict=True)))
        for shape, row in zip(frame.geometry, rows, strict=True)
    ]
