"""A page as lines of a terminal: Markdown without what only a browser needs."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FENCE: Final = re.compile(r"^(```+)")
_PICTURE: Final = re.compile(r"^!\[[^\]]*\]\([^)]*\)$")
_LINK: Final = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"(`[^`]*`)")
_EMPHASIS: Final = re.compile(r"(?<![\w*])(\*\*|\*)(?=\S)([^*]+?)(?<=\S)\1(?![\w*])")
_ITEM: Final = re.compile(r"^(\s*(?:[-*]|\d+\.) )(.*)$")
_HEADING: Final = re.compile(r"^(#+) (.*)$")
_ROW: Final = re.compile(r"^\|(.*)\|$")
_RULE: Final = re.compile(r"^[\s|:-]+$")
_INDENT: Final = "    "


def in_lines(markdown: str, width: int, leads: Callable[[str], str]) -> str:
    """Return a page in lines that fit a terminal.

    Args:
        markdown: The page.
        width: The number of columns.
        leads: Returns what stands behind the words of a link in the place of its address; empty for nothing.
    """
    return "\n".join(_lines(markdown, width, leads)).strip("\n")


def _lines(markdown: str, width: int, leads: Callable[[str], str]) -> Iterator[str]:
    fence = ""
    for line in markdown.splitlines():
        mark = _FENCE.match(line)
        if fence:
            fence = "" if line.strip() == fence else fence
            if fence:
                yield f"{_INDENT}{line}".rstrip()
        elif mark:
            fence = mark.group(1)
        elif not _PICTURE.match(line):
            yield from _written(_without_marks(line, leads), width)


def _without_marks(line: str, leads: Callable[[str], str]) -> str:
    """Return a line without the marks of links and of bold and italic words."""

    def plain(found: re.Match[str]) -> str:
        words, target = found.groups()
        more = leads(target)
        return f"{words} ({more})" if more else words

    parts = _CODE.split(_LINK.sub(plain, line))
    return "".join(part if place % 2 else _EMPHASIS.sub(r"\2", part) for place, part in enumerate(parts))


def _written(line: str, width: int) -> Iterator[str]:
    if heading := _HEADING.match(line):
        yield heading.group(2)
        yield {1: "=", 2: "-"}.get(len(heading.group(1)), "·") * len(heading.group(2))
    elif row := _ROW.match(line):
        if not _RULE.match(line):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row.group(1))]
            yield from _wrapped("  ", " — ".join(cell.replace("\\|", "|") for cell in cells if cell), width)
    elif item := _ITEM.match(line):
        yield from _wrapped(item.group(1), item.group(2), width)
    else:
        yield from _wrapped("", line, width)


def _wrapped(first: str, text: str, width: int) -> list[str]:
    further = " " * len(first)
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]
