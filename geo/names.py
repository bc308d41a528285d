"""Names of files that every system can hold: what one computer writes, another must be able to unpack, mail or copy."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from willay.geo.errors import FileNameError, shown
from willay.geo.inputs import named
from willay.geo.translation import tr

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
    """Return why a name cannot be that of a file on every system, or None where it can.

    Example:
        >>> from willay.geo import name_fault
        >>> name_fault("map.html") is None, name_fault("con.html") is None
        (True, False)
    """
    return next(_faults(name), None)


def _faults(name: str) -> Iterator[str]:
    before_ending = name.split(".", 1)[0]
    if name in {"", ".", ".."}:
        yield tr("it is not a valid name")
    elif odd := next((sign for sign in name if sign in _FORBIDDEN), None):
        yield tr("{odd!r} is not allowed in file names on all systems", odd=odd)
    elif any(unicodedata.category(sign) in _UNSEEN or sign in _TURNING for sign in name):
        yield tr("it contains invisible characters, such as a line break")
    elif name[-1] in " .":
        yield tr("it ends in a space or a full stop, which some systems remove")
    elif before_ending.rstrip(" ").casefold() in _RESERVED:
        yield tr("{device!r} is the name of a device on Windows", device=before_ending)
    elif len(name.encode()) > LONGEST_BYTES:
        yield tr("it is longer than {longest_bytes} bytes", longest_bytes=LONGEST_BYTES)


def check_name(name: str, what: str) -> None:
    """Make sure that a word can be the name of a file or folder on every system.

    Args:
        name: The word; it has no folders before it.
        what: What is to have it, for the message: `a release`, in the language of now.

    Raises:
        FileNameError: It cannot; the message gives the reason.

    Example:
        >>> from willay.geo import FileNameError, check_name
        >>> check_name("peru-2026-1", "a release")
        >>> try:
        ...     check_name("a/b", "a release")
        ... except FileNameError:
        ...     print("not a name")
        not a name
    """
    if fault := name_fault(name):
        raise FileNameError(
            tr(
                "{name} cannot be the name of {what}: {fault}. Choose a different name.",
                name=shown(name),
                what=what,
                fault=fault,
            )
        )


def check_file_name(path: PurePath) -> None:
    """Make sure that a file which is to be made has a name that every system can hold; its folders are not looked at.

    Raises:
        FileNameError: It has not; the message gives the reason.

    Example:
        >>> from pathlib import Path
        >>> from willay.geo import FileNameError, check_file_name
        >>> try:
        ...     check_file_name(Path("con.html"))
        ... except FileNameError:
        ...     print("not on Windows")
        not on Windows
    """
    text = str(path)
    if _ADDRESS.match(text):
        raise FileNameError(
            tr(
                "{file} is an address, not the name of a file. Give a name such as peru.gpkg.",
                file=named(text),
            )
        )
    if path.name == ":memory:":
        raise FileNameError(
            tr("{name!r} would be lost at the end of the command. Give a file, such as peru.gpkg.", name=path.name)
        )
    if fault := name_fault(path.name):
        raise FileNameError(
            tr(
                "{file} cannot be the name of a file: {fault}. Choose a different name.",
                file=named(text),
                fault=fault,
            )
        )
