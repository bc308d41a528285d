"""Names of files that every system can hold: what one computer writes, another must be able to unpack, mail or copy."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from willay.geo.errors import FileNameError, shown
from willay.geo.inputs import named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

LONGEST_BYTES: Final = 240
"""Maximum UTF-8 bytes of a name: systems allow 255, and the journal files of a database have longer names."""

_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"}
)
"""Names of devices on Windows, with any ending and case."""

_FORBIDDEN: Final = '<>:"/\\|?*'
_UNSEEN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories of control characters, halves of characters, and separators of lines."""

_TURNING: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of writing: a name that contains them can look like a different name."""

_ADDRESS: Final = re.compile(r"(?:file|[A-Za-z][A-Za-z0-9+.-]+(?=:/)):", re.IGNORECASE)


def name_fault(name: str) -> str | None:
    """Return why a name cannot be that of a file on every system, or None where it can."""
    return next(_faults(name), None)


def _faults(name: str) -> Iterator[str]:
    before_ending = name.split(".", 1)[0]
    if name in {"", ".", ".."}:
        yield "it is not a valid name"
    elif odd := next((sign for sign in name if sign in _FORBIDDEN), None):
        yield f"{odd!r} is not allowed in file names on all systems"
    elif any(unicodedata.category(sign) in _UNSEEN or sign in _TURNING for sign in name):
        yield "it contains invisible characters, such as a line break"
    elif name[-1] in " .":
        yield "it ends in a space or a full stop, which some systems remove"
    elif before_ending.rstrip(" ").casefold() in _RESERVED:
        yield f"{before_ending!r} is the name of a device on Windows"
    elif len(name.encode()) > LONGEST_BYTES:
        yield f"it is longer than {LONGEST_BYTES} bytes"


def check_name(name: str, what: str) -> None:
    """Make sure that a word can be the name of a file or folder on every system.

    Args:
        name: The word; it has no folders before it.
        what: What is to have it, for the message: `a release`.

    Raises:
        FileNameError: It cannot; the message gives the reason.
    """
    if fault := name_fault(name):
        raise FileNameError(f"{shown(name)} cannot be the name of {what}: {fault}. Choose a different name.")


def check_file_name(path: PurePath) -> None:
    """Make sure that a file which is to be made has a name that every system can hold; its folders are not looked at.

    Raises:
        FileNameError: It has not; the message gives the reason.
    """
    text = str(path)
    if _ADDRESS.match(text):
        raise FileNameError(f"{named(text)} is an address, not the name of a file. Give a name such as peru.gpkg.")
    if path.name == ":memory:":
        raise FileNameError("':memory:' would be lost at the end of the command. Give a file, such as peru.gpkg.")
    if fault := name_fault(path.name):
        raise FileNameError(f"{named(text)} cannot be the name of a file: {fault}. Choose a different name.")
