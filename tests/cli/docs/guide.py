"""The pages of docs/, read as what a person does with them: blocks of commands, of Python, and files to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
DOCS: Final = ROOT / "docs"
LANGUAGES: Final = ("en", "es")
ENGLISH_ONLY: Final = "developers"
"""The folder of the English tree that has no Spanish one: for whoever changes the program."""

NOT_YET_SPANISH: Final[frozenset[str]] = frozenset()
"""Pages that are in English alone until they are translated. The Spanish pages that lead to them say so."""

FENCE: Final = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILE: Final = re.compile(r"`([\w-]+\.(?:csv|yaml|toml|json|txt|md))`[^`\n]*:\s*$")
"""The end of a paragraph that names the file in the block that follows."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code.

    Attributes:
        kind: Its language: console, python, yaml, …; empty where none is named.
        text: What is in it, with a newline at the end.
        file: The name of the file that it is, where the sentence before it names one.
    """

    kind: str
    text: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A line of a block of commands, with the lines of output that the page shows below it."""

    line: str
    shown: tuple[str, ...]


def pages(lang: str) -> dict[str, Path]:
    """Return the pages of a language that the other one has too, by their path in its tree."""
    top = DOCS / lang
    files = {file.relative_to(top).as_posix(): file for file in sorted(top.rglob("*.md"))}
    return {name: file for name, file in files.items() if not name.startswith(ENGLISH_ONLY)}


def blocks(text: str) -> list[Block]:
    """Return the blocks of a page, in its order."""
    found = []
    for match in FENCE.finditer(text):
        kind = match.group(1).replace("{code-cell} ", "").strip()
        name = FILE.search(text[: match.start()].rstrip() + "\n")
        found.append(Block(kind, match.group(2), name.group(1) if name and kind not in {"console", "python"} else None))
    return found


def commands(block: Block) -> list[Command]:
    """Return the commands of a block, with lines that go on joined."""
    found: list[list[str]] = []
    joining = False
    for line in block.text.splitlines():
        if joining:
            found[-1][0] = found[-1][0].removesuffix("\\") + line.strip()
        elif line.startswith("$ "):
            found.append([line.removeprefix("$ ")])
        else:
            assert found, f"output before a command: {line}"
            found[-1].append(line)
        joining = found[-1][0].endswith("\\") and len(found[-1]) == 1
    return [Command(line, tuple(shown)) for line, *shown in found]


def without_output(block: Block) -> str:
    """Return what both languages have in common of a block: all of it, or its commands."""
    return "\n".join(each.line for each in commands(block)) if block.kind == "console" else block.text


def headings(text: str) -> list[int]:
    """Return the levels of the headings of a page, in its order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)]


def has_shown(shown: tuple[str, ...], answered: str) -> bool:
    """Whether a command answered what a page shows; `…` alone in a line stands for any lines.

    Spaces and rules of tables do not matter: they follow from the width of the terminal.
    """
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else re.escape(_plain(line)) + r"\n" for line in shown if _plain(line)
    )
    lines = "".join(f"{_plain(line)}\n" for line in answered.splitlines() if _plain(line))
    return re.fullmatch(pattern, lines) is not None


def _plain(line: str) -> str:
    return " ".join(re.sub("[─━]+", "", line).split())
