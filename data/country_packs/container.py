"""The file of a pack: a zip file or a folder of members with fixed names, read in memory and never unpacked.

Anybody may have made it. What is read are members of known names, each up to its limit; others are left alone.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final

from willay.data.errors import PackError
from willay.geo.archives import check_archive
from willay.geo.errors import ArchiveError
from willay.geo.inputs import input_file, reason_of
from willay.geo.translation import tr
from willay.geo.writing import replacing_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FACTS: Final = "pack.toml"
PLACES: Final = "places.csv"
PEOPLE: Final = "populations.csv"

LIMITS: Final[Mapping[str, int]] = {
    FACTS: 1 << 20,
    **{f"adm{number}.geojson": 1 << 28 for number in (1, 2, 3)},
    PLACES: 1 << 27,
    PEOPLE: 1 << 24,
}
"""The members of a pack in their order, and the most bytes that each may have."""

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The moment of every member, so that the same pack has the same bytes: the first that a zip file can state."""

_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16
_LOCKED: Final = 0x1


class Container:
    """A pack that is open for reading: `member` gives the bytes of each.

    Raises:
        MissingFileError, InputFileError: There is no such file, or it cannot be read.
        PackError: It is not a zip file, not safe, or not a pack.
    """

    def __init__(self, path: Path) -> None:
        self.path = input_file(path, folder=True)
        self._folder = self.path.is_dir()
        self._names = frozenset(self._in_folder() if self._folder else self._in_archive())
        if FACTS not in self._names:
            raise PackError(
                tr(
                    "{path} is not a country pack: it has no {file}. Make one: willay country make.",
                    path=path,
                    file=FACTS,
                )
            )

    def __contains__(self, name: str) -> bool:
        """Return whether there is a member of a name."""
        return name in self._names

    def _in_folder(self) -> list[str]:
        return [name for name in LIMITS if (self.path / name).is_file()]

    def _in_archive(self) -> list[str]:
        if not zipfile.is_zipfile(self.path):
            raise PackError(
                tr("{path} is not a country pack: it is not a zip file. Make one: willay country make.", path=self.path)
            )
        try:
            check_archive(self.path)
        except ArchiveError as error:
            raise PackError(str(error)) from None
        with zipfile.ZipFile(self.path) as archive:
            names = [info.filename for info in archive.infolist()]
            locked = [info.filename for info in archive.infolist() if info.flag_bits & _LOCKED]
        known = [name for name in names if name in LIMITS]
        if twice := sorted({name for name in known if known.count(name) > 1}):
            raise self._wrong(tr("it has {file} twice", file=twice[0]))
        if locked:
            raise self._wrong(tr("it is locked with a password"))
        return known

    def member(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            PackError: It is missing, larger than it may be, or damaged.
        """
        if name not in self._names:
            raise self._wrong(tr("it lacks {file}", file=name))
        limit = LIMITS[name]
        try:
            with self._opened(name) as file:
                content = file.read(limit + 1)
        except OSError as problem:
            raise self._wrong(tr("{file} cannot be read ({reason})", file=name, reason=reason_of(problem))) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise self._wrong(tr("{file} is damaged", file=name)) from None
        if len(content) > limit:
            raise self._wrong(tr("{file} has more than {limit:,} bytes", file=name, limit=limit))
        return content

    def text(self, name: str) -> str:
        """Return a member as text.

        Raises:
            PackError: As for `member`; or it is not UTF-8.
        """
        try:
            return self.member(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._wrong(tr("{file} is not UTF-8 text", file=name)) from None

    def _opened(self, name: str) -> IO[bytes]:
        if self._folder:
            return (self.path / name).open("rb")
        with zipfile.ZipFile(self.path) as archive:
            return archive.open(name)

    def _wrong(self, reason: str) -> PackError:
        return PackError(
            tr(
                "{path} cannot be used as a country pack: {reason}. Get it again from whoever made it, or make it "
                "again: willay country make.",
                path=self.path,
                reason=reason,
            )
        )


def write_container(path: Path, members: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write the members of a pack as a zip file; the same members give the same bytes.

    Raises:
        FileInTheWayError: There is a file, and `force` is not set.
        GeoFileWriteError: It cannot be written.
        PackError: As for `archive_of`.
    """
    with replacing_bytes(path, force=force) as file:
        file.write(archive_of(members))


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """Return the members of a pack as the bytes of a zip file, in the order of `LIMITS`.

    Raises:
        PackError: A member is larger than a pack may have it, so that nobody could read it.
    """
    for name, content in members.items():
        if len(content) > LIMITS[name]:
            reason = tr("{file} has more than {limit:,} bytes", file=name, limit=LIMITS[name])
            raise PackError(tr("No pack is written: {reason}. Give fewer places, or simpler limits.", reason=reason))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in LIMITS:
            if name in members:
                info = zipfile.ZipInfo(name, _MOMENT)
                info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _READABLE
                archive.writestr(info, members[name], compresslevel=9)
    return packed.getvalue()
