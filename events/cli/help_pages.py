"""Commands and groups whose help is in the language of now, with the words that Typer has in English alone.

Every command and group of the tree is of these classes: `App` sees to it.
"""

from __future__ import annotations

import inspect
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from willay.geo.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_HELP: Final = mark("Show this message and exit.")
"""What Typer says of `--help`."""

TYPES: Final = {
    "str": mark("str"),
    "int": mark("int"),
    "float": mark("float"),
    "path": mark("path"),
    "dir": mark("dir"),
    "file": mark("file"),
    "int range": mark("int range"),
    "float range": mark("float range"),
    "list[str]": mark("list[str]"),
    "list[int]": mark("list[int]"),
    "list[Path]": mark("list[Path]"),
}
"""What Typer calls the types of values."""

_CHOICES_WIDTH: Final = 60
"""How long the choices of an option may be on its own line; longer ones are in its help."""

NAMES: Final = {
    "after": mark("after"),
    "before": mark("before"),
    "claims": mark("claims"),
    "code": mark("code"),
    "codes": mark("codes"),
    "country": mark("country"),
    "digits": mark("digits"),
    "file": mark("file"),
    "files": mark("files"),
    "folder": mark("folder"),
    "key": mark("key"),
    "kind": mark("kind"),
    "name": mark("name"),
    "number": mark("number"),
    "numbers": mark("numbers"),
    "out": mark("out"),
    "pack": mark("pack"),
    "path": mark("path"),
    "region": mark("region"),
    "series": mark("series"),
    "shell": mark("shell"),
    "subject": mark("subject"),
    "text": mark("text"),
    "topic": mark("topic"),
    "which": mark("which"),
    "[SET]": mark("[SET]"),
    "[TEXT]": mark("[TEXT]"),
    "ADDRESS": mark("ADDRESS"),
    "AREA": mark("AREA"),
    "DAY": mark("DAY"),
    "DIR": mark("DIR"),
    "FILE": mark("FILE"),
    "LINK|CAPTION": mark("LINK|CAPTION"),
    "NAMES": mark("NAMES"),
    "ROLE=COLUMN,…": mark("ROLE=COLUMN,…"),
    "SETTING": mark("SETTING"),
    "SIZE": mark("SIZE"),
    "SOURCE… OUT.sums": mark("SOURCE… OUT.sums"),
    "STEPS": mark("STEPS"),
    "URL": mark("URL"),
    "VALUE": mark("VALUE"),
    "ZOOM|none": mark("ZOOM|none"),
}
"""The names of arguments, and what options stand for that have a name of their own for it."""


class Command(TyperCommand):
    """A command with its help in the language of now."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 — Typer's context has no public type
        """Return the parts of the line that shows how the command is called."""
        return usage_pieces(self, ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 — as above
        """Write that line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=f"{tr('Usage:')} ")

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 — as above
        """Write the lists of arguments and options."""
        write_parameters(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 — as above
        """Parse arguments; those that nothing takes are refused in words of ours.

        Raises:
            ExtraArgumentsError: There are some.
        """
        from willay.events.cli.usage_errors import ExtraArgumentsError

        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:  # Typer does not say of which command an option is used wrongly
                error.ctx = ctx  # type: ignore[attr-defined]  # it has it, as None
            raise
        if rest:
            raise ExtraArgumentsError(rest, ctx)
        return rest


class Group(TyperGroup):
    """A group of commands with its help in the language of now."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ANN401 — as above
        """Return the parts of the line that shows how a command of the group is called."""
        return [*usage_pieces(self, ctx), tr("COMMAND [ARGS]...")]

    def format_usage(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 — as above
        """Write that line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=f"{tr('Usage:')} ")

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 — as above
        """Write the lists of options and commands."""
        write_parameters(self, ctx, formatter)
        rows = [(name, first_sentence(each.help)) for name, each in self.commands.items() if not each.hidden]
        with formatter.section(tr("Commands")):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401 — as above
        """Return the command that a line names.

        Raises:
            UnknownCommandError: There is none.
        """
        from willay.events.cli.usage_errors import UnknownCommandError

        if not args[0].startswith("-") and args[0] not in self.commands:
            raise UnknownCommandError(args[0], tuple(self.commands), ctx)
        return super().resolve_command(ctx, args)


class App(typer.Typer):
    """A Typer app whose commands and groups are ours."""

    def __init__(self, *, cls: type[TyperGroup] = Group, **options: Any) -> None:  # noqa: ANN401 — of typer.Typer
        super().__init__(cls=cls, rich_markup_mode=None, **options)

    def command(  # type: ignore[override]  # all options of Typer pass through
        self,
        name: str | None = None,
        *,
        cls: type[TyperCommand] = Command,
        **options: Any,  # noqa: ANN401 — of typer.Typer
    ) -> Callable[..., Any]:
        """Register a function as a command."""
        return super().command(name, cls=cls, **options)


def usage_pieces(command: Any, ctx: Any) -> list[str]:  # noqa: ANN401 — Typer's tree has no public types
    """Return "[OPTIONS]" and the arguments of a command: in braces, or in brackets where they may be left out."""
    pieces = [tr("[OPTIONS]")] if command.options_metavar else []
    for parameter in command.get_params(ctx):
        if parameter.param_type_name == "argument":
            name = name_of(parameter)
            pieces.append(f"{{{name}}}" if parameter.required else f"[{name}]")
            pieces[-1] += "..." if parameter.nargs != 1 else ""
    return pieces


def write_parameters(command: Any, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 — as above
    """Write the lists of arguments and options of a command."""
    shown = [parameter for parameter in command.get_params(ctx) if not parameter.hidden]
    for kind, heading in (("argument", tr("Arguments")), ("option", tr("Options"))):
        rows = [
            (called(parameter, ctx), _about(parameter, ctx)) for parameter in shown if parameter.param_type_name == kind
        ]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def name_of(parameter: Any) -> str:  # noqa: ANN401 — as above
    """Return the name of an argument as a person reads it."""
    return tr(parameter.metavar or parameter.name)


def called(parameter: Any, ctx: Any) -> str:  # noqa: ANN401 — as above
    """Return how a parameter is given: `-f, --format <table|json>`, `file <path>`."""
    if parameter.param_type_name == "argument":
        dots = "..." if parameter.metavar is None and parameter.nargs != 1 else ""
        return f"{name_of(parameter)}{dots} {_type(parameter, ctx)}"
    ways = [", ".join(sorted(names, key=_dashes)) for names in (parameter.opts, parameter.secondary_opts) if names]
    value = "" if parameter.is_flag or parameter.count else f" {_type(parameter, ctx)}"
    return " / ".join(f"{way}{value}" for way in ways)


def _dashes(name: str) -> int:
    return len(name) - len(name.lstrip("-"))


def _type(parameter: Any, ctx: Any) -> str:  # noqa: ANN401 — as above
    if parameter.metavar is not None and parameter.param_type_name == "option":
        return tr(parameter.metavar)
    if choices := _choices(parameter):
        return f"<{_joined(choices)}>"
    told = parameter.display_type(ctx).removeprefix("<").removesuffix(">")
    return f"<{tr(TYPES.get(told, told))}>"


def _choices(parameter: Any) -> list[str]:  # noqa: ANN401 — as above
    descriptor = parameter.type_descriptor
    return [str(getattr(one, "value", one)) for one in descriptor.choices] if descriptor.is_choice else []


def _joined(choices: list[str]) -> str:
    """Return choices as one word; of more than fit in a line the first ones."""
    whole = "|".join(choices)
    return whole if len(whole) <= _CHOICES_WIDTH else f"{'|'.join(choices[:3])}|…"


def _about(parameter: Any, ctx: Any) -> str:  # noqa: ANN401 — as above
    """Return the help of a parameter, with its variable, default and range in brackets."""
    extra = [
        tr("env var: {name}", name=parameter.envvar) if parameter.envvar and parameter.show_envvar else "",
        tr("default: {value}", value=default) if (default := _default(parameter, ctx)) else "",
        _range(parameter),
        ", ".join(choices) if (choices := _choices(parameter)) and _joined(choices).endswith("…") else "",
        tr("required") if parameter.required else "",
    ]
    help_text = tr(_HELP) if parameter.help == _HELP else parameter.help or ""
    brackets = "; ".join(part for part in extra if part)
    return "  ".join(part for part in (help_text, f"[{brackets}]" if brackets else "") if part)


def _default(parameter: Any, ctx: Any) -> str:  # noqa: ANN401 — as above
    if not parameter.show_default:
        return ""
    value = parameter.get_default(ctx, call=False)
    if value is None or callable(value) or (getattr(parameter, "is_flag", False) and not value):
        return ""
    values: Iterable[Any] = value if isinstance(value, list | tuple) else (value,)
    return ", ".join(str(one.value) if isinstance(one, Enum) else str(one) for one in values)


def _range(parameter: Any) -> str:  # noqa: ANN401 — as above
    least, most = parameter.min, parameter.max
    if least is None and most is None:
        return ""
    if most is None:
        return f"x>={least}"
    return f"x<={most}" if least is None else f"{least}<=x<={most}"


def first_sentence(text: str | None) -> str:
    """Return the first sentence of a help text, which stands for it in a list."""
    paragraph = " ".join(inspect.cleandoc(text or "").partition("\n\n")[0].split())
    first, dot, rest = paragraph.partition(". ")
    return f"{first}." if rest else f"{first}{dot}".strip()
