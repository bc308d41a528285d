"""Geometries as bytes in a GeoPackage: OGC 12-128r17 (GeoPackage 1.3), clause 2.1.3.

A blob is `GP`, a version byte, a flags byte, the id of the reference system, an envelope or none, and the
geometry in (ISO) well-known binary.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from willay.geo.errors import BlobError, shown
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

MAGIC: Final = b"GP"
FIXED_BYTES: Final = 8
ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)  # none, xy, xyz, xym, xyzm
_LITTLE_ENDIAN, _XY_ENVELOPE, _EMPTY, _EXTENDED = 0b1, 0b10, 0b1_0000, 0b10_0000
# Where the well-known binary starts, for each possible flags byte; 0 where the flags are not allowed.
_WKB_START: Final = tuple(
    0 if flags & _EXTENDED or (flags >> 1 & 7) >= len(ENVELOPE_BYTES) else FIXED_BYTES + ENVELOPE_BYTES[flags >> 1 & 7]
    for flags in range(256)
)
_POINT_BYTES: Final = FIXED_BYTES + 21
_AREAS_KEPT: Final = 512


def encode_geometry(geometry: shapely.Geometry, srs_id: int = 4326) -> bytes:
    """Write a geometry as a GeoPackage blob: little-endian, an xy envelope for all but points.

    Args:
        geometry: Any geometry; an empty one gets the empty flag and no envelope.
        srs_id: Row of `gpkg_spatial_ref_sys`.

    Example:
        >>> import shapely
        >>> from willay.geo import encode_geometry
        >>> encode_geometry(shapely.Point(-76, -12))[:2]
        b'GP'
    """
    blob = encode_geometries([geometry], srs_id)[0]
    if blob is None:
        raise BlobError(tr("Expected a geometry to encode; got None. Store NULL for an unknown place."))
    return blob


def encode_geometries(geometries: Iterable[shapely.Geometry | None], srs_id: int = 4326) -> list[bytes | None]:
    """`encode_geometry` for many; a missing geometry stays None. 100,000 points take about 0.1 s.

    Example:
        >>> import shapely
        >>> from willay.geo import encode_geometries
        >>> [blob and len(blob) for blob in encode_geometries([shapely.Point(-76, -12), None])]
        [29, None]
    """
    shapes = _object_array(list(geometries))
    wkbs = shapely.to_wkb(shapes, byte_order=1, flavor="iso").tolist()
    point, empty, area = (
        struct.pack("<2sBBi", MAGIC, 0, _LITTLE_ENDIAN | flag, srs_id) for flag in (0, _EMPTY, _XY_ENVELOPE)
    )
    blobs: list[bytes | None] = [None if wkb is None else point + wkb for wkb in wkbs]
    for row in np.flatnonzero(shapely.is_empty(shapes)).tolist():
        blobs[row] = empty + wkbs[row]
    extended = np.flatnonzero((shapely.get_type_id(shapes) > 0) & ~shapely.is_empty(shapes))
    envelopes = shapely.bounds(shapes[extended])[:, [0, 2, 1, 3]].astype("<f8")  # minx, maxx, miny, maxy
    for row, envelope in zip(extended.tolist(), envelopes, strict=True):
        blobs[row] = area + envelope.tobytes() + wkbs[row]
    return blobs


def decode_geometry(blob: bytes) -> shapely.Geometry:
    """Read a GeoPackage blob.

    Raises:
        BlobError: The bytes are not a GeoPackage geometry, or one of an extended type.

    Example:
        >>> import shapely
        >>> from willay.geo import decode_geometry, encode_geometry
        >>> decode_geometry(encode_geometry(shapely.Point(-76, -12)))
        <POINT (-76 -12)>
    """
    return _wkb_geometry(blob)


def decode_geometries(blobs: Iterable[bytes | None]) -> NDArray[np.object_]:
    """Read many GeoPackage blobs at once; None stays None.

    Returns:
        A one-dimensional array of geometries, in the order of the blobs. 100,000 points take about 50 ms.

    Raises:
        BlobError: Some bytes are not a GeoPackage geometry; the message gives the row, counted from 0.

    Example:
        >>> import shapely
        >>> from willay.geo import decode_geometries, encode_geometries
        >>> blobs = encode_geometries([shapely.Point(-76, -12), None])
        >>> decode_geometries(blobs).tolist()
        [<POINT (-76 -12)>, None]
    """
    rows = list(blobs)
    try:
        wkbs = [None if blob is None else _wkb(blob) for blob in rows]
        return np.asarray(shapely.from_wkb(np.array(wkbs, dtype=object)), dtype=object).reshape(len(rows))
    except (BlobError, shapely.errors.ShapelyError, TypeError, IndexError):
        shapes = [None if blob is None else _wkb_geometry(blob, row) for row, blob in enumerate(rows)]
        return _object_array(shapes)


class GeometryReader:
    """Reads blobs lot by lot; an area that many rows share, such as a province, becomes one geometry.

    Example:
        >>> from shapely import Point
        >>> from willay.geo import GeometryReader, encode_geometry
        >>> GeometryReader().read([encode_geometry(Point(-76.5, -12.0)), None]).tolist()
        [<POINT (-76.5 -12)>, None]
    """

    def __init__(self) -> None:
        self._areas: dict[bytes, shapely.Geometry] = {}

    def read(self, blobs: Sequence[bytes | None]) -> NDArray[np.object_]:
        """`decode_geometries` of one lot.

        Raises:
            BlobError: Some bytes are not a GeoPackage geometry.
        """
        if len(self._areas) > _AREAS_KEPT:
            self._areas.clear()
        large = {row: blob for row, blob in enumerate(blobs) if blob and len(blob) > _POINT_BYTES}
        areas = sorted({*large.values()} - self._areas.keys())
        self._areas |= zip(areas, decode_geometries(areas), strict=True)
        shapes = decode_geometries([None if row in large else blob for row, blob in enumerate(blobs)])
        for row, blob in large.items():
            shapes[row] = self._areas[blob]
        return shapes


def _object_array(values: list[shapely.Geometry | None]) -> NDArray[np.object_]:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _wkb(blob: bytes) -> bytes:
    start = _WKB_START[blob[3]]
    if not start or blob[:3] != b"GP\0":
        raise BlobError(tr("not a GeoPackage geometry"))
    return blob[start:]


def _wkb_geometry(blob: bytes, row: int | None = None) -> shapely.Geometry:
    try:
        return shapely.from_wkb(_wkb(blob))
    except (BlobError, shapely.errors.ShapelyError, TypeError, IndexError) as problem:
        told = {"blob": shown(blob), "problem": problem}
        if row is None:
            message = tr(
                "Expected a GeoPackage geometry (bytes that begin with GP and hold well-known binary); got {blob} "
                "({problem}). The file may be damaged, or the column does not hold geometries.",
                **told,
            )
        else:
            message = tr(
                "Expected a GeoPackage geometry (bytes that begin with GP and hold well-known binary) in row {row}; "
                "got {blob} ({problem}). The file may be damaged, or the column does not hold geometries.",
                row=row,
                **told,
            )
        raise BlobError(message) from problem
