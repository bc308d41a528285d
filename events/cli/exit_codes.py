"""Exit codes: the one table that scripts can rely on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from willay.geo.translation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

OK: Final = 0
PROBLEMS: Final = 1
"""`check` found problems."""
USAGE: Final = 2
"""The command was called wrongly (Click's own code)."""
BAD_INPUT: Final = 3
"""An input was refused; nothing was saved."""
NOT_FOUND: Final = 4
"""No such code, key, place or region."""
REFUSED: Final = 5
"""The rules forbid it: a file that exists, a change without an author."""
BAD_FILE: Final = 6
"""The database or another file cannot be read or written."""
QUARANTINED: Final = 7
"""An import is done, but some rows were rejected; they are in a file to be corrected."""
WANTING: Final = 8
"""An import or a release is done with a caveat: its last lines report what most rows lack, or which column is
left out, or that none of its incidents can be drawn."""
STOPPED: Final = 130
"""A person stopped it, with Ctrl-C or by ending the input (what shells give for Ctrl-C)."""

MEANINGS: Final[Mapping[int, str]] = {
    OK: mark("done"),
    PROBLEMS: mark("check found problems"),
    USAGE: mark("the command is written wrongly"),
    BAD_INPUT: mark("an input is not valid; nothing was saved"),
    NOT_FOUND: mark("not found"),
    REFUSED: mark("not allowed"),
    BAD_FILE: mark("the database or another file cannot be read or written"),
    QUARANTINED: mark("imported, but some rows were rejected; they are in a file to be corrected"),
    WANTING: mark("done with a caveat: see the last lines"),
    STOPPED: mark("interrupted with Ctrl-C"),
}
"""What each code means, in words for a person."""


def code_for(error: Exception) -> int | None:
    """Return the exit code of an error that was raised on purpose, or None for any other."""
    from willay.data.errors import DataError, UnknownTermError
    from willay.events.model.errors import EventsError, MalformedError, NotFoundError, RefusedError
    from willay.geo.errors import (
        FileInTheWayError,
        GeoError,
        MissingExtraError,
        MissingFileError,
        NotTextError,
        PluginError,
    )

    if isinstance(error, MalformedError | UnknownTermError | NotTextError):
        return BAD_INPUT
    if isinstance(error, RefusedError | FileInTheWayError | MissingExtraError | PluginError):
        return REFUSED
    if isinstance(error, MissingFileError):
        return NOT_FOUND
    if isinstance(error, OSError):
        return BAD_FILE
    if isinstance(error, NotFoundError) or (isinstance(error, DataError) and isinstance(error, LookupError)):
        return NOT_FOUND
    maps = sys.modules.get("willay.maps.errors")  # only a command that makes a page has loaded it
    roots = (EventsError, DataError, GeoError, *((maps.MapsError,) if maps else ()))
    return BAD_INPUT if isinstance(error, roots) else None
