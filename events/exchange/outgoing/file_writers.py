"""Writers of plug-ins: formats that other distributions can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from willay.events.exchange.outgoing.written import Written
from willay.geo.roots import Error
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from willay.events.exchange.outgoing.options import WritingOptions
    from willay.events.frame.cells import IncidentCells
    from willay.geo.plugins import Plugin

KIND: Final = "writers"
"""The kind of plug-in."""


@dataclass(frozen=True, slots=True)
class FileWriter:
    """A writer of a plug-in: the object of an entry point of the group `willay.writers`.

    Attributes:
        name: Its name: that of the entry point, and of the format.
        about: What the format is, in a few words, by language: `en` and `es`.
        write: Writes incidents: given their pages in order, as a disclosure profile shows them, the path and how to
            write, returns a `Written`. It replaces no file without `options.force`
            (`willay.geo.replacing` sees to it), and writes the same bytes for the same incidents.
        suffixes: Endings of file names that mean the format, the usual one first; none where only its name does.
        cards: Whether it needs the column `details`, which holds claims and sources.
        says: Whether the file holds its own description (`options.about`). Where it does not, willay writes that into a
            companion, a file next to it, where the reader of the file must know it.

    Example:
        >>> from willay.events.extensions import FileWriter, Written
        >>> def write_nothing(pages, path, options):
        ...     return Written(path, sum(len(page) for page in pages))
        >>> FileWriter(
        ...     name="nothing", about={"en": "nothing", "es": "nada"}, write=write_nothing, suffixes=(".nothing",)
        ... ).says
        False
    """

    name: str
    about: Mapping[str, str]
    write: Callable[[Iterator[IncidentCells], Path, WritingOptions], Written]
    suffixes: tuple[str, ...] = ()
    cards: Literal["unused", "needed"] = "unused"
    says: bool = False


def guarded(found: Plugin, writer: FileWriter) -> Callable[[Iterator[IncidentCells], Path, WritingOptions], Written]:
    """Return the function of a writer so that what goes wrong in it is said to be its fault."""

    def write(pages: Iterator[IncidentCells], path: Path, options: WritingOptions) -> Written:
        try:
            written = writer.write(pages, path, options)
        except (Error, OSError):
            raise
        except Exception as error:
            raise found.error(tr("failed ({error})", error=f"{type(error).__name__}: {error}"[:200])) from error
        if type(written) is not Written:
            got = type(written).__name__
            raise found.error(tr("must return a {expected}, not a {got}", expected="Written", got=got))
        return written

    return write
