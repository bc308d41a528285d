"""Paragraphs written by hand, read from a folder of Markdown files named by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.geo.inputs import input_text, named
from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.profile.spec import SECTIONS

if TYPE_CHECKING:
    from pathlib import Path


def read_texts(folder: Path, lang: str) -> dict[str, str]:
    """Return the Markdown texts of a folder by section: `cases.es.md` in a language, else `cases.md`.

    Raises:
        SpecError: The folder is not there, holds no such file, or a Markdown file is named after no section.
        InputFileError: A file cannot be read.
    """
    if not folder.is_dir():
        raise SpecError(
            tr(
                "The folder {folder} does not exist. Give a folder with files such as cases.md.",
                folder=named(folder),
            )
        )
    names = sorted(path.name for path in folder.glob("*.md"))
    for name in names:
        if name.split(".")[0] not in SECTIONS:
            raise SpecError(
                tr(
                    "{name!r} is named after no section. Name files after: {sections}.",
                    name=name[:80],
                    sections=", ".join(SECTIONS),
                )
            )
    found = {}
    for section in SECTIONS:
        file = next((name for name in (f"{section}.{lang}.md", f"{section}.md") if name in names), None)
        if file:
            found[section] = input_text(folder / file)
    if not found:
        raise SpecError(tr("{folder} holds no Markdown file of a section. Example: cases.md.", folder=named(folder)))
    return found
