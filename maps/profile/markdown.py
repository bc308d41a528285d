"""Paragraphs written by hand: Markdown as blocks of a document. Only words, lists, headings, emphasis and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from willay.maps.profile.blocks import Heading, Items, Paragraph, Run, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from willay.maps.profile.blocks import Block, Text


def hand_written(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text; HTML in it is text, and pictures are their words."""
    tokens = MarkdownIt("commonmark", {"html": False}).disable("image").parse(markdown)
    return tuple(_blocks(tokens))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    items: list[Text] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type in ("code_block", "fence"):
            yield Paragraph(text(token.content.strip()), "hand")
        if token.type.endswith("_list_close") and not depth:
            yield Items(tuple(items), is_by_hand=True)
            items = []
        if token.type != "inline":
            continue
        words = _runs(token.children or [])
        if depth:
            items.append(words)
        elif tokens[place - 1].type == "heading_open":
            yield Heading("".join(run.text for run in words), is_by_hand=True)
        else:
            yield Paragraph(words, "hand")


def _runs(children: Sequence[Token]) -> Text:
    runs: list[Run] = []
    strong, url = 0, None
    for child in children:
        if child.type in ("strong_open", "em_open", "strong_close", "em_close"):
            strong += 1 if child.type.endswith("open") else -1
        elif child.type == "link_open":
            address = str(child.attrGet("href") or "")
            url = address if address.startswith(("https://", "http://", "mailto:")) else None
        elif child.type == "link_close":
            url = None
        elif child.type in ("softbreak", "hardbreak"):
            runs.append(Run(" "))
        elif child.content:
            runs.append(Run(child.content, url=url, is_strong=bool(strong)))
    return text(tuple(runs))
