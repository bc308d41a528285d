"""Options that had another name: the old name works in this version, with a warning that names the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from willay.events.cli.help_pages import Command
from willay.events.cli.output import say
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typer


class Renamed(Command):
    """A command of which options were renamed.

    Attributes:
        former: The new name of each old one, both with their dashes.
    """

    former: ClassVar[Mapping[str, str]] = {}

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer's context is Click's
        """Parse arguments in which old names are replaced by new ones, with a warning for each."""
        return super().parse_args(ctx, self._with_new_names(args))

    def _with_new_names(self, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        return [*map(self._with_new_name, args[:end]), *args[end:]]

    def _with_new_name(self, word: str) -> str:
        name, equals, value = word.partition("=")
        if name not in self.former:
            return word
        now = self.former[name]
        say(
            tr(
                "Warning: {name} was renamed to {now}. The old name will not work in the next version; use {now}.",
                name=name,
                now=now,
            )
        )
        return f"{now}{equals}{value}"


def renamed(options: Mapping[str, str]) -> type[Command]:
    """Return the class of a command of which these options were renamed: the new name of each old one."""
    return type("RenamedCommand", (Renamed,), {"former": dict(options)})
