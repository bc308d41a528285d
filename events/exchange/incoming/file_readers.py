"""Readers of plug-ins: formats that other distributions can import."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from willay.events.model.errors import PluginWarning
from willay.events.model.foreign import Reading
from willay.geo.errors import PluginError
from willay.geo.plugins import plugin, plugins
from willay.geo.roots import Error
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.incoming.options import ReadingOptions
    from willay.geo.plugins import Plugin

KIND: Final = "readers"
"""The kind of plug-in."""

HEAD: Final = 4_096
"""How many bytes of a file a reader is shown to know it by."""


@dataclass(frozen=True, slots=True)
class FileReader:
    """A reader of a plug-in: the object of an entry point of the group `willay.readers`.

    Attributes:
        name: Its name: that of the entry point, and of the format.
        about: What the format is, in a few words, by language: `en` and `es`.
        read: Opens a file: given its path and how to read it, returns a `Reading`, whose rows are read as they are
            asked for. It raises `RefusedError` where the file is not of the format.
        looks: Returns whether a file looks like one of the format, of its path and its first 4,096 bytes; None where
            only the name of the format calls for it. It is asked only about files that are of no format of willay's
            own but a table or a GIS file of any kind.

    Example:
        >>> from willay.events.extensions import DatasetTerms, FileReader, Reading
        >>> empty = FileReader(
        ...     name="empty",
        ...     about={"en": "nothing", "es": "nada"},
        ...     read=lambda path, options: Reading(options.terms(DatasetTerms("empty")), (), iter(())),
        ... )
        >>> empty.looks is None
        True
    """

    name: str
    about: Mapping[str, str]
    read: Callable[[Path, ReadingOptions], Reading]
    looks: Callable[[Path, bytes], bool] | None = None


def open_with_plugin(found: Plugin, path: Path, options: ReadingOptions) -> Reading:
    """Open a file with the reader of a plug-in.

    Raises:
        PluginError: The reader cannot be used, or fails; an error that willay raises on purpose passes.
    """
    reader = found.load_as(FileReader)
    try:
        reading = reader.read(path, options)
    except Error:
        raise
    except Exception as error:
        raise found.error(tr("failed ({error})", error=f"{type(error).__name__}: {error}"[:200])) from error
    if not isinstance(reading, Reading):
        raise found.error(tr("must return a {expected}, not a {got}", expected="Reading", got=type(reading).__name__))
    return reading


def reader_named(name: str) -> Plugin | None:
    """Return the plug-in of a format; None where there is none. Raises `PluginError` where several have the name."""
    return plugin(KIND, name)


def names_by_looks(path: Path) -> Iterator[str]:
    """Yield the references of the readers that a file looks like one of; those that cannot be asked are warned of."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    for one in plugins(KIND):
        try:
            looks = one.load_as(FileReader).looks
            if looks is not None and looks(path, head):
                yield one.reference
        except PluginError as error:
            warnings.warn(str(error), PluginWarning, stacklevel=2)
        except Exception as error:  # noqa: BLE001 — the code of others may raise anything
            failed = one.error(tr("failed ({error})", error=f"{type(error).__name__}: {error}"[:200]))
            warnings.warn(str(failed), PluginWarning, stacklevel=2)
