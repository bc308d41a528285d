"""Groups of commands with a default command: `willay review` is `willay review list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from willay.events.cli.help_pages import Group

if TYPE_CHECKING:
    import typer


def with_default(command: str) -> type[Group]:
    """Return a class of groups that pass arguments to a default command if the first one is not a command.

    Args:
        command: The default command.
    """

    class WithDefault(Group):
        """A group with a default command."""

        def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer's context is Click's
            named = bool(args) and (args[0] in self.commands or args[0] in {"--help", "-h"})
            return super().parse_args(ctx, args if named else [command, *args])

    return WithDefault
