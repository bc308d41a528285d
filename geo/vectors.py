"""Writing layers of vector files by GDAL (through pyogrio), from Arrow batches, so that memory stays flat at any size.

The same batches give the same bytes: moments that GDAL would write are `WRITTEN_AT`. GDAL reports most troubles as
errors of its own; they become GeoFileWriteError. To write whole or not at all, write into a folder of
`replacing_together`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyogrio

from willay.geo.errors import GeoFileWriteError
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

WRITTEN_AT: Final = "2000-01-01T00:00:00.000Z"
"""The time of writing stated in a file: always the same."""

GEOMETRY: Final = "geometry"
"""The name of the column with the geometries as WKB."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer is to be.

    Attributes:
        name: Its name.
        driver: GDAL's name of the format, such as `GPKG`.
        kind: GDAL's name of the geometry type; `Unknown` mixes them; None is a table without geometry.
        options: GDAL's creation options of the layer: https://gdal.org/drivers/vector.
        metadata: What the layer states about itself; formats that cannot leave it out.

    Example:
        >>> from willay.geo import Layer
        >>> Layer("incidents", driver="GPKG", kind="Point").options
        {}
    """

    name: str
    driver: str
    kind: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)


def write_layer(path: Path, layer: Layer, batches: pa.RecordBatchReader) -> None:
    """Write a layer to a vector file; one that is there gets it as a further layer.

    Args:
        path: The file, its name ending as the driver wants.
        layer: What the layer is to be.
        batches: Its rows; where the layer has geometry, with a column `geometry`: WKB, EPSG:4326 (lon, lat).

    Raises:
        GeoFileWriteError: GDAL cannot write it; the file may be broken then.

    Example:
        >>> from pathlib import Path
        >>> import pyarrow as pa
        >>> import shapely
        >>> from willay.geo import Layer, layer_names, write_layer
        >>> columns = {"name": ["Bridge"], "geometry": [shapely.Point(-76, -12).wkb]}
        >>> batches = pa.table(columns).to_reader()
        >>> write_layer(Path("bridges.gpkg"), Layer("bridges", driver="GPKG", kind="Point"), batches)
        >>> layer_names("bridges.gpkg")
        ('bridges',)
    """
    placed = {"geometry_name": GEOMETRY, "geometry_type": layer.kind, "crs": "EPSG:4326"} if layer.kind else {}
    try:
        with _fixed_moment():
            pyogrio.raw.write_arrow(
                batches,
                path,
                layer=layer.name,
                driver=layer.driver,
                append=path.exists(),
                layer_options=dict(layer.options),
                layer_metadata=dict(layer.metadata) or None,
                **placed,
            )
    except (RuntimeError, ValueError) as problem:  # pyogrio's errors are RuntimeErrors
        raise GeoFileWriteError(
            tr(
                "{file}, layer {layer}: GDAL cannot write it ({problem}). Check the disk, or choose another format.",
                file=path.name,
                layer=layer.name,
                problem=str(problem)[:200],
            )
        ) from problem


@contextmanager
def _fixed_moment() -> Iterator[None]:
    """Have GDAL take `WRITTEN_AT` for now, in the whole process, which has one set of GDAL's options."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN_AT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
