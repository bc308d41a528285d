"""The formats that can be brought in, by name, and what a file looks like."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from willay.events.exchange.incoming.about import about_file
from willay.events.exchange.incoming.options import ReadingOptions
from willay.events.exchange.incoming.row_terms import protected
from willay.events.model.advice import command
from willay.events.model.errors import RefusedError
from willay.geo.errors import InputFileError
from willay.geo.inputs import input_file, named
from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from willay.events.model.foreign import Reading

    Reader: TypeAlias = Callable[[Path, ReadingOptions], Reading]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: Its name.
        about: What it is, in a few words.
        module: Where its reader `read_<module>` lives, below this package; loaded when first used.
    """

    name: str
    about: str
    module: str

    @property
    def reader(self) -> Reader:
        """The function that opens a file of it."""
        home = import_module(f"willay.events.exchange.incoming.{self.module}")
        reader: Reader = getattr(home, f"read_{self.module}")
        return reader


FORMATS: Final[dict[str, Format]] = {
    form.name: form
    for form in (
        Format("ucdp-ged", "UCDP Georeferenced Event Dataset, CSV", "ucdp"),
        Format("acled", mark("ACLED, your own export of events or deleted events, CSV"), "acled"),
        Format("gtd", mark("Global Terrorism Database, your own file, CSV or XLSX"), "gtd"),
        Format("gdelt", mark("GDELT events, 1.0 or 2.0, imported as leads to be reviewed"), "gdelt"),
        Format("mass-mobilization", "Mass Mobilization Protest Data, CSV", "mass_mobilization"),
        Format("scad", "Social Conflict Analysis Database, CSV", "scad"),
        Format("ccc", "Crowd Counting Consortium, CSV", "ccc"),
        Format("kobo", mark("exports of KoboToolbox, ODK and SurveyCTO, CSV or XLSX"), "kobo"),
        Format("table", mark("any table (CSV, TSV, XLSX, ODS), by a mapping of its columns"), "table"),
        Format(
            "gis",
            mark("GeoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, GeoParquet, by a mapping of attributes"),
            "gis",
        ),
        Format("willay", mark("willay's own GeoJSON, lossless"), "willay"),
    )
}
"""The formats by name."""

_ENCRYPTED: Final = ".age"

DATABASE: Final = "database"
"""What `guess_format` calls a database of ours, which is opened by `events.database_import`."""

NAMES: Final = (*FORMATS, DATABASE)
"""The names of all of ours that can be imported."""

_ANY: Final = (None, "table", "gis")
"""What a file looks like that may be of a format that a plug-in knows better."""


def open_reading(path: Path, name: str, options: ReadingOptions | None = None) -> Reading:
    """Open a file for import.

    Args:
        path: The file.
        name: Its format; see `FORMATS`; or that of a plug-in's reader, alone or as `DISTRIBUTION:NAME`.
        options: How to read it.

    Raises:
        RefusedError: There is no such format or file, or the file is none of that format.
        PluginError: The reader of a plug-in cannot be used.
    """
    if name == DATABASE:
        raise RefusedError(
            tr(
                "{path} is to be opened as a database: willay.events.database_import.another_database(path, store).",
                path=path,
            )
        )
    how = options or ReadingOptions()
    reading = FORMATS[name].reader(_file(path), how) if name in FORMATS else _with_plugin(name, path, how)
    return protected(reading, about_file(path, reading))


def _with_plugin(name: str, path: Path, options: ReadingOptions) -> Reading:
    """Open a file with the reader of a plug-in.

    Raises:
        RefusedError: No plug-in has a reader of this name.
        PluginError: It cannot be used.
    """
    from willay.events.exchange.incoming import file_readers  # noqa: PLC0415 — seldom needed
    from willay.geo.plugins import names  # noqa: PLC0415 — as above

    found = file_readers.reader_named(name)
    if found is None or found.name in NAMES:
        raise RefusedError(
            tr(
                "{name!r} is not an available input format. Choose one: --input-format {formats}.",
                name=name[:80],
                formats="|".join(dict.fromkeys((*NAMES, *names(file_readers.KIND)))),
            )
        )
    return file_readers.open_with_plugin(found, _file(path), options)


def guess_format(path: Path) -> str:
    """Detect the format of a file from its ending and its first bytes.

    Raises:
        RefusedError: It cannot be detected, or is encrypted.
    """
    if path.suffix.lower() == _ENCRYPTED:
        raise RefusedError(
            tr(
                "{name} is encrypted. Decrypt it to a database of its own first, and import that: {command}",
                name=named(path.name),
                command=command("restore", path.name, "--db", "other.gpkg"),
            )
        )
    from willay.events.exchange.incoming.looks import format_by_looks  # noqa: PLC0415 — opens the file

    found = format_by_looks(_file(path))
    if found in _ANY:
        found = _by_plugins(path) or found
    if found is None:
        raise RefusedError(
            tr(
                "Cannot detect the format of {name}. Specify it with --input-format {formats}.",
                name=named(path.name),
                formats="|".join(NAMES),
            )
        )
    return found


def _by_plugins(path: Path) -> str | None:
    """Return the reader of a plug-in that knows a file by its looks.

    Raises:
        RefusedError: Several do.
    """
    from willay.events.exchange.incoming.file_readers import names_by_looks  # noqa: PLC0415 — as above

    found = [*names_by_looks(path)]
    if len(found) > 1:
        raise RefusedError(
            tr(
                "{name} looks like a file of several formats. Specify it with --input-format {formats}.",
                name=named(path.name),
                formats="|".join(found),
            )
        )
    return found[0] if found else None


def _file(path: Path) -> Path:
    """Return the path of a file that can be read to its end.

    Raises:
        RefusedError: There is none, or it is a folder, a pipe or a device.
    """
    try:
        return input_file(path)
    except InputFileError as error:
        raise RefusedError(str(error)) from None
