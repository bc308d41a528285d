"""The files of a release, and their checksums: the one list that stands for all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from willay.geo.digests import file_digest

if TYPE_CHECKING:
    from pathlib import Path

SUMS: Final = "SHA256SUMS"


def write_text(path: Path, text: str) -> None:
    """Write a file in UTF-8 with the line ends of the text, on every system."""
    path.write_text(text, "utf-8", newline="\n")


def write_json(path: Path, document: object) -> None:
    """Write a document as JSON that a person can read."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def files_in(folder: Path) -> list[str]:
    """Return the names of all files below a folder but the list of checksums, in order."""
    every = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(name for name in every if name != SUMS)


def write_sums(folder: Path) -> str:
    """Write the checksums of all files, as `sha256sum -c` reads them; return the digest of that list."""
    lines = [f"{file_digest(folder / name)}  {name}\n" for name in files_in(folder)]
    write_text(folder / SUMS, "".join(lines))
    return file_digest(folder / SUMS)


def listed_sums(folder: Path) -> dict[str, str]:
    """Return the checksums that a release lists, by name of the file."""
    rows = (line.partition("  ") for line in (folder / SUMS).read_text("utf-8").splitlines())
    return {name: digest for digest, _, name in rows}
