"""What all commands have in common: every list has all formats, `--json` is short for one, and long work is shown."""

from __future__ import annotations

from copy import copy
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperCommand
from typer.main import get_command

from willay.events.cli.help_pages import Command as HelpCommand
from willay.events.cli.options import AsJson
from willay.events.cli.progress import working
from willay.geo.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FORMAT: Final = ("--format", "-f")
JSON: Final = "--json"

LONG: Final = frozenset((
    "backup", "check", "choropleth", "timeline", "atlas", "demo", "export", "import", "make", "profile", "restore",
    "verify",
))  # fmt: skip
"""Commands that may take longer than a person waits without a word."""


class Card(StrEnum):
    """Output formats of one thing."""

    table = "table"
    json = "json"


class Command(HelpCommand):
    """A command that takes `--json` and `--format json` alike, wherever it has one of them."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 — as Typer makes it
        super().__init__(*arguments, **options)
        self.short_for_format = self._has(FORMAT[0]) and not self._has(JSON) and "json" in self._formats()
        self.long_for_json = self._has(JSON) and not self._has(FORMAT[0])
        if self.short_for_format:
            self._add(JSON)
        if self.long_for_json:
            self._add(FORMAT[0])

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # Typer's context is Click's
        """Parse arguments in which the one form is replaced by the other."""
        return super().parse_args(ctx, [*self._in_own_form(args)])

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # noqa: ANN401 — as above
        """Run the command; long work is shown on a terminal."""
        if self.name not in LONG:
            return super().invoke(ctx)
        with working(tr("{command}: at work", command=ctx.command_path)):
            return super().invoke(ctx)

    def _has(self, option: str) -> bool:
        return any(option in parameter.opts for parameter in self.params)

    def _formats(self) -> list[str]:
        style = next(one for one in self.params if FORMAT[0] in one.opts)
        return [str(value) for value in type(style.default)] if isinstance(style.default, StrEnum) else []

    def _add(self, option: str) -> None:
        """Add an option for help and completion; what it says is given to the other one before anything is parsed."""
        added = copy(_forms()[option])
        place = next(number for number, one in enumerate(self.params) if FORMAT[0] in one.opts or JSON in one.opts)
        self.params.insert(place + 1, added)

    def _in_own_form(self, args: Sequence[str]) -> Iterator[str]:
        if not (self.short_for_format or self.long_for_json):
            yield from args
            return
        waiting = list(args)
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                yield from (word, *waiting)
                return
            if self.short_for_format:
                yield from (FORMAT[0], "json") if word == JSON else (word,)
                continue
            name, equals, value = word.partition("=")
            if name not in FORMAT:
                yield word
                continue
            value = value if equals else waiting.pop(0) if waiting else ""
            if value not in list(Card):
                message = tr("{value!r} is not one of: {formats}.", value=value, formats=", ".join(Card))
                raise typer.BadParameter(message, param_hint=FORMAT[0])
            if value == Card.json:
                yield JSON


@cache
def _forms() -> dict[str, Any]:
    """Return the two options, as Typer makes them, which give a command nothing."""

    def either(
        *, style: Annotated[Card, typer.Option(*FORMAT, help="Output format.")] = Card.table, as_json: AsJson = False
    ) -> None:
        raise AssertionError(style, as_json)

    made = typer.Typer(add_completion=False)
    made.command()(either)
    found = {one.opts[0]: one for one in get_command(made).params}
    for one in found.values():
        one.expose_value = False
    return found


def with_common_options(app: typer.Typer) -> None:
    """Make every command below an application one that has what all have in common."""
    for command in app.registered_commands:
        command.cls = _common(command.cls or TyperCommand)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            with_common_options(group.typer_instance)


def _common(cls: type[TyperCommand]) -> type[TyperCommand]:
    if issubclass(Command, cls):
        return Command
    return cls if issubclass(cls, Command) else type(cls.__name__, (cls, Command), {})
