"""Commands of plug-ins: looked for when a line names a command that is not one of willay's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer

from willay.events.cli.everywhere import with_common_options
from willay.events.cli.help_pages import App, Group
from willay.events.cli.usage_errors import is_of_usage
from willay.geo.plugins import plugin
from willay.geo.roots import Error
from willay.geo.translation import tr

if TYPE_CHECKING:
    from willay.geo.plugins import Plugin

KIND: Final = "commands"
"""The kind of plug-in."""

_FOUND: Final = "willay.plugin"
"""Where a context has the plug-in whose command is run."""


class Root(Group):
    """The group of all commands, which finds those of plug-ins, too."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401 — Typer's context has no public type
        """Return the command that a line names; one of a plug-in where willay has none of this name.

        Raises:
            UnknownCommandError: There is none.
            PluginError: It is one of a plug-in, which cannot be loaded.
        """
        if args[0].startswith("-") or args[0] in self.commands:
            return super().resolve_command(ctx, args)
        found = plugin(KIND, args[0])
        if found is None:
            return super().resolve_command(ctx, args)
        ctx.meta[_FOUND] = found
        return found.name, command_of(found), args[1:]

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 — as above
        """Run the command; an error in the code of a plug-in is reported as such.

        Raises:
            PluginError: The command of a plug-in failed.
        """
        try:
            return super().invoke(ctx)
        except Exception as error:
            found: Plugin | None = ctx.meta.get(_FOUND)
            if found is None or isinstance(error, Error | OSError | typer.Exit | typer.Abort) or is_of_usage(error):
                raise
            raise found.error(tr("failed ({error})", error=f"{type(error).__name__}: {error}"[:200])) from error


def command_of(found: Plugin) -> Any:  # noqa: ANN401 — Typer's commands have no public type
    """Return the command of a plug-in, of a Typer app or a function.

    Raises:
        PluginError: It cannot be loaded, or is neither.
    """
    loaded = found.load()
    made = App(name="willay")
    made.callback()(_nothing)
    if isinstance(loaded, typer.Typer):
        made.add_typer(loaded, name=found.name)
    elif callable(loaded):
        made.command(name=found.name)(loaded)
    else:
        got = type(loaded).__name__
        raise found.error(tr("must be a {expected}, not a {got}", expected="typer.Typer", got=got))
    with_common_options(made)
    return typer.main.get_group(made).commands[found.name]


def _nothing() -> None:
    """Make a group of an app that has one command."""
