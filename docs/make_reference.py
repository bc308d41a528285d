"""Write docs/en/reference/commands.md and the Spanish page from the commands' own help, so that they never differ."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from willay.events.cli.speech import command_in_words
from willay.geo.hints import speaking
from willay.geo.translation import LANGUAGES, in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS: Final = Path(__file__).parent
WIDTH: Final = 96
OPENINGS: Final = {
    "en": "# Commands\n\nWritten by `make docs` from the commands themselves.\n",
    "es": "# Órdenes\n\nLo escribe `make docs` a partir de las órdenes mismas; sus nombres están en inglés.\n",
}


def target(lang: str) -> Path:
    """Return the file of a language."""
    return DOCS / lang / "reference" / "commands.md"


def reference(lang: str = "en") -> str:
    """Return the reference: each command's help, in the order of the command tree."""
    with in_language(lang), speaking(to_command_line=True):
        root = command_in_words()
        pages = _pages(root, typer.Context(root, info_name="willay"))
        return "\n".join([OPENINGS[lang], *(f"## {path}\n\n```\n{text}\n```\n" for path, text in pages)])


def _pages(command: typer.models.Any, context: typer.Context) -> Iterator[tuple[str, str]]:
    context.terminal_width = context.max_content_width = WIDTH
    yield context.command_path, "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip()
    for name, child in getattr(command, "commands", {}).items():
        yield from _pages(child, typer.Context(child, info_name=name, parent=context))


if __name__ == "__main__":
    for language in LANGUAGES:
        target(language).write_text(reference(language), "utf-8")
        sys.stdout.write(f"{target(language)} written\n")
