"""A document as PDF: its HTML, printed by the Chromium or Chrome of this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from willay.geo.translation import tr
from willay.maps.errors import PrintError
from willay.maps.profile.html import as_html

if TYPE_CHECKING:
    from willay.maps.profile.blocks import Document

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Programs that print a page, in the order in which they are looked for."""

_LIMIT_S: Final = 300
_MOMENT: Final = re.compile(rb"\(D:\d{14}[^)]*\)")
_FIXED: Final = b"D:20000101000000"
_ELEMENT: Final = re.compile(rb"node\d{8}")


def found_browser() -> str | None:
    """Return the program that prints pages on this machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def browser_that_prints() -> str:
    """Return the program that prints pages on this machine.

    Raises:
        PrintError: There is none.
    """
    program = found_browser()
    if program is None:
        raise PrintError(
            tr(
                "No Chromium or Chrome was found, which PDF files are printed with. Install one, or write an .html "
                "file and print it from a browser."
            )
        )
    return program


def as_pdf(document: Document, browser: str | None = None) -> bytes:
    """Return a document as the bytes of a PDF file, tagged for screen readers.

    The moment of printing and the numbers of elements that the browser writes into the file are replaced, so that the
    same browser gives the same bytes for the same document.

    Args:
        document: The document.
        browser: The program that prints; None looks for one of `BROWSERS`.

    Raises:
        PrintError: There is no such program, or it failed.
    """
    program = browser or browser_that_prints()
    with tempfile.TemporaryDirectory() as folder:
        page, target = Path(folder, "profile.html"), Path(folder, "profile.pdf")
        page.write_text(as_html(document), "utf-8")
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            f"--user-data-dir={Path(folder, 'browser')}", "--no-pdf-header-footer", f"--print-to-pdf={target}",
            page.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_LIMIT_S)  # noqa: S603 — our own page
            printed = target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PrintError(
                tr("{program} could not print the document: {error}", program=program, error=error)
            ) from None
    return _with_own_numbers(_MOMENT.sub(lambda found: _same_length(found[0]), printed))


def _with_own_numbers(printed: bytes) -> bytes:
    """Number the elements that screen readers hear in the order of the file: the browser's numbers change by chance."""
    numbers: dict[bytes, int] = {}
    return _ELEMENT.sub(lambda found: b"node%08d" % numbers.setdefault(found[0], len(numbers) + 1), printed)


def _same_length(stated: bytes) -> bytes:
    """Return a fixed moment, as long as the one that was stated: places in the file are counted in bytes."""
    kept = stated[1 + len(_FIXED) : -1]
    return b"(" + _FIXED + re.sub(rb"\d", b"0", kept) + b")"
