"""Where: coordinates, boxes, distance, regions, GeoPackage blobs, reading and writing GIS files.

Everything is longitude first, in degrees, EPSG:4326. Nothing here knows what an incident is. Names are
loaded when first used, so that reading a point costs no geopandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from willay.geo.lazy_names import lazy_names

if TYPE_CHECKING:
    from willay.geo.antimeridian import cut_at_antimeridian
    from willay.geo.archives import check_archive
    from willay.geo.blobs import GeometryReader, decode_geometries, decode_geometry, encode_geometries, encode_geometry
    from willay.geo.boxes import BBox
    from willay.geo.coordinates import LonLat, format_dms, format_point, parse_point
    from willay.geo.distance import area_km2, circle, distance_m, distances_m
    from willay.geo.errors import (
        ArchiveError,
        BlobError,
        BoxError,
        CoordinateError,
        FileInTheWayError,
        FileNameError,
        GeoError,
        GeoFileReadError,
        GeoFileWriteError,
        GeometryTypeError,
        HistoryInTheWayError,
        LayerError,
        MissingCRSError,
        MissingExtraError,
        SimplificationError,
        SwappedCoordinatesError,
    )
    from willay.geo.features import Feature, geojson_features
    from willay.geo.files import LayerReading, read_layer
    from willay.geo.geojson import write_geojson, write_geojson_to
    from willay.geo.join import RegionHits, join_geometries, join_regions
    from willay.geo.layers import layer_names
    from willay.geo.names import check_file_name, check_name, name_fault
    from willay.geo.projected import check_metric, degrees_of, utm_crs
    from willay.geo.region_grid import RegionGrid
    from willay.geo.simplify import round_coordinates, simplify_to, simplify_together
    from willay.geo.streams import iter_features
    from willay.geo.vectors import Layer, write_layer
    from willay.geo.writing import check_target, replacing, replacing_bytes, replacing_together

_HOMES: Final = {
    ".antimeridian": ("cut_at_antimeridian",),
    ".archives": ("check_archive",),
    ".blobs": ("GeometryReader", "decode_geometries", "decode_geometry", "encode_geometries", "encode_geometry"),
    ".boxes": ("BBox",),
    ".coordinates": ("LonLat", "format_dms", "format_point", "parse_point"),
    ".distance": ("area_km2", "circle", "distance_m", "distances_m"),
    ".errors": (
        "ArchiveError",
        "BlobError",
        "BoxError",
        "CoordinateError",
        "FileInTheWayError",
        "FileNameError",
        "GeoError",
        "GeoFileReadError",
        "GeoFileWriteError",
        "GeometryTypeError",
        "HistoryInTheWayError",
        "LayerError",
        "MissingCRSError",
        "MissingExtraError",
        "SimplificationError",
        "SwappedCoordinatesError",
    ),
    ".features": ("Feature", "geojson_features"),
    ".files": ("LayerReading", "read_layer"),
    ".geojson": ("write_geojson", "write_geojson_to"),
    ".join": ("RegionHits", "join_geometries", "join_regions"),
    ".layers": ("layer_names",),
    ".names": ("check_file_name", "check_name", "name_fault"),
    ".projected": ("check_metric", "degrees_of", "utm_crs"),
    ".region_grid": ("RegionGrid",),
    ".vectors": ("Layer", "write_layer"),
    ".writing": ("check_target", "replacing", "replacing_bytes", "replacing_together"),
    ".simplify": ("round_coordinates", "simplify_to", "simplify_together"),
    ".streams": ("iter_features",),
}

__all__ = [
    "ArchiveError",
    "BBox",
    "BlobError",
    "BoxError",
    "CoordinateError",
    "Feature",
    "FileInTheWayError",
    "FileNameError",
    "GeoError",
    "GeoFileReadError",
    "GeoFileWriteError",
    "GeometryReader",
    "GeometryTypeError",
    "HistoryInTheWayError",
    "Layer",
    "LayerError",
    "LayerReading",
    "LonLat",
    "MissingCRSError",
    "MissingExtraError",
    "RegionGrid",
    "RegionHits",
    "SimplificationError",
    "SwappedCoordinatesError",
    "area_km2",
    "check_archive",
    "check_file_name",
    "check_metric",
    "check_name",
    "check_target",
    "circle",
    "cut_at_antimeridian",
    "decode_geometries",
    "decode_geometry",
    "degrees_of",
    "distance_m",
    "distances_m",
    "encode_geometries",
    "encode_geometry",
    "format_dms",
    "format_point",
    "geojson_features",
    "iter_features",
    "join_geometries",
    "join_regions",
    "layer_names",
    "name_fault",
    "parse_point",
    "read_layer",
    "replacing",
    "replacing_bytes",
    "replacing_together",
    "round_coordinates",
    "simplify_to",
    "simplify_together",
    "utm_crs",
    "write_geojson",
    "write_geojson_to",
    "write_layer",
]


__getattr__, __dir__ = lazy_names(__name__, _HOMES)
