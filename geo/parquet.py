"""Reading GeoParquet (https://geoparquet.org), versions 1.0 and 1.1 and those before, a batch of rows at a time."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from willay.geo.errors import GeoFileReadError, shown
from willay.geo.extras import require
from willay.geo.inputs import input_file
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC: Final = b"PAR1"
USUAL_CRS: Final = "OGC:CRS84"
"""The default of the standard: longitude and latitude of WGS 84."""

_READ_AT_ONCE: Final = 5_000


def is_parquet(path: Path) -> bool:
    """Return whether a file begins as Parquet files do."""
    try:
        with input_file(path).open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def parquet_metadata(path: Path) -> dict[str, str]:
    """Return what a Parquet file states about itself, by key.

    Raises:
        GeoFileReadError: It cannot be read.
    """
    with _opened(path) as file:
        said = file.schema_arrow.metadata or {}
        return {key.decode("utf-8", "replace"): value.decode("utf-8", "replace") for key, value in said.items()}


def parquet_geometry(path: Path) -> tuple[str, CRS | None]:
    """Return the column that holds the geometry, and its CRS; None where the file says that it is not known.

    Raises:
        GeoFileReadError: It is not a GeoParquet file, or its geometries are not well-known binary.
    """
    try:
        geo = json.loads(parquet_metadata(path)["geo"])
        name = str(geo["primary_column"])
        column = geo["columns"][name]
        encoding, crs = column["encoding"], column.get("crs", USUAL_CRS)
        known = None if crs is None else CRS.from_user_input(crs)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, CRSError) as problem:
        raise GeoFileReadError(
            tr(
                "{path}: expected GeoParquet, with the geometry columns and CRS in its metadata; this file has no "
                "such metadata ({problem}). Convert a plain Parquet table to CSV first.",
                path=path,
                problem=shown(str(problem)),
            )
        ) from problem
    if encoding != "WKB":
        raise GeoFileReadError(
            tr(
                "{path}: its geometries are {encoding}; expected WKB. Write the file again with WKB geometries.",
                path=path,
                encoding=shown(encoding),
            )
        )
    return name, known


def parquet_rows(path: Path, geometry: str) -> Iterator[tuple[shapely.Geometry | None, dict[str, Any]]]:
    """Yield the rows of a Parquet file: the geometry as it is in the file, and the other columns by name.

    Columns that hold further columns, such as the boxes of GeoParquet 1.1, are left out.

    Args:
        path: The file.
        geometry: The column with geometries as well-known binary.

    Raises:
        GeoFileReadError: It cannot be read to its end.
    """
    with _opened(path) as file:
        import pyarrow as pa  # noqa: PLC0415 — an extra, there where a file is open

        names = [field.name for field in file.schema_arrow if not pa.types.is_nested(field.type)]
        for batch in file.iter_batches(batch_size=_READ_AT_ONCE, columns=names):
            for row in batch.to_pylist():
                wkb = row.pop(geometry, None)
                yield (None if wkb is None else shapely.from_wkb(wkb)), row


@contextmanager
def _opened(path: Path) -> Iterator[Any]:  # Any: pyarrow has no types
    pa = require("gis", tr("Reading GeoParquet"))
    import pyarrow.parquet as pq  # noqa: PLC0415 — an extra

    try:
        with pq.ParquetFile(path) as file:
            yield file
    # A day that no calendar has is an OverflowError; other senseless cells are ValueErrors, as most of Arrow's own are.
    except (pa.ArrowException, OSError, shapely.errors.ShapelyError, ValueError, OverflowError, TypeError) as problem:
        raise GeoFileReadError(
            tr(
                "{path}: expected a Parquet file, but it cannot be read ({problem}). Check that the file is complete.",
                path=path,
                problem=str(problem)[:200],
            )
        ) from problem
