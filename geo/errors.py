"""Errors of coordinates, geometry and GIS files.

GeoError
├── BoxError (ValueError): a bounding box that is none
├── CoordinateError (ValueError): text or numbers that are not place on the Earth
│   └── SwappedCoordinatesError: latitude and longitude in the wrong order
├── BlobError (ValueError): bytes that are not a GeoPackage geometry
├── GeometryTypeError (TypeError): points where areas are needed, and the like
├── MissingCRSError (ValueError): coordinates that do not say what they mean
├── SimplificationError (ValueError): a simplification that would lose an area
├── MissingExtraError (ImportError): a feature whose library is not installed, since only some need it
├── PluginError (LookupError): a plug-in that cannot be used: it does not load, or is not what it should be
├── GeoFileReadError (OSError): a file that cannot be read as a GIS file
│   ├── InputFileError: no file at all: a folder, pipe or device
│   │   ├── MissingFileError (LookupError): there is no such file
│   │   └── NotTextError (ValueError): one that is not a text, or is nested too deeply
│   ├── LayerError (LookupError): no layer, no such layer, or several to choose from
│   └── ArchiveError: an archive that is not safe to open
├── FileNameError (ValueError): a name that a file cannot have on every system
└── GeoFileWriteError (OSError): a file that cannot be written
    └── FileInTheWayError: there is a file already, and nobody said it may be replaced
        └── HistoryInTheWayError: it is a database that keeps a history, which only a copy of one may replace
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.geo.roots import Error
from willay.geo.translation import quoted

if TYPE_CHECKING:
    from willay.geo.coordinates import LonLat

SHOWN_CHARACTERS = 80


def shown(value: object) -> str:
    """What came, quoted for a message and cut at 80 characters."""
    text = quoted(value) if isinstance(value, str) else repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


class GeoError(Error):
    """Root of the errors that `willay.geo` raises on purpose.

    Example:
        >>> from willay.geo import BBox, GeoError
        >>> try:
        ...     BBox.parse("")
        ... except GeoError as error:
        ...     print(type(error).__name__)
        BoxError
    """


class BoxError(GeoError, ValueError):
    """Numbers or text that make no bounding box.

    Example:
        >>> from willay.geo import BBox
        >>> BBox(west=-70, south=10, east=-60, north=-10)
        Traceback (most recent call last):
            ...
        willay.geo.errors.BoxError: A box's south (10) must not be greater than its north (-10). The order ...
    """


class CoordinateError(GeoError, ValueError):
    """Text or numbers that are not place on the Earth, or could be two.

    Example:
        >>> from willay.geo import parse_point
        >>> parse_point("near the bridge")
        Traceback (most recent call last):
            ...
        willay.geo.errors.CoordinateError: Expected a point; got 'near the bridge', not understood at 'AR ...
    """


class SwappedCoordinatesError(CoordinateError):
    """Latitude and longitude that seem to be in the wrong order.

    Attributes:
        likely: The point that was probably meant.
        suggestion: The text to type to mean it.

    Example:
        >>> from willay.geo import BBox, SwappedCoordinatesError, parse_point
        >>> peru = BBox(-82, -19, -68, 1)
        >>> try:
        ...     parse_point("-12.05, -77.03", within=peru)
        ... except SwappedCoordinatesError as error:
        ...     print(error.suggestion)
        -77.03, -12.05
    """

    def __init__(self, message: str, likely: LonLat, suggestion: str) -> None:
        super().__init__(message)
        self.likely, self.suggestion = likely, suggestion


class BlobError(GeoError, ValueError):
    """Bytes that are not a GeoPackage geometry.

    Example:
        >>> from willay.geo import decode_geometry
        >>> decode_geometry(b"GPX")
        Traceback (most recent call last):
            ...
        willay.geo.errors.BlobError: Expected a GeoPackage geometry (bytes that begin with GP and hold ...
    """


class GeometryTypeError(GeoError, TypeError):
    """A geometry of another type than the one needed.

    Example:
        >>> from willay.geo import join_regions
        >>> from shapely import Point
        >>> join_regions([0.0], [0.0], [Point(0, 0)])
        Traceback (most recent call last):
            ...
        willay.geo.errors.GeometryTypeError: Expected polygons as regions; got a Point at position 0.
    """


class MissingCRSError(GeoError, ValueError):
    """A frame or file with coordinates but no coordinate reference system.

    Example:
        >>> from willay.geo import check_metric
        >>> check_metric("EPSG:4326")
        Traceback (most recent call last):
            ...
        willay.geo.errors.MissingCRSError: WGS 84 has no eastings and northings in metres. Use a metric ...
    """


class SimplificationError(GeoError, ValueError):
    """A simplification that would lose an area.

    Example:
        >>> import geopandas, shapely
        >>> from willay.geo import simplify_together
        >>> simplify_together(geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=4326), tolerance_m=-1)
        Traceback (most recent call last):
            ...
        willay.geo.errors.SimplificationError: The tolerance must be 0 metres or more, not -1.
    """


class MissingExtraError(GeoError, ImportError):
    """A feature whose library is not installed, since only some need it; the message names what to install.

    Example:
        >>> from willay.geo import MissingExtraError
        >>> issubclass(MissingExtraError, ImportError)
        True
    """


class PluginError(GeoError, LookupError):
    """A plug-in that cannot be used; the message names its distribution and version.

    Example:
        >>> from willay.geo.errors import PluginError
        >>> issubclass(PluginError, LookupError)
        True
    """


class GeoFileReadError(GeoError, OSError):
    """A file that cannot be read as a GIS file.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import GeoFileReadError, read_layer
        >>> _ = Path("notes.txt").write_text("no map")
        >>> try:
        ...     read_layer("notes.txt")
        ... except GeoFileReadError:
        ...     print("not a GIS file")
        not a GIS file
    """


class InputFileError(GeoFileReadError):
    """Something that cannot be read as a file of any kind: a folder, pipe or device."""


class MissingFileError(InputFileError, LookupError):
    """There is no such file."""


class NotTextError(InputFileError, ValueError):
    """A file or stream whose content is not a text in UTF-8, or is too big, or nested too deeply."""


class LayerError(GeoFileReadError, LookupError):
    """A file without layers, without the layer named, or with several to choose from.

    Attributes:
        layers: The names of the layers that there are.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import LayerError, read_layer
        >>> _ = Path("one.geojson").write_text('{"type": "Point", "coordinates": [0, 0]}')
        >>> try:
        ...     read_layer("one.geojson", layer="roads")
        ... except LayerError as error:
        ...     print(error.layers)
        ('one',)
    """

    def __init__(self, message: str, layers: tuple[str, ...]) -> None:
        super().__init__(message)
        self.layers = layers


class ArchiveError(GeoFileReadError):
    """An archive that is not safe to open.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import check_archive
        >>> _ = Path("limits.zip").write_text("not an archive")
        >>> check_archive("limits.zip")
        Traceback (most recent call last):
            ...
        willay.geo.errors.ArchiveError: limits.zip: expected a zip file, but it cannot be read (File is not ...
    """


class FileNameError(GeoError, ValueError):
    """A name that a file cannot have on every system, or that is an address and not a name.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import check_file_name
        >>> check_file_name(Path("con.geojson"))
        Traceback (most recent call last):
            ...
        willay.geo.errors.FileNameError: 'con.geojson' cannot be the name of a file: 'con' is the name of a ...
    """


class GeoFileWriteError(GeoError, OSError):
    """A file that cannot be written.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import check_target
        >>> Path("maps").mkdir()
        >>> check_target(Path("maps"), force=True)
        Traceback (most recent call last):
            ...
        willay.geo.errors.GeoFileWriteError: maps: cannot be written, because it is a folder. Give the name ...
    """


class FileInTheWayError(GeoFileWriteError):
    """There is a file already, and nobody said that it may be replaced.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import check_target
        >>> Path("map.html").touch()
        >>> check_target(Path("map.html"), force=False)
        Traceback (most recent call last):
            ...
        willay.geo.errors.FileInTheWayError: map.html: the file already exists. Choose a different name, or ...
    """


class HistoryInTheWayError(FileInTheWayError):
    """There is a database that keeps a history; nothing that is written once replaces it, whatever was said.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import FileInTheWayError, HistoryInTheWayError
        >>> issubclass(HistoryInTheWayError, FileInTheWayError)
        True
    """
