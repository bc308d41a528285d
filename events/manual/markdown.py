"""Tables and sections of Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def page(title: str, about: str, *sections: str) -> str:
    """Return a page: its title, what it is, and sections, which are Markdown."""
    written = tr("This page is made from the program itself.")
    return "\n\n".join([f"# {title}", about, written, *sections]) + "\n"


def section(title: str, *parts: str, level: int = 2) -> str:
    """Return a section: its heading, and its parts that are not empty."""
    return "\n\n".join([f"{'#' * level} {title}", *(part for part in parts if part)])


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; of its cells, which are Markdown, strokes and ends of lines do not end them."""
    lines = [_row(headings), _row(["---"] * len(headings)), *map(_row, rows)]
    return "\n".join(lines)


def code(text: object) -> str:
    """Return a text as code; nothing where it is empty."""
    return f"`{text}`" if text not in (None, "") else ""


def anchor(title: str) -> str:
    """Return the name that a heading has as the end of an address.

    Example:
        >>> from willay.events.manual.markdown import anchor
        >>> anchor("Kinds of sources")
        'kinds-of-sources'
    """
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"
