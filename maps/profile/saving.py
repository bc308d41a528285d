"""A profile in a file: HTML, Word or PDF, by the ending of its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from willay.geo import replacing_bytes
from willay.geo.extras import require
from willay.geo.inputs import named
from willay.geo.translation import tr
from willay.maps.errors import SpecError
from willay.maps.profile.html import as_html
from willay.maps.profile.pdf import as_pdf, browser_that_prints

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Document

FORMATS: Final = (".html", ".docx", ".pdf")
"""File endings of documents."""


def write_document(document: Document, path: str | Path, *, force: bool = False) -> Path:
    """Write a document to a file, whole or not at all, and return its path.

    Args:
        document: The document.
        path: The file; its folder must exist. Its ending names the format: `.html`, `.docx` or `.pdf`.
        force: Replace a file that is already there.

    Raises:
        SpecError: The ending names no format.
        MissingExtraError: A Word file needs the extra `documents`.
        PrintError: There is no browser that prints a PDF.
        FileInTheWayError: The file is there and `force` is not set.
        GeoFileWriteError: The folder is missing or not writable, or the disk is full.

    Example:
        >>> import willay as wy
        >>> from willay.maps import write_document
        >>> with wy.create("kenya.gpkg", country="KE") as db:
        ...     document = wy.profile(db, sections=["key"], lang="en").document
        >>> write_document(document, "kenya.html").name
        'kenya.html'
    """
    target = Path(path)
    check_document_ending(target)
    with replacing_bytes(target, force=force) as file:
        file.write(_written(document, target.suffix.lower()))
    return target


def check_document_ending(path: Path) -> None:
    """Refuse a file whose ending names no format of a document, or one that nothing on this machine can write.

    Raises:
        SpecError: It names none.
        MissingExtraError: A Word file needs the extra `documents`.
        PrintError: There is no browser that prints a PDF.
    """
    if path.suffix.lower() not in FORMATS:
        raise SpecError(
            tr(
                "{file} must end in one of {formats}. Example: profile.html.",
                file=named(path),
                formats=", ".join(FORMATS),
            )
        )
    if path.suffix.lower() == ".docx":
        require("documents", tr("A Word file"))
    if path.suffix.lower() == ".pdf":
        browser_that_prints()


def _written(document: Document, ending: str) -> bytes:
    if ending == ".docx":
        from willay.maps.profile.word import as_word  # noqa: PLC0415 — python-docx is an extra

        return as_word(document)
    return as_pdf(document) if ending == ".pdf" else as_html(document).encode("utf-8")
