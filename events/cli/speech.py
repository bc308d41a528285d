"""The language of a run: found before anything is parsed, so that help and errors of usage are in it as well."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import typer

from willay.events.cli.config import setting
from willay.events.cli.options import Lang
from willay.geo.hints import speaking
from willay.geo.translation import LANGUAGES, language, language_of, set_language, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from typer.core import TyperGroup

OPTION: Final = "--lang"


def taken_from(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> list[str]:
    """Set the language that a line asks for, and return the line without its `--lang`, which every command has so.

    Args:
        arguments: The words of the line, without the name of the program. The last `--lang` decides, then
            `WILLAY_LANG`, then the variables of `language_of`.
        environment: As `os.environ`.

    Raises:
        typer.BadParameter: It asks for a language that messages do not have.
    """
    set_language(language_of(environment))
    told = environment.get("WILLAY_LANG") or setting("lang")
    if told in list(Lang):
        set_language(str(told))  # also for what is wrong with the line
    rest, waiting = [], list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        if word == OPTION and waiting:
            told = waiting.pop(0)
        elif word.startswith(f"{OPTION}="):
            told = word.removeprefix(f"{OPTION}=")
        else:
            rest.append(word)
    if told is not None:
        if told not in list(Lang):
            message = tr("{lang!r} is unknown. Known: {known}.", lang=told, known=", ".join(Lang))
            raise typer.BadParameter(message, param_hint=OPTION)
        set_language(told)
    return rest


BEFORE: Final = {
    "--db": True, "--author": True, "--profile": True, "--policy": True, "--format": True, "-f": True, "--json": False,
}  # fmt: skip
"""Options that may also stand before the command, and whether a value follows: what one says of every command."""


def with_options_last(arguments: Sequence[str]) -> list[str]:
    """Return a line with the options that stand before its command behind it: `--db x.gpkg list` is `list --db x.gpkg`.

    Args:
        arguments: The words of the line; what is not an option of `BEFORE` stays where it is.
    """
    rest, moved = list(arguments), []
    while rest and rest[0].partition("=")[0] in BEFORE:
        takes_next = BEFORE[rest[0].partition("=")[0]] and "=" not in rest[0]
        moved += [rest.pop(0) for _ in range(min(len(rest), 1 + takes_next))]
    end = rest.index("--") if "--" in rest else len(rest)
    return [*rest[:end], *moved, *rest[end:]] if rest else moved


def command_in_words(arguments: Sequence[str] = ()) -> TyperGroup:
    """Return the command line with its help in the language of now.

    Args:
        arguments: The words of a line that begins with a command. Other commands are then left out, unless the line
            may speak of them.
    """
    from willay.events.cli.commands.completion import VARIABLE

    first = next(iter(arguments), None)
    is_asked = VARIABLE in os.environ  # a shell asks
    root = _in_words(language(), None if is_asked or first in _OF_ALL else first)
    if is_asked:
        from typer.completion import completion_init  # type: ignore[attr-defined]  # nowhere else

        from willay.events.cli.completing import complete_values

        completion_init()
        complete_values(root)
    return root


VERSION: Final = "--version"
"""The option of a line that needs no command."""

_OF_ALL: Final = ("help", "completion", "plugins")
"""The commands that know the others."""


@cache
def _in_words(lang: str, only: str | None) -> TyperGroup:
    """Return the tree of commands in a language, or one command of it: built once in a process."""
    from willay.events.cli.app import COMMANDS, GROUPS, tree

    root = typer.main.get_group(tree(only if only in {*COMMANDS, *GROUPS, VERSION} else None))
    if lang != LANGUAGES[0]:
        for text in help_texts(root):
            text.translate()
    return root


class HelpText:
    """A text of a command's help, which can be replaced by its translation.

    Args:
        owner: The command or option that has it.
        name: The attribute that it is.
    """

    def __init__(self, owner: Any, name: str) -> None:  # noqa: ANN401 — a command or a parameter
        self.owner, self.name = owner, name

    @property
    def text(self) -> str:
        """The text as it is now."""
        return str(getattr(self.owner, self.name))

    def translate(self) -> None:
        """Put the translation in its place: help names options, whoever asks for it."""
        with speaking(to_command_line=True):
            setattr(self.owner, self.name, tr(self.text))


def help_texts(command: Any) -> Iterator[HelpText]:  # noqa: ANN401 — Typer's tree has no public types
    """Yield all help texts of a command, of its options and of the commands below it."""
    for name in ("help", "short_help", "epilog"):
        if getattr(command, name, None):
            yield HelpText(command, name)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            yield HelpText(parameter, "help")
    for below in getattr(command, "commands", {}).values():
        yield from help_texts(below)
