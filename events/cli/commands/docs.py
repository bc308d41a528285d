"""`willay docs`: the pages in a browser, or on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from willay.events.cli.options import Force
from willay.events.cli.output import on_terminal, put, say
from willay.geo.translation import language, tr

FOLDER = "willay-docs"
"""The folder of the pages where they are saved."""


def docs(
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help="Save the pages in a folder, such as that of a stick.")
    ] = None,
    force: Force = False,
) -> None:
    """Open the documentation in a browser: tutorials, guides and reference. It needs no network.

    Without a browser the path of the first page is printed.
    """
    from willay.events.cli.config import file_of_settings
    from willay.events.manual.site import write_site, written_texts

    own = file_of_settings().parent / FOLDER
    folder = write_site(written_texts(), own if save is None else save / FOLDER, force=force or save is None)
    first = folder / language() / "index.html"
    put(str(first))
    if save is None and on_terminal() and not _opened(first):
        say(tr("No browser was found. Open this file in one."))


def _opened(page: Path) -> bool:
    """Open a page in a browser; return whether there is one."""
    import webbrowser

    return webbrowser.open(page.resolve().as_uri())
