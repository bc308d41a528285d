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

if TYPE_CHECKING:
    from willay.geo.coordinates import LonLat

SHOWN_CHARACTERS = 80


def shown(value: object) -> str:
    """What came, quoted for a message and cut at 80 characters."""
    text = repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


class GeoError(Exception):
    """Root of the errors that `willay.geo` raises on purpose."""


class BoxError(GeoError, ValueError):
    """Numbers or text that make no bounding box."""


class CoordinateError(GeoError, ValueError):
    """Text or numbers that are not place on the Earth, or could be two."""


class SwappedCoordinatesError(CoordinateError):
    """Latitude and longitude that seem to be in the wrong order.

    Attributes:
        likely: The point that was probably meant.
        suggestion: The text to type to mean it.
    """

    def __init__(self, message: str, likely: LonLat, suggestion: str) -> None:
        super().__init__(message)
        self.likely, self.suggestion = likely, suggestion


class BlobError(GeoError, ValueError):
    """Bytes that are not a GeoPackage geometry."""


class GeometryTypeError(GeoError, TypeError):
    """A geometry of another type than the one needed."""


class MissingCRSError(GeoError, ValueError):
    """A frame or file with coordinates but no coordinate reference system."""


class SimplificationError(GeoError, ValueError):
    """A simplification that would lose an area."""


class MissingExtraError(GeoError, ImportError):
    """A feature whose library is not installed, since only some need it; the message names what to install."""


class GeoFileReadError(GeoError, OSError):
    """A file that cannot be read as a GIS file."""


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
    """

    def __init__(self, message: str, layers: tuple[str, ...]) -> None:
        super().__init__(message)
        self.layers = layers


class ArchiveError(GeoFileReadError):
    """An archive that is not safe to open."""


class FileNameError(GeoError, ValueError):
    """A name that a file cannot have on every system, or that is an address and not a name."""


class GeoFileWriteError(GeoError, OSError):
    """A file that cannot be written."""


class FileInTheWayError(GeoFileWriteError):
    """There is a file already, and nobody said that it may be replaced."""


class HistoryInTheWayError(FileInTheWayError):
    """There is a database that keeps a history; nothing that is written once replaces it, whatever was said."""
