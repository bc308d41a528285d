"""Pages within other pages: the line that puts one into an article, and what a notebook shows."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from willay.maps.templating import template

EMBED_HEIGHT_PX: Final = 400
"""The height of a page made with `embed`, which needs at least 300."""

NOTEBOOK_HEIGHT_PX: Final = 780
"""The height of a whole page in a notebook: from 900 px of width on, none of its controls is cut off."""

SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
"""What a page may do in its frame: run its scripts, open sources in new windows, and save the selection as a file.

It cannot read or change the page that it is in.
"""


def iframe_line(source: str, title: str, height_px: int = EMBED_HEIGHT_PX) -> str:
    """Return the HTML that puts a page into another.

    Args:
        source: The file or address of the page, as the other page reaches it.
        title: What the page is, for readers who hear it.
        height_px: Its height; its width is that of the text around it.

    Example:
        >>> from willay.maps import iframe_line
        >>> print(iframe_line("map.html", "Marches of 2021", 360)[:69])
        <iframe src="map.html" title="Marches of 2021" sandbox="allow-scripts
    """
    told = {"source": quote(source, safe="/:?#&=%.~@+"), "title": title, "height": height_px, "sandbox": SANDBOX}
    return template("iframe.html").render(told).strip()


def notebook_frame(document: str, title: str, *, embed: bool) -> str:
    """Return a whole page in a frame, for a notebook, which gives its width."""
    height = EMBED_HEIGHT_PX if embed else NOTEBOOK_HEIGHT_PX
    told = {"document": document, "title": title, "height": height, "sandbox": SANDBOX}
    return template("notebook.html").render(told)
