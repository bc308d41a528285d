"""Groups of commands that mean one of them where none is named: `willay review` is `willay review list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:
    import typer


def with_default(command: str) -> type[TyperGroup]:
    """Return a class of groups that take what names no command of theirs for the words of one command.

    Args:
        command: The command that is meant.
    """

    class Group(TyperGroup):
        """A group with a command that is meant where none is named."""

        def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer's context is Click's
            named = bool(args) and (args[0] in self.commands or args[0] in {"--help", "-h"})
            return super().parse_args(ctx, args if named else [command, *args])

    return Group
