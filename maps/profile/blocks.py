"""What a document is made of, before it has a form: sections of paragraphs, tables and charts, with notes and sources.

HTML, Word and PDF are written from the same blocks (`html`, `word`, `pdf`), so that they hold the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from willay.maps.pictures import Picture


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text.

    Attributes:
        text: The words.
        note: The number of the note that says where a number comes from; None where it has none.
        cites: The numbers of the sources cited here.
        url: Where it links to; None where it does not.
        is_strong: Whether it is emphasised.
    """

    text: str
    note: int | None = None
    cites: tuple[int, ...] = ()
    url: str | None = None
    is_strong: bool = False


Text: TypeAlias = "tuple[Run, ...]"
"""A line or paragraph of text."""


def text(*parts: str | Run | Text) -> Text:
    """Return one text of words and runs."""
    runs: list[Run] = []
    for part in parts:
        runs += [Run(part)] if isinstance(part, str) else [part] if isinstance(part, Run) else part
    return tuple(run for run in runs if run.text or run.note or run.cites)


def joined(parts: Iterable[Text], between: str = "; ") -> Text:
    """Return texts as one, with words between them."""
    made: Text = ()
    for part in parts:
        made = (*made, Run(between), *part) if made else part
    return made


def plain(words: Text) -> str:
    """Return the words of a text alone."""
    return "".join(run.text for run in words)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; one of a person's own (`hand`) is marked as such, one of caution is set apart."""

    words: Text
    kind: Literal["plain", "hand", "caution", "lead"] = "plain"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    words: str
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Text, ...]
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        caption: What it shows.
        head: The names of its columns.
        rows: Its cells.
        numbers: Columns of numbers, from 0, which are aligned to the right.
        spans: Whether equal first cells of rows that follow each other are one cell.
        is_titled: Whether the heading before it says the same as its caption, which is then not seen a second time.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    numbers: frozenset[int] = frozenset()
    spans: bool = False
    is_titled: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with what it shows in words; its numbers are in a table or list near it."""

    caption: Text
    picture: Picture


Block: TypeAlias = "Paragraph | Heading | Items | Table | Chart"


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its key, heading and blocks."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Where a number comes from.

    Attributes:
        anchor: The claim or indicator, such as `PE-2009-0001-killed`: the target of links.
        words: What it says.
    """

    anchor: str
    words: Text


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as it is cited."""

    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document.

    Attributes:
        title: Its title.
        subtitle: Area, period and moment.
        lang: `es` or `en`.
        facts: What it was made from: names and words, such as the rule of figures and the disclosure profile.
        sections: Its sections.
        notes: The notes, numbered from 1.
        citations: The sources, numbered from 1.
        labels: Headings and words of the form itself, by key.
    """

    title: str
    subtitle: str
    lang: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
