"""What is wrong with pages that are built: links and anchors that lead nowhere, and what is loaded from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LOADING: Final = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")}
"""Elements that a browser loads by itself."""

NOT_LOADED: Final = frozenset({"next", "prev", "search", "index", "author", "canonical", "up"})
"""Kinds of `link` that lead to a page, and load nothing."""

ADDRESS_IN_STYLE: Final = re.compile(r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)")


class Page(HTMLParser):
    """Links, anchors and loaded addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = {""}
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element links to, loads and is called."""
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values["id"]} if "id" in values else set()
        kinds = set(values.get("rel", "").split())
        for name, value in values.items():
            if (tag, name) in LOADING and not (tag == "link" and kinds & NOT_LOADED):
                self.loaded.append(value)
            if (tag, name) in {("a", "href"), *LOADING}:
                self.links.append(value)


@cache
def read(file: Path) -> Page:
    """Return the page of a file."""
    return Page(file.read_text("utf-8"))


def faults(folder: Path, languages: Iterable[str]) -> list[str]:
    """Return a line for each link that leads nowhere, and for each thing that a page or style loads from elsewhere."""
    return [fault for lang in languages for fault in _faults(folder / lang)]


def _faults(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.html")):
        page = read(file)
        yield from (f"{file}: loads {address}" for address in page.loaded if urlsplit(address).netloc)
        yield from (f"{file}: {link} leads nowhere" for link in page.links if not _leads(link, file))
    for style in sorted(folder.rglob("*.css")):
        yield from (f"{style}: loads {one}" for one in ADDRESS_IN_STYLE.findall(style.read_text("utf-8")))


def _leads(link: str, file: Path) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True  # another site, which is not asked
    to = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if to.is_dir():
        to /= "index.html"
    if not to.is_file():
        return False
    return to.suffix != ".html" or unquote(parts.fragment) in read(to).anchors
