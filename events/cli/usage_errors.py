"""Errors of usage, in words made of what the command-line parser found: it has English sentences alone.

Typer moved the parser's classes between modules, so an error is known by the names of its classes and by its form.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import typer

from willay.events.cli.help_pages import name_of
from willay.geo.translation import mark, quoted, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_SHOWN: Final = 80
"""How much of a value is shown."""

_SIMILAR: Final = 0.7
"""How alike a name must be to be suggested: the share of signs that fit, as of `difflib`."""

MISSING_COMMAND: Final = mark("Missing command.")
"""What Typer says of a group without a command."""


class UnknownCommandError(typer.BadParameter):
    """A line names a command that its group does not have.

    Attributes:
        name: What it names.
        known: The commands of the group.
    """

    def __init__(self, name: str, known: Sequence[str], ctx: Any) -> None:  # noqa: ANN401 — has no public type
        super().__init__(name, ctx=ctx)
        self.name, self.known = name, known


class ExtraArgumentsError(typer.BadParameter):
    """A line has more arguments than its command takes.

    Attributes:
        arguments: Those that are left.
    """

    def __init__(self, arguments: Sequence[str], ctx: Any) -> None:  # noqa: ANN401 — as above
        super().__init__(" ".join(arguments), ctx=ctx)
        self.arguments = arguments


def is_of_usage(error: Exception) -> bool:
    """Return whether the command-line parser raised an error."""
    return hasattr(error, "exit_code") and hasattr(error, "format_message")


def usage_in_words(error: Any) -> str:  # noqa: ANN401 — as above
    """Return an error of usage as it is shown: how the command is called, where its help is, and what is wrong."""
    context: Any = getattr(error, "ctx", None)
    if "NoArgsIsHelpError" in _classes(error):
        return str(context.get_help())
    told = tr("Error: {message}", message=_words(error))
    if context is None:
        return told
    return f"{context.get_usage()}\n{tr('Help: {command}', command=f'{context.command_path} --help')}\n\n{told}"


def _classes(error: Exception) -> set[str]:
    return {each.__name__ for each in type(error).__mro__}


def _words(error: Any) -> str:  # noqa: ANN401 — as above
    kinds = _classes(error)
    return next((words(error) for name, words in _OF_KIND.items() if name in kinds), tr(error.message))


def _extra(error: ExtraArgumentsError) -> str:
    arguments = ", ".join(quoted(one[:_SHOWN]) for one in error.arguments)
    return tr("Unexpected: {arguments}. The command takes no further arguments.", arguments=arguments)


def _unknown_command(error: UnknownCommandError) -> str:
    like = _similar(error.name, error.known)
    unknown = tr("No such command: {name!r}.", name=error.name[:_SHOWN])
    return f"{unknown} {_did_you_mean(like)}" if like else unknown


def _unknown_option(error: Any) -> str:  # noqa: ANN401 — as above
    name = str(error.option_name)
    unknown = tr("No such option: {name}.", name=name[:_SHOWN])
    command = error.ctx.command
    if any(name in _options(below) for below in _below(command)):
        return tr("{name} goes after the command: it is an option of some commands only.", name=name)
    like = _similar(name, _options(command))
    return f"{unknown} {_did_you_mean(like)}" if like else unknown


def _did_you_mean(names: Sequence[str]) -> str:
    return tr("Did you mean {names}?", names=tr(" or ").join(names))


def _similar(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that are most like one, at most three."""
    return get_close_matches(name, list(known), n=3, cutoff=_SIMILAR)


def _options(command: Any) -> list[str]:  # noqa: ANN401 — as above
    options = [each for each in command.params if each.param_type_name == "option"]
    own = [name for each in options for name in (*each.opts, *each.secondary_opts)]
    return [*(name for name in own if name.startswith("--")), "--help"]


def _below(command: Any) -> Iterator[Any]:  # noqa: ANN401 — as above
    for each in getattr(command, "commands", {}).values():
        yield each
        yield from _below(each)


def _missing(error: Any) -> str:  # noqa: ANN401 — as above
    parameter = error.param
    choices = _choices(parameter)
    if parameter.param_type_name == "argument":
        return tr("Missing argument: {name}.", name=name_of(parameter))
    told = tr("Missing option: {name}.", name=_hint(parameter))
    return f"{told} {tr('Choose one: {choices}.', choices=', '.join(choices))}" if choices else told


def _bad_option(error: Any) -> str:  # noqa: ANN401 — as above
    name = error.option_name
    found = next((one for one in error.ctx.command.params if name in (*one.opts, *one.secondary_opts)), None)
    if found is not None and not found.is_flag:
        return tr("{option} needs a value.", option=name)
    return tr("{option} does not take a value.", option=name)


def _bad_value(error: Any) -> str:  # noqa: ANN401 — as above
    parameter = error.param
    hint = " / ".join(error.param_hint) if isinstance(error.param_hint, list | tuple) else error.param_hint
    if parameter is None or hint is not None:
        return f"{hint}: {error.message}" if hint else str(error.message)
    return f"{_hint(parameter)}: {_why(error, parameter)}"


def _hint(parameter: Any) -> str:  # noqa: ANN401 — as above
    if parameter.param_type_name == "argument":
        return name_of(parameter)
    return " / ".join(sorted(parameter.opts, key=lambda name: name.startswith("--")))


def _why(error: Any, parameter: Any) -> str:  # noqa: ANN401 — as above
    """Return why a value does not fit its parameter, of what was typed and what the parameter takes."""
    faults = error.__cause__.errors() if hasattr(error.__cause__, "errors") else []
    if not faults:
        return str(error.message)
    typed = str(faults[0].get("input", ""))[:_SHOWN]
    if choices := _choices(parameter):
        return tr("{value!r} is none of these: {choices}.", value=typed, choices=", ".join(choices))
    if "parsing" in faults[0]["type"] or "type" in faults[0]["type"]:
        whole = parameter.type_descriptor.annotation is not float
        return (
            tr("{value!r} is not a whole number.", value=typed)
            if whole
            else tr("{value!r} is not a number.", value=typed)
        )
    least, most = parameter.min, parameter.max
    if most is None:
        return tr("{value} is too small: the least is {least}.", value=typed, least=least)
    if least is None:
        return tr("{value} is too large: the most is {most}.", value=typed, most=most)
    return tr("{value} must be from {least} to {most}.", value=typed, least=least, most=most)


def _choices(parameter: Any) -> list[str]:  # noqa: ANN401 — as above
    descriptor = parameter.type_descriptor
    return [str(getattr(one, "value", one)) for one in descriptor.choices] if descriptor.is_choice else []


_OF_KIND: Final[Mapping[str, Callable[[Any], str]]] = {
    "UnknownCommandError": _unknown_command,
    "ExtraArgumentsError": _extra,
    "NoSuchOption": _unknown_option,
    "MissingParameter": _missing,
    "BadOptionUsage": _bad_option,
    "BadParameter": _bad_value,
}
"""What is wrong, by the name of the class of an error; the first that fits."""
