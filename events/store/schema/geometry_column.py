"""How a geometry is kept in a column: a GeoPackage blob in a file, a PostGIS geometry on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from sqlalchemy import TypeDecorator
from sqlalchemy.types import UserDefinedType

from willay.geo.blobs import decode_geometry, encode_geometry

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect


class _GeometryColumn(UserDefinedType[bytes]):
    """A column declared `GEOMETRY`, as the GeoPackage standard asks for."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:  # noqa: ANN401 — SQLAlchemy's signature
        return "GEOMETRY"


class GeometryBlob(TypeDecorator[shapely.Geometry]):
    """A shapely geometry (lon, lat; EPSG:4326) in Python, a GeoPackage blob in the file."""

    impl = _GeometryColumn
    cache_ok = True

    def process_bind_param(self, value: shapely.Geometry | bytes | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 — SQLAlchemy's signature
        """Encode a geometry; None and what is a blob already stay as they are."""
        return value if value is None or isinstance(value, bytes) else encode_geometry(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> shapely.Geometry | None:  # noqa: ARG002 — SQLAlchemy's signature
        """Decode a blob; None stays None."""
        return None if value is None else decode_geometry(value)
