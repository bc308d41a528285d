"""Each command, or each group of commands, is in the module of its name."""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from willay.events.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # the app is a group

SHORT = {"attach": ("attachment", "add")}
"""Commands that are short for one of a group, in whose module they are."""


def module_of(command: str) -> str:
    """Return the module in which a command is: dashes are underscores, and a word of Python has one at its end."""
    name = command.replace("-", "_")
    return "willay.events.cli.commands." + (f"{name}_" if keyword.iskeyword(name) else name)


def callbacks(command: Any) -> Iterator[Any]:
    """Yield the functions that a command, or those of its group, run, without what adds options to them."""
    below = getattr(command, "commands", None)
    if below is None:
        yield command.callback.__wrapped__ if hasattr(command.callback, "__wrapped__") else command.callback
    else:
        for one in below.values():
            yield from callbacks(one)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_module_of_its_name(name: str) -> None:
    found = list(callbacks(COMMANDS[name]))
    assert found
    assert {function.__module__ for function in found} == {module_of(SHORT.get(name, (name,))[0])}


def test_what_is_short_for_a_command_of_a_group_is_that_command() -> None:
    for name, (group, command) in SHORT.items():
        assert list(callbacks(COMMANDS[name])) == list(callbacks(COMMANDS[group].commands[command]))


def test_the_rule_of_names() -> None:
    assert module_of("import") == "willay.events.cli.commands.import_"
    assert module_of("list") == "willay.events.cli.commands.list"
