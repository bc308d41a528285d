"""Write docs/commands.md from the commands' own help, so that the two never differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.main import get_command

from willay.events.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).parent / "commands.md"
WIDTH = 96


def reference() -> str:
    """Return the reference: each command's help, in the order of the command tree."""
    parts = ["# Commands\n\nWritten by `make docs` from the commands themselves.\n"]
    root = get_command(app)
    parts += [
        f"## {path}\n\n```\n{text}\n```\n" for path, text in _pages(root, typer.Context(root, info_name="willay"))
    ]
    return "\n".join(parts)


def _pages(command: typer.models.Any, context: typer.Context) -> Iterator[tuple[str, str]]:
    context.terminal_width = context.max_content_width = WIDTH
    yield context.command_path, "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip()
    for name, child in getattr(command, "commands", {}).items():
        yield from _pages(child, typer.Context(child, info_name=name, parent=context))


if __name__ == "__main__":
    TARGET.write_text(reference(), "utf-8")
    print(f"{TARGET} written")  # noqa: T201 — a script that says what it did
