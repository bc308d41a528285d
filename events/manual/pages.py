"""The pages that are written: where they lie, and how they are found by what a person types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from willay.data.admin import folded
from willay.geo.translation import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDERS: Final = ("tutorials", "how-to", "explanation", "reference")
"""The folders of a tree, in the order in which they are listed."""

INDEX: Final = "index"
"""The page of a folder that lists the others."""

_NEAR: Final = 70
"""Similarity (0–100, rapidfuzz's ratio) from which a name counts as a misspelling of another."""

_MOST: Final = 3
"""How many names are suggested."""

_NOTEBOOK: Final = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
_TITLE: Final = re.compile(r"^# (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        name: Its path in its tree without the ending: `how-to/review`. The same in every language.
        lang: Its language.
        file: Where it is.
    """

    name: str
    lang: str
    file: Path

    @property
    def topic(self) -> str:
        """The name to type: `review`."""
        return self.name.rpartition("/")[2]

    @property
    def text(self) -> str:
        """What is in it: Markdown, without what a notebook says of itself before it."""
        return _NOTEBOOK.sub("", self.file.read_text("utf-8"))

    @property
    def title(self) -> str:
        """Its title."""
        found = _TITLE.search(self.text)
        return found.group(1) if found else self.topic


def tree(lang: str) -> Path:
    """Return the folder of the pages of a language: as installed, or in the source."""
    import willay.events  # noqa: PLC0415 — the package itself: where it lies is asked

    return Path(str(willay.events.__file__)).resolve().parents[1] / "docs" / lang


def indexes(lang: str) -> tuple[Page, ...]:
    """Return the page that a tree opens with."""
    file = tree(lang) / f"{INDEX}.md"
    return (Page(INDEX, lang, file),) if file.is_file() else ()


@cache
def pages(lang: str) -> tuple[Page, ...]:
    """Return all pages of a language, folder by folder, each by name."""
    top = tree(lang)
    return tuple(
        Page(f"{folder}/{file.stem}", lang, file) for folder in FOLDERS for file in sorted((top / folder).glob("*.md"))
    )


def topics(lang: str) -> tuple[Page, ...]:
    """Return the pages that `willay help` lists: all but the lists themselves and what is looked up otherwise."""
    return tuple(page for page in pages(lang) if page.topic != INDEX and not page.name.startswith("reference/"))


def find_page(asked: str, lang: str) -> Page | None:
    """Return the page that a person means by a name or title in any language; None where none is.

    It is in the language asked for, or in English where that has none.
    """
    plain = _plain(asked)
    for each in (lang, *LANGUAGES):
        for page in pages(each):
            if page.topic != INDEX and plain in (page.name, page.topic, _plain(page.title)):
                return in_language(page, lang)
    return None


def name_to_type(page: Page) -> str:
    """Return the shortest name by which `find_page` finds a page: `review`, or `explanation/review` for the second."""
    found = find_page(page.topic, page.lang)
    return page.topic if found is not None and found.name == page.name else page.name


def in_language(page: Page, lang: str) -> Page:
    """Return a page in a language, or as it is where that has none."""
    return next((other for other in pages(lang) if other.name == page.name), page)


def page_of_link(link: str, page: Page) -> Page | None:
    """Return the page to which a link of another one leads; None where it leads elsewhere."""
    to = (page.file.parent / link.partition("#")[0]).resolve()
    return next((each for lang in LANGUAGES for each in pages(lang) if each.file == to and each.topic != INDEX), None)


def nearest(asked: str, names: Iterable[str]) -> list[str]:
    """Return the names that are most like one, the most alike first."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 — where nothing is found

    found = process.extract(_plain(asked), list(dict.fromkeys(names)), scorer=fuzz.WRatio, score_cutoff=_NEAR)
    return [name for name, _, _ in found[:_MOST]]


def _plain(text: str) -> str:
    return folded(text).strip().replace(" ", "-").replace("_", "-")
