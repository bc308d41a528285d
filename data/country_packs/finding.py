"""Where packs are: installed for a user, or next to a database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from willay.data.country_packs.container import archive_of
from willay.data.country_packs.reading import read_pack
from willay.data.country_packs.writing import members_of
from willay.geo.digests import file_digest
from willay.geo.plugins import plugin
from willay.geo.translation import tr
from willay.geo.writing import replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.data.country_packs.contents import Pack

KIND: Final = "countries"
"""The kind of plug-in."""

SUFFIX = ".pack"
"""How the name of a pack's file ends."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack that was read from end to end, with its file.

    Attributes:
        pack: The pack.
        name: The name of its file.
        content: The bytes of its file; of a folder, those of the file that is made of it.
    """

    pack: Pack
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of the file, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def place(self, target: Path, *, replace: bool = False) -> bool:
        """Write the file to a place; return whether it was not there already.

        Raises:
            FileInTheWayError: Another file is there, and `replace` is not set.
            GeoFileWriteError: It cannot be written.
        """
        if target.is_file() and file_digest(target) == self.sha256:
            return False
        with replacing_bytes(target, force=replace) as file:
            file.write(self.content)
        return True


def open_pack_file(path: Path) -> PackFile:
    """Read a pack from end to end, with its file.

    Raises:
        MissingFileError, InputFileError: There is no such file.
        PackError: It is not a pack, or something in it is wrong.
    """
    pack = read_pack(path)
    if path.is_dir():
        name = path.absolute().name
        return PackFile(pack, name if name.endswith(SUFFIX) else name + SUFFIX, archive_of(members_of(pack)))
    return PackFile(pack, path.name, path.read_bytes())


def installed_file(code: str, folder: Path) -> Path:
    """Return where the pack of a country is installed in a user's folder; it need not be there."""
    return folder / f"{code}{SUFFIX}"


def pack_of_digest(sha256: str, files: Iterable[Path]) -> Path | None:
    """Return the first of some files that is the pack of a digest; None where none is.

    Args:
        sha256: The digest that a database has recorded, hexadecimal.
        files: Where it may be, the first to be preferred; they need not exist.
    """
    return next((file for file in files if file.is_file() and file_digest(file) == sha256), None)


def plugged_pack(name: str) -> PackFile | None:
    """Return the pack of a plug-in, read from end to end; None where no plug-in has this name.

    Args:
        name: Its name, alone or as `DISTRIBUTION:NAME`. Its object is the path of a pack: a file, or a folder.

    Raises:
        PluginError: The plug-in cannot be used.
        PackError: Its pack is none, or something in it is wrong.
    """
    found = plugin(KIND, name)
    if found is None:
        return None
    path = found.load()
    if not isinstance(path, str | Path):
        raise found.error(tr("must be a {expected}, not a {got}", expected="pathlib.Path", got=type(path).__name__))
    return open_pack_file(Path(path))
