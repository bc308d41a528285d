"""The commands of the program, each with its full name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer.main

from willay.events.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator


def leaves(command: Any = None, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command that is no group, with its name; of the whole program unless a command is given."""
    command = typer.main.get_command(app) if command is None else command
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
    for word, one in (below or {}).items():
        yield from leaves(one, f"{name} {word}".strip())
