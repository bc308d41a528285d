"""A profile that was written, read again: its numbers, notes, sources and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VOID = {"meta", "link", "img", "br", "hr", "input"}


@dataclass
class Element:
    """An element of a page, with what is in it in order: elements and words."""

    tag: str
    about: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "".join(
            one if isinstance(one, str) else one.words
            for one in self.inside
            if not isinstance(one, Element) or one.tag != "style"
        )

    def all(self, *tags: str) -> list[Element]:
        """Every element within with one of some tags; all where none is named."""
        found: list[Element] = []
        for one in self.inside:
            if isinstance(one, Element):
                found += [one] if not tags or one.tag in tags else []
                found += one.all(*tags)
        return found

    def is_of(self, name: str) -> bool:
        return name in self.about.get("class", "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_page(path: Path) -> Element:
    """Read a page; every element must be closed in its order."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def figures_of(words: str) -> list[str]:
    """The numbers in a text, as they are written; "100 mil" is how Spanish writes 100,000."""
    return re.findall(r"\d[\d,]*(?:\.\d+)?", re.sub(r"(?<=\d) mil\b", ",000", words))


def notes_of(page: Element) -> dict[str, str]:
    """What each note says, by its number."""
    (listed,) = [one for one in page.all("ol") if one.is_of("notes")]
    return {one.about["value"]: one.words for one in listed.all("li")}


def section(page: Element, key: str) -> Element:
    (found,) = [one for one in page.all("section") if one.about.get("id") == key]
    return found
